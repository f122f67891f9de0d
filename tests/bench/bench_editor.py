"""How quick the editor is with a story of 10,000 segments: a table, not a verdict.

Run with ``pytest tests/bench/bench_editor.py -m bench -s``; the design asks for a first paint under 300 ms, p95 from
key to paint under 16 ms, no scrolled frame over 33 ms.
"""

import os
import random
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from babel.core import Locale
from babel.support import Translations
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.desk.checking import Examiner
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

pytestmark = [pytest.mark.bench, pytest.mark.qt_log_ignore("This plugin does not support")]

SEGMENTS = 10_000
_ZH = "双方就进一步深化产学研合作进行了交流，并签署了三项合作框架协议，协议总金额1.2亿元。"
_EN = "The two sides exchanged views on cooperation and signed three framework agreements worth RMB 120 million. "


def big_story() -> Story:
    """A story of 10,000 segments with pictures, the same every time."""
    chance = random.Random(7)
    blocks = [Block("b-head", BlockKind.HEADLINE, (Segment("s-head", "一行来校交流", "Delegation Visits"),))]
    number = 0
    while number < SEGMENTS:
        here = chance.randint(1, 6)
        segments = tuple(
            Segment(
                f"s{number + i}",
                _ZH * chance.randint(1, 3),
                _EN * chance.randint(1, 4),
                SegmentStatus.DRAFT,
            )
            for i in range(here)
        )
        number += here
        blocks.append(Block(f"b{number}", BlockKind.PARAGRAPH, segments))
        if chance.random() < 0.05:
            blocks.append(Block(f"p{number}", BlockKind.PICTURE, (), Placement("1.jpg")))
    return Story("big", "big", Content(tuple(blocks)))


class _Painted(QObject):
    """Counts what the sheet and the live cell paint."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.count = 0
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


class _Table:
    """Milliseconds until the paint by kind of act: on the clock, and of this thread alone.

    The clock holds Qt's wait for the next frame (5 ms offscreen); acts that paint nothing count to the end of the wait.
    """

    def __init__(self, painted: _Painted) -> None:
        self.lines: list[str] = []
        self._painted = painted
        self._wake = QTimer()
        self._wake.start(20)

    def measure(self, name: str, acts: Iterable[Callable[[], object]]) -> None:
        clock, own = [], []
        for act in acts:
            settle()
            self._painted.count = 0
            began, began_own = time.perf_counter(), time.thread_time()
            act()
            while not self._painted.count and time.perf_counter() - began < 0.1:
                QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            clock.append(1000 * (time.perf_counter() - began))
            own.append(1000 * (time.thread_time() - began_own))
        figures = [*_quantiles(clock), *_quantiles(own)]
        self.lines.append(f"{name:<30}" + "".join(f"{figure:9.1f}" for figure in figures))


def settle(ms: int = 8) -> None:
    """Let everything be painted that was asked for before."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def _quantiles(times: list[float]) -> list[float]:
    ordered = sorted(times)
    return [ordered[min(len(ordered) - 1, int(len(ordered) * q))] for q in (0.5, 0.95, 1.0)]


def _memory() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


