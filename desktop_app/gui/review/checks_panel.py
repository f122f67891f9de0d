"""The Checks panel: every finding as a card with its way to the text, its fix, and the way to set it aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QWidget

from desktop_app.domain.findings import Finding, Severity, Waiver
from desktop_app.domain.people import Person
from desktop_app.domain.story import Story
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.cards import CardColumn
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import Chip, EmptyState, push_button
from desktop_app.gui.review.finding_card import FindingCard, WaivedCard
from desktop_app.gui.review.numbering import row_numbers
from desktop_app.gui.review.strip import findings_text

_BATCH = 60  # cards made at a time; a story seldom has more, and nobody reads more at once
_AT_ONCE = 5  # cards made before the window gets its turn again; one takes some 1.5 ms
_FEW = 8  # findings that need no filter
_CHIPS: Mapping[Severity, Message] = {
    Severity.ERROR: N_("Errors"),
    Severity.WARNING: N_("Warnings"),
    Severity.NOTE: N_("Notes"),
}


@dataclass(frozen=True, slots=True)
class _Open:
    finding: Finding
    number: int | None
    writable: bool
    refusal: str
    unnamed: str


@dataclass(frozen=True, slots=True)
class _Waived:
    finding: Finding
    waiver: Waiver
    number: int | None
    who: str
    writable: bool


_MORE, _FOLD = "more", "fold"  # the two buttons among the cards
_Key = _Open | _Waived | str


class ChecksPanel(QWidget):
    """Findings in reading order, and under a quiet line those that were set aside.

    ``go_to(segment)`` and ``fix(segment, Fix)`` are for the editor; ``waive(Finding)``, ``lift(Waiver)`` and
    ``word_accepted(str)`` for the archive.
    """

    go_to = Signal(str)
    fix = Signal(str, object)
    waive = Signal(object)
    lift = Signal(object)
    word_accepted = Signal(str)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._findings: list[Finding] = []
        self._waived: list[tuple[Finding, Waiver]] = []
        self._people: Mapping[str, Person] = {}
        self._numbers: dict[str, int] = {}
        self._shown = _BATCH
        self._writable = False
        self._refusal = self._unnamed = ""
        self._present: set[_Key] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show)
        title, sentence = N_("Nothing found"), N_("The checks compare numbers, dates, names and punctuation.")
        self._empty = EmptyState(look, "check-circle", texts(title), texts(sentence), parent=self)
        self._summary = QLabel(self)
        self._summary.setProperty("role", "muted")
        self._more = push_button("", "flat", self)
        self._more.clicked.connect(self._on_more)
        self.fold = push_button("", "flat", self)
        self.fold.setCheckable(True)
        self.fold.toggled.connect(lambda _on: self._show())
        self.chips = {severity: Chip(texts(text), None, self) for severity, text in _CHIPS.items()}
        self._column: CardColumn[_Key] = CardColumn(self._make, self)
        self._column.layout_.insertWidget(0, self._summary)
        self._column.layout_.insertWidget(1, self._make_filter())
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._column)

    def _make_filter(self) -> QWidget:
        self._filter = QWidget(self)
        line = QHBoxLayout(self._filter)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for chip in self.chips.values():
            chip.toggled.connect(lambda _on: self._show())
            line.addWidget(chip)
        line.addStretch(1)
        return self._filter

    def show_writable(self, *, writable: bool) -> None:
        """Say whether findings can be set aside here."""
        if writable is not self._writable:
            self._writable = writable
            self._show()

    def show_refusal(self, reason: str) -> None:
        """Say why no repair can be written into the text now; empty where one can."""
        if reason != self._refusal:
            self._refusal = reason
            self._show()

    def show_unnamed(self, reason: str) -> None:
        """Say why nobody can set a finding aside now; empty where somebody is at the desk."""
        if reason != self._unnamed:
            self._unnamed = reason
            self._show()

    def show_findings(
        self,
        findings: Sequence[Finding],
        story: Story,
        waived: Sequence[tuple[Finding, Waiver]] = (),
        people: Mapping[str, Person] | None = None,
    ) -> None:
        """Show a story's findings; cards of findings that stay keep their place and the keyboard.

        ``people`` has the names of those who set findings aside, by id.
        """
        self._numbers = row_numbers(story.content.blocks)
        last = len(self._numbers) + 1
        self._findings = sorted(findings, key=lambda f: self._numbers.get(f.segment or "", last))
        self._waived = sorted(waived, key=lambda pair: self._numbers.get(pair[0].segment or "", last))
        self._people = people or {}
        self._show()

    def clear(self) -> None:
        """Show no story."""
        self._findings, self._waived, self._numbers, self._shown = [], [], {}, _BATCH
        self._show()

    def count(self) -> int:
        """How many findings stand."""
        return len(self._findings)

    def first_of(self, segment: str) -> Finding | None:
        """The first finding that stands at a segment."""
        return next((finding for finding in self._findings if finding.segment == segment), None)

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
        self._summary.setText(self._texts(message if message is not None else N_("Nothing stands open.")))
        passing = self._passing()
        how = self._writable, self._refusal, self._unnamed
        keys: list[_Key] = [_Open(one, self._numbers.get(one.segment or ""), *how) for one in passing[: self._shown]]
        keys += [_MORE, _FOLD]
        if self.fold.isChecked():
            keys += [self._waived_key(finding, waiver) for finding, waiver in self._waived[:_BATCH]]
        hidden = max(len(passing) - self._shown, 0)
        waived = len(self._waived)
        self._more.setText(self._texts(NN_("Show {n} more", "Show {n} more", hidden)))
        self.fold.setText(
            self._texts(NN_("{n} waived", "{n} waived", waived)) + ("  ▴" if self.fold.isChecked() else "  ▾")
        )
        self.fold.setAccessibleName(self._texts(NN_("{n} waived", "{n} waived", waived)))
        self._show_cards(keys)
        self._more.setVisible(hidden > 0)
        self.fold.setVisible(waived > 0)
        self._stack.setCurrentIndex(1 if self._findings or self._waived else 0)

    def _show_cards(self, keys: Sequence[_Key]) -> None:
        """Show the cards that are there and a few new ones; the others come when the window has had its turn."""
        fresh = [key for key in dict.fromkeys(keys) if key not in self._present]
        later = set(fresh[_AT_ONCE:])
        shown = [key for key in keys if key not in later]
        self._present = set(shown)
        self._column.show_keys(shown)
        if later:
            self._soon.start()

    def _passing(self) -> list[Finding]:
        """The findings that the filter lets through; with few of them there is no filter."""
        counts = {one: sum(f.severity is one for f in self._findings) for one in self.chips}
        for severity, chip in self.chips.items():
            chip.set_count(counts[severity])
            chip.setVisible(counts[severity] > 0)
        several = sum(count > 0 for count in counts.values()) > 1
        self._filter.setVisible(several and len(self._findings) > _FEW)
        chosen = {one for one, chip in self.chips.items() if chip.isChecked() and counts[one]}
        if not chosen or self._filter.isHidden():
            return self._findings
        return [finding for finding in self._findings if finding.severity in chosen]

    def _waived_key(self, finding: Finding, waiver: Waiver) -> _Waived:
        person = self._people.get(waiver.person)
        who = self._texts(person.called if person is not None else N_("somebody"))
        return _Waived(finding, waiver, self._numbers.get(finding.segment or ""), who, self._writable)

    def _make(self, key: _Key) -> QWidget:
        if isinstance(key, str):
            return self._more if key == _MORE else self.fold
        if isinstance(key, _Open):
            return self._open_card(key)
        card = WaivedCard(key.finding, key.waiver, key.number, key.who, self._texts, writable=key.writable, parent=self)
        segment, waiver = key.finding.segment, key.waiver
        if segment is not None:
            card.activated.connect(lambda: self.go_to.emit(segment))
        card.lift_clicked.connect(lambda: self.lift.emit(waiver))
        return card

    def _open_card(self, key: _Open) -> FindingCard:
        finding, segment = key.finding, key.finding.segment
        how = key.refusal, key.unnamed
        card = FindingCard(finding, key.number, self._texts, *how, writable=key.writable, parent=self)
        if segment is not None:
            card.activated.connect(lambda: self.go_to.emit(segment))
            card.fix_chosen.connect(lambda fix: self.fix.emit(segment, fix))
        card.waive_clicked.connect(lambda: self.waive.emit(finding))
        card.word_accepted.connect(self.word_accepted)
        return card

    def _on_more(self) -> None:
        self._shown += _BATCH
        self._show()
