"""The list of stories and the room beside it for those that are open; with none open the list has the page to itself.

It is there before what fills the room is loaded (see ``opening``).
"""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.library.page import LibraryPage

_LIST, _SIDE = 252, 304  # pixels at 100 %
_LEAST_LIST, _LEAST_TEXT, _LEAST_SIDE = 220, 440, 240  # pixels at 100 %; below them a panel gives way


class ListFrame(QWidget):
    """``library`` and, once stories are open, their tabs. ``side_changed`` when the panels beside a text come or go."""

    side_changed = Signal()

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.library = LibraryPage(look, texts, tasks, bus, self)
        self.beside = {"side": look.theme.px(_SIDE)}  # the widths of what stands beside a text
        self.side_shown = True
        self.has_tabs = False
        self._reserved = False
        self._narrow = (False, False)
        self._list_width = look.theme.px(_LIST)
        self._room = QWidget(self)
        self._room.hide()
        inner = QVBoxLayout(self._room)
        inner.setContentsMargins(0, 0, 0, 0)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.addWidget(self.library)
        self._splitter.addWidget(self._room)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.splitterMoved.connect(self._on_moved)
        self.library.setMinimumWidth(look.theme.px(_LEAST_LIST))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)

    # The room beside the list

    def take_in(self, tabs: QWidget) -> None:
        """Let ``tabs`` fill the room."""
        inner = self._room.layout()
        if inner is not None:
            inner.addWidget(tabs)

    def reserve(self) -> None:
        """Keep the room for tabs that are about to come, so that the list does not move when they do."""
        self._reserved = True
        self._keep_room()

    def show_tabs(self, *, some: bool) -> bool:
        """Show the room, or give the page back to the list; says whether that changed anything."""
        if some is self.has_tabs:
            return False
        self.has_tabs, self._reserved = some, False
        self._room.setVisible(some)
        if some:
            self._give_room()
            self._share()
        else:
            self._narrow = (False, False)
            self.library.show()
        return True

    def give_back(self) -> None:
        """Let go of a room that was kept for tabs that do not come."""
        self._reserved = False
        self._room.setVisible(self.has_tabs)

    def _keep_room(self) -> None:
        if self._reserved and not self.has_tabs:
            wide = self.width() >= self._look.theme.px(_LEAST_LIST + _LEAST_TEXT + _LEAST_SIDE)
            self._room.setVisible(wide)
            self._share()

    def _share(self) -> None:
        """Lay list and room out at once: a story that comes back to its place must know how wide it is."""
        self._splitter.setSizes([self._list_width, max(1, self.width() - self._list_width)])

    def _give_room(self) -> None:
        """Let the list go, and then the side panel, where the text would be too narrow for reading."""
        px = self._look.theme.px
        narrow = self.width() < px(_LEAST_LIST + _LEAST_TEXT + _LEAST_SIDE)
        very_narrow = self.width() < px(_LEAST_TEXT + _LEAST_SIDE)
        if (narrow, very_narrow) == self._narrow or not self.has_tabs:
            return
        self._narrow = (narrow, very_narrow)
        self.library.setVisible(not narrow)
        self.side_shown = not very_narrow
        self.side_changed.emit()

    # What a person wants to see beside the text

    @property
    def list_wanted(self) -> bool:
        """Whether the person wants to see the list beside a story; in a narrow window it goes by itself."""
        return self._narrow[0] or not self.library.isHidden()

    @property
    def side_wanted(self) -> bool:
        """Whether the person wants to see the panels beside a story."""
        return self._narrow[1] or self.side_shown

    def show_beside(self, *, listed: bool, side: bool) -> None:
        """Show list and panels beside the story in front, or only the text."""
        if self.has_tabs and self.list_wanted and not listed:
            self.library.hide()
            self._share()
        if self.side_wanted and not side:
            self.toggle_side()

    def toggle_list(self) -> None:
        """Show or hide the list of stories; it stays where no story is open."""
        if self.has_tabs:
            self.library.setVisible(not self.library.isVisibleTo(self._splitter))

    def toggle_side(self) -> None:
        """Show or hide the side panels of every open story."""
        self.side_shown = not self.side_shown
        self.side_changed.emit()

    def show_widths(self, widths: Mapping[str, int]) -> None:
        """Take the widths that ``widths`` gave."""
        self._list_width = widths.get("list", self._list_width)
        self.beside.update({name: width for name, width in widths.items() if name != "list"})

    def widths(self) -> dict[str, int]:
        """The widths of the list and of what stands beside a text, to be kept."""
        return {"list": self._list_width, **self.beside}

    def _on_moved(self, _position: int, _index: int) -> None:
        self._list_width = self._splitter.sizes()[0]

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_room()
        self._give_room()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(_LEAST_TEXT), self._look.theme.px(320))
