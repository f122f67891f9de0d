"""Every state, every act, every person: what is allowed, and where it leaves the story.

The story was drafted by LI (translator) and revised by WANG (reviser); SUN is another translator, CHEN another
reviser, ZHAO the editor. A person who is not named for an act is refused, and the story stays as it was.
"""

import itertools
from pathlib import Path

import pytest
from office import PEOPLE, Office

from desktop_app.desk.stories import open_story
from desktop_app.domain.story import StoryState
from desktop_app.foundation.errors import NotAllowedError
from desktop_app.store import audit

DRAFTED: list[str] = []
SUBMITTED = ["li:submit"]
CLAIMED = [*SUBMITTED, "wang:claim", "wang:edit"]
REVISED = [*CLAIMED, "wang:sign"]
APPROVED = [*REVISED, "zhao:sign"]
RELEASED = [*APPROVED, "zhao:release"]
REOPENED = [*REVISED, "sun:edit"]

WAYS: dict[str, list[str]] = {
    "sourced": DRAFTED,
    "drafting": DRAFTED,
    "submitted": SUBMITTED,
    "in revision, held": CLAIMED,
    "in revision, revised": REVISED,
    "in revision, reopened": REOPENED,
    "approved": APPROVED,
    "released": RELEASED,
    "dropped": [*SUBMITTED, "li:drop"],
    "unpublished": [*RELEASED, "zhao:unpublish"],
    "killed": [*SUBMITTED, "zhao:kill", "chen:kill"],
}
ACTS = [
    "edit", "submit", "claim", "revision", "approval", "return", "withdraw", "release", "correct", "unpublish",
    "drop", "restore", "kill",
]  # fmt: skip
EVERYBODY = "li sun wang chen zhao"
REVIEWERS = "wang chen zhao"

# state: act: state that follows: who may
TABLE: dict[str, dict[str, dict[str, str]]] = {
    "sourced": {
        "edit": {"drafting": EVERYBODY},
        "drop": {"dropped": EVERYBODY},
        "kill": {"sourced": REVIEWERS},
    },
    "drafting": {
        "edit": {"drafting": EVERYBODY},
        "submit": {"submitted": "li"},
        "drop": {"dropped": EVERYBODY},
        "kill": {"drafting": REVIEWERS},
    },
    "submitted": {
        "edit": {"drafting": "li"},
        "claim": {"in revision": REVIEWERS},
        "revision": {"in revision": REVIEWERS},
        "return": {"drafting": REVIEWERS},
        "withdraw": {"drafting": "li"},
        "drop": {"dropped": EVERYBODY},
        "kill": {"submitted": REVIEWERS},
    },
    "in revision, held": {
        "edit": {"in revision": "wang"},
        "claim": {"in revision": "wang"},
        "revision": {"in revision": "wang"},
        "return": {"drafting": "wang"},
        "drop": {"dropped": REVIEWERS},
        "kill": {"in revision": REVIEWERS},
    },
    "in revision, revised": {
        "edit": {"in revision": EVERYBODY},
        "approval": {"approved": "chen zhao"},
        "return": {"drafting": REVIEWERS},
        "withdraw": {"drafting": "li", "in revision": "wang"},
        "drop": {"dropped": EVERYBODY},
        "kill": {"in revision": REVIEWERS},
    },
    "in revision, reopened": {
        "edit": {"in revision": EVERYBODY},
        "claim": {"in revision": REVIEWERS},
        "revision": {"in revision": REVIEWERS},
        "return": {"drafting": REVIEWERS},
        "withdraw": {"drafting": "li", "in revision": "wang"},
        "drop": {"dropped": EVERYBODY},
        "kill": {"in revision": REVIEWERS},
    },
    "approved": {
        "edit": {"in revision": EVERYBODY},
        "withdraw": {"drafting": "li", "in revision": "wang zhao"},
        "release": {"released": REVIEWERS},
        "drop": {"dropped": EVERYBODY},
        "kill": {"approved": REVIEWERS},
    },
    "released": {
        "correct": {"drafting": EVERYBODY},
        "unpublish": {"unpublished": REVIEWERS},
        "kill": {"released": REVIEWERS},
    },
    "dropped": {
        "restore": {"submitted": EVERYBODY},
        "kill": {"dropped": REVIEWERS},
    },
    "unpublished": {
        "correct": {"drafting": EVERYBODY},
        "kill": {"unpublished": REVIEWERS},
    },
    "killed": {},
}


def reach(office: Office, way: str) -> str:
    story = office.story(translated=way != "sourced")
    office.through(story, WAYS[way])
    return story.id


def stored(office: Office) -> dict[str, str]:
    with office.desk.archive.read() as session:
        return audit.stored_hashes(session.connection())


def outcomes(template: Path, tmp_path: Path, way: str) -> dict[str, dict[str, str]]:
    office = Office.moved(template, tmp_path / "begun")
    identity = reach(office, way)
    before = stored(office)
    office.desk.close()
    found: dict[str, dict[str, list[str]]] = {}
    copies = itertools.count()
    office = Office.moved(tmp_path / "begun", tmp_path / f"copy-{next(copies)}")
    for act, person in itertools.product(ACTS, PEOPLE):
        try:
            office.act(open_story(office.desk, identity).story, act, person)
        except NotAllowedError:
            assert stored(office) == before, "a refusal changes nothing"
            continue
        state = open_story(office.desk, identity).story.state.value
        found.setdefault(act, {}).setdefault(state, []).append(person)
        office.desk.close()
        office = Office.moved(tmp_path / "begun", tmp_path / f"copy-{next(copies)}")
    office.desk.close()
    return {act: {state: " ".join(people) for state, people in states.items()} for act, states in found.items()}


@pytest.mark.parametrize("way", WAYS)
def test_the_table_of_states(template: Path, tmp_path: Path, way: str) -> None:
    assert outcomes(template, tmp_path, way) == TABLE[way]


def test_the_table_knows_every_state() -> None:
    assert {way.partition(",")[0] for way in WAYS} == {state.value for state in StoryState}
    assert TABLE.keys() == WAYS.keys()
