"""What the mouse is told over gutter, margin and pictures."""

from PySide6.QtCore import QPoint

from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.arrangement import Arrangement
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.marks import Marks
from desktop_app.gui.editor.thumbs import Thumbnails
from desktop_app.gui.kit.states import LOCKED, SEGMENT_MARKS
from desktop_app.gui.kit.texts import Texts


class Tips:
    """Makes the sentence for one point of the sheet; empty where there is nothing to say."""

    APART = N_("Keeps a translation of its own where others say the same")
    OPEN_GAP = N_("Click to show these segments")

    def __init__(self, texts: Texts, thumbs: Thumbnails) -> None:
        self._texts = texts
        self._thumbs = thumbs

    def at(self, document: StoryDocument, lying: Arrangement, marks: Marks, row: int, at: QPoint) -> str:
        """The tip for the point ``at``, counted from the top left of row ``row``."""
        if lying.folds.hidden(row):
            return self._texts(self.OPEN_GAP)
        found = document.rows[row]
        plan = lying.plan(row)
        if not 0 <= at.y() < plan.height:
            return ""
        segment, placement = document.segment(found.key), document.placement(found.key)
        if at.x() < lying.columns.gutter and segment is not None:
            word = self._texts(SEGMENT_MARKS[segment.status].word)
            if segment.locked:
                word = f"{word} · {self._texts(LOCKED.word)}"
            if segment.id in document.repetitions.alone:
                word = f"{word}\n{self._texts(self.APART)}"
            return "\n".join(filter(None, (word, marks.change(found.key), *marks.comments(found.key))))
        if at.x() < lying.columns.gutter:
            return "\n".join(filter(None, (marks.change(found.key), *marks.comments(found.key))))
        if at.x() >= lying.columns.target_end:
            lines = [self._texts(finding.message) for finding in marks.findings(found.key)]
            percent = marks.percent(found.key)
            if percent is not None:
                lines.append(self._texts(N_("Best match in the memory: {n} %", n=percent)))
            return "\n".join(lines)
        if placement is not None and plan.picture is not None and plan.picture.contains(at):
            reason = self._thumbs.reason(placement.picture) if placement.picture is not None else None
            return self._texts(reason) if reason is not None else placement.file
        return ""
