"""The pictures found, as a lazy list model, and what the catalogue still lacks of one."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.domain.pictures import Picture
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.texts import Texts

Index = QModelIndex | QPersistentModelIndex
PICTURE = Qt.ItemDataRole.UserRole
_BATCH = 120  # rows handed to the view at a time


def lacks(picture: Picture) -> Message | None:
    """What the catalogue still lacks of a picture before it can be published in both languages."""
    caption, alt = picture.caption, picture.alt
    missing = [
        word
        for text, word in (
            (caption.zh, N_("Chinese caption")),
            (caption.en, N_("English caption")),
            (alt.zh and alt.en, N_("alternative text")),
            (picture.credit, N_("credit")),
        )
        if not text
    ]
    if not missing:
        return None
    if len(missing) == 1:
        return N_("no {what}", what=missing[0])
    return NN_("{n} text missing", "{n} texts missing", len(missing))


class PictureModel(QAbstractListModel):
    """The pictures found, handed out in batches as the view comes to them."""

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._pictures: list[Picture] = []
        self._uses: Mapping[str, int] = {}
        self._loaded = 0

    def show_pictures(self, pictures: Sequence[Picture], uses: Mapping[str, int]) -> None:
        """Show other pictures; where the same ones stand in the same order, the view keeps its place."""
        same = [p.id for p in pictures] == [p.id for p in self._pictures]
        if same:
            self._pictures, self._uses = list(pictures), uses
            if self._loaded:
                self.dataChanged.emit(self.index(0), self.index(self._loaded - 1))
            return
        self.beginResetModel()
        self._pictures, self._uses = list(pictures), uses
        self._loaded = min(_BATCH, len(self._pictures))
        self.endResetModel()

    def picture(self, index: Index) -> Picture | None:
        """The picture of an index."""
        return self._pictures[index.row()] if index.isValid() and index.row() < len(self._pictures) else None

    def uses(self, picture: str) -> int:
        """How many times a picture stands in a story."""
        return self._uses.get(picture, 0)

    def find(self, picture: str) -> QModelIndex:
        """The index of a picture by id, invalid where it is not among those found; loads up to it."""
        row = next((row for row, one in enumerate(self._pictures) if one.id == picture), None)
        if row is None:
            return QModelIndex()
        while row >= self._loaded:
            self.fetchMore(QModelIndex())
        return self.index(row)

    def touch(self, sha256: str) -> None:
        """Have the cards of a master painted again."""
        for row, picture in enumerate(self._pictures[: self._loaded]):
            if picture.sha256 == sha256:
                self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._loaded

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._loaded < len(self._pictures)

    def fetchMore(self, parent: Index) -> None:
        if parent.isValid():
            return
        last = min(self._loaded + _BATCH, len(self._pictures)) - 1
        self.beginInsertRows(QModelIndex(), self._loaded, last)
        self._loaded = last + 1
        self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        picture = self.picture(index)
        if picture is None:
            return None
        if role == PICTURE:
            return picture
        if role == Qt.ItemDataRole.DisplayRole:
            return picture.caption.en or picture.caption.zh or picture.file
        if role == Qt.ItemDataRole.ToolTipRole:
            missing = lacks(picture)
            lines = [picture.file, picture.caption.zh, picture.caption.en]
            return "\n".join([line for line in lines if line] + ([self._texts(missing)] if missing else []))
        return None
