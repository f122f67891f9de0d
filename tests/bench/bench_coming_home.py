"""How long 500 stories of 40 segments take to come home: reading the package, the plan, bringing it in, and stopping.

The measure is the pure comparison of the same texts, in the same run: everything beside it is what an archive costs.
"""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from desktop_app.desk.bringing_home import bring_home
from desktop_app.desk.desk import Desk, Progress, create_desk, open_desk
from desktop_app.desk.editing import edit_story
from desktop_app.desk.homecoming import open_home, plan_home
from desktop_app.desk.packing import pack
from desktop_app.desk.people import add_person, find_person
from desktop_app.desk.small_archives import unpack
from desktop_app.domain.digest import content_digest
from desktop_app.domain.edits import Edit, ReplaceSegments, set_target, split_segment
from desktop_app.domain.merging.applying import edits_of
from desktop_app.domain.merging.comparing import compare
from desktop_app.domain.people import Role
from desktop_app.domain.records import Version
from desktop_app.domain.story import (
    Block,
    BlockKind,
    Content,
    Languages,
    Segment,
    SegmentStatus,
    Story,
    StoryState,
    VersionNumber,
)
from desktop_app.foundation.errors import CancelledError
from desktop_app.foundation.messages import N_
from desktop_app.store import history
from desktop_app.store import stories as story_store

pytestmark = pytest.mark.bench
_WORDS = [
    "the", "university", "delegation", "visited", "campus", "students", "research", "center", "joint", "agreement",
]  # fmt: skip
_STORIES, _BLOCKS, _SEGMENTS = 500, 10, 4
_LANGUAGES = Languages()
_T = TypeVar("_T")


def _story(chance: random.Random, desk: Desk, number: int) -> Story:
    def segment() -> Segment:
        words = " ".join(chance.choices(_WORDS, k=20)) + "."
        return Segment(desk.new_id(), "代表团访问了学校的实验室。", words, SegmentStatus.DRAFT)

    def block(kind: BlockKind) -> Block:
        return Block(desk.new_id(), kind, tuple(segment() for _ in range(_SEGMENTS)))

    blocks = tuple(block(BlockKind.PARAGRAPH if place else BlockKind.HEADLINE) for place in range(_BLOCKS))
    return Story(desk.new_id(), f"story-{number}", Content(blocks), StoryState.DRAFTING)


def _house(folder: Path, chance: random.Random) -> tuple[Desk, list[str]]:
    desk = create_desk(folder)
    person, _ = add_person(desk, "LI Wei", roles=[Role.TRANSLATOR])
    stories = [_story(chance, desk, number) for number in range(_STORIES)]
    with desk.archive.write() as unit:
        for story in stories:
            story_store.add(unit.session, story, at=unit.at)
            version = Version(VersionNumber(), content_digest(story.content), unit.at, person.id, "imported")
            history.add_version(unit.session, story.id, story.content, version, identity=unit.new_id())
        unit.record("stories imported", stories=[story.id for story in stories])
    return desk, [story.id for story in stories]


def _worked(chance: random.Random, content: Content, name: str, desk: Desk) -> Iterator[Edit]:
    """A fifth of the segments written anew in a word, and one paragraph of fifty cut otherwise."""
    for block in content.blocks:
        if chance.random() < 0.02:
            first = block.segments[0]
            halves = split_segment(first, desk.new_id(), 6, first.target.index(" ", 40), _LANGUAGES)
            yield ReplaceSegments(block.id, (*halves, *block.segments[1:]))
            continue
        for segment in block.segments:
            if chance.random() < 0.2:
                words = segment.target.split(" ")
                words[chance.randrange(len(words))] = f"{name}{chance.randrange(1000)}"
                yield set_target(segment, " ".join(words))


def _work(desk: Desk, stories: list[str], chance: random.Random, name: str) -> None:
    person = find_person(desk, "LI Wei")
    for story in stories:
        with desk.archive.read() as session:
            found = story_store.load(session, story)
        assert found is not None
        edit_story(desk, story, list(_worked(chance, found.content, name, desk)), by=person)


def _timed(act: Callable[[], _T]) -> tuple[float, _T]:
    began = time.perf_counter()
    made = act()
    return time.perf_counter() - began, made


def bench_five_hundred_stories_come_home(tmp_path: Path) -> None:
    chance = random.Random(11)
    desk, stories = _house(tmp_path / "house", chance)
    person = find_person(desk, "LI Wei")
    package = tmp_path / "out.diptych"
    packing, _ = _timed(lambda: pack(desk, stories, package, by=person, made_for=person))
    unpacking, _ = _timed(lambda: unpack(package, tmp_path / "laptop"))
    there = open_desk(tmp_path / "laptop")
    _work(there, stories, chance, "t")
    _work(desk, stories, chance, "o")
    answer = tmp_path / "home.diptych"
    pack(there, [], answer, by=person)
    there.close()
    opening, file = _timed(lambda: open_home(desk, answer))
    planning, plan = _timed(lambda: plan_home(desk, file, by=person))
    sides = [(one.merge.base, one.merge.ours, one.returning.content) for one in plan.stories]
    comparing, _ = _timed(lambda: [edits_of(compare(*three, _LANGUAGES)) for three in sides])
    stopping = _stopped(desk, plan, person)
    bringing, done = _timed(lambda: bring_home(desk, plan, by=person))
    file.close()
    file = open_home(desk, answer)
    again, nothing = _timed(lambda: plan_home(desk, file, by=person))
    file.close()
    desk.close()
    assert nothing.nothing is not None
    print(
        f"\n{_STORIES} stories of {_BLOCKS * _SEGMENTS} segments: pack {packing:.1f} s, unpack {unpacking:.1f} s; "
        f"home: open {opening:.1f} s, plan {planning:.1f} s, bring {bringing:.1f} s ({done.applied} changes, "
        f"{len(done.waiting)} wait); comparing alone {comparing:.1f} s; stopped {stopping * 1000:.0f} ms after asking; "
        f"once more {again:.1f} s; plan / comparing {planning / comparing:.1f}, bring / comparing "
        f"{bringing / comparing:.1f}"
    )


def _stopped(desk: Desk, plan: object, person: object) -> float:
    """How long it takes from asking to stop half way until it has stopped, everything taken back."""
    asked = 0.0

    def report(done: int, total: int) -> None:
        nonlocal asked
        if done == total // 2:
            asked = time.perf_counter()

    def check() -> None:
        if asked:
            raise CancelledError(N_("stopped"))

    with pytest.raises(CancelledError):
        bring_home(desk, plan, by=person, progress=Progress(report, check))  # type: ignore[arg-type]
    return time.perf_counter() - asked
