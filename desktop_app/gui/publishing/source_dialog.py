"""The one way to change the Chinese of a story: a new file or one paragraph, with a preview of what happens."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import source_changes
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.source_changes import Plan
from desktop_app.desk.stories import StoryFile
from desktop_app.domain.people import Person
from desktop_app.domain.story import Block, Languages, block_text
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import story_font
from desktop_app.gui.kit.widgets import SegmentedControl, push_button
from desktop_app.gui.publishing.asking import ActAsking
from desktop_app.gui.publishing.source_preview import SourcePreview, consequence, counted
from desktop_app.language.source_update import NewSource

_REST_MS = 250  # without a key until what was typed is looked at
_BEGINNING = 24  # characters of a paragraph in the list
FILE, PARAGRAPH = "file", "paragraph"


class SourceDialog(ActAsking):
    """Takes a new Chinese text from a file or from the person, shows what it does, and asks for a note."""

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, desk: Desk, file: StoryFile, active: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """``active`` is the segment or picture at which the person is."""
        super().__init__(look, texts, N_("The Chinese source has changed"), N_("Take it in"), parent)
        self._desk, self._file = desk, file
        self._reading = Latest(tasks, N_("Looking at the new Chinese"), self)
        self._path: Path | None = None
        self._plan: Plan | None = None
        self._source: NewSource | None = None
        self._blocks = [block for block in file.story.content.blocks if _source_of(block, file.story.languages)]
        self.setMinimumWidth(look.theme.px(680))
        self.add_points((N_("What is the same keeps its English. What changed keeps it as a draft."),))
        self.way = SegmentedControl(
            ((FILE, texts(N_("A new file"))), (PARAGRAPH, texts(N_("One paragraph")))), texts(N_("From")), self
        )
        self.body.addWidget(self.way, alignment=Qt.AlignmentFlag.AlignLeft)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._file_page())
        self._pages.addWidget(self._paragraph_page(active))
        self.body.addWidget(self._pages)
        self.preview = SourcePreview(look, texts, self)
        self.body.addWidget(self.preview, 1)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.body.addWidget(self.told)
        self.ask_note(texts(N_("Note (may stay empty)")))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._look_at_text)
        self.text.textChanged.connect(self._on_typed)
        self.way.chosen.connect(lambda _way: self._on_way())
        self.finished.connect(lambda _result: self._stop())
        self.way.choose(PARAGRAPH if active else FILE)
        self._on_way()

    def showEvent(self, event: QShowEvent) -> None:
        """Leave room for the preview."""
        super().showEvent(event)
        self.resize(max(self.width(), self._look.theme.px(720)), max(self.height(), self._look.theme.px(560)))

    def _file_page(self) -> QWidget:
        page = QWidget(self)
        self.choose = push_button(self._texts(N_("Choose the file…")), "", page)
        self.choose.clicked.connect(self._on_choose)
        self.chosen = QLabel(self._texts(N_("No file chosen yet: text, web page or Word.")), page)
        self.chosen.setProperty("role", "muted")
        self.chosen.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.choose)
        row.addWidget(self.chosen, 1)
        return page

    def _paragraph_page(self, active: str) -> QWidget:
        page = QWidget(self)
        languages = self._file.story.languages
        self.paragraph = QComboBox(page)
        self.paragraph.setAccessibleName(self._texts(N_("Paragraph")))
        for number, block in enumerate(self._blocks, start=1):
            said = _source_of(block, languages)
            short = said if len(said) <= _BEGINNING else f"{said[:_BEGINNING]}…"
            self.paragraph.addItem(f"{number} · {short}", block.id)
        self.text = QPlainTextEdit(page)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self._texts(N_("Its Chinese text")))
        self.text.setFont(story_font(languages.source, self._look.theme.px(15)))
        self.text.setFixedHeight(self._look.theme.px(92))
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.paragraph)
        column.addWidget(self.text)
        at = _place_of(self._blocks, active)
        self.paragraph.setCurrentIndex(at)
        self._fill()
        self.paragraph.currentIndexChanged.connect(lambda _at: self._on_paragraph())
        return page

    def _fill(self) -> None:
        if 0 <= self.paragraph.currentIndex() < len(self._blocks):
            block = self._blocks[self.paragraph.currentIndex()]
            self.text.setPlainText(_source_of(block, self._file.story.languages))

    def _on_paragraph(self) -> None:
        self._fill()
        self._on_typed()

    def _clear(self) -> None:
        """Have nothing to take in until something was looked at anew: an answer on its way is about other words."""
        self._reading.forget()
        self._source = None
        self._show(None)

    def _on_way(self) -> None:
        way = self.way.current()
        self._pages.setCurrentIndex(0 if way == FILE else 1)
        self._clear()
        if way == FILE:
            self.choose.setFocus()
            if self._path is not None:
                self.take_file(self._path)
        else:
            self.text.setFocus()
            self._look_at_text()

    def _on_choose(self) -> None:
        title, kinds = self._texts(N_("The new Chinese text")), self._texts(N_("Texts"))
        name, _ = QFileDialog.getOpenFileName(self, title, "", f"{kinds} (*.txt *.html *.htm *.docx *.md)")
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Look at a file."""
        self._clear()
        self._path = path
        self.chosen.setText(path.name)
        desk, story = self._desk, self._file.story

        def look(_progress: Progress) -> tuple[NewSource, Plan]:
            source = source_changes.source_of_file(desk, path, story.languages)
            return source, source_changes.plan(desk, story.id, source)

        self._reading.ask(look, self._on_looked, self._on_refused)

    def _on_typed(self) -> None:
        self._clear()
        self._rest.start()

    def _look_at_text(self) -> None:
        self._rest.stop()
        if self.way.current() != PARAGRAPH or not self._blocks:
            return
        desk, story, text = self._desk, self._file.story.id, self.text.toPlainText()
        part = str(self.paragraph.currentData())

        def look(_progress: Progress) -> tuple[NewSource, Plan]:
            source = source_changes.source_of_part(part, text)
            return source, source_changes.plan(desk, story, source)

        self._reading.ask(look, self._on_looked, self._on_refused)

    def _on_looked(self, found: tuple[NewSource, Plan]) -> None:
        self._source, plan = found
        self._show(plan)

    def _on_refused(self, error: KnownError) -> None:
        self._show(None)
        self.told.setText(self._texts.error(error))

    def _show(self, plan: Plan | None) -> None:
        self._plan = plan
        self.preview.show_plan(plan)
        self.yes.setEnabled(plan is not None and plan.update.changes)
        if plan is None:
            self.told.setText("")
            return
        said = self._texts(consequence(plan, str(self._file.story.version)))
        self.told.setText(f"{self._texts(counted(plan))} {said}" if plan.update.changes else said)

    def _stop(self) -> None:
        self._rest.stop()
        self._reading.forget()

    def accept(self) -> None:
        """Keep what was chosen: it is carried out on another thread, which touches no widget."""
        self.taken, self.said = self._source, self.note()
        super().accept()

    def carry_out(self, desk: Desk, story: str, by: Person) -> Changes:
        """Do on the writer thread what was chosen."""
        assert self.taken is not None, "there is something to take in"
        return source_changes.take_in(desk, story, self.taken, by=by, note=self.said).changes


def _source_of(block: Block, languages: Languages) -> str:
    return block.placement.caption.zh if block.placement is not None else block_text(block, languages).zh


def _place_of(blocks: Sequence[Block], active: str) -> int:
    for number, block in enumerate(blocks):
        if block.id == active or any(segment.id == active for segment in block.segments):
            return number
    return 0
