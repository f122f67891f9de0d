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
from desktop_app.desk.loans import ListedLoan, end_loan, list_loans
from desktop_app.domain.loans import ended, may_end
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
        titles = N_("Story"), N_("With"), N_("Since"), N_("File"), N_("State")
        self.list.setHeaderLabels([texts(title) for title in titles])
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
        for column in (0, 3):  # names of any length
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        stack = QWidget(self)
        self._stack = QStackedLayout(stack)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        self.hint = QLabel(self)
        self.hint.setProperty("role", "muted")
        self.hint.setWordWrap(True)
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
        layout.addWidget(self.hint)
        layout.addWidget(self.message)
        layout.addLayout(foot)
        self.resize(self._look.theme.px(860), self._look.theme.px(400))

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
        before = self.selected()
        self.list.clear()
        for one in found:
            self.list.addTopLevelItem(self._item(one))
        self._stack.setCurrentIndex(0 if found else 1)
        place = next((row for row, one in enumerate(found) if before and one.loan.id == before.loan.id), 0)
        chosen = self.list.topLevelItem(place)
        if chosen is not None:
            self.list.setCurrentItem(chosen)
        if before is not None and (now := self.selected()) is not None and now.loan.id != before.loan.id:
            self.reason.clear()  # it was meant for another
        self._show_state()

    def _item(self, one: ListedLoan) -> QTreeWidgetItem:
        day = self._texts.day(moment(one.loan.at).astimezone().date())
        state = self._texts(_state(one))
        name = self._texts(one.called) if one.called is not None else "–"
        cells = [self._headline(one), name, day, one.loan.file, state]
        item = QTreeWidgetItem(cells)
        item.setData(0, _ROW, one)
        item.setToolTip(0, "\n".join(dict.fromkeys([cells[0], one.slug])))
        item.setToolTip(3, one.loan.file)
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
        chosen, refusal = self.selected(), self._refusal()
        self.reason.setEnabled(chosen is not None and chosen.loan.open and refusal is None)
        self.end.setEnabled(self.reason.isEnabled() and bool(self.reason.text().strip()))
        said = N_("Ending a loan changes no story. What still comes home later is taken in all the same.")
        if chosen is not None and chosen.loan.open and refusal is not None:
            said = refusal
        self.hint.setText(self._texts(said))

    def _refusal(self) -> Message | None:
        """Why the loan that is chosen cannot be ended now."""
        chosen = self.selected()
        if not self._desk.archive.writable:
            return N_("Not allowed: {reason}.", reason=N_("the archive can only be read"))
        if self._person is None:
            return N_("Choose who is at the desk first.")
        reason = may_end(chosen.loan, self._person) if chosen is not None else None
        return N_("Not allowed: {reason}.", reason=reason) if reason is not None else None

    def _on_activated(self, item: QTreeWidgetItem) -> None:
        found = item.data(0, _ROW)
        if isinstance(found, ListedLoan):
            self.opened.emit(found.loan.story)

    def _on_end(self) -> None:
        chosen, desk, by, reason = self.selected(), self._desk, self._person, self.reason.text()
        if chosen is None or by is None:
            return
        loan = chosen.loan.id

        def run(_progress: Progress) -> Changes:
            return end_loan(desk, loan, reason=reason, by=by)

        self._tasks.run(
            run, title=N_("Ending a loan"), on_done=self._on_ended, on_error=self._on_refused, writer=True, quiet=True
        )

    def _on_ended(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.reason.clear()
        self.reload()

    def _on_refused(self, error: KnownError) -> None:
        self._on_failed(error)
        self.reload()  # it may have ended meanwhile

    def _on_failed(self, error: KnownError) -> None:
        self.message.show_text(self._texts.error(error), "error")


def _state(one: ListedLoan) -> Message:
    if not one.loan.open:
        return ended(one.loan)
    if one.late:
        return N_("late")
    return N_("came home, and is still out") if one.loan.returned_at is not None else N_("out")
