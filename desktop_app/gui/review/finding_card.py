"""Findings as cards: what kind, how heavy, where, the sentence, and what can be done; and those that were set aside."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain.findings import Finding, Fix, Waiver
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.cards import Card
from desktop_app.gui.kit.keys import key_of
from desktop_app.gui.kit.states import SEVERITY_MARKS
from desktop_app.gui.kit.texts import Texts
from desktop_app.language.checks import CHECKS
from desktop_app.language.spelling import without_possessive

_SPELLING = "spelling"
_MOST_SUGGESTED = 3
_TITLES = {check.id: check.title for check in CHECKS}


class CardButton(QPushButton):
    """A button of a card: its text gives way to a narrow panel, and Enter presses it (the card would take it)."""

    def __init__(self, text: str, variant: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._whole = text
        self.setProperty("variant", variant)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._room = 0  # what frame and padding take of the width

    # Qt overrides

    def sizeHint(self) -> QSize:
        shown = self.text()
        hint = super().sizeHint()
        metrics = QFontMetrics(self.font())
        self._room = hint.width() - metrics.horizontalAdvance(shown)
        return QSize(self._room + metrics.horizontalAdvance(self._whole) + 1, hint.height())

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(
            min(whole.width(), self._room + QFontMetrics(self.font()).horizontalAdvance("MMM…")), whole.height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, max(0, self.width() - self._room))
        if shown != self.text():
            self.setText(shown)
        if shown != self._whole and not self.toolTip():
            self.setToolTip(self._whole)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class FindingCard(Card):
    """One open finding. ``fix_chosen(Fix)``, ``waive_clicked``, and ``word_accepted(str)`` for a word of spelling."""

    fix_chosen = Signal(object)
    waive_clicked = Signal()
    word_accepted = Signal(str)

    def __init__(
        self, finding: Finding, number: int | None, texts: Texts, refusal: str = "", unnamed: str = "", *,
        writable: bool, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Show a finding of row ``number``, None for the whole story; ``writable`` offers what changes the archive.

        ``refusal`` says why no repair can be written into the text, ``unnamed`` why it cannot be set aside; empty where
        it can.
        """
        super().__init__(parent)
        self._refusal, self._unnamed = refusal, unnamed
        self._texts = texts
        if number is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        mark = SEVERITY_MARKS[finding.severity]
        tone = mark.tone if mark.tone in {"error", "warning"} else "muted"
        where = _where(number)
        title = title_of(finding.check, texts)
        self.column.addLayout(_head(self, f"{mark.glyph} {title}", tone, f"{texts(mark.word)} · {texts(where)}"))
        sentence = texts(finding.message)
        self.column.addWidget(_paragraph(sentence, self))
        self.setAccessibleName(f"{texts(mark.word)}, {texts(where)}, {title}: {sentence}")
        self._add_buttons(finding, writable)

    def _add_buttons(self, finding: Finding, writable: bool) -> None:
        words = suggestions(finding)
        word = unknown_word(finding)
        fixes = [self._fix_button(fix, one) for one, fix in words]
        if finding.fix is not None and not words:
            fixes = [self._fix_button(finding.fix, self._texts(finding.fix.label))]
        others: list[QPushButton] = []
        if writable and word:
            others.append(self._button(N_("Add to names"), N_("Accept “{word}” in spelling from now on", word=word)))
            others[-1].clicked.connect(lambda: self.word_accepted.emit(word))
        if writable:
            tip = N_("Leave the text as it is, and say why ({key} in its segment)", key=key_of("waive-finding"))
            others.append(self._button(N_("Waive…"), tip))
            others[-1].clicked.connect(self.waive_clicked)
            others[-1].setEnabled(not self._unnamed)
            if self._unnamed:
                others[-1].setToolTip(self._unnamed)
        rows = [fixes, others] if word else [[*fixes, *others]]
        if any(rows):
            self.column.addSpacing(2)
        for row in rows:
            if row:
                self.column.addLayout(_row(row))

    def _fix_button(self, fix: Fix, text: str) -> QPushButton:
        button = CardButton(text, "outline", self)
        tip = N_("{text} ({key} in its segment)", text=fix.target, key=key_of("apply-fix"))
        button.setEnabled(not self._refusal)
        button.setToolTip(self._refusal or self._texts(tip))
        button.setAccessibleDescription(self._refusal)
        button.clicked.connect(lambda: self.fix_chosen.emit(fix))
        return button

    def _button(self, text: Message, tip: Message) -> QPushButton:
        button = CardButton(self._texts(text), "", self)
        button.setToolTip(self._texts(tip))
        return button


class WaivedCard(Card):
    """A finding that was set aside: by whom, when and why. ``lift_clicked`` takes that back."""

    lift_clicked = Signal()

    def __init__(
        self, finding: Finding, waiver: Waiver, number: int | None, who: str, texts: Texts, *, writable: bool,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        where, title = texts(_where(number)), title_of(finding.check, texts)
        when = texts.moment(datetime.fromisoformat(waiver.at))
        given = texts(N_("{who} · {when}", who=who, when=when))
        self.column.addLayout(_head(self, title, "muted", where))
        sentence = texts(finding.message)
        said = _paragraph(sentence, self)
        said.setProperty("role", "muted")
        self.column.addWidget(said)
        self.column.addWidget(_paragraph(texts(N_("“{reason}”", reason=waiver.reason)), self))
        by = _paragraph(given, self)
        by.setProperty("role", "small")
        self.column.addWidget(by)
        waived = texts(N_("Waived"))
        self.setAccessibleName(f"{waived}, {where}, {title}: {sentence} {given}: {waiver.reason}")
        if writable:
            button = CardButton(texts(N_("Take back")), "", self)
            button.setToolTip(texts(N_("The finding stands again")))
            button.clicked.connect(self.lift_clicked)
            self.column.addLayout(_row([button]))


def title_of(check: str, texts: Texts) -> str:
    """What people call a check; the id of one that is not known here."""
    title = _TITLES.get(check.split(":", maxsplit=1)[0])
    return texts(title) if title is not None else check


def suggestions(finding: Finding) -> list[tuple[str, Fix]]:
    """The words that spelling proposes, each with its repair: the finding carries the first, its sentence the rest."""
    fix, span = finding.fix, finding.target_span
    likely = str(finding.message.values.get("likely", "")).split(" / ")
    if finding.check != _SPELLING or fix is None or span is None:
        return []
    start, end = span[0], span[0] + len(likely[0])
    if fix.target[start:end] != likely[0]:
        return [(likely[0], fix)]
    changed = [Fix(fix.label, fix.target[:start] + word + fix.target[end:]) for word in likely]
    return list(zip(likely, changed, strict=True))[:_MOST_SUGGESTED]


def unknown_word(finding: Finding) -> str:
    """The word that spelling does not know, without a possessive; empty for findings of other checks."""
    if finding.check != _SPELLING:
        return ""
    return without_possessive(str(finding.message.values.get("word", "")))


def _where(number: int | None) -> Message:
    return N_("segment {n}", n=number) if number is not None else N_("whole story")


def _paragraph(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _head(parent: QWidget, title: str, tone: str, fact: str) -> QVBoxLayout:
    kind = _paragraph(title, parent)
    font = kind.font()
    font.setBold(True)
    kind.setFont(font)
    kind.setProperty("role", tone)
    small = _paragraph(fact, parent)
    small.setProperty("role", "small")
    head = QVBoxLayout()
    head.setSpacing(1)
    head.addWidget(kind)
    head.addWidget(small)
    return head


def _row(buttons: list[QPushButton]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
