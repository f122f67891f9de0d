"""What came home and was left open: a list, the three texts of the one in front, decided at once.

It stands beside the window, so that a person can look into the story before deciding.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.open_conflicts import Decided, OpenConflict, at_stake, open_conflicts, take_conflict
from desktop_app.desk.people import list_people
from desktop_app.desk.stories import StoryFile, open_story
from desktop_app.desk.writers_here import Writers, writers_here
from desktop_app.domain.merging.carrying import Bearing
from desktop_app.domain.merging.changes import Key
from desktop_app.domain.merging.deciding import Decision
from desktop_app.domain.people import Person
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.workflow import STATE_NAMES
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.homecoming.conflict_list import ConflictList, Waiting
from desktop_app.gui.homecoming.conflict_view import ConflictView
from desktop_app.gui.homecoming.shown import from_waiting
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress, Tasks, WhenSaved
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, Hairline, InlineMessage, SegmentedControl, push_button

_PAUSE = 200  # ms after a change of the archive; a person who types makes many
_UNSAVED = N_("The text of an open story is not saved yet. Try again in a moment.")


def _shown_of(
    found: Sequence[OpenConflict],
    people: Mapping[str, Person],
    files: Mapping[str, StoryFile],
    here: Writers,
    texts: Texts,
) -> list[Waiting]:
    made = []
    for one in found:
        story = files[one.story].story
        writer = here[one.story].get(one.key)
        shown = from_waiting(one, people, story.content, story.languages, texts, writer)
        made.append(Waiting(one, story.headline().en or story.headline().zh, shown))
    return made


class ConflictsDialog(QDialog):
    """``decided(Changes)`` when something was, ``opened(story, part)`` to look at it in its story.

    ``when_saved`` first writes what is typed in open stories to the archive.
    """

    decided = Signal(object)
    opened = Signal(str, str)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, when_saved: WhenSaved, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._texts, self._tasks, self._when_saved = look, texts, tasks, when_saved
        self._desk: Desk | None = None
        self._person: Person | None = None
        self._asked = ""  # the story of which all is listed; empty for all of the archive
        self._story = ""  # the one it was opened for
        self._waiting: list[Waiting] = []
        self._files: Mapping[str, StoryFile] = {}
        self._deciding = False
        self._warns = False  # whether the message says what taking the change in front would cost
        self._reading = Latest(tasks, N_("Reading what waits to be decided"), self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._soon.timeout.connect(self.reload)
        self.setWindowTitle(texts(N_("Conflicts to decide")))
        self._build()
        self._lay_out(parent.window())

    def _build(self) -> None:
        look, texts = self._look, self._texts
        self.title = QLabel(self)
        self.title.setProperty("role", "heading")
        self.scope = SegmentedControl(
            [("story", texts(N_("This story"))), ("all", texts(N_("All stories")))],
            texts(N_("Of which stories")), self,
        )  # fmt: skip
        self.scope.chosen.connect(self._on_scope)
        self.list = ConflictList(look, texts, self)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _place: self._on_show())
        self.view = ConflictView(look, texts, self._tasks, self, at_once=True)
        self.view.decided.connect(self._on_decided)
        self.view.placed.connect(self.list.go_to)
        self.message = InlineMessage(look, texts(N_("Close")), self)
        self._empty = EmptyState(
            look, "check-circle", texts(N_("Nothing waits to be decided")),
            texts(N_("What comes home and is not decided at once waits here, with all three texts.")), parent=self,
        )  # fmt: skip
        self.show_it = push_button(texts(N_("Show in the story")), "", self)
        self.show_it.clicked.connect(self._on_show)
        self.close_button = push_button(texts(N_("Close")), "", self)
        self.close_button.clicked.connect(self.reject)
        self.hint = QLabel(texts(N_("What is decided is written at once, like any other edit.")), self)
        self.hint.setProperty("role", "muted")
        self.hint.setWordWrap(True)

    def _lay_out(self, over: QWidget) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 10)
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.scope)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.list)
        split.addWidget(self.view)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        px = self._look.theme.px
        split.setSizes([px(180), px(400)])
        body = QWidget(self)
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(split)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 14)
        foot.setSpacing(8)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.show_it)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(Hairline(parent=self))
        layout.addWidget(self.message)
        layout.addWidget(body, 1)
        layout.addWidget(Hairline(parent=self))
        layout.addLayout(foot)
        room = over.screen().availableSize().expandedTo(over.size())
        self.resize(min(px(1020), room.width() - 40), min(px(720), room.height() - 40))

    # What it works with

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._soon.stop()
        self._reading.forget()
        self._desk, self._deciding = desk, False
        self.view.images.open_desk(desk)
        self._take(([], {}))
        if desk is None:
            self.hide()

    def show_person(self, person: Person | None) -> None:
        """Say who is at the desk."""
        self._person = person
        self._show_view(self.view.place())
        self._warn()

    def show_story(self, story: str) -> None:
        """Show what waits in a story, or in all where ``story`` is empty."""
        self._story = self._asked = story
        self.scope.choose("story" if story else "all")
        self.scope.setVisible(bool(story))
        self.message.hide()
        self.reload()

    def reload(self) -> None:
        """Read what waits, away from the window."""
        desk, texts, story = self._desk, self._texts, self._asked
        if desk is None:
            return

        def read(progress: Progress) -> tuple[list[Waiting], Mapping[str, StoryFile]]:
            found = open_conflicts(desk, story or None)
            people = {person.id: person for person in list_people(desk)}
            files = {}
            for name in {one.story for one in found}:
                progress.check()
                files[name] = open_story(desk, name)
            keys: dict[str, list[Key]] = {}
            for one in found:
                keys.setdefault(one.story, []).append(one.key)
            return _shown_of(found, people, files, writers_here(desk, keys), texts), files

        self._reading.ask(read, self._take, self._on_failed)

    def changed(self, changes: Changes) -> None:
        """Look again where the archive was changed."""
        if self.isVisible() and (changes.stories or changes.people):
            self._soon.start()

    # What it shows

    def _take(self, found: tuple[list[Waiting], Mapping[str, StoryFile]]) -> None:
        waiting, self._files = found
        front = self._front()
        places = {one.one.id: place for place, one in enumerate(waiting)}
        place = places.get(front.one.id, self.view.place()) if front is not None else 0
        place = max(0, min(place, len(waiting) - 1))
        self._waiting = waiting
        self.list.show_waiting(waiting, place)
        self._show_view(place)
        fresh = bool(waiting) and self._stack.currentIndex() == 0
        self._stack.setCurrentIndex(1 if waiting else 0)
        if fresh:
            self.list.setFocus()
        elif not waiting:
            self.close_button.setFocus()
        count = len(waiting)
        said = NN_("{n} change waits to be decided", "{n} changes wait to be decided", count)
        self.title.setText(self._texts(said if count else N_("Conflicts to decide")))
        self.show_it.setEnabled(bool(waiting))
        self._warn()

    def _front(self) -> Waiting | None:
        place = self.view.place()
        return self._waiting[place] if 0 <= place < len(self._waiting) else None

    def _show_view(self, place: int) -> None:
        self.view.show_conflicts([one.shown for one in self._waiting], {}, place=place, blocked=self._blocked())

    def _blocked(self) -> Message | None:
        if self._desk is not None and not self._desk.archive.writable:
            return N_("This archive is open for reading only; nothing can be decided.")
        if self._person is None:
            return N_("Say who you are at the top of the window; then you can decide.")
        return None

    def _on_chosen(self, place: int) -> None:
        if place != self.view.place():
            self.message.hide()
            self._show_view(place)
            self._warn()

    def _warn(self) -> None:
        """Say which sign-offs it would cost to take the change in front; what was said of a decision stays."""
        if self.message.isVisible() and not self._warns:
            return
        front = self._front()
        lost: Sequence[SignOff] = ()
        if front is not None and self._person is not None and self._blocked() is None:
            settled = front.one.bearing is Bearing.SETTLED
            lost = () if settled else at_stake(self._files[front.one.story], self._person)
        self._warns = bool(lost)
        if front is None or not lost:
            self.message.hide()
            return
        said = NN_(
            "Taking it makes the sign-off “{steps}” stale.", "Taking it makes the sign-offs “{steps}” stale.",
            len(lost), steps=self._steps(self._files[front.one.story], lost),
        )  # fmt: skip
        self._tell(said, "warning", warns=True)

    def _tell(self, said: Message, tone: str, *, warns: bool = False) -> None:
        self._warns = warns
        self.message.show_text(self._texts(said), tone)

    def _steps(self, file: StoryFile, signoffs: Sequence[SignOff]) -> str:
        steps = [(file.signed_step(one), one.step) for one in signoffs]
        return ", ".join(self._texts(step.title) if step else name for step, name in steps)

    def _on_scope(self, scope: str) -> None:
        self._asked = self._story if scope == "story" else ""
        self.reload()

    def _on_show(self) -> None:
        front = self._front()
        if front is not None:
            self.opened.emit(front.one.story, front.one.key[0] if front.one.number else "")

    # Deciding

    def _on_decided(self, place: int, decision: Decision) -> None:
        desk, person, one = self._desk, self._person, self._waiting[place].one
        if desk is None or person is None or self._deciding:
            return
        self._deciding = True
        self._when_saved(partial(self._decide, desk, person, one, decision), self._on_unsaved)

    def _on_unsaved(self) -> None:
        self._deciding = False
        self._tell(_UNSAVED, "warning")

    def _decide(self, desk: Desk, person: Person, one: OpenConflict, decision: Decision) -> None:
        if desk is not self._desk:
            return  # another archive was opened meanwhile
        self.message.hide()

        def decide(_progress: Progress) -> Decided:
            return take_conflict(desk, one.id, decision, by=person)

        self._tasks.run(
            decide, title=N_("Deciding a change"), on_done=lambda made: self._on_done(one, made),
            on_error=self._on_refused, writer=True, quiet=True,
        )  # fmt: skip

    def _on_done(self, one: OpenConflict, made: Decided) -> None:
        self._deciding = False
        self.view.forget_words(one.id)
        file = self._files.get(one.story)
        if made.stale and file is not None:
            said = NN_(
                "The sign-off “{steps}” stopped counting.", "The sign-offs “{steps}” stopped counting.",
                len(made.stale), steps=self._steps(file, made.stale),
            )  # fmt: skip
            if made.now is not made.was:
                said = N_("{said} The story is “{state}” now.", said=said, state=STATE_NAMES[made.now])
            self._tell(said, "warning")
        self.decided.emit(made.changes)
        self._soon.stop()
        self.reload()

    def _on_refused(self, error: KnownError) -> None:
        self._deciding, self._warns = False, False
        self.message.show_text(self._texts.error(error), "warning")
        self.reload()  # it may have been decided elsewhere

    def _on_failed(self, error: KnownError) -> None:
        self._warns = False
        self.message.show_text(self._texts.error(error), "error")

    # Qt overrides

    def done(self, result: int) -> None:
        self._soon.stop()
        self._reading.forget()
        super().done(result)
