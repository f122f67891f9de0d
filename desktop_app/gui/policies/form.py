"""The form of one version of a policy: its names, its steps, what blocks a signature, and how credits will look."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop_app.domain.people import Person
from desktop_app.domain.policy import LONGEST_NAME, LONGEST_TITLE, MOST_INK_LINES, Policy, from_plain
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import push_button
from desktop_app.gui.policies.parts import BlockingChips, CreditsPreview
from desktop_app.gui.policies.steps_table import StepsTable


class PolicyForm(QWidget):
    """``changed`` whenever it says something else; ``policy()`` is what is written."""

    changed = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._version = 0  # of what is shown; 0 until something is
        self._writable = False
        self.name = self._line(LONGEST_NAME, N_("Name of the policy, in commands and files"))
        self.title_zh = self._line(LONGEST_TITLE, N_("Title, Chinese"))
        self.title_en = self._line(LONGEST_TITLE, N_("Title, English"))
        self.steps = StepsTable(look, texts, self)
        self.add = push_button(texts(N_("Add a review")), "", self)
        self.remove = push_button(texts(N_("Take it out")), "", self)
        self.up = push_button(texts(N_("Up")), "", self)
        self.down = push_button(texts(N_("Down")), "", self)
        self.last_approves = QCheckBox(texts(N_("Whoever signs the last review may approve too")), self)
        self.blocking = BlockingChips(look, texts, self)
        self.ink = QComboBox(self)
        self.ink.addItem(texts(N_("none")))
        self.ink.addItems([str(lines) for lines in range(1, MOST_INK_LINES + 1)])
        self.ink.setAccessibleName(texts(N_("Lines for ink on the approval sheet")))
        self.trouble = QLabel(self)
        self.trouble.setProperty("role", "error")
        self.trouble.setWordWrap(True)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.preview = CreditsPreview(look, texts, self)
        self._lay_out(look)
        self._connect()

    def _line(self, longest: int, name: Message) -> QLineEdit:
        line = QLineEdit(self)
        line.setMaxLength(longest)
        line.setAccessibleName(self._texts(name))
        return line

    def _lay_out(self, look: Look) -> None:
        texts, px = self._texts, look.theme.px
        titles = QHBoxLayout()
        titles.setSpacing(8)
        self.name.setFixedWidth(px(150))
        self.ink.setFixedWidth(px(96))
        self.name.setPlaceholderText("house-2")
        for field in (self.title_zh, self.title_en):
            titles.addWidget(field, 1)
        head = QFormLayout()
        head.setHorizontalSpacing(16)
        head.setVerticalSpacing(8)
        head.addRow(texts(N_("Title")), titles)
        head.addRow(texts(N_("Name")), self.name)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for button in (self.add, self.remove, self.up, self.down):
            acts.addWidget(button)
        acts.addWidget(self.trouble, 1)
        rest = QFormLayout()
        rest.setHorizontalSpacing(16)
        rest.setVerticalSpacing(10)
        rest.addRow("", self.last_approves)
        rest.addRow(texts(N_("Checks that forbid signing")), self.blocking)
        rest.addRow(texts(N_("Lines for ink")), self.ink)
        rest.addRow(texts(N_("Credits")), self.preview)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 12)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.steps, 1)
        layout.addLayout(acts)
        layout.addLayout(rest)
        self.steps.setMinimumHeight(px(32 * 5 + 34))

    def _connect(self) -> None:
        self.add.clicked.connect(self.steps.add_review)
        self.remove.clicked.connect(self.steps.remove_review)
        self.up.clicked.connect(lambda: self.steps.shift(-1))
        self.down.clicked.connect(lambda: self.steps.shift(1))
        self.steps.currentCellChanged.connect(lambda *_cells: self._show_acts())
        for line in (self.name, self.title_zh, self.title_en):
            line.textChanged.connect(lambda _text: self._on_changed())
        self.steps.changed.connect(self._on_changed)
        self.blocking.changed.connect(self._on_changed)
        self.last_approves.toggled.connect(lambda _on: self._on_changed())
        self.ink.currentIndexChanged.connect(lambda _lines: self._on_changed())

    def show_people(self, people: Sequence[Person]) -> None:
        """Let people of the house sign in the preview."""
        self.preview.show_people(people)

    def show_plain(self, written: Mapping[str, Any], *, writable: bool, new: bool) -> None:
        """Show a version as ``plain`` has it; ``new`` lets its name be written, which is for good once it was saved."""
        self._version, self._writable = written["version"], writable
        self.blockSignals(True)
        for line, text in (
            (self.name, written["name"]),
            (self.title_zh, written["title"]["zh"]),
            (self.title_en, written["title"]["en"]),
        ):
            line.setText(text)
            line.setCursorPosition(0)
            line.setReadOnly(not writable)
        self.name.setReadOnly(not (writable and new))
        self.steps.show_steps(written["steps"], writable=writable)
        self.steps.setCurrentCell(1, 2)
        self.last_approves.setChecked(written["last_reviewer_may_approve"])
        self.blocking.show_blocking(written["blocking"], writable=writable)
        self.ink.setCurrentIndex(written["ink_lines"])
        for field in (self.last_approves, self.ink):
            field.setEnabled(writable)
        self.blockSignals(False)
        self._on_changed()

    def plain(self) -> dict[str, Any]:
        """What is written, right or wrong, as ``domain.policy.to_plain`` has it."""
        return {
            "name": self.name.text().strip(),
            "version": self._version,
            "title": {"zh": self.title_zh.text(), "en": self.title_en.text()},
            "steps": self.steps.plain(),
            "last_reviewer_may_approve": self.last_approves.isChecked(),
            "blocking": self.blocking.ids(),
            "ink_lines": self.ink.currentIndex(),
        }

    def policy(self) -> Policy | None:
        """What is written, None where no story could go by it; ``trouble`` then says why."""
        try:
            return from_plain(self.plain())
        except InputRefusedError as error:
            self.trouble.setText(self._said(error))
            return None

    def _said(self, error: InputRefusedError) -> str:
        """Why it cannot be saved, with the step that it is about by its title."""
        reason = self._texts(error.reason)
        field, _, rest = str(error.place).partition(": ")
        number, _, _ = rest.partition(":")
        if field == "steps" and number.isdecimal():
            return self._texts(N_("Step {n}: {reason}", n=int(number), reason=reason))
        named = {"name": N_("Name"), "title": N_("Title"), "blocking": N_("Checks that forbid signing")}.get(field)
        return f"{self._texts(named)}: {reason}" if named is not None else reason

    def _show_acts(self) -> None:
        self.add.setEnabled(self.steps.may_add())
        self.remove.setEnabled(self.steps.may_remove())
        self.up.setEnabled(self.steps.may_move(-1))
        self.down.setEnabled(self.steps.may_move(1))

    def _on_changed(self) -> None:
        if not self._version:
            return
        self.trouble.setText("")
        self.policy()
        self._show_acts()
        self.preview.show_steps(self.steps.plain())
        self.changed.emit()
