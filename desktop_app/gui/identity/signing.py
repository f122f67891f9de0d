"""Signing in the window: finds the key of the person at the desk, and asks for its passphrase once a session."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.desk.desk import Desk
from desktop_app.desk.signatures import FoundKey, Signer, active_key, demands, find_signer, open_sealed
from desktop_app.desk.signing_keys import list_keys
from desktop_app.domain.people import Person
from desktop_app.domain.statements import shortened
from desktop_app.foundation.errors import KnownError, NotAllowedError
from desktop_app.foundation.key_store import KeyStore
from desktop_app.foundation.messages import N_
from desktop_app.gui.identity.advice import for_the_window
from desktop_app.gui.identity.passphrases import PassphraseDialog
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts

IDLE_MINUTES = 15


class SigningDesk(QObject):
    """Hands signers on. What was opened with a passphrase is kept in memory until it was not used for a while."""

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._texts, self._tasks, self._window = look, texts, tasks, window
        self._desk: Desk | None = None
        self._opened: dict[str, Signer] = {}
        self._sitting: str | None = None
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.setInterval(IDLE_MINUTES * 60_000)
        self.idle.timeout.connect(self.forget)

    def open_desk(self, desk: Desk | None) -> None:
        """Take or give back the archive; with another archive every passphrase is asked anew."""
        self._desk = desk
        self.forget()

    def show_person(self, person: Person | None) -> None:
        """Say who is at the desk; whoever sits down finds no key that somebody opened before."""
        sitting = person.id if person is not None else None
        if sitting != self._sitting:
            self._sitting = sitting
            self.forget()

    def forget(self) -> None:
        """Keep no private key any longer."""
        self.idle.stop()
        self._opened.clear()

    def with_signer(
        self, person: Person, then: Callable[[Signer | None], None], refused: Callable[[KnownError | None], None]
    ) -> None:
        """Call ``then`` with the person's signer, None where they have no key.

        ``refused`` gets why there is none, None where the person gave the question up.
        """
        desk = self._desk
        if desk is None:
            refused(None)
            return

        def found(key: FoundKey | None) -> None:
            if key is None or key.signer is not None:
                then(key.signer if key is not None else None)
            elif key.fingerprint in self._opened:
                self.idle.start()
                then(self._opened[key.fingerprint])
            else:
                self._ask(person, key, then, refused)

        self._tasks.run(
            lambda progress: _found(desk, person, progress), title=N_("Looking for the key"), on_done=found,
            on_error=lambda error: refused(for_the_window(error)), quiet=True,
        )  # fmt: skip

    def look(self, person: Person, dialog: QDialog, refused: Callable[[KnownError], None]) -> None:
        """While ``dialog`` asks for a sign-off: call ``refused`` with why the person cannot sign at this computer."""
        desk = self._desk
        if desk is not None:
            looking = Latest(self._tasks, N_("Looking for the key"), dialog)
            dialog.finished.connect(looking.forget)
            looking.ask(
                lambda progress: _found(desk, person, progress), lambda _key: None,
                lambda error: refused(for_the_window(error)),
            )  # fmt: skip

    def _ask(
        self, person: Person, key: FoundKey, then: Callable[[Signer | None], None],
        refused: Callable[[KnownError | None], None],
    ) -> None:  # fmt: skip
        dialog = PassphraseDialog(self._look, self._texts, self._window, person, shortened(key.fingerprint), N_("Sign"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        opening = Latest(self._tasks, N_("Opening the key"), dialog)

        def opened(signer: Signer) -> None:
            self._opened[signer.fingerprint] = signer
            self.idle.start()
            dialog.done(QDialog.DialogCode.Accepted)
            then(signer)

        def ask() -> None:
            typed, sealed = dialog.field.text(), key.sealed or b""
            opening.ask(lambda _progress: open_sealed(sealed, key.fingerprint, typed), opened, dialog.show_error)

        dialog.asked.connect(ask)
        dialog.rejected.connect(opening.forget)
        dialog.rejected.connect(lambda: refused(None))
        dialog.open()


def _found(desk: Desk, person: Person, progress: Progress) -> FoundKey | None:
    """As ``find_signer``; where the house demands signatures nobody signs without a key.

    Raises:
        CancelledError: nobody waits for it any more.
        NotAllowedError: as there, or there is no key and one is demanded; the way out is said in the window's words.
    """
    if active_key(desk, person) is None and demands(desk):
        current = list_keys(desk).current(person.id)
        if current is not None and current.waiting:
            raise NotAllowedError(
                N_(
                    "This archive demands a signature, and the key of {name} waits to be confirmed.", name=person.called
                ),
                advice=N_("An archivist confirms it under People ▸ Signing key…"),
            )
        raise NotAllowedError(
            N_("This archive demands a signature, and {name} has no key.", name=person.called),
            advice=N_("Make one under People ▸ Signing key…; an archivist confirms it."),
        )
    return find_signer(desk, person, KeyStore(check=progress.check))
