"""What a person does about findings: set one aside with a reason, take that back, accept a word in spelling."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.desk.checking import Examiner
from desktop_app.desk.desk import Changes
from desktop_app.desk.house_style import add_name
from desktop_app.desk.waivers import lift, waive
from desktop_app.domain.findings import Finding, Waiver
from desktop_app.domain.people import Person
from desktop_app.domain.story import Story
from desktop_app.foundation.errors import KnownError, WrongUsageError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.review.dialogs import WaiveDialog
from desktop_app.gui.review.finding_card import title_of

T = TypeVar("T")
SENDER = "checks"
_REASONS = 3  # offered again


class CheckDesk(QObject):
    """Asks, lets the desk do it on the writer's thread, and tells the bus. ``said(text, tone)`` is for people."""

    said = Signal(str, str)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._texts, self._tasks, self._bus, self._window = look, texts, tasks, bus, window
        self._examiner: Examiner | None = None
        self._person: Person | None = None
        self._reasons: list[str] = []  # given in this window, newest first

    def open_desk(self, examiner: Examiner | None) -> None:
        """Give or take away the archive."""
        self._examiner = examiner
        self._reasons.clear()

    def show_person(self, person: Person | None) -> None:
        """Say in whose name findings are set aside."""
        self._person = person

    def ask(self, finding: Finding, given: Iterable[Waiver], then: Callable[[str], None]) -> WaiveDialog | None:
        """Ask why a finding is set aside, and go on with the reason; reasons ``given`` before are offered again."""
        if self._examiner is None or not self._somebody():
            return None
        before = [waiver.reason for waiver in sorted(given, key=lambda waiver: waiver.at, reverse=True)]
        reasons = list(dict.fromkeys([*self._reasons, *before]))[:_REASONS]
        title = title_of(finding.check, self._texts)
        dialog = WaiveDialog(self._look, self._texts, title, self._texts(finding.message), reasons, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: then(dialog.note()))
        dialog.open()
        return dialog

    def waive(self, story: Story, finding: Finding, reason: str, done: Callable[[Finding, Waiver], None]) -> None:
        """Set a finding of ``story``, as it is stored now, aside; ``done`` is told before the bus is."""
        examiner, person = self._examiner, self._person
        if examiner is None or person is None:
            return

        def write(_progress: Progress) -> tuple[list[Waiver], Changes]:
            if finding not in examiner.examine(story).findings:
                raise WrongUsageError(
                    N_("This finding does not stand any more."), advice=N_("Look what the checks say now.")
                )
            return waive(examiner.desk, story.id, [finding], reason, by=person)

        def told(answer: tuple[list[Waiver], Changes]) -> None:
            made, changes = answer
            self._reasons = [reason, *(one for one in self._reasons if one != reason)][:_REASONS]
            for waiver in made:
                done(finding, waiver)
            self._bus.publish(changes, SENDER)

        self._run(write, N_("Waiving a finding"), told)

    def lift(self, waiver: Waiver) -> None:
        """Take a waiver back: its finding stands again."""
        examiner, person = self._examiner, self._person
        if examiner is not None and self._somebody() and person is not None:
            self._run(
                lambda _progress: lift(examiner.desk, waiver.id, by=person), N_("Taking a waiver back"),
                lambda changes: self._bus.publish(changes, SENDER),
            )  # fmt: skip

    def accept_word(self, word: str) -> None:
        """Accept a word in spelling from now on."""
        examiner, person = self._examiner, self._person
        if examiner is None:
            return

        def told(changes: Changes) -> None:
            self._bus.publish(changes, SENDER)
            self.said.emit(self._texts(N_("Spelling accepts “{word}” from now on.", word=word)), "good")

        self._run(lambda _progress: add_name(examiner.desk, word, by=person), N_("Accepting a word"), told)

    def _somebody(self) -> bool:
        if self._person is None:
            self.said.emit(self._texts(N_("Choose who is at the desk first.")), "warning")
        return self._person is not None

    def _run(self, job: Callable[[Progress], T], title: Message, on_done: Callable[[T], None]) -> None:
        def failed(error: KnownError) -> None:
            self.said.emit(self._texts.error(error), "error")

        self._tasks.run(job, title=title, on_done=on_done, on_error=failed, writer=True, quiet=True)
