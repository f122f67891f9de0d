"""A person's signing key in the window: opens its dialog, asks what has to be asked, and lets the desk carry it out."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.desk import signing_keys
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.signing_keys import KeyView
from desktop_app.domain.people import Person
from desktop_app.domain.statements import shortened
from desktop_app.foundation.errors import BugError, CancelledError, KnownError
from desktop_app.foundation.key_store import KeyPlace, KeyStore
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.identity.advice import for_the_window
from desktop_app.gui.identity.key_dialog import KeyDialog
from desktop_app.gui.identity.key_questions import NewKeyDialog, NewPassphraseDialog, RetireDialog
from desktop_app.gui.identity.passphrases import PassphraseDialog, Question
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.folders import Folders
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import TaskHandle, Tasks
from desktop_app.gui.kit.texts import Texts

SENDER = "keys"


class KeysDesk(QObject):
    """Opens the dialog of one person's key at a time."""

    failed = Signal(object)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, window: QWidget) -> None:
        super().__init__(window)
        self.look, self.texts, self.tasks, self.bus, self._window = look, texts, tasks, bus, window
        self._desk: Desk | None = None
        self._by: Person | None = None
        self._reading = Latest(tasks, N_("Reading the keys"), self)

    def open_desk(self, desk: Desk | None) -> None:
        """Take or give back the archive."""
        self._desk = desk
        self._reading.forget()

    def show_person(self, person: Person | None) -> None:
        """Say who is at the desk."""
        self._by = person

    def open_key(self, person: Person) -> None:
        """Open the dialog of a person's key, as soon as it is read."""
        self.read(person, self._open)

    def read(self, person: Person, then: Callable[[KeyView], None]) -> None:
        """Read how things stand with a person's key."""
        desk, by = self._desk, self._by
        if desk is not None:
            self._reading.ask(
                lambda _progress: signing_keys.view_key(desk, person, by=by, store=KeyStore()), then, self.failed.emit
            )

    def _open(self, view: KeyView) -> None:
        desk = self._desk
        if desk is not None:
            writable = desk.archive.writable
            dialog = KeyDialog(self.look, self.texts, self._window, view, writable=writable)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            _Talk(self, desk, self._by, dialog, view)
            dialog.open()


