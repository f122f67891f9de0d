"""What a new source would do, line by line: what changed with its difference, what is new, what is gone."""

from html import escape

from PySide6.QtWidgets import QTextBrowser, QWidget

from desktop_app.desk.source_changes import Plan
from desktop_app.domain.text_ops import text_ops
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.marked import marked_html
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import story_font
from desktop_app.language.source_update import Fate, Line

_MOST = 300  # lines shown; the sentence under them counts all
_WORDS = {Fate.CHANGED: N_("changed"), Fate.NEW: N_("new"), Fate.GONE: N_("gone")}


class SourcePreview(QTextBrowser):
    """Shows the lines of a plan that are not the same."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self._plan: Plan | None = None
        self.setAccessibleName(texts(N_("What would happen")))
        self.setFont(story_font("zh-Hans", look.theme.px(14)))
        self.setMinimumHeight(look.theme.px(150))
        look.changed.connect(self._draw)

    def show_plan(self, plan: Plan | None) -> None:
        """Show what a plan would change; None for nothing yet."""
        self._plan = plan
        self._draw()

    def _draw(self) -> None:
        if self._plan is None:
            self.clear()
            return
        lines = [line for line in self._plan.update.lines if line.fate is not Fate.SAME]
        rows = "".join(self._row(line) for line in lines[:_MOST])
        more = f"<p>… {len(lines) - _MOST}</p>" if len(lines) > _MOST else ""
        self.setHtml(f"<table cellspacing='0' cellpadding='5' width='100%'>{rows}</table>{more}")

    def _row(self, line: Line) -> str:
        theme = self._look.theme
        muted = theme.color("muted").name()
        source = marked_html(text_ops(line.was, line.now), theme)
        english = ""
        if line.target:
            said = N_("{text} (goes with it; the history keeps it)", text=line.target)
            kept = said if line.fate is Fate.GONE else N_("{text} (stays, as a draft)", text=line.target)
            english = f"<p style='color:{muted};margin:0'>{escape(self._texts(kept))}</p>"
        word = escape(self._texts(_WORDS[line.fate]))
        return (
            f"<tr><td width='12%' style='color:{muted}'>{word}</td>"
            f"<td style='border-bottom:1px solid {theme.color('hairline').name()}'>{source}{english}</td></tr>"
        )


def consequence(plan: Plan, version: str) -> Message:
    """What happens to the story besides its lines."""
    if not plan.update.changes:
        return N_("The Chinese is the same as it was.")
    if plan.later:
        return N_(
            "Version {version} that went out stays as it is. The change is kept, and a reviser says what it means.",
            version=version,
        )
    if plan.reopens:
        return N_(
            "What was signed for the old Chinese stops counting. A reviser says whether the English is touched, "
            "before anything is signed."
        )
    return N_("It goes into the draft. What stood is kept as a version in the history.")


def counted(plan: Plan) -> Message:
    """How many lines have which fate."""
    return N_(
        "{changed} changed, {new} new, {gone} gone, {same} the same.",
        **{fate.value: plan.update.count(fate) for fate in Fate},
    )
