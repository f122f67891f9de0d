"""The Memory page: how much is in it and where from, and the concordance over all of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.memory import MemoryFacts, memory_facts
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.drops import files_of_page, local_files
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import ElidedLabel, Hairline, push_button
from desktop_app.gui.memory.concordance import ConcordanceView
from desktop_app.gui.memory.memory_desk import MemoryDesk


class MemoryPage(QWidget):
    """Shows the memory of one archive after the other."""

    failed = Signal(object)
    opened = Signal(str, str)
    align_asked = Signal()

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, memory: MemoryDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._texts, self._memory = look, texts, memory
        self._desk: Desk | None = None
        self._reading = Latest(tasks, N_("Reading the memory"), self)
        self.concordance = ConcordanceView(look, texts, tasks, self)
        self.concordance.opened.connect(self.opened)
        self.concordance.failed.connect(self.failed)
        self._rows: list[QWidget] = []
        self.setAcceptDrops(True)
        self._build()
        bus.changed.connect(self._on_changed)

    def _build(self) -> None:
        texts = self._texts
        title = QLabel(texts(N_("Memory")), self)
        title.setProperty("role", "title")
        self.facts = QLabel(self)
        self.facts.setProperty("role", "muted")
        self.align = push_button(texts(N_("Align two files…")), "", self)
        self.align.setToolTip(texts(N_("Put a published Chinese page against its English, sentence by sentence")))
        self.bring_in = push_button(texts(N_("Import…")), "outline", self)
        self.write_out = push_button(texts(N_("Export…")), "", self)
        self.align.clicked.connect(self.align_asked)
        self.bring_in.clicked.connect(self._memory.ask_import)
        self.write_out.clicked.connect(self._memory.ask_export)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self.facts, alignment=Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        for button in (self.align, self.write_out, self.bring_in):
            head.addWidget(button)
        body = QHBoxLayout()
        body.setSpacing(20)
        body.addWidget(self.concordance, 1)
        body.addWidget(self._make_origins())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(body, 1)

    def _make_origins(self) -> QWidget:
        box = QWidget(self)
        heading = QLabel(self._texts(N_("Files that came in")), box)
        heading.setProperty("role", "heading")
        self._none = QLabel(self._texts(N_("None yet. Drop a TMX file or a table here.")), box)
        self._none.setProperty("role", "muted")
        self._none.setWordWrap(True)
        inner = QWidget(box)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        scroll = QScrollArea(box)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addWidget(self._none)
        layout.addWidget(scroll, 1)
        box.setFixedWidth(self._look.theme.px(260))
        return box

    # The archive

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk
        self._reading.forget()
        self.concordance.open_desk(desk)
        writable = desk is not None and desk.archive.writable
        self.bring_in.setEnabled(writable)
        self.align.setEnabled(desk is not None)
        self.reload()

    def reload(self) -> None:
        """Read again how much there is."""
        desk = self._desk
        if desk is not None:
            self._reading.ask(lambda _progress: memory_facts(desk), self._take, self.failed.emit)

    def focus_filter(self) -> None:
        """Put the keyboard into the line that asks."""
        self.concordance.query.setFocus()
        self.concordance.query.selectAll()

    def _take(self, facts: MemoryFacts) -> None:
        counts = (
            NN_("{n} signed", "{n} signed", facts.signed),
            NN_("{n} imported", "{n} imported", facts.imported),
            NN_("{n} draft", "{n} drafts", facts.draft),
        )
        self.facts.setText(" · ".join(self._texts(count) for count in counts))
        self.write_out.setEnabled(bool(facts.signed or facts.imported))
        for row in self._rows:
            row.deleteLater()
        self._rows = [self._row(origin.name, origin.count) for origin in facts.origins]
        for place, row in enumerate(self._rows):
            self._column.insertWidget(place, row)
        self._none.setVisible(not self._rows)

    def _row(self, name: str, count: int) -> QWidget:
        row = QWidget(self)
        label = ElidedLabel(name, "", row)
        pairs = QLabel(self._texts(NN_("{n} pair", "{n} pairs", count)), row)
        pairs.setProperty("role", "small")
        remove = push_button(self._texts(N_("Take out…")), "flat", row)
        remove.setAccessibleName(self._texts(N_("Take “{name}” out of the memory", name=name)))
        remove.setEnabled(self._desk is not None and self._desk.archive.writable)
        remove.clicked.connect(lambda: self._memory.ask_forget(name, count))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label)
        words.addWidget(pairs)
        line = QHBoxLayout()
        line.setContentsMargins(0, 6, 0, 6)
        line.addLayout(words, 1)
        line.addWidget(remove)
        layout = QVBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(Hairline(parent=row))
        return row

    def _on_changed(self, changes: object, _sender: str) -> None:
        if isinstance(changes, Changes) and changes.memory:
            self.reload()
            self.concordance.ask()

    # Qt overrides

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.bring_in.isEnabled() and files_of_page(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._memory.bring_in(local_files(event.mimeData()))
