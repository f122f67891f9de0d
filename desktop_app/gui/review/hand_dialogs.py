"""The questions about whose turn it is: to whom a step is given and until when, and to whom a story is handed on."""

from datetime import datetime, timedelta

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateTimeEdit, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.desk import duties, handing_on
from desktop_app.desk.stories import StoryFile
from desktop_app.domain import workflow
from desktop_app.domain.people import Person
from desktop_app.foundation.ids import moment
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.acting import Job
from desktop_app.gui.kit.asking import Asking
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.review.dialogs import NoteDialog, NoteRequest
from desktop_app.gui.review.hand_acts import name_of

_USUAL_HOUR = 18  # of the day after, where no deadline was set before

RECALL = NoteRequest(
    N_("Recall the draft"),
    N_("The draft comes back to you and can be changed. Its sign-off is withdrawn and stays in the history."),
    N_("Recall"),
    N_("Reason (may stay empty)"),
    required=False,
)
GIVE_BACK = NoteRequest(
    N_("Give the review back"),
    N_("The review is free for anybody who may take it. What you typed stays, and is kept as a version."),
    N_("Give back"),
    N_("Note for whoever takes it (may stay empty)"),
    required=False,
)
_TAKE_AWAY = NoteRequest(
    N_("Take the review away"),
    N_("The review is free for anybody who may take it. What was typed stays, and is kept as a version."),
    N_("Take away"),
    N_("Reason"),
)


class _Choosing(Asking):
    """A question that begins with a person."""

    def __init__(
        self, look: Look, texts: Texts, title: Message, yes: Message, sentence: Message, parent: QWidget | None
    ) -> None:
        super().__init__(texts, texts(title), texts(yes), parent)
        self.setMinimumWidth(look.theme.px(440))
        said = QLabel(texts(sentence), self)
        said.setWordWrap(True)
        self.body.addWidget(said)
        self.person = QComboBox(self)

    def _add_person(self, label: str, choices: list[tuple[str, str | None]], chosen: str | None) -> None:
        for name, identity in choices:
            self.person.addItem(name, identity)
        self.person.setCurrentIndex(max(0, self.person.findData(chosen)))
        self.body.addLayout(_labelled(label, self.person, self))

    def chosen(self) -> str | None:
        """The id of the person chosen, None for nobody."""
        found = self.person.currentData()
        return str(found) if found is not None else None


def _labelled(label: str, field: QWidget, parent: QWidget) -> QVBoxLayout:
    caption = QLabel(label, parent)
    caption.setProperty("role", "muted")
    caption.setBuddy(field)
    field.setAccessibleName(label)
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(caption)
    column.addWidget(field)
    return column


class AssignDialog(_Choosing):
    """Who does the open step, and until when. Only those are offered who may take it."""

    def __init__(
        self, look: Look, texts: Texts, file: StoryFile, by: Person, now: datetime, parent: QWidget | None = None
    ) -> None:
        """``now`` is a moment in this machine's zone, in which the deadline is chosen too."""
        step = file.situation.open_step()
        assert step is not None, "only an open step is assigned"
        sentence = N_(
            "The strip and the list show who does “{step}” and until when. It keeps nobody from taking the step who "
            "may, and ends when the step is signed.",
            step=step.title,
        )
        super().__init__(look, texts, N_("Assign “{step}”", step=step.title), N_("Assign"), sentence, parent)
        had = file.assignment
        at = file.situation
        able = [
            (one.name, one.id)
            for one in file.people.values()
            if workflow.may_be_assigned(at, one) is None and workflow.may_assign(at, by, one.id) is None
        ]
        first = had.person if had is not None else at.holder or (able[0][1] if len(able) == 1 else None)
        self._add_person(texts(N_("Who does it")), [(texts(N_("Whoever takes it")), None), *able], first)
        self.until = QCheckBox(texts(N_("Until")), self)
        self.deadline = QDateTimeEdit(self)
        self.deadline.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.deadline.setCalendarPopup(True)
        self.deadline.setAccessibleName(texts(N_("Deadline")))
        self.deadline.setMinimumDateTime(_qt(now + timedelta(minutes=1)))
        usual = (now + timedelta(days=1)).replace(hour=_USUAL_HOUR, minute=0, second=0, microsecond=0)
        before = moment(had.deadline).astimezone() if had is not None and had.deadline is not None else None
        self.deadline.setDateTime(_qt(before if before is not None and before > now else usual))
        self.until.setChecked(had is None or before is not None)
        self.deadline.setEnabled(self.until.isChecked())
        self.until.toggled.connect(self.deadline.setEnabled)
        self.until.toggled.connect(self._on_changed)
        self.person.currentIndexChanged.connect(self._on_changed)
        zone = QLabel(texts(N_("in the time of this machine, {zone}", zone=_zone(now))), self)
        zone.setProperty("role", "muted")
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.until)
        line.addWidget(self.deadline)
        line.addWidget(zone, 1)
        self.body.addLayout(line)
        self.add_note(texts(N_("Note for whoever does it (may stay empty)")), look.theme.px(72))
        self.note_field.setPlainText(had.note if had is not None else "")
        self.yes.setDefault(True)
        self.note_field.setFocus()
        self._people = file.people
        self._story, self._by = file.story.id, by
        self._on_changed()

    def _on_changed(self) -> None:
        self.yes.setEnabled(self.chosen() is not None or self.until.isChecked())

    def job(self) -> Job:
        """What the answer asks of the desk."""
        story, by, note, to = self._story, self._by, self.note(), self._people.get(self.chosen() or "")
        until = datetime.fromtimestamp(self.deadline.dateTime().toSecsSinceEpoch()).astimezone()
        deadline = until.replace(second=0) if self.until.isChecked() else None
        return lambda desk: duties.assign(desk, story, by=by, to=to, anyone=to is None, deadline=deadline, note=note)


