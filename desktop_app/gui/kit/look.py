"""The look in force: one theme and its icons, handed to every part of the window by constructor."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop_app.gui.kit.icons import Icons
from desktop_app.gui.kit.theme import Theme, ThemeName, apply_theme, load_theme, system_theme


class Look(QObject):
    """Holds the theme; ``changed`` tells those that paint by hand or hold icons to take the new one."""

    changed = Signal()

    def __init__(self, app: QApplication, name: ThemeName | None = None, scale: float = 1.0) -> None:
        """Put the theme ``name`` (None: the system's) on the program."""
        super().__init__()
        self._app = app
        self._take(load_theme(name or system_theme(), scale))

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return self._theme

    @property
    def icons(self) -> Icons:
        """The icons of the theme in force."""
        return self._icons

    def icon(self, name: str, color: str = "ink") -> QIcon:
        """An icon of the theme in force; ask again after ``changed``."""
        return self._icons.icon(name, color)

    def use(self, name: ThemeName | None = None, scale: float | None = None) -> None:
        """Change the theme, the font scale (1.0 to 2.0), or both."""
        self._take(load_theme(name or self._theme.name, self._theme.scale if scale is None else scale))
        self.changed.emit()

    def _take(self, theme: Theme) -> None:
        self._theme = theme
        self._icons = Icons(theme)
        apply_theme(self._app, theme)
