"""Carrying out what changes the state of a story: asked once, the desk on the writer thread, then what came of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.signatures import Signer
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.asking import Asking
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts

Job = Callable[[Desk], Changes]
# Finds the signer of a person and calls the first; the second gets why there is none, None where the person gave up.
Signing = Callable[[Person, Callable[[Signer | None], None], Callable[[KnownError | None], None]], None]
# Looks, while a dialog asks for a statement, whether the person can sign here, and says why not.
Looking = Callable[[Person, QDialog, Callable[[KnownError], None]], None]


class ActingDesk(QObject):
    """Asks and carries out. ``said(text, tone)`` is for people, ``finished(action, story)`` for the window."""

    said = Signal(str, str)
    finished = Signal(str, str)
    acting = Signal(str, bool)  # a story whose state is being changed, or no more
    publishes_as = ""
    """The sender of its changes; who inherits names it."""

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._texts, self._tasks, self._bus, self._window = look, texts, tasks, bus, window
        self._desk: Desk | None = None
        self._busy: set[str] = set()
        self._asking = False  # pressed twice, a button asks once
        self.signing: Signing | None = None
        self.looking: Looking | None = None

    def open_desk(self, desk: Desk | None) -> None:
        """Take or give back the archive."""
        self._desk = desk
        self._busy.clear()
        self._asking = False

    def sentence(self, action: str) -> Message:
        """What is said when an act is done."""
        raise NotImplementedError

    def ask(self, dialog: QDialog, then: Callable[[], None]) -> None:
        """Open a dialog, and go on when it is accepted."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(then)
        dialog.finished.connect(lambda _code: self._end_asking())
        self._asking = True
        dialog.open()

    def begin(self, story: str) -> None:
        """Hold a story until ``carry_out`` has ended or ``let_go`` says why it has not begun."""
        if story not in self._busy:
            self._busy.add(story)
            self.acting.emit(story, True)

    def with_signer(self, story: str, person: Person, run: Callable[[Signer | None], None]) -> None:
        """Run an act that is signed, once the person's key is open; None where they have none."""
        asked_of = self._desk

        def go(signer: Signer | None) -> None:
            if self._desk is asked_of:  # a passphrase may be typed after another archive was opened
                run(signer)

        if self.signing is None or asked_of is None:
            go(None)
        else:
            self.begin(story)
            self.signing(person, go, lambda error: self.let_go(story, error))

    def look_for_key(self, person: Person, dialog: Asking) -> None:
        """While a dialog asks for a statement: let it say why the person cannot sign at this computer."""
        if self.looking is not None:
            self.looking(person, dialog, lambda error: dialog.refuse(f"! {self._texts.error(error)}"))

    def carry_out(self, action: str, story: str, job: Job, title: Message | None = None) -> None:
        """Run an act on the writer thread, and tell what came of it."""
        desk = self._desk
        if desk is None:
            return
        self.begin(story)
        self._tasks.run(
            lambda _progress: job(desk),
            title=title or N_("Changing the state"),
            on_done=lambda changes: self._on_done(action, story, changes),
            on_error=lambda error: self.let_go(story, error),
            writer=True,
        )

    def let_go(self, story: str, error: KnownError | None) -> None:
        """Let a story go that was not changed; no error where the person gave up."""
        self._busy.discard(story)
        self.acting.emit(story, False)
        if error is not None:
            self.said.emit(self._texts.error(error), "error")

    def _on_done(self, action: str, story: str, changes: Changes) -> None:
        self._busy.discard(story)
        self._bus.publish(changes, self.publishes_as)
        self.said.emit(self._texts(self.sentence(action)), "good")
        self.acting.emit(story, False)
        self.finished.emit(action, story)

    def _end_asking(self) -> None:
        self._asking = False
