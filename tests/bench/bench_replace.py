"""How quick find and replace is: an archive of 2,000 stories of 40 segments, hostile expressions, a list of 100,000.

Run with ``pytest tests/bench/bench_replace.py -m bench -n 0 -p no:randomly -s``. Ripgrep's work, a plain look through
the same texts in memory, is the measure of what the archive costs beside.
"""

import os
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.desk.desk import Desk, create_desk
from desktop_app.desk.people import add_person
from desktop_app.desk.replacing import Pick, find_in_archive, replace_in_archive, undo_replacement
from desktop_app.domain.story import Block, BlockKind, Content, Segment, SegmentStatus, Story, StoryState
from desktop_app.gui.kit.change_list import ChangeList, ChangeModel, ChangeRow
from desktop_app.gui.kit.look import Look
from desktop_app.language.finding_text import BadPatternError, Matcher, Query
from desktop_app.language.replacing_text import Replacer
from desktop_app.store import stories as store

pytestmark = [pytest.mark.bench, pytest.mark.qt_log_ignore("This plugin does not support")]

STORIES, SEGMENTS = 2_000, 40
_ZH = "双方就进一步深化产学研合作进行了交流，并签署了三项合作框架协议，协议总金额1.2亿元。"
_TEXT = (
    "the university signed agreements with partners on cooperation in research and teaching worth RMB 120 million "
    "students visited a laboratory and the dean said that both sides would build a centre together"
)
_WORDS = _TEXT.split()
HOSTILE = ("(a+)+b", "(.*)(.*)(.*)x", r"(\w+\s?)*!", ".*b", r"\b(\w+) \1\b", "[^a]?" * 80)


def filled(folder: Path) -> Desk:
    """An archive of many stories; every fourth has a rare word in it."""
    desk, chance = create_desk(folder), random.Random(7)
    for first in range(0, STORIES, 200):
        with desk.archive.write() as unit:
            for n in range(first, first + 200):
                blocks = []
                for i in range(SEGMENTS):
                    rare = " quokka" if n % 4 == 0 and i == 20 else ""
                    english = f"{' '.join(chance.choices(_WORDS, k=24))}{rare}."
                    segment = Segment(f"s{n}-{i}", _ZH, english, SegmentStatus.DRAFT)
                    blocks.append(Block(f"b{n}-{i}", BlockKind.PARAGRAPH, (segment,)))
                story = Story(f"x{n}", f"x{n}", Content(tuple(blocks)), StoryState.DRAFTING)
                store.add(unit.session, story, at=unit.at)
            unit.record("stories imported")
    return desk


def _median(act: Callable[[], object], times: int = 3) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return 1000 * statistics.median(taken)


def bench_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Find, replace and take back in 80,000 segments."""
    desk = filled(tmp_path / "archive")
    by = add_person(desk, "LI Wei")[0]
    memory = [
        text.text for one in find_in_archive(desk, Matcher(Query(".", regex=True)), limit=10**9) for text in one.texts
    ]
    lines = [f"{'ms, 2,000 stories x 40 segments':<34}{'first':>9}{'all':>9}{'in memory':>11}{'places':>9}"]
    for query in (
        Query("quokka"),
        Query("university"),
        Query("university", words=True),
        Query(r"RMB (\d+) million", regex=True),
        Query(r"\b(\w+) \1\b", regex=True),
    ):
        matcher = Matcher(query)
        places = sum(one.hits for one in find_in_archive(desk, matcher, limit=10**9))
        first = _median(lambda matcher=matcher: next(find_in_archive(desk, matcher), None))
        whole = _median(lambda matcher=matcher: list(find_in_archive(desk, matcher, limit=10**9)), 1)
        plain = _median(lambda matcher=matcher: [matcher.spans(text) for text in memory], 1)
        lines.append(f"{query.text:<34}{first:9.0f}{whole:9.0f}{plain:11.0f}{places:9,}")
    replacer = Replacer(Matcher(Query("quokka")), "wombat")
    picks = [
        Pick(one.id, text.part, text.side, text.text, replacer.replaced(text.text).text)
        for one in find_in_archive(desk, replacer.matcher, by=by)
        for text in one.texts
    ]
    began = time.perf_counter()
    done = replace_in_archive(desk, picks, by=by, name="quokka")
    replaced = time.perf_counter() - began
    began = time.perf_counter()
    undo_replacement(desk, done.batch, by=by)
    undone = time.perf_counter() - began
    desk.close()
    lines.append(f"replaced in {len(done.replaced)} stories in {replaced:.1f} s, taken back in {undone:.1f} s")
    with capsys.disabled():
        print("\n" + "\n".join(lines))
    assert len(done.replaced) == STORIES // 4


def bench_hostile_expressions(capsys: pytest.CaptureFixture[str]) -> None:
    """The longest that one expression holds a text of 1,400 characters that is made against it."""
    lines = [f"{'expression':<26}{'ms':>8}"]
    for pattern in HOSTILE:
        try:
            matcher = Matcher(Query(pattern, regex=True))
        except BadPatternError as refused:
            lines.append(f"{pattern[:24]:<26} refused: {refused.reason}")
            continue
        spent = max(
            _median(lambda text=text, matcher=matcher: matcher.spans(text)) for text in ("a" * 1_400, "a " * 700)
        )
        lines.append(f"{pattern[:24]:<26}{spent:8.1f}")
    with capsys.disabled():
        print("\n" + "\n".join(lines))


def bench_a_list_of_a_hundred_thousand(qapp: QApplication, capsys: pytest.CaptureFixture[str]) -> None:
    """Filling, showing and scrolling the list of changes."""
    text = "The two sides signed an agreement on cooperation at the university. " * 3
    replacer = Replacer(Matcher(Query("university")), "college")
    model = ChangeModel(lambda _row: replacer.ops(text))
    view = ChangeList(Look(qapp, "light"), model, "changes")
    view.resize(900, 600)
    view.show()
    began = time.perf_counter()
    while (shown := model.rowCount()) < 100_000:  # in portions that double, as they come
        more = min(max(1_000, shown), 100_000 - shown)
        model.add([ChangeRow(n // 100, n, str(n)) for n in range(shown, shown + more)])
        qapp.processEvents()
    filled_in = time.perf_counter() - began
    bar, chance, frames = view.verticalScrollBar(), random.Random(3), []
    for _ in range(60):
        began = time.perf_counter()
        bar.setValue(chance.randrange(bar.maximum()))
        view.viewport().repaint()
        frames.append(1000 * (time.perf_counter() - began))
    ticked = _median(lambda: (model.toggle(model.index(5)), qapp.processEvents()))
    view.close()
    with capsys.disabled():
        print(
            f"\n100,000 changes: filled in {filled_in:.2f} s, a frame {statistics.median(frames):.1f} ms "
            f"(worst {max(frames):.1f}), a tick {ticked:.1f} ms"
        )
    assert model.rowCount() == 100_000
