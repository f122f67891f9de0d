"""The list itself: several stories can be chosen, Enter or a double click opens."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.menus import ask_by_key, asks_for_menu, place_of_menu
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.library.delegate import StoryDelegate
from desktop_app.gui.library.model import StoryModel


class StoryList(QListView):
    """``opened(story id)``, ``chosen`` when the selection is another, ``menu_asked`` with its place on the screen."""

    opened = Signal(str)
    chosen = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, look: Look, texts: Texts, model: StoryModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._stories = model
        self.setModel(model)
        self._delegate = StoryDelegate(look, texts, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(texts(N_("Stories")))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._on_opened)
        self.selectionModel().selectionChanged.connect(lambda _new, _old: self.chosen.emit())
        look.changed.connect(self.scheduleDelayedItemsLayout)
        self._wide = False

    def selected_rows(self) -> list[int]:
        """The chosen rows from top to bottom."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    def select_rows(self, rows: Sequence[int]) -> None:
        """Choose these rows; the first of them takes the keyboard."""
        if rows == self.selected_rows():
            return
        selection = QItemSelection()
        for row in rows:
            selection.select(self._stories.index(row), self._stories.index(row))
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flag.ClearAndSelect)
        if rows and not self.currentIndex().isValid():
            self.selectionModel().setCurrentIndex(self._stories.index(rows[0]), flag.NoUpdate)

    def in_view(self) -> list[tuple[str, int]]:
        """The stories that can be seen and where their rows begin, in pixels; those that are chosen first."""
        height, last = self.viewport().height(), self._stories.rowCount() - 1
        first = self.indexAt(QPoint(0, 0)).row()
        if first < 0:
            return []
        seen = []
        for row in range(first, last + 1):
            top = self.visualRect(self._stories.index(row)).top()
            if top >= height:
                break
            seen.append((row, top))
        chosen = set(self.selected_rows())
        seen.sort(key=lambda one: one[0] not in chosen)
        return [(self._stories.listed(row).summary.id, top) for row, top in seen]

    def keep_in_view(self, places: Sequence[tuple[str, int]]) -> None:
        """Scroll so that the first of these stories that is still listed begins where it did."""
        for story, top in places:
            row = self._stories.row_of(story)
            if row is not None:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + self.visualRect(self._stories.index(row)).top() - top)
                return

    def story_at(self, place: QPoint) -> str:
        """The story under a place of the viewport, empty where there is none."""
        index = self.indexAt(place)
        return self._stories.listed(index.row()).summary.id if index.isValid() else ""

    def _on_opened(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._stories.listed(index.row()).summary.id)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_opened(self.currentIndex())
            event.accept()
        elif asks_for_menu(event):
            ask_by_key(self)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = place_of_menu(self, event)
        if place is not None:
            self.menu_asked.emit(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self._delegate.is_wide(self.viewport().width())
        if wide is not self._wide:
            self._wide = wide
            self.scheduleDelayedItemsLayout()
