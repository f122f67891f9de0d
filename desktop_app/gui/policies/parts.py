"""Parts of the form of a policy: the checks that block, and the credits as they will be printed."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from desktop_app.domain.credits import line
from desktop_app.domain.people import Person
from desktop_app.domain.story import Credit
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.chip_flow import ChipFlow
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import Chip, push_button
from desktop_app.language.checks import CHECKS

_TITLES = {check.id: check.title for check in CHECKS}
# Who signs in the preview where the archive has too few people.
_SIGNERS = (
    ("LI Wei", "李蔚"), ("WANG Min", "王敏"), ("CHEN Bo", "陈博"), ("ZHAO Qi", "赵琦"), ("SUN Yue", "孙越"),
    ("HE Jing", "何静"),
)  # fmt: skip


class BlockingChips(QWidget):
    """The checks that forbid signing, a chip each: a click takes it away, a menu adds others. ``changed``."""

    changed = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._ids: list[str] = []
        self._writable = False
        self._flow = ChipFlow(look.theme.px(6))
        self.setLayout(self._flow)
        self._menu = QMenu(self)
        self.add = push_button(texts(N_("Add a check")), "", self)
        self.add.setMenu(self._menu)
        self.chips: list[Chip] = []
        self._none = QLabel(texts(N_("none")), self)
        self._none.setProperty("role", "muted")
        self._flow.addWidget(self.add)

    def show_blocking(self, ids: Collection[str], *, writable: bool) -> None:
        """Show which checks block."""
        self._writable = writable
        self._ids = [check for check in _TITLES if check in ids] + sorted(set(ids) - _TITLES.keys())
        self._fill()

    def ids(self) -> list[str]:
        """The ids of the checks that block."""
        return sorted(self._ids)

    def _fill(self) -> None:
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for widget in (self.add, self._none):
            self._flow.removeWidget(widget)
        self.chips = [self._chip(check) for check in self._ids]
        for chip in self.chips:
            self._flow.addWidget(chip)
            chip.show()
        for widget, shown in ((self.add, self._writable), (self._none, not self._writable and not self._ids)):
            self._flow.addWidget(widget)
            widget.setVisible(shown)
        self._menu.clear()
        for check, title in _TITLES.items():
            if check not in self._ids:
                self._menu.addAction(self._texts(title)).triggered.connect(partial(self._put, check))
        self.updateGeometry()

    def _chip(self, check: str) -> Chip:
        title = self._texts(_TITLES[check]) if check in _TITLES else check
        chip = Chip(f"{title}  ×" if self._writable else title, parent=self)
        chip.setChecked(True)
        chip.setEnabled(self._writable)
        chip.setAccessibleName(self._texts(N_("{check}: take away", check=title)) if self._writable else title)
        chip.clicked.connect(lambda _on=False: self._take(check))
        return chip

    def _put(self, check: str, _on: bool = False) -> None:
        self._ids = [one for one in _TITLES if one in {*self._ids, check}]
        self._fill()
        self.changed.emit()

    def _take(self, check: str) -> None:
        self._ids.remove(check)
        self._fill()
        self.add.setFocus()
        self.changed.emit()


class CreditsPreview(QFrame):
    """The credits of a story that went through the steps, as both languages print them."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setAccessibleName(texts(N_("The credits, as they will be printed")))
        self._signers = list(_SIGNERS)
        self.english, self.chinese = QLabel(self), QLabel(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(look.theme.px(24))
        for title, label in ((N_("English"), self.english), (N_("Chinese"), self.chinese)):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            head = QLabel(texts(title), self)
            head.setProperty("role", "muted")
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(head)
            column.addWidget(label)
            column.addStretch(1)
            layout.addLayout(column, 1)

    def show_people(self, people: Sequence[Person]) -> None:
        """Let people of the house sign in the preview."""
        known = [(person.name, person.zh or person.name) for person in people]
        self._signers = [*known, *(one for one in _SIGNERS if one not in known)][: max(len(_SIGNERS), len(known))]

    def show_steps(self, steps: Sequence[Mapping[str, Any]]) -> None:
        """Show the credits of steps in plain data; a wording that is not there yet leaves its line out."""
        credited = [step for step in steps if step["credit"] is not None]
        for label, side in ((self.english, "en"), (self.chinese, "zh")):
            chinese = side == "zh"
            credits = [
                Credit(step["name"], step["credit"][side], (self._signer(number, chinese=chinese),))
                for number, step in enumerate(credited)
                if step["credit"][side]
            ]
            label.setText("\n".join(line(credit, chinese=chinese) for credit in credits) or "–")

    def _signer(self, number: int, *, chinese: bool) -> str:
        return self._signers[number % len(self._signers)][1 if chinese else 0]
