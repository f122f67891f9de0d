"""How the window of the events is laid out: the filter, the list, the chosen event in full, the chain's head."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.desk.auditing import here
from desktop_app.domain.events import KIND_NAMES, ChainHead, ToldEvent
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.events.filter_line import FilterLine
from desktop_app.gui.events.model import EventModel
from desktop_app.gui.events.view import EventList
from desktop_app.gui.kit.job_dialog import JobDialog
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, Hairline, InlineMessage, push_button


class EventsLayout(JobDialog):
    """The widgets of the window; ``EventsWindow`` makes them work."""

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(tasks, parent)
        self._look, self._texts = look, texts
        self._head: ChainHead | None = None
        self.setWindowTitle(texts(N_("Events")))
        self.setProperty("surface", "paper")
        self.model = EventModel(look, texts, self)
        self.line = FilterLine(look, texts, self)
        self.message = InlineMessage(look, texts(N_("Close")), self)
        self.list = EventList(look, texts, self.model, self)
        self.nothing = EmptyState(
            look, "filter", texts(N_("No event fits")), texts(N_("No event is all that the filter asks for.")),
            texts(N_("Clear the filter")), self,
        )  # fmt: skip
        self._waiting = QWidget(self)
        self._make_foot()
        self._lay_out()
        window = parent.window()
        self.resize(min(look.theme.px(980), window.width() - 40), min(look.theme.px(640), window.height() - 40))

    def _make_foot(self) -> None:
        texts = self._texts
        self.facts = QLabel(self)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setWordWrap(True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.head = QLabel(self)
        self.head.setProperty("role", "muted")
        self.head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.copy_head = push_button(texts(N_("Copy")), "flat", self)
        self.copy_head.setAccessibleName(texts(N_("Copy the chain's head")))
        self.copy_head.setToolTip(texts(N_("Copy number, time and hash, to keep them in another place")))
        self.copy_head.clicked.connect(self._on_copy_head)
        self.stop = push_button(texts(N_("Close")), "", self)
        self.export = push_button(texts(N_("Export…")), "outline", self)
        self._bar.hide()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget(self)
        for page in (self._waiting, self.list, self.nothing):
            self._stack.addWidget(page)
        facts = QVBoxLayout()
        facts.setContentsMargins(16, 10, 16, 10)
        facts.addWidget(self.facts)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.head, 1)
        foot.addWidget(self.copy_head)
        foot.addSpacing(8)
        foot.addWidget(self.stop)
        foot.addWidget(self.export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.line)
        layout.addWidget(Hairline(parent=self))
        layout.addWidget(self.message)
        inset = QVBoxLayout()
        inset.setContentsMargins(8, 0, 8, 0)  # so that words stand below words
        inset.addWidget(self._stack)
        layout.addLayout(inset, 1)
        layout.addWidget(Hairline(parent=self))
        layout.addLayout(facts)
        layout.addWidget(self._bar)
        layout.addWidget(Hairline(parent=self))
        layout.addLayout(foot)

    # What is shown

    def show_count(self, events: int | None, *, filtered: bool = False) -> None:
        """Say how many events are listed; None while they are not read."""
        shown = NN_("{count} event", "{count} events", events or 0, count=self._texts.number(events or 0))
        self.line.count.setText(self._texts(shown) if events is not None else "")
        self._stack.setCurrentIndex(0 if events is None else 1 if events else 2)
        self.nothing.button.setVisible(filtered)
        self.export.setEnabled(bool(events))

    def show_event(self, event: ToldEvent | None) -> None:
        """Show one event in full."""
        texts = self._texts
        if event is None:
            self.facts.setText("\n\n")  # the room stays, so that the list does not jump
            return
        account = texts(N_("computer account {name}", name=event.account))
        first = (
            texts(N_("Event {n}", n=event.number)),
            here(event.at),
            event.who if isinstance(event.who, str) else texts(event.who),
            account,
            texts(KIND_NAMES[event.kind]),
        )
        subject = self.model.subject(event)
        told = self.model.words(event)
        self.facts.setText(
            "\n".join([" · ".join(first), f"{told} · {subject}" if subject else told, f"SHA-256 {event.hash}"])
        )

    def show_head(self, head: ChainHead | None) -> None:
        """Show the newest link of the chain."""
        self._head = head
        self.copy_head.setEnabled(head is not None)
        if head is None:
            self.head.setText("")
            return
        short = f"{head.hash[:8]}…{head.hash[-8:]}"
        said = N_("The chain's head: event {n}, {hash}", n=self._texts.number(head.number), hash=short)
        self.head.setText(self._texts(said))
        self.head.setToolTip(head.hash)

    def show_busy(self, busy: bool) -> None:
        """Show the bar while a file is written; the button that closes stops it meanwhile."""
        self._bar.setVisible(busy)
        self.message.hide()
        self.stop.setText(self._texts(N_("Stop") if busy else N_("Close")))
        self.export.setEnabled(not busy and self.model.rowCount() > 0)

    def say(self, text: str, tone: str) -> None:
        """Say a sentence over the list."""
        self.message.show_text(text, tone)

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""
        QGuiApplication.clipboard().setText(text)

    def _on_copy_head(self) -> None:
        if self._head is not None:
            self.copy(f"{self._head.number} {self._head.at} {self._head.hash}")
            self.say(self._texts(N_("The chain's head is on the clipboard.")), "good")
