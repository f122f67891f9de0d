"""The window of the events: a list that is read as it is scrolled, its filter, and the files made of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop_app.desk.auditing import (
    FORMS,
    ExportedEvents,
    Say,
    asked_for,
    chain_head,
    event_numbers,
    events_numbered,
    export_events,
    story_names,
)
from desktop_app.desk.desk import Desk
from desktop_app.desk.people import list_people
from desktop_app.domain.events import KIND_NAMES, ChainHead, EventFilter, StoryName, ToldEvent
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import CancelledError, KnownError
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.events.filter_line import Asked
from desktop_app.gui.events.layout import EventsLayout
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts

_FIRST = 100  # events read with the numbers of all
_AROUND = 60  # rows read above and below what is in view
_SETTLE = 400  # ms between a change and reading it: a person who types makes many


@dataclass(frozen=True, slots=True)
class _Read:
    """One answer: all numbers, the first events, and what the chips offer."""

    asked: EventFilter
    numbers: Sequence[int]
    first: Sequence[ToldEvent]
    head: ChainHead | None
    people: Sequence[Person]
    stories: Mapping[str, StoryName]


class EventsWindow(EventsLayout):
    """``opened(story)`` when a headline is chosen."""

    opened = Signal(str)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, parent: QWidget) -> None:
        super().__init__(look, texts, tasks, parent)
        self._desk: Desk | None = None
        self._filter: EventFilter | None = None  # what the list shows
        self._keeps = False  # whether the event that is chosen stays so with the next reading
        self._entering = False  # whether the keyboard wants into the list as soon as it is read
        self._reading = Latest(tasks, N_("Reading the events"), self)
        self._fetching = Latest(tasks, N_("Reading the events"), self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLE)
        self._later.timeout.connect(self.reload)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._fetch)
        self.model.missing.connect(self._on_missing)
        self.line.changed.connect(self.reload)
        self.line.left_down.connect(self._enter_list)
        self.list.left_up.connect(self.line.search.setFocus)
        self.list.opened.connect(self._on_opened)
        self.list.offer_asked.connect(self._offer)
        self.list.selectionModel().currentChanged.connect(lambda _new, _old: self._show_chosen())
        self.nothing.clicked.connect(self.line.clear)
        self.export.clicked.connect(self.ask_export)
        self.stop.clicked.connect(self.reject)
        bus.changed.connect(self._on_changed)

    # What it shows

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk
        self._later.stop()
        self._soon.stop()
        self._reading.forget()
        self._fetching.forget()
        if self._job is not None:
            self._job.cancel()
        self._filter = None
        self.model.show_numbers((), ())
        self.message.hide()
        self.line.clear()
        self.show_head(None)
        self.show_count(None)

    def begin(self) -> None:
        """Read anew, with the newest event chosen and the keyboard in the filter."""
        self._keeps = self._entering = False
        self._ask()
        self.line.search.setFocus()

    def reload(self) -> None:
        """Read what the filter asks for; where that is what is listed, the event that is chosen stays."""
        self._keeps = not self._reading.waiting or self._keeps
        self._entering = False
        self._ask()

    def _ask(self) -> None:
        desk = self._desk
        if desk is None:
            return
        self._later.stop()
        self._fetching.forget()
        asked, say = self.line.asked, self._say()
        self._reading.ask(lambda _progress: _read(desk, asked, say), self._on_read, self._on_unread)

    def _say(self) -> Say:
        texts = self._texts
        return lambda message: message if isinstance(message, str) else texts(message)

    def _on_read(self, read: _Read) -> None:
        stays = self._keeps and read.asked == self._filter
        kept = self.model.number_at(self.list.currentIndex()) if stays else None
        above = self.list.verticalScrollBar().value() if stays else 0
        self._filter = read.asked
        headlines = {story: self._headline(name) for story, name in read.stories.items()}
        self.line.show_choices(read.people, headlines)
        self.model.show_numbers(read.numbers, read.first)
        self.show_head(read.head)
        self.show_count(len(read.numbers), filtered=self.line.asked != Asked())
        row = self.model.row_of(kept) if kept is not None else None
        if read.numbers:
            self.list.setCurrentIndex(self.model.index(row or 0, 0))
            self.list.verticalScrollBar().setValue(above)
        self._show_chosen()
        if self._entering and self.focusWidget() is self.line.search:
            self._enter_list(0)
        self._entering = False

    def _headline(self, name: StoryName) -> str:
        both = name.headline.en, name.headline.zh
        first, second = both[::-1] if self._texts.language.startswith("zh") else both
        return first or second or name.slug

    def _on_unread(self, error: KnownError) -> None:
        if not isinstance(error, CancelledError):
            self.say(self._texts.error(error), "error")

    def _on_missing(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _fetch(self) -> None:
        """Read the rows in view, and some around them."""
        desk = self._desk
        first, last = self.list.rows_in_view()
        wanted = self.model.unread(first - _AROUND, last + _AROUND)
        chosen = self.list.currentIndex().row()
        wanted += [number for number in self.model.unread(chosen, chosen) if number not in wanted]
        if desk is not None and wanted:
            self._fetching.ask(lambda _progress: events_numbered(desk, wanted), self._on_fetched, self._on_unread)

    def _on_fetched(self, events: list[ToldEvent]) -> None:
        self.model.take(events)
        if (event := self.chosen()) is not None:
            self.show_event(event)

    def _on_changed(self, _changes: object, _sender: str) -> None:
        if self.isVisible():
            self._later.start()

    # What is chosen

    def chosen(self) -> ToldEvent | None:
        """The event that is chosen."""
        return self.model.event_at(self.list.currentIndex())

    def _show_chosen(self) -> None:
        event = self.chosen()
        self.show_event(event)
        if event is None and self.list.currentIndex().isValid():
            self._on_missing()  # it may be out of view

    def _enter_list(self, rows: int) -> None:
        """Go into the list, so many rows on from the chosen one; what is still being read is waited for."""
        self._entering = self._reading.waiting
        if self.model.rowCount() and not self._entering:
            self.list.setFocus()
            wanted = self.list.currentIndex().row() + rows
            self.list.setCurrentIndex(self.model.index(min(wanted, self.model.rowCount() - 1), 0))

    def _on_opened(self) -> None:
        event = self.chosen()
        if event is not None and len(event.stories) == 1 and event.headline is not None:
            self.opened.emit(event.stories[0])

    def _offer(self, at: QPoint) -> None:
        event = self.chosen()
        if event is None:
            return
        menu = QMenu(self)
        for words, act in self.offers(event):
            menu.addAction(self._texts(words)).triggered.connect(lambda _on=False, act=act: act())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def offers(self, event: ToldEvent) -> list[tuple[Message, Callable[[], None]]]:
        """What can be done with an event."""
        offers: list[tuple[Message, Callable[[], None]]] = []
        if len(event.stories) == 1 and event.headline is not None:
            story = event.stories[0]
            offers.append((N_("Open the story"), self._on_opened))
            offers.append((N_("Only this story"), lambda: self.line.ask_story(story)))
        if event.person is not None:
            person = event.person
            offers.append((N_("Only what {name} did", name=event.who), lambda: self.line.ask_person(person)))
        kind = event.kind
        only = N_("Only “{kind}”", kind=KIND_NAMES[kind])
        return [
            *offers,
            (only, lambda: self.line.ask_kinds(frozenset({kind}))),
            (N_("Copy the hash"), lambda: self.copy(event.hash)),
        ]

    # Writing it out

    def ask_export(self) -> None:
        """Ask where what is listed goes, and in which form."""
        kinds = {f"{self._texts(name)} (*{ending})": ending for ending, name in FORMS.items()}
        title = self._texts(N_("Export the events"))
        name, kind = QFileDialog.getSaveFileName(self, title, "events.csv", ";;".join(kinds))
        if name:
            path = Path(name)
            known = path.suffix.lower() in FORMS
            self.write_out(path if known else path.with_name(path.name + kinds.get(kind, ".csv")))

    def write_out(self, path: Path) -> None:
        """Write what is listed to a file, with a bar that shows how far it is."""
        desk, asked, say = self._desk, self._filter, self._say()
        if desk is None or asked is None or self._job is not None:
            return
        self.show_busy(True)
        self.run_job(
            N_("Writing events"),
            lambda progress: export_events(desk, asked, path, say=say, progress=progress),
            self._on_written,
            self._on_unwritten,
        )

    def _on_written(self, done: ExportedEvents) -> None:
        self.show_busy(False)
        written = NN_("{n} event written to {file}.", "{n} events written to {file}.", done.events, file=done.path.name)
        self.say(self._texts(written), "good")

    def _on_unwritten(self, error: KnownError) -> None:
        self.show_busy(False)
        if isinstance(error, CancelledError):
            self.say(self._texts(N_("Stopped; no file was written.")), "accent")
        else:
            self.say(self._texts.located(error), "error")


def _read(desk: Desk, asked: Asked, say: Say) -> _Read:
    """Run away from the window."""
    people = list_people(desk)
    wanted = asked_for(
        desk,
        story=asked.story or None,
        person=next((person for person in people if person.id == asked.person), None),
        kinds=asked.kinds,
        since=asked.since,
        until=asked.until,
        text=asked.text,
        say=say,
    )
    numbers = event_numbers(desk, wanted)
    first = events_numbered(desk, numbers[:_FIRST])
    return _Read(wanted, numbers, first, chain_head(desk), people, story_names(desk))
