"""What an open archive fills: the list of stories and the people at once, and the rooms as soon as they are loaded."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.desk.desk import Desk
from desktop_app.desk.home import Home
from desktop_app.domain.people import Person
from desktop_app.foundation.bookmarks import BookmarkFile
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.actions import Actions
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.states import READ_ONLY
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.shell.bookmarks import Bookmarks
from desktop_app.gui.shell.commands import may
from desktop_app.gui.shell.elsewhere import Elsewhere
from desktop_app.gui.shell.list_frame import ListFrame
from desktop_app.gui.shell.opening import ROOMS, Opened
from desktop_app.gui.shell.people import PeopleDesk
from desktop_app.gui.shell.people_page import PeoplePage
from desktop_app.gui.shell.way_home import WayHome

if TYPE_CHECKING:  # the last of the late imports, see opening
    from desktop_app.gui.shell.open_stories import OpenStories
    from desktop_app.gui.shell.rooms import Rooms
    from desktop_app.gui.shell.story_page import StoryPage


class Workplace(QStackedWidget):
    """Holds the pages of one archive after the other. ``place_asked`` when one page sends to another.

    ``furnished`` when an archive was opened and everything that can be done with it is there. What a person asks for
    before goes through ``when_furnished`` and happens then.
    """

    said = Signal(str, str)
    failed = Signal(object)
    place_asked = Signal(str)
    unpack_asked = Signal(object)
    front_changed = Signal()
    status_changed = Signal(object)
    person_changed = Signal(object)
    edited = Signal(str, str, str, int)
    saved = Signal(object)
    unsaved = Signal(str, list)
    furnished = Signal()

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, actions: Actions, window: QWidget,
        bookmarks: BookmarkFile, where: Callable[[], str],
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._look = look
        self._texts = texts
        self._tasks = tasks
        self._bus = bus
        self._actions = actions
        self._window = window
        self.desk: Desk | None = None
        self.home: Home | None = None
        self._rooms: Rooms | None = None
        self._loading = False
        self._waiting: list[Callable[[Rooms], object]] = []
        self._asked = "stories"
        self.people = PeopleDesk(look, texts, tasks, bus, window)
        self.frame = ListFrame(look, texts, tasks, bus, self)
        self.library = self.frame.library
        self.elsewhere = Elsewhere(tasks, bus, self._open_stories, self)
        self.way_home = WayHome(tasks, bus, self)
        self.people_page = PeoplePage(look, texts, self.people, self)
        self.bookmarks = Bookmarks(tasks, bookmarks, where, self)
        self.addWidget(self.frame)
        self.addWidget(self.people_page)
        self._connect()

    def _connect(self) -> None:
        library = self.library
        library.opened.connect(lambda story: self.when_furnished(lambda rooms: rooms.stories.open_story(story)))
        library.menu_asked.connect(lambda at: self.when_furnished(lambda rooms: rooms.menu.open(at)))
        library.import_asked.connect(
            lambda paths: self.when_furnished(lambda rooms: rooms.transfer.import_files(paths))
        )
        library.pictures_dropped.connect(
            lambda story, paths: self.when_furnished(lambda rooms: rooms.take_pictures(story, paths))
        )
        library.failed.connect(self.failed)
        library.listed.connect(self._load_soon)
        library.failed.connect(self._load_soon)
        self.people.failed.connect(self.failed)
        self.people.person_changed.connect(self._on_person)
        self.front_changed.connect(self.bookmarks.later)

    # The rooms

    @property
    def rooms(self) -> "Rooms":
        """What is loaded after the list; whoever asks for it sooner waits until it is there."""
        return self._rooms or self._furnish()

    @property
    def stories(self) -> "OpenStories":
        """The open stories."""
        return self.rooms.stories

    def when_furnished(self, act: Callable[["Rooms"], object]) -> None:
        """Do something at once where the rooms are there, else as soon as they are, in the order of asking."""
        if self._rooms is not None:
            act(self._rooms)
        else:
            self._waiting.append(act)

    def _load_soon(self) -> None:
        """Load the rooms once the list has been painted."""
        if self._rooms is None and not self._loading:
            self._loading = True
            QTimer.singleShot(0, self, self._load)

    def _load(self) -> None:
        if self._tasks.closed:
            return
        self._tasks.run(
            lambda _progress: import_module(ROOMS), title=N_("Loading the program"),
            on_done=lambda _module: self._on_loaded(), on_error=self.failed.emit, quiet=True,
        )  # fmt: skip

    def _on_loaded(self) -> None:
        self._loading = False
        if self._rooms is None and self.desk is not None:
            self._furnish()

    def _furnish(self) -> "Rooms":
        """Make the rooms, with the archive that is open, and do what was asked for meanwhile."""
        made: Rooms = import_module(ROOMS).Rooms(
            self._look, self._texts, self._tasks, self._bus, self._actions, self._window, self.frame, self.front,
            lambda action: may(action, self, story=True),
        )  # fmt: skip
        self._rooms = made
        self._connect_rooms(made)
        if self.desk is not None:
            made.open_desk(self.desk, self.people.person, self.home)
            acts, self._waiting = self._waiting, []
            for act in acts:
                act(made)
            self.furnished.emit()
        return made

    def _connect_rooms(self, rooms: "Rooms") -> None:
        stories = rooms.stories
        for theirs, mine in (
            (rooms.said, self.said), (rooms.failed, self.failed), (rooms.place_asked, self.place_asked),
            (rooms.unpack_asked, self.unpack_asked), (stories.front_changed, self.front_changed),
            (stories.status_changed, self.status_changed), (stories.edited, self.edited), (stories.saved, self.saved),
            (stories.unsaved, self.unsaved), (self.people_page.key_asked, rooms.keys.open_key),
        ):  # fmt: skip
            theirs.connect(mine)
        rooms.page_made.connect(self.addWidget)

    # The archive

    def open_archive(self, opened: Opened) -> None:
        """Fill the pages from an archive that was just opened."""
        self.desk, self.home = opened.desk, opened.home
        self.library.show_person(opened.person)
        self.library.open_desk(opened.desk)
        if self._rooms is not None:
            self._rooms.open_desk(opened.desk, opened.person, opened.home)
        self.elsewhere.open_desk(opened.desk)
        self.way_home.open_desk(opened.desk if opened.home is not None else None)
        self.people.open_desk(opened.desk, opened.person)
        self.people_page.show_writable(writable=opened.desk.archive.writable)
        self.bookmarks.begin(opened.folder, opened.bookmark)
        if self._rooms is not None:
            self.furnished.emit()

    def refuse_files(self) -> None:
        """Say at once why no files are taken in, where the archive can only be read."""
        if self.desk is not None and not self.desk.archive.writable:
            self.said.emit(self._texts(READ_ONLY), "warning")

    def is_saved(self) -> bool:
        """Whether every word of every open story is in the archive."""
        return self._rooms is None or self._rooms.is_saved()

    def close_archive(self, *, lose: bool = False) -> bool:
        """Save, empty the pages and close the archive; False where something must stay open.

        ``lose``: the person would rather lose the words that cannot be saved.
        """
        if self.desk is None:
            return True
        if self._rooms is not None and not self._rooms.may_leave(lose=lose):
            return False
        self._waiting.clear()
        self.bookmarks.end()
        self.elsewhere.open_desk(None)
        self.way_home.open_desk(None)
        self.library.show_person(None)
        self.library.open_desk(None)
        desk, self.desk, self.home = self.desk, None, None
        if self._rooms is not None:
            self._rooms.open_desk(None, None)
        self.frame.give_back()
        self.people.open_desk(None, None)
        self._tasks.run(
            lambda _progress: desk.close(), title=N_("Closing the archive"), on_done=lambda _none: None,
            on_error=self.failed.emit, writer=True, quiet=True,
        )  # fmt: skip
        return True

    def _open_stories(self) -> list[str]:
        return self._rooms.stories.open_stories() if self._rooms is not None else []

    # The pages

    def show_place(self, place: str) -> None:
        """Bring a page to the front."""
        self._asked = place
        if place == "stories":
            self._bring(self.frame)
        elif place == "people":
            self._bring(self.people_page)
        else:
            self.when_furnished(lambda rooms: self._bring_room(rooms, place))

    def _bring_room(self, rooms: "Rooms", place: str) -> None:
        if place == self._asked:  # the person may have gone elsewhere since
            self._bring(rooms.page(place))

    def _bring(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        self.front_changed.emit()

    def front(self) -> "StoryPage | None":
        """The story in front, None where another page is."""
        rooms = self._rooms
        return rooms.stories.front() if rooms is not None and self.currentWidget() is self.frame else None

    def focus_front(self) -> None:
        """Give the keyboard to the story in front, else to the list, or to the page that is shown."""
        page = self.front()
        if page is not None:
            page.focus_front()
        elif self.currentWidget() is self.frame:
            self.library.focus_list()
        elif (shown := self.currentWidget()) is not None:
            shown.setFocus()

    def act(self, action: str) -> None:
        """Carry out an action of the editor in the story in front."""
        if self._rooms is not None:
            self._rooms.act(action)

    def usable(self, action: str) -> bool:
        """Whether an action of the editor can do something now."""
        return self._rooms is not None and self._rooms.usable(action)

    def focus_filter(self) -> None:
        """Put the keyboard into the filter of the page in front."""
        if self._rooms is None or not self._rooms.focus_filter(self.currentWidget()):
            self.place_asked.emit("stories")
            self.library.show()
            self.library.focus_filter()

    def show_keys(self) -> None:
        """Show other keys where they are named."""
        self.library.bar.show_keys()
        if self._rooms is not None:
            self._rooms.stories.show_keys()

    def _on_person(self, person: Person | None) -> None:
        self.library.show_person(person)
        if self._rooms is not None:
            self._rooms.show_person(person)
        self.person_changed.emit(person)
