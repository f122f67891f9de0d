"""The panels beside a story: checks, history, details; one of them shown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.widgets import Hairline


class SidePanel(QWidget):
    """Tabs with a number where there is something to count."""

    def __init__(
        self, look: Look, panels: Sequence[tuple[str, str, QWidget]], name: str, parent: QWidget | None = None
    ) -> None:
        """Take ``panels`` as (id, title, widget); ``name`` is what assistive technology calls the tabs."""
        super().__init__(parent)
        self._ids = [panel for panel, _, _ in panels]
        self._titles = {panel: title for panel, title, _ in panels}
        self._tabs = QTabBar(self)
        self._tabs.setProperty("side", True)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(True)
        self._tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self._tabs.setAccessibleName(name)
        self._stack = QStackedWidget(self)
        for _panel, title, widget in panels:
            self._tabs.addTab(title)
            self._stack.addWidget(widget)
        self._tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.setMinimumWidth(look.theme.px(240))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tabs)
        layout.addWidget(Hairline(parent=self))
        layout.addWidget(self._stack, 1)

    def show_panel(self, panel: str) -> None:
        """Bring a panel to the front."""
        self._tabs.setCurrentIndex(self._ids.index(panel))

    def show_count(self, panel: str, count: int) -> None:
        """Put a number behind a title; 0: none."""
        title = self._titles[panel]
        self._tabs.setTabText(self._ids.index(panel), f"{title} {count}" if count else title)
