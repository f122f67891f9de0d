"""One open story: the sign-off strip, its text or its changes, and the panels beside it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from desktop_app.desk.checking import Examined
from desktop_app.desk.stories import StoryFile
from desktop_app.domain.digest import content_digest
from desktop_app.domain.findings import Finding, Fix, Severity, Waiver
from desktop_app.domain.memory import Match
from desktop_app.domain.people import Person
from desktop_app.domain.story import StoryState
from desktop_app.foundation.errors import KnownError, NotAllowedError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.editor.resting import Resting
from desktop_app.gui.editor.tally import Counts
from desktop_app.gui.kit.drops import local_files
from desktop_app.gui.shell.closed import closed
from desktop_app.gui.shell.status_line import StoryStatus
from desktop_app.gui.shell.story_comments import StoryComments
from desktop_app.gui.shell.story_conflicts import StoryConflicts
from desktop_app.gui.shell.story_frame import PROOF, StoryFrame
from desktop_app.gui.shell.story_lookups import StoryLookups
from desktop_app.gui.shell.story_out import StoryOut
from desktop_app.gui.shell.story_proof import StoryProof
from desktop_app.gui.shell.story_source import Bench, StorySource, place_to_begin
from desktop_app.gui.shell.story_tracking import StoryTracking
from desktop_app.gui.shell.visiting import Visiting


class StoryPage(StoryFrame):
    """Loads its story, keeps it fresh, checks it in the background. ``status`` is what the status bar shows."""

    titled = Signal()
    status_changed = Signal()
    can_changed = Signal()
    said = Signal(str, str)
    failed = Signal(object)
    act_asked = Signal(str, object)
    link_asked = Signal(str, str, str)
    picture_opened = Signal(str)
    pictures_dropped = Signal(str, list)
    person_asked = Signal()
    edit_anyway_asked = Signal()
    view_changed = Signal(str)
    changes_counted = Signal(int)
    term_asked = Signal(str, str)
    waive_asked = Signal(object)
    lift_asked = Signal(object)
    word_accepted = Signal(str)

    def __init__(self, bench: Bench, story: str, person: Person | None, parent: QWidget | None = None) -> None:
        super().__init__(bench, parent)
        self.story_id = story
        self.person = person
        self.file: StoryFile | None = None
        self.findings = []
        self.waived: tuple[tuple[Finding, Waiver], ...] = ()
        self.status = StoryStatus()
        self.changes_count = 0
        self._asked: Callable[[StoryFile], None] | None = None  # what waits for the text to be saved
        self._unlocked: StoryState | None = None  # the state in which a person chose to write over sign-offs
        self._source = StorySource(bench, story, self)
        self.visiting = Visiting(bench, story, self)
        self.visiting.show_person(person)
        self.lookups = StoryLookups(bench, self.editor, self.matches, self.terms, self)
        self.editor.at_cursor.use(bench.examiner)
        self.comments = StoryComments(bench, story, self.editor, self.comments_panel, self)
        self.comments.show_person(person)
        self.editor.show_person(person)
        self.tracking = StoryTracking(bench, story, self, lambda: self.person)
        self.out = StoryOut(bench, story, self)
        self.conflicts = StoryConflicts(bench, story, self._source, self)
        self._pages = StoryProof(bench, self.editor, self.proof, self._on_go_to, self)
        self._connect()
        self.setAcceptDrops(True)
        self._source.reload()

    def _connect(self) -> None:
        editor = self.editor
        editor.settled.connect(self.check)
        self.visiting.changed.connect(editor.filtering.show_changed)
        editor.counts_changed.connect(self._on_counts)
        editor.unsaved.connect(lambda: self._show_status(unsaved=True))
        editor.saved.connect(self._on_saved)
        editor.save_failed.connect(self._on_save_failed)
        editor.save_delayed.connect(self._on_save_delayed)
        editor.discarded.connect(self._on_discarded)
        editor.history_changed.connect(self.can_changed)
        editor.active_changed.connect(lambda _key: self.can_changed.emit())
        editor.read_only_changed.connect(self.can_changed)
        for source in (editor, self.comments, self.tracking):
            source.said.connect(self.said)
        editor.link_asked.connect(self.link_asked)
        editor.picture_opened.connect(self.picture_opened)
        self.strip.requested.connect(self._on_act)
        self.notices.requested.connect(lambda action: self._on_act(action, None))
        self.strip.findings_clicked.connect(lambda: self.show_panel("checks"))
        self.strip.comments_clicked.connect(lambda: self.show_panel("comments"))
        self.matches.take.connect(self._on_match)
        self.terms.take.connect(self._on_term)
        self.terms.add_asked.connect(self.ask_term)
        self.lookups.counted.connect(self._on_counted)
        self.lookups.failed.connect(self.failed)
        self.lookups.answered.connect(editor.at_cursor.completing.show_answer)
        editor.at_cursor.failed.connect(self.failed)
        editor.at_cursor.word_accepted.connect(self.word_accepted)
        self.comments.counted.connect(self._on_comments_counted)
        self.comments.shown_asked.connect(lambda: self.show_panel("comments"))
        self.comments.went.connect(self._on_go_to)
        self.comments.failed.connect(self.failed)
        self.checks.go_to.connect(self._on_go_to)
        self.checks.fix.connect(self._on_fix)
        self.checks.waive.connect(self.waive_asked)
        self.checks.lift.connect(self.lift_asked)
        self.checks.word_accepted.connect(self.word_accepted)
        self.history.compare.connect(self._on_compare)
        self.changes.opened.connect(self._on_go_to)
        self.changes.count_changed.connect(self._on_changes_counted)
        self._source.read.connect(self._take)
        self._source.read.connect(self.comments.story_read)
        self._source.read.connect(self.tracking.story_read)
        self._source.read.connect(self._pages.story_read)
        self.proof.back_asked.connect(lambda: self.show_view("edit"))
        self.tracking.view_asked.connect(self.show_view)
        self.tracking.can_changed.connect(self.can_changed)
        self._source.checked.connect(self._take_findings)
        self._source.outdated.connect(self.check)
        self._source.failed.connect(self._on_source_failed)

    # What is shown

    @property
    def title(self) -> str:
        """The story's name for its tab."""
        if self.file is None:
            return "…"
        headline = self.file.story.headline()
        return headline.en or headline.zh or self.file.story.slug

    def show_view(self, view: str) -> None:
        """Bring a view of the story to the front; ``VIEWS`` has their ids."""
        if view == self.view:
            return
        if view == "changes":
            self.editor.flush()
            self.changes.show_story(self.story_id)
        self.bring_view(view)
        self.view_changed.emit(view)
        self.can_changed.emit()

    def show_text(self) -> None:
        """See that the text is there; pages beside it may stay."""
        if not self.writing or self.splitter.pages_alone:
            self.show_view("edit")

    def show_panel(self, panel: str) -> None:
        """Bring a side panel to the front, in the place of the pages."""
        if self.view == PROOF:
            self.show_view("edit")
        super().show_panel(panel)

    def show_person(self, person: Person | None) -> None:
        """Say who is at the desk."""
        self.person = person
        self.editor.show_person(person)
        self.visiting.show_person(person)
        self.comments.show_person(person)
        self.changes.show_person()
        self.tracking.show_person()
        if self.file is not None:
            self.strip.show_file(self.file, person, self.findings)
        self._apply_closed()

    def unlock(self) -> None:
        """Let a signed text be written after the person was warned."""
        self._unlocked = self.file.story.state if self.file is not None else None
        self._apply_closed()
        self.editor.setFocus()

    def show_part(self, key: str) -> None:
        """Go to a segment or picture, once the story is there."""
        if self.file is not None:
            self._on_go_to(key)
        else:
            self._source.then(lambda _file: self._on_go_to(key))

    def come_back(self, place: Resting) -> None:
        """Go to where keyboard and view were, once the story is there; where that row is gone, to where work begins."""

        def back(file: StoryFile) -> None:
            if not self.editor.come_back(place):
                self.editor.go_to(place_to_begin(file.story))

        self._source.then(back)

    def show_keys(self) -> None:
        """Show other keys where the panels name them."""
        waived, findings = self.waived, self.findings
        self.matches.show_matches((), self.editor.languages)
        self.terms.show_terms((), self.editor.languages)
        self.lookups.look_again()
        self.comments_panel.show_keys()
        if self.file is not None:
            self.checks.show_findings((), self.editor.story())
            self._take_findings(Examined(tuple(findings), waived))

    def when_fresh(self, then: Callable[[StoryFile], None]) -> None:
        """Save, read the file again and call ``then`` with it: for what is decided over the exact text.

        The window goes on meanwhile; of several that are asked for while it is saved, the last counts.
        """

        def go_on(saved: bool) -> None:
            if self._asked is not then:
                return
            self._asked = None
            if saved:
                self._source.then(then)
                self._source.reload()
            else:
                self.said.emit(self._texts(N_("The text is not saved yet. Try again in a moment.")), "warning")

        self._asked = then
        self.editor.when_saved(go_on)

    def show_acting(self, *, acting: bool) -> None:
        """Say that the story's state is being changed: until the story is read after it, nothing more is asked for."""
        if acting:
            self.strip.show_acting(acting=True)
        else:
            self._source.then(lambda _file: self.strip.show_acting(acting=False))
            self._source.reload()

    def shows(self, file: StoryFile) -> bool:
        """Whether the words on the screen are those of ``file``."""
        return content_digest(self.editor.story().content) == file.digest

    def check(self) -> None:
        """Run the checks over the text as it stands, away from the window."""
        if self.file is not None:
            self._source.check(self.editor.story())

    def waive_active(self) -> None:
        """Ask to set the first finding of the active segment aside."""
        finding = self._first_finding()
        if finding is not None:
            self.waive_asked.emit(finding)

    def can_waive(self) -> bool:
        """Whether a finding of the active segment can be set aside."""
        return self._bench.desk.archive.writable and self._first_finding() is not None

    def set_aside(self, finding: Finding, waiver: Waiver) -> None:
        """Take a finding that was just set aside off the list; the next check says the same."""
        standing = tuple(one for one in self.findings if one != finding)
        self._take_findings(Examined(standing, (*self.waived, (finding, waiver))))
        self.check()  # an answer that is under way does not know of the waiver yet

    def _first_finding(self) -> Finding | None:
        return self.checks.first_of(self.editor.active_key()) if self.editor.active_key() else None

    def let_go(self) -> None:
        """Want nothing of the archive any more; what is not saved is lost."""
        self._asked = None
        self.visiting.end()
        for owner in (self._source, self.tracking, self._pages, self.out, self.lookups, self.comments):
            owner.stop()
        for part in (self.editor, self.changes, self.history):
            part.open_desk(None)

    def _take(self, file: StoryFile) -> None:
        first = self.file is None
        self.file = file
        self.editor.show_file(file)
        self.strip.show_file(file, self.person, self.findings)
        self.details.show_file(file)
        self.visiting.look()
        self._apply_closed()
        self._show_status(version=str(file.story.version), modified=file.story.modified)
        self.titled.emit()
        if first:
            self.history.show_story(self.story_id)
            if self.isVisible() and not self._source.awaited:
                self.editor.go_to(place_to_begin(file.story))
        self.check()

    def _apply_closed(self) -> None:
        if self.file is None:
            return
        at, writable = self.file.situation, self._bench.desk.archive.writable
        self.checks.show_unnamed(self._texts(N_("Choose who is at the desk first.")) if self.person is None else "")
        self.notices.show_file(self.file, self.person, writable=writable)
        if self._unlocked is not at.state:
            self._unlocked = None
        why = closed(at, self.person, writable=writable, unlocked=self._unlocked is not None)
        self.editor.set_read_only(why.reason if why is not None else None, told=why is not None)
        self.show_closed(why, edit=self.edit_anyway_asked.emit, choose=self.person_asked.emit)
        self._show_status(read_only=self.editor.read_only is not None)

    def _take_findings(self, examined: Examined) -> None:
        self.findings, self.waived = list(examined.findings), examined.waived
        findings = self.findings
        self.editor.show_findings(findings)
        self.strip.show_findings(findings)
        people = self.file.people if self.file is not None else {}
        self.checks.show_findings(findings, self.editor.story(), examined.waived, people)
        self.side.show_count("checks", len(findings))
        errors = sum(finding.severity is Severity.ERROR for finding in findings)
        self._show_status(findings=len(findings), errors=errors)
        self.can_changed.emit()

    def _show_status(self, **facts: object) -> None:
        self.status = replace(self.status, **facts)  # type: ignore[arg-type]  # the callers name fields of StoryStatus
        self.status_changed.emit()

    def _on_counts(self, counts: Counts) -> None:
        self._show_status(han=counts.han, words=counts.words, confirmed=counts.confirmed, segments=counts.segments)

    def _on_changes_counted(self, count: int) -> None:
        self.changes_count = count
        self.changes_counted.emit(count)

    def _on_saved(self, moment: datetime) -> None:
        self._show_status(saved_at=moment, unsaved=not self.editor.is_saved(), failed=False, waits=None)

    def _on_save_failed(self, error: KnownError) -> None:
        self._show_status(failed=True, refused=isinstance(error, NotAllowedError))

    def _on_save_delayed(self, why: Message | None, _texts: list[str]) -> None:
        if why is not None:
            self._show_status(waits=why)

    def _on_discarded(self) -> None:
        self._show_status(unsaved=False, failed=False, waits=None)
        self.check()

    def _on_source_failed(self, error: KnownError) -> None:
        self.strip.show_acting(acting=False)
        self.failed.emit(error)

    def _on_act(self, action: str, step: object) -> None:
        """Take the keyboard off the button, so that what is typed next, or after a dialog, presses nothing."""
        self.focus_front()
        self.act_asked.emit(action, step)

    def _on_go_to(self, key: str) -> None:
        self.show_text()
        self.editor.go_to(key)

    def _on_fix(self, segment: str, fix: Fix) -> None:
        self.show_text()
        self.editor.apply_fix(segment, fix)

    def _on_counted(self, panel: str, count: int) -> None:
        self.side.show_count(panel, count)
        self.can_changed.emit()

    def _on_comments_counted(self, count: int) -> None:
        self.strip.show_comments(count)
        self._on_counted("comments", count)

    def _on_match(self, match: Match) -> None:
        self.show_text()
        if self.lookups.is_answered():  # what still stands there from the row before belongs to that row
            self.editor.write_target(self.editor.active_key(), match.unit.target)

    def _on_term(self, text: str) -> None:
        self.show_text()
        if self.lookups.is_answered():
            self.editor.insert_text(text)

    def ask_term(self) -> None:
        """Ask for a new term, beginning with what is selected."""
        self.term_asked.emit(*self.editor.selected_sides())

    def _on_compare(self, old: str, new: str) -> None:
        self.show_view("changes")
        self.changes.show_versions(old, new)

    # Qt overrides

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()) and self._bench.desk.archive.writable:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.pictures_dropped.emit(self.story_id, local_files(event.mimeData()))
