"""Bringing a file home: it is read, its plan is looked at and decided, and then carried out whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app.desk.bringing_home import BroughtHome, bring_home, still_out
from desktop_app.desk.desk import Desk, Progress
from desktop_app.desk.editing import OvertakenError
from desktop_app.desk.home_plan import HomePlan, PlannedStory, decided
from desktop_app.desk.homecoming import open_home, plan_home
from desktop_app.desk.loans import ListedLoan, list_loans
from desktop_app.desk.people import list_people
from desktop_app.desk.writers_here import Writers, writers_here
from desktop_app.domain.merging.changes import Change, Key, Side
from desktop_app.domain.merging.deciding import Decision
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import CancelledError, KnownError
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.homecoming.layout import PARTS, HomecomingLayout
from desktop_app.gui.homecoming.notes import ops_of, rows_of
from desktop_app.gui.homecoming.promise import came_from, last_of_it, outcome, promise
from desktop_app.gui.homecoming.shown import Shown, breakable, from_plan
from desktop_app.gui.kit.change_list import ChangeRow
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts


@dataclass(frozen=True, slots=True)
class _Read:
    """A plan with the people it names, those that come along among them.

    ``here`` says who wrote what stands here where both sides did, ``loans`` what of its stories is out.
    """

    plan: HomePlan
    people: Mapping[str, Person]
    here: Writers
    loans: list[ListedLoan]


def _read(desk: Desk, plan: HomePlan) -> _Read:
    """A plan with what is said beside it."""
    people = {person.id: person for person in [*list_people(desk), *plan.newcomers]}
    asked = {story.story: [one.key for one in story.conflicts] for story in plan.stories}
    loans = list_loans(desk, stories=asked) if asked else []
    return _Read(plan, people, writers_here(desk, asked), loans)


class HomecomingDialog(HomecomingLayout):
    """``brought(BroughtHome)`` when the archive has it; ``opened(story)`` when a person wants to see one.

    ``unpack_asked(path)`` when a package that brings nothing here is to be opened as an archive of its own.
    """

    brought = Signal(object)
    opened = Signal(str)
    unpack_asked = Signal(object)

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, desk: Desk, person: Person | None, file: Path, parent: QWidget
    ) -> None:
        super().__init__(look, texts, tasks, file.name, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._person, self._file = desk, person, file
        self._read: _Read | None = None
        self._plan: HomePlan | None = None  # with the decisions that were taken
        self._decisions: dict[tuple[str, Key], Decision] = {}
        self._asked: dict[str, tuple[Change, ...]] = {}  # the conflicts of each story, as they came
        self._shown: dict[str, list[Shown]] = {}  # the same to be seen, of each story that was looked at
        self._front = ""  # the story whose conflicts are shown
        self._rows: dict[object, Change] = {}
        self._done = False
        self._deciding = Latest(tasks, N_("Working out what becomes of it"), self)
        self.conflicts.images.open_desk(desk)
        self.model.ops_of = self._ops
        self.tree.chosen.connect(lambda _place: self._show_story())
        self.parts.chosen.connect(self._show_part)
        self.conflicts.decided.connect(self._on_decided)
        self.rest_asked.connect(self.take_rest)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)
        self.unpack.clicked.connect(self._on_unpack)
        self.read()

    # Reading

    def read(self) -> None:
        """Read the file and plan what it would change; nothing is written."""
        desk, file, by = self._desk, self._file, self._person
        self._close_file()
        self._plan, self._asked, self._shown = None, {}, {}

        def look(progress: Progress) -> _Read:
            came = open_home(desk, file, progress=progress)
            try:
                return _read(desk, plan_home(desk, came, by=by, progress=progress))
            except BaseException:
                came.close()
                raise

        self._empty.show_text(
            self._texts(N_("Reading what came home …")), self._texts(N_("Nothing is changed before you say so."))
        )
        self.run_job(N_("Reading what came home"), look, self._on_read, self._on_unreadable)
        self._show_state()

    def _on_read(self, read: _Read) -> None:
        self._read = read
        self._asked = {story.story: story.conflicts for story in read.plan.stories}
        known = {(story, change.key) for story, changes in self._asked.items() for change in changes}
        self._decisions = {key: one for key, one in self._decisions.items() if key in known}
        self._take(decided(read.plan, self._decisions) if self._decisions else read.plan)
        self._choose_part()

    def _on_unreadable(self, error: KnownError) -> None:
        if isinstance(error, CancelledError):
            super().reject()
            return
        said = breakable(self._texts.located(error))
        self._empty.show_text(self._texts(N_("This file cannot be brought home")), said)
        self._show_state()

    def _take(self, plan: HomePlan) -> None:
        self._plan = plan
        assert self._read is not None, "the plan was read"
        self.told.setText(self._texts(came_from(plan, self._read.people)))
        if plan.nothing is not None:
            self._empty.show_text(self._texts(N_("Nothing to bring home")), self._texts(plan.nothing))
        self.tree.show_stories(plan.stories, [self._decided_of(story.story) for story in plan.stories])
        self._show_story()
        self._show_state()
        answering = self.conflicts.mine.hasFocus() or self.conflicts.theirs.hasFocus()
        if answering and plan.conflicts == 0 and self.go.isEnabled():
            self.go.setFocus()  # Enter would decide the last one anew

    def _decided_of(self, story: str) -> int:
        return sum(key[0] == story for key in self._decisions)

    # What is shown of a story

    def _story(self) -> PlannedStory | None:
        place = self.tree.place()
        return self._plan.stories[place] if self._plan is not None and 0 <= place < len(self._plan.stories) else None

    def _show_story(self) -> None:
        story = self._story()
        if story is None or self._plan is None or self._read is None:
            return
        asked = self._asked[story.story]
        shown = self._shown.get(story.story)
        if shown is None:
            read = self._read
            shown = from_plan(read.plan, story, asked, read.people, self._texts, read.here.get(story.story, {}))
            self._shown[story.story] = shown
        taken = {
            place: decision
            for place, change in enumerate(asked)
            if (decision := self._decisions.get((story.story, change.key))) is not None
        }
        undecided = [place for place in range(len(asked)) if place not in taken]
        left = [place for place in undecided if not shown[place].waits]
        place = self.conflicts.place() if self._front == story.story else (left or [0])[0]
        self._front = story.story
        self.conflicts.show_conflicts(shown, taken, place=place, blocked=self._blocked(story))
        self._rows = {change.key: change for change in story.changes}
        self.model.show(rows_of(story, self._texts))
        self.notes.show_story(story, self._read.people)
        self.rest.setEnabled(bool(left) and self._blocked(story) is None)
        self.parts.set_count("decide", len(undecided))
        self.parts.set_count("changes", len(story.changes))
        self.parts.set_count("notes", self.notes.count())

    def _blocked(self, story: PlannedStory) -> Message | None:
        if story.way.reason is not None:
            return N_("It is decided later, when the story can be changed here: {reason}.", reason=story.way.reason)
        return None

    def _choose_part(self) -> None:
        """Begin where something is to be done."""
        plan = self._plan
        if plan is None or not plan.stories:
            return
        asks = [place for place, story in enumerate(plan.stories) if story.conflicts]
        self.tree.go_to((asks or [0])[0])
        story = self._story()
        part = "decide" if asks else "changes" if story is not None and story.changes else "notes"
        self.parts.choose(part)
        self._show_part(part)
        self.go.setDefault(not asks)
        self.tree.setFocus()  # where there is to decide, an Enter too many decides nothing

    def _show_part(self, part: str) -> None:
        self._pages.setCurrentIndex([key for key, _title in PARTS].index(part))
        self.rest.setVisible(part == "decide")

    def _ops(self, row: ChangeRow) -> tuple[tuple[str, str], ...]:
        change = self._rows.get(row.key)
        return ops_of(change) if change is not None else ()

    # Deciding

    def _on_decided(self, place: int, decision: Decision | None) -> None:
        story = self._story()
        if story is None or self._read is None:
            return
        key = (story.story, self._asked[story.story][place].key)
        if decision is None:
            self._decisions.pop(key, None)
        else:
            self._decisions[key] = decision
        self._work_out()
        if decision is not None:
            self._go_on(story)

    def _go_on(self, story: PlannedStory) -> None:
        """Go to the next story with something to decide, where nothing is left in this one."""
        stories = self._plan.stories if self._plan is not None else ()
        at = self.tree.place()
        if not self._is_open(story):
            following = [*range(at + 1, len(stories)), *range(at)]
            place = next((other for other in following if self._is_open(stories[other])), at)
            self.tree.go_to(place)

    def _is_open(self, story: PlannedStory) -> bool:
        """Whether something of a story can be decided now and is not."""
        return self._blocked(story) is None and any(
            (story.story, change.key) not in self._decisions and change not in story.apart
            for change in self._asked[story.story]
        )

    def take_rest(self, side: Side) -> None:
        """Decide all conflicts of the story in front that are left in favour of one side."""
        story = self._story()
        if story is None or self._blocked(story) is not None:
            return
        for change in self._asked[story.story]:
            if change not in story.apart:
                self._decisions.setdefault((story.story, change.key), side)
        self._work_out()
        self._go_on(story)

    def _work_out(self) -> None:
        assert self._read is not None, "there is something to decide"
        plan, decisions = self._read.plan, dict(self._decisions)
        self._deciding.ask(lambda _progress: decided(plan, decisions), self._take, self._on_refused)
        self._show_state()

    # Carrying out

    def _on_go(self) -> None:
        if self._done:
            self._on_show()
            return
        plan, desk, by, decisions = self._plan, self._desk, self._person, dict(self._decisions)
        if self._read is None or plan is None:
            return
        whole, ends = self._read.plan, not self.last.isHidden() and self.last.isChecked()

        def carry_out(progress: Progress) -> BroughtHome:
            return bring_home(desk, whole, by=by, decisions=decisions, ends_loans=ends, progress=progress)

        self.message.hide()
        self.run_job(N_("Bringing work home"), carry_out, self._on_brought, self._on_refused)
        self._show_state()

    def _on_brought(self, done: BroughtHome) -> None:
        self._done = True
        self.brought.emit(done)
        self._empty.show_text(
            self._texts(N_("Work came home")),
            self._texts(N_(
                "{what} Every story's History has the version that stood here before; it can be restored.",
                what=outcome(done),
            )),
        )  # fmt: skip
        self._show_state()
        self.go.setFocus()

    def _close_file(self) -> None:
        read, self._read = self._read, None
        if read is not None:
            read.plan.file.close()

    def _on_refused(self, error: KnownError) -> None:
        if isinstance(error, OvertakenError):
            self.message.show_text(
                self._texts(
                    N_("Something was changed here meanwhile, so the plan was made anew. Look at it once more.")
                ),
                "warning",
            )
            self.read()
            return
        if isinstance(error, CancelledError):
            self.message.show_text(self._texts(N_("Stopped; nothing was changed.")), "accent")
        else:
            self.message.show_text(self._texts.error(error), "error")
        self._show_state()

    def _on_show(self) -> None:
        stories = [story for story in self._plan.stories if story.refusal is None] if self._plan is not None else []
        order = sorted(stories, key=lambda story: (not story.conflicts, not story.changes_anything))
        if order:
            self.opened.emit(order[0].story)
        self.accept()

    def _ask_to_throw_away(self) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self._texts(N_("Not brought home")))
        count = len(self._decisions)
        box.setText(self._texts(NN_("Throw away {n} decision?", "Throw away {n} decisions?", count)))
        box.setInformativeText(self._texts(N_("They count when the file is brought home; nothing is written yet.")))
        drop = box.addButton(self._texts(N_("Throw away")), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self._texts(N_("Go on deciding")), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        drop.clicked.connect(super().reject)
        box.open()

    def _on_unpack(self) -> None:
        self.accept()
        self.unpack_asked.emit(self._file)

    # The foot

    def _show_state(self) -> None:
        busy, plan, texts = self._job is not None, self._plan, self._texts
        ready = plan is not None and plan.nothing is None and not self._done
        self._body.setCurrentIndex(1 if ready else 0)
        self._bar.setVisible(busy)
        self.summary.setVisible(not busy)
        self.cancel.setText(texts(N_("Cancel") if ready or busy else N_("Close")))
        self._show_last(plan if ready and not busy else None)
        self.tree.setEnabled(not busy)
        self.conflicts.setEnabled(not busy)
        went_out = plan is not None and plan.nothing is not None and plan.file.edition == 0
        self.unpack.setVisible(went_out and plan is not None and plan.file.kind == "package")
        self.go.setVisible(ready or self._done)
        self.go.setText(texts(N_("Show the story") if self._done else N_("Bring home")))
        self.go.setEnabled(self._done or (ready and not busy and self._desk.archive.writable))
        writable = self._desk.archive.writable
        self.summary.setText(texts(promise(plan, writable=writable)) if ready and plan is not None else "")

    def _show_last(self, plan: HomePlan | None) -> None:
        """Offer to say that nothing more comes, where something would stay out."""
        read = self._read
        out = still_out(plan, read.loans) if plan is not None and read is not None else []
        self.last.setVisible(bool(out) and self._desk.archive.writable)
        self.last.setText(self._texts(last_of_it(out)))

    # Qt overrides

    def reject(self) -> None:
        if self._job is None and self._decisions and not self._done:
            self._ask_to_throw_away()
        else:
            super().reject()

    def done(self, result: int) -> None:
        self._deciding.forget()
        self.conflicts.images.open_desk(None)
        self._close_file()
        super().done(result)
