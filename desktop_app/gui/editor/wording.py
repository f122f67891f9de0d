"""Sentences that the editor makes of a story: its credit lines, and words that lost their place."""

from collections.abc import Iterable

from desktop_app.desk.stories import StoryFile
from desktop_app.domain import credits as crediting
from desktop_app.domain.edits import Edit, InsertBlock, ReplaceSegments, SetPlacement, SetSegment
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.texts import Texts


def credit_lines(file: StoryFile, texts: Texts) -> tuple[str, str]:
    """The credits in both languages; steps of the policy that nobody signed yet are pending."""
    shown = {credit.step for credit in file.credits}
    english = [crediting.line(credit, chinese=False) for credit in file.credits]
    english += [
        texts(N_("{step}: pending", step=step.credit.en))
        for step in file.policy.steps
        if step.credit is not None and step.name not in shown
    ]
    chinese = [crediting.line(credit, chinese=True) for credit in file.credits_zh]
    return "　".join(chinese), "   ".join(english)


def words_of(edits: Iterable[Edit]) -> str:
    """What somebody typed in these edits, one text a line."""
    return "\n".join(filter(None, map(_words, edits)))


def _words(edit: Edit) -> str:
    if isinstance(edit, InsertBlock):
        place = edit.block.placement
        inside = SetPlacement(edit.block.id, place) if place else ReplaceSegments(edit.block.id, edit.block.segments)
        return _words(inside)
    if isinstance(edit, ReplaceSegments):
        return " ".join(segment.target for segment in edit.segments if segment.target)
    if isinstance(edit, SetPlacement):
        caption, alt = edit.placement.caption, edit.placement.alt
        return " · ".join(filter(None, (caption.zh, caption.en, alt.en)))
    return edit.target if isinstance(edit, SetSegment) else ""
