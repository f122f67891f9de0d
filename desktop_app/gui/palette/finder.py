"""Opens the palette over an archive, and keeps what it looks through until something of it changes."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.stories import ListedStory
from desktop_app.foundation.bookmarks import MOST_RECENT
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.actions import Actions
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.palette.entries import Entry, Kind
from desktop_app.gui.palette.palette import Palette
from desktop_app.gui.palette.stock import Stock, filled, spelled


class Finder(QObject):
    """Says where to go; actions are triggered by the palette itself. ``recent`` has what was chosen, newest first."""

    story_chosen = Signal(str)
    part_chosen = Signal(str, str)
    picture_chosen = Signal(str)
    term_chosen = Signal(str, str)

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, actions: Actions, window: QWidget
    ) -> None:
        super().__init__(window)
        self._look, self._texts, self._tasks, self._actions, self._window = look, texts, tasks, actions, window
        self._desk: Desk | None = None
        self._stock = Stock()
        self._listed: Sequence[ListedStory] = ()
        self.recent: list[str] = []
        self._reading = Latest(tasks, N_("Reading for the search"), self)
        bus.changed.connect(self._on_changed)

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._reading.forget()
        self._desk, self._stock, self._listed, self.recent = desk, Stock(), (), []

    def open(self, listed: Sequence[ListedStory]) -> None:
        """Open the palette; ``listed`` are the stories as they were last read."""
        if len(listed) != len(self._listed) or (listed and listed[0] is not self._listed[0]):  # read anew, all are
            self._listed = listed
            self._stock = replace(self._stock, stories=None)
        palette = Palette(self._look, self._texts, self._tasks, self._actions, self._window)
        palette.chosen.connect(self._on_chosen)
        palette.show_archive(self._desk, self._stock, listed[:8], self.recent)
        palette.open()
        self._fill(palette)

    def _fill(self, palette: Palette) -> None:
        desk, stock, listed, unnamed = self._desk, self._stock, self._listed, self._texts(N_("No headline yet"))
        if desk is None or (stock.full and stock.spelling is not None):
            return

        def read(progress: Progress) -> Stock:
            return filled(stock, desk, listed, unnamed, progress.check)

        def learn(_progress: Progress) -> Stock:
            return spelled(stock)

        def taken(fresh: Stock) -> None:
            self._stock = fresh
            if isValid(palette):
                palette.take_stock(fresh)
                self._fill(palette)

        def failed(error: KnownError) -> None:
            if isValid(palette):
                palette.show_error(error)

        self._reading.ask(learn if stock.full else read, taken, failed)

    def _on_chosen(self, entry: Entry) -> None:
        if entry.kind is not Kind.PART:
            self.recent = [entry.name, *(name for name in self.recent if name != entry.name)][:MOST_RECENT]
        if entry.kind is Kind.STORY:
            self.story_chosen.emit(entry.id)
        elif entry.kind is Kind.PART:
            self.part_chosen.emit(entry.id, entry.part)
        elif entry.kind is Kind.PICTURE:
            self.picture_chosen.emit(entry.id)
        elif entry.kind is Kind.TERM:
            self.term_chosen.emit(entry.title, entry.detail)
        else:
            self._actions.action(entry.id).trigger()

    def _on_changed(self, changes: object, _sender: str) -> None:
        if not isinstance(changes, Changes):
            return
        if changes.terms:
            self._stock = replace(self._stock, terms=None)
        if changes.pictures:
            self._stock = replace(self._stock, pictures=None)
