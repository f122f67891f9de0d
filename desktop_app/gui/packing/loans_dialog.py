"""The stories that are out: with whom, since when, what is late; and a way to say that one does not come home."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.loans import ListedLoan, end_loans, list_loans
from desktop_app.desk.people import find_person
from desktop_app.domain.loans import LOAN_KINDS, ended
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.ids import moment
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, InlineMessage, push_button

_ROW = Qt.ItemDataRole.UserRole


class LoansDialog(QDialog):
    """``changed(Changes)`` when a loan was ended, ``opened(story)`` when a row was chosen."""

    changed = Signal(object)
    opened = Signal(str)

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, desk: Desk, person: Person | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look, self._texts, self._tasks, self._desk, self._person = look, texts, tasks, desk, person
        self._reading = Latest(tasks, N_("Reading which stories are out"), self)
        self.setWindowTitle(texts(N_("Stories that are out")))
        self.list = QTreeWidget(self)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setStyleSheet("QTreeWidget::item { padding: 5px 4px; }")
        self.list.setAccessibleName(texts(N_("Stories that are out")))
        self.list.setHeaderLabels([texts(title) for title in (N_("Story"), N_("With"), N_("Since"), N_("As"),
                                                              N_("State"))])  # fmt: skip
        self.list.itemSelectionChanged.connect(self._show_state)
        self.list.itemActivated.connect(lambda item, _column: self._on_activated(item))
        nothing = N_("Nothing is out"), N_("Stories that are packed for offline work stand here until they come home.")
        self._empty = EmptyState(look, "exports", texts(nothing[0]), texts(nothing[1]), parent=self)
        self.everything = QCheckBox(texts(N_("Show those too that ended")), self)
        self.everything.toggled.connect(lambda _on: self.reload())
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText(texts(N_("Why nothing more comes: all is home, or the laptop is lost")))
        self.reason.setAccessibleName(self.reason.placeholderText())
        self.reason.textChanged.connect(lambda _text: self._show_state())
        self.end = push_button(texts(N_("End the loan")), "danger", self)
        self.end.clicked.connect(self._on_end)
        self.close_button = push_button(texts(N_("Close")), "", self)
        self.close_button.clicked.connect(self.reject)
        self.message = InlineMessage(look, texts(N_("Close")), self)
        self._lay_out()
        self._show_state()
        self.reload()

    def _lay_out(self) -> None:
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        stack = QWidget(self)
        self._stack = QStackedLayout(stack)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        hint = QLabel(self._texts(N_(
            "Ending a loan changes no story. What still comes home later is taken in all the same."
        )), self)  # fmt: skip
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.reason, 1)
        line.addWidget(self.end)
        foot = QHBoxLayout()
        foot.addWidget(self.everything)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(stack, 1)
        layout.addLayout(line)
        layout.addWidget(hint)
        layout.addWidget(self.message)
        layout.addLayout(foot)
        self.resize(self._look.theme.px(760), self._look.theme.px(400))

    def reload(self) -> None:
        """Read the loans again, away from the window."""
        desk, everything = self._desk, self.everything.isChecked()
        self._reading.ask(lambda _progress: list_loans(desk, open_only=not everything), self._take, self._on_failed)

    def selected(self) -> ListedLoan | None:
        """The loan that is chosen."""
        items = self.list.selectedItems()
        found = items[0].data(0, _ROW) if items else None
        return found if isinstance(found, ListedLoan) else None

    def _take(self, found: list[ListedLoan]) -> None:
        self.list.clear()
        for one in found:
            self.list.addTopLevelItem(self._item(one))
        self._stack.setCurrentIndex(0 if found else 1)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)
        self._show_state()

    def _item(self, one: ListedLoan) -> QTreeWidgetItem:
        day = self._texts.day(moment(one.loan.at).astimezone().date())
        kind, state = self._texts(LOAN_KINDS[one.loan.kind]), self._texts(_state(one))
        cells = [self._headline(one), one.name or "–", day, kind, state]
        item = QTreeWidgetItem(cells)
        item.setData(0, _ROW, one)
        item.setToolTip(0, "\n".join(dict.fromkeys([cells[0], one.slug, one.loan.file])))
        item.setToolTip(4, state)
        if one.late:
            item.setForeground(4, QBrush(self._look.theme.color("warning")))
        return item

    def _headline(self, one: ListedLoan) -> str:
        """What the story is called, in the language of the window where it is called anything in it."""
        both = one.headline.en, one.headline.zh
        first, second = both if self._texts.language == "en" else both[::-1]
        return first or second or one.slug

    def _show_state(self) -> None:
        chosen = self.selected()
        writable = self._desk.archive.writable
        self.reason.setEnabled(writable and chosen is not None and chosen.loan.open)
        self.end.setEnabled(self.reason.isEnabled() and bool(self.reason.text().strip()))

    def _on_activated(self, item: QTreeWidgetItem) -> None:
        found = item.data(0, _ROW)
        if isinstance(found, ListedLoan):
            self.opened.emit(found.loan.story)

    def _on_end(self) -> None:
        chosen, desk, by, reason = self.selected(), self._desk, self._person, self.reason.text()
        if chosen is None:
            return
        story, name = chosen.loan.story, chosen.name

        def run(_progress: Progress) -> Changes:
            holder = find_person(desk, name) if name else None
            return end_loans(desk, story, reason=reason, by=by, holder=holder)[1]

        self._tasks.run(
            run, title=N_("Ending a loan"), on_done=self._on_ended, on_error=self._on_failed, writer=True, quiet=True
        )

    def _on_ended(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.reason.clear()
        self.reload()

    def _on_failed(self, error: KnownError) -> None:
        self.message.show_text(self._texts.error(error), "error")


def _state(one: ListedLoan) -> Message:
    if not one.loan.open:
        return ended(one.loan)
    if one.late:
        return N_("late")
    return N_("came home, and is still out") if one.loan.returned_at is not None else N_("out")
