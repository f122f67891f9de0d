"""The find line at work: it marks the hits on the sheet and steps from one to the next."""

from PySide6.QtCore import QObject, QTimer

from desktop_app.gui.editor.bars import FindBar
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.find import Finder
from desktop_app.gui.editor.sheet import Sheet

_PAUSE = 150  # ms after a change of the story before its hits are looked for again


class Searching(QObject):
    """Ties find line and sheet together for the document on the sheet."""

    def __init__(self, bar: FindBar, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._sheet = sheet
        self._finder = Finder()
        self._document: StoryDocument | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_PAUSE)
        self._again.timeout.connect(self._search)
        bar.changed.connect(self._on_query)
        bar.stepped.connect(self.step)
        bar.closed.connect(self._on_closed)

    def show_document(self, document: StoryDocument | None) -> None:
        """Search another document from now on."""
        if self._document is not None:
            self._document.dirty.disconnect(self._on_dirty)
        self._document = document
        self._finder.clear()
        self._bar.hide()
        if document is not None:
            document.dirty.connect(self._on_dirty)

    def open(self) -> None:
        """Open the line with the selected words."""
        chosen = self._sheet.live.selected() if self._sheet.key else ""
        self._bar.open_with(chosen)
        self._search()

    def step(self, way: int) -> None:
        """Go to the next (1) or previous (-1) hit; the keys stay where they are."""
        document = self._document
        if document is None:
            return
        row = document.row_of(self._sheet.key) if self._sheet.key else self._sheet.row_in_view()
        hit = self._finder.step(way, row)
        if hit is not None:
            self._sheet.activate(hit.key, hit.field, at=hit.end, focus=False)
        self._show()

    def _on_query(self, _query: str) -> None:
        self._search()
        if self._finder.current is None:
            self.step(1)

    def _on_dirty(self) -> None:
        if not self._bar.isHidden():
            self._again.start()

    def _on_closed(self) -> None:
        self._again.stop()
        hit = self._finder.current
        self._finder.clear()
        self._show()
        self._sheet.setFocus()
        if hit is not None and hit.key == self._sheet.key and hit.field is self._sheet.field:
            self._sheet.live.select(hit.start, hit.end)

    def _search(self) -> None:
        if self._document is not None and not self._bar.isHidden():
            self._finder.search(self._document, self._bar.line.text())
            self._show()

    def _show(self) -> None:
        self._sheet.marks.show_hits(self._finder.hits, self._finder.current)
        self._sheet.show_marks()
        self._bar.tell(self._finder.number, len(self._finder.hits))
