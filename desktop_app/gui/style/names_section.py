"""The words that spelling accepts: a list with a filter, a line to add to it."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, QSortFilterProxyModel, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QWidget

from desktop_app.domain.house_style import HouseStyle
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import push_button
from desktop_app.gui.style.parts import column, heading, remark, say

_SEPARATORS = str.maketrans("；、，;\t\n", ",,,,,,")
_LONGEST_LINE = 4000  # characters that may be added at once


class _NameList(QListView):
    """``remove_asked`` on Delete."""

    remove_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)


class NamesSection(QWidget):
    """Enter in the line adds what is written, several words parted by commas; Delete takes the chosen ones out."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._model = QStringListModel(self)
        self._filtered = QSortFilterProxyModel(self)
        self._filtered.setSourceModel(self._model)
        self._filtered.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.filter = QLineEdit(self)
        self.filter.setProperty("search", True)
        self.filter.setClearButtonEnabled(True)
        self.filter.setPlaceholderText(texts(N_("Filter names")))
        self.filter.setAccessibleName(texts(N_("Filter names")))
        self.filter.setMaximumWidth(look.theme.px(220))
        self.filter.textChanged.connect(self._filtered.setFilterFixedString)
        self.list = _NameList(self)
        self.list.setModel(self._filtered)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.list.setAccessibleName(texts(N_("Names that spelling accepts")))
        self.word = QLineEdit(self)
        self.word.setMaxLength(_LONGEST_LINE)
        self.word.setPlaceholderText(texts(N_("several: part them with commas")))
        self.word.setAccessibleName(texts(N_("Names to add")))
        self.word.returnPressed.connect(self._on_add)
        self.add = push_button(texts(N_("Add")), "outline", self)
        self.add.clicked.connect(self._on_add)
        self.remove = push_button(texts(N_("Remove")), "", self)
        self.remove.clicked.connect(self._on_remove)
        self.list.remove_asked.connect(self._on_remove)
        self.trouble = remark("", self, "error")
        self._said = remark(" ", self)
        self._lay_out()
        self.list.selectionModel().selectionChanged.connect(lambda _new, _old: self._on_chosen())
        self._on_chosen()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._said, 1, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.filter)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.word, 1)
        line.addWidget(self.add)
        line.addSpacing(8)
        line.addWidget(self.remove)
        layout = column(self)
        layout.addWidget(heading(self._texts(N_("Names")), self))
        layout.addLayout(top)
        layout.addWidget(self.list, 1)
        layout.addLayout(line)
        layout.addWidget(self.trouble)

    def show_style(self, style: HouseStyle) -> None:
        """Show the names of a style."""
        self._show(style.names)

    def onto(self, style: HouseStyle) -> HouseStyle:
        """The style with what stands here."""
        return replace(style, names=tuple(self._model.stringList()))

    def _show(self, names: Iterable[str]) -> None:
        self._model.setStringList(list(names))
        count = self._model.rowCount()
        said = NN_("Spelling accepts {n} name.", "Spelling accepts {n} names.", count)
        self._said.setText(self._texts(said))

    def _on_add(self) -> None:
        words = [" ".join(word.split()) for word in self.word.text().translate(_SEPARATORS).split(",")]
        words = [word for word in words if word]
        try:
            more = HouseStyle(names=tuple(self._model.stringList())).with_names(words)
        except InputRefusedError as error:
            say(self.trouble, self._texts(error.reason))
            return
        say(self.trouble, "")
        self._show(more.names)
        if words:
            self.word.clear()
            self.filter.clear()
            self._choose(words[-1])

    def _on_remove(self) -> None:
        gone = {index.data() for index in self.list.selectionModel().selectedIndexes()}
        row = self.list.currentIndex().row()
        if gone:
            self._show(name for name in self._model.stringList() if name not in gone)
            self.list.setCurrentIndex(self._filtered.index(min(row, self._filtered.rowCount() - 1), 0))

    def _choose(self, name: str) -> None:
        names = self._model.stringList()
        if name in names:
            index = self._filtered.mapFromSource(self._model.index(names.index(name)))
            self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(index)

    def _on_chosen(self) -> None:
        self.remove.setEnabled(self.list.selectionModel().hasSelection())