@pytest.fixture
def file_and_editor(qapp: QApplication, tmp_path: Path) -> Iterator[tuple[StoryFile, StoryEditor]]:
    desk = create_desk(tmp_path / "archive")
    with desk.archive.write() as unit:
        store.add(unit.session, big_story(), at=unit.at)
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
    sheet, live, bar = editor._sheet, editor._sheet.live, editor._sheet.verticalScrollBar()
    chance = random.Random(3)
    table = _Table(_Painted(sheet.viewport(), live.viewport()))
    before = _memory()

    def scroll(by: int) -> Callable[[], None]:
        return lambda: bar.setValue(bar.value() + by)

    table.measure("open to first paint", [lambda: editor.show_file(file)])
    settle(1000)  # counting goes on in slices after the first paint
    opened = _memory()
    editor.go_to_number(SEGMENTS // 2)
    words = "The university and the company will build a laboratory together, said the dean. " * 4
    table.measure("key to paint", [lambda c=c: QTest.keyClicks(live, c) for c in words])
    table.measure("next segment", [editor.next_segment] * 200)
    table.measure("confirm and go on", [editor.confirm_next] * 100)

    def split() -> None:
        live.put_cursor(9)
        editor.split()

    table.measure("split", [split] * 20)
    table.measure("undo", [editor.undo] * 60)
    bar.setValue(0)
    table.measure("scroll, wheel down", [scroll(72)] * 600)
    table.measure("scroll, wheel up", [scroll(-72)] * 400)
    table.measure("scroll, pages", [scroll(700)] * 300)
    table.measure("scroll, thumb dragged", [lambda: bar.setValue(chance.randrange(bar.maximum()))] * 300)
    bar.setValue(bar.maximum())
    table.measure("scroll up over unseen rows", [scroll(-500)] * 300)
    table.measure("resize", [lambda w=w: editor.resize(w, 800) for w in range(1270, 1180, -10)])
    editor.filtering.open()
    settle(400)
    line = editor.filter_bar.line
    table.measure("filter, a letter", [lambda c=c: QTest.keyClicks(line, c) for c in "framework"])
    settle(400)
    table.measure("scroll, filtered", [scroll(72)] * 100)
    editor.filter_bar.reset()
    settle(400)
    editor.filter_bar.close_bar()
    editor.find()
    table.measure("find, a letter", [lambda c=c: QTest.keyClicks(editor._find_bar.line, c) for c in "cooperation"])

    head = "".join(f"{word:>9}" for word in ("p50", "p95", "worst", "p50", "p95", "worst"))
    lines = [f"{'ms, 10,000 segments, 1280 x 800':<30}{head}   (clock; own thread)", *table.lines]
    lines.append(f"memory of the story and editor {opened - before:.0f} MB, process {_memory():.0f} MB")
    with capsys.disabled():
        print("\n" + "\n".join(lines))
    assert editor.story().content.blocks


def test_bench_cursor(file_and_editor: tuple[StoryFile, StoryEditor], capsys: pytest.CaptureFixture[str]) -> None:
    """What spelling and completion add to a keystroke: the same words typed without them and with them."""
    file, editor = file_and_editor
    sheet, live = editor._sheet, editor._sheet.live
    table = _Table(_Painted(sheet.viewport(), live.viewport()))
    words = "The univeristy and the company will build a laboratry together, said the cooperative dean. " * 3
    editor.show_file(file)
    settle(1000)
    for name in ("key to paint, without", "with spelling and completion"):
        editor.go_to_number(SEGMENTS // 2)
        editor.write_target(editor.active_key(), _EN * 3)
        settle(500)
        table.measure(name, [lambda c=c: QTest.keyClicks(live, c) for c in words])
        assert editor._desk is not None
        editor.at_cursor.use(Examiner(editor._desk))
        settle(4000)
    marked = []
    for number in range(40):
        QTest.keyClicks(live, f"agrem{chr(97 + number % 20)}nt{chr(97 + number // 20)}q")
        settle(100)
        seen, began = len(editor.at_cursor.spelling.doubts()), time.perf_counter()
        QTest.keyClicks(live, " ")
        while len(editor.at_cursor.spelling.doubts()) == seen and time.perf_counter() - began < 2:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        marked.append(1000 * (time.perf_counter() - began))
    head = "".join(f"{word:>9}" for word in ("p50", "p95", "worst", "p50", "p95", "worst"))
    table.lines.append(f"{'word finished to word marked':<30}" + "".join(f"{one:9.1f}" for one in _quantiles(marked)))
    with capsys.disabled():
        print("\n" + "\n".join([f"{'ms':<30}{head}   (clock; own thread)", *table.lines]))
    assert len(editor.at_cursor.completing._story)
