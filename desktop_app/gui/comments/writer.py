"""A field with its buttons: where a comment, an answer or another wording is written."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMessageBox, QVBoxLayout, QWidget

from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.comments.field import NoteField
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import push_button

_KEY = "Ctrl+Return"


class NoteWriter(QWidget):
    """``posted(text)``, at every change ``written(text)``, and ``given_up`` after asking where words would be lost."""

    posted = Signal(str)
    given_up = Signal()
    written = Signal(str)

    def __init__(
        self, texts: Texts, name: Message, hint: Message, post: Message, parent: QWidget | None = None
    ) -> None:
        """``name`` says what is written, for assistive technology; ``post`` stands on the button."""
        super().__init__(parent)
        self._texts = texts
        self._busy = False
        self._begun = ""
        self.field = NoteField(texts(name), texts(hint), self)
        self.post_button = push_button(texts(post), "primary", self)
        self.post_button.setToolTip(f"{texts(post)} ({_KEY})")
        self.cancel_button = push_button(texts(N_("Cancel")), "", self)
        key = QLabel(_KEY, self)
        key.setProperty("role", "small")
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.post_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        buttons.addWidget(key)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addLayout(buttons)
        self.field.posted.connect(self._post)
        self.field.given_up.connect(self._ask_to_give_up)
        self.field.written.connect(self._on_written)
        self.post_button.clicked.connect(self._post)
        self.cancel_button.clicked.connect(self._ask_to_give_up)
        self.show_text("")

    def show_text(self, text: str, *, begun: str = "") -> None:
        """Go on with a text that was written before; ``begun`` is what nobody would miss."""
        self._begun = begun
        self.field.show_text(text)
        self._allow()

    def show_busy(self, *, busy: bool) -> None:
        """Take no more keys while the text is on its way to the archive."""
        self._busy = busy
        self.field.setReadOnly(busy)
        self._allow()

    def _allow(self) -> None:
        self.post_button.setEnabled(bool(self.field.toPlainText().strip()) and not self._busy)

    def _on_written(self, text: str) -> None:
        self._allow()
        self.written.emit(text)

    def _post(self) -> None:
        text = self.field.text()
        if text.strip() and not self._busy:
            self.posted.emit(text)

    def _ask_to_give_up(self) -> None:
        if self.field.text().strip() in {"", self._begun.strip()}:
            self.given_up.emit()
            return
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self._texts(N_("Comment not posted")))
        box.setText(self._texts(N_("Throw away what you wrote?")))
        drop = box.addButton(self._texts(N_("Throw away")), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self._texts(N_("Go on writing")), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        drop.clicked.connect(self.given_up)
        keep.clicked.connect(lambda _on=False: self.field.setFocus())
        box.open()
