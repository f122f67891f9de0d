"""Holding an approval sheet against the archive: are these the words, and do the sign-offs still stand?

The paper is a witness that nobody who altered the archive can alter with it: it names the digest of the text, what the
sign-offs say, and an event of the chain with all that lies before it. Whoever has both the paper and the archive in
hand can alter both.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from desktop_app.desk.approval_sheets import approval_pdf, approval_sheet, standing_notices
from desktop_app.desk.blocking import altered
from desktop_app.desk.desk import Desk
from desktop_app.desk.stories import StoryFile, story_file
from desktop_app.domain.people import Person
from desktop_app.domain.sheet_codes import MOST_SIGNOFFS, SheetCode, seal, short_hash, tail
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import StoryState
from desktop_app.domain.workflow import STATE_NAMES
from desktop_app.exchange.sheet_files import code_in_file, code_in_text, code_of, is_file
from desktop_app.foundation.messages import N_, Message, own_words
from desktop_app.store import events as event_store
from desktop_app.store import history as history_store
from desktop_app.store import signatures, verification
from desktop_app.store import stories as story_store
from desktop_app.store.archive import Session
from desktop_app.store.verification import Problem

__all__ = ["CheckedSheet", "SheetSignOff", "Verdict", "check_sheet", "read_sheet"]

KIND = "sheet"
_ENDED = frozenset({StoryState.UNPUBLISHED, StoryState.KILLED, StoryState.DROPPED})


class Verdict(StrEnum):
    """What comes of it.

    Paper and archive agree and it stands; its code does, but the pages of the file are others than those that belong
    to it; they agree but things went on; they contradict.
    """

    STANDS = "stands"
    ALTERED = "altered"
    OVERTAKEN = "overtaken"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class SheetSignOff:
    """A sign-off that the sheet shows, as the archive has it. ``why`` it counts no more; None where it stands.

    ``signature``: it holds, does not (where one is owed and missing too), or there is none.
    """

    step: Message
    signoff: SignOff
    person: Person | None
    why: Message | None
    signature: bool | None


@dataclass(slots=True)
class CheckedSheet:
    """What a check found.

    ``contradictions`` say that paper and archive differ, ``overtaken`` that something happened since, ``notes`` what
    else a reader should know. ``alterations`` say that the pages of a file are not those that its code belongs to, and
    ``unseen`` that nobody can say any more whether they are. ``story`` is None where the archive does not have it;
    ``at`` is the moment of the event that the sheet was made after.
    """

    code: SheetCode
    story: StoryFile | None = None
    at: str | None = None
    signoffs: list[SheetSignOff] = field(default_factory=list)
    contradictions: list[Problem] = field(default_factory=list)
    alterations: list[Problem] = field(default_factory=list)
    overtaken: list[Problem] = field(default_factory=list)
    unseen: bool = False
    notes: list[Message] = field(default_factory=list)
    checked: dict[str, int] = field(default_factory=dict)

    @property
    def partly(self) -> bool:
        """Whether the sheet lacks a step of its policy: an emergency let the text out without it."""
        return self.story is not None and len(self.code.signoffs) < min(MOST_SIGNOFFS, len(self.story.policy.steps))

    @property
    def problems(self) -> list[Problem]:
        """All that keeps the sheet from being good as it is."""
        return [*self.contradictions, *self.alterations, *self.overtaken]

    @property
    def verdict(self) -> Verdict:
        """What comes of it."""
        if self.contradictions:
            return Verdict.CONTRADICTED
        if self.alterations:
            return Verdict.ALTERED
        return Verdict.OVERTAKEN if self.overtaken else Verdict.STANDS


def read_sheet(given: str) -> tuple[SheetCode, bytes | None]:
    """Read what a person gave: a code, or the name of a file; return the bytes of a PDF with it.

    Raises:
        InputRefusedError: there is no code in it.
    """
    if not is_file(given):
        return (code_in_text if "\n" in given.strip() else code_of)(given), None
    code, data = code_in_file(Path(given))
    return code, data if data.startswith(b"%PDF-") else None


def check_sheet(desk: Desk, code: SheetCode, pdf: bytes | None = None) -> CheckedSheet:
    """Hold a sheet's code, and its PDF where there is one, against the archive.

    Raises:
        ArchiveUnavailableError: the archive is out of reach.
    """
    found = CheckedSheet(code)
    with desk.archive.read() as session:
        _check_event(session, found)
        row = story_store.row(session, code.story)
        if row is None or row.id != code.story:
            _contradict(found, N_("The archive has no story with the id {id}.", id=code.story))
            return found
        file = found.story = story_file(session, row)
        released = row.released
        _check_text(session, found, file)
        bad = signatures.faults(session, file.story.id, file.signoffs, by_events=True)
        _check_signoffs(found, file, bad, is_released=code.version is not None and released == str(code.version))
        unsound = altered(session, file, [one.signoff.id for one in found.signoffs])
        if unsound is not None:
            _contradict(found, unsound)
        _check_since(found, file, released, beside=row.correcting is not None)
    if pdf is not None:
        _check_pages(desk, found, pdf)
    return found


def _contradict(found: CheckedSheet, reason: Message) -> None:
    found.contradictions.append(Problem(KIND, found.code.story, reason))


def _overtake(found: CheckedSheet, reason: Message) -> None:
    found.overtaken.append(Problem(KIND, found.code.story, reason))


def _check_event(session: Session, found: CheckedSheet) -> None:
    """The chain must still lead through the event that the sheet names."""
    number = found.code.event
    link = event_store.link(session, number)
    found.checked["events"] = 1
    if link is None:
        head = event_store.head(session)
        _contradict(
            found,
            N_(
                "The sheet was made after event {n}, and the events of the archive end with {end}: it may be an older "
                "copy, or another archive.",
                n=number, end=head.number if head else 0,
            ),
        )  # fmt: skip
    elif short_hash(link.hash) != found.code.event_hash:
        _contradict(
            found, N_("Event {n} is another one than when the sheet was made: history was rewritten, or it is another "
                      "archive.", n=number),
        )  # fmt: skip
    elif event_store.hash_of(link) != link.hash:
        _contradict(found, N_("event {n} was altered", n=number))
    else:
        found.at = link.at


def _check_text(session: Session, found: CheckedSheet, file: StoryFile) -> None:
    """The version must be there with the sheet's digest, and its words must have that digest."""
    code = found.code
    if code.version is None:
        if file.digest != code.digest:
            _overtake(
                found,
                N_("The text of this sheet was never frozen as a version, and the working text is another one now."),
            )
        else:
            found.notes.append(N_("The text of this sheet is the working text; it is no version yet."))
        return
    stored = history_store.version_text(session, file.story.id, code.version)
    found.checked["versions"] = 1
    if stored is None:
        _contradict(found, N_("The story has no version {version}.", version=str(code.version)))
        return
    digest, content = stored
    if digest != code.digest:
        _contradict(found, N_("Version {version} has another text than the sheet is about.", version=str(code.version)))
    reason = verification.version_problem(digest, content)
    if reason is not None:
        _contradict(found, N_("Version {version}: {reason}.", version=str(code.version), reason=reason))


