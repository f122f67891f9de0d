"""Joins a story's editor with its Comments panel and what comments do to the archive."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox

from desktop_app.desk.comments import Discussion, Made
from desktop_app.domain.comments import beginning
from desktop_app.domain.people import Person
from desktop_app.foundation.messages import N_
from desktop_app.gui.comments.comment_desk import CommentDesk
from desktop_app.gui.comments.drafts import Draft
from desktop_app.gui.comments.panel import CommentsPanel
from desktop_app.gui.editor.editor import StoryEditor
from desktop_app.gui.shell.story_source import Bench

_SHOWN = 120  # characters of a comment in the tooltip of its row
_PATIENCE = 3000  # ms that a comment waits for the text to be saved


class StoryComments(QObject):
    """``counted`` the open comments when they are fresh; ``shown_asked`` when the panel should come to the front."""

    counted = Signal(int)
    shown_asked = Signal()
    went = Signal(str)
    said = Signal(str, str)
    failed = Signal(object)

    def __init__(self, bench: Bench, story: str, editor: StoryEditor, panel: CommentsPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._texts, self._editor, self._panel = bench.texts, editor, panel
        self._writable = bench.desk.archive.writable
        self.discussion = Discussion()
        self.known = False  # until the comments have been read once
        self._desk = CommentDesk(bench.texts, bench.tasks, bench.bus, bench.desk, story, self)
        self._unsaved: list[Callable[[], None]] = []  # what waits for the text to be saved
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self._go_on)
        self._desk.read.connect(self._take)
        self._desk.said.connect(self.said)
        self._desk.failed.connect(self.failed)
        editor.active_changed.connect(panel.show_active)
        editor.saved.connect(self._on_saved)
        editor.save_failed.connect(lambda _error: self._go_on())
        panel.asked.connect(self.write)
        panel.go_to.connect(self.went)
        panel.left.connect(self._back)
        panel.posted.connect(self._on_posted)
        panel.answered.connect(self._on_answered)
        panel.reworded.connect(self._on_reworded)
        panel.resolved.connect(lambda comment: self._desk.resolve(comment, self._on_resolved))
        panel.reopened.connect(self._desk.reopen)
        panel.deleted.connect(lambda comment: self._desk.delete(comment, self._on_deleted))
        self._desk.reload()

    def show_person(self, person: Person | None) -> None:
        """Say who is at the desk."""
        self._desk.show_person(person)
        self._panel.show_person(person, writable=self._writable)

    def stop(self) -> None:
        """Want nothing any more."""
        self._patience.stop()
        self._unsaved.clear()
        self._desk.stop()

    def can_write(self) -> bool:
        """Whether a comment can be begun at the active segment or picture."""
        return self._writable and bool(self._editor.active_key())

    def write(self) -> None:
        """Open the composer for the active segment or picture, about what is selected there."""
        if not self._desk.somebody() or not self._writable:
            return
        if not self._editor.active_key():
            self.said.emit(self._texts(N_("Put the cursor into a segment or picture first.")), "warning")
            return
        source, target = self._editor.selected_sides()
        self.shown_asked.emit()
        self._panel.write(self._editor.active_key(), "source" if source else "target", source or target)

    def go_on(self, way: int) -> None:
        """Go to the next row with an open comment (1) or the one before (-1)."""
        place = self._panel.next_place(self._editor.active_key(), way)
        if place is None:
            self.said.emit(self._texts(N_("No comment is open.")), "good")
            return
        self.shown_asked.emit()
        self.went.emit(place)

    def story_read(self, _story: object = None) -> None:
        """The sheet was filled anew: show what stands on its rows."""
        found = self.discussion
        tips: dict[str, list[str]] = {}
        for one in found.open_ones():
            place = one.place(found.numbers)
            if place is not None:
                said = N_("{name}: {text}", name=found.name(one.author), text=beginning(one.notes[0].text, _SHOWN))
                tips.setdefault(place, []).append(self._texts(said))
        self._editor.show_comments(tips)

    def confirm_leave(self) -> bool:
        """Ask about words that are not posted; False where the person stays."""
        words = self._panel.drafts.any()
        if not words:
            return True
        kinds = QMessageBox.StandardButton
        said = N_("A comment is not posted yet: “{words}” Throw it away?", words=beginning(words))
        answer = QMessageBox.question(
            self._panel, self._texts(N_("Comment not posted")), self._texts(said), kinds.Discard | kinds.Cancel,
            kinds.Cancel,
        )  # fmt: skip
        if answer == kinds.Discard:
            self._panel.drafts.clear()
            return True
        self.shown_asked.emit()
        return False

    # What the panel asks for

    def _take(self, found: Discussion) -> None:
        self.discussion, self.known = found, True
        self._panel.show_discussion(found)
        self.story_read()
        self.counted.emit(self._panel.open_count())

    def _on_posted(self, draft: Draft) -> None:
        """Post when the text is saved: the segment may have been cut a moment ago."""
        self._back()
        self._panel.show_busy(busy=True)
        self._when_saved(
            lambda: self._desk.post(
                draft, lambda _made: self._panel.comment_posted(draft), lambda: self._panel.show_busy(busy=False)
            )
        )

    def _back(self) -> None:
        """Give the keys back to the text at once: whoever writes on means the sentence."""
        if self._editor.isVisible():
            self._editor.setFocus()

    def _on_answered(self, comment: str, text: str) -> None:
        self._back()
        self._panel.thread_busy(comment, busy=True)
        self._desk.reply(
            comment, text, lambda _made: self._panel.thread_posted(comment),
            lambda: self._panel.thread_busy(comment, busy=False),
        )  # fmt: skip

    def _on_reworded(self, note: str, text: str) -> None:
        comment = self._panel.thread_with(note)
        self._panel.thread_busy(comment, busy=True)
        self._desk.reword(
            note, text, lambda _made: self._panel.thread_posted(comment),
            lambda: self._panel.thread_busy(comment, busy=False),
        )  # fmt: skip

    def _on_resolved(self, made: Made) -> None:
        undo = self._texts(N_("Undo"))
        self._panel.offer(self._texts(N_("Resolved.")), undo, lambda: self._desk.reopen(made.comment.id))

    def _on_deleted(self, made: Made) -> None:
        undo = self._texts(N_("Undo"))
        self._panel.offer(self._texts(N_("Deleted.")), undo, lambda: self._desk.bring_back(made.comment))

    def _when_saved(self, then: Callable[[], None]) -> None:
        if self._editor.is_saved():
            then()
            return
        self._unsaved.append(then)
        self._patience.start()
        self._editor.flush()

    def _on_saved(self, _moment: object) -> None:
        if self._editor.is_saved():
            self._go_on()

    def _go_on(self) -> None:
        """The text is saved, or will not be: what waits for it goes on, and says itself what is wrong."""
        self._patience.stop()
        waiting, self._unsaved = self._unsaved, []
        for act in waiting:
            act()
