"""Spelling while one types: which words of the live cell no dictionary has, and what may have been meant.

A word is judged once, away from the window, and its verdict kept; a keystroke then costs no more than finding the
words of one segment. The word in which the caret stands while it is typed is not marked before it is finished.
"""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.desk.checking import Examiner
from desktop_app.desk.desk import Changes
from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.editor.sheet import Sheet
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.language.checks.misspellings import is_doubtful, judged_words
from desktop_app.language.checks.pairs import primary
from desktop_app.language.spelling import Speller, words
from desktop_app.language.spelling.proposals import proposals
from desktop_app.language.spelling.rescanning import Found, rescanned

_ENGLISH = frozenset({Field.TARGET, Field.CAPTION_TARGET, Field.ALT})
_LONGEST = 20_000  # characters; in a longer text nobody would find the marks
_KEPT = 50_000  # verdicts
_AT_ONCE = 20  # unknown words of one text after which the others wait for the thread
_SOON = 30  # ms from a keystroke to the job: waking a thread costs up to 5 ms, which the keystroke is not to pay

Word = tuple[str, bool]


class Doubt(NamedTuple):
    """A word that is marked."""

    start: int
    end: int
    word: str


class LiveSpelling(QObject):
    """Marks the live cell of a sheet. ``ready`` when the dictionaries are loaded, ``failed(KnownError)``."""

    ready = Signal()
    failed = Signal(object)

    def __init__(self, tasks: Tasks, bus: ChangeBus, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet, self._live = sheet, sheet.live
        self._opening = Latest(tasks, N_("Opening the dictionaries"), self)
        self._judging = Latest(tasks, N_("Checking the spelling"), self)
        self._document: StoryDocument | None = None
        self._examiner: Examiner | None = None
        self._speller: Speller | None = None
        self._verdicts: dict[Word, bool] = {}
        self._asked: frozenset[Word] = frozenset()
        self._soon, self._moved = QTimer(self), QTimer(self)
        for timer, pause, act in ((self._soon, _SOON, self._judge), (self._moved, 0, self._on_moved)):
            timer.setSingleShot(True)
            timer.setInterval(pause)
            timer.timeout.connect(act)
        self._held: tuple[int, int] | None = None
        self._words: tuple[str, list[Found]] = ("", [])
        self._given: tuple[str, frozenset[str]] = ("", frozenset())
        sheet.marks.spelling = self.spans
        self._live.cursorPositionChanged.connect(self._moved.start)  # Qt tells of the caret before the text
        bus.changed.connect(self._on_changed)

    def use(self, examiner: Examiner | None) -> None:
        """Judge by what this archive knows besides the dictionaries; None judges nothing."""
        self._examiner = examiner
        self._forget()
        if examiner is not None:
            self._open(examiner)

    def show_document(self, document: StoryDocument | None) -> None:
        """Judge the words of another story, or of none."""
        self._document, self._held = document, None

    def is_english(self, key: str, field: Field) -> bool:
        """Whether a text of the story is written in English."""
        document = self._document
        return document is not None and document.has(key) and field in _ENGLISH and (
            primary(document.languages.target) == "en"
        )  # fmt: skip

    @property
    def speller(self) -> Speller | None:
        """What knows the words, None before it is loaded."""
        return self._speller

    def spans(self, key: str, field: Field, text: str) -> list[tuple[int, int]] | None:
        """The words to mark in the live cell's text; None where another text is asked about, or none is judged."""
        if not self._judges(key, field, text):
            return None
        marked, unknown = self._look(text)
        self._held = None
        if self._live.typing:
            caret = self._live.cursor_at()
            self._held = next((span for span in self._spans_of(text) if span[0] < caret <= span[1]), None)
        self._ask(word for span, word in unknown if span != self._held)
        return [span for span in marked if span != self._held]

    def doubts(self) -> list[Doubt]:
        """The marked words of the live cell, also the one that is being typed."""
        sheet, text = self._sheet, self._live.text()
        if not self._judges(sheet.key, sheet.field, text):
            return []
        return [Doubt(start, end, text[start:end]) for start, end in self._look(text)[0]]

    def doubt_at(self, at: int) -> Doubt | None:
        """The marked word at a place of the live cell's text."""
        return next((one for one in self.doubts() if one.start <= at <= one.end), None)

    def proposals(self, word: str) -> list[str]:
        """What may have been meant, the likeliest first. Some 2 ms for a word that was never asked about."""
        return proposals(word, self._speller) if self._speller is not None else []

    # Inside

    def _judges(self, key: str, field: Field, text: str) -> bool:
        here = key == self._sheet.key and field is self._sheet.field
        return here and self._speller is not None and len(text) <= _LONGEST and self.is_english(key, field)

    def _look(self, text: str) -> tuple[list[tuple[int, int]], list[tuple[tuple[int, int], Word]]]:
        """The words that no dictionary has, and those that were not judged yet."""
        given, marked = self._source_words(), []
        unknown: list[tuple[tuple[int, int], Word]] = []
        for start, end, word in self._words_of(text):
            verdict = self._verdicts.get(word)
            if verdict is None and len(unknown) < _AT_ONCE and self._is_known(word[0]):
                verdict = self._verdicts[word] = False
            if verdict is None:
                unknown.append(((start, end), word))
            elif verdict and word[0].casefold() not in given:
                marked.append((start, end))
        return marked, unknown

    def _is_known(self, word: str) -> bool:
        """Whether a word is simply in the dictionary, which takes no longer to say than to ask another thread."""
        return self._speller is not None and (self._speller.known(word) or self._speller.known(word.lower()))

    def _words_of(self, text: str) -> list[Found]:
        if self._words[0] != text:
            self._words = (text, rescanned(*self._words, text, _scan))
        return self._words[1]

    def _spans_of(self, text: str) -> Iterable[tuple[int, int]]:
        return ((start, end) for start, end, _word in self._words_of(text))

    def _source_words(self) -> frozenset[str]:
        """Words that the source writes in Latin letters: they are names, or as the source has them."""
        assert self._document is not None, "its text is judged"
        source = self._document.around(self._sheet.key).source
        if self._given[0] != source:
            self._given = (source, frozenset(match.group().casefold() for match in words(source)))
        return self._given[1]

    def _ask(self, unknown: Iterable[Word]) -> None:
        wanted = frozenset(unknown)
        if not wanted or (self._judging.waiting and wanted <= self._asked):
            return
        self._asked = wanted
        if not self._soon.isActive():
            self._soon.start()

    def _judge(self) -> None:
        speller, wanted = self._speller, self._asked
        if speller is None:
            return

        def judge(progress: Progress) -> dict[Word, bool]:
            verdicts = {}
            for word in wanted:
                progress.check()
                verdicts[word] = is_doubtful(*word, speller)
            return verdicts

        self._judging.ask(judge, self._take, self.failed.emit)

    def _take(self, verdicts: dict[Word, bool]) -> None:
        if len(self._verdicts) > _KEPT:
            self._verdicts.clear()
        self._verdicts |= verdicts
        self._sheet.show_live_marks()

    def _open(self, examiner: Examiner) -> None:
        def load(_progress: Progress) -> Speller | None:
            speller = examiner.context().speller
            if speller is not None:
                speller.known("dictionary")  # the first word asked for loads them
            return speller

        self._opening.ask(load, self._on_opened, self.failed.emit)

    def _on_opened(self, speller: Speller | None) -> None:
        self._speller = speller
        self._live.known = speller.known if speller is not None else None
        self._verdicts.clear()
        self._sheet.show_live_marks()
        self.ready.emit()

    def _forget(self) -> None:
        self._opening.forget()
        self._judging.forget()
        self._soon.stop()
        self._speller = self._live.known = None
        self._verdicts.clear()

    def _on_moved(self) -> None:
        """The word that was being typed is finished when the caret is elsewhere."""
        if self._held is not None and not self._held[0] < self._live.cursor_at() <= self._held[1]:
            self._live.typing = False
            self._sheet.show_live_marks()

    def _on_changed(self, changes: object, _sender: str) -> None:
        if isinstance(changes, Changes) and (changes.terms or changes.style) and self._examiner is not None:
            self._open(self._examiner)


def _scan(text: str) -> Iterable[Found]:
    return ((*match.span(), (plain, joined)) for match, plain, joined in judged_words(text))
