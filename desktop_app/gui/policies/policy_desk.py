"""What a person does to the policies from the window: look at them, save a version, choose the usual one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.home import Home, home_of
from desktop_app.desk.people import list_people
from desktop_app.desk.policies import PolicyShelf, policies
from desktop_app.desk.policy_making import save_policy, set_usual_policy, use_policy
from desktop_app.desk.stories import StoryFile
from desktop_app.domain.people import Person
from desktop_app.domain.policy import Policy, may_set_policies
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.job_dialog import run_over
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.states import READ_ONLY
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.policies.dialog import PolicyDialog

T = TypeVar("T")
SENDER = "policies"


@dataclass(frozen=True, slots=True)
class _Read:
    """What the dialog begins with."""

    shelf: PolicyShelf
    people: list[Person]
    home: Home | None


class PolicyDesk(QObject):
    """Reads in the background, writes on the writer's thread, and tells the bus. ``dialog`` is the one that is open."""

    said = Signal(str, str)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._texts, self._tasks, self._bus, self._window = look, texts, tasks, bus, window
        self._desk: Desk | None = None
        self._person: Person | None = None
        self._story: StoryFile | None = None
        self._reading = Latest(tasks, N_("Reading the policies"), self)
        self.dialog: PolicyDialog | None = None
        bus.changed.connect(self._on_changed)

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk
        self._reading.forget()
        if self.dialog is not None:
            self.dialog.done(PolicyDialog.DialogCode.Rejected)

    def show_person(self, person: Person | None) -> None:
        """Say in whose name policies are set."""
        self._person = person

    def ask(self, story: StoryFile | None) -> None:
        """Open the dialog; ``story`` is the one in front, which can be put under a policy."""
        desk = self._desk
        if desk is None or self.dialog is not None:
            return
        self._story = story
        self._reading.ask(
            lambda _progress: _Read(policies(desk), list_people(desk), home_of(desk)), self._open, self._tell
        )

    def _open(self, read: _Read) -> None:
        desk, file = self._desk, self._story
        if desk is None or self.dialog is not None:
            return
        allowed = may_set_policies(self._person, read.people) is None and read.home is None
        headline = file.story.headline() if file is not None else None
        dialog = PolicyDialog(
            self._look, self._texts, read.shelf, self._window, people=read.people,
            writable=desk.archive.writable and allowed,
            story=(headline.en or headline.zh or "–") if headline is not None else "",
            story_policy=(file.policy.name, file.policy.version) if file is not None else ("", 1),
        )  # fmt: skip
        if not desk.archive.writable:
            dialog.message.show_text(self._texts(READ_ONLY), "warning", closable=False)
        elif read.home is not None:
            text = N_("This small archive goes by the policies of {house}.", house=read.home.house)
            dialog.message.show_text(self._texts(text), "accent", closable=False)
        elif not allowed:
            text = N_("You can look at the policies; an editor or an archivist sets them.")
            dialog.message.show_text(self._texts(text), "accent", closable=False)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.save_asked.connect(self._save)
        dialog.usual_asked.connect(self._set_usual)
        dialog.use_asked.connect(self._use)
        dialog.finished.connect(self._on_finished)
        self.dialog = dialog
        dialog.open()

    def _on_finished(self) -> None:
        self.dialog = self._story = None
        self._reading.forget()

    def _save(self, policy: Policy) -> None:
        desk, by = self._desk, self._person
        if desk is None:
            return

        def done(answer: tuple[Policy, Changes, PolicyShelf]) -> None:
            saved, changes, shelf = answer
            self._bus.publish(changes, SENDER)
            if self.dialog is not None:
                self.dialog.saved(saved, shelf)

        self._run(lambda _progress: (*save_policy(desk, policy, by=by), policies(desk)), N_("Saving the policy"), done)

    def _set_usual(self, name: str) -> None:
        desk, by = self._desk, self._person
        if desk is not None:
            self._write(
                lambda: set_usual_policy(desk, name, by=by), desk, N_("Choosing the policy of new stories"),
                N_("New stories go by “{name}” from now on.", name=name),
            )  # fmt: skip

    def _use(self, name: str) -> None:
        desk, by, file = self._desk, self._person, self._story
        if desk is not None and file is not None:
            self._write(
                lambda: use_policy(desk, file.story.id, name, by=by), desk, N_("Putting the story under a policy"),
                N_("“{story}” goes by this policy now.", story=file.story.headline().en or file.story.slug),
            )  # fmt: skip

    def _write(self, act: Callable[[], Changes], desk: Desk, title: Message, said: Message) -> None:
        def done(answer: tuple[Changes, PolicyShelf]) -> None:
            changes, shelf = answer
            self._bus.publish(changes, SENDER)
            if self.dialog is not None:
                self.dialog.show_shelf(shelf)
                self.dialog.message.show_text(self._texts(said), "good")

        self._run(lambda _progress: (act(), policies(desk)), title, done)

    def _on_changed(self, changes: object, sender: str) -> None:
        desk = self._desk
        if isinstance(changes, Changes) and changes.policies and sender != SENDER and self.dialog is not None and desk:
            self._reading.ask(lambda _progress: policies(desk), self._show_again, self._tell)

    def _show_again(self, shelf: PolicyShelf) -> None:
        if self.dialog is not None:
            self.dialog.show_shelf(shelf)

    def _tell(self, error: KnownError) -> None:
        if self.dialog is not None:
            self.dialog.show_error(error)
        else:
            self.said.emit(self._texts.error(error), "error")

    def _run(self, job: Callable[[Progress], T], title: Message, on_done: Callable[[T], None]) -> None:
        run_over(self.dialog, self._tasks, job, title, on_done, self._tell)
