"""What the checks said of the open story, on the sheet, and the acts that answer it."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.findings import Finding, Fix
from desktop_app.gui.editor.house_ways import HouseWays
from desktop_app.gui.editor.segment_acts import SegmentActs
from desktop_app.gui.editor.sheet import Sheet
from desktop_app.gui.kit.texts import Texts

_SETTLED = 400  # ms without a change after which checks are worth running


class FindingActs(SegmentActs):
    """Holds the findings. ``settled`` when the text has rested long enough to be checked again."""

    settled = Signal()
    findings_shown = Signal()

    def __init__(self, texts: Texts, sheet: Sheet, ways: HouseWays, parent: QWidget | None = None) -> None:
        super().__init__(texts, sheet, ways, parent)
        self._findings: Sequence[Finding] = ()
        self._outdated = False  # whether the text changed since the findings were found
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLED)
        self._settle.timeout.connect(self.settled)

    def can_edit(self) -> bool:
        """Whether the open story may be changed."""
        return self._document is not None and self._document.read_only is None

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what the checks found."""
        if self._document is not None:
            self._findings = findings
            self._outdated = self._settle.isActive()
            self._sheet.marks.show_findings(findings, self._document.text)
            self._sheet.show_marks()
            self.findings_shown.emit()

    def active_fix(self) -> Fix | None:
        """The first fix that the checks offer for the active segment as it stands, None where there is none."""
        if not self.can_edit() or self._outdated:
            return None
        here = self._sheet.key
        return next((one.fix for one in self._findings if one.segment == here and one.fix is not None), None)

    def fix_active(self) -> None:
        """Make that fix."""
        fix = self.active_fix()
        if fix is not None:
            self.apply_fix(self._sheet.key, fix)

    def findings_count(self) -> int:
        """How many findings are shown."""
        return len(self._findings)

    def _outdate(self) -> None:
        """The text changed: what was found may no longer hold."""
        self._settle.start()
        self._outdated = True

    def _forget_findings(self) -> None:
        self._settle.stop()
        self._findings = ()
