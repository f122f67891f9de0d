"""Who has what since when: the stories that went out, ended by hand where a laptop is lost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.stories import people_by_id, story_row
from desktop_app.domain.loans import Loan, may_end
from desktop_app.domain.people import Person
from desktop_app.domain.story import Bilingual
from desktop_app.foundation.errors import NotAllowedError, WrongUsageError
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import loans as store
from desktop_app.store import stories as story_store
from desktop_app.store.archive import Unit
from desktop_app.store.models import StoryRow

_LONGEST_REASON = 1000
_LOOK = N_("“diptych loans list” shows what is out.")
_UNNAMED = Bilingual()


@dataclass(frozen=True, slots=True)
class ListedLoan:
    """A loan with the names that people know: those of the story, and of its holder (None: nobody in particular)."""

    loan: Loan
    slug: str
    holder: Person | None
    late: bool
    headline: Bilingual = _UNNAMED

    @property
    def name(self) -> str:
        """The holder's name as credits have it, empty for nobody in particular."""
        return self.holder.name if self.holder is not None else ""

    @property
    def called(self) -> Message | None:
        """The holder's name for a reader of either language."""
        return self.holder.called if self.holder is not None else None


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
    return found[::-1]


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
    return ListedLoan(loan, slug, holder, late, headline)


def out_by_story(desk: Desk) -> dict[str, list[ListedLoan]]:
    """The open loans by story, the last one first."""
    found: dict[str, list[ListedLoan]] = {}
    for one in list_loans(desk):
        found.setdefault(one.loan.story, []).append(one)
    return found


def holders(loans: Sequence[ListedLoan]) -> list[ListedLoan]:
    """One loan for each person who has a story, the longest first: what a line about it says."""
    by_holder = {(one.loan.holder if one.holder is not None else one.loan.id): one for one in loans}
    return sorted(by_holder.values(), key=lambda one: one.loan.at)


def end_loans(
    desk: Desk, story: str, *, reason: str, by: Person, holder: Person | None = None
) -> tuple[list[ListedLoan], Changes]:
    """End the open loans of a story by hand, those of one person where one is named; the reason is kept.

    What still comes home later is taken in all the same: the text that went out stays known.

    Raises:
        WrongUsageError: there is no such story, or it is not out, or not with that person.
        NotAllowedError: there is no reason, or one of the loans is not that person's to end; none is ended.
    """
    reason = _given(reason)
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        found = [one for one in store.open_of(unit.session, {row.id}) if holder is None or one.holder == holder.id]
        if not found:
            raise _not_out(row)
        _end(unit, row, found, reason, by)
        identity = row.id
    return list_loans(desk, stories=[identity], open_only=False), Changes(stories=frozenset({identity}))


def end_loan(desk: Desk, loan: str, *, reason: str, by: Person) -> Changes:
    """End one open loan (its id) by hand, and no other; as for ``end_loans``.

    Raises:
        WrongUsageError: it is over, or there is none.
        NotAllowedError: there is no reason, or it is not that person's to end.
    """
    reason = _given(reason)
    with desk.archive.write() as unit:
        found = store.one(unit.session, loan)
        if found is None:
            raise WrongUsageError(N_("There is no such loan."), subject=loan, advice=_LOOK)
        row = story_row(unit.session, found.story)
        if not found.open:
            raise _not_out(row)
        _end(unit, row, [found], reason, by)
        return Changes(stories=frozenset({row.id}))


def _given(reason: str) -> str:
    """The reason in one line.

    Raises:
        NotAllowedError: there is none.
    """
    reason = " ".join(reason.split())[:_LONGEST_REASON]
    if not reason:
        raise NotAllowedError(
            N_("A loan is ended by hand with a reason."), advice=N_("Say why in a note (--note): “laptop lost”.")
        )
    return reason


def _not_out(row: StoryRow) -> WrongUsageError:
    return WrongUsageError(N_("This story is not out."), subject=row.slug, advice=_LOOK)


def _end(unit: Unit, row: StoryRow, loans: Sequence[Loan], reason: str, by: Person) -> None:
    people = people_by_id(unit.session)
    for loan in loans:
        refusal = may_end(loan, by)
        if refusal is not None:
            able = [person.name for person in people.values() if may_end(loan, person) is None]
            raise NotAllowedError(
                N_("Not allowed: {reason}.", reason=refusal),
                subject=row.slug,
                advice=N_("Ask one of: {names}.", names=", ".join(able)) if able else None,
            )
    for loan in loans:
        store.end(unit.session, loan.id, at=unit.at, by=by.id, reason=reason)
    holders_named = [people[loan.holder].name for loan in loans if loan.holder in people]
    unit.record(
        "loan ended",
        person=by.id,
        story=row.id,
        note=reason,
        name=", ".join(holders_named),
        loans=[loan.id for loan in loans],
    )


def out_line(one: ListedLoan, day: str) -> Message:
    """Who has a story since when, in one line; ``day`` as it is written for a person."""
    if one.called is not None:
        return N_("With {name} since {day}", name=one.called, day=day)
    return N_("Out since {day}", day=day)


def brief_line(one: ListedLoan) -> Message:
    """Who has a story, in as few words as can be."""
    return N_("With {name}", name=one.called) if one.called is not None else N_("Out")
