"""The window that finds a text in every story, shows it in its place, and replaces what is ticked in one act."""

from collections import deque
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.desk.desk import Desk
from desktop_app.desk.desk import Progress as DeskProgress
from desktop_app.desk.replacing import (
    MOST_HITS,
    FoundStory,
    FoundText,
    Pick,
    Replacement,
    find_in_archive,
    replace_in_archive,
    undo_replacement,
)
from desktop_app.domain.people import Person
from desktop_app.domain.story import StoryState
from desktop_app.foundation.errors import CancelledError, KnownError
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.change_list import ChangeModel, ChangeRow
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.marked import with_hits
from desktop_app.gui.kit.tasks import Progress, Tasks, WhenSaved
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.replacing.layout import ReplaceLayout
from desktop_app.gui.replacing.wording import Key, key_of, lost, rows_of, undoes, what_was_done
from desktop_app.language.finding_text import BadPatternError, Matcher
from desktop_app.language.replacing_text import Replacer

_PAUSE = 250  # ms after the last keystroke


class ReplaceWindow(ReplaceLayout):
    """``opened(story, part)`` when a place is chosen; ``changed(Changes)`` after an act.

    ``when_saved`` first writes what is typed in open stories to the archive.
    """

    opened = Signal(str, str)
    changed = Signal(object)

    NOBODY = N_("Say who you are at the top of the window; then you can replace.")
    UNSAVED = N_("The text of an open story is not saved yet. Try again in a moment.")

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, when_saved: WhenSaved, parent: QWidget) -> None:
        self.model = ChangeModel(self._ops)
        super().__init__(look, texts, tasks, self.model, parent)
        self.model.setParent(self)
        self._when_saved = when_saved
        self._desk: Desk | None = None
        self._person: Person | None = None
        self._found: list[FoundStory] = []
        self._by_key: dict[Key, FoundText] = {}
        self._coming: deque[FoundStory] = deque()
        self._waiting: list[ChangeRow] = []
        self._hits = 0
        self._replacer: Replacer | None = None
        self._asking = Latest(tasks, N_("Searching the stories"), self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.search)
        tasks.running_changed.connect(self._take_what_came)
        self.query.changed.connect(self._on_query)
        self.query.entered.connect(lambda _way: self.search())
        self.sides.currentIndexChanged.connect(lambda _index: self.search())
        self.states.currentIndexChanged.connect(lambda _index: self.search())
        self.with_line.textChanged.connect(lambda _text: self._on_replacement())
        self.with_line.returnPressed.connect(self.list.setFocus)
        self.keep_case.toggled.connect(lambda _on: self._on_replacement())
        self.replacing.toggled.connect(self.show_replacing)
        self.signed.toggled.connect(lambda _on: self._show_rows())
        self.model.ticked_changed.connect(self._tell)
        self.list.opened.connect(self._on_opened)
        self.all.clicked.connect(self._on_all)
        self.replace.clicked.connect(self.replace_ticked)
        self.stop.clicked.connect(self.reject)
        self.show_replacing(False)

    # What it works with

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._pause.stop()
        self._asking.forget()
        self._desk = desk
        self._forget()
        self.message.hide()
        self.replacing.setEnabled(desk is not None and desk.archive.writable)
        if desk is not None and self.isVisible():
            self.search()

    def show_person(self, person: Person | None) -> None:
        """Say who is at the desk: what may be changed depends on it."""
        self._person = person
        if self.isVisible():
            self.search()

    def ask_for(self, text: str) -> None:
        """Look for this text at once; an empty one leaves what is there."""
        if text.strip():
            self.query.setText(text.strip())
        self.query.selectAll()
        self.query.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search()

    def show_replacing(self, on: bool) -> None:
        """Show what would stand there after replacing, with boxes to tick."""
        self.lay_for_replacing(on)
        self.model.has_boxes = on
        if on and self.where() != "target":
            self.sides.setCurrentIndex(0)  # only English is replaced, so that is what is looked through
        self._on_replacement()
        self._show_rows()

    # Finding

    def search(self) -> None:
        """Look for what stands in the line."""
        self._pause.stop()
        self._asking.forget()
        self._forget()
        if self._desk is None or self.query.matcher is None:
            self._tell()
        else:
            self._when_saved(self._look_through, self._look_without)

    def _look_without(self) -> None:
        """Look in what is saved, and say that not all is."""
        self._look_through()
        self.say(self.UNSAVED, "warning")

    def _look_through(self) -> None:
        desk, matcher = self._desk, self.query.matcher
        if desk is not None and matcher is not None:
            self._forget()
            self._asking.ask(self._looking(desk, matcher), self._on_found, self._on_failed)
        self._tell()

    def _looking(self, desk: Desk, matcher: Matcher) -> Callable[[Progress], None]:
        coming = self._coming = deque()
        where, person = self.where(), self._person
        states = [StoryState(state)] if (state := self.states.currentData()) else []

        def look(progress: Progress) -> None:
            told = DeskProgress(progress.report, progress.check)
            for story in find_in_archive(desk, matcher, where=where, states=states, by=person, progress=told):
                coming.append(story)

        return look

    def _take_what_came(self) -> None:
        """Show what was found since the last look; the job goes on."""
        rows = self._waiting
        while self._coming:
            story = self._coming.popleft()
            self._found.append(story)
            self._hits += story.hits
            self._by_key |= {key_of(story, text): text for text in story.texts}
            rows += rows_of(story, self._texts, replacing=self.is_replacing(), signed=self.signed.isChecked())
        # Qt measures all rows whenever some come: they come in ever larger portions, the first at once.
        if rows and (len(rows) >= self.model.rowCount() or not self._asking.waiting):
            self._waiting = []
            self.model.add(rows)
        elif rows:
            self._tell()

    def _on_found(self, _none: None) -> None:
        self._take_what_came()
        self._tell()

    def _on_failed(self, error: KnownError) -> None:
        if not isinstance(error, CancelledError):
            self.say(self._texts.error(error), "error")
        self._tell()

    def _forget(self) -> None:
        self._found, self._by_key, self._waiting, self._hits = [], {}, [], 0
        self._coming = deque()
        self.model.clear()

    def _on_query(self) -> None:
        self._on_replacement()
        self._pause.start()
        if self.query.matcher is None:
            self.search()

    # Replacing

    def is_replacing(self) -> bool:
        """Whether rows show what would stand there."""
        return self.replacing.isChecked()

    def picks(self) -> list[Pick]:
        """What is ticked and would change."""
        return self._picking()()

    def _picking(self) -> Callable[[], list[Pick]]:
        """What works out the picks, from what stands now; it may run anywhere."""
        replacer, ticked, known = self._replacer, self.model.ticked(), dict(self._by_key)

        def work() -> list[Pick]:
            if replacer is None:
                return []
            made = [
                Pick(*key, text.text, replacer.replaced(text.text).text) for key, text in known.items() if key in ticked
            ]
            return [pick for pick in made if pick.before != pick.after]

        return work

    def replace_ticked(self) -> None:
        """Replace what is ticked, in one act, with a bar that shows how far it is."""
        desk, person = self._desk, self._person
        if desk is None or not self.replace.isEnabled():
            return
        if person is None:
            self.say(self.NOBODY, "warning")
            return
        self._when_saved(partial(self._replace, desk, person), self._say_unsaved)

    def _say_unsaved(self) -> None:
        self.say(self.UNSAVED, "warning")

    def _replace(self, desk: Desk, person: Person) -> None:
        if desk is not self._desk or not self.replace.isEnabled():
            return  # something else was asked for meanwhile
        self.query.keep()
        picks, name, signed = self._picking(), self.query.text(), self.signed.isChecked()
        deleted = self._deletes()
        self.run_act(
            N_("Replacing"),
            lambda progress: replace_in_archive(desk, picks(), by=person, name=name, signed=signed, progress=progress),
            lambda done: self._on_done(done, undone=False, deleted=deleted),
            self._on_refused,
        )

    def undo(self, batch: str) -> None:
        """Put the old words back wherever they still stand as they were replaced."""
        desk, person = self._desk, self._person
        if desk is None:
            return

        def take_back() -> None:
            self.run_act(
                N_("Taking the replacement back"),
                lambda progress: undo_replacement(desk, batch, by=person, progress=progress),
                lambda done: self._on_done(done, undone=True),
                self._on_refused,
            )

        self._when_saved(take_back, self._say_unsaved)

    def _on_done(self, done: Replacement, *, undone: bool, deleted: bool = False) -> None:
        self.changed.emit(done.changes)
        said, tone = what_was_done(done, undone=undone, deleted=deleted)
        offers = bool(done.replaced) and not undone
        self.say(said, tone, undo=(lambda: self.undo(done.batch)) if offers else None)
        self.search()

    def _on_refused(self, error: KnownError) -> None:
        if isinstance(error, CancelledError):
            self.say(N_("Stopped; nothing was changed."), "accent")
        else:
            self.say(self._texts.error(error), "error")
        self._tell()

    def _on_replacement(self) -> None:
        """Take over what is to be put in; rows are painted with it."""
        self._replacer, problem = None, None
        matcher = self.query.matcher
        if matcher is not None and self.is_replacing():
            try:
                self._replacer = Replacer(matcher, self.with_line.text(), keep_case=self.keep_case.isChecked())
            except BadPatternError as error:
                problem = error
        self.show_replacement_problem(problem)
        self.model.refresh()
        self._tell()

    def _ops(self, row: ChangeRow) -> list[tuple[str, str]]:
        text = self._by_key.get(row.key) if isinstance(row.key, tuple) else None
        if text is None:
            return []
        if self._replacer is not None and row.can_change:
            return self._replacer.ops(text.text)
        return with_hits(text.text, text.spans)

    def _show_rows(self) -> None:
        on, signed = self.is_replacing(), self.signed.isChecked()
        self._waiting = []
        self.model.show(
            [row for story in self._found for row in rows_of(story, self._texts, replacing=on, signed=signed)]
        )

    # What is told

    def _tell(self) -> None:
        self.show_state(
            searching=self._asking.waiting,
            asked=self.query.matcher is not None,
            told=self._counted(),
            consequences=self._consequences() if self.is_replacing() else [],
            lost=lost(self._found) if self.is_replacing() else 0,
        )
        some, most = self.model.count()
        self.show_ticks(some, most, ready=self._replacer is not None, deletes=self._deletes())

    def _deletes(self) -> bool:
        return self._replacer is not None and self._replacer.deletes

    def _counted(self) -> Message | None:
        if self.query.matcher is None or (not self._hits and self._asking.waiting):
            return None
        stories = sum(bool(story.texts) for story in self._found)
        if self._hits >= MOST_HITS:
            return N_("The first {n} places; say more exactly what to find.", n=self._texts.number(MOST_HITS))
        return N_(
            "{places} in {stories}",
            places=NN_("{n} place", "{n} places", self._hits), stories=NN_("{n} story", "{n} stories", stories),
        )  # fmt: skip

    def _consequences(self) -> list[Message]:
        ticked = self.model.ticked()
        drafts = sum(undoes(text) for key, text in self._by_key.items() if key in ticked)
        too_long = sum(story.too_long for story in self._found)
        said: list[Message] = []
        if self._deletes():
            said.append(N_("“Replace with” is empty: the words found will be taken out."))
        if drafts:
            said.append(NN_("{n} confirmed segment becomes a draft.", "{n} confirmed segments become drafts.", drafts))
        if too_long:
            said.append(
                NN_(
                    "{n} text is too long for this expression and was left out.",
                    "{n} texts are too long for this expression and were left out.",
                    too_long,
                )
            )
        return [*said, N_("The Chinese is not touched.")]

    def _on_all(self) -> None:
        some, most = self.model.count()
        self.model.tick_all(on=some < most)

    def _on_opened(self, row: ChangeRow) -> None:
        self.query.keep()
        if isinstance(row.key, tuple):
            story, part, _side = row.key
            self.opened.emit(story, part)
        else:
            self.opened.emit(str(row.group), "")

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() == Qt.KeyboardModifier.AltModifier and self.is_replacing():
            self.replace_ticked()
        elif not enter:
            super().keyPressEvent(event)
