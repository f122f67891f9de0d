"""Sign-offs: a person's dated statement that a step is done for one exact text, and whether it still counts.

Each sign-off names two digests: the text its signer was handed and the text it was given for. They chain: a step
stands while its text is the current one, or while the next step took exactly that text in hand and either is still
open (its holder may change the text) or stands itself. An edit outside that chain makes a sign-off stale; it stays in
the history and stops counting, and nothing carries it over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.domain.policy import Policy, StepKind
from desktop_app.domain.story import VersionNumber


@dataclass(frozen=True, slots=True)
class SignOff:
    """One statement. ``person`` is an id, ``at`` an ISO moment; a withdrawn one keeps who took it back and why."""

    id: str
    step: str
    person: str
    at: str
    digest: str
    handed: str
    version: VersionNumber
    note: str = ""
    withdrawn_at: str | None = None
    withdrawn_by: str | None = None
    withdrawn_reason: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A review step is open; ``handed`` is the digest of the text it began from.

    ``person`` has it in hand; None when it was reopened by an edit and waits for somebody to take it.
    """

    step: str
    person: str | None
    handed: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a story's steps stand: what counts, and what comes next."""

    valid: dict[str, SignOff]
    next_step: str | None


def standing(policy: Policy, signoffs: Sequence[SignOff], digest: str, claim: Claim | None) -> Standing:
    """Work out which sign-offs count for the text with ``digest``, the newest of each step alone.

    The walk goes from the last step to the first, because a step may stand on the one after it.
    """
    newest = {signoff.step: signoff for signoff in signoffs if signoff.withdrawn_at is None}
    valid: dict[str, SignOff] = {}
    handed: str | None = None  # the text that the following step took in hand, while that step stands or is open
    for step in reversed(policy.steps):
        found = newest.get(step.name)
        stands = found is not None and found.digest in {digest, handed}
        if found is not None and stands:
            valid[step.name] = found
        handed = None
        if step.kind is StepKind.REVIEW and found is not None and stands:
            handed = found.handed
        elif step.kind is StepKind.REVIEW and claim is not None and claim.step == step.name:
            handed = claim.handed
    return _up_to_the_first_gap(policy, valid)


def _up_to_the_first_gap(policy: Policy, valid: dict[str, SignOff]) -> Standing:
    """A step counts only on top of all steps before it."""
    counted: dict[str, SignOff] = {}
    for step in policy.steps:
        if step.name not in valid:
            return Standing(counted, step.name)
        counted[step.name] = valid[step.name]
    return Standing(counted, None)
