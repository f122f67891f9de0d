"""The History panel: who did what and when in the story, or in the active segment; what can be brought back."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.desk import stories
from desktop_app.desk.desk import Changes, Desk
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.flow_list import FlowList
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, Hairline, SegmentedControl, push_button
from desktop_app.gui.review.history_list import EntryDelegate, EntryModel
from desktop_app.gui.review.part_view import PartView
from desktop_app.gui.review.timeline import Entry, entries

_SETTLE = 400  # ms between a change and reading it: a person who types makes many


@dataclass(frozen=True, slots=True)
class _Read:
    story: str
    entries: list[Entry]


class HistoryPanel(QWidget):
    """The timeline, newest first. ``compare(old, new)`` asks for the changes between two versions, new "" is now.

    ``restore_asked(version)`` and ``put_back_asked(part, field, text)`` ask for old words.
    """

    compare = Signal(str, str)
    restore_asked = Signal(str)
    put_back_asked = Signal(str, str, str)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._desk: Desk | None = None
        self._story: str | None = None
        self._offered = ""  # the version that was chosen for the person, who may choose another
        self._latest = Latest(tasks, N_("Reading the history"), self)
        self._model = EntryModel(texts, self)
        self._view = FlowList(texts(N_("History")), self)
        self._view.setModel(self._model)
        self._view.setItemDelegate(EntryDelegate(look, texts, self._view))
        self._view.selectionModel().currentChanged.connect(self._on_current_changed)
        self._view.activated.connect(self._on_activated)
        self._since = push_button(texts(N_("Changes since")), "outline", self)
        self._within = push_button(texts(N_("Changes in it")), "", self)
        self._restore = push_button(texts(N_("Restore this version…")), "", self)
        self._restore.clicked.connect(self._on_restore)
        self._switch = SegmentedControl(
            [("story", texts(N_("Story"))), ("part", texts(N_("This segment")))], texts(N_("History of what")), self
        )
        self._switch.chosen.connect(self._on_switched)
        self._since.clicked.connect(self._on_since)
        self._within.clicked.connect(self._on_within)
        self._empty = EmptyState(look, "history", "", "", parent=self)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_SETTLE)
        self._wait.timeout.connect(self._reload)
        self._lay_out(PartView(look, texts, tasks))
        self._show_empty()
        bus.changed.connect(self._on_changed)
        look.changed.connect(self._view.doItemsLayout)

    def _lay_out(self, part: PartView) -> None:
        buttons = QVBoxLayout()
        buttons.setContentsMargins(12, 8, 12, 8)
        buttons.setSpacing(6)
        for widgets in ((self._since, self._within), (self._restore,)):
            line = QHBoxLayout()
            line.setSpacing(8)
            for widget in widgets:
                line.addWidget(widget)
            line.addStretch(1)
            buttons.addLayout(line)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._view, 1)
        column.addWidget(Hairline())
        column.addLayout(buttons)
        story = QWidget(self)
        self._stack = QStackedLayout(story)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)
        self._pages = QStackedLayout()
        self._pages.addWidget(story)
        self._pages.addWidget(part)
        self._part = part
        part.put_back_asked.connect(self.put_back_asked)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.addWidget(self._switch)
        head.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(Hairline())
        whole.addLayout(self._pages, 1)

    def open_desk(self, desk: Desk | None) -> None:
        """Take or give back the archive."""
        self._desk = desk
        if desk is None:
            self._part.stop()
        self.show_story(None)

    def show_story(self, story_id: str | None) -> None:
        """Show the history of a story."""
        if story_id != self._story:
            self._offered = ""
            self._model.show_entries([])
            self._show_empty()
        self._story = story_id
        self._reload()

    def show_part(self, part: str) -> None:
        """Show the wordings of a segment or picture where the switch stands on it."""
        self._part.show_part(self._desk, self._story or "", part)

    def _on_switched(self, view: str) -> None:
        self._pages.setCurrentIndex(1 if view == "part" else 0)

    def _on_restore(self) -> None:
        entry = self._chosen()
        if entry is not None and entry.version:
            self.restore_asked.emit(entry.version)

    def _reload(self) -> None:
        self._wait.stop()
        self._part.refresh()
        desk, story = self._desk, self._story
        if desk is None or story is None:
            self._latest.forget()
            self._model.show_entries([])
            self._show_empty()
            return
        self._latest.ask(lambda _progress: _read(desk, story), self._on_read, self._on_error)

    def _on_read(self, read: _Read) -> None:
        chosen = self._chosen()
        own = chosen.version if chosen is not None and chosen.version != self._offered else ""
        self._model.show_entries(read.entries)
        self._stack.setCurrentIndex(1 if read.entries else 0)
        same = [row for row, entry in enumerate(read.entries) if own and entry.version == own]
        if same:
            self._view.setCurrentIndex(self._model.index(same[0]))
        else:
            self._offer_newest()
        self._on_current_changed()

    def _offer_newest(self) -> None:
        """Choose the newest version, and stand at the newest line."""
        found = [self._model.entry(self._model.index(row)) for row in range(self._model.rowCount())]
        row, self._offered = next(((row, one.version) for row, one in enumerate(found) if one and one.version), (0, ""))
        self._view.setCurrentIndex(self._model.index(row))
        self._view.scrollToTop()

    def showEvent(self, event: QShowEvent) -> None:
        """Open on the newest."""
        super().showEvent(event)
        if not event.spontaneous():
            self._offer_newest()

    def _on_error(self, error: KnownError) -> None:
        self._model.show_entries([])
        self._empty.show_text(self._texts(N_("The history cannot be read")), self._texts.error(error))
        self._stack.setCurrentIndex(0)

    def _show_empty(self) -> None:
        self._empty.show_text(
            self._texts(N_("No history")), self._texts(N_("Who did what to the story stands here, with every version."))
        )
        self._stack.setCurrentIndex(0)

    def _chosen(self) -> Entry | None:
        return self._model.entry(self._view.currentIndex())

    def _on_current_changed(self) -> None:
        entry = self._chosen()
        self._since.setEnabled(entry is not None and bool(entry.version))
        self._within.setEnabled(entry is not None and bool(entry.before))
        self._restore.setEnabled(entry is not None and bool(entry.version))
        if entry is not None and entry.version:
            self._since.setToolTip(self._texts(N_("From version {v} to now", v=entry.version)))
        if entry is not None and entry.before:
            tip = N_("From version {old} to version {new}", old=entry.before, new=entry.version)
            self._within.setToolTip(self._texts(tip))

    def _on_since(self) -> None:
        entry = self._chosen()
        if entry is not None and entry.version:
            self.compare.emit(entry.version, "")

    def _on_within(self) -> None:
        entry = self._chosen()
        if entry is not None and entry.before:
            self.compare.emit(entry.before, entry.version)

    def _on_activated(self, index: QModelIndex) -> None:
        entry = self._model.entry(index)
        if entry is not None and entry.version:
            self.compare.emit(entry.before or entry.version, entry.version if entry.before else "")

    def _on_changed(self, changes: object, _sender: str) -> None:
        if isinstance(changes, Changes) and self._story in changes.stories:
            self._wait.start()


def _read(desk: Desk, story: str) -> _Read:
    """Run away from the window."""
    versions, events, people = stories.story_history(desk, story)
    return _Read(story, entries(stories.open_story(desk, story), versions, events, people))
