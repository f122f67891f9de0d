"""A dialog that writes stories to a file: a heading over a form, the file's place, then progress, and where it lies."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop_app.desk.stories import ListedStory
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.job_dialog import JobDialog
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import InlineMessage, push_button


class WritingDialog(JobDialog):
    """``show_asked(Path)`` for the file or folder that a person wants to see.

    Who inherits makes what it asks for, then ``make_place``, so that the Tab key goes from the one to the other; fills
    ``form``, with ``place`` for one of its rows; and calls ``lay_out``. ``typed``: the file's place is a person's own,
    and is not proposed anew.
    """

    show_asked = Signal(object)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, parent: QWidget, title: Message) -> None:
        super().__init__(tasks, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts(title))
        self._look, self._texts = look, texts
        self.typed = False
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(10)

    def make_place(self, go: Message) -> None:
        """Make the place of the file and what stands below it; ``go`` is what the button says that writes."""
        texts = self._texts
        self.path = QLineEdit(self)
        self.path.textEdited.connect(self._on_typed)
        self.browse = push_button(texts(N_("Browse…")), "", self)
        self.browse.clicked.connect(self.ask_place)
        self.place = QHBoxLayout()
        self.place.setSpacing(8)
        self.place.addWidget(self.path, 1)
        self.place.addWidget(self.browse)
        self.message = InlineMessage(self._look, texts(N_("Close")), self)
        self.cancel = push_button(texts(N_("Cancel")), "", self)
        self.cancel.clicked.connect(self.reject)
        self.go = push_button(texts(go), "primary", self)
        self.go.setDefault(True)
        self.go.clicked.connect(self.begin)

    def lay_out(self, heading: str, *below: QWidget) -> None:
        """Put the heading over the form, and some widgets between it and the message."""
        title = QLabel(heading, self)
        title.setProperty("role", "heading")
        title.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._bar, 1)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(14)
        layout.addWidget(title)
        layout.addLayout(self.form)
        for widget in (*below, self.message):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addLayout(foot)

    def called(self, stories: Sequence[ListedStory]) -> str:
        """What the stories are called together: one by its headline, more by their number."""
        if len(stories) == 1:
            headline = stories[0].summary.headline
            return headline.en or headline.zh or stories[0].summary.slug
        return self._texts(NN_("{n} story", "{n} stories", len(stories)))

    def choose_place(self, name: str) -> None:
        """Take a place that a person chose; an empty name is none."""
        if name:
            self.typed = True
            self.path.setText(name)
            self.show_state()

    def show_written(self, said: Message, button: Message, place: Path) -> None:
        """Say that it is written, and let the person see where."""
        self.message.show_text(
            self._texts(said), "good", button=self._texts(button), act=lambda: self.show_asked.emit(place),
            closable=False,
        )  # fmt: skip
        self.cancel.setText(self._texts(N_("Close")))

    def _on_typed(self, _text: str) -> None:
        self.typed = True
        self.show_state()

    # What each does in its own way

    def ask_place(self) -> None:
        """Ask where the file goes."""
        raise NotImplementedError

    def begin(self) -> None:
        """Write."""
        raise NotImplementedError

    def show_state(self) -> None:
        """Let the widgets be used that can do something now."""
        raise NotImplementedError
