"""Carrying out what lets a story out or takes it back: the question first, then the desk on the writer thread."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.desk import publishing, source_changes
from desktop_app.desk.desk import Desk
from desktop_app.desk.loans import ListedLoan, packages_out
from desktop_app.desk.publishing import SentOut
from desktop_app.desk.signatures import Signer
from desktop_app.desk.source_changes import Pending
from desktop_app.desk.stories import StoryFile
from desktop_app.domain.people import Person
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.acting import ActingDesk, Job
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.publishing.asking import ActDialog
from desktop_app.gui.publishing.deeds import DEEDS, Doing, job, question
from desktop_app.gui.publishing.embargo_dialog import EmbargoDialog
from desktop_app.gui.publishing.source_dialog import SourceDialog

SENDER = "publishing"
ACTS = frozenset(DEEDS)
JUDGING = frozenset({"source-same", "source-reopen"})  # whose dialog shows what is judged
STATED = frozenset({"approve-later"})  # what somebody who has a key puts a signature under
OVER_THE_TEXT = frozenset({"release-early", "approve-later"})  # what a person answers for with the words on the screen


class PublishingDesk(ActingDesk):
    """Asks and carries out what lets a story out or takes it back."""

    publishes_as = SENDER

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, window: QWidget) -> None:
        super().__init__(look, texts, tasks, bus, window)
        self._reading = Latest(tasks, N_("Looking what went out"), self)

    def open_desk(self, desk: Desk | None) -> None:
        """Take or give back the archive."""
        self._reading.forget()
        super().open_desk(desk)

    def sentence(self, action: str) -> Message:
        """What is said when an act is done."""
        return DEEDS[action].done

    def request(
        self, action: str, file: StoryFile, person: Person | None, comments: frozenset[str] = frozenset(),
        active: str = "",
    ) -> None:  # fmt: skip
        """Do what was asked for, after its dialog. The editor is flushed before this is called.

        ``comments`` are the ids of those that are open, ``active`` the segment or picture at which the person is.
        """
        desk = self._desk
        if person is None:
            self.said.emit(self._texts(N_("Choose who is at the desk first.")), "warning")
        elif desk is None or file.story.id in self._busy or self._asking or self._reading.waiting:
            return
        elif action == "source":
            dialog = SourceDialog(self._look, self._texts, self._tasks, desk, file, active, self._window)
            self._ask(dialog, action, file, lambda: lambda desk: dialog.carry_out(desk, file.story.id, person))
        elif action == "embargo":
            asked = EmbargoDialog(self._look, self._texts, file, desk.now(), self._window)
            self._ask(asked, action, file, lambda: lambda desk: asked.carry_out(desk, file.story.id, person))
        elif action == "kill":
            self._reading.ask(
                lambda _progress: (
                    tuple(publishing.sent_out(desk, file.story.id)),
                    tuple(packages_out(desk, file.story.id)),
                ),
                lambda out: self._ask_plainly(action, file, person, comments, *out),
                lambda error: self.said.emit(self._texts.error(error), "error"),
            )
        elif action in JUDGING:
            self._reading.ask(
                lambda _progress: source_changes.to_judge(desk, file),
                lambda changed: self._ask_plainly(action, file, person, comments, changed=changed),
                lambda error: self.said.emit(self._texts.error(error), "error"),
            )
        else:
            self._ask_plainly(action, file, person, comments)

    def _ask_plainly(
        self, action: str, file: StoryFile, person: Person, comments: frozenset[str], sent: tuple[SentOut, ...] = (),
        packages: tuple[ListedLoan, ...] = (), changed: Sequence[Pending] = (),
    ) -> None:  # fmt: skip
        asked = question(action, file, person, comments=comments, sent=sent, packages=packages, changed=changed)
        dialog = ActDialog(self._look, self._texts, asked, self._window)

        def doing() -> Doing:
            return Doing(file, person, dialog.note(), comments)

        if action in STATED:
            self.ask(dialog, lambda: self._state(action, doing()))
            self.look_for_key(person, dialog)
        else:
            self._ask(dialog, action, file, lambda: job(action, doing()))

    def _state(self, action: str, doing: Doing) -> None:
        """Carry out what is a statement as a sign-off is: somebody who has a key puts a signature under it."""
        story = doing.file.story.id

        def run(signer: Signer | None) -> None:
            self.carry_out(action, story, job(action, replace(doing, signer=signer)), N_("Signing"))

        self.with_signer(story, doing.by, run)

    def _ask(self, dialog: QDialog, action: str, file: StoryFile, made: Callable[[], Job]) -> None:
        self.ask(dialog, lambda: self.carry_out(action, file.story.id, made()))
