"""Rows without branches under a header, as the plan and the open conflicts show them."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from desktop_app.gui.kit.look import Look

_STYLE = (
    "QTreeView { border: none; } QTreeView::item { padding: 5px 4px; } QTreeView::item:first { padding-left: 13px; }"
    "QHeaderView::section:first { padding-left: 16px; }"
)


class RowsTree(QTreeView):
    """The first column takes what is left; the others have room for what they can say, whatever the rows are."""

    def __init__(
        self, look: Look, rows: QAbstractTableModel, widths: Sequence[int], name: str, parent: QWidget
    ) -> None:
        """``widths`` are those of the columns from the second on, in pixels at 100 %."""
        super().__init__(parent)
        self._look, self._widths = look, tuple(widths)
        rows.setParent(self)
        self.setModel(rows)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.setExpandsOnDoubleClick(False)
        self.setAllColumnsShowFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet(_STYLE)
        self.setAccessibleName(name)
        self._lay_out_columns()
        look.changed.connect(self._lay_out_columns)

    def go_to(self, place: int) -> None:
        """Bring a row to the front."""
        self.setCurrentIndex(self.model().index(place, 0))

    def _lay_out_columns(self) -> None:
        header, px = self.header(), self._look.theme.px
        self.setMinimumHeight(px(88))
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(px(40))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(self._widths, 1):
            header.resizeSection(column, px(width))
