"""What comments do to the archive: read away from the window, written on the writer's thread, told on the bus."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.desk import comments
from desktop_app.desk.comments import Made, discussion
from desktop_app.desk.desk import Changes, Desk
from desktop_app.domain.comments import Comment
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.comments.drafts import Draft
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts

SENDER = "comments"
_PAUSE = 90  # ms between a change and reading again: autosave tells every second

Done = Callable[[Made], None]
Failed = Callable[[], None]


def _nothing() -> None:
    """Nothing waits for the failure but the person, who is told."""


class CommentDesk(QObject):
    """The comments of one story. ``read(Discussion)`` whenever they are fresh; ``said(text, tone)`` is for people."""

    read = Signal(object)
    said = Signal(str, str)
    failed = Signal(object)

    def __init__(self, texts: Texts, tasks: Tasks, bus: ChangeBus, desk: Desk, story: str, parent: QObject) -> None:
        super().__init__(parent)
        self._texts, self._tasks, self._bus, self._desk, self._story = texts, tasks, bus, desk, story
        self._person: Person | None = None
        self._reading = Latest(tasks, N_("Reading the comments"), self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self.reload)
        bus.changed.connect(self._on_changed)

    def show_person(self, person: Person | None) -> None:
        """Say in whose name comments are written."""
        self._person = person

    def reload(self) -> None:
        """Read the comments again."""
        desk, story = self._desk, self._story
        self._reading.ask(lambda _progress: discussion(desk, story), self.read.emit, self.failed.emit)

    def stop(self) -> None:
        """Want nothing any more."""
        self._later.stop()
        self._reading.forget()

    def somebody(self) -> bool:
        """Whether it is known who writes; else the person is told to say so."""
        if self._person is None:
            self.said.emit(self._texts(N_("Choose who is at the desk first.")), "warning")
        return self._person is not None

    def post(self, draft: Draft, done: Done, failed: Failed) -> None:
        """Begin a thread."""
        title = N_("Writing a comment")
        self._run(
            lambda by: comments.comment(
                self._desk, self._story, draft.anchor, draft.text, by=by, side=draft.side, quote=draft.quote
            ),
            title, done, failed,
        )  # fmt: skip

    def reply(self, comment: str, text: str, done: Done, failed: Failed) -> None:
        """Answer in a thread."""
        self._run(lambda by: comments.reply(self._desk, comment, text, by=by), N_("Writing a comment"), done, failed)

    def reword(self, note: str, text: str, done: Done, failed: Failed) -> None:
        """Change one's own note."""
        self._run(lambda by: comments.change_note(self._desk, note, text, by=by), N_("Writing a comment"), done, failed)

    def resolve(self, comment: str, done: Done) -> None:
        """Resolve a thread."""
        self._run(lambda by: comments.resolve(self._desk, comment, by=by), N_("Resolving a comment"), done)

    def reopen(self, comment: str) -> None:
        """Open a thread again."""
        self._run(lambda by: comments.reopen(self._desk, comment, by=by), N_("Opening a comment again"))

    def delete(self, comment: str, done: Done) -> None:
        """Delete a thread of one's own."""
        self._run(lambda by: comments.delete(self._desk, comment, by=by), N_("Deleting a comment"), done)

    def bring_back(self, deleted: Comment) -> None:
        """Bring a thread back that was just deleted."""
        self._run(lambda by: comments.bring_back(self._desk, deleted, by=by), N_("Bringing a comment back"))

    def _run(
        self, act: Callable[[Person], Made], title: Message, done: Done | None = None, failed: Failed = _nothing
    ) -> None:
        person = self._person
        if person is None:
            self.somebody()
            failed()
            return

        def told(made: Made) -> None:
            if done is not None:
                done(made)
            self._bus.publish(made.changes, SENDER)

        def refused(error: KnownError) -> None:
            failed()
            self.said.emit(self._texts.error(error), "error")

        self._tasks.run(
            lambda _progress: act(person), title=title, on_done=told, on_error=refused, writer=True, quiet=True
        )

    def _on_changed(self, changes: object, sender: str) -> None:
        if isinstance(changes, Changes) and (self._story in changes.stories or changes.people):
            if sender == SENDER:
                self.reload()
            else:
                self._later.start()
