"""Says in an open story that changes which came home wait to be decided: a line over the text, with the way there."""

from PySide6.QtCore import QObject, Signal

from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.kit.message_fold import Urgency
from desktop_app.gui.kit.widgets import InlineMessage
from desktop_app.gui.shell.story_frame import StoryFrame
from desktop_app.gui.shell.story_source import Bench, StorySource


class StoryConflicts(QObject):
    """Follows what waits in one story. The line can be put away; it comes back when there is more or less of it."""

    decide_asked = Signal(str)

    def __init__(self, bench: Bench, story: str, source: StorySource, frame: StoryFrame) -> None:
        super().__init__(frame)
        self._texts, self._story = bench.texts, story
        self.count = 0
        self.message = InlineMessage(bench.look, bench.texts(N_("Close")), frame)
        frame.add_message(self.message, Urgency.CONFLICTS)
        source.waits.connect(self.show_count)

    def show_count(self, count: int) -> None:
        """Say how many wait, as it was read with the story."""
        if count == self.count:
            return
        self.count = count
        if not count:
            self.message.hide()
            return
        said = NN_(
            "{n} change that came home waits to be decided.", "{n} changes that came home wait to be decided.", count
        )
        self.message.show_text(
            self._texts(said), "accent", button=self._texts(N_("Decide…")),
            act=lambda: self.decide_asked.emit(self._story),
        )  # fmt: skip
