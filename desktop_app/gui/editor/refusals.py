"""What stands against the words just typed: others who wrote at the same place, a refusal, a disk that is full.

Each has its line over the sheet and says what can be done; the words themselves stay on the screen.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop_app.desk.editing import OvertakenError
from desktop_app.foundation.errors import CancelledError, KnownError, WrongUsageError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.editor.arrivals import Arrivals
from desktop_app.gui.editor.autosave import REFUSALS
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.editor.saves import Saves
from desktop_app.gui.editor.wording import words_of
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import InlineMessage

_SHOWN = 400  # characters of somebody's words that a line shows; its buttons carry all of them
_MOST_TRIES = 3  # readings in a row after which a refusal is told instead of tried again


class Refusals(QObject):
    """``discarded`` when the person gave unsaved words up; ``refused`` when the story is to be looked at anew."""

    discarded = Signal()
    refused = Signal()

    TAKE = N_("Take theirs")
    COPY = N_("Copy my words")
    DISCARD = N_("Discard")

    def __init__(
        self, texts: Texts, saves: Saves, arrivals: Arrivals, new_line: Callable[[], InlineMessage], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._texts = texts
        self._saves = saves
        self._arrivals = arrivals
        self._document: StoryDocument | None = None
        self._theirs: dict[tuple[str, Field], str] = {}
        self._tries = 0
        self._due = False
        self.overtaken, self.refusal, self.failing = self.lines = (new_line(), new_line(), new_line())
        self.overtaken.dismissed.connect(self._theirs.clear)
        saves.saved.connect(self._on_saved)
        saves.failed.connect(self._on_failed)
        saves.refused.connect(self._on_refused)
        arrivals.came.connect(self._on_came)

    def show_document(self, document: StoryDocument | None) -> None:
        """Watch this document from now on."""
        if self._document is not None:
            self._document.overtaken.disconnect(self._on_overtaken)
        self._document = document
        self._theirs.clear()
        self._tries, self._due = 0, False
        for line in self.lines:
            line.hide()
        if document is not None:
            document.overtaken.connect(self._on_overtaken)

    def may_write_again(self) -> None:
        """The story can be changed again: try what was refused."""
        if not self.refusal.isHidden():
            self._saves.flush()

    # Others wrote here too

    def _on_overtaken(self, theirs: Mapping[tuple[str, Field], str]) -> None:
        self._theirs.update(theirs)
        document = self._document
        if document is None:
            return
        said = []
        for (key, _field), text in self._theirs.items():
            if document.has(key):
                place = _overtaken(document, key, _short(text))
            else:
                place = N_(
                    "A passage was changed elsewhere meanwhile. Yours is on the screen. Theirs: “{text}”", text=text
                )
            said.append(self._texts(place))
        self.overtaken.show_text("\n".join(said), "warning", button=self._texts(self.TAKE), act=self._take_theirs)
        if not all(document.has(key) for key, _field in self._theirs):
            words = "\n".join(self._theirs.values())
            self.overtaken.show_text(
                "\n".join(said), "warning", button=self._texts(N_("Copy theirs")),
                act=lambda: QGuiApplication.clipboard().setText(words),
            )  # fmt: skip

    def _take_theirs(self) -> None:
        document = self._document
        if document is not None:
            for (key, field), text in self._theirs.items():
                document.write(key, field, text, whole=True)
        self.overtaken.dismiss()

    # Saving was refused, or failed

    def _on_refused(self, error: KnownError) -> None:
        document = self._document
        if document is None:
            return
        moved = isinstance(error, OvertakenError | WrongUsageError) and self._tries < _MOST_TRIES
        self._tries += 1
        self._due = moved
        if not moved:
            self.failing.hide()
            words = words_of(document.waiting())
            text = N_(
                "{reason} Your last words are not saved: {words}", reason=self._texts.error(error), words=_short(words)
            )
            self.refusal.show_text(
                self._texts(text), "error", button=self._texts(self.COPY), closable=False,
                act=lambda: QGuiApplication.clipboard().setText(words),
            )  # fmt: skip
            self.refusal.offer_too(self._texts(self.DISCARD), self._discard)
        self._arrivals.again()
        self.refused.emit()

    def _on_came(self) -> None:
        if self._due:
            self._due = False
            self._saves.flush()

    def _discard(self) -> None:
        if self._document is not None:
            self._document.discard()
        self.refusal.hide()
        self.discarded.emit()

    def _on_failed(self, error: KnownError) -> None:
        if not isinstance(error, REFUSALS) and not isinstance(error, CancelledError):
            text = N_("Not saved yet; trying again. {reason}", reason=self._texts.error(error))
            self.failing.show_text(self._texts(text), "warning", closable=False)

    def _on_saved(self) -> None:
        self._tries = 0
        self.failing.hide()
        self.refusal.hide()


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _overtaken(document: StoryDocument, key: str, theirs: str) -> Message:
    number = document.row_of(key) + 1
    if document.placement(key) is not None:
        return N_(
            "Picture {number} was changed elsewhere meanwhile. Yours is on the screen. Theirs: “{text}”",
            number=number, text=theirs,
        )  # fmt: skip
    return N_(
        "Segment {number} was changed elsewhere meanwhile. Yours is on the screen. Theirs: “{text}”",
        number=number, text=theirs,
    )  # fmt: skip
