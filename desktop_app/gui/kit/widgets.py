"""Small widgets that all panels share. They take finished text; the style sheet gives them their look."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.states import Mark
from desktop_app.gui.kit.texts import Texts

_TOAST_SHOWN, _WARNING_SHOWN = 6000, 10_000  # ms


def restyle(widget: QWidget, **properties: object) -> None:
    """Set the properties that the style sheet chooses by, and have it chosen again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class _Button(QPushButton):
    """A button that Enter presses where it has the keyboard, in a dialog or not, as Space does.

    Qt lets Enter press only the default button of a dialog. Held down, Enter presses once. What an input method
    composes never comes here: it belongs to the field that has the keyboard.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or not plain:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


def push_button(text: str, variant: str = "", parent: QWidget | None = None) -> QPushButton:
    """A button; ``variant`` is empty, ``primary`` (one a view), ``outline``, ``flat`` or ``danger``."""
    button = _Button(text, parent)
    button.setProperty("variant", variant)
    button.setAutoDefault(False)
    return button


class Pill(QLabel):
    """A state in a rounded frame: glyph and word in the colour of its tone."""

    def __init__(self, text: str = "", tone: str = "muted", glyph: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pill", True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_state(text, tone, glyph)

    def show_state(self, text: str, tone: str, glyph: str = "") -> None:
        """Show another state; tones are ``muted``, ``good``, ``warning``, ``error``, ``accent``."""
        self.setText(f"{glyph} {text}" if glyph else text)
        self.setAccessibleName(text)
        restyle(self, tone=tone)

    def show_mark(self, mark: Mark, texts: Texts) -> None:
        """Show a mark of ``kit.states``."""
        self.show_state(texts(mark.word), mark.tone, mark.glyph)


class ElidedLabel(QWidget):
    """One line of text that gives way in the middle, or where it is told to; its tooltip and name have the whole."""

    def __init__(
        self, text: str = "", role: str = "", parent: QWidget | None = None,
        give: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._give = give
        self._line = QLabel(self)
        self._line.setProperty("role", role)
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._line)
        self._line.setMinimumWidth(0)
        self._line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._text = ""
        self.set_text(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._elide()

    def _elide(self) -> None:
        metrics = QFontMetrics(self._line.font())
        shown = metrics.elidedText(self._text, self._give, max(0, self.width()))
        self._line.setText(shown)
        self.setToolTip(self._text if shown != self._text else "")

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._line.font())
        return QSize(metrics.horizontalAdvance(self._text) + 2, self._line.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(QFontMetrics(self._line.font()).horizontalAdvance("MM…"), self._line.sizeHint().height())

    def resizeEvent(self, event: QEvent) -> None:
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._elide()
        super().changeEvent(event)


class Hairline(QFrame):
    """A line of one pixel between two parts."""

    def __init__(self, orientation: Qt.Orientation = Qt.Orientation.Horizontal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("hairline", True)
        if orientation is Qt.Orientation.Horizontal:
            self.setFixedHeight(1)
        else:
            self.setFixedWidth(1)


class Chip(_Button):
    """A filter that is on or off, with the number of what it would show."""

    def __init__(self, text: str, count: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("variant", "chip")
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        """Show how many there are; None shows no number."""
        self.setText(self._text if count is None else f"{self._text} {count}")


class SegmentedControl(QFrame):
    """A few views, one of them shown: ``chosen(key)`` when a person takes another."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None) -> None:
        """Take ``choices`` as (key, text) pairs; ``name`` is what assistive technology calls the whole."""
        super().__init__(parent)
        self.setProperty("segmented", True)
        self.setAccessibleName(name)
        self._buttons: dict[str, QToolButton] = {}
        self._texts = dict(choices)
        group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.setSpacing(2)
        for key, text in choices:
            button = QToolButton(self)
            button.setText(text)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAccessibleName(text)
            group.addButton(button)
            layout.addWidget(button)
            self._buttons[key] = button
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if choices:
            self.choose(choices[0][0])

    def current(self) -> str:
        """The key of the view shown."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Show a choice as taken, without a signal."""
        self._buttons[key].setChecked(True)

    def set_count(self, key: str, count: int) -> None:
        """Put a number behind a choice (0: none): ``Changes 7``."""
        self._buttons[key].setText(f"{self._texts[key]} {count}" if count else self._texts[key])


