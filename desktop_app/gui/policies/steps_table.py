"""The steps of a policy as a table that is written in: names, titles and credits in both languages, roles."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QMenu,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop_app.domain.people import ROLE_NAMES, Role
from desktop_app.domain.policy import MOST_STEPS, StepKind
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import push_button

NAME, KIND, TITLE_ZH, TITLE_EN, CREDIT_ZH, CREDIT_EN, ROLES = range(7)
KINDS: Mapping[str, Message] = {
    StepKind.DRAFT: N_("Draft"),
    StepKind.REVIEW: N_("Review"),
    StepKind.APPROVAL: N_("Approval"),
}
# Where a refusal's place leads: the field of a step, and the language in it.
_COLUMN_OF = {
    ("name", ""): NAME, ("kind", ""): KIND, ("roles", ""): ROLES, ("title", "zh"): TITLE_ZH,
    ("title", "en"): TITLE_EN, ("credit", "zh"): CREDIT_ZH, ("credit", "en"): CREDIT_EN,
}  # fmt: skip
_FEWEST = 3  # a draft, a review, an approval
_WIDEST = (110, 110, 120, 150, 120, 150)  # pixels at 100 % that a column takes of its own; the roles take the rest
_NARROWEST, _ROLES_NARROWEST = 64, 150
_HEADS = (
    N_("Name"), N_("Kind"), N_("Title, Chinese"), N_("Title, English"), N_("Credit, Chinese"), N_("Credit, English"),
    N_("Signed by"),
)  # fmt: skip


class _Writing(QStyledItemDelegate):
    """Lets a cell say what is written in it while it is written, so that Save never waits for the cell to be left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._before: tuple[QPersistentModelIndex, str] | None = None
        self.closeEditor.connect(self._on_closed)

    def _on_closed(self, _editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:
        before, self._before = self._before, None
        if hint is QStyledItemDelegate.EndEditHint.RevertModelCache and before is not None:
            before[0].model().setData(QModelIndex(before[0]), before[1])  # type: ignore[call-overload] # it is one

    # Qt overrides

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = super().createEditor(parent, option, index)
        self._before = (QPersistentModelIndex(index), str(index.data() or ""))
        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(lambda _text: self.commitData.emit(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if not isinstance(editor, QLineEdit) or editor.text() != index.data():  # or the cursor would go to the end
            super().setEditorData(editor, index)


class StepsTable(QTableWidget):
    """``changed`` whenever a step says something else; the first and the last row stay where they are."""

    changed = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(0, len(_HEADS), parent)
        self._look, self._texts = look, texts
        self._writable = False
        self._roles: list[set[Role]] = []
        self.setHorizontalHeaderLabels([texts(head) for head in _HEADS])
        self.setAccessibleName(texts(N_("Steps of the policy")))
        self.setItemDelegate(_Writing(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.sectionResized.connect(self._on_resized)
        self.itemChanged.connect(lambda _item: self.changed.emit())
        look.changed.connect(self._fit)
        self._fit()

    def show_steps(self, steps: Sequence[Mapping[str, Any]], *, writable: bool) -> None:
        """Show the steps of a policy as ``plain`` has them; ``writable`` lets them be changed."""
        self._writable = writable
        triggers = QTableWidget.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
            if writable
            else triggers.NoEditTriggers
        )
        self._fill([_cells(step) for step in steps], [set(map(Role, step["roles"])) for step in steps])
        self._fit()

    def plain(self) -> list[dict[str, Any]]:
        """The steps as plain data, as they are written here, right or wrong."""
        return [self._plain(row) for row in range(self.rowCount())]

    def may_add(self) -> bool:
        """Whether another review can be put in."""
        return self._writable and self.rowCount() < MOST_STEPS

    def may_remove(self) -> bool:
        """Whether the chosen step is a review, and not the only one."""
        return self._writable and 0 < self.currentRow() < self.rowCount() - 1 and self.rowCount() > _FEWEST

    def may_move(self, by: int) -> bool:
        """Whether the chosen review can go up (-1) or down (1)."""
        row = self.currentRow()
        return self._writable and 0 < row < self.rowCount() - 1 and 0 < row + by < self.rowCount() - 1

    def add_review(self) -> None:
        """Put a review in under the chosen step, and let its titles be written."""
        if not self.may_add():
            return
        row = min(max(self.currentRow(), 0), self.rowCount() - 2) + 1
        cells, roles = self._taken()
        names = {one[NAME] for one in cells}
        name = next(wanted for n in range(1, MOST_STEPS + 2) if (wanted := f"review-{n}") not in names)
        cells.insert(row, [name, StepKind.REVIEW, "", "", "", ""])
        roles.insert(row, set())
        self._fill(cells, roles)
        self.setCurrentCell(row, TITLE_ZH)
        self.setFocus()
        self.changed.emit()

    def remove_review(self) -> None:
        """Take the chosen review out."""
        if not self.may_remove():
            return
        row = self.currentRow()
        cells, roles = self._taken()
        del cells[row], roles[row]
        self._fill(cells, roles)
        self.setCurrentCell(min(row, self.rowCount() - 2), TITLE_ZH)
        self.changed.emit()

    def shift(self, by: int) -> None:
        """Let the chosen review and its neighbour change places."""
        if not self.may_move(by):
            return
        row, place = self.currentRow(), self.currentColumn()
        cells, roles = self._taken()
        cells.insert(row + by, cells.pop(row))
        roles.insert(row + by, roles.pop(row))
        self._fill(cells, roles)
        self.setCurrentCell(row + by, place)
        self.changed.emit()

    def show_place(self, place: str) -> None:
        """Go to the cell that a refusal names: ``3: title: en`` counts steps from 1."""
        number, _, rest = place.partition(":")
        field, _, side = rest.partition(":")
        if number.strip().isdecimal() and int(number) <= self.rowCount():
            column = _COLUMN_OF.get((field.strip(), side.strip()), TITLE_EN if field.strip() == "title" else CREDIT_EN)
            self.setCurrentCell(int(number) - 1, column)

    # Rows

    def _taken(self) -> tuple[list[list[str]], list[set[Role]]]:
        cells = [[self._text(row, column) for column in range(ROLES)] for row in range(self.rowCount())]
        for row, one in enumerate(cells):
            one[KIND] = self._kind(row)
        return cells, [set(roles) for roles in self._roles]

    def _kind(self, row: int) -> StepKind:
        if row == 0:
            return StepKind.DRAFT
        return StepKind.APPROVAL if row == self.rowCount() - 1 else StepKind.REVIEW

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text().strip() if item is not None else ""

    def _plain(self, row: int) -> dict[str, Any]:
        credit = {"zh": self._text(row, CREDIT_ZH), "en": self._text(row, CREDIT_EN)}
        return {
            "name": self._text(row, NAME),
            "kind": self._kind(row).value,
            "title": {"zh": self._text(row, TITLE_ZH), "en": self._text(row, TITLE_EN)},
            "credit": credit if any(credit.values()) else None,
            "roles": sorted(role.value for role in self._roles[row]),
        }

    def _fill(self, cells: Sequence[Sequence[str]], roles: Sequence[set[Role]]) -> None:
        self.blockSignals(True)
        self.setRowCount(0)
        self.setRowCount(len(cells))
        self._roles = [set(one) for one in roles]
        for row, texts in enumerate(cells):
            for column, text in enumerate(texts):
                shown = self._texts(KINDS[text]) if column == KIND else text
                item = QTableWidgetItem(shown)
                item.setToolTip(shown)
                fixed = column == KIND or (column == NAME and row in {0, len(cells) - 1})
                if fixed or not self._writable:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                if fixed:
                    item.setForeground(self._look.theme.color("muted"))
                self.setItem(row, column, item)
            self.setCellWidget(row, ROLES, self._roles_button(row))
        self.blockSignals(False)

    def _roles_button(self, row: int) -> QPushButton:
        button = push_button("", "flat", self)
        button.setStyleSheet("text-align: left; padding-left: 2px;")
        button.setEnabled(self._writable)
        button.ensurePolished()
        menu = QMenu(button)
        for role, title in ROLE_NAMES.items():
            action = menu.addAction(self._texts(title))
            action.setCheckable(True)
            action.setChecked(role in self._roles[row])
            action.toggled.connect(partial(self._on_role, row, role))
        button.setMenu(menu)
        self._say_roles(row, button)
        return button

    def _say_roles(self, row: int, button: QPushButton) -> None:
        comma = "、" if self._texts.language.startswith("zh") else ", "
        chosen = comma.join(self._texts(title) for role, title in ROLE_NAMES.items() if role in self._roles[row])
        usual = N_("anybody") if row == 0 else N_("revisers, editors")
        said = chosen or self._texts(usual)
        room = self.columnWidth(ROLES) - self._look.theme.px(36)  # less the padding and the arrow
        button.setText(button.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, room))
        tip = N_("Whoever has one of these roles; somebody without a role may sign every step")
        button.setToolTip(f"{said}\n{self._texts(tip)}")
        title = self._text(row, TITLE_ZH if self._texts.language.startswith("zh") else TITLE_EN)
        button.setAccessibleName(f"{self._texts(_HEADS[ROLES])}: {title}: {said}")

    def _on_role(self, row: int, role: Role, on: bool) -> None:
        (self._roles[row].add if on else self._roles[row].discard)(role)
        button = self.cellWidget(row, ROLES)
        if isinstance(button, QPushButton):
            self._say_roles(row, button)
        self.changed.emit()

    def _fit(self) -> None:
        """Give each column what its words need, within bounds."""
        px, header, metrics = self._look.theme.px, self.horizontalHeader(), self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(px(32))
        for column, widest in enumerate(_WIDEST):
            words = [metrics.horizontalAdvance(self._text(row, column)) for row in range(self.rowCount())]
            wanted = max(max(words, default=0) + px(22), header.sectionSizeHint(column) + px(8), px(_NARROWEST))
            self.setColumnWidth(column, min(wanted, px(widest)))
        self._fit_roles()

    def _fit_roles(self) -> None:
        """Give the roles what is left; where that is too little the table scrolls."""
        others = sum(self.columnWidth(column) for column in range(ROLES))
        self.setColumnWidth(ROLES, max(self.viewport().width() - others, self._look.theme.px(_ROLES_NARROWEST)))

    def _on_resized(self, column: int, _before: int, _now: int) -> None:
        if column != ROLES:
            self._fit_roles()
            return
        for row in range(self.rowCount()):
            button = self.cellWidget(row, ROLES)
            if isinstance(button, QPushButton):
                self._say_roles(row, button)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_roles()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._writable:
            button = self.cellWidget(self.currentRow(), self.currentColumn())
            if isinstance(button, QPushButton):
                button.showMenu()
            elif (item := self.currentItem()) is not None and item.flags() & Qt.ItemFlag.ItemIsEditable:
                self.editItem(item)
        else:
            super().keyPressEvent(event)


def _cells(step: Mapping[str, Any]) -> list[str]:
    credit = step["credit"] or {"zh": "", "en": ""}
    return [step["name"], step["kind"], step["title"]["zh"], step["title"]["en"], credit["zh"], credit["en"]]
