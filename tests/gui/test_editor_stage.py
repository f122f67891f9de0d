"""What the editor's tests stand on: small stories, a real desk, and the editor in a window. It proves itself first."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.desk.desk import Desk
from desktop_app.desk.people import add_person
from desktop_app.desk.stories import open_story
from desktop_app.domain.people import Person
from desktop_app.domain.story import Bilingual, Block, BlockKind, Content, Placement, Segment, SegmentStatus, Story
from desktop_app.gui.editor.editor import StoryEditor
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.store import stories as store
from tests.founding import found_desk


def small_story(story: str = "s1") -> Story:
    """A headline, a paragraph of two segments, a picture that is missing, and a last paragraph."""
    return Story(
        story,
        story,
        Content(
            (
                Block(f"{story}-b1", BlockKind.HEADLINE, (Segment(f"{story}-h", "一行来校交流", "Delegation Visits"),)),
                Block(
                    f"{story}-b2",
                    BlockKind.PARAGRAPH,
                    (
                        Segment(f"{story}-a", "1月11日下午，代表团来校。", "The delegation came.", SegmentStatus.DRAFT),
                        Segment(f"{story}-b", "双方签署三项协议。", "", SegmentStatus.UNTRANSLATED),
                    ),
                ),
                Block(f"{story}-p", BlockKind.PICTURE, (), Placement("1.jpg", caption=Bilingual("张讲话", "ZHANG"))),
                Block(f"{story}-b3", BlockKind.PARAGRAPH, (Segment(f"{story}-c", "来宾参观校史馆。", ""),)),
            )
        ),
    )


def long_story(segments: int, story: str = "s1") -> Story:
    """One paragraph a segment, lengths differing."""
    blocks = tuple(
        Block(
            f"b{n}",
            BlockKind.PARAGRAPH,
            (Segment(f"g{n}", "双方就合作进行了交流。" * (n % 7 + 1), "The two sides talked. " * (n % 11)),),
        )
        for n in range(segments)
    )
    return Story(story, story, Content(blocks))


class Stage:
    """An archive with stories, and the editor on the screen."""

    def __init__(self, look: Look, texts: Texts, folder: Path) -> None:
        self.desk: Desk = found_desk(folder / "archive")
        self.person: Person = add_person(self.desk, "LI Wei")[0]
        self.tasks = Tasks()
        self.bus = ChangeBus()
        self.window = QWidget()
        self.editor = StoryEditor(look, texts, self.tasks, self.bus, self.window)
        self.window.resize(1000, 700)
        self.editor.resize(1000, 700)
        self.editor.open_desk(self.desk)
        self.editor.show_person(self.person)
        self.said: list[str] = []
        self.editor.said.connect(lambda text, _tone: self.said.append(text))

    def open(self, story: Story) -> None:
        """Put a story into the archive and open it."""
        with self.desk.archive.write() as unit:
            store.add(unit.session, story, at=unit.at)
            unit.record("story imported", story=story.id)
        self.reload(story.id)
        self.window.show()
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)

    def reload(self, story: str = "s1") -> None:
        """Show the story as the archive has it."""
        self.editor.show_file(open_story(self.desk, story))

    def stored(self, key: str, story: str = "s1") -> Segment:
        """A segment as the archive has it."""
        found = open_story(self.desk, story).story
        return next(segment for segment in found.content.segments() if segment.id == key)

    def shown(self, key: str) -> Segment:
        """A segment as the editor has it."""
        return next(segment for segment in self.editor.story().content.segments() if segment.id == key)

    def at(self, key: str, field: Field = Field.TARGET) -> None:
        """Put the keys on a cell."""
        assert self.editor._sheet.activate(key, field)

    @property
    def live(self) -> QWidget:
        """The field that takes the keys."""
        return self.editor._sheet.live

    def close(self) -> None:
        """Save and put everything away."""
        self.editor.flush_and_wait()
        self.editor.open_desk(None)
        self.tasks.close()
        self.desk.close()
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextmanager
def opened_stage(look: Look, texts: Texts, folder: Path) -> Iterator[Stage]:
    """A stage that is put away at the end."""
    stage = Stage(look, texts, folder)
    try:
        yield stage
    finally:
        stage.close()


def compose(widget: QWidget, preedit: str) -> None:
    """An input method shows what is being composed."""
    QApplication.sendEvent(widget, QInputMethodEvent(preedit, []))


def commit(widget: QWidget, text: str) -> None:
    """An input method hands over what was composed."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def counter(signal: object) -> Callable[[], int]:
    """Count how often a signal was emitted."""
    seen: list[object] = []
    signal.connect(lambda *args: seen.append(args))
    return lambda: len(seen)


def test_stage_shows_the_story_of_the_archive(look, texts, tmp_path) -> None:
    with opened_stage(look, texts, tmp_path) as stage:
        stage.open(small_story())
        assert stage.editor.story().content == small_story().content
        assert stage.editor.story_id == "s1"
