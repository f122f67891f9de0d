"""The Matches panel: what the memory holds for the segment at hand, best first."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop_app.domain.memory import Match
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.cards import CardColumn
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState
from desktop_app.gui.memory.match_card import MatchCard

SHOWN = 9  # as many as there are keys


class MatchesPanel(QWidget):
    """``take(Match)`` when a person uses one. ``key_text(n)`` writes the shortcut of the n-th, counted from 1."""

    take = Signal(object)

    def __init__(self, look: Look, texts: Texts, key_text: Callable[[int], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts, self._key_text = look, texts, key_text
        self._languages = ("zh-Hans", "en")
        self._matches: list[Match] = []
        self._refusal = ""
        title, sentence = N_("Nothing like it yet"), N_("Signed translations come here while you write.")
        self._empty = EmptyState(look, "memory", texts(title), texts(sentence), parent=self)
        self._column: CardColumn[tuple[int, Match, str]] = CardColumn(self._card, self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._column)

    def show_matches(self, matches: Sequence[Match], languages: tuple[str, str]) -> None:
        """Show the matches of another text."""
        self._matches, self._languages = list(matches[:SHOWN]), languages
        self._show()

    def show_refusal(self, reason: str) -> None:
        """Say why no match can be used now; empty where one can."""
        self._refusal = reason
        self._show()

    def _show(self) -> None:
        self._column.show_keys([(number, one, self._refusal) for number, one in enumerate(self._matches, start=1)])
        self._stack.setCurrentIndex(1 if self._matches else 0)

    def count(self) -> int:
        """How many are shown."""
        return len(self._matches)

    def take_number(self, number: int) -> bool:
        """Use the n-th match, counted from 1; False where there are fewer."""
        if not 1 <= number <= len(self._matches):
            return False
        self.take.emit(self._matches[number - 1])
        return True

    def _card(self, key: tuple[int, Match, str]) -> QWidget:
        number, match, refusal = key
        card = MatchCard(match, self._key_text(number), self._look, self._texts, self._languages, self)
        card.show_refusal(refusal)
        card.taken.connect(lambda: self.take.emit(match))
        return card
