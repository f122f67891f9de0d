"""The find line at work: it marks the hits on the sheet and steps from one to the next."""

from PySide6.QtCore import QObject, QTimer

from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.find import SOURCES, TARGETS, Finder
from desktop_app.gui.editor.find_bar import FindBar
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.editor.sheet import Sheet

_PAUSE = 150  # ms after a change of the story before its hits are looked for again
_SLICE = 0.003  # seconds of looking before the window is served
_FIELDS = {"both": SOURCES | TARGETS, "target": TARGETS, "source": SOURCES}


class Searching(QObject):
    """Ties find line and sheet together for the document on the sheet."""

    def __init__(self, bar: FindBar, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._sheet = sheet
        self._finder = Finder()
        self._document: StoryDocument | None = None
        self._steps_when_done = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_PAUSE)
        self._again.timeout.connect(self._search)
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._work)
        bar.changed.connect(self._on_query)
        bar.stepped.connect(self.step)
        bar.closed.connect(self._on_closed)

    @property
    def finder(self) -> Finder:
        """The hits, all of them."""
        self._finish()
        return self._finder

    @property
    def document(self) -> StoryDocument | None:
        """The story that is looked through."""
        return self._document

    def show_document(self, document: StoryDocument | None) -> None:
        """Search another document from now on."""
        if self._document is not None:
            self._document.dirty.disconnect(self._on_dirty)
            self._document.counts_changed.disconnect(self._on_dirty)
        self._document = document
        self._stop()
        self._finder.clear()
        self._bar.hide()
        if document is not None:
            document.dirty.connect(self._on_dirty)
            document.counts_changed.connect(self._on_dirty)

    def open(self, *, replacing: bool = False) -> None:
        """Open the line with the selected words; with ``replacing`` the line below it too."""
        chosen = self._sheet.live.selected() if self._sheet.key else ""
        self._bar.open_with(chosen, replacing=replacing)
        self._search()

    def look_again(self) -> None:
        """A filter shows other rows than before."""
        self._on_dirty()

    def step(self, way: int) -> None:
        """Go to the next (1) or previous (-1) hit; the keys stay where they are."""
        document = self._document
        if document is None:
            return
        self._finish()
        row = document.row_of(self._sheet.key) if self._sheet.key else self._sheet.row_in_view()
        if self._finder.step(way, row) is not None:
            self._go()
        self._tell()

    def go_on_from(self, key: str, field: Field, at: int) -> None:
        """Look again after a change, and go to the first hit from this place on."""
        document = self._document
        if document is None:
            return
        self._begin()
        self._finder.work()
        row = document.row_of(key)
        self._finder.step_from(row, document.rows[row].editable.index(field), at)
        self._show()
        self._go()

    def _go(self) -> None:
        hit = self._finder.current
        if hit is not None:
            self._sheet.marks.show_current(hit)
            self._sheet.activate(hit.key, hit.field, at=hit.end, focus=False)
            self._sheet.show_marks()

    def _on_query(self) -> None:
        self._steps_when_done = True
        self._search()

    def _on_dirty(self) -> None:
        if not self._bar.isHidden():
            self._again.start()

    def _on_closed(self) -> None:
        self._stop()
        hit = self._finder.current
        self._finder.clear()
        self._show()
        self._sheet.setFocus()
        if hit is not None and hit.key == self._sheet.key and hit.field is self._sheet.field:
            self._sheet.live.select(hit.start, hit.end)

    def _search(self) -> None:
        if self._document is not None and not self._bar.isHidden():
            self._begin()
            self._work()
            if not self._finder.done:
                self._sheet.marks.show_hits(self._finder.in_rows(self._sheet.keys_in_view()), None)
                self._sheet.show_marks()

    def _begin(self) -> None:
        self._again.stop()
        if self._document is not None:
            self._finder.begin(self._document, self._bar.query.matcher, _FIELDS[self._bar.where()], self._sheet.walks)

    def _work(self) -> None:
        """Look on for a slice, and show the hits when all is looked through."""
        if not self._finder.work(_SLICE):
            self._slices.start()
            return
        self._slices.stop()
        self._show()
        if self._steps_when_done and self._finder.current is None:
            self.step(1)
        self._steps_when_done = False

    def _finish(self) -> None:
        if not self._finder.done:
            self._slices.stop()
            self._finder.work()
            self._steps_when_done = False
            self._show()

    def _stop(self) -> None:
        self._again.stop()
        self._slices.stop()
        self._steps_when_done = False

    def _show(self) -> None:
        self._sheet.marks.show_hits(self._finder.hits, self._finder.current)
        self._sheet.show_marks()
        self._tell()

    def _tell(self) -> None:
        finder = self._finder
        self._bar.tell(finder.number, len(finder.hits), more=finder.is_full, too_long=finder.too_long)
