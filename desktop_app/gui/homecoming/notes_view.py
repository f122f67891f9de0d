"""The sentences of a plan about one story, each with its mark."""

from collections.abc import Mapping
from html import escape

from PySide6.QtWidgets import QTextBrowser, QWidget

from desktop_app.desk.home_plan import PlannedStory
from desktop_app.domain.people import Person
from desktop_app.foundation.messages import N_
from desktop_app.gui.homecoming.notes import Note, notes_of
from desktop_app.gui.homecoming.shown import sentence
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts

_GLYPHS = {"good": "✓", "warning": "!", "muted": "·"}
_MOST = 300  # sentences: a file can be told a great deal about


class NotesView(QTextBrowser):
    """Reads like a list of remarks, by the arrow keys too; nothing in it can be pressed."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self._notes: list[Note] = []
        self.setOpenLinks(False)
        self.setAccessibleName(texts(N_("What else there is to say of the story")))
        self.document().setDocumentMargin(0)
        self.setViewportMargins(16, 8, 16, 8)
        look.changed.connect(self._show)

    def count(self) -> int:
        """How many sentences there are."""
        return len(self._notes)

    def show_story(self, story: PlannedStory, people: Mapping[str, Person]) -> None:
        """Show what there is to say about a story."""
        self._notes = list(notes_of(story, people))
        self._show()

    def _show(self) -> None:
        theme = self._look.theme
        rows = []
        for tone, message in self._notes[:_MOST]:
            text = self._texts(message)
            color = theme.color(tone).name()
            rows.append(
                f'<tr><td width="{theme.px(16)}" style="color:{color};font-weight:bold">{_GLYPHS[tone]}</td>'
                f'<td style="padding-bottom:{theme.px(7)}px">{escape(sentence(text))}</td></tr>'
            )
        self.setHtml(f'<table cellspacing="0" cellpadding="0" width="100%">{"".join(rows)}</table>')
