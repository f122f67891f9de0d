"""The question that goes before an act: what will happen, perhaps what to look through first, and the note."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk.source_changes import Pending
from desktop_app.domain.text_ops import text_ops
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.asking import Asking
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.marked import MarkedLabel
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.publishing.questions import Question

_MOST_FACTS = 6  # lines that are seen without scrolling


class ActAsking(Asking):
    """A question about an act, point by point."""

    def __init__(
        self, look: Look, texts: Texts, title: Message, yes: Message, parent: QWidget | None, *, danger: bool = False
    ) -> None:
        super().__init__(texts, texts(title), texts(yes), parent, danger=danger)
        self._look, self._texts = look, texts
        self.setMinimumWidth(look.theme.px(480))

    def add_points(self, points: tuple[Message, ...]) -> None:
        """Say what will happen, point by point; the first as a heading."""
        for number, point in enumerate(points):
            line = QLabel(self._texts(point), self)
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setWordWrap(True)
            if not number:
                line.setProperty("role", "heading")
            self.body.addWidget(line)

    def ask_note(self, label: str) -> None:
        """Ask for the note under what stands there already."""
        self.add_note(label, self._look.theme.px(64))


class ActDialog(ActAsking):
    """Asks one of ``questions``; where the rules want a reason, the answer waits until it is written."""

    def __init__(self, look: Look, texts: Texts, ask: Question, parent: QWidget | None = None) -> None:
        super().__init__(look, texts, ask.title, ask.yes, parent, danger=ask.danger)
        self._required = ask.required
        self.add_points(ask.points)
        if ask.facts:
            self.body.addWidget(self._card([self._fact(fact) for fact in ask.facts]))
        if ask.changed:
            self.body.addWidget(self._card([label for one in ask.changed for label in self._changed(one)]))
        self.ask_note(texts(ask.label))
        self.note_field.textChanged.connect(self._on_note)
        self.note_field.setFocus()
        self._on_note()
        layout = self.layout()
        if layout is not None:  # left to itself it is as high as at a narrower width
            self.resize(self.minimumWidth(), layout.totalHeightForWidth(self.minimumWidth()))

    def _fact(self, fact: Message) -> QLabel:
        line = QLabel(self._texts(fact), self)
        line.setTextFormat(Qt.TextFormat.PlainText)
        line.setWordWrap(True)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return line

    def _changed(self, one: Pending) -> list[QLabel]:
        """The difference as it is shown elsewhere; what the marks say, in words for assistive technology."""
        line = MarkedLabel(self._look, "zh-Hans", text_ops(one.was, one.now), parent=self)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line.setMinimumHeight(1)  # as high as it is at its own width, not at the narrowest
        line.setAccessibleName(self._texts(N_("Was: {was}\nIs now: {now}", was=one.was or "–", now=one.now or "–")))
        if not one.lost:
            return [line]
        lost = N_("The correction has no such place any more: after reopening, take it in by hand.")
        return [line, self._fact(lost)]

    def _card(self, lines: Sequence[QLabel]) -> QWidget:
        card = QFrame(self)
        card.setProperty("surface", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        for line in lines:
            column.addWidget(line)
        if len(lines) <= _MOST_FACTS:
            return card
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFixedHeight(self._look.theme.px(150))
        area.setWidget(card)
        return area

    def _on_note(self) -> None:
        self.yes.setEnabled(bool(self.note()) or not self._required)
