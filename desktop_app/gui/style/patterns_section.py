"""The patterns of the house: a table, and what is done to it."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QTableWidget, QWidget

from desktop_app.domain.findings import Severity
from desktop_app.domain.house_style import HousePattern, HouseStyle
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.states import SEVERITY_MARKS
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import push_button
from desktop_app.gui.style.parts import Rows, column, heading, remark
from desktop_app.gui.style.pattern_dialog import SIDES, PatternDialog

_TITLES = (
    N_("Severity"), N_("Says"), N_("Finds"), N_("Writes instead"), N_("Except where"), N_("In"), N_("Id"),
)  # fmt: skip
_WIDTHS = (84, 196, 146, 100, 92, 76, 0)
_MOST = 100  # what a style takes


class PatternsSection(QWidget):
    """Enter or a double click changes a pattern, Delete takes it out."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self._patterns: list[HousePattern] = []
        self.table = Rows(look, [texts(t) for t in _TITLES], _WIDTHS, texts(N_("Patterns of the house")), self)
        self.table.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.opened.connect(self.ask_change)
        self.table.remove_asked.connect(self.remove_chosen)
        self.table.itemSelectionChanged.connect(self._on_chosen)
        self.add = push_button(texts(N_("Add…")), "outline", self)
        self.add.clicked.connect(self.ask_new)
        self.change = push_button(texts(N_("Change…")), "", self)
        self.change.clicked.connect(self.ask_change)
        self.remove = push_button(texts(N_("Remove")), "", self)
        self.remove.clicked.connect(self.remove_chosen)
        self._said = remark(" ", self)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.add)
        line.addWidget(self.change)
        line.addWidget(self.remove)
        line.addStretch(1)
        layout = column(self)
        layout.addWidget(heading(texts(N_("Patterns of the house")), self))
        layout.addWidget(self._said)
        layout.addWidget(self.table, 1)
        layout.addLayout(line)
        self._on_chosen()

    def show_style(self, style: HouseStyle) -> None:
        """Show the patterns of a style."""
        self._show(list(style.patterns))

    def onto(self, style: HouseStyle) -> HouseStyle:
        """The style with what stands here."""
        return replace(style, patterns=tuple(self._patterns))

    def ask_new(self) -> PatternDialog:
        """Ask for a new pattern."""
        dialog = PatternDialog(self._look, self._texts, None, {one.id for one in self._patterns}, self)
        return self._ask(dialog, len(self._patterns))

    def ask_change(self) -> PatternDialog | None:
        """Ask how the chosen pattern is to be changed."""
        row = self.table.chosen()
        if row < 0 or not self.change.isEnabled():
            return None
        others = {one.id for one in self._patterns} - {self._patterns[row].id}
        return self._ask(PatternDialog(self._look, self._texts, self._patterns[row], others, self), row)

    def remove_chosen(self) -> None:
        """Take the chosen pattern out."""
        row = self.table.chosen()
        if row >= 0:
            self._show(self._patterns[:row] + self._patterns[row + 1 :])
            self.table.selectRow(min(row, len(self._patterns) - 1))

    def _ask(self, dialog: PatternDialog, row: int) -> PatternDialog:
        def done() -> None:
            self._show([*self._patterns[:row], dialog.pattern(), *self._patterns[row + 1 :]])
            self.table.selectRow(row)

        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(done)
        dialog.open()
        return dialog

    def _show(self, patterns: list[HousePattern]) -> None:
        self._patterns = patterns
        self.table.setRowCount(len(patterns))
        for row, one in enumerate(patterns):
            mark = SEVERITY_MARKS[one.severity]
            cells = (
                f"{mark.glyph} {self._texts(mark.word)}", one.message, one.find,
                "" if one.replacement is None else one.replacement or "∅", one.unless,
                self._texts(SIDES[one.side]), one.id,
            )  # fmt: skip
            for place, text in enumerate(cells):
                self.table.put(row, place, text)
            weight = self.table.item(row, 0)
            if one.severity is not Severity.NOTE and weight is not None:
                weight.setForeground(self._look.theme.color(mark.tone))
        count = NN_(
            "{n} regular expression for what must not stand in a text.",
            "{n} regular expressions for what must not stand in a text.",
            len(patterns),
        )
        self._said.setText(self._texts(count))
        self.add.setEnabled(len(patterns) < _MOST)
        self._on_chosen()

    def _on_chosen(self) -> None:
        for button in (self.change, self.remove):
            button.setEnabled(self.table.chosen() >= 0)
