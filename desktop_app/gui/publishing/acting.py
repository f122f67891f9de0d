"""Carrying out what lets a story out or takes it back: the question first, then the desk on the writer thread."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtWidgets import QDialog

from desktop_app.desk import correcting, embargoes, publishing, source_changes
from desktop_app.desk.loans import ListedLoan, packages_out
from desktop_app.desk.publishing import SentOut
from desktop_app.desk.stories import StoryFile
from desktop_app.domain.comments import CommentWaiver
from desktop_app.domain.people import Person
from desktop_app.domain.publication import Judgement
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.acting import ActingDesk, Job
from desktop_app.gui.publishing.asking import ActDialog
from desktop_app.gui.publishing.embargo_dialog import EmbargoDialog
from desktop_app.gui.publishing.questions import ASKED, question
from desktop_app.gui.publishing.source_dialog import SourceDialog

SENDER = "publishing"
ACTS = ASKED | {"source", "embargo"}
OVER_THE_TEXT = frozenset({"release-early", "approve-later"})  # what a person answers for with the words on the screen
_DONE: Mapping[str, Message] = MappingProxyType(
    {
        "release-early": N_("Released in an emergency. Another person must approve it."),
        "approve-later": N_("Approved. The credits have your name."),
        "correct": N_("The correction has begun."),
        "give-up": N_("The correction is given up. What was released stands as it was."),
        "unpublish": N_("Unpublished."),
        "republish": N_("Released again."),
        "drop": N_("Dropped."),
        "restore": N_("The story is taken up again."),
        "kill": N_("Done. The history has it."),
        "spare": N_("The request is withdrawn."),
        "source": N_("The new Chinese is taken in."),
        "source-same": N_("Noted: the English stands as it is."),
        "source-reopen": N_("Reopened. It is drafted with the new Chinese."),
        "embargo": N_("Done. The story says until when it stays in."),
        "embargo-confirm": N_("Confirmed."),
        "embargo-refuse": N_("The embargo stays as it was."),
    }
)


class PublishingDesk(ActingDesk):
    """Asks and carries out what lets a story out or takes it back."""

    publishes_as = SENDER

    def sentence(self, action: str) -> Message:
        """What is said when an act is done."""
        return _DONE[action]

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
        elif desk is None or file.story.id in self._busy or self._asking:
            return
        elif action == "source":
            dialog = SourceDialog(self._look, self._texts, self._tasks, desk, file, active, self._window)
            self._ask(dialog, action, file, lambda: lambda desk: dialog.carry_out(desk, file.story.id, person))
        elif action == "embargo":
            asked = EmbargoDialog(self._look, self._texts, file, desk.now(), self._window)
            self._ask(asked, action, file, lambda: lambda desk: asked.carry_out(desk, file.story.id, person))
        elif action == "kill":
            self._tasks.run(
                lambda _progress: (
                    tuple(publishing.sent_out(desk, file.story.id)),
                    tuple(packages_out(desk, file.story.id)),
                ),
                title=N_("Looking what went out"),
                on_done=lambda out: self._ask_plainly(action, file, person, comments, *out),
                on_error=lambda error: self.let_go(file.story.id, error),
                quiet=True,
            )
        else:
            self._ask_plainly(action, file, person, comments)

    def _ask_plainly(
        self, action: str, file: StoryFile, person: Person, comments: frozenset[str], sent: tuple[SentOut, ...] = (),
        packages: tuple[ListedLoan, ...] = (),
    ) -> None:  # fmt: skip
        asked = question(action, file, person, comments=comments, sent=sent, packages=packages)
        dialog = ActDialog(self._look, self._texts, asked, self._window)
        self._ask(dialog, action, file, lambda: job(action, file, person, dialog.note(), comments))

    def _ask(self, dialog: QDialog, action: str, file: StoryFile, made: Callable[[], Job]) -> None:
        self.ask(dialog, lambda: self.carry_out(action, file.story.id, made()))


def job(action: str, file: StoryFile, by: Person, note: str, comments: frozenset[str] = frozenset()) -> Job:
    """What the desk does for an act that goes with a note alone; it runs on the writer thread."""
    story = file.story.id
    jobs: dict[str, Job] = {
        "release-early": lambda desk: publishing.release_early(
            desk, story, by=by, note=note, seen=file.digest, waiver=CommentWaiver(note, comments)
        ),
        "approve-later": lambda desk: publishing.approve_later(
            desk, story, by=by, note=note, seen=file.publication.unapproved[0].digest
        ),
        "correct": lambda desk: correcting.correct(desk, story, by=by, note=note),
        "give-up": lambda desk: correcting.give_up(desk, story, by=by, note=note),
        "unpublish": lambda desk: publishing.unpublish(desk, story, by=by, note=note),
        "republish": lambda desk: publishing.republish(desk, story, by=by, note=note),
        "drop": lambda desk: publishing.drop(desk, story, by=by, note=note),
        "restore": lambda desk: publishing.restore_dropped(desk, story, by=by, note=note),
        "kill": lambda desk: publishing.kill(desk, story, by=by, note=note),
        "spare": lambda desk: publishing.spare(desk, story, by=by, note=note),
        "source-same": lambda desk: source_changes.judge(desk, story, Judgement.NO_EFFECT, by=by, note=note),
        "source-reopen": lambda desk: source_changes.judge(desk, story, Judgement.REOPEN, by=by, note=note),
        "embargo-confirm": lambda desk: embargoes.answer(desk, story, confirm=True, by=by, note=note),
        "embargo-refuse": lambda desk: embargoes.answer(desk, story, confirm=False, by=by, note=note),
    }
    return jobs[action]
