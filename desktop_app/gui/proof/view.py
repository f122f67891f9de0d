"""The Proof view of a story: its pages as they will print, refreshed while the text beside them is written."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk.desk import Desk
from desktop_app.desk.exporting import STORY_LAYOUTS
from desktop_app.desk.proofs import Proof, ProofPress
from desktop_app.domain.story import Story
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, Hairline, InlineMessage, push_button
from desktop_app.gui.proof.canvas import PageCanvas
from desktop_app.gui.proof.page_images import PageImages
from desktop_app.gui.proof.refreshing import Fresh, Refreshing, Wanted

_STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)  # sizes of the − and + buttons
_NOT_AT_ONCE = 250  # ms: what is ready sooner says nothing of having been under way
_LEAST = 340  # pixels at 100 %
_EMPTY: dict[str, tuple[Message, Message]] = {
    "english": (
        N_("There is no English yet"),
        N_("The page appears with the first English words. The other layouts show the Chinese already."),
    ),
    "chinese": (N_("There is no Chinese"), N_("Choose a layout that shows the English.")),
}
_NOTHING = (N_("There is nothing to print yet"), N_("The pages appear with the first words."))


class ProofView(QWidget):
    """Shows the pages of one story. It works only while it is seen.

    ``opened(key)`` when somebody clicked on a segment or picture, ``export_asked(layout)`` for the PDF, and
    ``back_asked`` where the text is hidden for want of room.
    """

    opened = Signal(str)
    export_asked = Signal(str)
    back_asked = Signal()
    refreshed = Signal()

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self._proof: Proof | None = None
        self._images = PageImages(tasks, self)
        self.canvas = PageCanvas(look, texts, self._images, self)
        self._refreshing = Refreshing(tasks, self._wanted, self)
        self._empty = EmptyState(look, "printer", "", "", parent=self)
        self._message = InlineMessage(look, texts(N_("Close")), self)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_NOT_AT_ONCE)
        self._make_controls()
        self._lay_out()
        self._connect()
        self._say(*_NOTHING)
        self.setFocusProxy(self.canvas)
        self.setMinimumWidth(look.theme.px(_LEAST))

    def _make_controls(self) -> None:
        texts = self._texts
        self.back = push_button(texts(N_("Back to the text")), "flat", self)
        self.back.setIcon(self._look.icon("chevron-left"))
        self.back.hide()
        self.layout_choice = QComboBox(self)
        for name, title in STORY_LAYOUTS.items():
            self.layout_choice.addItem(texts(title), name)
        self.layout_choice.setAccessibleName(texts(N_("Layout of the pages")))
        self.layout_choice.setToolTip(texts(N_("Layout of the pages")))
        self.save = push_button(texts(N_("Save as PDF…")), "outline", self)
        self._busy = QLabel(self)
        self._busy.setProperty("role", "muted")
        self._busy.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._busy.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.page_number = QLabel(self)
        self.page_number.setProperty("role", "muted")
        self._notes = QLabel(self)
        self._notes.setProperty("role", "muted")
        self._notes.setWordWrap(True)
        self._notes.setTextFormat(Qt.TextFormat.PlainText)
        self._notes.setContentsMargins(14, 5, 14, 5)
        self._notes.hide()
        self.smaller = self._button("−", N_("Smaller pages"))
        self.larger = self._button("+", N_("Larger pages"))
        self.fit = self._button(texts(N_("Fit")), N_("As wide as the view"))
        self.fit.setCheckable(True)
        self._percent = QLabel(self)
        self._percent.setProperty("role", "muted")
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("400 %"))

    def _button(self, text: str, tip: Message) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(self._texts(tip))
        button.setAccessibleName(self._texts(tip))
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(12, 6, 12, 6)
        top.setSpacing(8)
        for widget in (self.back, self.layout_choice):
            top.addWidget(widget)
        top.addWidget(self._busy, 1)
        top.addWidget(self.save)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 3, 12, 3)
        foot.setSpacing(4)
        foot.addWidget(self.page_number)
        foot.addStretch(1)
        for part in (self.smaller, self._percent, self.larger, self.fit):
            foot.addWidget(part)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(Hairline(parent=self))
        column.addWidget(self._message)
        column.addWidget(self._notes)
        column.addLayout(self._stack, 1)
        column.addWidget(Hairline(parent=self))
        column.addLayout(foot)

    def _connect(self) -> None:
        self.canvas.opened.connect(self.opened)
        self.canvas.page_changed.connect(self._show_page)
        self.canvas.zoom_changed.connect(self._show_zoom)
        self.canvas.failed.connect(self._on_failed)
        self._refreshing.came.connect(self._on_came)
        self._refreshing.failed.connect(self._on_failed)
        self._refreshing.busy_changed.connect(self._on_busy)
        self._late.timeout.connect(lambda: self._busy.setText(self._texts(N_("Refreshing…"))))
        self.layout_choice.activated.connect(lambda _index: self._refreshing.hurry())
        self.save.clicked.connect(lambda: self.export_asked.emit(self.layout_name))
        self.back.clicked.connect(self.back_asked)
        self.smaller.clicked.connect(lambda: self.step_zoom(-1))
        self.larger.clicked.connect(lambda: self.step_zoom(1))
        self.fit.clicked.connect(lambda _on: self._on_fit())
        self._look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.back.setIcon(self._look.icon("chevron-left"))

    # What is shown

    def begin(self, desk: Desk, story: Callable[[], Story]) -> None:
        """Show a story of this archive from now on; ``story`` gives it as it stands on the screen."""
        press = ProofPress(desk)
        self._images.open_press(press)
        self._refreshing.begin(press, story)

    def stop(self) -> None:
        """Want nothing of the archive any more."""
        self._late.stop()
        self._images.stop()
        self._refreshing.stop()

    def touch(self) -> None:
        """The text, or what is said about the story, has changed."""
        self._refreshing.touch()

    def show_active(self, key: str) -> None:
        """Mark the segment or picture that is being written, and bring it into view."""
        self.canvas.show_active(key)

    def show_alone(self, *, alone: bool) -> None:
        """Offer the way back where the text is hidden."""
        self.back.setVisible(alone)

    @property
    def layout_name(self) -> str:
        """The layout chosen."""
        return str(self.layout_choice.currentData())

    def choose_layout(self, layout: str) -> None:
        """Show the pages in another layout."""
        self.layout_choice.setCurrentIndex(self.layout_choice.findData(layout))
        self._refreshing.hurry()

    @property
    def proof(self) -> Proof | None:
        """The pages that are shown."""
        return self._proof

    def is_fresh(self) -> bool:
        """Whether the pages shown are those of the text, and sharp."""
        return self._refreshing.settled and (self._proof is None or self.canvas.is_sharp())

    def step_zoom(self, by: int) -> None:
        """Show the pages in the next larger (1) or smaller (-1) size."""
        now = self.canvas.scale
        wanted = [step for step in _STEPS if (step > now * 1.01 if by > 0 else step < now * 0.99)]
        if wanted:
            self.canvas.zoom_to(wanted[0] if by > 0 else wanted[-1])

    # Inside

    def _wanted(self) -> Wanted:
        return Wanted(self.layout_name, self.canvas.pages_in_view, self.canvas.pixels)

    def _say(self, title: Message, sentence: Message) -> None:
        self._empty.show_text(self._texts(title), self._texts(sentence))
        self._stack.setCurrentWidget(self._empty)
        self._show_page()

    def _show_page(self) -> None:
        count = self._proof.count if self._proof is not None else 0
        shown = self._stack.currentWidget() is self.canvas and count > 0
        text = self._texts(N_("{page} of {pages}", page=self.canvas.page + 1, pages=count)) if shown else ""
        self.page_number.setText(text)
        self.canvas.setAccessibleDescription(text)
        for part in (self.smaller, self.larger, self.fit):
            part.setEnabled(shown)
        self.save.setEnabled(shown)

    def _show_zoom(self) -> None:
        self._percent.setText(f"{round(self.canvas.scale * 100)} %")
        self.fit.setChecked(self.canvas.fits)

    def _show_notes(self) -> None:
        notes = self._proof.notes if self._proof is not None else ()
        self._notes.setText("\n".join(self._texts(note) for note in notes))
        self._notes.setVisible(bool(notes))

    def _on_came(self, fresh: Fresh) -> None:
        self._message.dismiss()
        self._proof = fresh.proof
        self.canvas.show_fresh(fresh)
        if fresh.proof is None:
            self._say(*_EMPTY.get(fresh.layout, _NOTHING))
        else:
            self._stack.setCurrentWidget(self.canvas)
        self._show_page()
        self._show_zoom()
        self._show_notes()
        self.refreshed.emit()

    def _on_failed(self, error: KnownError) -> None:
        """Say it where the pages would be; pages that are there stay, with the sentence over them."""
        if self._proof is not None:
            self._message.show_text(self._texts.error(error), "warning")
            return
        self._empty.show_text(self._texts(N_("The pages cannot be shown")), self._texts.error(error))
        self._stack.setCurrentWidget(self._empty)
        self._show_page()

    def _on_busy(self) -> None:
        if self._refreshing.busy:
            self._late.start()
        else:
            self._late.stop()
            self._busy.clear()

    def _on_fit(self) -> None:
        self.canvas.zoom_to(None)
        self._show_zoom()

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refreshing.look(on=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._refreshing.look(on=False)
        self._images.stop()
