"""The palette over the window: type, choose with the arrows, Enter goes there."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop_app.desk.desk import Desk
from desktop_app.desk.stories import ListedStory, search
from desktop_app.domain.records import Hit
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.actions import Actions
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import ui_font
from desktop_app.gui.palette.entries import Entry, Kind, best, hit_entry, story_entry, without_doubles

_ENTRY = Qt.ItemDataRole.UserRole
_PAUSE = 140  # ms between the last key and the search in the texts
_HITS = 12
_ROOT = QModelIndex()
# The window goes to the back, or a menu opens: the palette is still wanted.
_STAYS = frozenset({Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason})


class EntryModel(QAbstractListModel):
    """The lines of the palette."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def entry(self, row: int) -> Entry:
        """The entry of a line."""
        return self._entries[row]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == _ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{entry.title} {entry.detail}".strip()
        return None


class EntryDelegate(QStyledItemDelegate):
    """Icon, title, and at the right the key of an action or the other headline of a story."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry = index.data(_ENTRY)
        if not isinstance(entry, Entry):
            return
        theme, box = self._look.theme, option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color("accent_soft"))
        pad, icon = theme.px(12), theme.px(16)
        if entry.icon:
            place = QRect(box.left() + pad, box.center().y() - icon // 2, icon, icon)
            self._look.icon(entry.icon, "muted").paint(painter, place)
        left = box.left() + pad + icon + theme.px(10)
        room = box.right() - pad - left
        small, plain = ui_font(theme.px(12)), ui_font(theme.px(13))
        detail = QFontMetrics(small).elidedText(entry.detail, Qt.TextElideMode.ElideMiddle, room * 2 // 5)
        taken = QFontMetrics(small).horizontalAdvance(detail)
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        painter.drawText(QRect(left, box.top(), room, box.height()), int(Qt.AlignmentFlag.AlignRight | centre), detail)
        painter.setFont(plain)
        painter.setPen(theme.color("ink"))
        width = room - taken - (theme.px(16) if taken else 0)
        title = QFontMetrics(plain).elidedText(entry.title, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(left, box.top(), width, box.height()), int(Qt.AlignmentFlag.AlignLeft | centre), title)
        painter.restore()

    def sizeHint(
        self,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        return QSize(0, self._look.theme.px(34))


class Palette(QFrame):
    """Triggers the chosen action itself; for the rest it says where to go.

    It is a part of the window and not a popup of the system: input methods do not work in popups everywhere.
    """

    story_chosen = Signal(str)
    part_chosen = Signal(str, str)
    picture_chosen = Signal(str)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look = look
        self._texts = texts
        self._actions = actions
        self._window = window
        self._before = QApplication.focusWidget()
        self._desk: Desk | None = None
        self._stories: list[Entry] = []
        self._headlines: dict[str, str] = {}
        self._hits: list[Entry] = []
        self._searching = Latest(tasks, N_("Searching"), self)
        self._commands = self._action_entries()
        self._model = EntryModel(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._search)
        self._build()
        self._show_best()

    def _build(self) -> None:
        self.setAccessibleName(self._texts(N_("Search everything")))
        self.setProperty("overlay", True)
        self.query = QLineEdit(self)
        self.query.setPlaceholderText(self._texts(N_("Search actions, stories and their words")))
        self.query.setAccessibleName(self._texts(N_("Search everything")))
        self.query.textChanged.connect(self._on_text)
        self.query.installEventFilter(self)
        self.list = QListView(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(EntryDelegate(self._look, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._choose(index.row()))
        self._none = QLabel(self._texts(N_("Nothing is called that.")), self)
        self._none.setProperty("role", "muted")
        self._none.setContentsMargins(16, 12, 16, 16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.query)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._none)

    def show_stories(self, desk: Desk | None, stories: Sequence[ListedStory]) -> None:
        """Offer these stories, and search the texts of ``desk``."""
        self._desk = desk
        self._stories = [story_entry(one, self._texts(N_("No headline yet"))) for one in stories]
        self._headlines = {entry.id: entry.title for entry in self._stories}
        self._show_best()

    def _action_entries(self) -> list[Entry]:
        entries = []
        for spec in self._actions.specs():
            action = self._actions.action(spec.id)
            if spec.id == "palette" or not action.isEnabled():
                continue
            words = (str(spec.title), self._texts(spec.tip)) if spec.tip else (str(spec.title),)
            title = self._texts(spec.title).replace("&", "")
            entries.append(Entry(Kind.ACTION, spec.id, title, self._actions.key_text(spec), spec.icon or "", "", words))
        return entries

    def _on_text(self, _text: str) -> None:
        self._hits = []
        self._searching.forget()
        self._pause.start()
        self._show_best()

    def _search(self) -> None:
        desk, query = self._desk, self.query.text().strip()
        if desk is None or len(query) < 2:
            return

        def find(_progress: Progress) -> list[Hit]:
            return search(desk, query, limit=_HITS)

        self._searching.ask(find, lambda hits: self._take(query, hits), lambda _error: None)

    def _take(self, query: str, hits: list[Hit]) -> None:
        self._hits = [hit_entry(hit, query, self._headlines) for hit in hits]
        self._show_best()

    def _show_best(self) -> None:
        query = self.query.text()
        sources = [*self._commands, *self._stories] if query.strip() else [*self._stories[:8], *self._commands]
        found = best(query, sources)
        found += without_doubles(self._hits, found)
        row = self.list.currentIndex().row()
        self._model.show(found)
        self.list.setVisible(bool(found))
        self._none.setVisible(not found)
        if found:
            self.list.setCurrentIndex(self._model.index(max(0, row) if self._hits and row < len(found) else 0))

    def _choose(self, row: int) -> None:
        if not 0 <= row < self._model.rowCount():
            return
        entry = self._model.entry(row)
        self.leave()
        if entry.kind is Kind.ACTION:
            self._actions.action(entry.id).trigger()
        elif entry.kind is Kind.STORY:
            self.story_chosen.emit(entry.id)
        elif entry.kind is Kind.PART:
            self.part_chosen.emit(entry.id, entry.part)
        else:
            self.picture_chosen.emit(entry.id)

    def leave(self) -> None:
        """Close, and give the keyboard back to where it was."""
        if self._before is not None and isValid(self._before):
            self._before.setFocus()
        self.close()

    def _move(self, by: int) -> None:
        count = self._model.rowCount()
        if count:
            self.list.setCurrentIndex(self._model.index((self.list.currentIndex().row() + by) % count))

    def open(self) -> None:
        """Show it over the upper part of the window, ready to be typed into."""
        theme = self._look.theme
        width = min(theme.px(640), self._window.width() - theme.px(40))
        height = min(theme.px(440), self._window.height() - theme.px(100))
        self.setGeometry((self._window.width() - width) // 2, theme.px(44), width, height)
        self.show()
        self.raise_()
        self.query.setFocus()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.query and event.type() is QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            if event.reason() not in _STAYS:
                self.close()
        elif watched is self.query and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                self._move(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
                self._move(8 if key == Qt.Key.Key_PageDown else -8)
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._choose(self.list.currentIndex().row())
                return True
            if key == Qt.Key.Key_Escape:
                self.leave()
                return True
        return super().eventFilter(watched, event)
