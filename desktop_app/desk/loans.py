"""Who has what since when: the stories that went out, ended by hand where a laptop is lost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.stories import people_by_id, story_row
from desktop_app.domain.loans import Loan, LoanKind
from desktop_app.domain.people import Person
from desktop_app.domain.story import Bilingual
from desktop_app.foundation.errors import NotAllowedError, WrongUsageError
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import loans as store
from desktop_app.store import stories as story_store
from desktop_app.store.archive import Unit

_LONGEST_REASON = 1000
_UNNAMED = Bilingual()


@dataclass(frozen=True, slots=True)
class ListedLoan:
    """A loan with the names that people know: those of the story, ``name`` of its holder (empty: nobody named)."""

    loan: Loan
    slug: str
    name: str
    late: bool
    headline: Bilingual = _UNNAMED


def list_loans(desk: Desk, *, stories: Iterable[str] = (), open_only: bool = True) -> list[ListedLoan]:
    """The loans of the archive, or those of some stories (ids), the last one first.

    Raises:
        ArchiveUnavailableError: the archive is out of reach.
    """
    wanted, now = set(stories), desk.now()
    with desk.archive.read() as session:
        found = [loan for loan in store.every(session, open_only=open_only) if not wanted or loan.story in wanted]
        people, deadlines = people_by_id(session), store.deadlines(session)
        names = story_store.names(session, {loan.story for loan in found})
    return [_listed(loan, names, people, deadlines, now) for loan in found]


def packages_out(desk: Desk, story: str) -> list[ListedLoan]:
    """Every work package that a story ever went out in, the oldest first: whoever has one has the text.

    Raises:
        WrongUsageError: there is no such story.
    """
    with desk.archive.read() as session:
        row = story_row(session, story)
    found = list_loans(desk, stories=[row.id], open_only=False)
    return [one for one in reversed(found) if one.loan.kind is LoanKind.PACKAGE]


def end_with_story(unit: Unit, story: str, *, by: Person, reason: str) -> int:
    """End the open loans of a story that is released, dropped or killed: nothing is waited for. Say how many.

    ``reason`` is one of those of ``domain.loans``. What comes home of it later is taken in where the story allows it.
    """
    found = store.open_of(unit.session, {story})
    for loan in found:
        store.end(unit.session, loan.id, at=unit.at, by=by.id, reason=reason)
    return len(found)


def _listed(
    loan: Loan,
    names: Mapping[str, tuple[str, Bilingual]],
    people: Mapping[str, Person],
    deadlines: Mapping[str, str],
    now: datetime,
) -> ListedLoan:
    holder = people.get(loan.holder or "")
    late = loan.late(now, deadlines.get(loan.story))
    slug, headline = names.get(loan.story, (loan.story, _UNNAMED))
    return ListedLoan(loan, slug, holder.name if holder is not None else "", late, headline)


def out_by_story(desk: Desk) -> dict[str, list[ListedLoan]]:
    """The open loans by story, the last one first."""
    found: dict[str, list[ListedLoan]] = {}
    for one in list_loans(desk):
        found.setdefault(one.loan.story, []).append(one)
    return found


def holders(loans: Sequence[ListedLoan]) -> list[ListedLoan]:
    """One loan for each person who has a story, the longest first: what a line about it says."""
    by_name = {(one.name or one.loan.id): one for one in loans}
    return sorted(by_name.values(), key=lambda one: one.loan.at)


def end_loans(
    desk: Desk, story: str, *, reason: str, by: Person | None, holder: Person | None = None
) -> tuple[list[ListedLoan], Changes]:
    """End the open loans of a story by hand, those of one person where one is named; the reason is kept.

    What still comes home later is taken in all the same: the text that went out stays known.

    Raises:
        WrongUsageError: there is no such story, or it is not out, or not with that person.
        NotAllowedError: there is no reason.
    """
    reason = " ".join(reason.split())[:_LONGEST_REASON]
    if not reason:
        raise NotAllowedError(
            N_("A loan is ended by hand with a reason."), advice=N_("Say why in a note (--note): “laptop lost”.")
        )
    with desk.archive.read() as session:
        found = story_row(session, story)
    ended = [one for one in list_loans(desk, stories=[found.id]) if holder is None or one.loan.holder == holder.id]
    if not ended:
        raise WrongUsageError(
            N_("This story is not out."), subject=found.slug, advice=N_("“diptych loans list” shows what is out.")
        )
    with desk.archive.write() as unit:
        for one in ended:
            store.end(unit.session, one.loan.id, at=unit.at, by=by.id if by is not None else None, reason=reason)
        unit.record(
            "loan ended",
            person=by.id if by is not None else None,
            story=found.id,
            note=reason,
            name=", ".join(one.name for one in ended if one.name),
            loans=[one.loan.id for one in ended],
        )
    return list_loans(desk, stories=[found.id], open_only=False), Changes(stories=frozenset({found.id}))


def out_line(one: ListedLoan, day: str) -> Message:
    """Who has a story since when, in one line; ``day`` as it is written for a person."""
    if one.name:
        return N_("With {name} since {day}", name=one.name, day=day)
    return N_("Out since {day}", day=day)


def brief_line(one: ListedLoan) -> Message:
    """Who has a story, in as few words as can be."""
    return N_("With {name}", name=one.name) if one.name else N_("Out")
