"""A chip of a filter line that opens a menu of choices."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget


class ChoiceChip(QPushButton):
    """A chip that opens a menu of choices; it is on while something other than everything is chosen."""

    def __init__(self, title: str, every: str, parent: QWidget) -> None:
        """``every`` is the choice that asks for nothing."""
        super().__init__(parent)
        self._title = title
        self._every = every
        self._menu = QMenu(self)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("variant", "chip")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        self.show_chosen("")

    def show_chosen(self, text: str) -> None:
        """Show what is chosen; empty: nothing."""
        self.setText(f"{text or self._title} ▾")
        self.setAccessibleName(f"{self._title}: {text or self._every}")
        self.setChecked(bool(text))

    def offer(self, choices: Sequence[tuple[str, bool, Callable[[], None]]]) -> None:
        """Fill the menu with (text, chosen, act)."""
        self._menu.clear()
        for text, chosen, act in choices:
            action = self._menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(chosen)
            action.triggered.connect(lambda _on=False, act=act: act())

    def _on_clicked(self) -> None:
        self.setChecked(not self.isChecked())  # the choice decides, not the click
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
