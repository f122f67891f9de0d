"""The rows of the termbase."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.domain.terms import Term
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.terms.terms_panel import KINDS

_Index = QModelIndex | QPersistentModelIndex
COLUMNS: tuple[Message, ...] = (
    N_("Chinese"), N_("English"), N_("Kind"), N_("Short"), N_("Also allowed"), N_("Never"), N_("Remark"),
)  # fmt: skip


def cells_of(term: Term, texts: Texts) -> tuple[str, ...]:
    """What the columns say of a term."""
    short = " / ".join(part for part in (", ".join(term.source_short), term.short) if part)
    lists = ", ".join(term.allowed), ", ".join(term.forbidden)
    return (term.source, term.target, texts(KINDS[term.kind]), short, *lists, term.note)


class TermModel(QAbstractTableModel):
    """All terms, or those that hold every word of a filter, in the order of the Chinese."""

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._all: list[tuple[Term, str]] = []
        self._shown: list[Term] = []
        self._filter = ""

    def show_terms(self, terms: Sequence[Term]) -> None:
        """Show these terms, as far as the filter lets them."""
        self._all = [(term, "\n".join(cells_of(term, self._texts)).casefold()) for term in terms]
        self._refilter()

    def filter_by(self, text: str) -> None:
        """Show only the terms with all these words in some column."""
        self._filter = text
        self._refilter()

    def term(self, row: int) -> Term:
        """The term of one row."""
        return self._shown[row]

    def row_of(self, term: str) -> int | None:
        """The row of a term by its id."""
        return next((row for row, one in enumerate(self._shown) if one.id == term), None)

    def total(self) -> int:
        """How many there are without the filter."""
        return len(self._all)

    def _refilter(self) -> None:
        words = self._filter.casefold().split()
        self.beginResetModel()
        self._shown = [term for term, text in self._all if all(word in text for word in words)]
        self.endResetModel()

    # Qt overrides

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._texts(COLUMNS[section])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        text = cells_of(self._shown[index.row()], self._texts)[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return text
        return None
