"""Asks for two days."""

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts


class PeriodDialog(QDialog):
    """``chosen(since, until)``: two days, the earlier first."""

    chosen = Signal(object, object)

    def __init__(self, look: Look, texts: Texts, since: date, until: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts(N_("Between two days")))
        self.since, self.until = self._field(since), self._field(until)
        form = QFormLayout()
        form.setSpacing(look.theme.px(8))
        rows: tuple[tuple[Message, QDateEdit], ...] = ((N_("From"), self.since), (N_("To"), self.until))
        for name, field in rows:
            field.setAccessibleName(texts(name))
            field.setMinimumWidth(look.theme.px(160))
            form.addRow(texts(name), field)
        buttons = QDialogButtonBox(self)
        show = buttons.addButton(texts(N_("Show")), QDialogButtonBox.ButtonRole.AcceptRole)
        show.setProperty("variant", "primary")
        show.setDefault(True)
        buttons.addButton(texts(N_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        margin = look.theme.px(18)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(look.theme.px(14))
        layout.addLayout(form)
        layout.addWidget(buttons)

    def _field(self, day: date) -> QDateEdit:
        field = QDateEdit(QDate(day.year, day.month, day.day), self)
        field.setDisplayFormat("yyyy-MM-dd")
        field.setButtonSymbols(QDateEdit.ButtonSymbols.NoButtons)  # the arrow keys change it
        return field

    # Qt overrides

    def accept(self) -> None:
        days = [date(day.year(), day.month(), day.day()) for day in (self.since.date(), self.until.date())]
        super().accept()
        self.chosen.emit(min(days), max(days))
