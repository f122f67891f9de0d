"""Story text with marks, painted from one document: a label tries many widths, which takes too long for a long text."""

from collections.abc import Iterable
from math import ceil

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QAbstractTextDocumentLayout, QPainter, QPaintEvent, QPalette, QTextDocument
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.marked import marked_html
from desktop_app.gui.kit.theme import story_font

_LINE_HEIGHT = 115  # per cent; three narrow columns of it have to fit


class StoryText(QWidget):
    """As wide as it may be, as high as its text needs; follows the look."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._language = look, "en"
        self._ops: tuple[tuple[str, str], ...] = ()
        self._document = QTextDocument()
        self._heights: dict[int, int] = {}  # by width: a layout asks for several, over and over
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self._dress)

    def show_ops(self, language: str, ops: Iterable[tuple[str, str]]) -> None:
        """Show a text with its marks, as ``marked_html`` takes them."""
        self._language, self._ops = language, tuple(ops)
        self.setAccessibleName("".join(text for sign, text in self._ops if sign != "-"))
        self._dress()

    def _dress(self) -> None:
        theme = self._look.theme
        self._document = QTextDocument()  # another one, since every change of one that has a width lays it out
        self._document.setDocumentMargin(0)
        self._heights.clear()
        self._document.setDefaultFont(story_font(self._language, theme.px(13.5)))
        self._document.setHtml(marked_html(self._ops, theme, _LINE_HEIGHT))
        self.updateGeometry()
        self.update()

    def _lay_out(self, width: int) -> None:
        if self._document.textWidth() != width:
            self._document.setTextWidth(width)

    # Qt overrides

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._lay_out(width)
            self._heights[width] = ceil(self._document.size().height())
        return self._heights[width]

    def sizeHint(self) -> QSize:
        return QSize(0, 0)  # the height follows from the width alone

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._lay_out(self.width())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, self._look.theme.color("ink"))
        context.clip = QRectF(event.rect())
        self._document.documentLayout().draw(QPainter(self), context)
