"""The question that goes before an act: what will happen, perhaps what to look through first, and the note."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import push_button
from desktop_app.gui.publishing.questions import Question

_MOST_FACTS = 6  # lines that are seen without scrolling


class Asking(QDialog):
    """A dialog of one question: its parts above, a note, and two buttons; Ctrl+Enter answers yes."""

    def __init__(
        self, look: Look, texts: Texts, title: Message, yes: Message, parent: QWidget | None, *, danger: bool = False
    ) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self.setWindowTitle(texts(title))
        self.setModal(True)
        self.setMinimumWidth(look.theme.px(480))
        self.note_field = QPlainTextEdit(self)
        self.note_field.setTabChangesFocus(True)
        self.note_field.setFixedHeight(look.theme.px(64))
        self.yes = push_button(texts(yes), "danger" if danger else "primary", self)
        self.yes.clicked.connect(self.accept)
        self.no = push_button(texts(N_("Cancel")), "", self)
        self.no.clicked.connect(self.reject)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.no)
        buttons.addWidget(self.yes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(16)
        layout.addLayout(self.body, 1)
        layout.addLayout(buttons)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._on_ctrl_enter)

    def showEvent(self, event: QShowEvent) -> None:
        """Be high enough for texts that wrap, which a size hint does not know of."""
        layout = self.layout()
        if layout is not None:
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))
        super().showEvent(event)

    def note(self) -> str:
        """What the person wrote."""
        return self.note_field.toPlainText().strip()

    def add_points(self, points: tuple[Message, ...]) -> None:
        """Say what will happen, point by point; the first as a heading."""
        for number, point in enumerate(points):
            line = QLabel(self._texts(point), self)
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setWordWrap(True)
            if not number:
                line.setProperty("role", "heading")
            self.body.addWidget(line)

    def add_note(self, label: str) -> None:
        """Ask for the note under what stands there already."""
        caption = QLabel(label, self)
        caption.setProperty("role", "muted")
        caption.setBuddy(self.note_field)
        self.note_field.setAccessibleName(label)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(caption)
        words.addWidget(self.note_field)
        self.body.addLayout(words)

    def _on_ctrl_enter(self) -> None:
        if self.yes.isEnabled():
            self.accept()


class ActDialog(Asking):
    """Asks one of ``questions``; where the rules want a reason, the answer waits until it is written."""

    def __init__(self, look: Look, texts: Texts, ask: Question, parent: QWidget | None = None) -> None:
        super().__init__(look, texts, ask.title, ask.yes, parent, danger=ask.danger)
        self._required = ask.required
        self.add_points(ask.points)
        if ask.facts:
            self.body.addWidget(self._facts(ask.facts))
        self.add_note(texts(ask.label))
        self.note_field.textChanged.connect(self._on_note)
        self.note_field.setFocus()
        self._on_note()

    @property
    def yes_button(self) -> QPushButton:
        """The button that answers yes."""
        return self.yes

    def _facts(self, facts: tuple[Message, ...]) -> QWidget:
        card = QFrame(self)
        card.setProperty("surface", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        for fact in facts:
            line = QLabel(self._texts(fact), card)
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setWordWrap(True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(line)
        if len(facts) <= _MOST_FACTS:
            return card
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFixedHeight(self._look.theme.px(150))
        area.setWidget(card)
        return area

    def _on_note(self) -> None:
        self.yes.setEnabled(bool(self.note()) or not self._required)
