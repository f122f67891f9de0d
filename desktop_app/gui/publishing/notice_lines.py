"""The lines over an open story that say what stands about it beside its steps, each with the acts that answer it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.desk.stories import StoryFile
from desktop_app.domain.people import Person
from desktop_app.foundation.ids import stamp, utc_now
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.message_fold import MessageFold
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import InlineMessage
from desktop_app.gui.publishing.notices import notices_of


class NoticeLines(MessageFold):
    """One line a notice, and whatever else is added; ``requested`` has the act that a person asked for."""

    requested = Signal(str)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, texts, parent)
        self._lines: dict[str, InlineMessage] = {}

    def show_file(self, file: StoryFile, person: Person | None, *, writable: bool = True) -> None:
        """Show what stands about a story; nobody can answer where the archive can only be read."""
        found = notices_of(file, person if writable else None, stamp(utc_now()))
        for notice in found:
            line = self._lines.get(notice.key)
            if line is None:
                line = self._lines[notice.key] = InlineMessage(self._look, self._texts(N_("Close")), self)
                self.add(line, notice.urgency)
            self.weigh(line, notice.urgency)
            acts = [(self._texts(label), partial(self.requested.emit, action)) for action, label in notice.acts]
            first, act = acts[0] if acts else ("", None)
            line.show_text(self._texts(notice.text), notice.tone, button=first, act=act, closable=False)
            for text, other in acts[1:]:
                line.offer_too(text, other)
        gone = self._lines.keys() - {notice.key for notice in found}
        for key in gone:
            self._lines[key].hide()

    def texts(self) -> list[str]:
        """The sentences of the notices that stand, folded away or not, the most urgent first."""
        mine = self._lines.values()
        return [message.text() for message in self.standing() if message in mine]
