"""How quick the editor is with a story of 10,000 segments: a table, not a verdict.

Run with ``pytest tests/bench/bench_editor.py -m bench -s``; the design asks for a first paint under 300 ms, p95 from
key to paint under 16 ms, no scrolled frame over 33 ms.
"""

import os
import random
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from babel.core import Locale
from babel.support import Translations
from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.desk.desk import create_desk
from desktop_app.desk.stories import StoryFile, open_story
from desktop_app.domain.story import Block, BlockKind, Content, Placement, Segment, SegmentStatus, Story
from desktop_app.foundation.i18n import Catalog
from desktop_app.gui.editor.editor import StoryEditor
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.store import stories as store

pytestmark = pytest.mark.bench

SEGMENTS = 10_000
_ZH = "双方就进一步深化产学研合作进行了交流，并签署了三项合作框架协议，协议总金额1.2亿元。"
_EN = "The two sides exchanged views on deepening cooperation and signed three framework agreements worth RMB 120 million. "


def _story() -> Story:
    chance = random.Random(7)
    blocks = [Block("b-head", BlockKind.HEADLINE, (Segment("s-head", "一行来校交流", "Delegation Visits"),))]
    number = 0
    while number < SEGMENTS:
        here = chance.randint(1, 6)
        segments = tuple(
            Segment(
                f"s{number + i}",
                _ZH * chance.randint(1, 3),
                _EN * chance.randint(0, 4),
                chance.choice(list(SegmentStatus)),
            )
            for i in range(here)
        )
        number += here
        blocks.append(Block(f"b{number}", BlockKind.PARAGRAPH, segments))
        if chance.random() < 0.05:
            blocks.append(Block(f"p{number}", BlockKind.PICTURE, (), Placement("1.jpg")))
    return Story("big", "big", Content(tuple(blocks)))


def _quantiles(times: list[float]) -> tuple[float, float, float]:
    ordered = sorted(times)
    return tuple(1000 * ordered[min(len(ordered) - 1, int(len(ordered) * q))] for q in (0.5, 0.95, 1.0))


def _memory() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def _timed(act: Callable[[], object]) -> float:
    """Seconds from the act until everything it asked to be painted is painted."""
    start = time.perf_counter()
    act()
    QCoreApplication.processEvents()
    return time.perf_counter() - start


@pytest.fixture
def file_and_editor(qapp: QApplication, tmp_path: Path) -> Iterator[tuple[StoryFile, StoryEditor]]:
    desk = create_desk(tmp_path / "archive")
    with desk.archive.write() as unit:
        store.add(unit.session, _story(), at=unit.at)
        unit.record("story imported", story="big")
    tasks = Tasks()
    texts = Texts(Catalog("en", Locale.parse("en"), Translations()))
    editor = StoryEditor(Look(qapp, "light"), texts, tasks, ChangeBus())
    editor.open_desk(desk)
    editor.resize(1280, 800)
    editor.show()
    QCoreApplication.processEvents()
    yield open_story(desk, "big"), editor
    editor.flush_and_wait()
    editor.open_desk(None)
    tasks.close()
    desk.close()
    editor.close()


def test_bench(file_and_editor: tuple[StoryFile, StoryEditor], capsys: pytest.CaptureFixture[str]) -> None:
    file, editor = file_and_editor
    sheet, live = editor._sheet, editor._sheet.live
    bar = sheet.verticalScrollBar()
    before = _memory()
    first = _timed(lambda: editor.show_file(file))
    rows: list[tuple[str, float, float, float]] = [("first paint", first * 1000, first * 1000, first * 1000)]

    editor.go_to_number(SEGMENTS // 2)
    QCoreApplication.processEvents()
    words = "The university and the company will build a laboratory together, said the dean. " * 4
    rows.append(("key to paint", *_quantiles([_timed(lambda c=c: QTest.keyClicks(live, c)) for c in words])))
    steps = [_timed(editor.next_segment) for _ in range(200)]
    rows.append(("next segment", *_quantiles(steps)))
    rows.append(("confirm and go on", *_quantiles([_timed(editor.confirm_next) for _ in range(100)])))

    bar.setValue(0)
    QCoreApplication.processEvents()
    wheel = [_timed(lambda: bar.setValue(bar.value() + 72)) for _ in range(600)]
    rows.append(("scroll, wheel down", *_quantiles(wheel)))
    up = [_timed(lambda: bar.setValue(bar.value() - 72)) for _ in range(600)]
    rows.append(("scroll, wheel up", *_quantiles(up)))
    pages = [_timed(lambda: bar.setValue(bar.value() + bar.pageStep())) for _ in range(300)]
    rows.append(("scroll, pages", *_quantiles(pages)))
    chance = random.Random(3)
    jumps = [_timed(lambda: bar.setValue(chance.randrange(bar.maximum()))) for _ in range(300)]
    rows.append(("scroll, thumb dragged", *_quantiles(jumps)))
    back = [_timed(lambda: bar.setValue(bar.value() - 500)) for _ in range(200)]
    rows.append(("scroll up over unseen rows", *_quantiles(back)))
    rows.append(("split, join", *_quantiles([_timed(act) for _ in range(10) for act in (editor.split, editor.join)])))
    rows.append(("undo", *_quantiles([_timed(editor.undo) for _ in range(40)])))
    resized = [_timed(lambda w=w: editor.resize(w, 800)) for w in range(1270, 1180, -10)]
    rows.append(("resize", *_quantiles(resized)))
    after = _memory()

    with capsys.disabled():
        print(f"\n{SEGMENTS} segments, 1280 x 800{'p50':>19}{'p95':>9}{'worst':>9}")  # noqa: T201 - the table is the point
        for name, *figures in rows:
            print(f"{name:<34}" + "".join(f"{figure:9.1f}" for figure in figures) + " ms")  # noqa: T201
        print(f"{'memory of the open story':<34}{after - before:9.1f} MB (process {after:.0f} MB)")  # noqa: T201
    assert editor.story().content.blocks
