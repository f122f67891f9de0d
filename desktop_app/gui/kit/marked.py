"""A text with its changes marked, for labels: inserted underlined, deleted struck, on tinted grounds."""

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.theme import Theme, story_font

_LINE_HEIGHT = 140  # per cent


def marked_html(ops: Iterable[tuple[str, str]], theme: Theme, line_height: int = _LINE_HEIGHT) -> str:
    """Write an edit script as rich text: ``=`` plain, ``-`` struck, ``+`` underlined, ``!`` set off as a hit."""
    parts: list[str] = []
    for sign, text in ops:
        shown = escape(text).replace("\n", "<br>")
        if sign == "=":
            parts.append(shown)
            continue
        if sign == "!":
            parts.append(f'<b style="color:{theme.color("accent").name()}">{shown}</b>')
            continue
        token = "deleted" if sign == "-" else "inserted"
        line = "line-through" if sign == "-" else "underline"
        ink, ground = theme.color(token).name(), theme.color(f"{token}_ground").name()
        parts.append(f'<span style="color:{ink};background-color:{ground};text-decoration:{line}">{shown}</span>')
    return f'<p style="line-height:{line_height}%;margin:0">{"".join(parts)}</p>'


def with_hits(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[str, str]]:
    """Cut a text at half-open spans into parts for ``marked_html``, the spans set off."""
    parts: list[tuple[str, str]] = []
    at = 0
    for start, end in sorted(spans):
        if start < at:
            continue
        parts += [("=", text[at:start]), ("!", text[start:end])]
        at = end
    return [part for part in [*parts, ("=", text[at:])] if part[1]]


class MarkedLabel(QLabel):
    """Story text in a card, with marks; follows the look."""

    def __init__(
        self, look: Look, language: str, ops: Iterable[tuple[str, str]], px: float = 13.5, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._language, self._px = look, language, px
        self._ops = tuple(ops)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        look.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        theme = self._look.theme
        self.setFont(story_font(self._language, theme.px(self._px)))
        self.setText(marked_html(self._ops, theme))
        self.setAccessibleName("".join(text for sign, text in self._ops if sign != "-"))
