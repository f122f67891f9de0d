"""What stands in the way of a signature and of going out: checks that a policy names, signatures that do not hold."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from desktop_app.desk.desk import Desk
from desktop_app.desk.stories import StoryFile, story_file, story_row
from desktop_app.domain.comments import place_numbers
from desktop_app.domain.findings import Finding, Severity
from desktop_app.domain.policy import Step, StepKind
from desktop_app.foundation.errors import NotAllowedError
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.store import foundations, signatures
from desktop_app.store import homecoming as home_store
from desktop_app.store import waivers as waiver_store
from desktop_app.store.archive import Session

_ROWS_NAMED = 8
SIGN_ANEW = N_("Let whoever signed it withdraw it and sign anew, or return the story; “diptych verify” tells more.")
OUT_ANEW = N_("Let it be signed anew, by way of a correction where it is released; with --draft its pages are marked.")


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the checks that a policy names say of one text, and whether what they know is still so."""

    of: tuple[object, ...]
    findings: tuple[Finding, ...]
    current: Callable[[Session], bool]

    def holds(self, session: Session, file: StoryFile) -> bool:
        """Whether the checks would say the same of a story now."""
        return self.of == _checked_of(file) and self.current(session)


def look_ahead(desk: Desk, story: str) -> Ahead | None:
    """Run the checks that name what must be mended before the next signature; None where the policy names none.

    They take their time, and nobody can write while the archive is held for a signature.

    Raises:
        WrongUsageError: there is no such story.
    """
    with desk.archive.read() as session:
        file = story_file(session, story_row(session, story))
    step = file.situation.open_step()
    if not file.policy.blocking or step is None or step.kind is StepKind.DRAFT:
        return None
    return _run(desk, file)


def require_unblocked(desk: Desk, session: Session, file: StoryFile, step: Step, ahead: Ahead | None) -> None:
    """Refuse a review or an approval while a check that the policy names has an error or a warning that stands.

    Where ``ahead`` says what the checks say of this very text they are not run once more.

    A finding that was set aside with a reason stands in nobody's way, nor does a note, nor a check that the house has
    switched off: nobody would see what it says.

    Raises:
        NotAllowedError: with the checks, how many findings each has, and the numbers of the segments.
    """
    if step.kind is StepKind.DRAFT or not file.policy.blocking:
        return
    found = standing_in_the_way(desk, session, file, ahead)
    if not found:
        return
    raise NotAllowedError(
        NN_(
            "Not allowed: {n} finding stands in the way of “{step}” ({where}).",
            "Not allowed: {n} findings stand in the way of “{step}” ({where}).",
            len(found),
            step=step.title,
            where=_where(file, found),
        ),
        subject=file.story.slug,
        advice=N_("Mend them, or set them aside with a reason; “diptych check” lists them."),
    )


def require_decided(session: Session, file: StoryFile) -> None:
    """Refuse an approval or a release while a change that came home waits: somebody's words would be passed over.

    Raises:
        NotAllowedError: with how many wait.
    """
    waiting = home_store.count_conflicts(session, file.story.id)
    if waiting:
        raise NotAllowedError(
            NN_(
                "Not allowed: {n} change that came home waits to be decided.",
                "Not allowed: {n} changes that came home wait to be decided.",
                waiting,
            ),
            subject=file.story.slug,
            advice=N_("Take either side, or keep what is here: “Decide…” over the text, or “diptych conflicts”."),
        )


def require_proven(session: Session, file: StoryFile, advice: Message = SIGN_ANEW) -> None:
    """Refuse to sign over, or to send out, what rests on a signature that does not hold or on altered records.

    Raises:
        NotAllowedError: with the person, the step, and why the signature does not hold; or with what was altered.
    """
    reason = shaken(session, file)
    if reason is not None:
        raise NotAllowedError(reason, subject=file.story.slug, advice=advice)


def shaken(session: Session, file: StoryFile) -> Message | None:
    """Why a story's standing rests on nothing sound: a signature does not hold, or records were altered."""
    standing = file.situation.standing.valid
    found = signatures.faults(session, file.story.id, standing.values(), by_events=True)
    for step in file.policy.steps:
        signoff = standing.get(step.name)
        if signoff is not None and signoff.id in found:
            who = file.people.get(signoff.person)
            return N_("The signature of {name} on “{step}” does not hold: {reason}.", name=who.name if who else "?",
                      step=step.title, reason=found[signoff.id])  # fmt: skip
    early = file.publication.emergency
    late = signatures.approval_fault(session, early, by_events=True)
    if early is not None and late is not None:
        who = file.people.get(early.approved_by or "")
        return N_("The signature of {name} on the approval afterwards does not hold: {reason}.",
                  name=who.name if who else "?", reason=late)  # fmt: skip
    return altered(session, file)


def altered(session: Session, file: StoryFile, also: Iterable[str] = ()) -> Message | None:
    """What the chain of events does not bear out of the records that a story's standing rests on.

    ``also`` are the ids of further sign-offs to look at, which need not count any more.
    """
    counted = {*also, *(signoff.id for signoff in file.situation.standing.valid.values())}
    early = file.publication.emergency
    policy = file.policy.name, file.policy.version
    what = foundations.altered(session, file.story.id, counted, policy, early.id if early is not None else None)
    return None if what is None else N_("What this rests on was altered from outside: {what}.", what=what)


def standing_in_the_way(desk: Desk, session: Session, file: StoryFile, ahead: Ahead | None = None) -> list[Finding]:
    """The findings that keep a story from its next signature, in reading order; notes are none."""
    from desktop_app.desk.checking import story_pairs  # noqa: PLC0415 - as below
    from desktop_app.language.checks.waiving import waived  # noqa: PLC0415

    if ahead is None or not ahead.holds(session, file):
        ahead = _run(desk, file)
    waivers = waiver_store.of_story(session, file.story.id)
    standing, _set_aside = waived(ahead.findings, waivers, list(story_pairs(file.story)))
    return [one for one in standing if one.severity is not Severity.NOTE]


def _run(desk: Desk, file: StoryFile) -> Ahead:
    # The checks are not quick to load, and few houses block by them.
    from desktop_app.desk.checking import Examiner, check_story  # noqa: PLC0415
    from desktop_app.language.checks import CHECKS  # noqa: PLC0415

    examiner = Examiner(desk)
    context = examiner.context()
    known = {check.id for check in CHECKS} - set(context.style.switched_off)
    wanted = sorted(file.policy.blocking & known)
    findings = check_story(file.story, only=wanted, context=context) if wanted else []
    return Ahead(_checked_of(file), tuple(findings), lambda session: examiner.still_knows(session, context))


def _checked_of(file: StoryFile) -> tuple[object, ...]:
    """What the checks go by, beside what the archive knows."""
    return file.digest, file.story.date, file.story.languages, file.policy.blocking


def _where(file: StoryFile, found: Sequence[Finding]) -> Message | str:
    """Which checks, and in which rows of the editor: ``dates 2, money 1; segments 3, 7``."""
    counted = ", ".join(f"{check} {count}" for check, count in Counter(one.check for one in found).items())
    numbers = place_numbers(file.story.content)
    rows = sorted({numbers[one.segment] for one in found if one.segment in numbers})
    if not rows:
        return counted
    named = ", ".join(map(str, rows[:_ROWS_NAMED])) + (" …" if len(rows) > _ROWS_NAMED else "")
    return NN_("{checks}; segment {rows}", "{checks}; segments {rows}", len(rows), checks=counted, rows=named)
