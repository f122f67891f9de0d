"""The filter line at work: it folds the sheet to the rows that answer, and keeps the numbers on the chips true."""

import time
from collections.abc import Collection, Iterator, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.filter_bar import FilterBar
from desktop_app.gui.editor.folds import states_of
from desktop_app.gui.editor.rows import side_of
from desktop_app.gui.editor.sheet import Sheet
from desktop_app.gui.editor.sieve import Question, Sifted, Told, sift

_SLICE = 0.005  # seconds of the window's thread in one go
_SHORT = 1000  # rows that are shown in the same turn
_END = object()
_PAUSE = 300  # ms after a change of the story before its rows are counted again


class Filtering(QObject):
    """Ties filter line and sheet together for the document on the sheet.

    Rows that are written in stay where they are until something else is asked, or Enter asks the same again.
    """

    filtered = Signal()

    def __init__(self, bar: FilterBar, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._sheet = sheet
        self._document: StoryDocument | None = None
        self._commented: Collection[str] = ()
        self._work: Iterator[None] | None = None
        self._folding = self._going = self._looked = False
        self._sifted = Sifted()
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._work_on)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_PAUSE)
        self._again.timeout.connect(self._count)
        bar.asked.connect(self._on_asked)
        bar.entered.connect(self._on_entered)
        bar.closed.connect(self._on_closed)

    def show_document(self, document: StoryDocument | None) -> None:
        """Filter another document from now on; nothing is asked of it yet."""
        if self._document is not None:
            self._document.dirty.disconnect(self.recount)
            self._document.structure_changed.disconnect(self._on_structure_changed)
        self._document = None
        self._commented = ()
        self._stop()
        self._bar.hide()
        self._bar.reset()
        self._document = document
        if document is not None:
            document.dirty.connect(self.recount)
            document.structure_changed.connect(self._on_structure_changed)

    def open(self) -> None:
        """Open the line; where the keyboard is in it already, go back to the text."""
        if self._document is None:
            return
        if self._bar.line.hasFocus():
            self._sheet.setFocus()
            return
        self._sheet.leave()
        self._bar.open_bar()
        if not self._sheet.folds:
            self._begin(folding=bool(self._bar.question))

    def show_commented(self, keys: Collection[str]) -> None:
        """Take the rows that have open comments."""
        self._commented = frozenset(keys)
        self.recount()

    def show_changed(self, changes: Mapping[str, str]) -> None:
        """Take the rows that others have changed since the person last saw the story, with a sentence for each."""
        self._sheet.marks.show_changes(changes)
        self._sheet.show_marks()
        self.recount()

    def recount(self) -> None:
        """What is known of the rows has changed: the numbers on the chips follow in a moment, the rows stay."""
        if not self._bar.isHidden():
            self._again.start()

    @property
    def working(self) -> bool:
        """Whether rows are still being looked at."""
        return self._work is not None

    # Looking at the rows

    def _begin(self, *, folding: bool) -> None:
        document, marks = self._document, self._sheet.marks
        if document is None:
            return
        self._again.stop()
        self._folding, self._looked = folding, False
        self._sifted = Sifted()
        told = Told(marks.rows_found(), self._commented, marks.rows_changed())
        self._work = sift(document, self._bar.question, told, self._sifted)
        self._slices.start()
        self._work_on()

    def _work_on(self) -> None:
        if self._looked:
            self._stop()
            self._finish()
            return
        began = time.perf_counter()
        while self._work is not None and time.perf_counter() - began < _SLICE:
            if next(self._work, _END) is _END:
                self._looked = True  # what comes of it is shown in a turn of its own, but at once for a short story
                if self._sifted.rows <= _SHORT:
                    self._work_on()
                return

    def _stop(self) -> None:
        self._work = None
        self._looked = False
        self._slices.stop()
        self._again.stop()

    def _finish(self) -> None:
        document, question = self._document, self._bar.question
        if document is None:
            return
        self._bar.show_counts(self._sifted.counts)
        if self._folding:
            self._sheet.marks.show_words(question.pattern())
            self._fold(document, question)
            self._sheet.show_marks()
            self.filtered.emit()
        self._bar.tell(self._sheet.folds.matching(), self._sifted.rows)
        if self._going:
            self._going = False
            self._go()
            if self._folding:
                self._fold(document, question)  # the row that was left is not kept any more

    def _fold(self, document: StoryDocument, question: Question) -> None:
        rows = len(document.rows)
        self._sheet.fold(states_of(rows, self._sifted.matching, (rows - 1,)) if question else None)

    def _go(self) -> None:
        """Go to the active row where it answers, else to the next one that does."""
        document, sheet = self._document, self._sheet
        if document is None:
            return
        here = document.row_of(sheet.key) if sheet.key else sheet.row_in_view()
        row = sheet.full_near(here, 1)
        if row is not None and document.rows[row].editable:
            found = document.rows[row]
            sheet.activate(found.key, side_of(sheet.field, found.kind))

    # Slots

    def _on_asked(self, question: Question) -> None:
        if self._document is None:
            return
        if question:
            self._begin(folding=True)
        else:
            self._sheet.marks.show_words(None)
            self._sheet.fold(None)
            self._sheet.show_marks()
            self.filtered.emit()
            self._begin(folding=False)

    def _on_entered(self) -> None:
        self._going = True
        self._begin(folding=bool(self._bar.question))

    def _on_closed(self) -> None:
        self._stop()
        if self._sheet.key:
            self._sheet.scroll_to(self._sheet.key, air=True)
        self._sheet.setFocus()

    def _on_structure_changed(self, _first: int, _gone: int, come: int) -> None:
        """Rows came or went: what is being counted is out of date, and a story read anew is filtered anew."""
        document = self._document
        if document is None or self._bar.isHidden():
            return
        if come == len(document.rows):
            self._begin(folding=bool(self._bar.question))
        elif self._work is not None:
            self._begin(folding=self._folding)
        else:
            self.recount()

    def _count(self) -> None:
        self._begin(folding=self._folding and self._work is not None)
