"""The panels beside a story: matches, terms, checks, comments, history, details; one of them shown."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.widgets import Hairline, restyle

_ICON = 15  # pixels at 100 %
_AIR = 14  # pixels at 100 % that a tab is wider than its words


class SidePanel(QWidget):
    """Tabs with a number where there is something to count.

    Where their words do not fit beside one another, the tabs behind show an icon instead, and say the word as a tip.
    """

    def __init__(
        self, look: Look, panels: Sequence[tuple[str, str, str, QWidget]], name: str, parent: QWidget | None = None
    ) -> None:
        """Take ``panels`` as (id, title, icon, widget); ``name`` is what assistive technology calls the tabs."""
        super().__init__(parent)
        self._look = look
        self._ids = [panel for panel, *_ in panels]
        self._titles = [title for _, title, _, _ in panels]
        self._icons = [icon for _, _, icon, _ in panels]
        self._counts = [0] * len(panels)
        self._tabs = QTabBar(self)
        self._tabs.setProperty("side", True)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(True)
        self._tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self._tabs.setAccessibleName(name)
        self._stack = QStackedWidget(self)
        for _panel, title, _icon, widget in panels:
            self._tabs.setAccessibleTabName(self._tabs.addTab(title), title)
            self._stack.addWidget(widget)
        self._tabs.currentChanged.connect(self._on_current)
        self.setMinimumWidth(look.theme.px(240))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tabs)
        layout.addWidget(Hairline(parent=self))
        layout.addWidget(self._stack, 1)
        look.changed.connect(self._label)
        self._label()

    @property
    def panels(self) -> list[str]:
        """The ids of the panels, in the order of their tabs."""
        return list(self._ids)

    @property
    def panel(self) -> str:
        """The id of the panel in front."""
        return self._ids[self._tabs.currentIndex()]

    def show_panel(self, panel: str) -> None:
        """Bring a panel to the front."""
        self._tabs.setCurrentIndex(self._ids.index(panel))

    def show_count(self, panel: str, count: int) -> None:
        """Put a number behind a title; 0: none."""
        self._counts[self._ids.index(panel)] = count
        self._label()

    def _label(self) -> None:
        """Write all words where they fit, else those of the tab in front alone."""
        metrics, px = self._tabs.fontMetrics(), self._look.theme.px
        full = [f"{title} {count}" if count else title for title, count in zip(self._titles, self._counts, strict=True)]
        fits = sum(metrics.horizontalAdvance(text) + px(_AIR) for text in full) <= self.width()
        if self._tabs.property("tight") is not (not fits):
            restyle(self._tabs, tight=not fits)
        self._tabs.setIconSize(QSize(px(_ICON), px(_ICON)))
        for index, text in enumerate(full):
            in_words = fits or index == self._tabs.currentIndex()
            count = str(self._counts[index] or "")
            self._tabs.setTabText(index, text if in_words else count)
            self._tabs.setTabIcon(index, QIcon() if in_words else self._look.icon(self._icons[index], "muted"))
            self._tabs.setTabToolTip(index, "" if in_words else text)

    def _on_current(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self._label()

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._label()
