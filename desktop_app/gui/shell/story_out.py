"""Says in an open story that somebody has it offline: a line over the text, and a fact among the details."""

import logging

from PySide6.QtCore import QObject

from desktop_app.desk.desk import Changes
from desktop_app.desk.loans import ListedLoan, holders, list_loans
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.ids import moment
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.message_fold import Urgency
from desktop_app.gui.kit.widgets import InlineMessage
from desktop_app.gui.library.out import out_text
from desktop_app.gui.shell.story_frame import StoryFrame
from desktop_app.gui.shell.story_source import Bench

_log = logging.getLogger(__name__)


class StoryOut(QObject):
    """Follows the loans of one story. The line can be put away; it comes back when the story is packed again."""

    def __init__(self, bench: Bench, story: str, frame: StoryFrame) -> None:
        super().__init__(frame)
        self._desk, self._texts, self._story, self._frame = bench.desk, bench.texts, story, frame
        self._reading = Latest(bench.tasks, N_("Reading who has the story"), self)
        self._shown: tuple[str, ...] = ()
        self.message = InlineMessage(bench.look, bench.texts(N_("Close")), frame)
        frame.add_message(self.message, Urgency.OUT)
        bench.bus.changed.connect(self._on_changed)
        self._ask()

    def stop(self) -> None:
        """Want nothing of the archive any more."""
        self._reading.forget()

    def _on_changed(self, changes: object, _sender: str) -> None:
        if isinstance(changes, Changes) and self._story in changes.stories:
            self._ask()

    def _ask(self) -> None:
        desk, story = self._desk, self._story
        self._reading.ask(lambda _progress: list_loans(desk, stories=[story]), self._take, _pass_over)

    def _take(self, loans: list[ListedLoan]) -> None:
        out = tuple(f"{one.loan.id} {one.loan.edition}" for one in loans)
        if out == self._shown:
            return
        self._shown = out
        self._frame.details.show_out(out_text(loans, self._texts) if loans else "")
        if not loans:
            self.message.hide()
            return
        first = holders(loans)[0]
        back = first.loan.returned_at
        day = self._texts.day(moment(back or first.loan.at).astimezone().date())
        if back is not None and first.called is not None:
            said = N_("{name} sent it home on {day} and may go on offline; what comes later is merged too.",
                      name=first.called, day=day)  # fmt: skip
        elif first.called is not None:
            said = N_(
                "{name} has it offline since {day}. You can go on working: both sides are merged.",
                name=first.called, day=day,
            )  # fmt: skip
        else:
            said = N_("It is out since {day}. You can go on working: both sides are merged.", day=day)
        self.message.show_text(self._texts(said), "accent")


def _pass_over(error: KnownError) -> None:
    """A hint that is missing is no reason to disturb anybody; the reading of the story tells of a broken archive."""
    _log.info("who has the story could not be read: %s", error)