def _check_signoffs(found: CheckedSheet, file: StoryFile, bad: Mapping[str, Message], *, is_released: bool) -> None:
    """The sign-offs of the sheet must be there and say what they said; whether they stand is another matter."""
    code, known = found.code, {tail(one.id): one for one in file.signoffs}
    shown = [known[name] for name in code.signoffs if name in known]
    found.checked["signoffs"] = len(code.signoffs)
    missing = len(code.signoffs) - len(shown)
    if missing:
        _contradict(
            found,
            N_("{n} of the {all} sign-offs of the sheet are not in the archive.", n=missing, all=len(code.signoffs)),
        )
    elif seal(shown) != code.seal:
        _contradict(found, N_("The sign-offs of the archive say something else than those of the sheet."))
    for one in shown:
        step = file.signed_step(one)
        why = _why(file, one, is_released=is_released)
        holds = None if one.key is None and one.id not in bad else one.id not in bad
        title = step.title if step is not None else own_words(en=one.step, zh=one.step)
        found.signoffs.append(SheetSignOff(title, one, file.people.get(one.person), why, holds))
        if one.id in bad:
            reason = N_("the signature of “{step}”: {reason}", step=title, reason=bad[one.id])
            found.contradictions.append(Problem("signoff", one.id, reason))
        if why is not None:
            found.overtaken.append(Problem("signoff", one.id, N_("“{step}”: {reason}", step=title, reason=why)))


