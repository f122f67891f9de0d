"""What the active segment said over time, and putting an old wording back."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.desk.desk import Desk
from desktop_app.desk.part_history import PartHistory, Worded, part_history
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.flow_list import FlowList
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, Hairline, push_button
from desktop_app.gui.review.wordings_list import WordingDelegate, WordingModel

_SETTLE = 150  # ms before a segment is read that the cursor went to: arrow keys pass over many


class PartView(QWidget):
    """``put_back_asked(part, field, text)`` when a person wants an old wording again."""

    put_back_asked = Signal(str, str, str)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._desk: Desk | None = None
        self._place = ("", "")
        self._latest = Latest(tasks, N_("Reading the history"), self)
        self._model = WordingModel(texts, self)
        self._view = FlowList(texts(N_("Wordings of this segment")), self)
        self._view.setModel(self._model)
        self._view.setItemDelegate(WordingDelegate(look, texts, self._model, self._view))
        self._view.selectionModel().currentChanged.connect(self._on_current)
        self._back = push_button(texts(N_("Put this wording back")), "outline", self)
        self._back.clicked.connect(self._on_back)
        self._empty = EmptyState(look, "history", "", "", parent=self)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_SETTLE)
        self._wait.timeout.connect(self._reload)
        self._lay_out()
        look.changed.connect(self._view.doItemsLayout)
        self._show(None)

    def _lay_out(self) -> None:
        page = QWidget(self)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(12, 8, 12, 8)
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._view, 1)
        column.addWidget(Hairline())
        column.addLayout(buttons)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)

    def show_part(self, desk: Desk | None, story: str, part: str) -> None:
        """Show the wordings of a segment or picture; read when the view is seen."""
        if (desk, story, part) != (self._desk, *self._place):
            self._desk, self._place = desk, (story, part)
            self._show(None)
        self.refresh()

    def refresh(self) -> None:
        """Read again what is shown."""
        if self.isVisible():
            self._wait.start()

    def stop(self) -> None:
        """Want nothing of the archive any more."""
        self._wait.stop()
        self._latest.forget()
        self._desk, self._place = None, ("", "")
        self._show(None)

    def _reload(self) -> None:
        desk, (story, part) = self._desk, self._place
        if desk is None or not story or not part:
            self._latest.forget()
            self._show(None)
            return
        self._latest.ask(lambda _progress: part_history(desk, story, part), self._show, self._on_error)

    def _show(self, history: PartHistory | None) -> None:
        chosen = self._chosen()
        self._model.show_history(history)
        self._stack.setCurrentIndex(1 if self._model.worded else 0)
        sentence = N_("Go to a segment to see who wrote what in it, and when.")
        if history is not None:
            sentence = N_("Nobody has written here yet.")
        self._empty.show_text(self._texts(N_("No wordings")), self._texts(sentence))
        same = [row for row, one in enumerate(self._model.worded) if one == chosen]
        if self._model.worded:
            self._view.setCurrentIndex(self._model.index((same or [0])[0]))
        self._on_current()

    def _on_error(self, error: KnownError) -> None:
        self._show(None)
        self._empty.show_text(self._texts(N_("The history cannot be read")), self._texts.error(error))

    def _chosen(self) -> Worded | None:
        row = self._view.currentIndex().row()
        return self._model.worded[row] if 0 <= row < len(self._model.worded) else None

    def _on_current(self) -> None:
        one = self._chosen()
        self._back.setEnabled(one is not None and not one.stands)
        tip = (
            N_("The segment says this now.") if one is not None and one.stands else N_("As one step that can be undone")
        )
        self._back.setToolTip(self._texts(tip))

    def _on_back(self) -> None:
        one = self._chosen()
        if one is not None:
            self.put_back_asked.emit(self._place[1], one.field, one.text)

    # Qt overrides

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]  # Qt hands its own event
        self._wait.start()
