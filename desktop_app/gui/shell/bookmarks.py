"""The window comes back as it was left: takes down where the work stands in an archive, and puts it back."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.domain.story import StoryState
from desktop_app.foundation.bookmarks import MOST_TABS, Bookmark, BookmarkFile
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.library.filters import Filter

if TYPE_CHECKING:  # it makes these, and the rooms are loaded late
    from desktop_app.gui.shell.rooms import Rooms
    from desktop_app.gui.shell.workplace import Workplace

_PAUSE = 2000  # ms between a change and writing it down: a program that is killed is to come back as well


class Bookmarks(QObject):
    """Keeps the bookmark of the open archive. ``where`` names the place of the rail that is in front."""

    def __init__(self, tasks: Tasks, file: BookmarkFile, where: Callable[[], str], place: "Workplace") -> None:
        super().__init__(place)
        self._tasks, self._file, self._where, self._place = tasks, file, where, place
        self._folder: Path | None = None
        self._written = Bookmark()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._soon.timeout.connect(self._write_away)

    def begin(self, folder: Path, bookmark: Bookmark) -> None:
        """Put everything back to where it was in the archive that was just opened."""
        place = self._place
        mine = bookmark.mine and place.people.person is not None
        state = bookmark.state if bookmark.state in set(StoryState) else ""
        asked = Filter(StoryState(state) if state else None, mine, bookmark.topic, bookmark.findings)
        place.library.bar.show_filter(asked, bookmark.words)
        if bookmark.tabs:
            place.frame.reserve()
            place.library.select(bookmark.front)
        place.when_furnished(lambda rooms: self._restore(rooms, folder, bookmark))

    def _restore(self, rooms: "Rooms", folder: Path, bookmark: Bookmark) -> None:
        """Put back what is not the list's; what stood in the file is not written over before."""
        self._folder, self._written = folder, bookmark
        frame = self._place.frame
        rooms.stories.restore(bookmark.tabs, bookmark.front)
        frame.give_back()
        frame.show_beside(listed=bookmark.list_shown, side=bookmark.side_shown)
        rooms.finder.recent = list(bookmark.recent)

    def later(self) -> None:
        """Write down soon where the work stands."""
        if self._folder is not None and not self._soon.isActive():
            self._soon.start()

    def end(self) -> None:
        """Write it down at once: the archive is being left."""
        if self._folder is not None:
            self._soon.stop()
            self._file.write(self._folder, self._now())
            self._folder = None

    def _now(self) -> Bookmark:
        place, bar = self._place, self._place.library.bar
        stories, front = place.stories, place.stories.tabs.page()
        marks = stories.marks()
        if front is not None and len(marks) > MOST_TABS:
            at = [mark.story for mark in marks].index(front.story_id)
            marks = marks[max(0, min(at - MOST_TABS // 2, len(marks) - MOST_TABS)) :][:MOST_TABS]
        return Bookmark(
            place=self._where(), tabs=tuple(marks), front=front.story_id if front is not None else "",
            list_shown=place.frame.list_wanted, side_shown=place.frame.side_wanted, state=str(bar.filter.state or ""),
            topic=bar.filter.topic, words=bar.search.text(), mine=bar.filter.mine, findings=bar.filter.findings,
            recent=tuple(place.rooms.finder.recent),
        )  # fmt: skip

    def _write_away(self) -> None:
        folder, file = self._folder, self._file
        if folder is None or self._tasks.closed:
            return
        bookmark = self._now()
        if bookmark == self._written:
            return
        self._written = bookmark

        def write(_progress: Progress) -> None:
            file.write(folder, bookmark)

        self._tasks.run(
            write, title=N_("Remembering the place"), on_done=lambda _none: None, on_error=lambda _error: None,
            writer=True, quiet=True,
        )  # fmt: skip
