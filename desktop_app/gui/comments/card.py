"""A thread as a card: who said what and when, where it stands, and what can be done about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop_app.domain.comments import Comment, Note, beginning
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.comments.drafts import Drafts, keep_text
from desktop_app.gui.comments.writer import NoteWriter
from desktop_app.gui.kit.cards import Card
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import push_button, restyle

_QUOTE_SHOWN = 160  # characters


@dataclass(frozen=True, slots=True)
class Thread:
    """What a card shows. ``number`` is the row, None where its place was taken out; ``names`` are by person's id."""

    comment: Comment
    number: int | None
    names: tuple[tuple[str, str], ...]
    person: str | None
    writable: bool

    def name(self, person: str | None) -> str:
        """What somebody is called."""
        return dict(self.names).get(person or "", person or "")


class ThreadCard(Card):
    """One thread. Its field keeps text, cursor and input method while the thread around it changes.

    ``answered(text)``, ``reworded(note, text)``, ``resolve_clicked``, ``reopen_clicked``, ``delete_clicked``.
    """

    answered = Signal(str)
    reworded = Signal(str, str)
    resolve_clicked = Signal()
    reopen_clicked = Signal()
    delete_clicked = Signal()

    def __init__(self, thread: Thread, drafts: Drafts, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts, self._drafts = texts, drafts
        self._thread: Thread | None = None
        self._editing = ""  # the note whose wording the field changes; empty while it answers
        self._said: QWidget | None = None
        self._writer: NoteWriter | None = None
        self.column.setSpacing(6)
        self._resolve = _button(texts, N_("Resolve"), "outline", self, self.resolve_clicked.emit)
        self._reopen = _button(texts, N_("Open again"), "", self, self.reopen_clicked.emit)
        self._reply = _button(texts, N_("Reply"), "", self, self.start_reply)
        self._more = QToolButton(self)
        self._more.setText("⋯")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setAccessibleName(texts(N_("Change or delete")))
        self._more.setToolTip(texts(N_("Change or delete")))
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self._resolve, self._reopen, self._reply):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._more)
        self.column.addLayout(row)
        self.show_thread(thread)
        note = next((one.id for one in thread.comment.notes if one.id in drafts.wordings), "")
        if note:
            self.start_rewording(note)
        elif thread.comment.id in drafts.answers:
            self.start_reply(focus=False)

    @property
    def shown(self) -> Thread:
        """What is shown."""
        assert self._thread is not None, "shown since it was made"
        return self._thread

    def show_thread(self, thread: Thread) -> None:
        """Show what was said meanwhile; the field stays as it is."""
        if thread == self._thread:
            return
        self._thread = thread
        if self._said is not None:
            self._said.hide()
            self._said.deleteLater()
        self._said = _what_was_said(thread, self._texts, self)
        self.column.insertWidget(0, self._said)
        comment = thread.comment
        self._resolve.setVisible(comment.open and thread.writable)
        self._reopen.setVisible(not comment.open and thread.writable)
        self._reply.setVisible(comment.open and thread.writable and self._writer is None)
        self._fill_menu()
        self.setCursor(Qt.CursorShape.ArrowCursor if thread.number is None else Qt.CursorShape.PointingHandCursor)
        said = [f"{thread.name(note.person)}: {note.text}" for note in comment.notes]
        where = self._texts(where_of(thread.number))
        state = self._texts(N_("open") if comment.open else N_("resolved"))
        self.setAccessibleName(f"{where}, {state}. {' '.join(said)}")

    def show_here(self, *, here: bool) -> None:
        """Say whether it stands on the active segment."""
        if self.property("here") is not here:
            restyle(self, here=here)

    def start_reply(self, *, focus: bool = True) -> None:
        """Open the field for an answer."""
        self._open_writer("", self._drafts.answers.get(self.shown.comment.id, ""), focus=focus)

    def start_rewording(self, note: str) -> None:
        """Open the field with the words of a note, to change them."""
        held = next((one.text for one in self.shown.comment.notes if one.id == note), None)
        if held is not None:
            self._open_writer(note, self._drafts.wordings.get(note, held), begun=held)

    def show_busy(self, *, busy: bool) -> None:
        """Take no more keys while what was written is on its way."""
        if self._writer is not None:
            self._writer.show_busy(busy=busy)

    def close_writer(self) -> None:
        """Close the field; its words are posted or given up."""
        self._drafts.answers.pop(self.shown.comment.id, None)
        for note in self.shown.comment.notes:
            self._drafts.wordings.pop(note.id, None)
        self._drop_writer()
        self._reply.setVisible(self.shown.comment.open and self.shown.writable)

    @property
    def writer(self) -> NoteWriter | None:
        """The field with its buttons, None while it is closed."""
        return self._writer

    def _drop_writer(self) -> None:
        if self._writer is not None:
            had_keys = self._writer.field.hasFocus()
            self._writer.hide()
            self._writer.deleteLater()
            self._writer = None
            if had_keys:
                self.setFocus()

    def _open_writer(self, note: str, text: str, *, begun: str = "", focus: bool = True) -> None:
        if self._writer is None or self._editing != note:
            self._drop_writer()
            self._editing = note
            if note:
                words = N_("Changing your note"), N_("What it should say"), N_("Save")
            else:
                words = N_("Answer"), N_("Your answer"), N_("Reply")
            self._writer = NoteWriter(self._texts, *words, self)
            self._writer.posted.connect(self._on_posted)
            self._writer.given_up.connect(self.close_writer)
            self._writer.written.connect(self._on_written)
            self.column.insertWidget(1, self._writer)
            self._writer.show_text(text, begun=begun)
        self._reply.hide()
        if focus:
            self._writer.field.setFocus()

    def _fill_menu(self) -> None:
        """Offer what the person at the desk may do with their own words."""
        self._menu.clear()
        thread = self.shown
        own = [note for note in thread.comment.notes if note.person == thread.person] if thread.writable else []
        for note in own if thread.comment.open else ():
            first = len(own) == 1
            label = N_("Change my note…") if first else N_("Change “{words}”…", words=beginning(note.text, 24))
            action = self._menu.addAction(self._texts(label).replace("&", "&&"))
            action.triggered.connect(lambda _on=False, key=note.id: self.start_rewording(key))
        if own and thread.person is not None and thread.comment.may_delete(thread.person):
            self._menu.addAction(self._texts(N_("Delete"))).triggered.connect(
                lambda _on=False: self.delete_clicked.emit()
            )
        self._more.setVisible(not self._menu.isEmpty())

    def _on_written(self, text: str) -> None:
        if self._editing:
            keep_text(self._drafts.wordings, self._editing, text)
        else:
            keep_text(self._drafts.answers, self.shown.comment.id, text)

    def _on_posted(self, text: str) -> None:
        if self._editing:
            self.reworded.emit(self._editing, text)
        else:
            self.answered.emit(text)


