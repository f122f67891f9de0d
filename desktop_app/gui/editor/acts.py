"""What a person can ask for in an open story; the methods carry the names of the actions of ``kit.keys``."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.edits import Edit, ReplaceSegments, target_of
from desktop_app.domain.findings import Fix
from desktop_app.domain.story import SegmentStatus
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.editor.cutting import cut_like
from desktop_app.gui.editor.document import RANK, StoryDocument
from desktop_app.gui.editor.history import History
from desktop_app.gui.editor.house_ways import HouseWays
from desktop_app.gui.editor.rearranging import move_sentence
from desktop_app.gui.editor.rows import Field, side_of
from desktop_app.gui.editor.sheet import Sheet
from desktop_app.gui.editor.tracks import Tracks
from desktop_app.gui.editor.travel import is_open, next_row
from desktop_app.gui.kit.texts import Texts


class Acts(QWidget):
    """The acts on the sheet. What cannot be done says why by ``said(text, tone)``."""

    said = Signal(str, str)
    link_asked = Signal(str, str, str)

    NOTHING_TO_CONFIRM = N_("There is no English to confirm here yet.")
    ALL_CONFIRMED = N_("Every segment is confirmed.")
    NO_SPLIT = N_("Put the cursor where the segment is to be cut: not at its beginning or end.")
    NO_JOIN = N_("There is no other segment in this paragraph.")
    SHOWN_CONFIRMED = N_("Every segment that the filter shows is confirmed.")
    NO_FINDINGS = N_("There are no findings.")
    HIDDEN_FINDINGS = N_("There are no findings in the segments that the filter shows.")

    def __init__(self, texts: Texts, sheet: Sheet, ways: HouseWays, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._sheet = sheet
        self._ways = ways
        self.tracks = Tracks(sheet)
        self._document: StoryDocument | None = None
        self._status = SegmentStatus.CONFIRMED

    # Undo

    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return self._document is not None and self._document.can_undo()

    def can_redo(self) -> bool:
        """Whether there is something to redo."""
        return self._document is not None and self._document.can_redo()

    def undo(self) -> None:
        """Take the last step back, wherever in the story it was, and go there."""
        if self._document is not None:
            self._sheet.leave()
            self._show_place(self._document.undo())

    def redo(self) -> None:
        """Do the step last undone again, and go there."""
        if self._document is not None:
            self._sheet.leave()
            self._show_place(self._document.redo())

    def steps(self) -> History | None:
        """What undo and redo go by; None where no story is open or nothing was done."""
        history = self._document.history if self._document is not None else None
        return history if history is not None and (history.can_undo() or history.can_redo()) else None

    def take_steps(self, history: History) -> None:
        """Go on with steps that were made for exactly this text."""
        if self._document is not None:
            self._document.take_history(history)

    def _show_place(self, place: tuple[str, Field] | None) -> None:
        if place is None:
            return
        key, field = place
        if key != self._sheet.key or field is not self._sheet.field:
            self._sheet.activate(key, field)
        else:
            self._sheet.scroll_to(key)

    # Confirming

    def confirm_next(self) -> None:
        """Confirm the segment and go to the next one that is not."""
        if self._confirm() or self._is_picture():
            self._go_to_open(1, tell=True)

    def confirm_stay(self) -> None:
        """Confirm the segment and stay in it."""
        self._confirm()

    def _confirm(self) -> bool:
        document, key = self._document, self._sheet.key
        if document is None or document.segment(key) is None:
            return False
        self._sheet.leave()
        segment = document.segment(key)
        rises = segment is not None and RANK.get(segment.status, 0) < RANK[self._status]
        also = document.followers(key) if rises else ()
        if document.confirm(key, self._status, *also):
            if also:
                told = NN_(
                    "Also put into {n} segment that says the same.",
                    "Also put into {n} segments that say the same.",
                    len(also),
                )
                self.said.emit(self._texts(told), "good")
            return True
        self._say(document.refusal(key) or self.NOTHING_TO_CONFIRM)
        return False

    def _is_picture(self) -> bool:
        return self._document is not None and self._document.placement(self._sheet.key) is not None

    # Changing segments

    def split(self) -> None:
        """Cut the segment at the cursor; the other side is cut at the sentence, clause or word that fits best."""
        document, key, field = self._document, self._sheet.key, self._sheet.field
        if document is None or document.segment(key) is None:
            return
        self._sheet.leave()
        segment = document.segment(key)
        refusal = document.refusal(key)
        if segment is None or refusal is not None:
            self._say(refusal or self.NO_SPLIT)
            return
        cursor, languages = self._sheet.live.cursor_at(), document.languages
        if field is Field.SOURCE:
            share = cursor / max(1, len(segment.source))
            source_at = cursor
            target_at = self._cut_like(segment.target, share, languages.target)
        else:
            share = cursor / len(segment.target) if segment.target else 0.5
            if segment.target and not 0 < cursor < len(segment.target):
                self._say(self.NO_SPLIT)
                return
            source_at = self._cut_like(segment.source, share, languages.source)
            target_at = cursor
        second = document.split(key, source_at, target_at)
        if second is None:
            self._say(self.NO_SPLIT)
        else:
            self._sheet.activate(second, field, at=0)

    def _cut_like(self, text: str, share: float, language: str) -> int:
        return cut_like(text, share, language, rules=self._ways.rules, words=self._ways.words())

    def join(self) -> None:
        """Join the segment with the next one of its paragraph; the last one with the one before it."""
        document, key, field = self._document, self._sheet.key, self._sheet.field
        if document is None or document.segment(key) is None:
            return
        self._sheet.leave()
        paragraph = [segment.id for segment in document.paragraph(key)]
        is_last = len(paragraph) > 1 and key == paragraph[-1]
        first, second = [*paragraph, key][paragraph.index(key) - is_last :][:2]
        length = len(document.text(key, field))
        at = self._sheet.live.cursor_at() if is_last else length
        if document.join(first):
            if is_last:
                at += len(document.text(first, field)) - length
            self._sheet.activate(first, field, at=at)
        else:
            self._say(document.refusal(first) or document.refusal(second) or self.NO_JOIN)

    def move_up(self) -> None:
        """Move the sentence at the cursor, and those before it, to the segment before; or the picture up."""
        self._move(-1)

    def move_down(self) -> None:
        """Move the sentence at the cursor, and those after it, to the next segment; or the picture down."""
        self._move(1)

    def _move(self, way: int) -> None:
        document, key, field = self._document, self._sheet.key, self._sheet.field
        if document is None or not key:
            return
        self._sheet.leave()
        if document.placement(key) is not None:
            refusal = document.move_block(key, way)
            if refusal is None:
                self._sheet.scroll_to(key)
            else:
                self._say(refusal)
            return
        move = move_sentence(document, key, field, self._sheet.live.cursor_at(), way, self._ways.rules)
        if isinstance(move, Message):
            self._say(move)
            return
        document.apply(*move.edits)
        self._sheet.activate(move.key, field, at=move.at)

    def copy_source(self) -> None:
        """Put the source text (of a picture: its Chinese caption) into the target."""
        document, key = self._document, self._sheet.key
        if document is None or not key:
            return
        kind = document.rows[document.row_of(key)].kind
        self.write_target(key, document.text(key, side_of(Field.SOURCE, kind)))

    def apply_fix(self, key: str, fix: Fix) -> None:
        """Put the repaired text of a finding into the target."""
        self.write_target(key, fix.target)

    def write_target(self, key: str, text: str) -> None:
        """Give a row another target text, as one step, and go there."""
        document = self._document
        if document is None or not document.has(key):
            return
        self._sheet.leave()
        refusal = document.refusal(key)
        if refusal is not None:
            self._say(refusal)
            return
        field = side_of(Field.TARGET, document.rows[document.row_of(key)].kind)
        document.write(key, field, text, whole=True)
        self._sheet.activate(key, field, at=len(text))

    def perform(self, edits: Sequence[Edit]) -> Message | None:
        """Make edits as one step; return why they are refused, None where they were made."""
        document = self._document
        if document is None:
            return N_("No story is open")
        self._sheet.leave()
        for edit in edits:
            parts = [s.id for s in edit.segments] if isinstance(edit, ReplaceSegments) else [target_of(edit)]
            why = next((why for key in parts if (why := document.refusal(key)) is not None), None)
            if why is not None:
                return why
        document.apply(*edits)
        return None

    def insert_text(self, text: str) -> None:
        """Put text in the place of the selection of the live cell, as one step."""
        if self._document is not None and self._sheet.key:
            self._sheet.leave()
            self._sheet.live.insert_whole(text)

    def text_here(self) -> str:
        """The words that are selected in the active cell, or all of its text."""
        live = self._sheet.live
        return (live.selected() or live.text()) if self._sheet.key else ""

    # Going

    def next_segment(self) -> None:
        """Go to the next row."""
        self._sheet.step(1)

    def previous_segment(self) -> None:
        """Go to the row before."""
        self._sheet.step(-1)

    def next_unconfirmed(self) -> None:
        """Go to the next segment that is not confirmed."""
        self._go_to_open(1, tell=True)

    def previous_unconfirmed(self) -> None:
        """Go to the segment before that is not confirmed."""
        self._go_to_open(-1, tell=True)

    def next_finding(self) -> None:
        """Go to the next row with a finding."""
        self._go_to_finding(1)

    def previous_finding(self) -> None:
        """Go to the row before with a finding."""
        self._go_to_finding(-1)

    def go_to(self, key: str) -> bool:
        """Go to a segment or picture block by id; False where there is none (any more)."""
        document = self._document
        if document is None or not document.has(key):
            return False
        kind = document.rows[document.row_of(key)].kind
        return self._sheet.activate(key, side_of(Field.TARGET, kind))

    def go_to_number(self, number: int) -> None:
        """Go to the row with this number in the gutter, or the nearest there is."""
        document = self._document
        if document is not None and len(document.rows) > 1:
            self.go_to(document.rows[min(max(1, number), len(document.rows) - 1) - 1].key)

    def _go_to_open(self, way: int, *, tell: bool) -> None:
        document = self._document
        if document is None:
            return
        if not self._travel(way, lambda key: is_open(document, key, self._status)) and tell:
            here = is_open(document, self._sheet.key, self._status)
            if not here:
                said = self.SHOWN_CONFIRMED if self._sheet.folds else self.ALL_CONFIRMED
                self.said.emit(self._texts(said), "good")

    def _go_to_finding(self, way: int) -> None:
        found = self._sheet.marks.rows_found()
        if self._travel(way, found.__contains__):
            return
        if not found:
            self.said.emit(self._texts(self.NO_FINDINGS), "good")
        elif self._sheet.key not in found:
            self.said.emit(self._texts(self.HIDDEN_FINDINGS), "accent")

    def _travel(self, way: int, wanted: Callable[[str], bool]) -> bool:
        if self._document is None:
            return False
        walks = self._sheet.walks
        key = next_row(self._document, self._sheet.key, way, lambda one: wanted(one) and walks(one))
        return key is not None and self.go_to(key)

    # Pictures

    def link_active_picture(self) -> None:
        """Ask for a picture for the active placeholder."""
        self._ask_link(self._sheet.key)

    def _ask_link(self, key: str) -> None:
        document = self._document
        placement = document.placement(key) if document is not None else None
        if document is None or placement is None:
            return
        refusal = document.refusal(key)
        if refusal is not None:
            self._say(refusal)
            return
        self.link_asked.emit(document.story_id, key, placement.file)

    def _say(self, message: Message) -> None:
        self.said.emit(self._texts(message), "warning")
