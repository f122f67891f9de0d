"""The dialog of an embargo: until when, by whose clocks, and why; or that it is lifted."""

from datetime import datetime, timedelta

from PySide6.QtCore import QDate, QDateTime, QTime
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QDateTimeEdit, QFormLayout, QLabel, QWidget

from desktop_app.desk import embargoes
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.stories import StoryFile
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.ids import moment, stamp
from desktop_app.foundation.messages import N_
from desktop_app.foundation.zones import USUAL_ZONE, clocks_of, moment_in, told, zones
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.publishing.asking import ActAsking

_USUAL_HOUR = 8  # of the day after, where there is no embargo yet


class EmbargoDialog(ActAsking):
    """Asks until when a story stays in. What happens is said as it is chosen; an earlier end takes a second person."""

    def __init__(self, look: Look, texts: Texts, file: StoryFile, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(look, texts, N_("Embargo"), N_("Set the embargo"), parent)
        self._now = stamp(now)
        embargo = file.publication.embargo
        self._held = embargo if embargo is not None and embargo.holds(self._now) else None
        zone = self._held.zone if self._held is not None else USUAL_ZONE
        self.add_points((N_("Until when must this story not go out?"),))
        self.when = QDateTimeEdit(self)
        self.when.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.when.setCalendarPopup(True)
        self.when.setAccessibleName(texts(N_("Until")))
        self.zone = QComboBox(self)
        self.zone.setEditable(True)
        self.zone.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.zone.addItems(zones())
        self.zone.setCurrentText(zone)
        self.zone.setAccessibleName(texts(N_("Zone")))
        completer = self.zone.completer()
        if completer is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        begin = clocks_of(self._held.until or self._now, zone) if self._held is not None else self._tomorrow(now, zone)
        self.when.setDateTime(QDateTime(QDate(begin.year, begin.month, begin.day), QTime(begin.hour, begin.minute)))
        self.lift = QCheckBox(texts(N_("Lift it: the story can go out at any time")), self)
        self.lift.setVisible(self._held is not None)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(16)
        form.addRow(texts(N_("Until")), self.when)
        form.addRow(texts(N_("Clocks of")), self.zone)
        if self._held is not None:
            form.addRow("", self.lift)
        self.body.addLayout(form)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.body.addWidget(self.told)
        self.ask_note(texts(N_("Reason")))
        for signal in (self.when.dateTimeChanged, self.zone.currentTextChanged, self.lift.toggled):
            signal.connect(self._show)
        self.note_field.textChanged.connect(self._show)
        self.when.setFocus()
        self._show()

    @staticmethod
    def _tomorrow(now: datetime, zone: str) -> datetime:
        here = clocks_of(stamp(now + timedelta(days=1)), zone)
        return here.replace(hour=_USUAL_HOUR, minute=0)

    def until(self) -> str | None:
        """The moment chosen, as the archive keeps it; None where it is none."""
        try:
            return moment_in(self.when.dateTime().toString("yyyy-MM-dd HH:mm"), self.zone.currentText().strip())
        except WrongUsageError:
            return None

    def _show(self) -> None:
        until, lifting = self.until(), self.lift.isChecked()
        self.when.setEnabled(not lifting)
        self.zone.setEnabled(not lifting)
        role, ready = "muted", bool(self.note())
        if lifting:
            said = N_("A second person must confirm it; until then the embargo holds.")
        elif until is None:
            said, role, ready = (
                N_("Clocks of that zone never show this time, or nobody knows the zone."),
                "warning",
                False,
            )
        elif until <= self._now:
            said, role, ready = N_("This moment has passed."), "warning", False
        elif self._held is not None and until < (self._held.until or ""):
            now = told(self._held.until or "", self._held.zone)
            said = N_("That is earlier than now ({now}): a second person must confirm it.", now=now)
        else:
            said = N_(
                "It holds at once. No text is locked by it. In UTC: {moment}.",
                moment=f"{moment(until):%Y-%m-%d %H:%M}",
            )
        self.told.setText(self._texts(said))
        self.told.setProperty("role", role)
        self.told.style().polish(self.told)
        asks = lifting or (self._held is not None and until is not None and until < (self._held.until or ""))
        self.yes.setText(self._texts(N_("Ask for it") if asks else N_("Set the embargo")))
        self.yes.setEnabled(ready)

    def carry_out(self, desk: Desk, story: str, by: Person) -> Changes:
        """Do on the writer thread what was chosen."""
        if self.lifting:
            return embargoes.lift(desk, story, by=by, reason=self.reason)
        return embargoes.set_embargo(desk, story, self.chosen or "", self.chosen_zone, by=by, reason=self.reason)

    def accept(self) -> None:
        """Keep what was chosen: it is carried out on another thread, which touches no widget."""
        self.lifting, self.reason = self.lift.isChecked(), self.note()
        self.chosen, self.chosen_zone = self.until(), self.zone.currentText().strip()
        super().accept()
