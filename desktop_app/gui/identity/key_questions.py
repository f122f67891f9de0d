"""What is asked before a key is made or retired: each says first what will happen."""

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QWidget

from desktop_app.desk.signing_keys import KeyView
from desktop_app.domain.statements import KeyEnd, shortened
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.identity.passphrases import NewPassphrase, Question
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts

_REASONS: dict[KeyEnd, Message] = {
    KeyEnd.LOST: N_("It is lost, or somebody else may have it"),
    KeyEnd.REPLACED: N_("A new key takes its place"),
    KeyEnd.LEFT: N_("The person has left the house"),
}


class NewKeyDialog(Question):
    """Asks where a new key is to be kept: in the keyring, or in a file with a passphrase."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget, view: KeyView) -> None:
        super().__init__(look, texts, parent, N_("New key"), N_("Make the key"))
        name = view.person.called
        self.say(N_("A key for {name} is made on this computer. Make it where {name} works.", name=name))
        if view.keyring is not None:
            self.say(N_("Its private part goes into the system's keyring ({keyring}), and into no archive.",
                        keyring=view.keyring))  # fmt: skip
        else:
            self.say(N_("This system has no keyring: its private part goes into a file that a passphrase opens."))
        self.in_file = QCheckBox(texts(N_("Keep it in a file with a passphrase instead")), self)
        self.in_file.setVisible(view.keyring is not None)
        self.in_file.setChecked(view.keyring is None)
        self.body.addWidget(self.in_file)
        self.passphrase = NewPassphrase(texts, self)
        self.body.addWidget(self.passphrase)
        self.say(
            N_("It counts at once.")
            if view.may_not_enrol is None
            else N_("It counts as soon as an archivist confirms it."),
            "muted",
        )
        self.in_file.toggled.connect(self._fit_choice)
        self.passphrase.changed.connect(self._fit_choice)
        self._fit_choice()
        (self.yes if view.keyring is not None else self.passphrase.first).setFocus()

    def chosen_passphrase(self) -> str | None:
        """The passphrase for a file; None for the keyring."""
        return self.passphrase.first.text() if self.in_file.isChecked() else None

    def _fit_choice(self) -> None:
        self.passphrase.setVisible(self.in_file.isChecked())
        self.yes.setEnabled(not self.in_file.isChecked() or self.passphrase.is_good())
        self.fit()


class NewPassphraseDialog(Question):
    """Asks for a passphrase that seals a private key for its way to another computer."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget, view: KeyView) -> None:
        super().__init__(look, texts, parent, N_("Private key for another computer"), N_("Choose the file…"))
        self.say(N_("The private key of {name} is written as a file that a passphrase opens.", name=view.person.called))
        self.say(N_("Whoever has the file and the passphrase signs as {name}.", name=view.person.called), "warning")
        self.passphrase = NewPassphrase(texts, self)
        self.body.addWidget(self.passphrase)
        self.passphrase.changed.connect(lambda: self.yes.setEnabled(self.passphrase.is_good()))
        self.yes.setEnabled(False)
        self.passphrase.first.setFocus()
        self.fit()


class RetireDialog(Question):
    """Asks why a key is to count no more."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget, view: KeyView) -> None:
        super().__init__(look, texts, parent, N_("Retire a key"), N_("Retire"))
        key = shortened(view.current.fingerprint) if view.current is not None else ""
        self.say(N_("Nothing that is signed with the key {key} from now on counts.", key=key))
        self.say(N_("What was signed with it so far stays valid. A retired key never comes back."), "muted")
        self._group = QButtonGroup(self)
        self.reasons: dict[KeyEnd, QRadioButton] = {}
        for reason, title in _REASONS.items():
            button = QRadioButton(texts(title), self)
            self.reasons[reason] = button
            self._group.addButton(button)
            self.body.addWidget(button)
        self._group.buttonClicked.connect(lambda _button: self.yes.setEnabled(True))
        self._group.buttonToggled.connect(lambda _button, _on: self.yes.setEnabled(self.reason() is not None))
        self.yes.setEnabled(False)
        self.fit()
        self.reasons[KeyEnd.LOST].setFocus()

    def reason(self) -> KeyEnd | None:
        """What is chosen."""
        return next((reason for reason, button in self.reasons.items() if button.isChecked()), None)