def where_of(number: int | None) -> Message:
    """Where a thread stands."""
    return N_("segment {n}", n=number) if number is not None else N_("its place was taken out")


def _button(texts: Texts, text: Message, variant: str, parent: QWidget, act: Callable[[], None]) -> QPushButton:
    button = push_button(texts(text), variant, parent)
    button.clicked.connect(lambda _on=False: act())
    return button


def _what_was_said(thread: Thread, texts: Texts, parent: QWidget) -> QWidget:
    """The notes below one another; the first says where the thread stands and which words it is about."""
    said = QWidget(parent)
    column = QVBoxLayout(said)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    comment = thread.comment
    for index, note in enumerate(comment.notes):
        if index:
            column.addSpacing(5)
            column.addWidget(_hairline(said))
            column.addSpacing(3)
        column.addWidget(_head(thread, note, texts, said, first=not index))
        if not index and comment.quote:
            quote = _paragraph(texts(N_("“{words}”", words=beginning(comment.quote, _QUOTE_SHOWN))), said)
            quote.setProperty("role", "muted")
            column.addWidget(quote)
        column.addWidget(_paragraph(note.text, said))
    if comment.resolved_at is not None:
        when = texts.moment(datetime.fromisoformat(comment.resolved_at))
        line = N_("✓ Resolved by {name} · {when}", name=thread.name(comment.resolved_by), when=when)
        resolved = _paragraph(texts(line), said)
        resolved.setProperty("role", "good")
        column.addSpacing(2)
        column.addWidget(resolved)
    return said


def _head(thread: Thread, note: Note, texts: Texts, parent: QWidget, *, first: bool) -> QWidget:
    """The writer's name, and small behind it time and place; they wrap where the panel is narrow."""
    head = QWidget(parent)
    lines = QVBoxLayout(head)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    name = _paragraph(thread.name(note.person), head)
    font = name.font()
    font.setBold(True)
    name.setFont(font)
    facts = [texts.moment(datetime.fromisoformat(note.at))]
    if first:
        facts.append(texts(where_of(thread.number)))
    if note.changed_at is not None:
        facts.append(texts(N_("changed")))
    small = _paragraph(" · ".join(facts), head)
    small.setProperty("role", "small")
    if note.changed_at is not None:
        when = texts.moment(datetime.fromisoformat(note.changed_at))
        small.setToolTip(texts(N_("Changed {when}", when=when)))
    lines.addWidget(name)
    lines.addWidget(small)
    return head


def _hairline(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setProperty("hairline", True)
    line.setFixedHeight(1)
    return line


def _paragraph(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
