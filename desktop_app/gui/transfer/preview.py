"""The preview of an import: a card for each story, with what was recognised and what was left out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop_app.domain.counts import has_han
from desktop_app.domain.credits import line
from desktop_app.domain.story import Story
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import story_font
from desktop_app.gui.kit.widgets import ElidedLabel
from desktop_app.gui.transfer.trial import Recognised, shape

_LINES = 6  # lines of boilerplate shown; the tooltip has all


class PreviewCard(QFrame):
    """One story to be, or one refusal; ``remove_asked`` for its cross."""

    remove_asked = Signal()

    def __init__(self, look: Look, texts: Texts, recognised: Recognised, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._texts = texts
        self.setProperty("surface", "card")
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(14, 10, 10, 12)
        self._body.setSpacing(4)
        head = QHBoxLayout()
        files = ElidedLabel("  +  ".join(file.name for file in recognised.files), "small", self)
        cross = QToolButton(self)
        cross.setIcon(look.icon("close", "muted"))
        cross.setToolTip(texts(N_("Leave this file out")))
        cross.setAccessibleName(texts(N_("Leave this file out")))
        cross.clicked.connect(self.remove_asked)
        head.addWidget(files, 1)
        head.addWidget(cross)
        self._body.addLayout(head)
        if recognised.story is not None:
            self._show_story(recognised.story, recognised.found)
        elif recognised.error is not None:
            place = recognised.error.place
            where = f"{place if isinstance(place, str) else texts(place)}: " if place else ""
            self._line(f"✕ {where}{texts.error(recognised.error)}", "error")

    def _show_story(self, story: Story, found: int) -> None:
        headline = story.headline()
        for text, language in ((headline.en, story.languages.target), (headline.zh, story.languages.source)):
            if text:
                label = self._line(text, "")
                label.setFont(story_font(language, self._look.theme.px(15), bold=language == story.languages.target))
        self._line(self._numbers(story, found), "muted")
        facts = [story.date or "", ", ".join(story.content.topics), *self._credits(story)]
        shown = "  ·  ".join(fact for fact in facts if fact)
        if shown:
            self._line(shown, "muted")
        if story.boilerplate:
            self._show_boilerplate(story.boilerplate)

    def _numbers(self, story: Story, found: int) -> str:
        numbers = shape(story)
        parts = [
            NN_("{n} paragraph", "{n} paragraphs", numbers.paragraphs),
            NN_("{n} segment", "{n} segments", numbers.segments),
        ]
        if numbers.pictures:
            parts.append(NN_("{n} picture ({found} beside the page)", "{n} pictures ({found} beside the page)",
                             numbers.pictures, found=found))  # fmt: skip
        return "  ·  ".join(self._texts(part) for part in parts)

    @staticmethod
    def _credits(story: Story) -> list[str]:
        return [line(credit, chinese=has_han(credit.label)) for credit in story.imported_credits]

    def _show_boilerplate(self, lines: tuple[str, ...]) -> None:
        self._body.addSpacing(4)
        self._line(self._texts(NN_("{n} line is left out:", "{n} lines are left out:", len(lines))), "small")
        shown = [one if len(one) <= 90 else f"{one[:89]}…" for one in lines[:_LINES]]
        if len(lines) > _LINES:
            shown.append("…")
        label = self._line("\n".join(shown), "small")
        label.setIndent(self._look.theme.px(10))
        label.setToolTip("\n".join(lines[:60]))

    def _line(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        self._body.addWidget(label)
        return label
