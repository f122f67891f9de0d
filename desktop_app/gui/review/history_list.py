"""The painted lines of the history: a dot on a line, the person and the time, and what happened."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import ui_font
from desktop_app.gui.review.timeline import Entry

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)
_FAR = 100_000


class EntryModel(QAbstractListModel):
    """The entries of one story."""

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._entries: list[Entry] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries."""
        if list(entries) != self._entries:
            self.beginResetModel()
            self._entries = list(entries)
            self.endResetModel()

    def entry(self, index: Index) -> Entry | None:
        """The entry of an index."""
        return self._entries[index.row()] if index.isValid() and index.row() < len(self._entries) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entry(index)
        if entry is None:
            return None
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            head = f"{self._texts(entry.person)}, {self._texts.moment(entry.at)}"
            return ". ".join([head, *lines(entry, self._texts)])
        return None


def lines(entry: Entry, texts: Texts) -> list[str]:
    """What stands below the person's name."""
    told = [texts(entry.sentence)]
    if entry.note:
        told.append(f"“{entry.note}”")
    if entry.standing is not None:
        told.append(texts(entry.standing))
    return told


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    font: QFont
    token: str


class EntryDelegate(QStyledItemDelegate):
    """Paints an entry; wraps its lines to the width of the view."""

    def __init__(self, look: Look, texts: Texts, view: QListView) -> None:
        super().__init__(view)
        self._look, self._texts, self._view = look, texts, view

    def _lines(self, entry: Entry) -> list[_Line]:
        theme = self._look.theme
        told = [_Line(self._texts(entry.sentence), ui_font(theme.px(13)), "ink")]
        if entry.note:
            told.append(_Line(f"“{entry.note}”", ui_font(theme.px(12)), "muted"))
        if entry.standing is not None:
            told.append(_Line(self._texts(entry.standing), ui_font(theme.px(12)), entry.standing_tone))
        return told

    def _edges(self) -> tuple[int, int]:
        theme = self._look.theme
        return theme.px(38), self._view.viewport().width() - theme.px(14)

    def _draw_dot(self, painter: QPainter, rect: QRect, entry: Entry) -> None:
        theme = self._look.theme
        x = theme.px(20)
        painter.setPen(QPen(theme.color("hairline"), 1))
        painter.drawLine(x, rect.top(), x, rect.bottom())
        size = theme.px(18) if entry.glyph else theme.px(8)
        middle = rect.top() + theme.px(9) + theme.px(9)
        dot = QRect(x - size // 2, middle - size // 2, size, size)
        painter.setPen(QPen(theme.color(entry.tone if entry.glyph else "outline"), 1.4))
        painter.setBrush(theme.color("paper"))
        painter.drawEllipse(dot)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if entry.glyph:
            painter.setFont(ui_font(theme.px(10), bold=True))
            painter.drawText(dot, Qt.AlignmentFlag.AlignCenter, entry.glyph[0])

    def _draw_head(self, painter: QPainter, rect: QRect, entry: Entry) -> int:
        """Draw name, time and version on one line; return where the next line begins."""
        theme = self._look.theme
        left, right = self._edges()
        bold, small = ui_font(theme.px(13), bold=True), ui_font(theme.px(11.5))
        height = QFontMetrics(bold).height()
        top = rect.top() + theme.px(8)
        if entry.version:
            tag = self._texts(N_("version {v}", v=entry.version))
            width = QFontMetrics(small).horizontalAdvance(tag)
            painter.setFont(small)
            painter.setPen(theme.color("accent"))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRect(right - width, top, width, height), flags, tag)
            right -= width + theme.px(8)
        moment = self._texts.moment(entry.at)
        taken = QFontMetrics(small).horizontalAdvance(moment)
        room = max(theme.px(40), right - left - taken - theme.px(8))
        name = QFontMetrics(bold).elidedText(self._texts(entry.person), Qt.TextElideMode.ElideRight, room)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(bold)
        painter.setPen(theme.color("ink"))
        painter.drawText(QRect(left, top, room, height), middle, name)
        after = left + QFontMetrics(bold).horizontalAdvance(name) + theme.px(8)
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        shown = QFontMetrics(small).elidedText(moment, Qt.TextElideMode.ElideRight, max(0, right - after))
        painter.drawText(QRect(after, top, max(0, right - after), height), middle, shown)
        return top + height + theme.px(2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(ENTRY)
        if not isinstance(entry, Entry):
            return
        theme = self._look.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        self._draw_dot(painter, rect, entry)
        y = self._draw_head(painter, rect, entry)
        left, right = self._edges()
        for line in self._lines(entry):
            height = _height(line, right - left)
            painter.setFont(line.font)
            painter.setPen(theme.color(line.token))
            painter.drawText(QRect(left, y, right - left, height), _WRAP, line.text)
            y += height + theme.px(1)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry = index.data(ENTRY)
        if not isinstance(entry, Entry):
            return QSize(0, 0)
        theme = self._look.theme
        left, right = self._edges()
        head = QFontMetrics(ui_font(theme.px(13), bold=True)).height() + theme.px(2)
        body = sum(_height(line, right - left) + theme.px(1) for line in self._lines(entry))
        return QSize(right - left, theme.px(8) + head + body + theme.px(8))


def _height(line: _Line, width: int) -> int:
    return QFontMetrics(line.font).boundingRect(QRect(0, 0, max(width, 40), _FAR), _WRAP, line.text).height()
