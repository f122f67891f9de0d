"""Who is at the desk: the menu behind the name, and the dialog that adds a person or corrects their entry."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.people import add_person, change_person, list_people, remove_person, set_current_person
from desktop_app.desk.signing_keys import KeysOfHouse, demand, list_keys
from desktop_app.domain.people import (
    ROLE_NAMES,
    Person,
    Role,
    may_remove,
    may_rename,
    may_set_roles,
    name_list,
    role_list,
    same_in_chinese,
)
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import InlineMessage, push_button


def roles_text(roles: Collection[Role], texts: Texts) -> str:
    """The roles in words; somebody without one may do everything."""
    return texts(role_list(roles) if roles else N_("Every role"))


_WITHOUT = N_("Without a role a person may do everything in the work on stories, as in a small office.")
_CORRECTED = N_("Credits made from sign-offs show the corrected name; every sign-off stays valid.")


def _not_allowed(reason: Message) -> Message:
    return N_("Not allowed: {reason}.", reason=reason)


class PersonDialog(QDialog):
    """Asks for a new person, or for what is to be corrected of one; ``show_error`` says why the desk refuses it.

    ``people`` is everybody, ``by`` who asks: what they may not correct stands fast, with the reason below.
    """

    asked = Signal()
    removal_asked = Signal()

    def __init__(
        self, look: Look, texts: Texts, parent: QWidget, people: Sequence[Person], by: Person | None,
        person: Person | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._texts = texts
        self._others = [one for one in people if person is None or one.id != person.id]
        self.setWindowTitle(texts(N_("Add a person") if person is None else N_("Correct a person's entry")))
        self.name = QLineEdit(person.name if person else "", self)
        self.name.setPlaceholderText("LI Wei")
        self.zh = QLineEdit(person.zh if person else "", self)
        self.zh.setPlaceholderText("李蔚")
        self.boxes = {role: QCheckBox(texts(title), self) for role, title in ROLE_NAMES.items()}
        self._trouble = InlineMessage(look, texts(N_("Close")), self)
        for role, box in self.boxes.items():
            box.setChecked(person is not None and role in person.roles)
        self._add = push_button(texts(N_("Add") if person is None else N_("Save")), "primary", self)
        self._add.setDefault(True)
        self._add.setEnabled(person is not None)
        self.remove = push_button(texts(N_("Remove")), "flat", self)
        self.remove.setToolTip(texts(N_("Only somebody who never did anything here can be removed")))
        self.remove.setVisible(person is not None)
        self.remove.clicked.connect(self.removal_asked)
        cancel = push_button(texts(N_("Cancel")), "", self)
        self._add.clicked.connect(self.asked)
        cancel.clicked.connect(self.reject)
        self.name.textChanged.connect(lambda text: self._add.setEnabled(bool(text.strip())))
        self.same = QLabel(self)
        self.same.setProperty("role", "warning")
        self.same.setWordWrap(True)
        for field in (self.name, self.zh):
            field.textChanged.connect(self._show_same)
        self._hints = [_WITHOUT]
        if person is not None:
            self._hinder(person, people, by)
        self._lay_out(look, cancel)
        self._show_same()
        self.name.selectAll()

    def roles(self) -> list[Role]:
        """The roles that are ticked."""
        return [role for role, box in self.boxes.items() if box.isChecked()]

    def show_error(self, error: KnownError) -> None:
        """Say why it was refused, and be high enough for it: a size hint knows nothing of texts that wrap."""
        self._trouble.show_text(self._texts.error(error), "error")
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        assert layout is not None, "it was laid out when it was made"
        layout.activate()
        self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _hinder(self, person: Person, people: Sequence[Person], by: Person | None) -> None:
        """Let stand fast what ``by`` may not correct of a person."""
        naming = may_rename(by, person, people)
        giving = may_set_roles(by, person, person.roles, people)
        for field in (self.name, self.zh):
            field.setReadOnly(naming is not None)
        for box in self.boxes.values():
            box.setEnabled(giving is None)
        removing = may_remove(by, person, people)
        self.remove.setEnabled(removing is None)
        self._add.setEnabled(naming is None or giving is None)
        self._hints = [_not_allowed(giving) if giving is not None else _WITHOUT]
        self._hints.append(_not_allowed(naming) if naming is not None else _CORRECTED)
        if person.unconfirmed is not None and giving is None:
            self._hints.append(N_("No archivist or editor has confirmed this entry yet. Saving it does."))

    def _show_same(self) -> None:
        same = same_in_chinese(self.name.text().strip(), self.zh.text().strip(), self._others)
        self.same.setVisible(bool(same))
        if same:
            self.same.setText(self._texts(N_("Also called so in Chinese: {names}", names=name_list(same, full=True))))
        if self.layout() is not None:
            self._fit()

    def _lay_out(self, look: Look, cancel: QWidget) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(self._texts(N_("Name, as in the credits")), self.name)
        form.addRow(self._texts(N_("Name in Chinese")), self.zh)
        form.addRow("", self.same)
        roles = QVBoxLayout()
        roles.setSpacing(4)
        for box in self.boxes.values():
            roles.addWidget(box)
        form.addRow(self._texts(N_("Roles")), roles)
        buttons = QHBoxLayout()
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        for sentence in self._hints:
            hint = QLabel(self._texts(sentence), self)
            hint.setProperty("role", "muted")
            hint.setWordWrap(True)
            layout.addWidget(hint)
        layout.addWidget(self._trouble)
        layout.addStretch(1)
        layout.addLayout(buttons)
        self.setMinimumWidth(look.theme.px(420))


class PeopleDesk(QObject):
    """Knows everybody, and lets one of them sit down: ``person_changed(Person | None)``."""

    person_changed = Signal(object)
    people_changed = Signal()
    failed = Signal(object)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._texts = texts
        self._tasks = tasks
        self._bus = bus
        self._window = window
        self._desk: Desk | None = None
        self._reading = Latest(tasks, N_("Reading the people"), self)
        self.people: list[Person] = []
        self.keys = KeysOfHouse((), demanded=False)
        self.person: Person | None = None
        self.menu = QMenu(window)
        bus.changed.connect(self._on_changed)

    def open_desk(self, desk: Desk | None, person: Person | None) -> None:
        """Give or take away the archive; ``person`` sat at it the last time."""
        self._desk = desk
        self.people, self.keys = [], KeysOfHouse((), demanded=False)
        self._sit(person)
        self.reload()

    def reload(self) -> None:
        """Read everybody again."""
        desk = self._desk
        if desk is None:
            self._reading.forget()
            return
        self._reading.ask(lambda _progress: (list_people(desk), list_keys(desk)), self._take, self.failed.emit)

    def choose(self, person: Person) -> None:
        """Let a person sit down; the archive remembers it where it can be written."""
        desk = self._desk
        if desk is None or person == self.person:
            return
        self._sit(person)
        self._fill_menu()
        if not desk.archive.writable:
            return

        def sit(_progress: Progress) -> Changes:
            return set_current_person(desk, person)

        self._tasks.run(
            sit,
            title=N_("Changing the person at the desk"),
            on_done=lambda changes: self._bus.publish(changes, "people"),
            on_error=self.failed.emit,
            writer=True,
            quiet=True,
        )

    def ask_new(self) -> PersonDialog:
        """Ask for a new person, who then sits down when nobody did yet."""
        dialog = PersonDialog(self._look, self._texts, self._window, self.people, self.person)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.asked.connect(lambda: self._add(dialog))
        dialog.open()
        return dialog

    def ask_change(self, person: Person) -> PersonDialog:
        """Ask what is to be corrected of a person; there they can be removed too."""
        dialog = PersonDialog(self._look, self._texts, self._window, self.people, self.person, person)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.asked.connect(lambda: self._change(dialog, person))
        dialog.removal_asked.connect(lambda: self._remove(dialog, person))
        dialog.open()
        return dialog

    def demand(self, on: bool) -> None:
        """Refuse sign-offs without a signature from now on, or take them again."""
        desk, by = self._desk, self.person
        if desk is None:
            return

        def failed(error: KnownError) -> None:
            self.people_changed.emit()  # as it was
            self.failed.emit(error)

        def done(changes: Changes) -> None:
            self._bus.publish(changes, "people")
            self.reload()

        self._tasks.run(
            lambda _progress: demand(desk, on=on, by=by), title=N_("Changing what sign-offs need"), on_done=done,
            on_error=failed, writer=True, quiet=True,
        )  # fmt: skip

    def _add(self, dialog: PersonDialog) -> None:
        desk, by = self._desk, self.person
        if desk is None:
            return
        name, zh, roles = dialog.name.text(), dialog.zh.text(), dialog.roles()

        def added(answer: tuple[Person, Changes]) -> None:
            person, changes = answer
            self._done(dialog, changes)
            if self.person is None:
                self.choose(person)

        self._tasks.run(
            lambda _progress: add_person(desk, name, zh=zh, roles=roles, by=by),
            title=N_("Adding a person"), on_done=added, on_error=dialog.show_error, writer=True, quiet=True,
        )  # fmt: skip

    def _change(self, dialog: PersonDialog, person: Person) -> None:
        desk, by = self._desk, self.person
        if desk is None:
            return
        name, zh, roles = dialog.name.text(), dialog.zh.text(), dialog.roles()

        def change() -> Changes:
            return change_person(desk, person, name=name, zh=zh, roles=roles, by=by)[1]

        self._write(dialog, N_("Correcting a person's entry"), change)

    def _remove(self, dialog: PersonDialog, person: Person) -> None:
        desk, by = self._desk, self.person
        if desk is not None:
            self._write(dialog, N_("Removing a person"), lambda: remove_person(desk, person, by=by))

    def _write(self, dialog: PersonDialog, title: Message, act: Callable[[], Changes]) -> None:
        self._tasks.run(
            lambda _progress: act(),
            title=title, on_done=lambda changes: self._done(dialog, changes), on_error=dialog.show_error, writer=True,
            quiet=True,
        )  # fmt: skip

    def _done(self, dialog: PersonDialog, changes: Changes) -> None:
        dialog.accept()
        self._bus.publish(changes, "people")
        self.reload()

    def _sit(self, person: Person | None) -> None:
        self.person = person
        self.person_changed.emit(person)

    def _take(self, known: tuple[list[Person], KeysOfHouse]) -> None:
        people, self.keys = known
        self.people = people
        if self.person is not None:
            sitting = next((person for person in people if person.id == self.person.id), None)
            if sitting != self.person:  # corrected, or removed
                self._sit(sitting)
        self._fill_menu()
        self.people_changed.emit()

    def _fill_menu(self) -> None:
        self.menu.clear()
        for person in self.people:
            names = f"{person.name}  {person.zh}".rstrip()
            action = self.menu.addAction(f"{names}  ·  {roles_text(person.roles, self._texts)}")
            action.setCheckable(True)
            action.setChecked(self.person is not None and person.id == self.person.id)
            action.triggered.connect(lambda _on=False, person=person: self.choose(person))
        if self.people:
            self.menu.addSeparator()
        if self._desk is not None and self._desk.archive.writable:
            self.menu.addAction(self._texts(N_("Add a person…"))).triggered.connect(lambda _on=False: self.ask_new())

    def _on_changed(self, changes: object, sender: str) -> None:
        if isinstance(changes, Changes) and changes.people and sender != "people":
            self.reload()
