"""The Terms page: the whole termbase in a table, with a filter, and what is done to it."""

from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.terms import all_terms
from desktop_app.domain.terms import Term
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.drops import files_of_page, local_files
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, push_button
from desktop_app.gui.terms.model import TermModel
from desktop_app.gui.terms.term_desk import TermDesk

_WIDTHS = (150, 240, 90, 130, 180, 220)  # px at 100 %; the note takes the rest


class _Table(QTableView):
    """``opened`` on Enter or a double click, ``remove_asked`` on Delete."""

    opened = Signal()
    remove_asked = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and self.model().rowCount():
            self.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)


class TermsPage(QWidget):
    """Shows the termbase of one archive after the other."""

    failed = Signal(object)

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, terms: TermDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._texts, self._terms = look, texts, terms
        self._desk: Desk | None = None
        self._reading = Latest(tasks, N_("Reading the termbase"), self)
        self._model = TermModel(texts, self)
        self.setAcceptDrops(True)
        self._build()
        bus.changed.connect(self._on_changed)
        look.changed.connect(self._fit_columns)

    def _build(self) -> None:
        texts = self._texts
        title = QLabel(texts(N_("Terms")), self)
        title.setProperty("role", "title")
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self._make_search()
        self.add = push_button(texts(N_("Add a term…")), "outline", self)
        self.change = push_button(texts(N_("Change…")), "", self)
        self.remove = push_button(texts(N_("Remove…")), "", self)
        self.bring_in = push_button(texts(N_("Import…")), "", self)
        self.write_out = push_button(texts(N_("Export…")), "", self)
        self.add.clicked.connect(lambda _on=False: self._terms.ask_new())
        self.change.clicked.connect(self._on_change)
        self.remove.clicked.connect(self._on_remove)
        self.bring_in.clicked.connect(self._terms.ask_import)
        self.write_out.clicked.connect(self._terms.ask_export)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self.count, alignment=Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        for button in (self.bring_in, self.write_out, self.add):
            head.addWidget(button)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.search, 1)
        line.addStretch(1)
        line.addWidget(self.change)
        line.addWidget(self.remove)
        self.table = self._make_table()
        self._empty = EmptyState(
            self._look, "terms", texts(N_("No terms yet")),
            texts(N_("Names, titles and organisations with their approved English; drop a CSV or TBX file here.")),
            texts(N_("Import…")), self,
        )  # fmt: skip
        self._empty.clicked.connect(self._terms.ask_import)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(line)
        layout.addWidget(self._stack, 1)
        order = (self.search, self.table, self.change, self.remove, self.bring_in, self.write_out, self.add)
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
        self._on_chosen()

    def _make_search(self) -> None:
        self.search = QLineEdit(self)
        self.search.setProperty("search", True)
        self.search.setPlaceholderText(self._texts(N_("Filter terms")))
        self.search.setAccessibleName(self._texts(N_("Filter terms")))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(self._look.theme.px(280))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self._on_filter)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        for key in ("Down", "Return", "Enter"):
            down = QShortcut(QKeySequence(key), self.search)
            down.setContext(Qt.ShortcutContext.WidgetShortcut)
            down.activated.connect(self._enter_table)

    def _make_table(self) -> _Table:
        table = _Table(self)
        table.setModel(self._model)
        table.setAccessibleName(self._texts(N_("Terms")))
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTextElideMode(Qt.TextElideMode.ElideRight)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setStretchLastSection(True)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.opened.connect(self._on_change)
        table.doubleClicked.connect(lambda _index: self._on_change())
        table.remove_asked.connect(self._on_remove)
        table.selectionModel().selectionChanged.connect(lambda _new, _old: self._on_chosen())
        self.table = table
        self._fit_columns()
        return table

    def _fit_columns(self) -> None:
        px = self._look.theme.px
        self.table.verticalHeader().setDefaultSectionSize(px(30))
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, px(width))

    # The archive

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk
        self._reading.forget()
        self._take(())
        writable = desk is not None and desk.archive.writable
        for button in (self.add, self.bring_in):
            button.setEnabled(writable)
        self.reload()

    def reload(self) -> None:
        """Read the termbase again."""
        desk = self._desk
        if desk is not None:
            self._reading.ask(lambda _progress: all_terms(desk), self._take, self.failed.emit)

    def focus_filter(self) -> None:
        """Put the keyboard into the filter field."""
        self.search.setFocus()
        self.search.selectAll()

    def chosen(self) -> Term | None:
        """The term that is chosen."""
        rows = self.table.selectionModel().selectedRows()
        return self._model.term(rows[0].row()) if rows else None

    def _take(self, terms: tuple[Term, ...]) -> None:
        kept = self.chosen()
        self._model.show_terms(terms)
        row = self._model.row_of(kept.id) if kept is not None else None
        if row is not None:
            self.table.selectRow(row)
        self._show_count()

    def _show_count(self) -> None:
        shown, total = self._model.rowCount(), self._model.total()
        text = NN_("{n} term", "{n} terms", total) if shown == total else N_("{n} of {total}", n=shown, total=total)
        self.count.setText(self._texts(text) if total else "")
        self.write_out.setEnabled(bool(total))
        self._stack.setCurrentIndex(1 if total else 0)
        self._on_chosen()

    def _enter_table(self) -> None:
        self.table.setFocus()

    def _on_filter(self) -> None:
        self._model.filter_by(self.search.text())
        self._show_count()

    def _on_chosen(self) -> None:
        usable = self._desk is not None and self._desk.archive.writable and self.chosen() is not None
        self.change.setEnabled(usable)
        self.remove.setEnabled(usable)

    def _on_change(self) -> None:
        term = self.chosen()
        if term is not None and self.change.isEnabled():
            self._terms.ask_change(term)

    def _on_remove(self) -> None:
        term = self.chosen()
        if term is not None and self.remove.isEnabled():
            self._terms.ask_remove(term)

    def _on_changed(self, changes: object, _sender: str) -> None:
        if isinstance(changes, Changes) and changes.terms:
            self.reload()

    # Qt overrides

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.bring_in.isEnabled() and files_of_page(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        for path in local_files(event.mimeData()):
            self._terms.bring_in(path)
