"""The open stories: opens them into tabs beside the list, and joins each with the checks and the review."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox

from desktop_app.desk.checking import Examiner
from desktop_app.desk.desk import Desk
from desktop_app.desk.stories import StoryFile
from desktop_app.domain.findings import Finding, Waiver
from desktop_app.domain.people import Person
from desktop_app.foundation.bookmarks import TabMark
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.publishing.acting import ACTS, PublishingDesk
from desktop_app.gui.publishing.acting import OVER_THE_TEXT as GOING_OUT
from desktop_app.gui.review.acting import SIGNING, ReviewDesk
from desktop_app.gui.review.check_desk import CheckDesk
from desktop_app.gui.review.open_comments import OpenComments
from desktop_app.gui.shell.kept_undo import Kept, KeptUndo
from desktop_app.gui.shell.list_frame import ListFrame
from desktop_app.gui.shell.status_line import StoryStatus
from desktop_app.gui.shell.story_page import StoryPage
from desktop_app.gui.shell.story_source import Bench
from desktop_app.gui.shell.story_tabs import StoryTabs
from desktop_app.gui.shell.tab_marks import mark_of, return_to

_CLOSE_PATIENCE = 10.0  # seconds that closing the window waits for the text to be saved

OVER_THE_TEXT = SIGNING | GOING_OUT | {"release"}  # what a person answers for with the words on the screen


class OpenStories(QObject):
    """Opens stories into tabs. ``front_changed`` when another one, or nothing, is in front or its state changed."""

    front_changed = Signal()
    status_changed = Signal(object)
    said = Signal(str, str)
    failed = Signal(object)
    export_asked = Signal(list)
    pages_asked = Signal(str, str)
    person_asked = Signal()
    decide_asked = Signal(str)
    link_asked = Signal(str, str, str)
    picture_opened = Signal(str)
    pictures_dropped = Signal(str, list)
    term_asked = Signal(str, str)
    edited = Signal(str, str, str, int)
    saved = Signal(object)
    unsaved = Signal(str, list)  # a story, and its texts that wait longer than a moment to be saved; none: no more

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, review: ReviewDesk, publishing: PublishingDesk,
        frame: ListFrame,
    ) -> None:  # fmt: skip
        super().__init__(frame)
        self._look = look
        self._texts = texts
        self._tasks = tasks
        self._bus = bus
        self._review, self._publishing = review, publishing
        self._checks = CheckDesk(look, texts, tasks, bus, frame)
        self._examiner: Examiner | None = None
        self._visited: StoryPage | None = None
        self._desk: Desk | None = None
        self._person: Person | None = None
        self.frame = frame
        self.library = frame.library
        self.tabs = StoryTabs(look, texts, frame)
        self._marks: dict[str, TabMark] = {}
        self.undo = KeptUndo()
        frame.take_in(self.tabs)
        frame.side_changed.connect(self._on_side)
        self.tabs.close_asked.connect(self._on_cross)
        self.tabs.wanted.connect(self.open_story)
        self.tabs.changed.connect(self._on_front)
        self._checks.said.connect(self.said)
        review.export_requested.connect(lambda story: self.export_asked.emit([story]))
        for desk_of in (review, publishing):
            desk_of.acting.connect(self._on_acting)

    # Opening and closing

    def open_desk(self, desk: Desk | None, person: Person | None) -> None:
        """Give or take away the archive; before it is taken away, ``save_all`` must have said yes."""
        self.tabs.remove_waiting()
        for page in self.tabs.pages():
            self._drop(page)
        self._marks.clear()
        self.undo.clear()
        self._desk, self._person = desk, person
        self._examiner = Examiner(desk) if desk is not None else None
        self._checks.open_desk(self._examiner)
        self._checks.show_person(person)
        self.library.check_with(self._examiner)

    def show_person(self, person: Person | None) -> None:
        """Say who is at the desk."""
        self._person = person
        self._checks.show_person(person)
        for page in self.tabs.pages():
            page.show_person(person)

    def open_story(self, story: str) -> StoryPage | None:
        """Bring a story to the front, opening it where it is not open yet."""
        page = self.tabs.page_of(story)
        if page is None:
            if self._desk is None or self._examiner is None:
                return None
            page = self._new_page(self._desk, self._examiner, story)
            self.tabs.add(page)
            self._show_tabs()
            page.splitter.show_widths(self.frame.beside)
            if story in self._marks:
                return_to(page, self._marks[story])
        else:
            self.tabs.bring(page)
        self.library.select(story)
        return page

    def restore(self, marks: Sequence[TabMark], front: str) -> None:
        """Put the tabs back as they were; only the story in front is read now."""
        self._marks = {mark.story: mark for mark in marks}
        for mark in marks:
            self.tabs.add_waiting(mark.story, mark.title)
        if marks:
            self.open_story(front if front in self._marks else marks[0].story)

    def marks(self) -> list[TabMark]:
        """How every open story stands."""
        read = {page.story_id: page for page in self.tabs.pages() if page.file is not None}
        return [
            mark_of(read[story]) if story in read else self._marks.get(story, TabMark(story))
            for story in self.tabs.stories()
        ]

    def kept_undo(self) -> Mapping[str, Kept]:
        """What undo and redo go by in the open stories, for the window that takes the place of this one."""
        return self.undo.gather(page.editor for page in self.tabs.pages())

    def close_page(self, page: StoryPage) -> bool:
        """Close a story as soon as its text is saved, and tell whether it is closed already.

        Where its text cannot be saved it stays open.
        """
        if page.comments.confirm_leave():
            page.editor.when_saved(partial(self._close, page))
        else:
            self.tabs.bring(page)
        return page not in self.tabs.pages()

    def _close(self, page: StoryPage, saved: bool) -> None:
        if page not in self.tabs.pages():
            return
        if saved:
            self._drop(page)
        else:
            self.tabs.bring(page)
            self.said.emit(self._texts(N_("The story stays open: its last changes are not saved yet.")), "error")

    def when_saved(self, then: Callable[[], None], otherwise: Callable[[], None] = lambda: None) -> None:
        """Save the text of every open story, then call ``then``; ``otherwise`` where one cannot be saved.

        That one is brought to the front. Where everything is saved already it is called at once.
        """
        left = self.tabs.pages()
        for page in left:
            page.editor.flush()

        def go_on() -> None:
            if left:
                page = left.pop()
                page.editor.when_saved(partial(told, page))
            else:
                then()

        def told(page: StoryPage, saved: bool) -> None:
            if saved:
                go_on()
                return
            if page in self.tabs.pages():
                self.tabs.bring(page)
            otherwise()

        go_on()

    def save_all(self) -> bool:
        """Save the text of every open story and wait for it: only where the window closes. False: one is not saved."""
        for page in self.tabs.pages():
            if not page.editor.flush_and_wait(_CLOSE_PATIENCE):
                self.tabs.bring(page)
                return False
        return True

    def open_stories(self) -> list[str]:
        """The ids of the open stories, in the order of their tabs."""
        return [page.story_id for page in self.tabs.pages()]

    def front(self) -> StoryPage | None:
        """The story in front."""
        return self.tabs.page() if self.frame.has_tabs else None

    # What is shown beside the text

    def show_keys(self) -> None:
        """Show other keys where they are named."""
        for page in self.tabs.pages():
            page.show_keys()

    def toggle_view(self, view: str) -> None:
        """Show another view of the story in front, or the text again."""
        page = self.front()
        if page is not None:
            page.show_view("edit" if page.view == view else view)

    def close_front(self) -> None:
        """Close the story in front."""
        page = self.front()
        if page is not None:
            self.close_page(page)

    def _on_side(self) -> None:
        for page in self.tabs.pages():
            page.splitter.show_side(shown=self.frame.side_shown)

    def _new_page(self, desk: Desk, examiner: Examiner, story: str) -> StoryPage:
        bench = Bench(self._look, self._texts, self._tasks, self._bus, desk, examiner)
        page = StoryPage(bench, story, self._person, self.frame)
        page.splitter.show_side(shown=self.frame.side_shown)
        page.said.connect(self.said)
        page.visiting.on_left = self.library.look_for_unseen
        page.failed.connect(self.failed)
        page.titled.connect(lambda: self.undo.hand_over(page.editor))
        page.editor.edited.connect(lambda: self._on_edited(page))
        page.editor.saved.connect(self.saved)
        page.editor.save_delayed.connect(lambda _job, texts: self.unsaved.emit(page.story_id, texts))
        page.editor.saved.connect(lambda _at: self.unsaved.emit(page.story_id, []) if page.editor.is_saved() else None)
        page.link_asked.connect(self.link_asked)
        page.picture_opened.connect(self.picture_opened)
        page.pictures_dropped.connect(self.pictures_dropped)
        page.person_asked.connect(self.person_asked)
        page.conflicts.decide_asked.connect(self.decide_asked)
        page.term_asked.connect(self.term_asked)
        page.waive_asked.connect(lambda finding: self._ask_to_waive(page, finding))
        page.lift_asked.connect(self._checks.lift)
        page.word_accepted.connect(self._checks.accept_word)
        page.act_asked.connect(lambda action, step: self._act(page, action, step))
        page.edit_anyway_asked.connect(lambda: self._on_edit_anyway(page))
        page.status_changed.connect(lambda: self._on_status(page))
        page.can_changed.connect(lambda: self._on_can(page))
        page.proof.export_asked.connect(lambda layout: self.pages_asked.emit(page.story_id, layout))
        page.splitter.moved.connect(lambda: self._keep_beside(page))
        return page

    def _act(self, page: StoryPage, action: str, step: str | None) -> None:
        """Carry out a sign-off for the text exactly as it stands: saved first, read again, then asked."""

        def ask(file: StoryFile) -> None:
            if action in OVER_THE_TEXT and not page.shows(file):
                text = N_("The text was changed elsewhere meanwhile. Read it as it is now, then sign.")
                self.said.emit(self._texts(text), "warning")
                return
            comments = OpenComments.of(page.comments.discussion)
            if action in ACTS:
                self._publishing.request(action, file, self._person, comments.ids, page.editor.active_key())
                return
            waiting = page.conflicts.count
            self._review.request(action, step, file, self._person, page.findings, comments, waiting)

        page.when_fresh(ask)

    def _on_acting(self, story: str, acting: bool) -> None:
        page = self.tabs.page_of(story)
        if page is not None:
            page.show_acting(acting=acting)

    def _ask_to_waive(self, page: StoryPage, finding: Finding) -> None:
        """Ask for a reason; the finding is then set aside for the text exactly as it stands, saved and read again."""
        given: list[Waiver] = [waiver for _finding, waiver in page.waived]

        def waive(reason: str, file: StoryFile) -> None:
            if page.shows(file):
                self._checks.waive(file.story, finding, reason, page.set_aside)
            else:
                text = N_("The text was changed elsewhere meanwhile. Look what the checks say of it now.")
                self.said.emit(self._texts(text), "warning")

        self._checks.ask(finding, given, lambda reason: page.when_fresh(lambda file: waive(reason, file)))

    def _on_edit_anyway(self, page: StoryPage) -> None:
        box = QMessageBox(self.frame)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self._texts(N_("Edit a signed text")))
        box.setText(self._texts(N_("Edit this signed text?")))
        box.setInformativeText(self._texts(N_(
            "With the first change sign-offs become stale: they stay in the history, stop counting, and must be given "
            "again for the new text."
        )))  # fmt: skip
        edit = box.addButton(self._texts(N_("Edit anyway")), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(self._texts(N_("Leave it as signed")), QMessageBox.ButtonRole.RejectRole))
        edit.clicked.connect(page.unlock)
        box.open()

    def _on_edited(self, page: StoryPage) -> None:
        key = page.editor.active_key()
        if key:
            self.edited.emit(page.story_id, page.title, key, page.editor.number_of(key))

    def _on_cross(self, story: str) -> None:
        page = self.tabs.page_of(story)
        if page is not None:
            self.close_page(page)
        else:
            self._marks.pop(story, None)
            self.tabs.remove(story)

    def _drop(self, page: StoryPage) -> None:
        page.let_go()
        self._marks.pop(page.story_id, None)
        self.tabs.remove(page.story_id)
        self._show_tabs()

    def _show_tabs(self) -> None:
        if self.frame.show_tabs(some=bool(self.tabs.stories())):
            self._on_front()

    def _keep_beside(self, page: StoryPage) -> None:
        self.frame.beside |= page.splitter.widths()
        for other in self.tabs.pages():
            if other is not page:
                other.splitter.show_widths(self.frame.beside)

    def _on_status(self, page: StoryPage) -> None:
        if page is self.front():
            self.status_changed.emit(page.status)

    def _on_can(self, page: StoryPage) -> None:
        if page is self.front():
            self.front_changed.emit()

    def _on_front(self) -> None:
        page = self.front()
        if page is not self._visited:
            if self._visited is not None:
                self._visited.visiting.end()
            self._visited = page
            if page is not None:
                page.visiting.begin()
        self.library.show_open(page.story_id if page is not None else "")
        status: StoryStatus | None = page.status if page is not None else None
        self.status_changed.emit(status)
        if page is not None:
            self.library.select(page.story_id)
        self.front_changed.emit()
