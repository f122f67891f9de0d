"""The list of proposals at the caret. It never takes the keyboard: the cell goes on taking the keys."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import ui_font
from desktop_app.language.completion import Completion, Origin

_ORIGINS: Mapping[Origin, Message] = {
    Origin.TERM: N_("Term"),
    Origin.NAME: N_("Personal name"),
    Origin.MEMORY: N_("Memory"),
    Origin.STORY: N_("This story"),
}
_ORIGIN = Qt.ItemDataRole.UserRole
_WIDEST = 440  # px at 100 %


class _Line(QStyledItemDelegate):
    """A proposal, and at the right where it comes from; Tab stands at the one that it takes."""

    def __init__(self, look: Look, parent: "CompletionPopup") -> None:
        super().__init__(parent)
        self._look = look
        self._popup = parent

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, rect = self._look.theme, QRect(option.rect)
        painter.save()
        chosen = index.row() == self._popup.chosen
        if chosen:
            painter.fillRect(rect, theme.color("selection"))
        room = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        painter.setFont(ui_font(theme.px(11.5)))
        painter.setPen(QPen(theme.color("ink" if chosen else "muted")))
        origin = str(index.data(_ORIGIN))
        told = f"{origin}  ⇥" if index.row() == max(0, self._popup.chosen) else origin
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, told)
        room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(told) - theme.px(16))
        painter.setFont(ui_font(theme.px(13)))
        painter.setPen(QPen(theme.color("ink")))
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self._look.theme.px(26))


class CompletionPopup(QListWidget):
    """Shows proposals; ``picked(row)`` for the mouse. ``chosen`` is the row that the arrow keys came to, or -1."""

    picked = Signal(int)

    NAME = N_("Completions")

    def __init__(self, look: Look, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._texts = texts
        self.around = parent
        self.chosen = -1
        self.setProperty("popup", True)
        self.setAccessibleName(texts(self.NAME))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setUniformItemSizes(True)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Line(look, self))
        self.itemClicked.connect(lambda item: self.picked.emit(self.row(item)))
        self.hide()

    def show_proposals(self, found: Sequence[Completion], below: QRect) -> None:
        """Show these at the caret, whose rectangle in the parent's coordinates is ``below``; none of them chosen."""
        self.chosen = -1
        texts = [one.text for one in found]
        if [self.item(row).text() for row in range(self.count())] != texts:
            self.clear()
            for one in found:
                item = QListWidgetItem(one.text, self)
                item.setData(_ORIGIN, self._texts(_ORIGINS[one.origin]))
        self._lie(texts, below)
        if not self.isVisible():
            self.show()
            self.raise_()
            self._announce(f"{self.accessibleName()}: {texts[0]}")
        self.viewport().update()

    def choose(self, row: int) -> None:
        """Mark a row as the one to be taken; -1 none."""
        self.chosen = row
        if row >= 0:
            self.setCurrentRow(row)
            self._announce(self.item(row).text())
        self.viewport().update()

    def _lie(self, texts: Sequence[str], below: QRect) -> None:
        theme, parent = self._look.theme, self.around
        metrics = self.fontMetrics()
        wide = max(metrics.horizontalAdvance(text) for text in texts) + theme.px(130)
        width = min(max(wide, theme.px(200)), theme.px(_WIDEST), parent.width() - 8)
        height = theme.px(26) * len(texts) + 2 * theme.px(4) + 2
        x = max(4, min(below.left() - theme.px(10), parent.width() - width - 4))
        under, over = below.bottom() + theme.px(4), below.top() - theme.px(4) - height
        y = under if under + height <= parent.height() or over < 0 else over
        self.setGeometry(x, y, width, height)

    def _announce(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def place_of(self, row: int) -> QPoint:
        """The middle of a row, in its own coordinates."""
        return self.visualItemRect(self.item(row)).center()
