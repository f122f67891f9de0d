"""What the Changes view reads: two texts with their changes, and what of that is shown to the person at the desk."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop_app.desk import comments
from desktop_app.desk.comparing import Compared, compared
from desktop_app.desk.desk import Desk
from desktop_app.domain.authors import Made
from desktop_app.domain.changes import Key
from desktop_app.domain.comments import SHOWN
from desktop_app.domain.people import Person
from desktop_app.domain.story import Content
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.review.change_rows import ChangeRow, Place, accepted_rows, in_reading_order, places_of, rows_of
from desktop_app.gui.review.changes_bar import EVERYBODY


@dataclass(frozen=True, slots=True)
class ChangesRead:
    """The two texts with their changes, and the first words of the comments by part."""

    seen: Compared
    comments: Mapping[str, tuple[str, ...]]

    @property
    def accepted(self) -> int:
        """How many changes the person at the desk has accepted."""
        return len(self.seen.accepted.keys)

    def rows(self, author: str, *, with_accepted: bool) -> tuple[list[ChangeRow], list[Place]]:
        """The rows of an author, or of ``EVERYBODY``, with the changes that can be gone to."""
        seen = self.seen
        wanted, accepted = _by(author, seen.authors), _by(author, seen.accepted_authors)
        rows = rows_of(seen.comparison, seen.authors, wanted, self.comments)
        if with_accepted:
            now = seen.comparison.now.blocks
            rows = in_reading_order(rows, accepted_rows(seen.accepted, seen.accepted_authors, accepted, now))
        keys = {True: accepted, False: wanted}
        return rows, [place for place in places_of(rows) if place.key in keys[place.accepted]]

    def authors(self, *, with_accepted: bool, called: Callable[[str], str]) -> list[tuple[str, str, int]]:
        """Everybody who has a change of their own that is shown: id, name as ``called`` says it, how many."""
        seen = self.seen
        made = [*seen.authors.values(), *(seen.accepted_authors.values() if with_accepted else ())]
        counts: dict[str, int] = {}
        for one in made:
            if one.owner is not None:
                counts[one.owner] = counts.get(one.owner, 0) + 1
        return [(person, called(person), count) for person, count in counts.items()]

    def nothing_left(self, *, rejected: bool, differed: bool) -> tuple[Message, Message]:
        """Title and sentence where no change is shown.

        ``rejected`` tells that some were rejected just now, ``differed`` that there were changes before.
        """
        count = self.accepted
        if count and rejected:
            told = NN_("You have accepted {n} change.", "You have accepted {n} changes.", count)
            return N_("Nothing else differs any more"), told
        if count:
            told = NN_("You have accepted the one change.", "You have accepted all {n} changes.", count)
            return told, N_("They are in the text, and everybody else still sees them here.")
        if differed:
            return N_("Nothing differs any more"), N_("The two texts are the same again, word for word.")
        return N_("Nothing differs"), N_("The two texts are the same, word for word.")


def _by(author: str, authors: Mapping[Key, Made]) -> set[Key]:
    return {key for key, made in authors.items() if author in {EVERYBODY, made.owner}}


def read_changes(
    desk: Desk, story: str, versions: tuple[str, str], now: Content | None, person: Person | None
) -> ChangesRead:
    """Run away from the window: read the two texts, compare them, and read what was said about the story."""
    seen = compared(desk, story, *versions, now=now, person=person)
    said: dict[str, tuple[str, ...]] = {}
    discussion = comments.discussion(desk, story)
    for one in discussion.open_ones():
        part = one.place(discussion.numbers) or ""
        words = " ".join(one.notes[0].text.split())[:SHOWN]
        said[part] = (*said.get(part, ()), f"{discussion.name(one.author)}: {words}")
    return ChangesRead(seen, said)
