"""Which stories a person wants to see: plain rules over what a list knows of a story."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from desktop_app.desk.stories import ListedStory
from desktop_app.domain.people import Person
from desktop_app.domain.records import StorySummary
from desktop_app.domain.story import StoryState
from desktop_app.foundation.messages import Message


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

    def passes(self, listed: ListedStory, waiting: Collection[str], findings: Mapping[str, int]) -> bool:
        """Whether a story is among what was asked for.

        ``waiting`` has the stories that wait for the person at the desk, ``findings`` counts by story, as far as known.
        """
        summary = listed.summary
        return (
            (self.state is None or summary.state is self.state)
            and (not self.mine or summary.id in waiting)
            and (not self.topic or self.topic in summary.topics)
            and (not self.findings or findings.get(summary.id, 0) > 0)
            and (self.found is None or summary.id in self.found)
        )


def topics_of(stories: Collection[ListedStory]) -> list[str]:
    """Every topic among the stories, in alphabetical order."""
    return sorted({topic for listed in stories for topic in listed.summary.topics}, key=str.casefold)


def states_of(stories: Collection[ListedStory]) -> dict[StoryState, int]:
    """How many stories there are in each state that occurs, in the order of the work."""
    counts = dict.fromkeys(StoryState, 0)
    for listed in stories:
        counts[listed.summary.state] += 1
    return {state: count for state, count in counts.items() if count}


def hands(summary: StorySummary, people: Mapping[str, Person]) -> list[Message]:
    """Who works on it: the drafter, and who has it in revision; empty for nobody."""
    found = (people.get(one or "") for one in (summary.drafter, summary.claimed_by))
    return [person.called for person in found if person is not None]
