"""Which stories a person wants to see: plain rules over what a list knows of a story."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from desktop_app.desk.stories import ListedStory
from desktop_app.domain.people import Person
from desktop_app.domain.policy import POLICIES, StepKind
from desktop_app.domain.records import StorySummary
from desktop_app.domain.story import StoryState


@dataclass(frozen=True)
class Filter:
    """What is asked for; everything left empty lets all through. ``found`` has the ids a text search gave."""

    state: StoryState | None = None
    mine: bool = False
    topic: str = ""
    findings: bool = False
    found: frozenset[str] | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for."""
        return self == Filter()

    def passes(self, listed: ListedStory, person: Person | None, findings: Mapping[str, int]) -> bool:
        """Whether a story is among what was asked for; ``findings`` has counts by story id, as far as known."""
        summary = listed.summary
        return (
            (self.state is None or summary.state is self.state)
            and (not self.mine or waits_for(listed, person))
            and (not self.topic or self.topic in summary.topics)
            and (not self.findings or findings.get(summary.id, 0) > 0)
            and (self.found is None or summary.id in self.found)
        )


def waits_for(listed: ListedStory, person: Person | None) -> bool:
    """Whether the next step of a story is this person's to take, as far as the list can tell."""
    if person is None:
        return False
    summary = listed.summary
    if summary.state in {StoryState.SOURCED, StoryState.DRAFTING}:
        return summary.drafter == person.id
    if summary.state is StoryState.IN_REVISION and summary.claimed_by is not None:
        return summary.claimed_by == person.id
    if summary.state in {StoryState.SUBMITTED, StoryState.IN_REVISION}:
        return person.may_review() and summary.drafter != person.id and not _signed_a_review(listed, person)
    return summary.state is StoryState.APPROVED and person.may_approve()


def _signed_a_review(listed: ListedStory, person: Person) -> bool:
    """Whether the credits name the person for a review: they may not take the next step (four eyes)."""
    policy = POLICIES[listed.summary.policy]
    reviews = {step.name for step in policy.steps if step.kind is StepKind.REVIEW}
    return any(credit.step in reviews and person.name in credit.names for credit in listed.credits)


def topics_of(stories: Collection[ListedStory]) -> list[str]:
    """Every topic among the stories, in alphabetical order."""
    return sorted({topic for listed in stories for topic in listed.summary.topics}, key=str.casefold)


def states_of(stories: Collection[ListedStory]) -> dict[StoryState, int]:
    """How many stories there are in each state that occurs, in the order of the work."""
    counts = dict.fromkeys(StoryState, 0)
    for listed in stories:
        counts[listed.summary.state] += 1
    return {state: count for state, count in counts.items() if count}


def hands(summary: StorySummary, people: Mapping[str, Person]) -> str:
    """Who works on it: the drafter, and behind an arrow who has it in revision; empty for nobody."""
    drafter = people.get(summary.drafter or "")
    holder = people.get(summary.claimed_by or "")
    names = [person.name for person in (drafter, holder) if person is not None]
    return " → ".join(names)
