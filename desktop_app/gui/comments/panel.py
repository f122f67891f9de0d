"""The Comments panel: open threads in reading order, the composer over them, resolved ones behind a quiet line."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.desk.comments import Discussion
from desktop_app.domain.comments import Comment, Side, beginning
from desktop_app.domain.people import Person
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.comments.card import Thread, ThreadCard, where_of
from desktop_app.gui.comments.composer import Composer
from desktop_app.gui.comments.drafts import Draft, Drafts
from desktop_app.gui.kit.cards import CardColumn
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, InlineMessage, push_button

_BATCH = 60  # cards made at a time
_AT_ONCE = 5  # cards made before the window gets its turn again
_MORE, _FOLD = "more", "fold"  # the two buttons among the cards
_OFFERED = 10_000  # ms that an act can be taken back in the panel's line


class CommentsPanel(QWidget):
    """Shows a story's comments. ``go_to(key)`` is for the editor, everything else for the archive.

    ``asked`` begins a comment where the cursor is; ``posted(Draft)``, ``answered(id, text)``, ``reworded(note, text)``,
    ``resolved(id)``, ``reopened(id)``, ``deleted(id)``. ``left`` when the person gave a comment up.
    """

    go_to = Signal(str)
    asked = Signal()
    posted = Signal(object)
    answered = Signal(str, str)
    reworded = Signal(str, str)
    resolved = Signal(str)
    reopened = Signal(str)
    deleted = Signal(str)
    left = Signal()

    def __init__(self, look: Look, texts: Texts, key: Callable[[], str], parent: QWidget | None = None) -> None:
        """``key`` gives the key that begins a comment now, as this system writes it."""
        super().__init__(parent)
        self._texts, self._key = texts, key
        self._found = Discussion()
        self._person: Person | None = None
        self._writable = False
        self._active = ""
        self._shown = _BATCH
        self._wanted = ""  # the active segment whose thread is still to be brought into view
        self.drafts = Drafts()
        self._cards: dict[str, ThreadCard] = {}
        self._soon = self._timer(0, self._show)
        self._taken_back = self._timer(_OFFERED, self._hide_offer)
        self.message = InlineMessage(look, texts(N_("Close")), self)
        self.composer = Composer(texts, self)
        self.composer.posted.connect(self._on_posted)
        self.composer.changed.connect(self.drafts.keep)
        self.composer.closed.connect(self._on_closed)
        self._summary = QLabel(self)
        self._summary.setProperty("role", "muted")
        self.write_button = push_button(texts(N_("Comment")), "outline", self)
        self.write_button.clicked.connect(lambda _on=False: self.asked.emit())
        self._more = push_button("", "flat", self)
        self._more.clicked.connect(self._on_more)
        self.fold = push_button("", "flat", self)
        self.fold.setCheckable(True)
        self.fold.toggled.connect(lambda _on: self._show())
        self._empty = EmptyState(look, "comment", "", "", texts(N_("Comment")), parent=self)
        self._empty.clicked.connect(self.asked)
        self._column: CardColumn[str] = CardColumn(self._make, self)
        self._lay_out()
        self.show_keys()
        self._show()

    def _timer(self, pause: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(act)
        return timer

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._summary, 1)
        head.addWidget(self.write_button)
        self._waiting = QVBoxLayout()
        self._waiting.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(12, 8, 12, 2)
        top.setSpacing(8)
        top.addLayout(head)
        top.addWidget(self.message)
        top.addWidget(self.composer)
        top.addLayout(self._waiting)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)

    # What is shown

    def show_discussion(self, found: Discussion) -> None:
        """Show a story's comments; what is being written stays as it is."""
        self._found = found
        self._show()

    def show_keys(self) -> None:
        """Name the key that is in force."""
        key, texts = self._key(), self._texts
        self.write_button.setToolTip(texts(N_("Comment on the active segment or picture ({key})", key=key)))
        sentence = N_("{key} writes one on the segment or picture you are in.", key=key)
        self._empty.show_text(texts(N_("No comments")), texts(sentence))

    def show_person(self, person: Person | None, *, writable: bool) -> None:
        """Say who is at the desk, and whether comments can be written at all."""
        self._person, self._writable = person, writable
        self._show()

    def show_active(self, key: str) -> None:
        """Mark the threads on the active segment or picture, and bring the first of them into view."""
        if key != self._active:
            self._active = key
            self._wanted = key
            self._mark_here()

    def open_count(self) -> int:
        """How many threads are open."""
        return len(self._found.open_ones())

    def next_place(self, here: str, way: int) -> str | None:
        """The next (1) or previous (-1) segment or picture with an open comment, round the end of the story."""
        numbers = self._found.numbers
        places = {one.place(numbers) for one in self._found.open_ones()} - {None}
        rows = sorted((numbers[place], place) for place in places if place is not None)
        at = numbers.get(here, 0)
        beyond = [place for number, place in rows[::way] if (number - at) * way > 0]
        return next(iter([*beyond, *(place for _number, place in rows[::way])]), None)

    # Writing

    def write(self, key: str, side: Side, quote: str) -> None:
        """Open the composer for a segment or picture; what was begun there before is gone on with."""
        begun = self.composer.draft
        if begun is not None and begun.anchor not in self._found.numbers and key in self._found.numbers:
            self.drafts.new.pop(begun.anchor, None)  # its segment has gone: the words come along
            self.drafts.keep(Draft(key, begun.side, begun.quote, begun.text))
        self.composer.open_for(self.drafts.begun(key, side, quote), self._found.numbers.get(key))
        self._empty.button.hide()
        self._show_waiting()
        self.composer.writer.field.setFocus()

    def show_busy(self, *, busy: bool) -> None:
        """Take no more keys while a new comment is on its way to the archive."""
        self.composer.writer.show_busy(busy=busy)

    def comment_posted(self, draft: Draft) -> None:
        """A new comment is in the archive."""
        self.show_busy(busy=False)
        self.drafts.new.pop(draft.anchor, None)
        if self.composer.draft is not None and self.composer.draft.anchor == draft.anchor:
            self.composer.close_draft()
        self._show_waiting()

    def thread_posted(self, comment: str) -> None:
        """An answer or another wording is in the archive."""
        card = self._cards.get(comment)
        if card is not None:
            card.show_busy(busy=False)
            card.close_writer()

    def thread_busy(self, comment: str, *, busy: bool) -> None:
        """Take no more keys in a thread's field while its words are on their way."""
        card = self._cards.get(comment)
        if card is not None:
            card.show_busy(busy=busy)

    def card(self, comment: str) -> ThreadCard | None:
        """The card of a thread, if it is shown."""
        return self._cards.get(comment)

    def thread_with(self, note: str) -> str:
        """The thread that has a note, empty where there is none."""
        return next((one.id for one in self._found.comments if any(said.id == note for said in one.notes)), "")

    def offer(self, sentence: str, button: str, act: Callable[[], None]) -> None:
        """Say in the panel's line what was done, and how it is taken back."""

        def take_back() -> None:
            self._hide_offer()
            act()

        self.message.show_text(sentence, "good", button=button, act=take_back)
        self._taken_back.start()

    def _hide_offer(self) -> None:
        self._taken_back.stop()
        self.message.hide()

    # Inside

    def _show(self) -> None:
        open_ones = self._found.open_ones()
        resolved = [one for one in self._found.comments if not one.open]
        keys = [one.id for one in open_ones[: self._shown]] + [_MORE, _FOLD]
        if self.fold.isChecked():
            keys += [one.id for one in resolved[: self._shown]]
        hidden = max(len(open_ones) - self._shown, 0)
        self._summary.setText(
            self._texts(NN_("{n} open", "{n} open", len(open_ones)) if open_ones else N_("No comment is open."))
        )
        self._summary.setVisible(bool(self._found.comments))
        self.write_button.setVisible(self._writable and bool(self._found.comments))
        self._empty.button.setVisible(self._writable and self.composer.draft is None)
        self._more.setText(self._texts(NN_("Show {n} more", "Show {n} more", hidden)))
        said = self._texts(NN_("{n} resolved", "{n} resolved", len(resolved)))
        self.fold.setText(said + ("  ▴" if self.fold.isChecked() else "  ▾"))
        self.fold.setAccessibleName(said)
        self._show_cards(keys)
        self._more.setVisible(hidden > 0)
        self.fold.setVisible(bool(resolved))
        self._stack.setCurrentIndex(1 if self._found.comments else 0)
        draft = self.composer.draft
        if draft is not None:
            self.composer.show_number(self._found.numbers.get(draft.anchor))
        self._show_waiting()
        self._mark_here()

    def _show_cards(self, keys: Sequence[str]) -> None:
        """Show the cards that are there and a few new ones; the others come when the window has had its turn."""
        fresh = [key for key in keys if key not in self._cards and key not in {_MORE, _FOLD}]
        later = set(fresh[_AT_ONCE:])
        shown = [key for key in keys if key not in later]
        for gone in self._cards.keys() - set(shown):
            del self._cards[gone]
        threads = {one.id: self._thread(one) for one in self._found.comments}
        self._column.show_keys(shown)
        for key, card in self._cards.items():
            card.show_thread(threads[key])
        if later:
            self._soon.start()

    def _thread(self, comment: Comment) -> Thread:
        people = {note.person for note in comment.notes} | {comment.resolved_by or ""}
        names = tuple((person, self._found.name(person)) for person in sorted(people) if person)
        person = self._person.id if self._person is not None else None
        return Thread(comment, self._found.number(comment), names, person, self._writable)

    def _make(self, key: str) -> QWidget:
        if key in {_MORE, _FOLD}:
            return self._more if key == _MORE else self.fold
        comment = next(one for one in self._found.comments if one.id == key)
        card = self._cards[key] = ThreadCard(self._thread(comment), self.drafts, self._texts, self)
        card.activated.connect(lambda: self._go_to(key))
        card.answered.connect(lambda text: self.answered.emit(key, text))
        card.reworded.connect(self.reworded)
        card.resolve_clicked.connect(lambda: self.resolved.emit(key))
        card.reopen_clicked.connect(lambda: self.reopened.emit(key))
        card.delete_clicked.connect(lambda: self.deleted.emit(key))
        return card

    def _go_to(self, comment: str) -> None:
        card = self._cards.get(comment)
        place = card.shown.comment.place(self._found.numbers) if card is not None else None
        if place is not None:
            self._active = place  # no scrolling: it is in view
            self._wanted = ""
            self.go_to.emit(place)
            self._mark_here()

    def _mark_here(self) -> None:
        first: ThreadCard | None = None
        for comment in self._found.comments:
            card = self._cards.get(comment.id)
            if card is not None:
                here = bool(self._active) and comment.place(self._found.numbers) == self._active
                card.show_here(here=here)
                first = first or (card if here else None)
        if first is not None and self._wanted == self._active and not self._holds_keys():
            self._wanted = ""
            self._column.ensureWidgetVisible(first, 0, 12)

    def _holds_keys(self) -> bool:
        focus = self.focusWidget()
        return focus is not None and focus.hasFocus()

    def _show_waiting(self) -> None:
        """Offer the drafts of other segments again."""
        while (item := self._waiting.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        here = self.composer.draft.anchor if self.composer.draft is not None else ""
        for draft in [one for one in self.drafts.new.values() if one.anchor != here]:
            where = self._texts(where_of(self._found.numbers.get(draft.anchor)))
            text = N_("Not posted, {where}: {words}", where=where, words=beginning(draft.text, 24))
            button: QPushButton = push_button(self._texts(text).replace("&", "&&"), "flat", self)
            button.setToolTip(draft.text)
            button.clicked.connect(lambda _on=False, draft=draft: self.write(draft.anchor, draft.side, ""))
            self._waiting.addWidget(button)

    def _on_posted(self, draft: Draft) -> None:
        self.drafts.keep(draft)
        self.posted.emit(draft)

    def _on_closed(self) -> None:
        draft = self.composer.draft
        if draft is not None:
            self.drafts.new.pop(draft.anchor, None)
        self.composer.close_draft()
        self._show()
        self.left.emit()

    def _on_more(self) -> None:
        self._shown += _BATCH
        self._show()
