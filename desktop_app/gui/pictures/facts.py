"""What is known of a picture beside its words: where it stands, what its file is, whether its master is whole."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.domain.pictures import Picture
from desktop_app.domain.records import StorySummary
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.states import STORY_MARKS
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import push_button, restyle

_KINDS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WebP", "image/tiff": "TIFF", "image/gif": "GIF"}
_DIGITS = 16  # of a digest's 64, enough to tell masters apart by eye; the tooltip has all


class Facts(QWidget):
    """``open_story(id)`` when a story of the list is clicked, ``verify`` when the master shall be checked."""

    open_story = Signal(str)
    verify = Signal()

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._stories = QVBoxLayout()
        self._stories.setSpacing(2)
        self._facts = QWidget(self)
        self._check = push_button(texts(N_("Check the original")), "", self)
        self._check.setToolTip(texts(N_("Compare the master file with the digest it had when it was taken in")))
        self._check.clicked.connect(self.verify)
        self._verdict = QLabel(self)
        self._verdict.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._heading(N_("Used in")))
        self._column.addLayout(self._stories)
        self._column.addSpacing(8)
        self._column.addWidget(self._heading(N_("The file")))
        self._column.addWidget(self._facts)
        self._column.addWidget(self._check, alignment=Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._verdict)

    def _heading(self, text: Message) -> QLabel:
        label = QLabel(self._texts(text), self)
        label.setProperty("role", "heading")
        return label

    def show_stories(self, stories: Sequence[StorySummary] | None) -> None:
        """Show the stories in which the picture stands; None while they are being read."""
        while (item := self._stories.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if stories is None or not stories:
            note = QLabel("" if stories is None else self._texts(N_("No story yet")), self)
            note.setProperty("role", "muted")
            self._stories.addWidget(note)
            return
        for story in stories:
            headline = story.headline.en or story.headline.zh or story.slug
            button = push_button("", "flat", self)
            shown = button.fontMetrics().elidedText(headline, Qt.TextElideMode.ElideRight, 250)
            button.setText(shown)
            state = self._texts(STORY_MARKS[story.state].word)
            button.setToolTip(f"{headline}\n{story.headline.zh}\n{state}")
            button.setAccessibleName(f"{headline}, {state}")
            button.setStyleSheet("text-align: left; padding-left: 2px;")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _checked=False, story_id=story.id: self.open_story.emit(story_id))
            self._stories.addWidget(button)

    def show_picture(self, picture: Picture) -> None:
        """Show the facts of a picture's file."""
        self.show_verdict(None)
        fresh = QWidget(self)
        form = QFormLayout(fresh)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(4)
        form.setHorizontalSpacing(12)
        kind = _KINDS.get(picture.mime, picture.mime)
        rows = [
            (self._texts(N_("Name")), picture.file, ""),
            (self._texts(N_("Kind")), f"{kind}, {picture.width} × {picture.height}", ""),
            (self._texts(N_("Master")), f"{picture.sha256[:_DIGITS]}…", f"SHA-256 {picture.sha256}"),
            (self._texts(N_("Pixels")), f"{picture.payload[:_DIGITS]}…", f"SHA-256 {picture.payload}"),
        ]
        rows += [(name, value, "") for name, value in sorted(picture.metadata.items())]
        for name, value, tip in rows:
            label, fact = QLabel(name, fresh), QLabel(value, fresh)
            label.setProperty("role", "small")
            fact.setTextFormat(Qt.TextFormat.PlainText)
            fact.setWordWrap(True)
            fact.setToolTip(tip)
            fact.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(label, fact)
        self._column.replaceWidget(self._facts, fresh)
        self._facts.hide()
        self._facts.deleteLater()
        self._facts = fresh

    def show_verdict(self, verdict: Message | None, role: str = "muted") -> None:
        """Say what the check of the master gave; None says nothing."""
        self._verdict.setVisible(verdict is not None)
        self._verdict.setText(self._texts(verdict) if verdict is not None else "")
        restyle(self._verdict, role=role)
        self._check.setEnabled(True)

    def wait(self) -> None:
        """Say that the check is under way."""
        self.show_verdict(N_("Checking…"))
        self._check.setEnabled(False)
