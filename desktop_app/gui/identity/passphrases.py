"""The questions for a passphrase: the one of a key that signs, and a new one, typed twice."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk.signing_keys import SHORTEST_PASSPHRASE
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import InlineMessage, push_button


def secret_field(parent: QWidget, name: str) -> QLineEdit:
    """A field that shows dots."""
    field = QLineEdit(parent)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field


class NewPassphrase(QWidget):
    """Two fields for a new passphrase, and what is still wrong with it."""

    changed = Signal()

    def __init__(self, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._texts = texts
        self.first = secret_field(self, texts(N_("Passphrase")))
        self.again = secret_field(self, texts(N_("Once more")))
        self._wrong = QLabel(self)
        self._wrong.setProperty("role", "muted")
        self._wrong.setWordWrap(True)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        form.addRow(texts(N_("Passphrase")), self.first)
        form.addRow(texts(N_("Once more")), self.again)
        form.addRow("", self._wrong)
        for field in (self.first, self.again):
            field.textChanged.connect(self._on_changed)
        self._on_changed()

    def is_good(self) -> bool:
        """Whether it is long enough and both are the same."""
        return len(self.first.text().strip()) >= SHORTEST_PASSPHRASE and self.first.text() == self.again.text()

    def _on_changed(self) -> None:
        said = N_("It cannot be got back: whoever forgets it needs a new key.")
        if len(self.first.text().strip()) < SHORTEST_PASSPHRASE:
            said = N_("{n} characters or more; several words in a row are easy to keep in mind.", n=SHORTEST_PASSPHRASE)
        elif self.first.text() != self.again.text():
            said = N_("The two are not the same yet.")
        self._wrong.setText(self._texts(said))
        self.changed.emit()


class Question(QDialog):
    """A dialog of some sentences, a body, and two buttons; ``asked`` on yes, and ``show_error`` says why not.

    It stays open until somebody calls ``accept``: what was asked for may be refused.
    """

    asked = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget, title: Message, yes: Message) -> None:
        super().__init__(parent)
        self._texts = texts
        self.setWindowTitle(texts(title))
        self.setModal(True)
        self.setMinimumWidth(look.theme.px(440))
        self.trouble = InlineMessage(look, texts(N_("Close")), self)
        self.yes = push_button(texts(yes), "primary", self)
        self.yes.setDefault(True)
        self.yes.clicked.connect(self.asked)
        self.no = push_button(texts(N_("Cancel")), "", self)
        self.no.clicked.connect(self.reject)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.no)
        self._buttons.addWidget(self.yes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(14)
        layout.addLayout(self.body)
        layout.addWidget(self.trouble)
        layout.addStretch(1)
        layout.addLayout(self._buttons)

    def say(self, sentence: Message, role: str = "") -> QLabel:
        """Put a sentence under those before."""
        label = QLabel(self._texts(sentence), self)
        label.setWordWrap(True)
        label.setProperty("role", role)
        self.body.addWidget(label)
        return label

    def show_error(self, error: KnownError) -> None:
        """Say why it was refused, and let the person try again."""
        self.trouble.show_text(self._texts.error(error), "error")
        self.yes.setEnabled(True)
        self.fit()

    def fit(self) -> None:
        """Be high enough for texts that wrap, which a size hint does not know of."""
        layout = self.layout()
        assert layout is not None, "it was laid out when it was made"
        layout.activate()
        self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def button(self, text: Message) -> QPushButton:
        """One more button, at the left."""
        made = push_button(self._texts(text), "flat", self)
        self._buttons.insertWidget(0, made)
        return made


class PassphraseDialog(Question):
    """Asks for the passphrase of a key; ``kept`` says that it is asked once for some time."""

    def __init__(
        self, look: Look, texts: Texts, parent: QWidget, person: Person, key: str, yes: Message, *, kept: bool = True
    ) -> None:
        super().__init__(look, texts, parent, N_("Passphrase"), yes)
        self.say(N_("The key of {name} ({key}) is closed with a passphrase.", name=person.called, key=key))
        self.field = secret_field(self, texts(N_("Passphrase")))
        self.body.addWidget(self.field)
        if kept:
            self.say(
                N_(
                    "It is kept in memory alone, and forgotten when Diptych closes, when somebody else sits down,"
                    " or when nothing was signed for 15 minutes."
                ),
                "muted",
            )
        self.field.textChanged.connect(lambda text: self.yes.setEnabled(bool(text)))
        self.asked.connect(lambda: self.yes.setEnabled(False))  # one guess at a time
        self.yes.setEnabled(False)
        self.field.setFocus()
        self.fit()

    def show_error(self, error: KnownError) -> None:
        """Say why it was refused; the next guess is typed over this one."""
        super().show_error(error)
        self.field.selectAll()
        self.field.setFocus()
