"""The stories page: filter line, list, and what stands there while the archive is empty."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPoint, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.loans import ListedLoan, out_by_story
from desktop_app.desk.people import list_people
from desktop_app.desk.stories import ListedStory, list_stories
from desktop_app.desk.visits import unseen
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.drops import local_files
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, Hairline
from desktop_app.gui.library.filter_bar import FilterBar
from desktop_app.gui.library.filters import Filter, states_of, topics_of
from desktop_app.gui.library.findings import FindingCounts
from desktop_app.gui.library.model import StoryModel
from desktop_app.gui.library.out import brief_text, out_text
from desktop_app.gui.library.thumbnails import Thumbnails
from desktop_app.gui.library.view import StoryList
from desktop_app.gui.library.waiting import WaitingStories

if TYPE_CHECKING:  # the checks are loaded after the first list has been shown
    from desktop_app.desk.checking import Examiner

_PAUSE = 200  # ms between a change and reading the list again: autosave tells every second


class LibraryPage(QWidget):
    """Lists the stories. Paths dropped on it are handed on: on a story as its pictures, beside one for import."""

    opened = Signal(str)
    menu_asked = Signal(QPoint)
    chosen = Signal(list)
    import_asked = Signal(list)
    pictures_dropped = Signal(str, list)
    failed = Signal(object)
    listed = Signal()

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._desk: Desk | None = None
        self._person: Person | None = None
        self._stories: list[ListedStory] = []
        self._newest: list[ListedStory] = []  # the same in the archive's order
        self._sought = ""
        self._found: frozenset[str] | None = None
        self._reading = Latest(tasks, N_("Reading the list of stories"), self)
        self._searching = Latest(tasks, N_("Searching the stories"), self)
        self._noticing = Latest(tasks, N_("Reading what has changed"), self)
        self._thumbnails = Thumbnails(tasks, self)
        self._counts = FindingCounts(tasks, self)
        self._counts.changed.connect(self._on_counts)
        self._waiting = WaitingStories(tasks, self._on_failed, self)
        self._waiting.changed.connect(self._on_waiting)
        self._model = StoryModel(texts, self._thumbnails, self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self.reload)
        bus.changed.connect(self._on_changed)
        self._build(look)
        self.setAcceptDrops(True)

    def _build(self, look: Look) -> None:
        self.bar = FilterBar(look, self._texts, self)
        self.bar.changed.connect(self._on_filter)
        self.bar.searched.connect(self._on_searched)
        self.bar.left_down.connect(self._on_left_down)
        self._keyboard_wanted = False
        self._wanted = ""  # the story to be chosen once it is read
        self.list = StoryList(look, self._texts, self._model, self)
        self.list.opened.connect(self.opened)
        self.list.menu_asked.connect(self.menu_asked)
        self.list.chosen.connect(lambda: self.chosen.emit(self.selected()))
        self._empty = EmptyState(
            look, "import", self._texts(N_("No stories yet")),
            self._texts(N_("Drop text files or web pages here, or import a Chinese page with its English.")),
            self._texts(N_("Import…")), self,
        )  # fmt: skip
        self._empty.clicked.connect(lambda: self.import_asked.emit([]))
        self._nothing = EmptyState(
            look, "filter", self._texts(N_("No story fits")),
            self._texts(N_("No story is all that the filter asks for.")), self._texts(N_("Clear the filter")), self,
        )  # fmt: skip
        self._nothing.clicked.connect(self.bar.clear)
        self._stack = QStackedWidget(self)
        for page in (self.list, self._empty, self._nothing):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(Hairline(parent=self))
        layout.addWidget(self._stack, 1)
        self.bar.hide()

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk
        self._reading.forget()
        self._searching.forget()
        self._noticing.forget()
        self._thumbnails.open_desk(desk)
        self._counts.open_desk(desk)
        self._waiting.open_desk(desk)
        self._stories, self._newest, self._found, self._wanted = [], [], None, ""
        self._model.show([])
        self.bar.clear()
        self.reload()

    def check_with(self, examiner: "Examiner | None") -> None:
        """Say who checks the stories; until then their findings are not counted."""
        self._counts.check_with(examiner)

    def show_person(self, person: Person | None) -> None:
        """Say who is at the desk: what waits for them can be asked for."""
        self._person = person
        self._waiting.show_person(person)
        self._show_choices()
        self._apply()
        self.look_for_unseen()

    def look_for_unseen(self) -> None:
        """Ask anew which stories others have changed since the person last saw them."""
        desk, person = self._desk, self._person
        if desk is None or person is None:
            self._noticing.forget()
            self._model.show_unseen(frozenset())
            return
        self._noticing.ask(lambda _progress: unseen(desk, person), self._model.show_unseen, self._on_failed)

    def selected(self) -> list[str]:
        """The ids of the stories that are chosen, in the order of the list."""
        return [self._model.listed(row).summary.id for row in self.list.selected_rows()]

    def listed_stories(self, ids: Sequence[str] | None = None) -> list[ListedStory]:
        """All stories of the archive as they were last read, or those of these ids."""
        wanted = None if ids is None else set(ids)
        return [one for one in self._stories if wanted is None or one.summary.id in wanted]

    def select(self, story: str) -> None:
        """Choose one story in the list and bring it into view; one that is not read yet, as soon as it is."""
        row = self._model.row_of(story)
        self._wanted = story if row is None else ""
        if row is not None and self.list.currentIndex().row() != row:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(self._model.index(row), flag)
            self.list.scrollTo(self._model.index(row))

    def show_open(self, story: str) -> None:
        """Say which story is open in front, empty for none: it need not be the one that is chosen."""
        self._model.show_open(story)

    def focus_filter(self) -> None:
        """Put the keyboard into the filter field."""
        self.bar.search.setFocus()
        self.bar.search.selectAll()

    def show_waiting(self) -> None:
        """Show what waits for the person at the desk, and nothing else."""
        self.bar.show_filter(Filter(mine=True), "")
        self.focus_list()

    def focus_list(self) -> None:
        """Put the keyboard into the list, on its first story where none is current; without any, on Import."""
        self._on_left_down()
        self._keyboard_wanted = True

    def reload(self) -> None:
        """Read the list again, away from the window."""
        desk = self._desk
        if desk is None:
            return

        def read(_progress: Progress) -> tuple[list[ListedStory], list[Person], dict[str, list[ListedLoan]]]:
            return list_stories(desk), list_people(desk), out_by_story(desk)

        self._reading.ask(read, lambda answer: self._take(*answer), self._on_failed)
        if self._found is not None:
            self._on_searched(self.bar.search.text().strip())

    def _take(self, stories: list[ListedStory], people: list[Person], out: dict[str, list[ListedLoan]]) -> None:
        self._newest = stories
        self._stories = _in_order(stories, self._stories) if self.isVisible() else stories
        texts = self._texts
        lines = {story: (out_text(loans, texts), brief_text(loans, texts)) for story, loans in out.items()}
        self._model.show_out(lines)
        self._model.people = {person.id: person for person in people}
        self._show_choices()
        self._apply()
        self._counts.look_through(stories)
        self._waiting.look()
        self.look_for_unseen()
        if self._wanted:
            self.select(self._wanted)
        if self.list.hasFocus():
            self._choose_first()
        if self._keyboard_wanted and not stories:
            self._empty.button.setFocus()
        self._keyboard_wanted = False
        self.listed.emit()

    def _show_choices(self) -> None:
        self.bar.show_choices(states_of(self._stories), topics_of(self._stories), self._waiting.count)

    def _apply(self, *, anew: bool = False) -> None:
        """List what passes the filter; unless it is looked at ``anew``, what is in view stays where it is."""
        asked = self.bar.filter
        asked = Filter(asked.state, asked.mine, asked.topic, asked.findings, self._found)
        waiting = self._waiting.stories
        shown = [one for one in self._stories if asked.passes(one, waiting, self._counts.counts)]
        if asked.mine:  # the most urgent first
            order = {story: place for place, story in enumerate(waiting)}
            shown.sort(key=lambda one: order[one.summary.id])
        kept, places = self.selected(), self.list.in_view()
        self._model.show(shown)
        rows = [row for story in kept if (row := self._model.row_of(story)) is not None]
        self.list.select_rows(rows)
        if not anew:
            self.list.keep_in_view(places)
        elif not rows:
            self.list.scrollToTop()
        self.bar.setVisible(bool(self._stories))
        if not self._stories:
            self._stack.setCurrentWidget(self._empty)
        else:
            self._stack.setCurrentWidget(self.list if shown else self._nothing)

    def _on_filter(self) -> None:
        self._stories = self._newest
        self._apply(anew=True)

    def _on_failed(self, error: KnownError) -> None:
        self.failed.emit(error)

    def _on_searched(self, text: str) -> None:
        desk, anew, self._sought = self._desk, text != self._sought, text
        if not text or desk is None:
            self._searching.forget()
            self._found = None
            self._apply(anew=anew)
            return

        def read(_progress: Progress) -> frozenset[str]:
            return frozenset(one.summary.id for one in list_stories(desk, text=text))

        self._searching.ask(read, lambda found: self._on_found(found, anew=anew), self._on_failed)

    def _on_found(self, found: frozenset[str], *, anew: bool) -> None:
        self._found = found
        self._apply(anew=anew)

    def _on_counts(self) -> None:
        counts = self._counts.counts
        self._model.show_findings(counts, self._counts.errors)
        self.bar.show_findings(sum(count > 0 for count in counts.values()))
        if self.bar.filter.findings:
            self._apply()

    def _on_waiting(self) -> None:
        self._model.show_waiting(self._waiting.stories)
        self._show_choices()
        if self.bar.filter.mine:
            self._apply()

    def _on_left_down(self) -> None:
        self.list.setFocus()
        self._choose_first()

    def _choose_first(self) -> None:
        """Let the keyboard begin somewhere where nothing is chosen."""
        if not self.list.selected_rows() and self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(max(0, self.list.currentIndex().row())))

    def _on_changed(self, changes: object, _sender: str) -> None:
        if not isinstance(changes, Changes):
            return
        checked = changes.terms or changes.style
        self._counts.forget(None if checked else changes.stories)
        if changes.stories or changes.people or changes.pictures or checked:
            self._later.start()

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and self._stories is not self._newest:
            self._stories = self._newest
            self._apply()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._desk is not None and self._desk.archive.writable and local_files(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = local_files(event.mimeData())
        place = self.list.viewport().mapFrom(self, event.position().toPoint())
        story = self.list.story_at(place) if self._stack.currentWidget() is self.list else ""
        event.acceptProposedAction()
        if story and all(is_pictures(path) for path in paths):
            self.pictures_dropped.emit(story, paths)
        else:
            self.import_asked.emit(paths)


def _in_order(stories: Sequence[ListedStory], before: Sequence[ListedStory]) -> list[ListedStory]:
    """The stories in the order in which they are looked at; what is new stands first, as in the archive's order."""
    places = {one.summary.id: place for place, one in enumerate(before)}
    return sorted(stories, key=lambda one: places.get(one.summary.id, -1))


def is_pictures(path: Path) -> bool:
    """Whether a dropped path is a folder or a picture file, by its name."""
    return path.is_dir() or path.suffix.lower() in {".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".gif"}
