"""The Checks panel: every finding as a card with its sentence, a way to its segment, and its fix."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.domain.findings import Finding
from desktop_app.domain.story import Story
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.kit.actions import Actions
from desktop_app.gui.kit.keys import ACTIONS
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.states import SEVERITY_MARKS
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, push_button
from desktop_app.gui.review.numbering import row_numbers
from desktop_app.gui.review.strip import findings_text

_BATCH = 60  # cards made at a time; a story seldom has more, and nobody reads more at once


def fix_key() -> str:
    """The key that makes the fix of the active segment, as this system writes it."""
    return next(Actions.key_text(spec) for spec in ACTIONS if spec.id == "apply-fix")


class FindingCard(QFrame):
    """One finding. Enter or a click goes to its segment."""

    activated = Signal()
    fix_clicked = Signal()

    def __init__(self, finding: Finding, number: int | None, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if number is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        mark = SEVERITY_MARKS[finding.severity]
        word = QLabel(f"{mark.glyph} {texts(mark.word)}", self)
        word.setProperty("role", mark.tone if mark.tone in {"error", "warning"} else "muted")
        where = QLabel(texts(N_("segment {n}", n=number) if number is not None else N_("whole story")), self)
        where.setProperty("role", "small")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(word)
        head.addWidget(where)
        head.addStretch(1)
        sentence = texts(finding.message)
        line = QLabel(sentence, self)
        line.setTextFormat(Qt.TextFormat.PlainText)
        line.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 9, 12, 10)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(line)
        self.setAccessibleName(f"{texts(mark.word)}, {where.text()}: {sentence}")
        if finding.fix is not None:
            row = QHBoxLayout()
            button = push_button(texts(finding.fix.label), "outline", self)
            button.setToolTip(texts(N_("{text} ({key} in its segment)", text=finding.fix.target, key=fix_key())))
            button.clicked.connect(self.fix_clicked)
            row.addWidget(button)
            row.addStretch(1)
            layout.addSpacing(2)
            layout.addLayout(row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.activated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.activated.emit()
        else:
            super().keyPressEvent(event)


class ChecksPanel(QWidget):
    """Findings in reading order. ``go_to(segment)`` and ``fix(segment, Fix)`` are for the editor."""

    go_to = Signal(str)
    fix = Signal(str, object)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._findings: list[Finding] = []
        self._numbers: dict[str, int] = {}
        self._cards: dict[tuple[Finding, int | None], FindingCard] = {}
        self._shown = _BATCH
        title, sentence = N_("Nothing found"), N_("The checks compare numbers, dates, names and punctuation.")
        self._empty = EmptyState(look, "check-circle", texts(title), texts(sentence), parent=self)
        self._summary = QLabel(self)
        self._summary.setProperty("role", "muted")
        self._more = push_button("", "flat", self)
        self._more.clicked.connect(self._on_more)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._make_list())

    def _make_list(self) -> QScrollArea:
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self._summary)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        layout.addLayout(self._column)
        layout.addWidget(self._more)
        layout.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        return area

    def show_findings(self, findings: Sequence[Finding], story: Story) -> None:
        """Show a story's findings; cards of findings that stay keep their place and the keyboard."""
        self._numbers = row_numbers(story.content.blocks)
        last = len(self._numbers) + 1
        self._findings = sorted(findings, key=lambda f: self._numbers.get(f.segment or "", last))
        self._show()

    def clear(self) -> None:
        """Show no story."""
        self._findings, self._numbers, self._shown = [], {}, _BATCH
        self._show()

    def count(self) -> int:
        """How many findings there are."""
        return len(self._findings)

    def next_finding(self, after: str | None) -> str | None:
        """The next segment with a finding, in reading order; from the end it goes on at the top."""
        places = self._places()
        here = self._numbers.get(after or "", 0)
        return next((key for number, key in places if number > here), places[0][1] if places else None)

    def previous_finding(self, before: str | None) -> str | None:
        """The segment with a finding before this one; from the top it goes on at the end."""
        places = self._places()
        here = self._numbers.get(before or "", 0)
        return next((key for number, key in reversed(places) if number < here), places[-1][1] if places else None)

    def _places(self) -> list[tuple[int, str]]:
        return sorted({(self._numbers[f.segment], f.segment) for f in self._findings if f.segment in self._numbers})

    def _show(self) -> None:
        message, _role = findings_text(self._findings)
        self._summary.setText(self._texts(message) if message is not None else "")
        wanted = [(finding, self._numbers.get(finding.segment or "")) for finding in self._findings[: self._shown]]
        for key in [key for key in self._cards if key not in set(wanted)]:
            card = self._cards.pop(key)
            card.hide()
            card.deleteLater()
        for place, (finding, number) in enumerate(dict.fromkeys(wanted)):
            held = self._cards.get((finding, number))
            if held is None:
                held = self._cards[finding, number] = self._card(finding, number)
            if self._column.indexOf(held) != place:
                self._column.removeWidget(held)
                self._column.insertWidget(place, held)
        hidden = len(self._findings) - self._shown
        self._more.setVisible(hidden > 0)
        self._more.setText(self._texts(NN_("Show {n} more", "Show {n} more", max(hidden, 0))))
        self._stack.setCurrentIndex(1 if self._findings else 0)

    def _card(self, finding: Finding, number: int | None) -> FindingCard:
        card = FindingCard(finding, number, self._texts, self)
        segment, fix = finding.segment, finding.fix
        if segment is not None:
            card.activated.connect(lambda: self.go_to.emit(segment))
            if fix is not None:
                card.fix_clicked.connect(lambda: self.fix.emit(segment, fix))
        return card

    def _on_more(self) -> None:
        self._shown += _BATCH
        self._show()
