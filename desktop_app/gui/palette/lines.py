"""The lines of the palette: icon, title with the letters that fit, and at the right what else tells it apart."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.theme import ui_font
from desktop_app.gui.palette.entries import Entry
from desktop_app.gui.palette.wanted import Wanted

_ENTRY = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()


class EntryModel(QAbstractListModel):
    """The lines of the palette."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self.wanted = Wanted("")

    def show(self, entries: Sequence[Entry], wanted: Wanted) -> None:
        """Show these lines, and mark in them what was ``wanted``."""
        self.beginResetModel()
        self._entries = list(entries)
        self.wanted = wanted
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
            return f"{entry.title} {entry.detail} {entry.key}".strip()
        return None


class EntryDelegate(QStyledItemDelegate):
    """Icon and title; at the right an action's key and its tip, a story's other headline, a term's English."""

    def __init__(self, look: Look, model: EntryModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model

    def _draw(
        self, painter: QPainter, box: QRect, text: str, font: QFont, color: QColor, *, right: bool = False
    ) -> int:
        """Write a text into a box with its letters that fit marked; return the width that it took."""
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        layout = QTextLayout(shown, font)
        mark = QTextCharFormat()
        mark.setForeground(self._look.theme.color("accent"))
        mark.setFontUnderline(True)
        kept = len(shown) if shown == text else len(shown) - 1
        layout.setFormats([
            _range(utf16_at(shown, start), utf16_at(shown, min(end, kept)), mark)
            for start, end in self._model.wanted.spans(text) if start < kept
        ])  # fmt: skip
        layout.beginLayout()
        line = layout.createLine()
        line.setNumColumns(len(shown) + 1)
        layout.endLayout()
        width = ceil(line.naturalTextWidth())
        left = box.right() - width if right else box.left()
        painter.setPen(color)
        layout.draw(painter, QPointF(left, box.center().y() - line.height() / 2))
        return width

    # Qt overrides

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
        pad, icon, gap = theme.px(12), theme.px(16), theme.px(10)
        if entry.icon:
            place = QRect(box.left() + pad, box.center().y() - icon // 2, icon, icon)
            self._look.icon(entry.icon, "muted").paint(painter, place)
        room = box.adjusted(pad + icon + gap, 0, -pad, 0)
        small, plain = ui_font(theme.px(12)), ui_font(theme.px(13))
        if entry.key:
            taken = QFontMetrics(small).horizontalAdvance(entry.key)
            painter.setFont(small)
            painter.setPen(theme.color("muted"))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), entry.key)
            room = room.adjusted(0, 0, -taken - gap, 0)
        if entry.detail:
            aside = room.adjusted(room.width() - room.width() * (3 if entry.tip else 2) // 5, 0, 0, 0)
            taken = self._draw(painter, aside, entry.detail, small, theme.color("muted"), right=True)
            room = room.adjusted(0, 0, -taken - gap, 0)
        self._draw(painter, room, entry.title, plain, theme.color("ink"))
        painter.restore()

    def sizeHint(
        self,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        return QSize(0, self._look.theme.px(34))


def utf16_at(text: str, place: int) -> int:
    """The place of a character as Qt counts: what lies beyond the 65,536 first takes two."""
    return place + sum(character > "\uffff" for character in text[:place])


def _range(start: int, end: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, end - start, form
    return found
