"""The stories of a plan, a row each: what is taken, what is to be decided, and where the story stands then.

What a row says is made when it is painted: a plan of a thousand stories is there as quickly as one of ten.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QWidget

from desktop_app.desk.home_plan import PlannedStory, counted
from desktop_app.domain.workflow import STATE_NAMES
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.homecoming.rows import RowsTree
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts

_TITLES = (N_("Story"), N_("Changes"), N_("To decide"), N_("Comments"), N_("Sign-offs"), N_("Then"))
_CHANGES, _ASKED, _SIGNED, _THEN = 1, 2, 4, 5
_MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
_WIDTHS = (132, 84, 90, 100, 176)
_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class PlanModel(QAbstractTableModel):
    """Stories with the number of their conflicts that are decided."""

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._stories: Sequence[PlannedStory] = ()
        self._decided: Sequence[int] = ()

    def show_stories(self, stories: Sequence[PlannedStory], decided: Sequence[int]) -> None:
        """Show the stories; where they are those that are shown, only what differs is painted anew."""
        old, was = self._stories, self._decided
        same = len(old) == len(stories) and all(a.story == b.story for a, b in zip(old, stories, strict=True))
        if not same:
            self.beginResetModel()
        self._stories, self._decided = stories, decided
        if not same:
            self.endResetModel()
            return
        for row, story in enumerate(stories):
            if story is not old[row] or decided[row] != was[row]:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(_TITLES) - 1))

    def cell(self, row: int, column: int) -> str:
        """What a cell says."""
        story, decided = self._stories[row], self._decided[row]
        if column == 0:
            return story.headline.en or story.headline.zh or story.slug or "–"
        if column == _THEN:
            return self._texts(_then(story))
        if column == _ASKED:
            asked = len(story.conflicts) + decided
            return self._texts(N_("{decided} of {all}", decided=decided, all=asked)) if asked else "–"
        if column == _SIGNED:
            verdicts = story.effect.verdicts
            some, all_ = sum(verdict.counts for verdict in verdicts), len(verdicts)
            return self._texts(NN_("{some} of {n} counts", "{some} of {n} count", all_, some=some)) if verdicts else "–"
        if column == _CHANGES:
            return self._changes(story)
        return str(len(story.comments) or "–")

    def _changes(self, story: PlannedStory) -> str:
        """How many changes; sentences that are only confirmed are told apart."""
        confirmed = story.effect.confirmed
        words = story.effect.applied - confirmed
        if not confirmed:
            return str(words or "–")
        if not words:
            return self._texts(NN_("{n} confirmed", "{n} confirmed", confirmed))
        return self._texts(NN_("{words} + {n} confirmed", "{words} + {n} confirmed", confirmed, words=words))

    def _tip(self, row: int, column: int) -> str:
        story = self._stories[row]
        if column == 0:
            return story.headline.zh or story.slug
        if column == _CHANGES:
            effect = story.effect
            return self._texts(counted(effect.applied, effect.confirmed, worded=effect.worded))
        return self.cell(row, column)

    # Qt overrides

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._stories)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(_TITLES[section])
        if role == Qt.ItemDataRole.TextAlignmentRole and 0 < section < _THEN:
            return _MIDDLE
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if not index.isValid() or row >= len(self._stories):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._texts(_TITLES[column])}: {self.cell(row, column)}" if column else self.cell(row, column)
        if role == Qt.ItemDataRole.ToolTipRole and column in {0, _CHANGES, _THEN}:
            return self._tip(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and 0 < column < _THEN:
            return _MIDDLE
        if role == Qt.ItemDataRole.ForegroundRole:
            token = self._token(row, column)
            return QBrush(self._look.theme.color(token)) if token else None
        return None

    def _token(self, row: int, column: int) -> str:
        story = self._stories[row]
        if column == _ASKED and story.conflicts:
            return "warning"
        if column == _THEN and story.refusal is not None:
            return "warning"
        return "muted" if self.cell(row, column) == "–" else ""


class PlanTree(RowsTree):
    """``chosen(place)`` when another story is in front."""

    chosen = Signal(int)

    def __init__(self, look: Look, texts: Texts, parent: QWidget) -> None:
        rows = PlanModel(look, texts)
        super().__init__(look, rows, _WIDTHS, texts(N_("Stories that come home")), parent)
        self.rows = rows
        self.selectionModel().currentChanged.connect(lambda now, _was: self.chosen.emit(now.row()))

    def show_stories(self, stories: Sequence[PlannedStory], decided: Sequence[int]) -> None:
        """Show the stories; ``decided`` counts the conflicts of each that are decided. The one in front stays."""
        place = self.place()
        self.rows.show_stories(stories, decided)
        if stories and self.place() < 0:
            self.go_to(place if 0 <= place < len(stories) else 0)

    def place(self) -> int:
        """Which story is in front; -1 for none."""
        return self.currentIndex().row()


def _then(story: PlannedStory) -> Message:
    if story.refusal is not None:
        return N_("stays as it is")
    was, now = story.ground.state, story.effect.state
    if was is now:
        return STATE_NAMES[now]
    return N_("{was} → {now}", was=STATE_NAMES[was], now=STATE_NAMES[now])