class _Talk(QObject):
    """What is said and done in one dialog; it goes with the dialog."""

    def __init__(self, keys: KeysDesk, desk: Desk, by: Person | None, dialog: KeyDialog, view: KeyView) -> None:
        super().__init__(dialog)
        self._keys, self._desk, self._by, self._dialog, self._view = keys, desk, by, dialog, view
        self._job: TaskHandle | None = None  # what the question in front was answered with
        self._question: Question | None = None
        self._over = False
        dialog.finished.connect(self._end)
        dialog.new_asked.connect(self._ask_new)
        dialog.enrol_asked.connect(self._ask_enrol)
        dialog.confirm_asked.connect(
            lambda: self._act(N_("Confirming a key"), self._confirm, N_("The key counts now."))
        )
        dialog.retire_asked.connect(self._ask_retire)
        dialog.export_asked.connect(self._ask_export)
        dialog.private_asked.connect(self._ask_private)
        dialog.take_asked.connect(self._ask_take)

    def _end(self) -> None:
        self._over = True

    # Questions

    def _ask_new(self) -> None:
        question = NewKeyDialog(self._keys.look, self._keys.texts, self._dialog, self._view)

        def make() -> None:
            typed = question.chosen_passphrase()
            question.yes.setEnabled(False)
            self._act(
                N_("Making a key"),
                lambda store: signing_keys.new_key(
                    self._desk, self._view.person, by=self._by, store=store,
                    passphrase=(lambda: typed) if typed is not None else None,
                )[1],
                self._made(), writer=False,
            )  # fmt: skip

        self._open(question, make)

    def _made(self) -> Message:
        name = self._view.person.called
        if signing_keys.is_own(self._view.person, self._by):
            return N_("The key is made.")
        return N_(
            "The key is made, and the history says that {name} did not make it. {name} should soon put a key of their"
            " own in its place.", name=name,
        )  # fmt: skip

    def _ask_retire(self) -> None:
        question = RetireDialog(self._keys.look, self._keys.texts, self._dialog, self._view)

        def retire() -> None:
            reason = question.reason()
            if reason is None:
                raise BugError("a key was to be retired without a reason")
            self._act(
                N_("Retiring a key"),
                lambda _store: signing_keys.retire(self._desk, self._view.person, by=self._by, reason=reason)[1],
                N_("The key is retired."),
            )  # fmt: skip

        self._open(question, retire)

    def _ask_enrol(self) -> None:
        path = self._file_to_open(N_("Enrol a public key"), N_("Public keys (*.pem)"))
        if path is not None:
            self._act(
                N_("Enrolling a key"),
                lambda _store: signing_keys.enrol(
                    self._desk, self._view.person, by=self._by, public=signing_keys.read_public(path)
                )[1],
                N_("The key is enrolled."),
            )

    def _confirm(self, _store: KeyStore) -> Changes:
        return signing_keys.enrol(self._desk, self._view.person, by=self._by)[1]

    def _ask_export(self) -> None:
        path = self._file_to_save(N_("Save the public key"), N_("Public keys (*.pem)"), ".pem")
        if path is not None:
            self._act(
                N_("Writing a file"), lambda _store: self._export(path), N_("Saved as {file}.", file=path.name),
                writer=False,
            )  # fmt: skip

    def _export(self, path: Path) -> Changes:
        signing_keys.export_public(self._desk, self._view.person, path)
        return Changes()

    def _ask_private(self) -> None:
        if self._view.place is KeyPlace.FILE:  # it keeps the passphrase that it has
            self._save_private("")
            return
        question = NewPassphraseDialog(self._keys.look, self._keys.texts, self._dialog, self._view)
        self._open(question, lambda: self._save_private(question.passphrase.first.text()))

    def _save_private(self, typed: str) -> None:
        path = self._file_to_save(N_("Save the private key, sealed"), N_("Private keys (*.json)"), ".json")

        if path is not None:
            save = partial(self._write_private, path, typed)
            self._act(N_("Writing a file"), save, N_("Saved as {file}.", file=path.name), writer=False)

    def _write_private(self, path: Path, typed: str, store: KeyStore) -> Changes:
        signing_keys.export_private(self._desk, self._view.person, path, store=store, passphrase=lambda: typed)
        return Changes()

    def _ask_take(self) -> None:
        path = self._file_to_open(N_("Bring a private key here"), N_("Private keys (*.json)"))
        key = self._view.current
        if path is None or key is None:
            return
        question = PassphraseDialog(
            self._keys.look, self._keys.texts, self._dialog, self._view.person, shortened(key.fingerprint),
            N_("Bring it here"), kept=False,
        )  # fmt: skip

        def take() -> None:
            typed = question.field.text()
            self._act(
                N_("Opening the key"), lambda store: self._take(path, key.fingerprint, typed, store),
                N_("The key is on this computer now."), writer=False,
            )  # fmt: skip

        self._open(question, take)

    def _take(self, path: Path, fingerprint: str, typed: str, store: KeyStore) -> Changes:
        signing_keys.take(path, store=store, passphrase=lambda: typed, wanted=fingerprint)
        return Changes()

    def _open(self, question: Question, yes: Callable[[], None]) -> None:
        self._question = question
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.asked.connect(yes)
        question.finished.connect(self._on_answered)
        question.open()

    def _on_answered(self) -> None:
        self._question = None
        if self._job is not None:
            self._job.cancel()  # the question was closed over it: a keyring may take its time

    def _file_to_open(self, title: Message, kinds: Message) -> Path | None:
        texts = self._keys.texts
        folders = Folders.in_force()
        name, _ = QFileDialog.getOpenFileName(self._dialog, texts(title), folders.start(), texts(kinds))
        if name:
            folders.remember(Path(name))
        return Path(name) if name else None

    def _file_to_save(self, title: Message, kinds: Message, suffix: str) -> Path | None:
        texts = self._keys.texts
        folders = Folders.in_force()
        suggested = folders.start(f"{self._view.person.name}{suffix}")
        name, _ = QFileDialog.getSaveFileName(self._dialog, texts(title), suggested, texts(kinds))
        if name:
            folders.remember(Path(name))
        return (Path(name) if Path(name).suffix else Path(name + suffix)) if name else None

    # Acts

    def _act(self, title: Message, act: Callable[[KeyStore], Changes], done: Message, *, writer: bool = True) -> None:
        """Carry an act out, close its question, and show how things stand then; the dialog may be gone by then.

        What asks the keyring, which may ask the person, leaves the ``writer`` to those who type.
        """

        def ended(changes: Changes) -> None:
            self._job = None
            if self._question is not None:
                self._question.accept()
            self._keys.bus.publish(changes, SENDER)
            if not self._over:
                self._keys.read(self._view.person, lambda view: self._show(view, done))

        self._job = self._keys.tasks.run(
            lambda progress: act(KeyStore(check=progress.check)), title=title, on_done=ended, on_error=self._on_error,
            writer=writer, quiet=True,
        )  # fmt: skip

    def _on_error(self, refused: KnownError) -> None:
        self._job = None
        if isinstance(refused, CancelledError):
            return
        error = for_the_window(refused)
        if self._question is not None:
            self._question.show_error(error)
        elif not self._over:
            self._dialog.show_error(error)
        else:
            self._keys.failed.emit(error)

    def _show(self, view: KeyView, done: Message) -> None:
        if not self._over:
            self._view = view
            self._dialog.show_view(view)
            self._dialog.say(done)
