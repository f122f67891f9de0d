"""Sign-offs: a person's dated statement that a step is done for one exact text, and whether it still counts.

Each sign-off names two digests: the text its signer was handed and the text it was given for. They chain: a step
stands while its text is the current one, or while the next step took exactly that text in hand and either is still
open (its holder may change the text) or was signed after it. An edit outside that chain makes a sign-off stale; it
stays in the history and stops counting for good: bringing the old words back, or signing an earlier step again, does
not carry it over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.domain.policy import Policy, PolicyBook
from desktop_app.domain.story import VersionNumber


@dataclass(frozen=True, slots=True)
class SignOff:
    """One statement. ``person`` is an id, ``at`` an ISO moment; a withdrawn one keeps who took it back and why.

    ``signature`` (hexadecimal digits) was made with the key whose fingerprint is ``key``; both are None for a
    statement without one; ``withdrawn_key`` and ``withdrawn_signature`` are those of the withdrawal.
    ``stated_version`` is the number that the version had where the statement was made, None where that was here.
    ``policy`` and ``policy_version`` name the policy that it was signed under; None where it was signed before policies
    had versions, which is the same as version 1 of the story's policy. ``kept`` says of a statement that came home why
    it is kept and never counts here (``domain.homecoming.Kept``).
    """

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
    stated_version: str | None = None
    key: str | None = None
    signature: str | None = None
    policy: str | None = None
    policy_version: int | None = None
    kept: str | None = None
    withdrawn_key: str | None = None
    withdrawn_signature: str | None = None

    def under(self, policy: Policy) -> bool:
        """Whether it was signed under exactly this version of a policy, and counts here at all."""
        return self.kept is None and self.policy in {None, policy.name} and (self.policy_version or 1) == policy.version


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


def unbroken(policy: Policy, signoffs: Sequence[SignOff], until: str | None = None) -> list[SignOff]:
    """The sign-offs that follow one another from the first step on, the newest of each step alone.

    ``signoffs`` are in the order they were given. Each one was given after the one before it, for the text that came
    of that one. What was signed under another policy, or another version of it, counts where it was signed and not
    here. ``until`` names a step that is open: it and those after it are not signed, whatever was signed before.
    """
    order = {signoff.id: place for place, signoff in enumerate(signoffs)}
    newest = {signoff.step: signoff for signoff in signoffs if signoff.under(policy)}
    run: list[SignOff] = []
    for step in policy.steps:
        found = newest.get(step.name)
        if found is None or found.withdrawn_at is not None or step.name == until:
            break
        if run and (order[found.id] < order[run[-1].id] or found.handed != run[-1].digest):
            break
        run.append(found)
    return run


def signed_under(policies: PolicyBook, signoffs: Sequence[SignOff], usual: Policy) -> Policy:
    """The policy of the last of these sign-offs: what went out goes by it for ever; ``usual`` where there is none.

    What came home and is only kept says nothing of that.
    """
    for signoff in reversed([one for one in signoffs if one.kept is None]):
        return policies.get(signoff.policy or usual.name, signoff.policy_version) or usual
    return usual


def standing(policy: Policy, signoffs: Sequence[SignOff], digest: str, claim: Claim | None) -> Standing:
    """Work out which sign-offs count for the text with ``digest``: a step counts only on top of all before it."""
    run = unbroken(policy, signoffs, claim.step if claim is not None else None)
    open_here = claim is not None and len(run) < len(policy.steps) and policy.steps[len(run)].name == claim.step
    if claim is not None and open_here:
        held = _down_to(run, claim.handed)
        if len(held) == len(run):
            return _standing(policy, held)
        run = held  # what was handed is not what the step before left: the claim carries nothing
    return _standing(policy, _down_to(run, digest))


def _down_to(run: Sequence[SignOff], digest: str) -> list[SignOff]:
    """The run up to the last sign-off that was given for the text with ``digest``."""
    kept = list(run)
    while kept and kept[-1].digest != digest:
        kept.pop()
    return kept


def _standing(policy: Policy, run: Sequence[SignOff]) -> Standing:
    waiting = policy.steps[len(run)].name if len(run) < len(policy.steps) else None
    return Standing({signoff.step: signoff for signoff in run}, waiting)


def settled(policy: Policy, signoffs: Sequence[SignOff], until: str | None) -> Standing:
    """How a story stands whose state says that its text was signed last; ``until`` is as in ``unbroken``."""
    return _standing(policy, unbroken(policy, signoffs, until))


def unsigned(policy: Policy) -> Standing:
    """How a story stands whose draft is not handed in."""
    return _standing(policy, ())


def reopened(policy: Policy, signoffs: Sequence[SignOff], digest: str) -> Claim | None:
    """The review to which a story falls back when its text left the sign-offs behind, or one was withdrawn.

    It is the last review that was signed on top of what still stands; its reviewer's text to begin from stays the
    same. None where the story falls back to the draft, or simply waits for its next step.
    """
    order = {signoff.id: place for place, signoff in enumerate(signoffs)}
    newest = {signoff.step: signoff for signoff in signoffs if signoff.under(policy)}
    standing_now = standing(policy, signoffs, digest, None).valid
    for step in reversed(policy.reviews()):
        found = newest.get(step.name)
        if found is None or step.name in standing_now:
            continue
        claim = Claim(step.name, found.person, found.handed)
        at = standing(policy, signoffs, digest, claim)
        if at.next_step == step.name and all(order[s.id] < order[found.id] for s in at.valid.values()):
            return claim
    return None
