"""The editor of one story: the sheet, the lines over it, saving, and what it tells the window.

It registers no shortcut; the shell does, and calls the methods of ``Acts``.
"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.stories import StoryFile
from desktop_app.domain.people import Person
from desktop_app.domain.story import Languages, SegmentStatus, Story, StoryState
from desktop_app.domain.workflow import may_edit
from desktop_app.foundation.errors import BugError, KnownError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.editor.arrivals import Arrivals
from desktop_app.gui.editor.at_cursor import AtCursor
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.filter_bar import FilterBar
from desktop_app.gui.editor.filtering import Filtering
from desktop_app.gui.editor.find_bar import FindBar
from desktop_app.gui.editor.finding_acts import FindingActs
from desktop_app.gui.editor.go_to_bar import GoToBar
from desktop_app.gui.editor.house_ways import HouseWays
from desktop_app.gui.editor.refusals import Refusals
from desktop_app.gui.editor.replacing import Replacing
from desktop_app.gui.editor.resting import Resting, come_back, resting
from desktop_app.gui.editor.rows import CREDITS, Field
from desktop_app.gui.editor.saves import Saves
from desktop_app.gui.editor.searching import Searching
from desktop_app.gui.editor.sheet import Sheet
from desktop_app.gui.editor.story_text import Around
from desktop_app.gui.editor.thumbs import Thumbnails
from desktop_app.gui.editor.wording import credit_lines
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import InlineMessage

_REVISING = frozenset({StoryState.SUBMITTED, StoryState.IN_REVISION, StoryState.APPROVED})


class StoryEditor(FindingActs):
    """Shows and edits one story at a time. See ``Acts`` for what the shell's actions call."""

    active_changed = Signal(str)
    counts_changed = Signal(object)
    history_changed = Signal()
    edited = Signal()
    unsaved = Signal()
    saved, save_failed, save_delayed = Signal(object), Signal(object), Signal(object, list)
    discarded, viewed, read_only_changed = Signal(), Signal(), Signal()
    picture_opened = Signal(str)

    CLOSE = N_("Close")
    COPY = N_("Copy them")
    shows_reason: Callable[[], bool] = staticmethod(lambda: False)  # whether a line says why nothing is written

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, parent: QWidget | None = None) -> None:
        self._thumbs = Thumbnails(tasks)
        super().__init__(texts, Sheet(look, texts, self._thumbs), HouseWays(tasks, bus), parent)
        for one in (self._thumbs, self._ways):
            one.setParent(self)
        self._desk: Desk | None = None
        self._file: StoryFile | None = None
        self._extra_reason: Message | None = None
        self._told = False
        self._source_editing = False
        self._saves = Saves(tasks, bus, self)
        self._reason = InlineMessage(look, texts(self.CLOSE), self)
        self._lost = InlineMessage(look, texts(self.CLOSE), self)
        self._find_bar = FindBar(look, texts, self)
        self._go_to_bar = GoToBar(look, texts, self)
        self._arrivals = Arrivals(tasks, self)
        self._arrivals.lost.connect(self._on_lost)
        self._arrivals.failed.connect(self._on_read_failed)
        self._ways.failed.connect(self._on_read_failed)
        self._refusals = Refusals(
            texts, self._saves, self._arrivals, lambda: InlineMessage(look, texts(self.CLOSE), self), self
        )
        self._refusals.discarded.connect(self.discarded)
        self._refusals.refused.connect(lambda: bus.publish(Changes(stories=frozenset({self.story_id}))))
        self._arrivals.came.connect(self._on_came)
        self._saves.lost.connect(self._on_lost)
        self._searching = Searching(self._find_bar, self._sheet, self)
        self._replacing = Replacing(look, texts, self._find_bar, self._sheet, self._searching, lambda: self._file)
        self._replacing.said.connect(self.said)
        self.at_cursor = AtCursor(look, texts, tasks, bus, self._sheet, self.said.emit, self)
        self.filter_bar = FilterBar(look, texts, self)
        self.filtering = Filtering(self.filter_bar, self._sheet, self)
        self.findings_shown.connect(self.filtering.recount)
        self.filtering.filtered.connect(self._searching.look_again)
        self._counting = QTimer(self)
        self._counting.timeout.connect(self._on_counting)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        lines = (self._reason, self._lost, *self._refusals.lines, self._find_bar, self._go_to_bar, self.filter_bar)
        for widget in lines:
            layout.addWidget(widget)
        layout.addWidget(self._sheet, 1)
        self.setFocusProxy(self._sheet)
        self.setAccessibleName(texts(Sheet.NAME))
        self._sheet.activated.connect(self.active_changed)
        self._sheet.refused.connect(self._on_refused)
        self._sheet.link_asked.connect(self._ask_link)
        self._sheet.picture_opened.connect(self.picture_opened)
        self._sheet.escaped.connect(self._on_escaped)
        self._sheet.viewed.connect(self.viewed)
        self._go_to_bar.asked.connect(self.go_to_number)
        self._go_to_bar.closed.connect(self._sheet.setFocus)
        told = ((self._saves.saved, self.saved), (self._saves.failed, self.save_failed))
        for theirs, mine in (*told, (self._saves.delayed, self.save_delayed)):
            theirs.connect(mine)

    # What is shown

    def open_desk(self, desk: Desk | None) -> None:
        """Work on this archive from now on; None gives it away (``flush_and_wait`` comes before)."""
        self.clear()
        self._desk = desk
        self.at_cursor.use(None)
        self.at_cursor.pictures.use(desk, lambda: self._person)
        self._thumbs.open_desk(desk)

    def show_person(self, person: Person | None) -> None:
        """Edit in the name of this person."""
        self._person = person
        self._settle_permission()

    def show_file(self, file: StoryFile) -> None:
        """Open a story; or, where it is open already, take over what changed elsewhere.

        Raises:
            BugError: there is no archive to save to.
        """
        if self._desk is None:
            raise BugError("a story was shown without an archive")
        same = self._document is not None and self._document.story_id == file.story.id
        self._file = file
        self._status = SegmentStatus.REVISED if file.story.state in _REVISING else SegmentStatus.CONFIRMED
        if same:
            self._arrivals.take_over(file.story)
            self._ways.read()
        else:
            self._open(file.story, self._desk)
        self._settle_permission()
        self._sheet.show_credits(*credit_lines(file, self._texts))

    def clear(self) -> None:
        """Show nothing."""
        self._sheet.leave()
        self._sheet.show_document(None)
        self._searching.show_document(None)
        self.at_cursor.show_document(None)
        self.filtering.show_document(None)
        self._arrivals.watch(None, None)
        self._ways.watch(None, None)
        self._refusals.show_document(None)
        for line in (self._reason, self._lost, self._go_to_bar):
            line.hide()
        self._forget_findings()
        self._counting.stop()
        document, self._file, self._document = self._document, None, None
        if document is not None:
            document.dirty.disconnect(self._on_dirty)
            document.counts_changed.disconnect(self._on_counts_changed)
            document.history_changed.disconnect(self.history_changed)
            document.read_only_changed.disconnect(self._on_read_only_changed)
            self._saves.end(document)
            self.active_changed.emit("")
            self.history_changed.emit()

    @property
    def story_id(self) -> str:
        """The open story, empty where there is none."""
        return self._document.story_id if self._document is not None else ""

    def story(self) -> Story:
        """The story as it stands on the screen.

        Raises:
            BugError: there is none.
        """
        if (document := self._document) is None:
            raise BugError("no story is open")
        return document.story()

    @property
    def languages(self) -> tuple[str, str]:
        """The languages of source and target, as BCP 47 tags."""
        found = self._document.languages if self._document is not None else Languages()
        return found.source, found.target

    def active_key(self) -> str:
        """The segment or picture block with the keys, empty where there is none."""
        return self._sheet.key

    def around(self, key: str) -> Around | None:
        """The texts of a row and of its neighbours, None where there is no such row (any more)."""
        return document.around(key) if (document := self._document) is not None and document.has(key) else None

    def number_of(self, key: str) -> int:
        """The number in the margin of a row."""
        return self._document.row_of(key) + 1 if self._document is not None and self._document.has(key) else 0

    def rows_in_view(self) -> list[str]:
        """The segments and pictures in view, from the top."""
        return [key for key in self._sheet.keys_in_view() if key != CREDITS]

    def show_comments(self, comments: Mapping[str, Sequence[str]]) -> None:
        """Show which rows have open comments, with what a tooltip says of each."""
        self._sheet.marks.show_comments(comments)
        self._sheet.show_marks()
        self.filtering.show_commented(comments.keys())

    def show_percents(self, percents: Mapping[str, int]) -> None:
        """Show the score of each row's best match."""
        self._sheet.marks.show_percents(percents)
        self._sheet.show_marks()

    def show_terms(self, key: str, text: str, spans: Sequence[tuple[int, int]]) -> None:
        """Underline the terms of one row's source text."""
        self._sheet.marks.show_terms(key, text, spans)
        self._sheet.show_marks()

    def selected_sides(self) -> tuple[str, str]:
        """What is selected in the live cell, as source or as target text; the other is empty."""
        text = self._sheet.live.selected() if self._sheet.key else ""
        is_source = self._sheet.field in {Field.SOURCE, Field.CAPTION_SOURCE}
        return (text, "") if is_source else ("", text)

    def resting(self) -> Resting:
        """Where the keyboard and the view are."""
        return resting(self._sheet, self._document)

    def come_back(self, place: Resting) -> bool:
        """Put keyboard and view back to where they were; False where that row is gone."""
        return come_back(self._sheet, self._document, place)

    # Whether it may be changed

    @property
    def read_only(self) -> Message | None:
        """Why nothing may be changed now, None where one may."""
        return self._document.read_only if self._document is not None else None

    def set_read_only(self, reason: Message | None, *, told: bool = False) -> None:
        """Forbid changes for a reason of the window's own, or leave it to the story's state.

        ``told``: the window shows the reason itself, with what can be done about it.
        """
        self._extra_reason, self._told = reason, told
        self._settle_permission()

    @property
    def reason(self) -> InlineMessage:
        """The line that says why; a window may give it another place."""
        return self._reason

    def set_source_editing(self, on: bool) -> None:
        """Let the Chinese of segments be typed in; only where the desk takes such edits."""
        self._source_editing = on
        if self._document is not None:
            self._document.set_source_editing(on)

    # Find and go to

    def find(self) -> None:  # type: ignore[override] # QWidget.find looks up native windows; the action is called so
        """Open the find line."""
        if self._document is not None:
            self._go_to_bar.hide()
            self._sheet.leave()
            self._searching.open()

    def replace(self) -> None:
        """Open the find line with the line below it that replaces."""
        self.find()
        if self._document is not None:
            self._searching.open(replacing=True)

    def ask_number(self) -> None:
        """Open the line that asks for a number."""
        if (document := self._document) is not None:
            self._find_bar.close_bar()
            self._sheet.leave()
            number = document.row_of(self._sheet.key) + 1 if self._sheet.key else self._sheet.row_in_view() + 1
            pictures = [n for n, row in enumerate(document.rows, start=1) if document.placement(row.key) is not None]
            self._go_to_bar.open_for(number, len(document.rows) - 1, pictures)

    # Saving

    def flush(self) -> None:
        """Hand over what is not saved yet, without waiting."""
        self._sheet.leave()
        self._saves.flush()

    def when_saved(self, told: Callable[[bool], None]) -> None:
        """Save everything, then call ``told``: with True, or with False where something cannot be saved."""
        self._sheet.leave()
        self._saves.when_saved(told)

    def flush_and_wait(self, timeout: float = 10.0) -> bool:
        """Save everything and wait for it, at most ``timeout`` seconds; False where something is not saved."""
        self._sheet.leave()
        return self._saves.flush_and_wait(timeout)

    def is_saved(self) -> bool:
        """Whether everything typed is in the archive."""
        return self._saves.idle()

    # Inside

    def _open(self, story: Story, desk: Desk) -> None:
        file = self._file
        self.clear()
        self._file = file
        document = self._document = StoryDocument(story)
        document.set_source_editing(self._source_editing)
        self._saves.begin(document, desk, lambda: self._person)
        document.dirty.connect(self._on_dirty)
        document.counts_changed.connect(self._on_counts_changed)
        document.history_changed.connect(self.history_changed)
        document.read_only_changed.connect(self._on_read_only_changed)
        self._sheet.show_document(document)
        self._searching.show_document(document)
        self.at_cursor.show_document(document)
        self.filtering.show_document(document)
        self._arrivals.watch(document, desk)
        self._ways.watch(document, desk)
        self._refusals.show_document(document)
        self.history_changed.emit()
        self._counting.start()

    def _settle_permission(self) -> None:
        if self._document is None or self._file is None:
            return
        reason = self._extra_reason
        if reason is None:
            why = may_edit(self._file.situation, self._person.id if self._person is not None else None)
            reason = N_("Reading only: {reason}.", reason=why) if why is not None else None
        could = self._document.read_only is None
        self._document.set_read_only(reason)
        if reason is None and not could:
            self._refusals.may_write_again()
        if reason is None or (reason is self._extra_reason and self._told):
            self._reason.hide()
        else:
            self._reason.show_text(self._texts(reason), "accent", closable=False)

    # Slots

    def _on_dirty(self) -> None:
        self._outdate()
        self.edited.emit()
        self.unsaved.emit()

    def _on_counts_changed(self) -> None:
        if self._document is not None and not self._counting.isActive():
            self.counts_changed.emit(self._document.counts())

    def _on_counting(self) -> None:
        if self._document is None or self._document.count_on():
            self._counting.stop()
            self._on_counts_changed()

    def _on_read_only_changed(self) -> None:
        self.read_only_changed.emit()
        self.history_changed.emit()

    def _on_refused(self) -> None:
        if self._document is not None and self._sheet.key:
            refusal = self._document.refusal(self._sheet.key, self._sheet.field)
            if refusal is not None and not (refusal == self.read_only and self.shows_reason()):
                self._say(refusal)

    def _on_lost(self, words: str) -> None:
        sentence = N_("The story was changed elsewhere. These words have no place in it: {words}", words=words)
        self._lost.show_text(
            self._texts(sentence), "error", button=self._texts(self.COPY),
            act=lambda: QGuiApplication.clipboard().setText(words),
        )  # fmt: skip

    def _on_came(self, file: StoryFile) -> None:
        if file.story.id == self.story_id:
            self._file = file
            self._settle_permission()
            self.settled.emit()  # what was found is about the words before

    def _on_read_failed(self, error: KnownError) -> None:
        self.said.emit(self._texts.error(error), "error")

    def _on_escaped(self) -> None:
        self._find_bar.close_bar()
        self._go_to_bar.close_bar()
