"""The line in which somebody says what to find: the words, how they are meant, and what was looked for before.

It looks for nothing itself: ``matcher`` is what it asks for, None where it cannot be, and then it says why.
"""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import restyle
from desktop_app.language.finding_text import BadPatternError, Matcher, Query

_MOST = 30  # searches that are remembered
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_NAME = "searches before"


class Recent(QObject):
    """What was looked for in a window, the newest last; shared by all lines in it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName(_NAME)
        self.texts: list[str] = []

    def keep(self, text: str) -> None:
        """Remember a search; one that is known becomes the newest."""
        if text:
            self.texts = [*(known for known in self.texts if known != text), text][-_MOST:]


def recent_of(widget: QWidget) -> Recent:
    """The searches of the window that a widget belongs to."""
    window = widget.window()
    above = window.parentWidget()  # that of a dialog
    owner = above.window() if above is not None else window
    found = owner.findChild(Recent, _NAME, Qt.FindChildOption.FindDirectChildrenOnly)
    return found if found is not None else Recent(owner)


class Way(NamedTuple):
    """One way to mean the words: a button with its key."""

    id: str
    sign: str
    key: Qt.Key
    tip: Message


WAYS = (
    Way("case", "Aa", Qt.Key.Key_C, N_("Capital and small letters differ (Alt+C)")),
    Way("words", "|w|", Qt.Key.Key_W, N_("Whole words only (Alt+W)")),
    Way("regex", ".*", Qt.Key.Key_X, N_("Regular expression (Alt+X)")),
    Way("fold", "é=e", Qt.Key.Key_A, N_("Accents and full width count for nothing (Alt+A)")),
)


class WayButtons(QWidget):
    """The ways as a row of small buttons that stay pressed."""

    changed = Signal()

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.buttons: dict[str, QToolButton] = {}
        for way in WAYS:
            button = self.buttons[way.id] = QToolButton(self)
            button.setText(way.sign)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolTip(texts(way.tip))
            button.setAccessibleName(texts(way.tip))
            button.toggled.connect(self._on_toggled)
            row.addWidget(button)

    def on(self, way: str) -> bool:
        """Whether a way is taken."""
        return self.buttons[way].isChecked() and self.buttons[way].isEnabled()

    def _on_toggled(self) -> None:
        exact = self.buttons["case"].isChecked() or self.buttons["regex"].isChecked()
        self.buttons["fold"].setEnabled(not exact)  # what counts every letter as it stands folds nothing
        self.changed.emit()


class QueryLine(QLineEdit):
    """``changed`` when another thing is to be found; ``entered(1)`` on Enter, ``entered(-1)`` with Shift.

    ``ways`` and ``problem`` are laid out by whoever uses the line.
    """

    changed = Signal()
    entered = Signal(int)

    def __init__(self, texts: Texts, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._recent_at = 0
        self.matcher: Matcher | None = None
        self.setProperty("search", True)
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.ways = WayButtons(texts)
        self.problem = QLabel()
        self.problem.setProperty("role", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.textChanged.connect(self._on_changed)
        self.ways.changed.connect(self._on_changed)
        self.watch(self)

    def watch(self, widget: QWidget) -> None:
        """Let the keys of the ways work in this widget too."""
        widget.installEventFilter(self)

    def query(self) -> Query:
        """What is asked for."""
        on = self.ways.on
        return Query(self.text(), on("case"), on("words"), on("regex"), on("fold"))

    def show_problem(self, problem: BadPatternError | None) -> None:
        """Say what is wrong, with a red frame, or that nothing is."""
        restyle(self, invalid=problem is not None)
        said = self._texts.located(problem) if problem is not None else ""
        self.problem.setText(said)
        self.problem.setVisible(bool(said))
        self.setAccessibleDescription(said)

    def keep(self) -> None:
        """Remember what was looked for."""
        if self.matcher is not None:
            recent_of(self).keep(self.text())
        self._recent_at = 0

    def _on_changed(self) -> None:
        self.matcher = None
        problem: BadPatternError | None = None
        if self.text():
            try:
                self.matcher = Matcher(self.query())
            except BadPatternError as error:
                problem = error
        self.show_problem(problem)
        self.changed.emit()

    def _recall(self, way: int) -> None:
        known = recent_of(self).texts
        at = self._recent_at + way
        if known and way > 0 and self._recent_at == 0 and self.text() == known[-1]:
            at += 1  # it stands there already
        if 1 <= at <= len(known):
            self._recent_at = at
            self.setText(known[-at])
            self.selectAll()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            way = next((one for one in WAYS if one.key == event.key()), None)
            if way is not None and event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if way is not None and event.type() is QEvent.Type.KeyPress:
                self.ways.buttons[way.id].click()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers() & ~_KEYPAD
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not held & ~Qt.KeyboardModifier.ShiftModifier:
            self.keep()
            self.entered.emit(-1 if held & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and not held:
            self._recall(1 if key == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)
