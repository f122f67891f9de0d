"""The dialog that packs: for whom, what goes along, where the file goes; then progress, and where it lies."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QLabel, QWidget

from desktop_app.desk.desk import Changes, Desk, Progress
from desktop_app.desk.home import Home, home_of
from desktop_app.desk.loans import ListedLoan, holders, list_loans
from desktop_app.desk.packing import Packed, Survey, pack, survey
from desktop_app.desk.people import list_people
from desktop_app.desk.places import PACKAGE_SUFFIX
from desktop_app.desk.stories import ListedStory
from desktop_app.domain.people import Person
from desktop_app.domain.workflow import DRAFT
from desktop_app.foundation.errors import CancelledError, KnownError
from desktop_app.foundation.ids import moment
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.folders import documents
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress as TaskProgress
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.writing_dialog import WritingDialog

_Known = tuple[Survey, list[Person], list[ListedLoan], Home | None]


class PackDialog(WritingDialog):
    """Packs the stories it was given, or with ``home`` all that a small archive holds.

    ``packed(changes)`` when the file is there.
    """

    packed = Signal(object)

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, desk: Desk, person: Person | None,
        stories: Sequence[ListedStory], home: Home | None, parent: QWidget,
    ) -> None:  # fmt: skip
        title = N_("Pack to send home") if home else N_("Pack for offline work")
        super().__init__(look, texts, tasks, parent, title)
        self._desk, self._person = desk, person
        self._stories, self._home = list(stories), home
        self._out: list[ListedLoan] = []
        self._known = self._done = False
        self._reading = Latest(tasks, N_("Reading what goes along"), self)
        self._build()
        self._read()

    @property
    def _ids(self) -> list[str]:
        return [one.summary.id for one in self._stories] if self._home is None else []

    def _build(self) -> None:
        texts = self._texts
        self.holder = QComboBox(self)
        self.holder.currentIndexChanged.connect(lambda _index: self._on_holder())
        self.contents = QLabel(texts(N_("Reading what goes along …")), self)
        self.contents.setWordWrap(True)
        self.make_place(N_("Pack"))
        self._note = QLabel(texts(self._promise()), self)
        self._note.setProperty("role", "muted")
        self._note.setWordWrap(True)
        self._lay_out()
        self.show_state()

    def _lay_out(self) -> None:
        form = self.form
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self._texts(N_("For")), self.holder)
        form.setRowVisible(self.holder, self._home is None)
        form.addRow(self._texts(N_("Goes along")), self.contents)
        form.addRow(self._texts(N_("File")), self.place)
        self.lay_out(self._title(), self._note)
        self.resize(self._look.theme.px(580), self._look.theme.px(350))

    # What it says

    def _title(self) -> str:
        if self._home is not None:
            return self._texts(N_("Everything in this work package, for {house}", house=self._home.house))
        return self.called(self._stories)

    def _promise(self) -> Message:
        if self._home is not None:
            return N_(
                "Every story comes home, whether anything was done to it or not. You can go on working here, and pack "
                "again later: what is home already is not taken in twice."
            )
        return N_(
            "The file opens on any machine as a small archive of its own. The stories stay here too, and others can go "
            "on working on them: what comes home is merged, and where both sides changed a sentence, you decide."
        )

    def _show_contents(self, found: Survey) -> None:
        stories = NN_("{n} story", "{n} stories", found.stories)
        segments = NN_("{n} segment", "{n} segments", found.segments)
        pictures = NN_("{n} picture", "{n} pictures", found.pictures)
        size = self._texts.number(round(found.picture_bytes / 2**20, 1))
        if self._home is not None:
            said = N_(
                "{stories} with {segments}; {pictures} ({size} MB); every sign-off with its version, comments, and the "
                "events of this archive.", stories=stories, segments=segments, pictures=pictures, size=size,
            )  # fmt: skip
        else:
            said = N_(
                "{stories} with {segments}, sign-offs and comments; {pictures} ({size} MB); the terms and the part of "
                "the memory that fit; the people with their keys, policies and house style.",
                stories=stories, segments=segments, pictures=pictures, size=size,
            )  # fmt: skip
        self.contents.setText(self._texts(said))

    def _show_people(self, people: Sequence[Person]) -> None:
        self.holder.addItem(self._texts(N_("Whoever opens it")), None)
        for person in people:
            self.holder.addItem(self._texts(person.called), person)
        hands = {_next_hand(one) for one in self._stories}
        wanted = hands.pop() if len(hands) == 1 else None
        places = {person.id: place for place, person in enumerate(people, start=1)}
        self.holder.setCurrentIndex(places.get(wanted or "", 0))

    def _suggested(self) -> Path:
        """Where the file goes unless somebody says otherwise: the documents folder, named for whom it is."""
        holder = self.holder.currentData()
        if self._home is not None:
            name = f"{self._desk.folder.name}-{self._home.edition + 1}"
        elif len(self._stories) == 1:
            name = self._stories[0].summary.slug
        else:
            name = self.called(self._stories).replace(" ", "-")
        if isinstance(holder, Person):
            name = f"{name}-{holder.name.split()[0]}"
        return documents() / f"{name}{PACKAGE_SUFFIX}"

    def _warn(self) -> None:
        """Say who has some of the stories already, before it is packed."""
        holder = self.holder.currentData()
        mine = [one for one in self._out if isinstance(holder, Person) and one.loan.holder == holder.id]
        if self._home is not None or not self._out:
            return
        first = holders(mine or self._out)[0]
        values: Mapping[str, object] = {
            "name": first.called or N_("Somebody"),
            "day": self._texts.day(moment(first.loan.at).astimezone().date()),
        }
        if mine:
            said = N_("{name} has this offline since {day}. The new package takes the place of the old one.", **values)
        else:
            said = N_("{name} has this offline since {day}. Both will be merged when they come home.", **values)
        self.message.show_text(self._texts(said), "warning" if mine else "accent", closable=False)
        self._make_room()

    def _make_room(self) -> None:
        """Grow to what is said now; wrapped lines would be cut off."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def show_state(self) -> None:
        """Let only what fits the moment be used."""
        busy = self._job is not None
        self._bar.setVisible(busy)
        self.go.setEnabled(not busy and self._known and bool(self.path.text().strip()))
        self.go.setVisible(not self._done)
        for part in (self.holder, self.path, self.browse):
            part.setEnabled(not busy and not self._done)

    # What it does

    def _read(self) -> None:
        desk, ids, home = self._desk, self._ids, self._home

        def read(_progress: TaskProgress) -> _Known:
            out = list_loans(desk, stories=ids) if home is None else []
            return survey(desk, ids), list_people(desk), out, home_of(desk) if home is not None else None

        self._reading.ask(read, self._on_read, self._on_failed)

    def _on_read(self, found: _Known) -> None:
        self._out, self._home = found[2], found[3]
        self._show_contents(found[0])
        self._known = True
        if self._home is None:
            self._show_people(found[1])
        self._on_holder()
        self.show_state()
        self._make_room()

    def _on_holder(self) -> None:
        if not self.typed:
            self.path.setText(str(self._suggested()))
        if not self._done:
            self.message.hide()
            self._warn()

    def ask_place(self) -> None:
        """Ask for the file."""
        kinds = self._texts(N_("Work packages ({patterns})", patterns=f"*{PACKAGE_SUFFIX}"))
        name, _ = QFileDialog.getSaveFileName(self, self._texts(N_("Pack to")), self.path.text(), kinds)
        if name:
            self.choose_place(name if name.lower().endswith(PACKAGE_SUFFIX) else name + PACKAGE_SUFFIX)

    def begin(self) -> None:
        """Pack."""
        desk, ids, by, holder = self._desk, self._ids, self._person, self.holder.currentData()
        target = Path(self.path.text().strip())

        def run(progress: Progress) -> Packed:
            return pack(desk, ids, target, by=by, made_for=holder, progress=progress)

        self.message.hide()
        self.run_job(N_("Packing"), run, self._on_packed, self._on_failed)
        self.show_state()

    def _on_packed(self, done: Packed) -> None:
        self._done = True
        changes: Changes = done.changes
        self.packed.emit(changes)
        self.show_written(self._next(done.file.path.name), N_("Show file"), done.file.path.parent)
        self.cancel.setDefault(True)
        self.cancel.setFocus()
        self.show_state()
        self._make_room()

    def _next(self, name: str) -> Message:
        """What is packed, and what is to be done with it."""
        holder = self.holder.currentData()
        if self._home is not None:
            return N_("Packed: {name}. Send it to {house}.", name=name, house=self._home.house)
        if isinstance(holder, Person):
            return N_("Packed: {name}. Send it to {person}, who opens it in Diptych.", name=name, person=holder.called)
        return N_("Packed: {name}", name=name)

    def _on_failed(self, error: KnownError) -> None:
        self.show_state()
        if not isinstance(error, CancelledError):
            self.message.show_text(self._texts.error(error), "error")
            self._make_room()
        else:
            self._warn()


def _next_hand(one: ListedStory) -> str | None:
    """Who most likely takes a story along: whoever has it, or was given its next step."""
    given = one.assignment.person if one.assignment is not None else None
    drafting = one.summary.state in DRAFT
    return one.summary.claimed_by or given or (one.summary.drafter if drafting else None)
