"""The filter of the events: a field for words, and chips for person, story, kind and period."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop_app.domain.events import KIND_NAMES, EventKind
from desktop_app.domain.people import Person
from desktop_app.foundation.ids import Clock, utc_now
from desktop_app.foundation.messages import N_
from desktop_app.gui.events.period_dialog import PeriodDialog
from desktop_app.gui.events.story_popup import StoryPopup
from desktop_app.gui.kit.chip_flow import ChipFlow
from desktop_app.gui.kit.choice_chip import ChoiceChip
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import push_button

_PAUSE = 200  # ms between the last key and the search
_PERIODS = ((0, N_("Today")), (6, N_("Last 7 days")), (29, N_("Last 30 days")), (364, N_("Last 365 days")))
Choices = list[tuple[str, bool, Callable[[], None]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the line asks for; what is empty lets all through."""

    text: str = ""
    person: str = ""
    story: str = ""
    kinds: frozenset[EventKind] = frozenset()
    since: date | None = None
    until: date | None = None


class _Search(QLineEdit):
    left_down = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left_down.emit(1 if event.key() == Qt.Key.Key_Down else 0)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class FilterLine(QWidget):
    """``changed`` when something else is asked for; ``left_down(rows)`` when the keyboard wants into the list.

    ``rows`` is how far to go on from the row that is chosen there: 1 by the arrow, 0 by Enter.
    """

    changed = Signal()
    left_down = Signal(int)

    def __init__(self, look: Look, texts: Texts, parent: QWidget, now: Clock = utc_now) -> None:
        super().__init__(parent)
        self._look, self._texts, self._now = look, texts, now
        self.asked = Asked()
        self._people: Mapping[str, Person] = {}
        self.dialog: PeriodDialog | None = None
        every = texts(N_("All"))
        self.search = _Search(self)
        self.search.setProperty("search", True)
        self.search.setPlaceholderText(texts(N_("Filter the events by words")))
        self.search.setAccessibleName(texts(N_("Filter the events by words")))
        self.search.setClearButtonEnabled(True)
        self.search.left_down.connect(self._on_left_down)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._on_words)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.person = ChoiceChip(texts(N_("Person")), every, self)
        self.story = ChoiceChip(texts(N_("Story")), every, self)
        self.kind = ChoiceChip(texts(N_("Kind")), every, self)
        self.period = ChoiceChip(texts(N_("Period")), every, self)
        self.stories = StoryPopup(look, texts, self)
        self.stories.chosen.connect(self.ask_story)
        self.story.clicked.disconnect()
        self.story.clicked.connect(self._on_story_clicked)
        self.clear_all = push_button(texts(N_("Clear the filter")), "flat", self)
        self.clear_all.clicked.connect(self.clear)
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        flow = ChipFlow(self._look.theme.px(6))
        for chip in (self.person, self.story, self.kind, self.period):
            flow.addWidget(chip)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addLayout(flow, 1)
        below.addWidget(self.clear_all)
        below.addWidget(self.count, alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 10)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addLayout(below)

    # What is offered

    def show_choices(self, people: Sequence[Person], stories: Mapping[str, str]) -> None:
        """Offer people, and stories as headlines by id."""
        self._people = {person.id: person for person in people}
        self.stories.offer(stories)
        self._show()

    # What is asked for

    def clear(self) -> None:
        """Ask for nothing."""
        self._pause.stop()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._take(Asked())

    def ask_person(self, person: str) -> None:
        """Ask for what one person did; empty: for what everybody did."""
        self._take(replace(self.asked, person=person))

    def ask_story(self, story: str) -> None:
        """Ask for one story; empty: for all."""
        self._take(replace(self.asked, story=story))

    def ask_kinds(self, kinds: frozenset[EventKind]) -> None:
        """Ask for events of some kinds; none: for all."""
        self._take(replace(self.asked, kinds=kinds))

    def ask_period(self, since: date | None, until: date | None) -> None:
        """Ask for the events from one day to another, both included."""
        self._take(replace(self.asked, since=since, until=until))

    def _take(self, asked: Asked) -> None:
        if asked != self.asked:
            self.asked = asked
            self._show()
            self.changed.emit()

    def _on_words(self) -> None:
        self._take(replace(self.asked, text=" ".join(self.search.text().split())))

    def _on_left_down(self, rows: int) -> None:
        self._pause.stop()
        self._on_words()
        self.left_down.emit(rows)

    # The chips

    def _show(self) -> None:
        asked, texts = self.asked, self._texts
        every = texts(N_("All"))
        chosen = self._people.get(asked.person)
        self.person.show_chosen(texts(chosen.called) if chosen is not None else "")
        people: Choices = [(every, not asked.person, partial(self.ask_person, ""))]
        for identity, person in self._people.items():
            people.append((self._texts(person.called), identity == asked.person, partial(self.ask_person, identity)))
        self.person.offer(people)
        headline = self.stories.headline(asked.story)
        self.story.show_chosen(_short(headline) if asked.story else "")
        self.story.setToolTip(headline)
        names = [texts(KIND_NAMES[kind]) for kind in EventKind if kind in asked.kinds]
        self.kind.show_chosen(", ".join(names) if len(names) < 3 else f"{names[0]} + {len(names) - 1}")
        kinds: Choices = [(every, not asked.kinds, partial(self.ask_kinds, frozenset()))]
        for kind in EventKind:
            kinds.append((texts(KIND_NAMES[kind]), kind in asked.kinds, partial(self.ask_kinds, asked.kinds ^ {kind})))
        self.kind.offer(kinds)
        self._show_period(every)
        self.clear_all.setVisible(asked != Asked())

    def _show_period(self, every: str) -> None:
        since, until, today = self.asked.since, self.asked.until, self._today()
        choices: Choices = [(every, since is None and until is None, partial(self.ask_period, None, None))]
        said = ""
        for days, name in _PERIODS:
            first = today - timedelta(days=days)
            taken = (since, until) == (first, today)
            said = self._texts(name) if taken else said
            choices.append((self._texts(name), taken, partial(self.ask_period, first, today)))
        own = since is not None and until is not None and not said
        if own:
            said = f"{since} – {until}"
        choices.append((self._texts(N_("Between two days…")), own, self._ask_days))
        self.period.show_chosen(said)
        self.period.offer(choices)

    def _today(self) -> date:
        return self._now().astimezone().date()

    def _ask_days(self) -> None:
        today = self._today()
        first, last = self.asked.since or today.replace(day=1), self.asked.until or today
        self.dialog = PeriodDialog(self._look, self._texts, first, last, self.window())
        self.dialog.chosen.connect(self.ask_period)
        self.dialog.open()

    def _on_story_clicked(self) -> None:
        self.story.setChecked(bool(self.asked.story))  # the choice decides, not the click
        self.stories.open_at(self.story, self.asked.story)


def _short(headline: str) -> str:
    return headline if len(headline) <= 32 else f"{headline[:30]}…"
