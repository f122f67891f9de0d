"""The dialog of a person's key: what it is, since when it counts, where its private part lies, and what can be done."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk.signing_keys import KeyView, ending
from desktop_app.domain.statements import PersonKey, grouped, shortened
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.key_store import KeyPlace
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import InlineMessage, push_button

_ON_A_LINE = 8  # groups of four


def lines_of(fingerprint: str) -> str:
    """A fingerprint in two lines of groups."""
    groups = grouped(fingerprint).split(" ")
    return "\n".join(" ".join(groups[at : at + _ON_A_LINE]) for at in range(0, len(groups), _ON_A_LINE))


class KeyDialog(QDialog):
    """Shows a ``KeyView``. Each signal asks for one act; the answer comes as another view, or by ``show_error``."""

    new_asked = Signal()
    enrol_asked = Signal()
    confirm_asked = Signal()
    retire_asked = Signal()
    export_asked = Signal()
    private_asked = Signal()
    take_asked = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget, view: KeyView, *, writable: bool) -> None:
        super().__init__(parent)
        self._look, self._texts, self._writable = look, texts, writable
        self.setModal(True)
        self.setMinimumWidth(look.theme.px(500))
        self.setWindowTitle(texts(N_("Signing key of {name}", name=view.person.called)))
        self.standing = self._label("heading")
        self.fingerprint = self._label()
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(look.theme.px(13))
        self.fingerprint.setFont(fixed)
        self.fingerprint.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.origin = self._label("warning")
        self.told = self._label("muted")
        self.earlier = self._label("muted")
        self.message = InlineMessage(look, texts(N_("Close")), self)
        self.new = self._button(N_("New key…"), self.new_asked)
        self.enrol = self._button(N_("Enrol from a file…"), self.enrol_asked)
        self.confirm = self._button(N_("Confirm"), self.confirm_asked)
        self.take = self._button(N_("Bring it here…"), self.take_asked)
        self.retire = self._button(N_("Retire…"), self.retire_asked)
        self.export = push_button(texts(N_("Export")), "", self)
        menu = QMenu(self.export)
        self.public = menu.addAction(texts(N_("Public key, for an archivist elsewhere…")))
        self.public.triggered.connect(self.export_asked)
        self.private = menu.addAction(texts(N_("Private key, sealed, for another computer of theirs…")))
        self.private.triggered.connect(self.private_asked)
        self.export.setMenu(menu)
        self.close_button = push_button(texts(N_("Close")), "", self)
        self.close_button.clicked.connect(self.accept)
        self._lay_out()
        self.show_view(view)

    def _label(self, role: str = "") -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("role", role)
        return label

    def _button(self, text: Message, asked: SignalInstance) -> QPushButton:
        button = push_button(self._texts(text), "", self)
        button.clicked.connect(asked)
        return button

    def _lay_out(self) -> None:
        card = QFrame(self)
        card.setProperty("surface", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(16, 14, 16, 14)
        inner.setSpacing(8)
        for label in (self.standing, self.fingerprint, self.origin, self.told):
            inner.addWidget(label)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for button in (self.new, self.enrol, self.confirm, self.take, self.export, self.retire):
            acts.addWidget(button)
        acts.addStretch(1)
        acts.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(card)
        layout.addWidget(self.earlier)
        layout.addWidget(self.message)
        layout.addStretch(1)
        layout.addLayout(acts)

    def show_view(self, view: KeyView) -> None:
        """Show how things stand now."""
        key = view.current
        self.standing.setText(self._texts(self._standing(view)))
        self.fingerprint.setVisible(key is not None)
        self.fingerprint.setText(lines_of(key.fingerprint) if key is not None else "")
        self.told.setText("\n".join(self._texts(sentence) for sentence in self._told(view)))
        self.earlier.setVisible(bool(view.earlier))
        rows = [self._texts(N_("Earlier keys; what was signed with them stays valid:"))]
        self.earlier.setText("\n".join([*rows, *(self._row(view, one) for one in view.earlier)]))
        origin = view.origins.get(key.fingerprint) if key is not None else None
        self.origin.setVisible(origin is not None)
        self.origin.setText(self._texts.alone(origin) if origin is not None else "")
        self._show_acts(view)
        self.fit()

    def _show_acts(self, view: KeyView) -> None:
        key, writable, may = view.current, self._writable, view.may_not_enrol is None
        here = view.place is not None
        self.new.setVisible(writable and key is None)
        self.enrol.setVisible(writable and key is None)
        self.confirm.setVisible(writable and may and key is not None and key.waiting)
        self.retire.setVisible(writable and key is not None and view.may_not_retire is None)
        self.take.setVisible(key is not None and not here)
        self.export.setVisible(key is not None)
        self.private.setVisible(here)
        first = next((button for button in (self.confirm, self.new) if not button.isHidden()), self.close_button)
        first.setDefault(True)
        first.setFocus()

    def _standing(self, view: KeyView) -> Message:
        key, name = view.current, view.person.called
        if key is None:
            return N_("{name} has no key", name=name)
        if key.waiting:
            return N_("This key of {name} waits to be confirmed", name=name)
        return N_("{name} signs with this key since {day}", name=name, day=self._day(key.enrolled_at or key.asked_at))

    def _told(self, view: KeyView) -> list[Message]:
        key = view.current
        if key is None:
            who = N_("An archivist confirms a new key.") if view.may_not_enrol is not None else None
            return [N_("Sign-offs are given without a signature, and shown as such."), *([who] if who else [])]
        told = [_PLACES[view.place]]
        if key.waiting:
            told.append(
                N_("Compare the fingerprint with the one on their screen, then confirm it.")
                if view.may_not_enrol is None
                else N_("An archivist confirms it; tell them the fingerprint, by telephone if need be.")
            )
        return told

    def _row(self, view: KeyView, key: PersonKey) -> str:
        ended = N_(
            "{key}  retired {day}: {reason}",
            key=shortened(key.fingerprint), day=self._day(key.retired_at or key.asked_at), reason=ending(key.reason),
        )  # fmt: skip
        origin = view.origins.get(key.fingerprint)
        return self._texts(N_("{key}; {origin}", key=ended, origin=origin) if origin is not None else ended)

    def _day(self, at: str) -> str:
        return self._texts.day(datetime.fromisoformat(at).astimezone().date())

    def show_error(self, error: KnownError) -> None:
        """Say why it was refused."""
        self.message.show_text(self._texts.located(error), "error")
        self.fit()

    def say(self, sentence: Message) -> None:
        """Say what was done."""
        self.message.show_text(self._texts(sentence), "good")
        self.fit()

    def fit(self) -> None:
        """Be high enough for texts that wrap, which a size hint does not know of."""
        layout = self.layout()
        assert layout is not None, "it was laid out when it was made"
        layout.activate()
        self.resize(max(self.width(), layout.sizeHint().width()), layout.totalHeightForWidth(self.width()))


_PLACES: dict[KeyPlace | None, Message] = {
    KeyPlace.KEYRING: N_("Its private part is on this computer, in the system's keyring."),
    KeyPlace.FILE: N_("Its private part is on this computer, in a file with a passphrase."),
    None: N_("Its private part is not on this computer, or the keyring is locked."),
}
