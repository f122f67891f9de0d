"""Small parts that the sections of the house style share."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLabel, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from desktop_app.gui.kit.look import Look


def heading(text: str, parent: QWidget) -> QLabel:
    """The title of a section."""
    label = QLabel(text, parent)
    label.setProperty("role", "heading")
    return label


def remark(text: str, parent: QWidget, role: str = "muted") -> QLabel:
    """A sentence beside a field, hidden where it is empty."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    label.setProperty("role", role)
    label.setVisible(bool(text))
    return label


def say(label: QLabel, text: str) -> None:
    """Let a remark say something, or nothing."""
    label.setText(text)
    label.setVisible(bool(text))


def column(parent: QWidget) -> QVBoxLayout:
    """The layout of a section."""
    layout = QVBoxLayout(parent)
    layout.setContentsMargins(20, 16, 20, 12)
    layout.setSpacing(10)
    return layout


class Rows(QTableWidget):
    """A quiet table of whole rows; its widths are in pixels at 100 %, 0 takes what is left.

    ``opened`` on Enter or a double click, ``remove_asked`` on Delete.
    """

    opened = Signal()
    remove_asked = Signal()

    def __init__(
        self, look: Look, titles: Sequence[str], widths: Sequence[int], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(0, len(titles), parent)
        self._look, self._widths = look, widths
        self.setHorizontalHeaderLabels(list(titles))
        self.setAccessibleName(name)
        self.cellDoubleClicked.connect(lambda _row, _place: self.opened.emit())
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        look.changed.connect(self._fit)
        self._fit()

    def put(self, row: int, place: int, text: str, tip: str = "") -> QTableWidgetItem:
        """Write a cell; what is cut off stands in its tooltip."""
        item = QTableWidgetItem(text)
        item.setToolTip(tip or text)
        self.setItem(row, place, item)
        return item

    def chosen(self) -> int:
        """The chosen row, -1 where none is."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else -1

    def _fit(self) -> None:
        px, header = self._look.theme.px, self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(px(28))
        for place, width in enumerate(self._widths):
            if width:
                self.setColumnWidth(place, px(width))
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)
