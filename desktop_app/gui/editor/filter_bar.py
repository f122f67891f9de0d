"""The filter line over the sheet: words, chips for what rows can be asked for, and how many answer."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.editor.sieve import Question, Trait
from desktop_app.gui.kit.chip_flow import ChipFlow
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import Chip

_WORDS = {
    Trait.UNCONFIRMED: N_("Unconfirmed"),
    Trait.UNTRANSLATED: N_("Untranslated"),
    Trait.DRAFT: N_("Draft"),
    Trait.REJECTED: N_("Rejected"),
    Trait.CONFIRMED: N_("Confirmed"),
    Trait.REVISED: N_("Revised"),
    Trait.PICTURES: N_("Pictures"),
    Trait.LOCKED: N_("Locked"),
    Trait.FINDINGS: N_("With findings"),
    Trait.COMMENTED: N_("With open comments"),
    Trait.CHANGED: N_("Changed since I last saw it"),
    Trait.REPEATED: N_("Repeated"),
}
_TIPS = {
    Trait.UNCONFIRMED: N_("Untranslated, draft or rejected"),
    Trait.REVISED: N_("Revised or signed off"),
    Trait.CHANGED: N_("What others have changed since you last had this story before you"),
    Trait.REPEATED: N_("The same Chinese stands in more than one segment"),
}


class FilterBar(QWidget):
    """Asks; ``asked(Question)`` at every change, ``entered`` for the Enter key, ``closed`` when it goes away."""

    asked = Signal(object)
    entered = Signal()
    closed = Signal()

    NAME = N_("Filter this story")
    PLACEHOLDER = N_("Words in either language")
    CLOSE = N_("Show all segments (Esc)")

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._texts = texts
        self._asking = True
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(texts(self.NAME))
        self.line = QLineEdit(self)
        self.line.setProperty("search", True)
        self.line.setAccessibleName(texts(self.NAME))
        self.line.setPlaceholderText(texts(self.PLACEHOLDER))
        self.line.setMinimumWidth(look.theme.px(200))
        self.line.setMaximumWidth(look.theme.px(360))
        self.line.textChanged.connect(self._ask)
        self.told = QLabel(self)
        self.told.setProperty("role", "muted")
        self.cross = QToolButton(self)
        self.cross.setToolTip(texts(self.CLOSE))
        self.cross.setAccessibleName(texts(self.CLOSE))
        self.cross.clicked.connect(self.close_bar)
        self.chips = {trait: self._chip(trait) for trait in Trait}
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.line, 1)
        top.addWidget(self.told)
        top.addStretch(1)
        top.addWidget(self.cross)
        flow = ChipFlow(6)
        for chip in self.chips.values():
            flow.addWidget(chip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 8)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addLayout(flow)
        look.changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def question(self) -> Question:
        """What is asked now."""
        return Question(self.line.text(), frozenset(trait for trait, chip in self.chips.items() if chip.isChecked()))

    def open_bar(self) -> None:
        """Show it and take the keyboard, the words chosen."""
        self.show()
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_bar(self) -> None:
        """Ask for nothing any more, and go."""
        if not self.isHidden():
            self.reset()
            self.hide()
            self.closed.emit()

    def reset(self) -> None:
        """Ask for nothing."""
        asked = bool(self.question)
        self._asking = False
        self.line.clear()
        for chip in self.chips.values():
            chip.setChecked(False)
        self._asking = True
        if asked:
            self._ask()

    def show_counts(self, counts: Mapping[Trait, int]) -> None:
        """Show how many rows have each trait; what no row has is not offered."""
        for trait, chip in self.chips.items():
            count = counts.get(trait, 0)
            chip.set_count(count)
            chip.setVisible(bool(count) or chip.isChecked())

    def tell(self, matching: int, every: int) -> None:
        """Say how many of the segments are shown."""
        number = self._texts.number
        if self.question:
            text = NN_("{n} of {all} segment", "{n} of {all} segments", every, n=number(matching), all=number(every))
        else:
            text = NN_("{all} segment", "{all} segments", every, all=number(every))
        self.told.setText(self._texts(text))

    def _chip(self, trait: Trait) -> Chip:
        chip = Chip(self._texts(_WORDS[trait]), None, self)
        if trait in _TIPS:
            chip.setToolTip(self._texts(_TIPS[trait]))
        chip.toggled.connect(self._ask)
        return chip

    def _ask(self) -> None:
        if self._asking:
            self.asked.emit(self.question)

    def _dress(self) -> None:
        self.cross.setIcon(self._look.icon("close", "muted"))

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.question:
            self.reset()
            self.line.setFocus()
        elif key == Qt.Key.Key_Escape:
            self.close_bar()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or (key == Qt.Key.Key_Down and self.line.hasFocus()):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
