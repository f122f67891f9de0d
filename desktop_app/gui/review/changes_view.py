"""The Changes view of a story: tracked changes between any two versions, or between a version and now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import stories
from desktop_app.desk.desk import Changes, Desk
from desktop_app.domain.people import Person
from desktop_app.domain.records import Version
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.flow_list import FlowList
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, Hairline
from desktop_app.gui.review.change_rows import ChangeRow, Place, change_rows, places_of
from desktop_app.gui.review.changes_list import ChangeDelegate, ChangeModel

NOW = ""  # stands for the text as it is
_SETTLE = 400  # ms between a change and comparing again: a person who types makes many


@dataclass(frozen=True, slots=True)
class _Read:
    """What a comparison needs and gives: the versions to choose from, the two that were compared, the rows."""

    versions: list[Version]
    people: dict[str, Person]
    old: str
    new: str
    rows: list[ChangeRow]


class ChangesView(QWidget):
    """Shows ``old`` against ``new``. ``count_changed(n)`` for the tab, ``opened(segment)`` to go to the editor."""

    count_changed = Signal(int)
    opened = Signal(str)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self._desk: Desk | None = None
        self._story: str | None = None
        self._wanted: tuple[str, str] | None = None  # None: the versions that say most
        self._places: list[Place] = []
        self._latest = Latest(tasks, N_("Comparing versions"), self)
        self._model = ChangeModel(texts, self)
        self._view = FlowList(texts(N_("Changes")), self)
        self._delegate = ChangeDelegate(look, texts, self._model, self._view)
        self._old, self._new = QComboBox(self), QComboBox(self)
        self._count = QLabel(self)
        self._empty = EmptyState(look, "file-text", "", "", parent=self)
        self._stack = QStackedLayout()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_SETTLE)
        self._wait.timeout.connect(self._reload)
        self._set_up_view()
        self._lay_out()
        for keys, slot in (("Alt+Down", self.next_change), ("Alt+Up", self.previous_change)):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        for box in (self._old, self._new):
            box.activated.connect(self._on_version_chosen)
        bus.changed.connect(self._on_changed)
        look.changed.connect(self._on_look_changed)
        self._say(N_("No story is open"), N_("The changes between two versions stand here."))

    def _set_up_view(self) -> None:
        view = self._view
        view.setModel(self._model)
        view.setItemDelegate(self._delegate)
        view.clicked.connect(self._on_clicked)
        view.activated.connect(self._on_activated)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 6, 12, 6)
        bar.setSpacing(8)
        for words, box, name in (
            (N_("Between"), self._old, N_("Older version")),
            (N_("and"), self._new, N_("Newer version")),
        ):
            label = QLabel(self._texts(words), self)
            label.setProperty("role", "muted")
            box.setAccessibleName(self._texts(name))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(14)
            bar.addWidget(label)
            bar.addWidget(box, 3)
        bar.addStretch(1)
        self._count.setProperty("role", "muted")
        bar.addWidget(self._count)
        self._steppers = [
            self._stepper(bar, "chevron-up", N_("Previous change (Alt+Up)"), self.previous_change),
            self._stepper(bar, "chevron-down", N_("Next change (Alt+Down)"), self.next_change),
        ]
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(Hairline(parent=self))
        column.addLayout(self._stack, 1)

    def _stepper(self, bar: QHBoxLayout, icon: str, tip: Message, slot: object) -> tuple[QToolButton, str]:
        button = QToolButton(self)
        button.setIcon(self._look.icon(icon))
        button.setToolTip(self._texts(tip))
        button.setAccessibleName(self._texts(tip))
        button.clicked.connect(slot)
        bar.addWidget(button)
        return button, icon

    def open_desk(self, desk: Desk | None) -> None:
        """Take or give back the archive."""
        self._desk = desk
        self.show_story(None)

    def show_story(self, story_id: str | None) -> None:
        """Show a story: what changed since its draft was signed, or since its last version."""
        if story_id != self._story:
            self._wanted = None
            self._show_rows([])
        self._story = story_id
        self._reload()

    def show_versions(self, old: str, new: str = NOW) -> None:
        """Show one version against another; ``new`` empty is the text as it stands."""
        self._wanted = (old, new)
        self._reload()

    def is_stale(self) -> bool:
        """Whether a change came in that is still to be compared."""
        return self._wait.isActive() or self._latest.waiting

    def next_change(self) -> None:
        """Go to the next change; after the last one it goes on at the first."""
        self._step(1)

    def previous_change(self) -> None:
        """Go to the change before this one."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._places:
            here = self._model.here
            start = self._places.index(here) if here in self._places else (-1 if by > 0 else 0)
            self._go(self._places[(start + by) % len(self._places)])

    def _go(self, place: Place) -> None:
        self._model.take(place)
        index = self._model.index(place.row)
        self._view.setCurrentIndex(index)
        self._view.scrollTo(index)
        shown, top = self._view.visualRect(index), self._delegate.top_of(place)
        room = self._view.viewport().height()
        if shown.height() > room:  # a row taller than the window: bring its change into sight
            bar = self._view.verticalScrollBar()
            bar.setValue(bar.value() + shown.top() + top - room // 3)
        self._show_count()

    def _reload(self) -> None:
        self._wait.stop()
        desk, story, wanted = self._desk, self._story, self._wanted
        if desk is None or story is None:
            self._latest.forget()
            self._show_rows([])
            self._say(N_("No story is open"), N_("The changes between two versions stand here."))
            return
        self._latest.ask(lambda _progress: _read(desk, story, wanted), self._on_read, self._on_error)

    def _on_read(self, read: _Read) -> None:
        self._fill(self._old, read, read.old, now=False)
        self._fill(self._new, read, read.new, now=True)
        if read.rows != self._model.rows:
            self._show_rows(read.rows)
        self._show_count()
        if read.rows:
            self._stack.setCurrentWidget(self._view)
        else:
            self._say(N_("Nothing differs"), N_("The two texts are the same, word for word."))

    def _show_rows(self, rows: Sequence[ChangeRow]) -> None:
        """Show rows and stay at the change in hand where its row is still there."""
        here = self._model.here
        key = self._model.rows[here.row].key if here is not None else None
        self._model.show_rows(rows)
        self._places = places_of(rows)
        same = [place for place in self._places if rows[place.row].key == key]
        if here is not None and same:
            self._go(next((p for p in same if (p.side, p.run) == (here.side, here.run)), same[0]))
        self.count_changed.emit(len(self._places))
        self._show_count()

    def _show_count(self) -> None:
        here, total = self._model.here, len(self._places)
        place = self._places.index(here) + 1 if here in self._places else 0
        text = N_("{place} of {total}", place=place, total=total) if place else N_("{total} changes", total=total)
        self._count.setText(self._texts(text) if total else "")
        for button, _icon in self._steppers:
            button.setEnabled(total > 0)

    def _fill(self, box: QComboBox, read: _Read, chosen: str, *, now: bool) -> None:
        choices = [(self._texts(N_("Now")), NOW)] if now else []
        choices += [(self._version_text(version, read), str(version.number)) for version in reversed(read.versions)]
        if [(box.itemText(i), box.itemData(i)) for i in range(box.count())] != choices:
            box.clear()
            for text, data in choices:
                box.addItem(text, data)
            box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + self._look.theme.px(24))
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.setToolTip(box.currentText())

    def _version_text(self, version: Version, read: _Read) -> str:
        person = read.people.get(version.person or "")
        when = self._texts.moment(datetime.fromisoformat(version.at))
        return " · ".join(part for part in (str(version.number), person.name if person else "", when) if part)

    def _say(self, title: Message, sentence: Message) -> None:
        self._empty.show_text(self._texts(title), self._texts(sentence))
        self._stack.setCurrentWidget(self._empty)

    def _on_error(self, error: KnownError) -> None:
        self._show_rows([])
        self._empty.show_text(self._texts(N_("These versions cannot be compared")), self._texts.error(error))
        self._stack.setCurrentWidget(self._empty)

    def _on_version_chosen(self) -> None:
        self.show_versions(str(self._old.currentData() or ""), str(self._new.currentData() or NOW))

    def _on_clicked(self, index: QModelIndex) -> None:
        first = next((place for place in self._places if place.row == index.row()), None)
        here = self._model.here
        if first is not None and (here is None or here.row != index.row()):
            self._go(first)

    def _on_activated(self, index: QModelIndex) -> None:
        row = self._model.rows[index.row()]
        if row.number is not None:
            self.opened.emit(row.key)

    def _on_changed(self, changes: object, _sender: str) -> None:
        if isinstance(changes, Changes) and self._story in changes.stories:
            self._wait.start()

    def _on_look_changed(self) -> None:
        for button, icon in self._steppers:
            button.setIcon(self._look.icon(icon))
        self._view.doItemsLayout()


def _read(desk: Desk, story: str, wanted: tuple[str, str] | None) -> _Read:
    """Run away from the window: read the two texts and compare them."""
    versions, _events, people = stories.story_history(desk, story)
    file = stories.open_story(desk, story)
    old, new = wanted or (_telling_version(file, versions), NOW)
    if not old:
        return _Read(versions, people, old, new, [])
    before = stories.open_version(desk, story, old)
    after = stories.open_version(desk, story, new) if new else file.story.content
    return _Read(versions, people, old, new, change_rows(before, after, file.story.languages))


def _telling_version(file: stories.StoryFile, versions: Sequence[Version]) -> str:
    """The version to compare with: the signed draft, else the newest that differs from now, else the newest."""
    draft = file.policy.steps[0].name
    drafts = [s for s in file.signoffs if s.step == draft and s.withdrawn_at is None]
    signed = [signoff.version for signoff in drafts if signoff.digest != file.digest]
    if signed:
        return str(signed[-1])
    other = [version.number for version in versions if version.digest != file.digest]
    return str((other or [version.number for version in versions])[-1]) if versions else ""
