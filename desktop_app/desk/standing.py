"""Where a story stands by what is stored of it: its claim, the sign-offs that can count, what a guard asks of it."""

from collections.abc import Mapping, Sequence

from desktop_app.domain.drafting import hands_of, source_hands
from desktop_app.domain.people import Person
from desktop_app.domain.policy import Policy
from desktop_app.domain.publication import Emergency, since_release, standing_in_emergency
from desktop_app.domain.records import StorySummary
from desktop_app.domain.signoff import Claim, SignOff, Standing, settled, unsigned
from desktop_app.domain.story import StoryState
from desktop_app.domain.workflow import DRAFT, Situation
from desktop_app.store.duties import Facts
from desktop_app.store.models import StoryRow

Row = StoryRow | Facts


def claim_of(row: Row) -> Claim | None:
    """The review that is open, in somebody's hands or in nobody's."""
    if row.claimed_step is None or row.claim_handed is None:
        return None
    return Claim(row.claimed_step, row.claimed_by, row.claim_handed)


def that_can_count(row: Row | StorySummary, signoffs: Sequence[SignOff]) -> list[SignOff]:
    """Those of a story's sign-offs that can count: while a correction is drafted, none of what went out."""
    state = StoryState(row.state)
    return since_release(signoffs, row.released_after, state, correcting=row.correcting is not None)


def left_behind(row: Row | StorySummary) -> bool:
    """Whether no sign-off counts any more: the draft is open, or was when work on the story ended."""
    return StoryState(row.state) in DRAFT or (row.claimed_step is None and row.modified)


def settled_standing(
    row: Row | StorySummary, policy: Policy, signoffs: Sequence[SignOff], early: Emergency | None = None
) -> Standing:
    """What counts of ``that_can_count`` by a settled state, so that a list need not read every text for its digest.

    ``early`` is the early release that the text as it stands went out by.
    """
    if early is not None:
        return standing_in_emergency(policy, signoffs, early)
    return unsigned(policy) if left_behind(row) else settled(policy, signoffs, row.claimed_step)


def situation_of(
    row: Row, policy: Policy, standing: Standing, people: Mapping[str, Person], *, source_changed: bool,
    empty: bool = False,
) -> Situation:  # fmt: skip
    """What a guard asks of a story; ``empty``: it has no word in the target language, where that is known.

    A refusal names the one among ``people`` who has it in hand.
    """
    claim = claim_of(row)
    holder = people.get(claim.person or "") if claim is not None else None
    return Situation(
        state=StoryState(row.state),
        policy=policy,
        standing=standing,
        drafter=row.drafter,
        claim=claim,
        last_editor=row.last_editor,
        handed_editor=row.claim_handed_editor,
        empty=empty,
        public=row.released is not None,
        drafters=hands_of(row.drafters),
        sources=source_hands(row.drafters),
        source_changed=source_changed,
        held_by=holder.called if holder is not None else None,
    )
