"""The painted rows of the Changes view: number, source and target side by side, with the change in hand framed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import ui_font
from desktop_app.gui.review.change_rows import ChangeRow, Passage, Place
from desktop_app.gui.review.marked_text import MarkedText

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class ChangeModel(QAbstractListModel):
    """The rows that differ, and which change is in hand."""

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self.rows: list[ChangeRow] = []
        self.here: Place | None = None

    def show_rows(self, rows: Sequence[ChangeRow]) -> None:
        """Show other rows; no change is in hand then."""
        self.beginResetModel()
        self.rows, self.here = list(rows), None
        self.endResetModel()

    def take(self, place: Place | None) -> None:
        """Take a change in hand."""
        before, self.here = self.here, place
        for row in {p.row for p in (before, place) if p is not None and p.row < len(self.rows)}:
            self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        return spoken(row, self._texts) if role == Qt.ItemDataRole.DisplayRole else None


def spoken(row: ChangeRow, texts: Texts) -> str:
    """A row in words, for assistive technology."""
    said = [texts(N_("Segment {n}", n=row.number) if row.number is not None else N_("Removed"))]
    for passage in (*row.source, *row.target):
        for sign, text in passage.ops:
            if sign == "-":
                said.append(texts(N_("deleted “{text}”", text=text)))
            elif sign == "+":
                said.append(texts(N_("inserted “{text}”", text=text)))
    return "; ".join(said)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A passage in its place inside its row."""

    side: int
    passage: int
    shown: Passage
    text: MarkedText
    x: int
    y: int


class ChangeDelegate(QStyledItemDelegate):
    """Paints the rows; what was laid out is kept until the width, the theme or the rows change."""

    def __init__(self, look: Look, texts: Texts, model: ChangeModel, view: QListView) -> None:
        super().__init__(view)
        self._look, self._texts, self._model, self._view = look, texts, model, view
        self._laid: dict[int, tuple[list[_Laid], int]] = {}
        self._for: tuple[int, object] = (0, None)
        model.modelReset.connect(self._laid.clear)

    def _columns(self) -> tuple[int, int, int]:
        """Where the source begins, where the target begins, and where it ends."""
        theme = self._look.theme
        gutter, width = theme.px(48), self._view.viewport().width()
        return gutter, gutter + (width - gutter) // 2, width

    def _lay_out(self, index: Index) -> tuple[list[_Laid], int]:
        theme = self._look.theme
        if self._for != (self._view.viewport().width(), theme):
            self._for = (self._view.viewport().width(), theme)
            self._laid.clear()
        found = self._laid.get(index.row())
        if found is None:
            found = self._laid[index.row()] = self._make(self._model.rows[index.row()])
        return found

    def _make(self, row: ChangeRow) -> tuple[list[_Laid], int]:
        theme = self._look.theme
        source, target, end = self._columns()
        pad, label = theme.px(14), QFontMetrics(ui_font(theme.px(11.5))).height()
        laid: list[_Laid] = []
        height = 0
        for side, (left, right, passages) in enumerate(((source, target, row.source), (target, end, row.target))):
            y = theme.px(10)
            for number, passage in enumerate(passages):
                if passage.label is not None:
                    y += label
                text = MarkedText(passage, right - left - 2 * pad, theme)
                laid.append(_Laid(side, number, passage, text, left + pad, y))
                y += text.height + (theme.px(6) if passage.label is not None else 0)
            height = max(height, y)
        return laid, max(height + theme.px(10), theme.px(44)) + 1

    def top_of(self, place: Place) -> int:
        """How far below the top of its row a change begins."""
        laid, _height = self._lay_out(self._model.index(place.row))
        found = (piece for piece in laid if (piece.side, piece.passage) == (place.side, place.passage))
        return next((piece.y + piece.text.run_top(place.run) for piece in found), 0)

    def _draw_grid(self, painter: QPainter, rect: QRect, row: ChangeRow, *, here: bool) -> None:
        theme = self._look.theme
        source, target, _end = self._columns()
        gutter = QRect(rect.left(), rect.top(), source, rect.height())
        if here:
            painter.fillRect(rect, theme.color("active_row"))
        else:
            painter.fillRect(gutter, theme.color("gutter"))
        painter.setPen(QPen(theme.color("hairline"), 1))
        for x in (source, target):
            painter.drawLine(x, rect.top(), x, rect.bottom())
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        painter.setFont(ui_font(theme.px(12)))
        painter.setPen(theme.color("muted"))
        number = str(row.number) if row.number is not None else "✕"
        top = gutter.adjusted(0, theme.px(13), 0, 0)
        painter.drawText(top, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, number)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        if not isinstance(row, ChangeRow):
            return
        theme, rect = self._look.theme, option.rect
        here = self._model.here if self._model.here is not None and self._model.here.row == index.row() else None
        painter.save()
        self._draw_grid(painter, rect, row, here=here is not None)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        laid, _height = self._lay_out(index)
        small = ui_font(theme.px(11.5))
        for piece in laid:
            at = QPointF(rect.left() + piece.x, rect.top() + piece.y)
            if piece.shown.label is not None:
                painter.setFont(small)
                painter.setPen(theme.color("muted"))
                painter.drawText(at - QPointF(0, QFontMetrics(small).descent()), self._texts(piece.shown.label))
            piece.text.draw(painter, at, theme.color("ink"))
            if here is not None and (piece.side, piece.passage) == (here.side, here.passage):
                piece.text.frame_run(painter, at, here.run)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        _laid, height = self._lay_out(index)
        return QSize(80, height)