class HandOnDialog(_Choosing):
    """To whom the draft or the review goes, and why. Only those are offered who may have it."""

    def __init__(self, look: Look, texts: Texts, file: StoryFile, by: Person, parent: QWidget | None = None) -> None:
        drafting = file.story.state in workflow.DRAFT
        name = name_of(file, file.situation.drafter if drafting else file.situation.holder)
        sentence = N_("What {name} typed is kept as a version. The review goes on from there.", name=name)
        if drafting:
            sentence = N_(
                "{name} is credited with the draft beside the new drafter, and reviews nothing of this version. "
                "Neither does anybody else who wrote in it.",
                name=name,
            )
        super().__init__(look, texts, N_("Hand to somebody else"), N_("Hand on"), sentence, parent)
        able: list[tuple[str, str | None]] = [
            (one.name, one.id) for one in file.people.values() if workflow.may_take_over(file.situation, one) is None
        ]
        self._add_person(texts(N_("Who takes it over")), able, None)
        if not able:
            none = QLabel(texts(N_("There is nobody else who may have it.")), self)
            none.setProperty("role", "error")
            self.body.addWidget(none)
        self.add_note(texts(N_("Reason")), look.theme.px(72))
        self.note_field.textChanged.connect(self._on_changed)
        self.note_field.setFocus()
        self._people = file.people
        self._story, self._by = file.story.id, by
        self._on_changed()

    def _on_changed(self) -> None:
        self.yes.setEnabled(self.chosen() is not None and bool(self.note()))

    def job(self) -> Job:
        """What the answer asks of the desk."""
        story, by, note, to = self._story, self._by, self.note(), self._people[self.chosen() or ""]
        return lambda desk: handing_on.reassign(desk, story, to=to, by=by, note=note)


class HandNoteDialog(NoteDialog):
    """Recalling a draft, or giving a review back: a sentence and a note."""

    def __init__(
        self, look: Look, texts: Texts, action: str, file: StoryFile, by: Person, parent: QWidget | None = None
    ) -> None:
        asked = RECALL if action == "recall" else GIVE_BACK if file.situation.holder == by.id else _TAKE_AWAY
        super().__init__(look, texts, asked, parent)
        self._action, self._story, self._by = action, file.story.id, by

    def job(self) -> Job:
        """What the answer asks of the desk."""
        story, by, note = self._story, self._by, self.note()
        if self._action == "recall":
            return lambda desk: handing_on.recall(desk, story, by=by, note=note)
        return lambda desk: handing_on.unclaim(desk, story, by=by, note=note)


def hand_dialog(
    look: Look, texts: Texts, action: str, file: StoryFile, by: Person, parent: QWidget | None
) -> AssignDialog | HandOnDialog | HandNoteDialog:
    """The question that belongs to an act."""
    if action == "assign":
        return AssignDialog(look, texts, file, by, datetime.now().astimezone(), parent)
    if action == "reassign":
        return HandOnDialog(look, texts, file, by, parent)
    return HandNoteDialog(look, texts, action, file, by, parent)


def _qt(local: datetime) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(local.timestamp()))


def _zone(local: datetime) -> str:
    """How far the zone of a moment is from UTC."""
    written = f"{local:%z}"
    return f"UTC{written[:3]}:{written[3:5]}"
