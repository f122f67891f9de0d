"""How long the list of what waits for a person takes in an archive of 2,000 stories, all of them at work."""

import statistics
import time
from pathlib import Path

import pytest

from desktop_app.desk import duties, workflow
from desktop_app.desk.desk import Desk, create_desk
from desktop_app.desk.people import add_person
from desktop_app.desk.stories import list_stories
from desktop_app.domain.digest import content_digest
from desktop_app.domain.people import Person, Role
from desktop_app.domain.records import Version
from desktop_app.domain.story import Block, BlockKind, Content, Segment, SegmentStatus, Story, StoryState, VersionNumber
from desktop_app.store import history
from desktop_app.store import stories as story_store

pytestmark = pytest.mark.bench
_STORIES, _RUNS = 2000, 9


def _many(desk: Desk, drafters: list[Person], reviser: Person) -> None:
    """Stories by turns drafted, submitted and claimed; the first rows are written as an import writes them."""
    with desk.archive.write() as unit:
        for number in range(_STORIES):
            by = drafters[number % len(drafters)]
            segment = Segment(desk.new_id(), f"第{number}篇。", f"Story {number}.", SegmentStatus.DRAFT)
            content = Content((Block(desk.new_id(), BlockKind.HEADLINE, (segment,)),))
            story = Story(desk.new_id(), f"s{number}", content, state=StoryState.DRAFTING, drafter=by.id)
            story_store.add(unit.session, story, at=unit.at)
            version = Version(VersionNumber(), content_digest(content), unit.at, by.id, "imported")
            history.add_version(unit.session, story.id, content, version, identity=unit.new_id())
        unit.record("stories imported", stories=[])
    for number in range(0, _STORIES, 4):
        workflow.submit(desk, f"s{number}", by=drafters[number % len(drafters)])
        if number % 8 == 0:
            workflow.claim(desk, f"s{number}", by=reviser)


def bench_what_waits_for_a_person(tmp_path: Path) -> None:
    """The list for a reviser and for a translator, beside reading the whole library, as the median of nine."""
    desk = create_desk(tmp_path / "archive")
    drafters = [add_person(desk, f"LI {n}", roles=[Role.TRANSLATOR])[0] for n in range(4)]
    reviser = add_person(desk, "WANG", roles=[Role.REVISER])[0]
    _many(desk, drafters, reviser)
    print(f"\n{_STORIES} stories, all at work")
    for name, read in (
        ("waiting for a reviser", lambda: duties.waiting_for(desk, reviser)),
        ("waiting for a translator", lambda: duties.waiting_for(desk, drafters[1])),
        ("the list of stories", lambda: list_stories(desk)),
    ):
        found, times, worked = [], [], []
        for _run in range(_RUNS):
            begun, busy = time.perf_counter(), time.process_time()
            found = read()
            times.append(time.perf_counter() - begun)
            worked.append(time.process_time() - busy)
        wall, work = (statistics.median(one) * 1000 for one in (times, worked))
        print(f"{name:28} {len(found):5} lines {wall:7.1f} ms, {work:7.1f} ms of work")
    desk.close()
