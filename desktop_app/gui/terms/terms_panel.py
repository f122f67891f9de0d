"""The Terms panel: the terms that stand in the segment at hand, with their approved translations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.domain.terms import Term, TermKind
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.cards import Card, CardColumn
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.marked import MarkedLabel
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, push_button

SHOWN = 9  # as many as there are keys
KINDS: dict[TermKind, Message] = {
    TermKind.TERM: N_("term"),
    TermKind.PERSON: N_("person"),
    TermKind.ORGANISATION: N_("organisation"),
    TermKind.PLACE: N_("place"),
    TermKind.WORK: N_("title of a work"),
}


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """A term of the segment: ``text`` is what would be put in, ``used`` whether the translation has it already."""

    term: Term
    text: str
    used: bool = False


class TermCard(Card):
    """Enter, a double click or its button puts the translation in at the cursor."""

    taken = Signal()

    def __init__(
        self, shown: ShownTerm, key: str, look: Look, texts: Texts, languages: tuple[str, str],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent, by_click=False)
        term = shown.term
        head = QHBoxLayout()
        head.setSpacing(8)
        source = MarkedLabel(look, languages[0], (("!", term.source),), parent=self)
        head.addWidget(source, 1)
        use = self.use = push_button(texts(N_("Insert")), "flat", self)
        use.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        use.setToolTip(texts(N_("Put this term in at the cursor ({key})", key=key)) if key else "")
        use.clicked.connect(self.taken)
        head.addWidget(use, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(head)
        self.column.addWidget(MarkedLabel(look, languages[1], (("=", term.target),), parent=self))
        self.column.addLayout(self._facts(shown, key, texts))
        for line, role in _remarks(term, texts):
            remark = QLabel(line, self)
            remark.setTextFormat(Qt.TextFormat.PlainText)
            remark.setWordWrap(True)
            remark.setProperty("role", role)
            self.column.addWidget(remark)
        self.setAccessibleName(f"{term.source}: {term.target}")
        self.activated.connect(self.use.click)

    def show_refusal(self, reason: str) -> None:
        """Say on the button why the term cannot be put in; empty where it can."""
        self.use.setEnabled(not reason)
        if reason:
            self.use.setToolTip(reason)
            self.use.setAccessibleDescription(reason)

    def _facts(self, shown: ShownTerm, key: str, texts: Texts) -> QHBoxLayout:
        facts = QHBoxLayout()
        facts.setSpacing(8)
        if key:
            cap = QLabel(key, self)
            cap.setProperty("keycap", True)
            facts.addWidget(cap)
        kind = QLabel(texts(KINDS[shown.term.kind]), self)
        kind.setProperty("role", "small")
        facts.addWidget(kind)
        if shown.used:
            used = QLabel("✓ " + texts(N_("used")), self)
            used.setProperty("role", "good")
            facts.addWidget(used)
        facts.addStretch(1)
        return facts


def _remarks(term: Term, texts: Texts) -> list[tuple[str, str]]:
    """What else a person should know of a term: text and role."""
    lines: list[tuple[str, str]] = []
    if term.short:
        lines.append((texts(N_("Short, after the first mention: {text}", text=term.short)), "muted"))
    if term.allowed:
        lines.append((texts(N_("Also: {texts}", texts=", ".join(term.allowed))), "muted"))
    if term.forbidden:
        lines.append(("✕ " + texts(N_("Never: {texts}", texts=", ".join(term.forbidden))), "error"))
    if term.note:
        lines.append((term.note, "muted"))
    return lines


class TermsPanel(QWidget):
    """``take(text)`` when a person inserts one, ``add_asked`` when one is to be added."""

    take = Signal(str)
    add_asked = Signal()

    def __init__(
        self, look: Look, texts: Texts, key_text: Callable[[int], str], add_key: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._texts, self._key_text = look, texts, key_text
        self._languages = ("zh-Hans", "en")
        self._shown: list[ShownTerm] = []
        self._refusal = ""
        title, sentence = N_("No terms here"), N_("Terms of the termbase that stand in the segment come here.")
        self._empty = EmptyState(look, "terms", texts(title), texts(sentence), parent=self)
        self._column: CardColumn[tuple[int, ShownTerm, str]] = CardColumn(self._card, self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._column)
        self.add = push_button(texts(N_("Add a term…")), "flat", self)
        self.add.setToolTip(texts(N_("Add what is selected to the termbase ({key})", key=add_key)))
        self.add.clicked.connect(self.add_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.add, alignment=Qt.AlignmentFlag.AlignHCenter)

    def show_terms(self, shown: Sequence[ShownTerm], languages: tuple[str, str]) -> None:
        """Show the terms of another text."""
        self._shown, self._languages = list(shown), languages
        self._show()

    def show_refusal(self, reason: str) -> None:
        """Say why no term can be put in now; empty where one can."""
        self._refusal = reason
        self._show()

    def _show(self) -> None:
        self._column.show_keys([(number, one, self._refusal) for number, one in enumerate(self._shown, start=1)])
        self._stack.setCurrentIndex(1 if self._shown else 0)

    def count(self) -> int:
        """How many are shown."""
        return len(self._shown)

    def take_number(self, number: int) -> bool:
        """Insert the n-th term, counted from 1; False where there are fewer."""
        if not 1 <= number <= len(self._shown):
            return False
        self.take.emit(self._shown[number - 1].text)
        return True

    def _card(self, key: tuple[int, ShownTerm, str]) -> QWidget:
        number, shown, refusal = key
        key_text = self._key_text(number) if number <= SHOWN else ""
        card = TermCard(shown, key_text, self._look, self._texts, self._languages, self)
        card.show_refusal(refusal)
        card.taken.connect(lambda: self.take.emit(shown.text))
        return card
