"""Which checks run: all of them with a tick box each."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QTableWidgetItem, QWidget

from desktop_app.domain.findings import Severity
from desktop_app.domain.house_style import HouseStyle
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.states import SEVERITY_MARKS
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import push_button
from desktop_app.gui.style.parts import Rows, column, heading, remark
from desktop_app.language.checks import CHECKS

_WIDTHS = (0, 150, 160)


class ChecksSection(QWidget):
    """A line a check: its title and tick box, the most that it can weigh, its id."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        titles = [texts(N_("Check")), texts(N_("At most")), texts(N_("Id"))]
        self.table = Rows(look, titles, _WIDTHS, texts(N_("Checks that run")), self)
        self.table.setRowCount(len(CHECKS))
        self._ticks: dict[str, QTableWidgetItem] = {}
        for row, check in enumerate(CHECKS):
            tick = self.table.put(row, 0, texts(check.title))
            tick.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            tick.setCheckState(Qt.CheckState.Checked)
            self._ticks[check.id] = tick
            mark = SEVERITY_MARKS[check.severity]
            weight = self.table.put(row, 1, f"{mark.glyph} {texts(mark.word)}")
            if check.severity is not Severity.NOTE:
                weight.setForeground(look.theme.color(mark.tone))
            self.table.put(row, 2, check.id).setForeground(look.theme.color("muted"))
        self.table.itemChanged.connect(lambda _item: self._count())
        self.table.opened.connect(self._on_opened)
        self._said = remark(" ", self)
        everything = push_button(texts(N_("Run all")), "flat", self)
        everything.clicked.connect(lambda: self.show_style(HouseStyle()))
        line = QHBoxLayout()
        line.addWidget(self._said, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(everything)
        layout = column(self)
        layout.addWidget(heading(texts(N_("Checks")), self))
        layout.addLayout(line)
        layout.addWidget(self.table, 1)
        self._count()

    def show_style(self, style: HouseStyle) -> None:
        """Tick what runs."""
        for check, tick in self._ticks.items():
            tick.setCheckState(Qt.CheckState.Unchecked if check in style.switched_off else Qt.CheckState.Checked)

    def onto(self, style: HouseStyle) -> HouseStyle:
        """The style with what stands here."""
        off = tuple(check for check, tick in self._ticks.items() if tick.checkState() is Qt.CheckState.Unchecked)
        return replace(style, switched_off=off)

    def _on_opened(self) -> None:
        tick = self.table.item(self.table.chosen(), 0)
        if tick is not None:
            on = tick.checkState() is Qt.CheckState.Checked
            tick.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _count(self) -> None:
        running = sum(tick.checkState() is Qt.CheckState.Checked for tick in self._ticks.values())
        said = N_("{n} of {total} run. What is switched off is looked for in no story.", n=running, total=len(CHECKS))
        self._said.setText(self._texts(said))
