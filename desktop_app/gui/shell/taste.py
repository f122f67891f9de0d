"""Theme, size of text, and help with writing: chosen by a person, kept in the settings, put on the window at once."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop_app.foundation.settings import LARGEST_SCALE, SMALLEST_SCALE, SettingsFile
from desktop_app.gui.kit.folders import Folders
from desktop_app.gui.kit.habits import Habits
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.theme import ThemeName, system_theme

_STEP = 0.15


def theme_name(chosen: str) -> ThemeName:
    """The theme that a setting stands for; ``system`` is whatever the desktop asks for now."""
    if chosen == "dark":
        return "dark"
    return "light" if chosen == "light" else system_theme()


class Taste(QObject):
    """``changed`` after each choice."""

    changed = Signal()

    def __init__(self, look: Look, settings: SettingsFile, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._settings = settings
        Habits.in_force().use(completing=settings.settings.completing)
        folders = Folders.in_force()
        folders.use(settings.settings.folder)
        folders.changed.connect(self._on_folder)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system)

    def choose_theme(self, chosen: str) -> None:
        """Take ``system``, ``light`` or ``dark``."""
        self._settings.change(theme=chosen)
        self._look.use(theme_name(chosen))
        self.changed.emit()

    def toggle_theme(self) -> None:
        """Take the other one of light and dark."""
        self.choose_theme("light" if self._look.theme.name == "dark" else "dark")

    def choose_scale(self, scale: float) -> None:
        """Take a size of text, 1.0 being the design's."""
        held = round(min(LARGEST_SCALE, max(SMALLEST_SCALE, scale)), 2)
        self._settings.change(scale=held)
        self._look.use(scale=held)
        self.changed.emit()

    def choose_completing(self, on: bool) -> None:
        """Let words be proposed at the caret, or not."""
        self._settings.change(completing=on)
        Habits.in_force().use(completing=on)
        self.changed.emit()

    def _on_folder(self, folder: str) -> None:
        self._settings.change(folder=folder)

    def larger(self) -> None:
        """One step up."""
        self.choose_scale(self._settings.settings.scale + _STEP)

    def smaller(self) -> None:
        """One step down."""
        self.choose_scale(self._settings.settings.scale - _STEP)

    def normal(self) -> None:
        """The design's size of text."""
        self.choose_scale(1.0)

    def _on_system(self) -> None:
        if self._settings.settings.theme == "system":
            self._look.use(system_theme())
