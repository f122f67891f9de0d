"""Carrying out what the sign-off strip asks for: the dialog first, then the desk on the writer thread."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.desk import duties, publishing, workflow
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.loans import ListedLoan, list_loans
from desktop_app.desk.signatures import Signer
from desktop_app.desk.stories import StoryFile
from desktop_app.domain.comments import NO_WAIVER, CommentWaiver
from desktop_app.domain.findings import Finding
from desktop_app.domain.people import Person
from desktop_app.domain.policy import Step
from desktop_app.foundation.errors import BugError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.acting import ActingDesk
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.review.dialogs import NoteDialog, NoteRequest, SignDialog, Standing, standing_of, statement_of
from desktop_app.gui.review.hand_acts import HANDS
from desktop_app.gui.review.hand_dialogs import hand_dialog
from desktop_app.gui.review.open_comments import NONE_OPEN, OpenComments
from desktop_app.gui.review.release_dialog import ReleaseDialog

SENDER = "review"
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


class ReviewDesk(ActingDesk):
    """Asks and carries out what the sign-off strip asks for; ``export_requested(story)`` goes elsewhere."""

    export_requested = Signal(str)
    publishes_as = SENDER

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, window: QWidget) -> None:
        super().__init__(look, texts, tasks, bus, window)
        self._reading = Latest(tasks, N_("Reading who has the story"), self)
        self.away = False  # whether this is a small archive: what is signed here goes home before anybody goes on

    def open_desk(self, desk: Desk | None) -> None:
        """Take or give back the archive."""
        self._reading.forget()
        super().open_desk(desk)

    def sentence(self, action: str) -> Message:
        """What is said when an act is done."""
        return _SIGNED_AWAY if self.away and action in SIGNING else _DONE[action]

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
        elif self._desk is None or story in self._busy or self._asking or self._reading.waiting:
            return
        elif action == "unassign":
            self.carry_out(action, story, lambda desk: duties.unassign(desk, story, by=person))
        elif action in HANDS:
            asked = hand_dialog(self._look, self._texts, action, file, person, self._window)
            self.ask(asked, lambda: self.carry_out(action, story, asked.job()))
        elif action in SIGNING:
            self._ask_to_sign(action, _step(file, step), file, person, findings, comments, waiting)
        elif action == "release":
            desk, standing = self._desk, standing_of(file, findings, waiting)
            self._reading.ask(
                lambda _progress: list_loans(desk, stories=[story]),
                lambda loans: self._ask_to_release(file, person, standing, loans, comments),
                lambda error: self.said.emit(self._texts.error(error), "error"),
            )
        elif action in NOTES:
            dialog = NoteDialog(self._look, self._texts, NOTES[action], self._window)
            self.ask(dialog, lambda: self._act(action, step, file, person, dialog.note()))
            if _is_signed(action, file, person):
                self.look_for_key(person, dialog)
        else:
            self._act(action, step, file, person, "")

    def _ask_to_release(
        self, file: StoryFile, person: Person, standing: Standing, loans: Sequence[ListedLoan], comments: OpenComments
    ) -> None:
        dialog = ReleaseDialog(self._look, self._texts, file, standing, loans, self._window, comments)
        self.ask(dialog, lambda: self._act("release", None, file, person, "", dialog.comments.waiver()))

    def _ask_to_sign(
        self, action: str, step: Step, file: StoryFile, person: Person, findings: Sequence[Finding],
        comments: OpenComments, waiting: int,
    ) -> None:  # fmt: skip
        statement = statement_of(file, step, person, findings, waiting)
        dialog = SignDialog(self._look, self._texts, statement, self._window, comments)
        self.ask(dialog, lambda: self._act(action, step.name, file, person, dialog.note(), dialog.comments.waiver()))
        self.look_for_key(person, dialog)

    def _act(
        self, action: str, step: str | None, file: StoryFile, person: Person, note: str,
        waiver: CommentWaiver = NO_WAIVER,
    ) -> None:  # fmt: skip
        story = file.story.id

        def run(signer: Signer | None = None) -> None:
            self.carry_out(
                action, story, lambda desk: act(desk, action, step, file, person, note, waiver, signer),
                N_("Signing") if _is_signed(action, file, person) else None,
            )  # fmt: skip

        if _is_signed(action, file, person):
            self.with_signer(story, person, run)
        else:
            run()


def _is_signed(action: str, file: StoryFile, person: Person) -> bool:
    """Whether a key is asked for; nobody is kept from taking a sign-off back for want of one."""
    return action in SIGNING or (action == "withdraw" and file.people.get(person.id, person).key is not None)


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
        "withdraw": lambda: workflow.withdraw(desk, story, by=person, note=note, step=step, signer=signer),
    }
    return acts[action]()
