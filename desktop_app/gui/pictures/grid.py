"""The grid of pictures: cards in columns, one of them current."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from desktop_app.domain.pictures import Picture
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.menus import ask_by_key, asks_for_menu, place_of_menu
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.pictures.card import PictureDelegate
from desktop_app.gui.pictures.model import PictureModel
from desktop_app.gui.pictures.thumbs import Thumbnails


class PictureGrid(QListView):
    """Pictures as cards; ``chosen(id)`` when another one is current, ``taken(id)`` on Enter or double click.

    ``menu_asked`` for the current picture, with the place on the screen.
    """

    chosen = Signal(str)
    taken = Signal(str)
    menu_asked = Signal(QPoint)

    def __init__(self, look: Look, texts: Texts, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = PictureModel(texts, self)
        self.setModel(self._pictures)
        self._delegate = PictureDelegate(look, texts, thumbnails, self._pictures, self)
        self.setItemDelegate(self._delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(texts(N_("Pictures")))
        self._fit()
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.activated.connect(self._on_activated)
        thumbnails.ready.connect(self._pictures.touch)
        look.changed.connect(self._fit)

    def show_pictures(self, pictures: Sequence[Picture], uses: Mapping[str, int]) -> None:
        """Show other pictures; the current one stays current where it is among them."""
        current = self.current()
        self._pictures.show_pictures(pictures, uses)
        if current is not None and self.current() is None:
            self.select(current.id)

    def current(self) -> Picture | None:
        """The current picture."""
        return self._pictures.picture(self.currentIndex())

    def select(self, picture: str) -> bool:
        """Make a picture current; False where it is not shown."""
        index = self._pictures.find(picture)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def _on_current_changed(self, index: QModelIndex) -> None:
        picture = self._pictures.picture(index)
        self.chosen.emit(picture.id if picture is not None else "")

    def _on_activated(self, index: QModelIndex) -> None:
        picture = self._pictures.picture(index)
        if picture is not None:
            self.taken.emit(picture.id)

    def _fit(self) -> None:
        """Let whole columns fill the width, with room for the scroll bar so that it never changes their number."""
        bar = self.verticalScrollBar().sizeHint().width()
        size = self._delegate.fill(self.width() - bar - 2)
        if size != self.gridSize():
            self.setGridSize(size)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if asks_for_menu(event):
            ask_by_key(self)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = place_of_menu(self, event)
        if place is not None:
            self.menu_asked.emit(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)
