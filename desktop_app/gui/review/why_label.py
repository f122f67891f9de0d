"""Why the next step waits: a sentence that wraps into as little width as two or three small lines need."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.gui.kit.look import Look

_WIDEST = 250  # pixels at 100 %
_LEAST = 66  # pixels at 100 %
_LINES = 3


class WhyLabel(QLabel):
    """Plain text, never cut; it is as wide as it must be and no wider. Who has less room shows it elsewhere."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._whole = ""
        self._wanted = 0
        self.setProperty("role", "small")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        look.changed.connect(self._fit)

    def set_text(self, text: str) -> None:
        """Show another sentence."""
        self._whole = text
        self.setText(text)
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._fit()

    def whole(self) -> str:
        """The sentence, shown or not."""
        return self._whole

    def wanted_width(self) -> int:
        """How wide it is, in pixels, whoever shows it."""
        return self._wanted

    def is_short(self) -> bool:
        """Whether it is short enough to stand beside other things."""
        return self._wanted <= self._look.theme.px(_WIDEST)

    def _fit(self) -> None:
        self._wanted = self._needed()
        self.setFixedWidth(self._wanted)

    def _needed(self) -> int:
        metrics, px = QFontMetrics(self.font()), self._look.theme.px
        widest = metrics.horizontalAdvance(self._whole) + 4
        two = _narrowest(metrics, self._whole, 2, px(_LEAST), widest)
        return two if two <= px(_WIDEST) else _narrowest(metrics, self._whole, _LINES, px(_LEAST), widest)

    # Qt overrides

    def hasHeightForWidth(self) -> bool:
        return False  # its lines are counted here; the strip's height is its own

    def sizeHint(self) -> QSize:
        return QSize(self._wanted, _LINES * QFontMetrics(self.font()).lineSpacing())


def _takes(metrics: QFontMetrics, text: str, width: int, lines: int) -> bool:
    """Whether ``text`` wraps into so many lines of ``width`` pixels."""
    box = metrics.boundingRect(QRect(0, 0, max(1, width), 10_000), Qt.TextFlag.TextWordWrap, text)
    return box.height() <= lines * metrics.lineSpacing() and box.width() <= width


def _narrowest(metrics: QFontMetrics, text: str, lines: int, least: int, widest: int) -> int:
    """The least width, in pixels, in which ``text`` takes no more than so many lines."""
    low, high = least, max(least, widest)
    while low < high:
        middle = (low + high) // 2
        if _takes(metrics, text, middle, lines):
            high = middle
        else:
            low = middle + 1
    return high + 2
