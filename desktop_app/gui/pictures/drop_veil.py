"""What shows that files may be let go here."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.theme import ui_font


class DropVeil(QWidget):
    """Lies over a page while something is dragged over it."""

    def __init__(self, look: Look, text: str, over: QWidget) -> None:
        super().__init__(over)
        self._look, self._text, self._over = look, text, over
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Cover the page."""
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(theme.color("accent_soft"))
        ground.setAlpha(225)
        painter.fillRect(self.rect(), ground)
        painter.setPen(QPen(theme.color("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(12, 12, -12, -12), 10, 10)
        size = theme.px(36)
        middle = self.rect().center()
        icon = QRect(middle.x() - size // 2, middle.y() - size, size, size)
        self._look.icon("image-plus", "accent").paint(painter, icon)
        painter.setFont(ui_font(theme.px(15), bold=True))
        painter.setPen(theme.color("accent"))
        line = self.rect().adjusted(0, middle.y() + theme.px(8), 0, 0)
        painter.drawText(line, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._text)
