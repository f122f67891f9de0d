"""Commenting on a story: threads on its segments and pictures, their answers, and whether they are resolved.

A comment is no edit: anybody at the desk may write one whatever state the story is in, and it makes no sign-off stale.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.stories import StoryFile, people_by_id, story_row
from desktop_app.domain import comments as domain
from desktop_app.domain.comments import Comment, CommentWaiver, Layout, Note, Side
from desktop_app.domain.edits import Edit, SetPlacement, SetSegment, clean
from desktop_app.domain.people import Person
from desktop_app.domain.workflow import may_leave_open
from desktop_app.foundation.errors import InputRefusedError, NotAllowedError, WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.store import comments as store
from desktop_app.store import stories as story_store
from desktop_app.store.archive import Session, Unit
from desktop_app.store.models import StoryRow


class Made(NamedTuple):
    """A thread as it is after an act, and what the act changed."""

    comment: Comment
    changes: Changes


@dataclass(frozen=True, slots=True)
class Discussion:
    """The comments of a story in reading order. ``numbers`` has the row of every segment and picture."""

    comments: tuple[Comment, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)

    def open_ones(self) -> list[Comment]:
        """Those that nobody has resolved."""
        return [one for one in self.comments if one.open]

    def name(self, person: str | None) -> str:
        """What somebody is called."""
        found = self.people.get(person or "")
        return found.name if found is not None else (person or "")

    def number(self, comment: Comment) -> int | None:
        """The row that a comment stands on, None where its place was taken out."""
        return self.numbers.get(comment.place(self.numbers) or "")


def discussion(desk: Desk, story: str) -> Discussion:
    """Read what was said about a story.

    Raises:
        WrongUsageError: there is no such story.
    """
    with desk.archive.read() as session:
        row = story_row(session, story)
        numbers = _numbers(session, row)
        found = domain.in_reading_order(store.of_story(session, row.id), numbers)
        return Discussion(tuple(found), numbers, people_by_id(session))


def comment(
    desk: Desk,
    story: str,
    place: str,
    text: str,
    *,
    by: Person,
    side: Side = "target",
    quote: str = "",
    as_quoted: bool = False,
) -> Made:
    """Begin a thread on a segment or picture block, given by its id or by its number from 1.

    ``as_quoted`` demands that the words of ``quote`` stand there; a window shows words that may not be saved yet.

    Raises:
        WrongUsageError: no such story, nothing of this id or number in it, or the words do not stand there.
        InputRefusedError: the text is empty or too long.
    """
    said = _text(text)
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        numbers = _numbers(unit.session, row)
        by_number = {str(number): key for key, number in numbers.items()}
        anchor = place if place in numbers else by_number.get(place, "")
        if not anchor:
            raise WrongUsageError(
                N_("The story has no segment or picture “{place}”.", place=place),
                subject=row.slug,
                advice=N_("Give the id or the number of one; “diptych show {story}” shows them.", story=row.slug),
            )
        if as_quoted:
            _require_words(unit.session, row, anchor, side, quote)
        note = Note(desk.new_id(), by.id, unit.at, said)
        made = Comment(desk.new_id(), row.id, anchor, side, domain.quoted(quote), (note,))
        store.add(unit.session, made)
        return _told(unit, "comment added", made, by)


def _require_words(session: Session, row: StoryRow, place: str, side: Side, quote: str) -> None:
    story = story_store.load(session, row.id)
    assert story is not None, "the row is there, so the story is"
    texts: list[str] = []
    for block in story.content.blocks:
        placement = block.placement
        if block.id == place and placement is not None:
            texts += [getattr(text, "zh" if side == "source" else "en") for text in (placement.caption, placement.alt)]
        texts += [segment.source if side == "source" else segment.target for segment in block.segments
                  if segment.id == place]  # fmt: skip
    words = " ".join(clean(quote).split())
    if not any(words in " ".join(text.split()) for text in texts):
        raise WrongUsageError(
            N_("The words “{words}” do not stand there.", words=domain.quoted(quote)),
            subject=row.slug,
            advice=N_("Give them as they are written, and --side source for the Chinese."),
        )


def reply(desk: Desk, identity: str, text: str, *, by: Person) -> Made:
    """Answer in a thread.

    Raises:
        WrongUsageError: there is no such thread.
        InputRefusedError: the text is empty or too long.
    """
    said = _text(text)
    with desk.archive.write() as unit:
        held = _get(unit.session, identity)
        note = Note(desk.new_id(), by.id, unit.at, said)
        store.add_note(unit.session, held.id, note)
        return _told(unit, "comment answered", replace(held, notes=(*held.notes, note)), by)


def resolve(desk: Desk, identity: str, *, by: Person) -> Made:
    """Say that a thread is dealt with; doing so twice changes nothing.

    Raises:
        WrongUsageError: there is no such thread.
    """
    with desk.archive.write() as unit:
        held = _get(unit.session, identity)
        if not held.open:
            return Made(held, Changes())
        store.resolve(unit.session, held.id, person=by.id, at=unit.at)
        return _told(unit, "comment resolved", replace(held, resolved_by=by.id, resolved_at=unit.at), by)


def reopen(desk: Desk, identity: str, *, by: Person) -> Made:
    """Open a resolved thread again; an open one stays as it is.

    Raises:
        WrongUsageError: there is no such thread.
    """
    with desk.archive.write() as unit:
        held = _get(unit.session, identity)
        if held.open:
            return Made(held, Changes())
        store.resolve(unit.session, held.id, person=None, at=None)
        return _told(unit, "comment reopened", replace(held, resolved_by=None, resolved_at=None), by)


def change_note(desk: Desk, identity: str, text: str, *, by: Person) -> Made:
    """Give one's own note another text; the note says that it was changed. A thread's id stands for its first note.

    Raises:
        WrongUsageError: there is no such note.
        NotAllowedError: somebody else wrote it.
        InputRefusedError: the text is empty or too long.
    """
    said = _text(text)
    with desk.archive.write() as unit:
        held = _get(unit.session, identity)
        note = next((one for one in held.notes if one.id == identity), held.notes[0])
        if note.person != by.id:
            raise NotAllowedError(
                N_("A note is changed by the person who wrote it."), advice=N_("Answer it with a note of your own.")
            )
        if note.text == said:
            return Made(held, Changes())
        store.change_note(unit.session, note.id, said, at=unit.at)
        new = replace(note, text=said, changed_at=unit.at)
        return _told(
            unit,
            "comment changed",
            replace(held, notes=tuple(new if one.id == note.id else one for one in held.notes)),
            by,
        )


def delete(desk: Desk, identity: str, *, by: Person) -> Made:
    """Delete one's own thread while nobody else has answered; the thread returned can be brought back.

    Raises:
        WrongUsageError: there is no such thread.
        NotAllowedError: somebody else has a note in it.
    """
    with desk.archive.write() as unit:
        held = _get(unit.session, identity)
        if not held.may_delete(by.id):
            raise NotAllowedError(
                N_("A comment is deleted by the person who wrote it, while nobody else has answered."),
                advice=N_("Resolve it instead."),
            )
        told = _told(unit, "comment deleted", held, by)
        store.remove(unit.session, held.id)
        return told


def bring_back(desk: Desk, deleted: Comment, *, by: Person) -> Made:
    """Bring a thread back that was just deleted by the same person; one that is there stays as it is.

    Raises:
        WrongUsageError: there is no such story any more.
        NotAllowedError: it has notes of others.
    """
    with desk.archive.write() as unit:
        row = story_row(unit.session, deleted.story)
        held = store.get(unit.session, deleted.id)
        if held is not None:
            return Made(held, Changes())
        if not deleted.notes or not deleted.may_delete(by.id):
            raise NotAllowedError(N_("A comment is brought back by the person who wrote it."), subject=row.slug)
        store.add(unit.session, deleted)
        return _told(unit, "comment brought back", deleted, by)


def _told(unit: Unit, operation: str, held: Comment, by: Person) -> Made:
    """Record what was done to a thread: where it stands and its id, never its words, which their writer may delete."""
    facts = story_row(unit.session, held.story)
    numbers = _numbers(unit.session, facts)
    place = held.place(numbers)
    unit.record(
        operation, person=by.id, story=held.story, comment=held.id, segment=place, number=numbers.get(place or "")
    )
    return Made(held, Changes(stories=frozenset([held.story])))


def _get(session: Session, identity: str) -> Comment:
    held = store.get(session, identity)
    if held is None:
        raise WrongUsageError(
            N_("There is no comment “{id}” (any more).", id=identity),
            advice=N_("“diptych comment list STORY” shows those of a story."),
        )
    return held


def _numbers(session: Session, row: StoryRow) -> dict[str, int]:
    return domain.numbered(store.places(session, row.id))


def _text(text: str) -> str:
    """The text of a note as it is kept.

    Raises:
        InputRefusedError: there is none, or too much.
    """
    said = domain.note_text(text)
    if not said or len(said) > domain.MAX_TEXT:
        raise InputRefusedError(
            N_("A comment has 1 to {n} characters.", n=domain.MAX_TEXT),
            advice=N_("Write what should be looked at.") if not said else N_("Put long texts into several comments."),
        )
    return said


# What sign-offs and edits ask of comments


def open_comments(session: Session, file: StoryFile) -> list[Comment]:
    """The open comments of a story in reading order, inside an open session."""
    found = [one for one in store.of_story(session, file.story.id) if one.open]
    return domain.in_reading_order(found, domain.place_numbers(file.story.content)) if found else []


def require_settled(session: Session, file: StoryFile, waiver: CommentWaiver) -> dict[str, object]:
    """Refuse a sign-off while comments are open and not waived; else return what its event says about them.

    Raises:
        NotAllowedError: comments are open, or one that the signer was not shown.
        InputRefusedError: the reason is too long.
    """
    found = open_comments(session, file)
    reason = " ".join(domain.note_text(waiver.reason).split())
    if len(reason) > domain.MAX_REASON:
        raise InputRefusedError(N_("A reason has at most {n} characters.", n=domain.MAX_REASON))
    numbers = domain.place_numbers(file.story.content)
    refusal = may_leave_open(found, numbers, replace(waiver, reason=reason))
    if refusal is not None:
        raise NotAllowedError(
            N_("Not allowed: {reason}.", reason=refusal),
            subject=file.story.slug,
            advice=N_("Resolve what is done, or say why it may stay open (--waive-comments REASON)."),
        )
    return {"open_comments": [one.id for one in found], "reason": reason} if found else {}


class Followed(NamedTuple):
    """The comments of a story and its segments as they were before edits."""

    comments: Sequence[Comment]
    before: Layout


def before_edits(session: Session, row: StoryRow, edits: Sequence[Edit]) -> Followed | None:
    """Look where comments stand before edits; None where these move none."""
    if all(isinstance(edit, SetSegment | SetPlacement) for edit in edits) or not store.has_any(session, row.id):
        return None
    return Followed(store.of_story(session, row.id), store.layout(session, row))


def follow_edits(session: Session, row: StoryRow, followed: Followed | None) -> None:
    """Let comments follow their words, inside the transaction of the edits."""
    if followed is not None:
        for moved in domain.follow(followed.comments, followed.before, store.layout(session, row)):
            store.move(session, moved)
