"""How quick the events of an archive of many years are: 200,000 of them, listed, filtered, written out and checked.

Run with ``pytest tests/bench/bench_events.py -m bench -n 0 -p no:randomly -s``. SQLite's own program of the same work,
a plain read of every row by the standard library, is the measure of what the archive costs beside.
"""

import json
import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import astuple, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.desk.auditing import asked_for, chain_head, event_numbers, events, events_numbered, export_events
from desktop_app.desk.desk import Desk, create_desk
from desktop_app.desk.event_checking import check_events
from desktop_app.desk.people import add_person
from desktop_app.domain.events import EVERYTHING, EventKind, EventLink
from desktop_app.domain.story import Content, Story, StoryState
from desktop_app.foundation.ids import stamp
from desktop_app.store import events as store
from desktop_app.store import stories as story_store

pytestmark = pytest.mark.bench

EVENTS, STORIES, PEOPLE = 200_000, 2_000, 12
_BEGAN = datetime(2018, 1, 1, tzinfo=UTC)


def filled(folder: Path) -> Desk:
    """An archive whose chain was spun at once: mostly edits, some reviews, few of anything else."""
    desk, chance = create_desk(folder), random.Random(5)
    people = [add_person(desk, f"PERSON {sign}")[0].id for sign in "ABCDEFGHIJKL"]
    stories = [f"018d5000-0000-7000-8000-{n:012x}" for n in range(STORIES)]
    with desk.archive.write() as unit:
        for n, story in enumerate(stories):
            story_store.add(unit.session, Story(story, f"story-{n}", Content(), StoryState.DRAFTING), at=unit.at)
        unit.record("stories imported", stories=stories[:20])
    head = chain_head(desk)
    assert head is not None

    def links() -> Iterator[EventLink]:
        previous = head.hash
        for n in range(head.number + 1, EVENTS + 1):
            story = stories[n * STORIES // (EVENTS + 1)]
            kind = chance.choices(("story edited", "step signed", "comment added", "story returned"), (90, 6, 3, 1))[0]
            data = {"edits": ["SetSegment"], "text_changed": True, "step": "draft", "version": "1.1", "number": 4}
            if kind == "story returned":
                data["note"] = "Please look at the quokka." if n % 50 == 0 else "Please look at the names."
            touched = {f"segments/{chance.getrandbits(90):x}": f"{chance.getrandbits(128):032x}" for _ in range(3)}
            link = EventLink(
                n, f"019d5000-0000-7000-8000-{n:012x}", stamp(_BEGAN + timedelta(minutes=20 * n)),
                chance.choice(people), "office", kind, story, json.dumps(data, sort_keys=True), json.dumps(touched),
                previous, "",
            )  # fmt: skip
            link = replace(link, hash=store.hash_of(link))
            previous = link.hash
            yield link

    with closing(sqlite3.connect(desk.archive.database)) as connection:
        connection.executemany(f"INSERT INTO events VALUES ({','.join('?' * 11)})", map(astuple, links()))
        connection.commit()
    return desk


def _median(act: Callable[[], object], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return 1000 * statistics.median(taken)


def bench_events(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """List, filter, scroll, export and check 200,000 events."""
    desk = filled(tmp_path / "archive")
    everything = event_numbers(desk)
    assert len(everything) == EVENTS
    lines = [f"{'ms, 200,000 events':<34}{'first page':>12}{'all numbers':>13}{'found':>9}"]
    person = add_person(desk, "NOBODY YET")[0]
    year = asked_for(desk, since=datetime(2020, 1, 1).date(), until=datetime(2020, 12, 31).date())
    for name, asked in {
        "everything": EVERYTHING,
        "one story": asked_for(desk, story="story-7"),
        "a person who did nothing": asked_for(desk, person=person),
        "comments": asked_for(desk, kinds=[EventKind.COMMENTS]),
        "one year": year,
        "a word in a sentence": asked_for(desk, text="returned"),
        "a rare word in a note": asked_for(desk, text="quokka"),
        "a word that is nowhere": asked_for(desk, text="wombat"),
    }.items():
        page = _median(lambda asked=asked: events(desk, asked, limit=100))
        numbers = _median(lambda asked=asked: event_numbers(desk, asked), 3)
        lines.append(f"{name:<34}{page:12.1f}{numbers:13.1f}{len(event_numbers(desk, asked)):9,}")
    middle = everything[100_000:100_160]
    lines.append(f"{'a screen in the middle':<34}{_median(lambda: events_numbered(desk, middle)):12.1f}")

    def plain() -> None:
        with closing(sqlite3.connect(desk.archive.database)) as connection:
            for _row in connection.execute("SELECT * FROM events ORDER BY sequence"):
                pass

    lines += ["", f"{'s, 200,000 events':<34}{'time':>12}{'MB':>13}"]
    lines.append(f"{'plain read of every row':<34}{_median(plain, 1) / 1000:12.1f}")
    for name in ("events.csv", "events.jsonl"):
        taken = _median(lambda name=name: export_events(desk, EVERYTHING, tmp_path / name), 1) / 1000
        lines.append(f"{f'export {name}':<34}{taken:12.1f}{(tmp_path / name).stat().st_size / 1e6:13.0f}")
    taken = _median(lambda: check_events(tmp_path / "events.jsonl", desk), 1) / 1000
    lines.append(f"{'check the file with the archive':<34}{taken:12.1f}")
    assert check_events(tmp_path / "events.jsonl").problems == []
    desk.close()
    with capsys.disabled():
        print("\n" + "\n".join(lines))
