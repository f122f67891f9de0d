"""What a dialog of signing says about open comments: which they are, and the field that says why they may stay."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop_app.desk.comments import Discussion
from desktop_app.domain.comments import MAX_REASON, CommentWaiver, beginning
from desktop_app.domain.people import called
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.texts import Texts

_LISTED = 3  # comments quoted; the panel has the others


@dataclass(frozen=True, slots=True)
class OpenComments:
    """The open comments that a signer is shown: their ids, and a line each."""

    ids: frozenset[str] = frozenset()
    lines: tuple[Message, ...] = ()

    @classmethod
    def of(cls, found: Discussion) -> "OpenComments":
        """Those of a story."""
        lines: list[Message] = []
        for one in found.open_ones():
            number = found.number(one)
            where = N_("segment {n}", n=number) if number is not None else N_("its place was taken out")
            said = beginning(one.notes[0].text)
            lines.append(N_("{name}, {where}: {text}", name=called(found.people, one.author), where=where, text=said))
        return cls(frozenset(one.id for one in found.open_ones()), tuple(lines))

    def waiver(self, reason: str) -> CommentWaiver:
        """Why these comments, and no others, may stay open."""
        return CommentWaiver(reason, self.ids)


NONE_OPEN = OpenComments()


class OpenCommentsBox(QFrame):
    """Lists open comments and asks why they may stay so; ``changed`` with the reason. Hidden where there is none."""

    changed = Signal()

    def __init__(self, texts: Texts, comments: OpenComments, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comments = comments
        self.setProperty("surface", "card")
        count = len(comments.ids)
        heading = _line(texts(NN_("! {n} comment is open.", "! {n} comments are open.", count)), self)
        heading.setProperty("role", "warning")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(4)
        column.addWidget(heading)
        for line in comments.lines[:_LISTED]:
            column.addWidget(_line(texts(line), self))
        if count > _LISTED:
            column.addWidget(_line(texts(NN_("and {n} more", "and {n} more", count - _LISTED)), self))
        column.addSpacing(4)
        label = texts(NN_("Why it may stay open", "Why they may stay open", count))
        caption = QLabel(label, self)
        caption.setProperty("role", "muted")
        self.reason_field = QLineEdit(self)
        self.reason_field.setMaxLength(MAX_REASON)
        self.reason_field.setAccessibleName(label)
        self.reason_field.setPlaceholderText(texts(N_("Stays in the history")))
        self.reason_field.textChanged.connect(lambda _text: self.changed.emit())
        caption.setBuddy(self.reason_field)
        column.addWidget(caption)
        column.addWidget(self.reason_field)
        self.setVisible(count > 0)

    def waiver(self) -> CommentWaiver:
        """What the person answered."""
        return self._comments.waiver(self.reason_field.text())

    def is_answered(self) -> bool:
        """Whether nothing is open, or a reason is given."""
        return not self._comments.ids or bool(self.reason_field.text().strip())


def _line(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
