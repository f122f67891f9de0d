"""The list that the view shows: one line a story, drawn from what was read once; pictures come when they are seen."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap

from desktop_app.desk.stories import ListedStory
from desktop_app.domain.duties import DUTY_NAMES, Duty
from desktop_app.domain.people import Person
from desktop_app.foundation.ids import utc_now
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.states import STALE, STORY_MARKS
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.weighing import weighed
from desktop_app.gui.library.beside import Note
from desktop_app.gui.library.standing import mark_of, notes_of
from desktop_app.gui.library.thumbnails import Thumbnails

LISTED = Qt.ItemDataRole.UserRole
THUMBNAIL = Qt.ItemDataRole.UserRole + 1
FINDINGS = Qt.ItemDataRole.UserRole + 2
UNSEEN = Qt.ItemDataRole.UserRole + 3
NOTES = Qt.ItemDataRole.UserRole + 4
ERRORS = Qt.ItemDataRole.UserRole + 5
OPEN = Qt.ItemDataRole.UserRole + 6
_ROOT = QModelIndex()


class StoryModel(QAbstractListModel):
    """Holds the stories that passed the filter, in the archive's order."""

    def __init__(self, texts: Texts, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._thumbnails = thumbnails
        self._stories: list[ListedStory] = []
        self._rows: dict[str, int] = {}
        self._findings: Mapping[str, int] = {}
        self._errors: Mapping[str, int] = {}
        self._open = ""
        self._unseen: Collection[str] = frozenset()
        self._out: Mapping[str, tuple[str, str]] = {}
        self._waiting: Mapping[str, Duty] = {}
        self.people: Mapping[str, Person] = {}
        thumbnails.loaded.connect(self._on_thumbnail)

    def show(self, stories: Sequence[ListedStory]) -> None:
        """Show these stories. What stands in the same order is only repainted, so that the view does not jump."""
        same = [s.summary.id for s in stories] == [s.summary.id for s in self._stories]
        if same:
            self._stories = list(stories)
            self._repaint()
            return
        self.beginResetModel()
        self._stories = list(stories)
        self._rows = {listed.summary.id: row for row, listed in enumerate(stories)}
        self.endResetModel()

    def show_findings(self, counts: Mapping[str, int], errors: Mapping[str, int]) -> None:
        """Show how many findings the stories have, by id, and how many of them are errors."""
        self._findings, self._errors = counts, errors
        self._repaint()

    def show_open(self, story: str) -> None:
        """Show which story is open in front, empty for none."""
        if story != self._open:
            self._open = story
            self._repaint()

    def show_unseen(self, stories: Collection[str]) -> None:
        """Show which stories others have changed since the person last had them before them."""
        if stories != self._unseen:
            self._unseen = stories
            self._repaint()

    def show_waiting(self, duties: Mapping[str, Duty]) -> None:
        """Show what waits for the person at the desk, by story."""
        self._waiting = duties
        self._repaint()

    def show_out(self, lines: Mapping[str, tuple[str, str]]) -> None:
        """Say who has which story offline, by id: in a line, and in fewer words where there is less room."""
        if lines != self._out:
            self._out = lines
            self._repaint()

    def listed(self, row: int) -> ListedStory:
        """The story of a row."""
        return self._stories[row]

    def row_of(self, story: str) -> int | None:
        """The row of a story, None where the filter leaves it out."""
        return self._rows.get(story)

    def _repaint(self) -> None:
        if self._stories:
            self.dataChanged.emit(self.index(0), self.index(len(self._stories) - 1))

    def _on_thumbnail(self, sha256: str) -> None:
        for row, listed in enumerate(self._stories):
            if listed.thumbnail == sha256:
                self.dataChanged.emit(self.index(row), self.index(row))

    def _spoken(self, listed: ListedStory) -> str:
        """What assistive technology says of a row."""
        summary = listed.summary
        words = [summary.headline.en or self._texts(N_("No English headline yet")), summary.headline.zh]
        mark, state = mark_of(listed), STORY_MARKS[summary.state]
        words.append(self._texts(mark.word))
        words.append(self._texts(state.word) if mark not in {state, STALE} else "")
        if summary.id in self._unseen:
            words.append(self._texts(N_("changed since you last saw it")))
        words.append(self._texts(N_("open in front")) if summary.id == self._open else "")
        errors = self._errors.get(summary.id, 0)
        found, _tone = weighed(errors, self._findings.get(summary.id, 0) - errors)
        words.append(self._texts(found) if found is not None else "")
        waiting = self._waiting.get(summary.id)
        words += [note.forms[0].removeprefix("! ") for note in self._notes(listed)]
        words.append(self._texts(DUTY_NAMES[waiting.kind]) if waiting is not None else "")
        return ", ".join(word for word in words if word)

    def _notes(self, listed: ListedStory) -> list[Note]:
        """What stands about a story beside its state, and with whom it is out; the most binding first."""
        return notes_of(listed, self._out.get(listed.summary.id, ("", "")), self._texts, utc_now())

    def _thumbnail(self, listed: ListedStory) -> QPixmap | None:
        return self._thumbnails.get(listed.thumbnail) if listed.thumbnail else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._stories)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._stories):
            return None
        listed = self._stories[index.row()]
        if role == LISTED:
            return listed
        if role == THUMBNAIL:
            return self._thumbnail(listed)
        if role == FINDINGS:
            return self._findings.get(listed.summary.id, 0)
        if role == ERRORS:
            return self._errors.get(listed.summary.id, 0)
        if role == OPEN:
            return listed.summary.id == self._open
        if role == NOTES:
            return self._notes(listed)
        if role == UNSEEN:
            return listed.summary.id in self._unseen
        if role == Qt.ItemDataRole.DisplayRole:
            return listed.summary.headline.en or listed.summary.headline.zh or listed.summary.slug
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return self._spoken(listed)
        return None
