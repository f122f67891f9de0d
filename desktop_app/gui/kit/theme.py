"""Colours, fonts and the style sheet: read from ``resources/styles``, grown by the reader's font scale."""

import json
import re
from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop_app.foundation.errors import BugError
from desktop_app.foundation.resources import resource

ThemeName = Literal["light", "dark"]
SMALLEST_SCALE, LARGEST_SCALE = 1.0, 2.0
_PLACEHOLDER = re.compile(r"\{(?:px:(?P<length>[\d.]+)|(?P<token>[a-z_]+))\}")
_FONTS_LOADED = "diptych_fonts_loaded"


@dataclass(frozen=True)
class Theme:
    """One look: its name, its colours by token, and the reader's font scale (1.0 to 2.0)."""

    name: ThemeName
    colors: dict[str, QColor] = field(repr=False)
    scale: float = 1.0

    def color(self, token: str) -> QColor:
        """The colour of a token of ``tokens.json``."""
        try:
            return self.colors[token]
        except KeyError:
            raise BugError(f"no colour is called {token}") from None

    def px(self, length: float) -> int:
        """A length of the design in pixels of this scale."""
        return max(1, round(length * self.scale))

    def qss(self, scale: float | None = None) -> str:
        """The whole style sheet, for this scale or for another one."""
        factor = self.scale if scale is None else scale
        words = {"styles": resource("styles").as_posix(), "name": self.name}

        def value(found: re.Match[str]) -> str:
            if found["length"]:
                return str(max(1, round(float(found["length"]) * factor)))
            token = found["token"]
            return words[token] if token in words else self.color(token).name()

        return _PLACEHOLDER.sub(value, resource("styles", "diptych.qss").read_text("utf-8").split("*/", 1)[1])

    def palette(self) -> QPalette:
        """The palette for what the style sheet leaves to Fusion."""
        palette = QPalette()
        role = QPalette.ColorRole
        for which, token in (
            (role.Window, "ground"),
            (role.WindowText, "ink"),
            (role.Base, "paper"),
            (role.AlternateBase, "gutter"),
            (role.Text, "ink"),
            (role.Button, "paper"),
            (role.ButtonText, "ink"),
            (role.BrightText, "error"),
            (role.PlaceholderText, "muted"),
            (role.Highlight, "selection"),
            (role.HighlightedText, "ink"),
            (role.Link, "accent"),
            (role.LinkVisited, "accent"),
            (role.Accent, "accent"),
            (role.ToolTipBase, "ink"),
            (role.ToolTipText, "paper"),
            (role.Light, "paper"),
            (role.Midlight, "hover"),
            (role.Mid, "hairline"),
            (role.Dark, "outline"),
            (role.Shadow, "hairline"),
        ):
            palette.setColor(which, self.color(token))
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, self.color("outline"))
        return palette


def load_theme(name: ThemeName, scale: float = 1.0) -> Theme:
    """Read one theme from ``tokens.json``; ``scale`` is held between 1.0 and 2.0."""
    tokens: dict[str, dict[str, str]] = json.loads(resource("styles", "tokens.json").read_text("utf-8"))
    held = min(LARGEST_SCALE, max(SMALLEST_SCALE, scale))
    return Theme(name, {token: QColor(value) for token, value in tokens[name].items()}, held)


def system_theme() -> ThemeName:
    """The theme that the desktop asks for; light where it does not say."""
    return "dark" if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"


def load_fonts(app: QApplication) -> None:
    """Hand the bundled fonts to Qt, once a process. Measured: 20 ms for all ten, so nothing is put off."""
    if app.property(_FONTS_LOADED):
        return
    for file in sorted(resource("fonts").glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise BugError(f"the bundled font {file.name} cannot be read")
    app.setProperty(_FONTS_LOADED, True)


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the running program this look: fonts, Fusion, palette, style sheet. May be called again at any time."""
    load_fonts(app)
    if app.style().name() != "fusion" and not app.styleSheet():
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(theme.palette())
    app.setFont(ui_font(theme.px(13)))
    app.setStyleSheet(theme.qss())


def story_font(language: str, px: float, *, bold: bool = False) -> QFont:
    """The serif of story text; Chinese takes its own punctuation first, English the Latin one. ``px`` is final."""
    chinese = language.lower().startswith(("zh", "ja"))
    families = ["Noto Serif SC", "Noto Serif"] if chinese else ["Noto Serif", "Noto Serif SC"]
    return _font(families, px, bold)


def ui_font(px: float, *, bold: bool = False) -> QFont:
    """The sans of everything that is not story text. ``px`` is final: pass ``theme.px(13)``."""
    return _font(["Noto Sans", "Noto Sans SC"], px, bold)


def _font(families: list[str], px: float, bold: bool) -> QFont:
    font = QFont(families)
    font.setPixelSize(max(1, round(px)))
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
