"""The list of events: rows of one height, a story's headline that opens it, and what a row offers."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from desktop_app.foundation.messages import N_
from desktop_app.gui.events.model import STORY, WHEN, WHO, EventModel
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts

_WIDTHS = {WHEN: 160, WHO: 130, STORY: 290}  # px at 100 %; what was done takes the rest


class EventList(QTreeView):
    """``opened`` on Enter, a double click, or a click on a headline; ``offer_asked(QPoint)`` for a menu there.

    A tree without branches: Qt's list view lays all of its rows anew whenever some change.
    """

    opened = Signal()
    offer_asked = Signal(QPoint)
    left_up = Signal()

    def __init__(self, look: Look, texts: Texts, model: EventModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._events = look, model
        self.setModel(model)
        self.setAccessibleName(texts(N_("Events")))
        self.setProperty("table", True)
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setAllColumnsShowFocus(True)
        self.setMouseTracking(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(model.columnCount()):
            fixed = column in _WIDTHS
            head.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Interactive if fixed else QHeaderView.ResizeMode.Stretch
            )
        look.changed.connect(self.fit_columns)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Give the columns their widths at the scale in force."""
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, self._look.theme.px(width))
        self.scheduleDelayedItemsLayout()

    def rows_in_view(self) -> tuple[int, int]:
        """The first and the last row that is seen."""
        first = self.indexAt(QPoint(1, 1))
        last = self.indexAt(QPoint(1, self.viewport().height() - 1))
        most = self._events.rowCount() - 1
        return max(0, first.row()), last.row() if last.isValid() else most

    def _link_at(self, at: QPoint) -> QModelIndex | None:
        """The headline under the mouse."""
        index = self.indexAt(at)
        event = self._events.event_at(index)
        if event is None or index.column() != STORY or event.headline is None:
            return None
        room = self.visualRect(index)
        text = self.fontMetrics().horizontalAdvance(self._events.subject(event)) + self._look.theme.px(10)
        return index if at.x() <= room.left() + min(text, room.width()) else None

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_up.emit()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        link = self._link_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        link = self._link_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and link is not None and link.row() == self.currentIndex().row():
            self.opened.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self.indexAt(at).isValid() and self._link_at(at) is None:
            self.opened.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
        if index.isValid():
            at = event.pos() if event.reason() is QContextMenuEvent.Reason.Mouse else self.visualRect(index).center()
            self.offer_asked.emit(self.viewport().mapToGlobal(at))
