"""The dialog of the house style: sections at the left, the chosen one beside them, nothing written before Save."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.house_style import NOTHING_DECIDED, HouseStyle
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.states import READ_ONLY
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import Hairline, InlineMessage, push_button
from desktop_app.gui.style.checks_section import ChecksSection
from desktop_app.gui.style.names_section import NamesSection
from desktop_app.gui.style.patterns_section import PatternsSection
from desktop_app.gui.style.sentences_section import SentencesSection
from desktop_app.gui.style.wording_section import WordingSection
from desktop_app.language.sentences.rules import SegmentationRules

WORDING, CHECKS, NAMES, PATTERNS, SENTENCES = range(5)
_SECTION_OF = {
    **dict.fromkeys(
        ("variety", "headline_limit", "headline_case", "long_sentence", "caption_stop", "credit_form"), WORDING
    ),
    "names": NAMES,
    "patterns": PATTERNS,
    "switched_off": CHECKS,
}


@dataclass(frozen=True, slots=True)
class Decided:
    """Everything that the dialog decides; ``rules`` None are the program's own."""

    style: HouseStyle
    rules: SegmentationRules | None


class StyleDialog(QDialog):
    """``asked(Decided)`` on Save; the four others ask for files. ``show_error`` says why the desk refuses."""

    asked = Signal(object)
    import_asked = Signal()
    export_asked = Signal()
    rules_import_asked = Signal()
    rules_export_asked = Signal()

    def __init__(self, look: Look, texts: Texts, decided: Decided, parent: QWidget, *, writable: bool = True) -> None:
        super().__init__(parent)
        self._texts = texts
        self._writable = writable
        self.setWindowTitle(texts(N_("House style")))
        self.setModal(True)
        self.resize(look.theme.px(980), look.theme.px(600))
        self.wording = WordingSection(look, texts, self)
        self.checks = ChecksSection(look, texts, self)
        self.names = NamesSection(look, texts, self)
        self.patterns = PatternsSection(look, texts, self)
        self.sentences = SentencesSection(texts, self)
        self.sentences.import_asked.connect(self.rules_import_asked)
        self.sentences.export_asked.connect(self.rules_export_asked)
        self.message = InlineMessage(look, texts(N_("Close")), self)
        self._make_sections(look)
        self._make_buttons()
        self._lay_out()
        self.show_decided(decided)
        if not writable:
            self.message.show_text(texts(READ_ONLY), "warning", closable=False)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.save.click)
        self.list.setFocus()

    def _make_sections(self, look: Look) -> None:
        self.list = QListWidget(self)
        self.list.setFixedWidth(look.theme.px(160))
        self.list.setAccessibleName(self._texts(N_("Sections of the house style")))
        self.stack = QStackedWidget(self)
        self.stack.setProperty("surface", "paper")
        for title, section in (
            (N_("Wording"), self.wording),
            (N_("Checks"), self.checks),
            (N_("Names"), self.names),
            (N_("Patterns"), self.patterns),
            (N_("Sentences"), self.sentences),
        ):
            self.list.addItem(self._texts(title))
            self.stack.addWidget(section)
        self.list.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.list.setCurrentRow(0)

    def _make_buttons(self) -> None:
        texts = self._texts
        self.bring_in = push_button(texts(N_("Import…")), "", self)
        self.bring_in.setToolTip(texts(N_("Take a style of a file; nothing is written before you save")))
        self.bring_in.clicked.connect(self.import_asked)
        self.write_out = push_button(texts(N_("Export…")), "", self)
        self.write_out.setToolTip(texts(N_("Write the style as it stands here to a file")))
        self.write_out.clicked.connect(self.export_asked)
        self.cancel = push_button(texts(N_("Cancel") if self._writable else N_("Close")), "", self)
        self.cancel.clicked.connect(self.reject)
        self.save = push_button(texts(N_("Save")), "primary", self)
        self.save.setToolTip(texts(N_("Save ({key})", key=QKeySequence("Ctrl+Return").toString())))
        self.save.clicked.connect(self._on_save)
        self.save.setEnabled(self._writable)

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.list)
        middle.addWidget(Hairline(Qt.Orientation.Vertical, self))
        middle.addWidget(self.stack, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 12, 16, 14)
        buttons.setSpacing(8)
        for left in (self.bring_in, self.write_out):
            buttons.addWidget(left)
        buttons.addStretch(1)
        for right in (self.cancel, self.save):
            buttons.addWidget(right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.message)
        layout.addLayout(middle, 1)
        layout.addWidget(Hairline(parent=self))
        layout.addLayout(buttons)

    def show_decided(self, decided: Decided) -> None:
        """Show what is decided."""
        self.show_style(decided.style)
        self.sentences.show_rules(decided.rules)

    def show_style(self, style: HouseStyle) -> None:
        """Show a style; the rules for sentences stay."""
        for section in (self.wording, self.checks, self.names, self.patterns):
            section.show_style(style)

    def style_here(self) -> HouseStyle:
        """The style as it stands here."""
        style = NOTHING_DECIDED
        for section in (self.wording, self.checks, self.names, self.patterns):
            style = section.onto(style)
        return style

    def decided(self) -> Decided:
        """All that stands here."""
        return Decided(self.style_here(), self.sentences.rules)

    def show_error(self, error: KnownError) -> None:
        """Say why it was refused, with the section in front that it is about."""
        place = error.place if isinstance(error.place, str) else self._texts(error.place)
        field, _, name = place.partition(":")
        if field in _SECTION_OF:
            self.list.setCurrentRow(_SECTION_OF[field])
            place = name.strip()
        reason = self._texts(error.reason)
        self.message.show_text(f"{place}: {reason}" if place else reason, "error")

    def _on_save(self) -> None:
        if not self.wording.valid():
            self.list.setCurrentRow(WORDING)
            self.wording.credit_form.setFocus()
            return
        self.message.dismiss()
        self.asked.emit(self.decided())
