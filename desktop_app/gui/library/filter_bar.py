"""The filter line: a search field and chips for state, topic, what waits for me, and what has findings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_app.domain.story import StoryState
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.chip_flow import ChipFlow
from desktop_app.gui.kit.choice_chip import ChoiceChip
from desktop_app.gui.kit.keys import key_of
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.states import STORY_MARKS
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import Chip
from desktop_app.gui.library.filters import Filter

_PAUSE = 150  # ms between the last key and the search


class _Search(QLineEdit):
    """A line edit that hands the arrow keys on to the list below."""

    left_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class FilterBar(QWidget):
    """Says ``changed`` when something else is asked for, and ``searched(text)`` when text is looked for."""

    changed = Signal()
    searched = Signal(str)
    left_down = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._filter = Filter()
        self._states: Mapping[StoryState, int] = {}
        self._topics: Sequence[str] = ()
        self.search = self._search_field()
        self.show_keys()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(lambda: self.searched.emit(self.search.text().strip()))
        every = texts(N_("All"))
        self._mine = Chip(texts(N_("Waiting for me")), None, self)
        self._state = ChoiceChip(texts(N_("State")), every, self)
        self._topic = ChoiceChip(texts(N_("Topic")), every, self)
        self._findings = Chip(texts(N_("With findings")), None, self)
        self._mine.toggled.connect(lambda on: self._take(replace(self._filter, mine=on)))
        self._findings.toggled.connect(lambda on: self._take(replace(self._filter, findings=on)))
        flow = ChipFlow(look.theme.px(6))
        for chip in (self._mine, self._state, self._topic, self._findings):
            flow.addWidget(chip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addLayout(flow)

    @property
    def filter(self) -> Filter:
        """What the chips ask for; the words are asked for by ``searched``."""
        return self._filter

    def clear(self) -> None:
        """Ask for nothing."""
        self.search.clear()
        self._mine.setChecked(False)
        self._findings.setChecked(False)
        self._choose_state(None)
        self._choose_topic("")

    def show_filter(self, asked: Filter, words: str) -> None:
        """Ask for this, as the chips and the field would."""
        self._mine.setChecked(asked.mine)
        self._findings.setChecked(asked.findings)
        self._choose_state(asked.state)
        self._choose_topic(asked.topic)
        self.search.setText(words)

    def show_keys(self) -> None:
        """Name the key that leads here."""
        key = key_of("filter")
        self.search.setPlaceholderText(self._texts(N_("Filter ({key})", key=key) if key else N_("Filter")))

    def show_choices(self, states: Mapping[StoryState, int], topics: Sequence[str], mine: int | None) -> None:
        """Offer the states and topics that occur, and say how many stories wait for the person (None: nobody)."""
        self._states, self._topics = states, topics
        self._mine.setVisible(mine is not None)
        self._mine.set_count(mine)
        self._topic.setVisible(bool(topics) or bool(self._filter.topic))
        self._offer()

    def show_findings(self, stories: int) -> None:
        """Say how many stories have findings."""
        self._findings.set_count(stories or None)

    def _search_field(self) -> _Search:
        search = _Search(self)
        search.setProperty("search", True)
        search.setAccessibleName(self._texts(N_("Filter the stories by words")))
        search.setClearButtonEnabled(True)
        search.left_down.connect(self.left_down)
        search.textChanged.connect(lambda _text: self._pause.start())
        return search

    def _offer(self) -> None:
        every = self._texts(N_("All"))
        states: list[tuple[str, bool, Callable[[], None]]] = [
            (every, self._filter.state is None, lambda: self._choose_state(None))
        ]
        for state, count in self._states.items():
            text = f"{self._texts(STORY_MARKS[state].word)} ({count})"
            states.append((text, self._filter.state is state, partial(self._choose_state, state)))
        self._state.offer(states)
        topics: list[tuple[str, bool, Callable[[], None]]] = [
            (every, not self._filter.topic, lambda: self._choose_topic(""))
        ]
        for topic in self._topics:
            topics.append((topic, self._filter.topic == topic, partial(self._choose_topic, topic)))
        self._topic.offer(topics)

    def _choose_state(self, state: StoryState | None) -> None:
        self._state.show_chosen(self._texts(STORY_MARKS[state].word) if state else "")
        self._take(replace(self._filter, state=state))
        self._offer()

    def _choose_topic(self, topic: str) -> None:
        self._topic.show_chosen(topic)
        self._take(replace(self._filter, topic=topic))
        self._offer()

    def _take(self, asked: Filter) -> None:
        if asked != self._filter:
            self._filter = asked
            self.changed.emit()
