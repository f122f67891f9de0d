"""Completion at the caret: when to propose, what the keys do with the proposals, and what is put in.

Tab takes the first proposal, or the one that the arrow keys came to; Enter takes only what they came to, so that
neither does anything of its own while no list is shown. Escape closes the list for this word.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from desktop_app.domain.memory import Match
from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.completion_popup import CompletionPopup
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.rows import Field, side_of
from desktop_app.gui.editor.sheet import Sheet
from desktop_app.gui.editor.spelling import LiveSpelling
from desktop_app.gui.editor.utf16 import units
from desktop_app.gui.kit.habits import Habits
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.language.checks import Pair
from desktop_app.language.completion import Completion, Origin, Proposal, Vocabulary, completions, names_for, words_of
from desktop_app.language.names.in_text import NameUse, names_in_pair
from desktop_app.language.spelling import Speller
from desktop_app.language.terms import TermMention

_ROWS_READ = 500  # rows to either side of the active one whose words are known
_ROWS_OF_NAMES = 150
_MATCHES = 5
_PAUSE = 2500  # ms without a key after which the story's words are gathered
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_NOTHING = Vocabulary(())


class Completing(QObject):
    """Proposes in the live cell of a sheet. ``nothing`` when a person asked and there is nothing, ``failed(error)``."""

    nothing = Signal()
    failed = Signal(object)

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, sheet: Sheet, spelling: LiveSpelling, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._sheet, self._live, self._spelling = sheet, sheet.live, spelling
        self._habits = Habits.in_force()
        self._document: StoryDocument | None = None
        self._story = self._segment = _NOTHING
        self._uses: tuple[NameUse, ...] = ()
        self._found: Sequence[Completion] = ()
        self._dismissed: tuple[str, Field, int] | None = None
        self._typed = False
        self._waiting_at: tuple[str, Field, str, int] | None = None  # where something was typed last
        self._read: tuple[str, ...] = ()
        self._answer: tuple[str, tuple[str, ...], tuple[str, ...]] = ("", (), ())
        self._gathering = Latest(tasks, N_("Gathering the story’s words"), self)
        self._preparing = Latest(tasks, N_("Gathering words to propose"), self)
        self.popup = CompletionPopup(look, texts, parent)
        self.popup.picked.connect(self._take)
        self._settle = self._timer(0, self._on_settled)
        self._gather = self._timer(_PAUSE, self._on_gather)
        self._live.before_key = self._on_key
        self._live.edited.connect(self._on_edited)
        self._live.cursorPositionChanged.connect(self._settle.start)
        self._live.focus_changed.connect(self._on_focus)
        self._live.grew.connect(self._on_grew)
        sheet.activated.connect(self._on_activated)
        sheet.viewed.connect(self.hide)
        spelling.ready.connect(self._on_gather)
        self._habits.changed.connect(self.hide)

    def _timer(self, pause: int, act: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(act)
        return timer

    # What may be proposed

    def show_document(self, document: StoryDocument | None) -> None:
        """Take the words of another story, or of none."""
        self.hide()
        self._document, self._story, self._segment = document, _NOTHING, _NOTHING
        self._read, self._uses, self._answer = (), (), ("", (), ())
        for latest in (self._gathering, self._preparing):
            latest.forget()
        self._gather.stop()
        self._on_gather()

    def show_answer(self, key: str, terms: Iterable[TermMention], matches: Iterable[Match]) -> None:
        """Take what was found for a row: the terms of its source, and what was translated before."""
        wanted = [form for one in terms for form in (one.term.target, one.term.short, *one.term.allowed) if form]
        targets = [match.unit.target for match in matches][:_MATCHES]
        self._answer = (key, tuple(dict.fromkeys(wanted)), tuple(targets))
        self._prepare()

    def complete(self) -> None:
        """Propose now, whatever was typed."""
        self._dismissed = None
        self._propose(asked=True)
        if not self.popup.isVisible():
            self.nothing.emit()

    def hide(self) -> None:
        """Propose nothing more for now."""
        self._found = ()
        if self.popup.isVisible():
            self.popup.hide()

    # When

    def _on_edited(self, _text: str, _whole: bool) -> None:
        self._typed = self._live.typing
        self._settle.start()
        self._gather.start()

    def _on_settled(self) -> None:
        typed, self._typed = self._typed, False
        if typed and self._habits.completing:
            self._waiting_at = self._here()
            self._propose()
        else:
            self._waiting_at = None
            self.hide()

    def _here(self) -> tuple[str, Field, str, int]:
        return self._sheet.key, self._sheet.field, self._live.text(), self._live.cursor_at()

    def _propose_late(self) -> None:
        """Words have come while a person waits behind the last letter typed."""
        if self._waiting_at is not None and self._waiting_at == self._here() and self.popup.chosen < 0:
            self._propose()

    def _propose(self, *, asked: bool = False) -> None:
        live = self._live
        text, at = live.text(), live.cursor_at()
        if not self._may_propose() or (not asked and text[at : at + 1].isalnum()):
            self.hide()
            return
        before = text[:at]
        found = completions(before, (self._segment, self._story), asked=asked)
        if not asked and self._dismissed == (self._sheet.key, self._sheet.field, _word_start(before)):
            found = []
        self._found = found
        if found:
            self.popup.show_proposals(found, self._caret_rect(units(text, max(one.start for one in found))))
        else:
            self.hide()

    def _may_propose(self) -> bool:
        live, sheet = self._live, self._sheet
        return (
            self._spelling.is_english(sheet.key, sheet.field)
            and not live.isReadOnly()
            and not live.is_composing()
            and live.hasFocus()
            and not live.textCursor().hasSelection()
        )

    def _caret_rect(self, at: int) -> QRect:
        cursor = QTextCursor(self._live.document())
        cursor.setPosition(at)
        rect = self._live.cursorRect(cursor)
        return QRect(self._live.viewport().mapTo(self.popup.around, rect.topLeft()), rect.size())

    # The keys

    def _on_key(self, event: QKeyEvent) -> bool:
        if not self.popup.isVisible() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key, chosen, last = event.key(), self.popup.chosen, len(self._found) - 1
        if key == Qt.Key.Key_Escape:
            self._dismissed = (self._sheet.key, self._sheet.field, _word_start(self._before()))
            self.hide()
        elif key == Qt.Key.Key_Down:
            self.popup.choose(min(chosen + 1, last))
        elif key == Qt.Key.Key_Up and chosen >= 0:
            self.popup.choose(chosen - 1)
        elif key == Qt.Key.Key_Tab or (key in _ENTER and chosen >= 0):
            self._take(max(0, chosen))
        else:
            return False
        return True

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._found):
            one = self._found[row]
            self.hide()
            self._live.replace_span(one.start, self._live.cursor_at(), one.text)
            self._live.setFocus(Qt.FocusReason.OtherFocusReason)

    def _before(self) -> str:
        return self._live.text()[: self._live.cursor_at()]

    # The words

    def _on_gather(self) -> None:
        """Read the English round the active row; its words are counted away from the window.

        The cell in hand is left out: its last word is half typed whenever somebody pauses.
        """
        document, speller = self._document, self._spelling.speller
        if document is None or speller is None:
            return
        in_hand = self._sheet.key
        active = document.row_of(in_hand) if document.has(in_hand) else 0
        rows = document.rows[max(0, active - _ROWS_READ) : active + _ROWS_READ]
        texts = tuple(
            document.text(row.key, side_of(Field.TARGET, row.kind))
            for row in rows
            if row.kind is not None and row.key != in_hand
        )
        if texts == self._read:
            return
        self._read = texts
        pairs = [
            Pair(row.key, document.text(row.key, Field.SOURCE), document.text(row.key, Field.TARGET))
            for row in document.rows[max(0, active - _ROWS_OF_NAMES) : active + _ROWS_OF_NAMES]
            if row.kind is not None and row.key != in_hand
        ]

        def gather(progress: Progress) -> tuple[Vocabulary, tuple[NameUse, ...]]:
            uses: list[NameUse] = []
            for pair in pairs:
                progress.check()
                uses += names_in_pair(pair)
            return Vocabulary(words_of(texts, Origin.STORY, speller.known)), tuple(uses)

        self._gathering.ask(gather, self._on_gathered, self.failed.emit)

    def _on_gathered(self, found: tuple[Vocabulary, tuple[NameUse, ...]]) -> None:
        self._story, self._uses = found
        self._prepare()

    def _prepare(self) -> None:
        """Make ready what the active row's source and its matches say."""
        document, speller, sheet = self._document, self._spelling.speller, self._sheet
        if document is None or speller is None or not document.has(sheet.key):
            return
        key, terms, targets = self._answer
        if key != sheet.key:
            terms = targets = ()
        source, uses = document.around(sheet.key).source, self._uses
        self._preparing.ask(
            lambda _progress: _segment_words(source, uses, terms, targets, speller), self._on_prepared, self.failed.emit
        )

    def _on_prepared(self, vocabulary: Vocabulary) -> None:
        self._segment = vocabulary
        self._propose_late()

    # Slots

    def _on_activated(self, _key: str) -> None:
        self.hide()
        self._segment = _NOTHING
        self._prepare()
        self._gather.start()

    def _on_focus(self) -> None:
        if not self._live.hasFocus():
            self.hide()

    def _on_grew(self) -> None:
        if self._live.is_composing():
            self.hide()


def _word_start(before: str) -> int:
    """Where the word begins that ends at the caret."""
    at = len(before)
    while at and (before[at - 1].isalnum() or before[at - 1] in "'’-"):
        at -= 1
    return at


def _segment_words(
    source: str, uses: Sequence[NameUse], terms: Sequence[str], targets: Sequence[str], speller: Speller
) -> Vocabulary:
    proposals = [Proposal(term, Origin.TERM) for term in terms]
    proposals += names_for(source, uses)
    return Vocabulary([*proposals, *words_of(targets, Origin.MEMORY, speller.known)])
