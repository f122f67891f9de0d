"""The Pictures page: filter line, grid, details, and a place to drop files and folders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import pictures
from desktop_app.desk.desk import Changes, Desk
from desktop_app.domain.people import Person
from desktop_app.domain.pictures import Picture
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.drops import files_of_page, local_files
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, Hairline, InlineMessage, push_button
from desktop_app.gui.pictures.adding import Adding, Outcome, told
from desktop_app.gui.pictures.details import SENDER, PictureDetails
from desktop_app.gui.pictures.drop_veil import DropVeil
from desktop_app.gui.pictures.filter_line import FilterLine, Keeps
from desktop_app.gui.pictures.grid import PictureGrid
from desktop_app.gui.pictures.menu import PictureMenu
from desktop_app.gui.pictures.thumbs import Thumbnails

_SETTLE = 300  # ms between a change and reading the catalogue again
_THUMBNAIL_EDGE = 360
_SAVE_AT_MOST = 30.0  # seconds to wait for words on their way when the archive is closed


@dataclass(frozen=True, slots=True)
class _Read:
    pictures: list[Picture]
    uses: Mapping[str, int]
    any: bool


class PicturesPage(QWidget):
    """All pictures of the archive. ``open_story(id)`` goes to a story, ``said(text, tone)`` is for people."""

    open_story = Signal(str)
    said = Signal(str, str)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts, self._tasks = look, texts, tasks
        self._desk: Desk | None = None
        self._person: Person | None = None
        self._wanted: str | None = None  # the picture to choose as soon as it has been read
        self._latest = Latest(tasks, N_("Reading the catalogue"), self)
        self._adding = Adding(tasks, bus, SENDER, self)
        self._adding.finished.connect(self._on_added)
        self._thumbnails = Thumbnails(tasks, _THUMBNAIL_EDGE, self)
        self.filter_line = FilterLine(look, texts, self)
        self.filter_line.changed.connect(self._reload)
        self._add = push_button(texts(N_("Add pictures…")), "outline", self)
        self._add.clicked.connect(self.ask_files)
        self.message = InlineMessage(look, texts(N_("Close")), self)
        self.grid = PictureGrid(look, texts, self._thumbnails, self)
        self.grid.chosen.connect(self._on_chosen)
        self.menu = PictureMenu(texts, tasks, self)
        self.grid.menu_asked.connect(self._on_menu_asked)
        self.details = PictureDetails(look, texts, tasks, bus, self)
        self.details.open_story.connect(self.open_story)
        self.menu.story_asked.connect(self.open_story)
        self.menu.check_asked.connect(self.details.verify)
        self.menu.failed.connect(lambda error: self._on_said(texts.error(error), "error"))
        self.details.said.connect(self._on_said)
        self.details.saved.connect(self._on_saved)
        self._count = QLabel(self)
        self._count.setProperty("role", "muted")
        self._make_states()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_SETTLE)
        self._wait.timeout.connect(self._reload)
        self._lay_out()
        self._veil = DropVeil(look, texts(N_("Let go to add the pictures")), self)
        self.setAcceptDrops(True)
        bus.changed.connect(self._on_changed)
        self.open_desk(None)

    def _make_states(self) -> None:
        look, texts = self._look, self._texts
        sentence = N_("Drop files or whole folders here, or choose them. Originals are kept byte for byte.")
        self._none = EmptyState(
            look, "image-plus", texts(N_("No pictures yet")), texts(sentence), texts(N_("Add pictures…")), self
        )
        self._none.clicked.connect(self.ask_files)
        sentence = N_("No picture has these words in its captions, people, credit or file name.")
        self._no_match = EmptyState(
            look, "search", texts(N_("Nothing found")), texts(sentence), texts(N_("Show all")), self
        )
        self._no_match.clicked.connect(self.filter_line.clear)
        self._failed = EmptyState(look, "error", "", "", texts(N_("Try again")), self)
        self._failed.clicked.connect(self._reload)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 10)
        head.setSpacing(12)
        head.addWidget(self.filter_line, 1)
        head.addWidget(self._count)
        head.addWidget(self._add)
        left = QWidget(self)
        self._stack = QStackedLayout(left)
        for state in (self.grid, self._none, self._no_match, self._failed):
            self._stack.addWidget(state)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.details)
        left.setMinimumWidth(self._look.theme.px(220))
        self.details.setMinimumWidth(self._look.theme.px(300))
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([self._look.theme.px(700), self._look.theme.px(340)])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(Hairline())
        whole.addWidget(self.message)
        whole.addWidget(self._splitter, 1)

    def open_desk(self, desk: Desk | None) -> None:
        """Take or give back the archive."""
        self._desk = desk
        self._thumbnails.open_desk(desk)
        self.details.open_desk(desk)
        self.menu.forget()
        self.message.dismiss()
        self._show([], {}, any_there=False)
        self._add.setEnabled(desk is not None and desk.archive.writable)
        self.filter_line.setEnabled(desk is not None)
        self._reload()

    def show_person(self, person: Person | None) -> None:
        """Let somebody else sign what is added and saved from now on."""
        self._person = person
        self.details.show_person(person)

    def select(self, picture_id: str) -> None:
        """Go to a picture; the filter gives way where it hides it."""
        self._wanted = picture_id
        if self.grid.select(picture_id):
            self._wanted = None
        elif self.filter_line.is_set():
            self.filter_line.clear()
        else:
            self._reload()

    def focus_filter(self) -> None:
        """Put the keyboard on the filter line."""
        self.filter_line.focus()

    def ask_files(self) -> None:
        """Let the person choose picture files."""
        endings = " ".join(f"*{suffix}" for suffix in pictures.PICTURE_SUFFIXES)
        kinds = f"{self._texts(N_('Pictures'))} ({endings} {endings.upper()})"
        chosen, _ = QFileDialog.getOpenFileNames(self, self._texts(N_("Add pictures")), "", kinds)
        self.add_files([Path(name) for name in chosen])

    def add_files(self, paths: Sequence[Path]) -> None:
        """Take files and whole folders into the catalogue."""
        if self._desk is not None and paths:
            self._adding.add(self._desk, paths, self._person)

    def has_unsaved(self) -> bool:
        """Whether words were typed that the archive does not have yet."""
        return self.details.has_unsaved()

    def confirm_leave(self) -> bool:
        """Ask what to do with unsaved words; False where the person stays, or where they could not be saved."""
        if not self.has_unsaved():
            return True
        kinds = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self,
            self._texts(N_("Unsaved words")),
            self._texts(N_("The words of a picture are not saved yet. Save them?")),
            kinds.Save | kinds.Discard | kinds.Cancel,
            kinds.Save,
        )
        if answer == kinds.Discard:
            self.details.discard()
            return True
        if answer != kinds.Save:
            return False
        self.details.save_all()
        self._tasks.wait_idle(_SAVE_AT_MOST)
        return not self.has_unsaved()

    def _reload(self) -> None:
        self._wait.stop()
        desk = self._desk
        if desk is None:
            self._latest.forget()
            return
        text, kept = self.filter_line.text(), self.filter_line.keeps
        self._latest.ask(lambda _progress: _read(desk, text, kept), self._on_read, self._on_error)

    def _on_read(self, read: _Read) -> None:
        self._show(read.pictures, read.uses, any_there=read.any)
        if self._wanted is not None and self.grid.select(self._wanted):
            self._wanted = None
        current = self.grid.current()
        if current is None and read.pictures:
            self.grid.select(read.pictures[0].id)
        else:
            self.details.show_picture(current)

    def _show(self, found: list[Picture], uses: Mapping[str, int], *, any_there: bool) -> None:
        self.grid.show_pictures(found, uses)
        self._count.setText(self._texts(NN_("{n} picture", "{n} pictures", len(found))) if any_there else "")
        self._stack.setCurrentWidget(self.grid if found else self._no_match if any_there else self._none)
        self.details.setVisible(any_there)

    def _on_error(self, error: KnownError) -> None:
        self._failed.show_text(self._texts(N_("The catalogue cannot be read")), self._texts.error(error))
        self._stack.setCurrentWidget(self._failed)

    def _on_chosen(self, _picture: str) -> None:
        self.details.show_picture(self.grid.current())

    def _on_menu_asked(self, at: QPoint) -> None:
        picture = self.grid.current()
        if self._desk is not None and picture is not None:
            self.menu.open(self._desk, picture, at)

    def _on_said(self, text: str, tone: str) -> None:
        self.message.show_text(text, tone)

    def _on_saved(self, _picture: str) -> None:
        self._wait.start()

    def _on_added(self, outcome: Outcome) -> None:
        text = told(outcome, self._texts)
        self.message.show_text(text, outcome.tone)
        if not self.isVisible():
            self.said.emit(text, outcome.tone)
        if outcome.new or outcome.known:
            self.select((outcome.new or outcome.known)[0])
        self._reload()

    def _on_changed(self, changes: object, sender: str) -> None:
        if not isinstance(changes, Changes):
            return
        if changes.pictures and sender != SENDER:
            self._wait.start()
        elif changes.stories:
            self.details.reload_uses()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._add.isEnabled() and files_of_page(event.mimeData()):
            event.acceptProposedAction()
            self._veil.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._veil.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._veil.hide()
        event.acceptProposedAction()
        self.add_files(local_files(event.mimeData()))


def _read(desk: Desk, text: str, keeps: Keeps) -> _Read:
    """Run away from the window: what the filter leaves of the catalogue."""
    uses = pictures.uses(desk)
    found = pictures.list_pictures(desk, text=text or None)
    there = bool(found) or bool(pictures.list_pictures(desk))
    return _Read([picture for picture in found if keeps(picture, uses)], uses, there)