class _Icon(QWidget):
    """A line icon in a layout; follows the look."""

    def __init__(self, look: Look, name: str, color: str, px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._name, self._color = look, name, color
        self.setFixedSize(px, px)
        look.changed.connect(self.update)

    def set_icon(self, name: str, color: str) -> None:
        """Show another icon."""
        self._name, self._color = name, color
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._look.icon(self._name, self._color).paint(painter, self.rect())


class EmptyState(QWidget):
    """What stands where nothing is yet: an icon, a title, one sentence, and the way on."""

    clicked = Signal()

    def __init__(
        self, look: Look, icon: str, title: str, sentence: str, button: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self._title = QLabel(title, self)
        self._title.setProperty("role", "heading")
        self._sentence = QLabel(sentence, self)
        self._sentence.setProperty("role", "muted")
        self._sentence.setWordWrap(True)
        self._sentence.setMaximumWidth(look.theme.px(360))
        self._sentence.setMinimumWidth(look.theme.px(200))
        for label in (self._title, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        layout.addWidget(_Icon(look, icon, "muted", look.theme.px(32), self), alignment=centre)
        layout.addWidget(self._title, alignment=centre)
        line = QHBoxLayout()  # not an alignment: that would keep the label's height for another width
        line.addStretch(1)
        line.addWidget(self._sentence, 100)
        line.addStretch(1)
        layout.addLayout(line)
        if button:
            self.button = push_button(button, "outline", self)
            self.button.clicked.connect(self.clicked)
            layout.addSpacing(4)
            layout.addWidget(self.button, alignment=centre)
        layout.addStretch(3)

    def show_text(self, title: str, sentence: str) -> None:
        """Say something else, where the reason for the emptiness has changed."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)


class InlineMessage(QFrame):
    """A sentence in its place: what happened, what to do next, perhaps a button, and a way to put it off."""

    dismissed = Signal()
    _ICONS = {"error": "error", "warning": "warning", "good": "check-circle", "accent": "info"}  # noqa: RUF012 - read only

    def __init__(self, look: Look, close_text: str, parent: QWidget | None = None) -> None:
        """Start hidden; ``close_text`` names the button that dismisses it."""
        super().__init__(parent)
        self._look = look
        self.setProperty("message", True)
        self._icon = _Icon(look, "info", "accent", look.theme.px(16), self)
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = push_button("", "flat", self)
        self._button.clicked.connect(self._on_button)
        self._act: Callable[[], None] | None = None
        self._second = push_button("", "flat", self)
        self._second.clicked.connect(self._on_second)
        self._second_act: Callable[[], None] | None = None
        self._close = QToolButton(self)
        self._close.setToolTip(close_text)
        self._close.setAccessibleName(close_text)
        self._close.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.setSpacing(8)
        layout.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._button)
        layout.addWidget(self._second)
        layout.addWidget(self._close)
        look.changed.connect(self._dress)
        self._dress()
        self.hide()

    def text(self) -> str:
        """The sentence shown."""
        return self._label.text()

    def show_text(
        self, text: str, tone: str = "accent", *, button: str = "", act: Callable[[], None] | None = None,
        closable: bool = True,
    ) -> None:  # fmt: skip
        """Show a sentence; tones are ``accent``, ``good``, ``warning``, ``error``."""
        self._label.setText(text)
        self.setAccessibleName(text)
        self._icon.set_icon(self._ICONS[tone], tone)
        self._act = act
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._second.hide()
        self._close.setVisible(closable)
        restyle(self, tone=tone)
        self.show()

    def offer_too(self, button: str, act: Callable[[], None]) -> None:
        """Put a second button beside the first of the sentence shown."""
        self._second.setText(button)
        self._second_act = act
        self._second.show()

    def end_with(self, button: QWidget) -> None:
        """Put a button of somebody else behind those of the sentence, and there in the order of the keyboard."""
        line = self.layout()
        assert isinstance(line, QHBoxLayout), "made above"
        line.insertWidget(line.indexOf(self._close), button)
        QWidget.setTabOrder(self._second, button)
        QWidget.setTabOrder(button, self._close)

    def dismiss(self) -> None:
        """Hide it."""
        if not self.isHidden():
            self.hide()
            self.dismissed.emit()

    def _on_button(self) -> None:
        if self._act is not None:
            self._act()

    def _on_second(self) -> None:
        if self._second_act is not None:
            self._second_act()

    def _dress(self) -> None:
        self._close.setIcon(self._look.icon("close", "muted"))


class Toast(InlineMessage):
    """The same sentence floating over a corner, beside the text; goes by itself unless it is an error."""

    def __init__(self, look: Look, close_text: str, over: QWidget) -> None:
        super().__init__(look, close_text, over)
        self._over = over
        self._tone = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        over.installEventFilter(self)

    def show_text(
        self, text: str, tone: str = "accent", *, button: str = "", act: Callable[[], None] | None = None,
        closable: bool = True,
    ) -> None:  # fmt: skip
        super().show_text(text, tone, button=button, act=act, closable=closable)
        self._tone = tone
        self._place()
        self.raise_()
        if tone == "error":
            self._timer.stop()
        else:
            self._timer.start(_WARNING_SHOWN if tone == "warning" else _TOAST_SHOWN)

    def outdate(self) -> None:
        """What it tells was taken back or done again: hide it, unless somebody still has to know it."""
        if self._tone in {"good", "accent"}:
            self.dismiss()

    def _place(self) -> None:
        width = min(self._look.theme.px(264), self._over.width() - 32)  # as wide as the side panel
        self.resize(width, max(self.heightForWidth(width), self.sizeHint().height()))
        self.move(self._over.width() - width - 8, self._over.height() - self.height() - 8)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() is QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)
