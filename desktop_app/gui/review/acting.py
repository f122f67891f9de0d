"""Carrying out what the sign-off strip asks for: the dialog first, then the desk on the writer thread."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.desk import duties, publishing, workflow
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.signatures import Signer
from desktop_app.desk.stories import StoryFile
from desktop_app.domain.comments import NO_WAIVER, CommentWaiver
from desktop_app.domain.findings import Finding
from desktop_app.domain.people import Person
from desktop_app.domain.policy import Step
from desktop_app.foundation.errors import BugError, KnownError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.review.dialogs import NoteDialog, NoteRequest, SignDialog, statement_of
from desktop_app.gui.review.hand_acts import HANDS
from desktop_app.gui.review.hand_dialogs import Job, hand_dialog
from desktop_app.gui.review.open_comments import NONE_OPEN, OpenComments

SENDER = "review"
# Finds the signer of a person and calls the first; the second gets why there is none, None where the person gave up.
Signing = Callable[[Person, Callable[[Signer | None], None], Callable[[KnownError | None], None]], None]
# Looks, while a dialog asks for a sign-off, whether the person can sign here, and says why not.
Looking = Callable[[Person, QDialog, Callable[[KnownError], None]], None]
SIGNING = frozenset({"submit", "sign", "approve"})

NOTES: Mapping[str, NoteRequest] = MappingProxyType(
    {
        "return": NoteRequest(
            N_("Return to the drafter"),
            N_("The story goes back to its drafter. All sign-offs so far stop counting and stay in the history."),
            N_("Return"),
            N_("What should be done (the drafter reads this)"),
        ),
        "withdraw": NoteRequest(
            N_("Withdraw a sign-off"),
            N_("Your sign-off stops counting. It stays in the history, with your reason."),
            N_("Withdraw"),
            N_("Reason"),
        ),
        "release": NoteRequest(
            N_("Release the story"),
            N_("The approved text is released. After this it changes by correction alone."),
            N_("Release"),
            N_("Note"),
            required=False,
            with_note=False,
        ),
    }
)
_DONE: Mapping[str, Message] = MappingProxyType(
    {
        "submit": N_("Submitted. The reviser can claim it now."),
        "claim": N_("Claimed. The story is in your hands."),
        "unclaim": N_("Given back. Anybody who may take it can claim it now."),
        "recall": N_("Recalled. The draft is yours again."),
        "reassign": N_("Handed on."),
        "assign": N_("Assigned."),
        "unassign": N_("The assignment is taken away."),
        "sign": N_("Signed."),
        "approve": N_("Approved."),
        "release": N_("Released."),
        "return": N_("Returned to the drafter."),
        "withdraw": N_("The sign-off is withdrawn."),
    }
)
_SIGNED_AWAY = N_("Signed. “Pack to send home…” brings it to those who go on.")


class ReviewDesk(QObject):
    """Asks and carries out. ``said(text, tone)`` is for people, ``finished(action, story)`` for the window."""

    said = Signal(str, str)
    export_requested = Signal(str)
    finished = Signal(str, str)
    acting = Signal(str, bool)  # a story whose state is being changed, or no more

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._texts, self._tasks, self._bus, self._window = look, texts, tasks, bus, window
        self._desk: Desk | None = None
        self._busy: set[str] = set()
        self._asking = False  # pressed twice, a button asks once
        self.signing: Signing | None = None
        self.looking: Looking | None = None
        self.away = False  # whether this is a small archive: what is signed here goes home before anybody goes on

    def open_desk(self, desk: Desk | None) -> None:
        """Take or give back the archive."""
        self._desk = desk
        self._busy.clear()
        self._asking = False

    def request(
        self, action: str, step: str | None, file: StoryFile, person: Person | None, findings: Sequence[Finding],
        comments: OpenComments = NONE_OPEN, waiting: int = 0,
    ) -> None:  # fmt: skip
        """Do what was asked for: at once, or after its dialog. The editor is flushed before this is called.

        ``comments`` are those that are open: the person is shown them, and says why they may stay so. ``waiting`` is
        how many changes that came home are not decided; whoever signs is told.
        """
        story = file.story.id
        if action == "export":
            self.export_requested.emit(story)
        elif person is None:
            self.said.emit(self._texts(N_("Choose who is at the desk first.")), "warning")
        elif self._desk is None or story in self._busy or self._asking:
            return
        elif action == "unassign":
            self._do(action, story, lambda desk: duties.unassign(desk, story, by=person))
        elif action in HANDS:
            asked = hand_dialog(self._look, self._texts, action, file, person, self._window)
            self._ask(asked, lambda: self._do(action, story, asked.job()))
        elif action in SIGNING:
            self._ask_to_sign(action, _step(file, step), file, person, findings, comments, waiting)
        elif action in NOTES:
            shown = comments if action == "release" else NONE_OPEN
            dialog = NoteDialog(self._look, self._texts, NOTES[action], self._window, shown)
            self._ask(
                dialog, lambda: self._carry_out(action, step, file, person, dialog.note(), dialog.comments.waiver())
            )
        else:
            self._carry_out(action, step, file, person, "")

    def _ask_to_sign(
        self, action: str, step: Step, file: StoryFile, person: Person, findings: Sequence[Finding],
        comments: OpenComments, waiting: int,
    ) -> None:  # fmt: skip
        statement = statement_of(file, step, person, findings, waiting)
        dialog = SignDialog(self._look, self._texts, statement, self._window, comments)
        self._ask(
            dialog, lambda: self._carry_out(action, step.name, file, person, dialog.note(), dialog.comments.waiver())
        )
        if self.looking is not None:
            self.looking(person, dialog, dialog.show_refused)

    def _ask(self, dialog: QDialog, then: Callable[[], None]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(then)
        dialog.finished.connect(lambda _code: self._end_asking())
        self._asking = True
        dialog.open()

    def _end_asking(self) -> None:
        self._asking = False

    def _carry_out(
        self, action: str, step: str | None, file: StoryFile, person: Person, note: str,
        waiver: CommentWaiver = NO_WAIVER,
    ) -> None:  # fmt: skip
        desk, story = self._desk, file.story.id
        if desk is None:
            return
        self._busy.add(story)
        self.acting.emit(story, True)
        if action in SIGNING and self.signing is not None:
            self.signing(
                person,
                lambda signer: self._run(desk, action, step, file, person, note, waiver, signer),
                lambda error: self._on_error(story, error),
            )
        else:
            self._run(desk, action, step, file, person, note, waiver)

    def _do(self, action: str, story: str, job: Job) -> None:
        """Run what a dialog about whose turn it is has asked for."""
        desk = self._desk
        if desk is None:
            return
        self._busy.add(story)
        self.acting.emit(story, True)
        self._tasks.run(
            lambda _progress: job(desk),
            title=N_("Changing the state"),
            on_done=lambda changes: self._on_done(action, story, changes),
            on_error=lambda error: self._on_error(story, error),
            writer=True,
        )

    def _run(
        self, desk: Desk, action: str, step: str | None, file: StoryFile, person: Person, note: str,
        waiver: CommentWaiver, signer: Signer | None = None,
    ) -> None:  # fmt: skip
        story = file.story.id
        self._tasks.run(
            lambda _progress: act(desk, action, step, file, person, note, waiver, signer),
            title=N_("Signing") if action in SIGNING else N_("Changing the state"),
            on_done=lambda changes: self._on_done(action, story, changes),
            on_error=lambda error: self._on_error(story, error),
            writer=True,
        )

    def _on_done(self, action: str, story: str, changes: Changes) -> None:
        self._busy.discard(story)
        self._bus.publish(changes, SENDER)
        self.said.emit(self._texts(_SIGNED_AWAY if self.away and action in SIGNING else _DONE[action]), "good")
        self.acting.emit(story, False)
        self.finished.emit(action, story)

    def _on_error(self, story: str, error: KnownError | None) -> None:
        """Let the story go; no error where the person gave up signing."""
        self._busy.discard(story)
        self.acting.emit(story, False)
        if error is None:
            return
        self.said.emit(self._texts.error(error), "error")


def _step(file: StoryFile, name: str | None) -> Step:
    step = file.policy.step(name) if name else file.situation.open_step()
    if step is None:
        raise BugError(f"the strip asked for a step that the policy lacks: {name}")
    return step


def act(
    desk: Desk, action: str, step: str | None, file: StoryFile, person: Person, note: str,
    waiver: CommentWaiver = NO_WAIVER, signer: Signer | None = None,
) -> Changes:  # fmt: skip
    """Run on the writer thread: the desk's act of this name."""
    story, seen = file.story.id, file.digest
    acts: dict[str, Callable[[], Changes]] = {
        "submit": lambda: workflow.submit(desk, story, by=person, note=note, seen=seen, waiver=waiver, signer=signer),
        "sign": lambda: workflow.sign(
            desk, story, step=step, by=person, note=note, seen=seen, waiver=waiver, signer=signer
        ),
        "approve": lambda: workflow.sign(
            desk, story, step=step, by=person, note=note, seen=seen, waiver=waiver, signer=signer
        ),
        "claim": lambda: workflow.claim(desk, story, by=person),
        "release": lambda: publishing.release(desk, story, by=person, waiver=waiver),
        "return": lambda: workflow.give_back(desk, story, by=person, note=note),
        "withdraw": lambda: workflow.withdraw(desk, story, by=person, note=note, step=step),
    }
    return acts[action]()
