"""Why the next step waits, in full: a sentence that wraps into as little width as two or three small lines need."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.gui.kit.look import Look

_WIDEST = 250  # pixels at 100 %, on two lines; what is longer takes a third
_LEAST = 90  # pixels at 100 %


class WhyLabel(QLabel):
    """Plain text; it is as wide as it must be and no wider."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("role", "small")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        look.changed.connect(self._fit)

    def set_text(self, text: str) -> None:
        """Show another sentence."""
        self.setText(text)
        self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(self._needed())

    def _needed(self) -> int:
        metrics, px = QFontMetrics(self.font()), self._look.theme.px
        widest = metrics.horizontalAdvance(self.text()) + 4
        two = _narrowest(metrics, self.text(), 2, px(_LEAST), widest)
        return two if two <= px(_WIDEST) else _narrowest(metrics, self.text(), 3, px(_LEAST), widest)

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.heightForWidth(self.width()))


def _narrowest(metrics: QFontMetrics, text: str, lines: int, least: int, widest: int) -> int:
    """The least width, in pixels, in which ``text`` takes no more than so many lines."""
    room = lines * metrics.lineSpacing()
    low, high = least, max(least, widest)
    while low < high:
        middle = (low + high) // 2
        box = metrics.boundingRect(QRect(0, 0, middle, 10_000), Qt.TextFlag.TextWordWrap, text)
        if box.height() <= room and box.width() <= middle:
            high = middle
        else:
            low = middle + 1
    return high + 2
