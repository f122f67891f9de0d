"""Every state, every act, every person, both policies: what is allowed and where it leads, or the reason why not.

The guards answer for every cell. The desk is asked, on a real archive, for one person of each outcome of each act in
each state, and for a sample of what is refused; the proof asks it for every cell that is allowed. What the desk does
is taken back by laying the prepared database over it again.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from office import Office, counting, ticking
from workflow_acts import ACTS, carry_out
from workflow_table import PEOPLE, POLICIES, REASONS, line_of, read_cells, ways

from desktop_app.desk.desk import create_desk
from desktop_app.desk.people import add_person
from desktop_app.desk.stories import StoryFile, open_story
from desktop_app.domain.story import StoryState
from desktop_app.foundation.errors import NotAllowedError
from desktop_app.foundation.messages import Message

WORDS = {sentence: word for word, sentence in REASONS.items()}
EVERY_SO_MANY = 61  # of the refused cells; a prime, so that no act and no person is passed over


@dataclass
class Stage:
    """One archive with a story in every state; ``restore`` lays it out again as it was prepared."""

    office: Office
    stories: dict[str, str]
    prepared: sqlite3.Connection
    live: sqlite3.Connection
    files: dict[str, StoryFile] = field(default_factory=dict)

    def file(self, state: str) -> StoryFile:
        if state not in self.files:
            self.files[state] = open_story(self.office.desk, self.stories[state])
        return self.files[state]

    def state(self, story: str) -> str:
        return str(self.live.execute("SELECT state FROM stories WHERE id = ?", (story,)).fetchone()[0])

    def events(self) -> int:
        return int(self.live.execute("SELECT max(sequence) FROM events").fetchone()[0])

    def restore(self) -> None:
        self.prepared.backup(self.live)


def prepared(folder: Path, policy: str) -> Iterator[Stage]:
    desk = create_desk(folder / "archive", policy=policy, now=ticking(), ids=counting())
    people = {key: add_person(desk, n, zh=zh, roles=roles)[0] for key, (n, zh, roles, _) in PEOPLE.items()}
    office = Office(desk, people)
    stories: dict[str, str] = {}
    for name, steps in ways(policy).items():
        story = office.story(translated=name != "sourced", paragraphs=1)
        for step in steps:
            person, _, act = step.partition(":")
            carry_out(desk, story.id, act, people[person])
        stories[name] = story.id
    with closing(sqlite3.connect(":memory:")) as copy, closing(sqlite3.connect(desk.archive.database)) as live:
        live.backup(copy)
        yield Stage(office, stories, copy, live)
    desk.close()


@pytest.fixture(scope="module", params=POLICIES)
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    yield from prepared(tmp_path_factory.mktemp(request.param), request.param)


def policy_of(stage: Stage) -> str:
    return stage.office.desk.house().policy


def word_of(reason: Message | None) -> str:
    return "" if reason is None else f"({WORDS.get(reason.key, reason.key)})"


def reason_of(refusal: NotAllowedError) -> Message:
    reason = refusal.reason.values["reason"]
    assert isinstance(reason, Message)
    return reason


def is_allowed(cell: str) -> bool:
    return not cell.startswith("(")


def led_to(cell: str, before: StoryState) -> str:
    return before.value if cell == "*" else cell.replace("-", " ")


def attempt(stage: Stage, state: str, act: str, person: str, cell: str) -> str:
    """What the desk says of a cell, as the table writes it; the archive is then as before."""
    file, by, events = stage.file(state), stage.office[person], stage.events()
    try:
        ACTS[act].do(stage.office.desk, file, by)
    except NotAllowedError as refusal:
        helps = refusal.advice is not None and stage.events() == events
        return word_of(reason_of(refusal)) if helps else "refused without advice, or something was written"
    found = stage.state(file.story.id)
    stage.restore()
    return cell if found == led_to(cell, file.story.state) else found


def chosen(policy: str, *, thoroughly: bool) -> Iterator[tuple[str, str, str, str]]:
    """The cells that the desk is asked for: state, act, person, outcome."""
    number = 0
    for state, block in read_cells(policy).items():
        for act, outcomes in block.cells.items():
            seen: set[str] = set()
            people = list(outcomes)
            turn = number % len(people)  # another one each time stands for those of whom the same is said
            for person in people[turn:] + people[:turn]:
                number += 1
                cell = outcomes[person]
                if number % EVERY_SO_MANY == 0 or (is_allowed(cell) and (thoroughly or cell not in seen)):
                    yield state, act, person, cell
                seen.add(cell)


def test_every_cell_says_what_the_guards_say(stage: Stage, record_property: Callable[[str, object], None]) -> None:
    policy = policy_of(stage)
    table, cells = read_cells(policy), 0
    assert list(table) == list(ways(policy)), "a block for every state"
    differing: list[str] = []
    for state, block in table.items():
        assert list(block.cells) == list(ACTS), f"a line for every act in “{state}”"
        file = stage.file(state)
        for act, outcomes in block.cells.items():
            cells += len(outcomes)
            said = {person: word_of(ACTS[act].guard(file, stage.office[person])) for person in PEOPLE}
            merged = {
                person: said[person] or (cell if is_allowed(cell) else "allowed") for person, cell in outcomes.items()
            }
            if merged != outcomes:
                differing.append(f"{state}:\n{line_of(act, outcomes)}\n{line_of(act, merged)}")
    assert not differing, "\n".join(differing)
    record_property(f"cells of {policy}", cells)
    sizes = f"{len(table)} states x {len(ACTS)} acts x {len(PEOPLE)} people = {cells} cells"
    print(f"{policy}: {sizes}")  # noqa: T201 - the figure is asked for


def test_the_desk_does_what_the_cells_say(stage: Stage) -> None:
    asked = [(*one, attempt(stage, *one)) for one in chosen(policy_of(stage), thoroughly=False)]
    assert [one for one in asked if one[3] != one[4]] == []
    assert len(asked) > 300


@pytest.mark.proof
def test_the_desk_does_what_every_allowed_cell_says(stage: Stage) -> None:
    asked = [(*one, attempt(stage, *one)) for one in chosen(policy_of(stage), thoroughly=True)]
    print(f"{policy_of(stage)}: {len(asked)} cells tried at the desk")  # noqa: T201 - as above
    assert [one for one in asked if one[3] != one[4]] == []


def test_the_table_knows_every_state_and_every_reason() -> None:
    for policy in POLICIES:
        assert {state.partition(",")[0].partition(" in an")[0] for state in ways(policy)} == {
            s.value for s in StoryState
        }
    used = {
        cell.strip("()")
        for policy in POLICIES
        for block in read_cells(policy).values()
        for outcomes in block.cells.values()
        for cell in outcomes.values()
        if not is_allowed(cell)
    }
    assert used == set(REASONS)
