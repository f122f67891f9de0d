"""The question that goes before an act: what will happen, a note, and two buttons."""

from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import push_button


class Asking(QDialog):
    """A dialog of one question: its parts in ``body``, a note, and two buttons; Ctrl+Enter answers yes.

    It opens with the keyboard in a field, or on Cancel, never on yes: what a person types into it by mistake decides
    nothing.
    """

    def __init__(self, texts: Texts, title: str, yes: str, parent: QWidget | None, *, danger: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.note_field = QPlainTextEdit(self)
        self.note_field.setTabChangesFocus(True)
        self.yes = push_button(yes, "danger" if danger else "primary", self)
        self.yes.clicked.connect(self.accept)
        self.no = push_button(texts(N_("Cancel")), "", self)
        self.no.clicked.connect(self.reject)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.trouble = QLabel(self)
        self.trouble.setProperty("role", "error")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.no)
        buttons.addWidget(self.yes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(16)
        layout.addLayout(self.body, 1)
        layout.addWidget(self.trouble)
        layout.addLayout(buttons)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._on_ctrl_enter)

    @property
    def yes_button(self) -> QPushButton:
        """The button that answers yes."""
        return self.yes

    def note(self) -> str:
        """What the person wrote."""
        return self.note_field.toPlainText().strip()

    def refuse(self, said: str) -> None:
        """Say why it cannot be answered with yes here, before anything is written for nothing."""
        self.trouble.setText(said)
        self.trouble.show()
        self.note_field.setEnabled(False)
        self.yes.setEnabled(False)
        self.no.setFocus()
        layout = self.layout()
        assert layout is not None, "it was laid out when it was made"
        layout.activate()
        self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def add_note(self, label: str, height: int) -> None:
        """Ask for the note under what stands there already; ``height`` in pixels."""
        caption = QLabel(label, self)
        caption.setProperty("role", "muted")
        caption.setBuddy(self.note_field)
        self.note_field.setAccessibleName(label)
        self.note_field.setFixedHeight(height)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(caption)
        words.addWidget(self.note_field)
        self.body.addLayout(words)

    def _on_ctrl_enter(self) -> None:
        if self.yes.isEnabled():
            self.accept()

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        """Be high enough for texts that wrap, which a size hint does not know of."""
        layout = self.layout()
        if layout is not None:
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))
        super().showEvent(event)
