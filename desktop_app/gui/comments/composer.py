"""The composer at the head of the panel: a new comment on the active segment or picture."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop_app.domain.comments import beginning
from desktop_app.foundation.messages import N_
from desktop_app.gui.comments.card import where_of
from desktop_app.gui.comments.drafts import Draft
from desktop_app.gui.comments.writer import NoteWriter
from desktop_app.gui.kit.texts import Texts

_QUOTE_SHOWN = 160  # characters


class Composer(QFrame):
    """Shows one draft. ``posted(Draft)``, ``changed(Draft)`` at every key, ``closed`` when it was given up."""

    posted = Signal(object)
    changed = Signal(object)
    closed = Signal()

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._draft: Draft | None = None
        self.setProperty("surface", "card")
        self.setProperty("here", True)
        self._head = QLabel(self)
        font = self._head.font()
        font.setBold(True)
        self._head.setFont(font)
        self._quote = QLabel(self)
        self._quote.setTextFormat(Qt.TextFormat.PlainText)
        self._quote.setWordWrap(True)
        self._quote.setProperty("role", "muted")
        self.writer = NoteWriter(texts, N_("New comment"), N_("What should be looked at"), N_("Comment"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 10)
        column.setSpacing(4)
        column.addWidget(self._head)
        column.addWidget(self._quote)
        column.addWidget(self.writer)
        self.writer.written.connect(self._on_written)
        self.writer.posted.connect(self._on_posted)
        self.writer.given_up.connect(self.closed)
        self.hide()

    @property
    def draft(self) -> Draft | None:
        """What is being written, None while it is closed."""
        return self._draft

    def open_for(self, draft: Draft, number: int | None) -> None:
        """Go on writing a draft on row ``number``."""
        self.writer.field.commit_composition()
        self._draft = draft
        self.show_number(number)
        self._quote.setText(self._texts(N_("“{words}”", words=beginning(draft.quote, _QUOTE_SHOWN))))
        self._quote.setVisible(bool(draft.quote))
        self.writer.show_text(draft.text)
        self.show()

    def show_number(self, number: int | None) -> None:
        """The row that it is written on may have another number now."""
        where = self._texts(where_of(number))
        self._head.setText(self._texts(N_("New comment · {where}", where=where)))

    def close_draft(self) -> None:
        """Show nothing; the draft is posted or given up."""
        self._draft = None
        self.writer.show_text("")
        self.hide()

    def _on_written(self, text: str) -> None:
        if self._draft is not None:
            self._draft = Draft(self._draft.anchor, self._draft.side, self._draft.quote, text)
            self.changed.emit(self._draft)

    def _on_posted(self, text: str) -> None:
        if self._draft is not None:
            self._draft = Draft(self._draft.anchor, self._draft.side, self._draft.quote, text)
            self.posted.emit(self._draft)
