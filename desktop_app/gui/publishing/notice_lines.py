"""The lines over an open story that say what stands about it beside its steps, each with the acts that answer it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.desk.stories import StoryFile
from desktop_app.domain.people import Person
from desktop_app.foundation.ids import stamp, utc_now
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import InlineMessage
from desktop_app.gui.publishing.notices import notices_of


class NoticeLines(QWidget):
    """One line a notice; ``requested`` has the act that a person asked for. Hidden where there is nothing to say."""

    requested = Signal(str)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self._lines: list[InlineMessage] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def show_file(self, file: StoryFile, person: Person | None, *, writable: bool = True) -> None:
        """Show what stands about a story; nobody can answer where the archive can only be read."""
        found = notices_of(file, person if writable else None, stamp(utc_now()))
        while len(self._lines) < len(found):
            line = InlineMessage(self._look, self._texts(N_("Close")), self)
            self._lines.append(line)
            self._column.addWidget(line)
        for line, notice in zip(self._lines, found, strict=False):
            acts = [(self._texts(label), partial(self.requested.emit, action)) for action, label in notice.acts]
            first, act = acts[0] if acts else ("", None)
            line.show_text(self._texts(notice.text), notice.tone, button=first, act=act, closable=False)
            for text, other in acts[1:]:
                line.offer_too(text, other)
        for line in self._lines[len(found) :]:
            line.hide()
        self.setVisible(bool(found))

    def texts(self) -> list[str]:
        """The sentences shown."""
        return [line.text() for line in self._lines if not line.isHidden()]
