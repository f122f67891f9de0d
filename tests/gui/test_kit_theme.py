"""The themes are readable, complete and grow with the reader's font scale."""

import itertools
import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QApplication

from desktop_app.foundation.errors import BugError
from desktop_app.foundation.resources import resource
from desktop_app.gui.kit.icons import Icons
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.theme import Theme, load_theme, story_font

GROUNDS = ("ground", "paper", "gutter")
TEXT = ("ink", "muted", "accent", "good", "warning", "error")
PAIRS = [
    *itertools.product(TEXT, GROUNDS),
    *itertools.product(("ink", "muted", "accent", "warning", "error"), ("active_row",)),
    *itertools.product(("ink", "muted", "accent"), ("accent_soft", "hover")),
    ("ink", "selection"), ("ink", "pressed"), ("accent_ink", "accent"), ("accent_ink", "accent_hover"),
    ("inserted", "inserted_ground"), ("deleted", "deleted_ground"), ("ink", "error_ground"), ("ink", "inserted_ground"),
    ("paper", "ink"),
]  # fmt: skip
MARKS = [
    *itertools.product(("outline", "accent", "error", "warning", "good", "scroll"), GROUNDS),
    ("accent", "active_row"),
]


def luminance(color: QColor) -> float:
    """Relative luminance of WCAG 2.2."""

    def channel(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return (
        0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) + 0.0722 * channel(color.blueF())
    )  # fmt: skip


def contrast(theme: Theme, over: str, under: str) -> float:
    high, low = sorted((luminance(theme.color(over)), luminance(theme.color(under))), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param)


def test_text_reaches_contrast_of_4_5(theme: Theme) -> None:
    weak = {pair: round(contrast(theme, *pair), 2) for pair in PAIRS if contrast(theme, *pair) < 4.5}
    assert not weak


def test_marks_reach_contrast_of_3(theme: Theme) -> None:
    weak = {pair: round(contrast(theme, *pair), 2) for pair in MARKS if contrast(theme, *pair) < 3}
    assert not weak


def test_both_themes_have_the_same_tokens() -> None:
    assert load_theme("light").colors.keys() == load_theme("dark").colors.keys()


def test_every_placeholder_of_the_style_sheet_is_filled(theme: Theme) -> None:
    assert not re.search(r"\{[a-z_]+\}|\{px", theme.qss())


def test_files_the_style_sheet_names_exist(theme: Theme) -> None:
    names = re.findall(r'url\("([^"]+)"\)', theme.qss())
    assert names
    assert all(resource("styles", name).is_file() for name in names)


def test_lengths_grow_with_the_scale() -> None:
    assert load_theme("light", 2.0).px(13) == 26
    assert "font-size: 24px" in load_theme("light").qss(2.0)
    assert load_theme("light", 9.0).scale == 2.0


def test_unknown_colour_is_a_bug(theme: Theme) -> None:
    with pytest.raises(BugError):
        theme.color("puce")


def test_bundled_fonts_are_used(look: Look) -> None:
    assert QFontInfo(story_font("zh-Hans", 15)).family() == "Noto Serif SC"
    assert QFontInfo(story_font("en", 15)).family() == "Noto Serif"


def test_look_changes_theme_and_tells(look: Look, qapp: QApplication, qtbot) -> None:
    with qtbot.waitSignal(look.changed):
        look.use("dark", 1.5)
    assert look.theme.name == "dark"
    assert qapp.palette().window().color() == look.theme.color("ground")
    assert qapp.font().pixelSize() == 20
    look.use("light", 1.0)


def test_every_icon_draws_in_the_theme_colour(look: Look) -> None:
    icons = Icons(look.theme)
    for file in resource("icons").glob("*.svg"):
        assert not icons.icon(file.stem, "accent").pixmap(QSize(24, 24), 2.0).isNull()
    image = icons.pixmap("check", "error", 24, 2.0).toImage()
    assert image.size() == QSize(48, 48)
    points = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    colours = {point.name() for point in points if point.alpha() == 255}
    assert look.theme.color("error").name() in colours


def test_missing_icon_is_a_bug(look: Look) -> None:
    with pytest.raises(BugError):
        look.icon("unicorn")