def _why(file: StoryFile, signoff: SignOff, *, is_released: bool) -> Message | None:
    """Why a sign-off counts no more. Those of a released version stand while a correction is written beside it."""
    if signoff.withdrawn_at is not None:
        person = file.people.get(signoff.withdrawn_by or "")
        name = person.called if person else ""
        return N_("withdrawn by {name}: {reason}", name=name, reason=signoff.withdrawn_reason)
    if file.counts(signoff) or is_released:
        return None
    return N_("it counts no more: the text or an earlier step changed afterwards")


def _check_since(found: CheckedSheet, file: StoryFile, released: str | None, *, beside: bool) -> None:
    state, mine = file.story.state, str(found.code.version)
    if file.digest == found.code.digest:
        found.notes += standing_notices(file)
    if found.code.draft:
        found.notes.append(N_("The sheet is that of a draft: it approves nothing."))
    if state in _ENDED:
        _overtake(found, N_("The story is “{state}” now.", state=STATE_NAMES[state]))
    elif released is not None and released != mine and found.code.version is not None:
        _overtake(found, N_("Version {version} is the released one now.", version=released))
    elif released == mine and (beside or file.digest != found.code.digest):
        found.notes.append(N_("A correction is being written; the version of this sheet is still the released one."))


def _check_pages(desk: Desk, found: CheckedSheet, pdf: bytes) -> None:
    """Whether a PDF is the very one that the archive makes now: only then is it known what its pages show."""
    if found.story is None or found.contradictions or approval_sheet(desk, found.story.story.id).code != found.code:
        found.unseen = True
        found.notes.append(
            N_(
                "The code inside the file was checked, not what its pages show: compare names and words with those"
                " given here."
            )
        )
    elif approval_pdf(desk, found.story.story.id) == pdf:
        found.notes.append(N_("The file is the one that this archive makes, byte for byte."))
    else:
        reason = N_("the pages of the file are not those that belong to its code; do not go by what they show")
        found.alterations.append(Problem(KIND, found.code.story, reason))


def lines_of(found: CheckedSheet) -> Iterator[Message]:
    """The verdict as sentences for a person."""
    verdict = found.verdict
    if verdict is Verdict.CONTRADICTED:
        yield N_("Paper and archive contradict each other: one of the two was altered, or they do not belong together.")
    elif verdict is Verdict.ALTERED:
        yield N_(
            "The code stands, but this PDF is not the one that Diptych makes of it: its pages were altered, or another"
            " version of Diptych made it."
        )
    elif verdict is Verdict.OVERTAKEN and found.unseen:
        yield N_(
            "The code of this file is genuine, but it is not how things stand any more; whether the pages are those"
            " that belong to it cannot be told now."
        )
    elif verdict is Verdict.OVERTAKEN:
        yield N_("The sheet is genuine, but it is not how things stand any more.")
    elif found.unseen:
        yield N_("The code of this file stands, but whether its pages are those that belong to it cannot be told now.")
    elif found.code.draft or found.partly:
        yield N_("The sheet is genuine: the archive has these words and these sign-offs.")
    else:
        yield N_("The sheet is genuine and stands: the archive has these very words, approved by these people.")
