"""The approval sheet (审批单): what a printed page says of one text of a story, for people to sign and to check."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from desktop_app.domain.people import Person
from desktop_app.domain.pictures import Picture
from desktop_app.domain.policy import Policy, Step
from desktop_app.domain.publication import Emergency
from desktop_app.domain.sheet_codes import SheetCode
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import Credit, Story, VersionNumber
from desktop_app.foundation.messages import Message


class Fate(StrEnum):
    """What became of a step: signed and counting, not signed yet, or signed once and taken back or left behind.

    A step that an emergency release did without, and that nobody is waited for since, is ``LEFT_OUT``; the approval
    that came instead is ``AFTERWARDS``. A sign-off that came home and never counted here is ``KEPT``.
    """

    COUNTS = "counts"
    WAITING = "waiting"
    LEFT_OUT = "left out"
    AFTERWARDS = "approved afterwards"
    WITHDRAWN = "withdrawn"
    STALE = "stale"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A step as it stands, or a sign-off of the history. ``step`` is None where the policy has none of that name.

    ``holds`` says whether the signature fits key and statement; None where there is none to be checked.
    """

    fate: Fate
    name: str
    step: Step | None
    signoff: SignOff | None = None
    person: Person | None = None
    withdrawn_by: Person | None = None
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class ApprovalSheet:
    """One sheet.

    ``version`` is the frozen version that has exactly this text, None where it was never frozen. ``draft`` says that
    the story is not approved. ``lines`` are the policy's steps in order, then an approval afterwards, ``history`` the
    sign-offs that count no more, the newest first. ``notices`` are sentences on embargo and emergency. ``thumbnails``
    has small pictures by picture id, and lacks those that cannot be printed. ``made_at`` is the moment of the last
    event that says anything of this sheet: the clock is not asked.
    """

    story: Story
    digest: str
    version: VersionNumber | None
    draft: bool
    policy: Policy
    lines: Sequence[SheetLine]
    history: Sequence[SheetLine]
    code: SheetCode
    made_at: str
    house: str = ""
    notices: Sequence[Message] = ()
    credits: Sequence[Credit] = ()
    credits_zh: Sequence[Credit] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    thumbnails: Mapping[str, bytes] = field(default_factory=dict)


def sheet_lines(
    policy: Policy,
    signoffs: Sequence[SignOff],
    valid: Mapping[str, SignOff],
    people: Mapping[str, Person],
    step_of: Callable[[SignOff], Step | None],
    *,
    settled: bool = False,
) -> tuple[list[SheetLine], list[SheetLine]]:
    """The lines of a sheet: the steps as they stand, and the sign-offs that count no more, the newest first.

    ``step_of`` knows the step of a sign-off as it was called when it was given. ``settled`` says that the text went out
    in an emergency and was approved afterwards: no step is waited for.
    """
    steps = [
        SheetLine(Fate.COUNTS, step.name, step, valid[step.name], people.get(valid[step.name].person))
        if step.name in valid
        else SheetLine(Fate.LEFT_OUT if settled else Fate.WAITING, step.name, step)
        for step in policy.steps
    ]
    history = [
        SheetLine(
            _fate(signoff),
            signoff.step,
            step_of(signoff),
            signoff,
            people.get(signoff.person),
            people.get(signoff.withdrawn_by or ""),
        )
        for signoff in reversed(signoffs)
        if valid.get(signoff.step) != signoff
    ]
    return steps, history


def afterwards(early: Emergency, people: Mapping[str, Person]) -> SheetLine | None:
    """The line of the approval that came after a release in an emergency; None while nobody gave it.

    It is a statement as a sign-off is, and shown as one, though of no step.
    """
    if early.approved_by is None or early.approved_at is None:
        return None
    given = SignOff(
        early.id, Fate.AFTERWARDS, early.approved_by, early.approved_at, early.digest, early.digest, early.version,
        early.approval_note, key=early.approval_key, signature=early.approval_signature,
    )  # fmt: skip
    return SheetLine(Fate.AFTERWARDS, Fate.AFTERWARDS, None, given, people.get(early.approved_by))


def _fate(signoff: SignOff) -> Fate:
    if signoff.withdrawn_at is not None:
        return Fate.WITHDRAWN
    return Fate.STALE if signoff.kept is None else Fate.KEPT
