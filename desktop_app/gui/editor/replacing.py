"""Replacing in the open story: one place and on to the next, or all places after they were shown, in one step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop_app.desk.replacing import loses_signoffs
from desktop_app.desk.stories import StoryFile
from desktop_app.domain.edits import Edit, SetPlacement, set_target
from desktop_app.domain.story import Placement, SegmentStatus
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.find import SOURCES, TARGETS
from desktop_app.gui.editor.find_bar import FindBar
from desktop_app.gui.editor.pieces import with_caption
from desktop_app.gui.editor.replace_preview import ReplacePreview
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.editor.searching import Searching
from desktop_app.gui.editor.sheet import Sheet
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.language.finding_text import BadPatternError, Span
from desktop_app.language.replacing_text import Replacer

_DONE = frozenset({SegmentStatus.CONFIRMED, SegmentStatus.REVISED, SegmentStatus.SIGNED_OFF})


@dataclass(frozen=True, slots=True)
class Change:
    """One text with hits, before and after; ``refused`` says why it stays, ``undoes`` that it is confirmed now."""

    key: str
    field: Field
    number: int
    before: str
    after: str
    spans: tuple[Span, ...]
    refused: Message | None
    undoes: bool


def planned(document: StoryDocument, replacer: Replacer, walks: Callable[[str], bool]) -> list[Change]:
    """Every English text of a story that replacing would change, in reading order; only of rows that ``walks``."""
    found: list[Change] = []
    for number, row in enumerate(document.rows, start=1):
        for field in row.editable:
            if field not in TARGETS or not walks(row.key):
                continue
            text = document.text(row.key, field)
            spans = tuple(replacer.matcher.spans(text))
            after = replacer.replaced(text).text if spans else text
            if after != text:
                segment = document.segment(row.key)
                undoes = segment is not None and segment.status in _DONE
                found.append(
                    Change(row.key, field, number, text, after, spans, document.refusal(row.key, field), undoes)
                )
    return found


def edits_of(document: StoryDocument, changes: Sequence[Change]) -> list[Edit]:
    """The edits that make those changes that still hold: one a segment, one a picture."""
    edits: list[Edit] = []
    places: dict[str, Placement] = {}
    for one in changes:
        fits = document.has(one.key) and document.text(one.key, one.field) == one.before
        if not fits or document.refusal(one.key, one.field) is not None:
            continue
        segment, place = document.segment(one.key), document.placement(one.key)
        if segment is not None:
            edits.append(set_target(segment, one.after))
        elif place is not None:
            places[one.key] = with_caption(places.get(one.key, place), one.field, one.after)
    return [*edits, *(SetPlacement(key, place) for key, place in places.items())]


class Replacing(QObject):
    """The lower line at work. ``said(text, tone)`` when something was done."""

    said = Signal(str, str)

    SOURCE_STAYS = N_("This place is Chinese and stays as it is: only English is replaced.")
    STALE = N_("The sign-offs of this text become stale.")
    NOTHING = N_("There is nothing to replace in the English of this story.")

    def __init__(
        self,
        look: Look,
        texts: Texts,
        bar: FindBar,
        sheet: Sheet,
        searching: Searching,
        file: Callable[[], StoryFile | None],
    ) -> None:
        """``file`` is what stands about the story now: whether sign-offs count for its text."""
        super().__init__(bar)
        self._file = file
        self._look = look
        self._texts = texts
        self._bar = bar
        self._sheet = sheet
        self._searching = searching
        bar.replace_asked.connect(self.replace_one)
        bar.replace_all_asked.connect(self.ask_all)

    def replace_one(self) -> None:
        """Replace the hit that the cursor is at and go on; without one, go to the next."""
        document, replacer = self._searching.document, self._replacer()
        if document is None or replacer is None:
            return
        hit = self._searching.finder.current
        if hit is None:
            self._searching.step(1)
            return
        refused = self.SOURCE_STAYS if hit.field in SOURCES else document.refusal(hit.key, hit.field)
        if refused is not None:
            self._bar.show_note(refused)
            self._searching.step(1)
            return
        self._sheet.leave()
        text = document.text(hit.key, hit.field)
        replaced = replacer.replaced(text, only={(hit.start, hit.end)})
        at = replaced.spans[0][1] if replaced.spans else hit.end
        document.write(hit.key, hit.field, replaced.text, whole=True)
        self._bar.show_note(None)
        self._searching.go_on_from(hit.key, hit.field, at)

    def ask_all(self) -> None:
        """Show everything that would change, and change what is ticked there."""
        document, replacer = self._searching.document, self._replacer()
        if document is None or replacer is None:
            return
        if document.read_only is not None:
            self._bar.show_note(document.read_only)
            return
        self._sheet.leave()
        changes = planned(document, replacer, self._sheet.walks)
        if not changes:
            self._bar.show_note(self.NOTHING)
            return
        preview = ReplacePreview(self._look, self._texts, document.languages.target, changes, replacer, self._bar)
        file = self._file()
        if file is not None and loses_signoffs(file.story.state, file.story.claimed_step):
            preview.warn(self.STALE)
        preview.taken.connect(lambda taken: self._apply(document, taken, deleted=replacer.deletes))
        preview.finished.connect(lambda _code: self._bar.with_line.setFocus())
        preview.open()

    def _apply(self, document: StoryDocument, taken: Sequence[Change], *, deleted: bool) -> None:
        if document is not self._searching.document or document.read_only is not None:
            return
        edits = edits_of(document, taken)
        document.apply(*edits)
        places = sum(len(one.spans) for one in taken)
        done = NN_("{n} place replaced. Ctrl+Z takes it back.", "{n} places replaced. Ctrl+Z takes them back.", places)
        if deleted:
            done = NN_(
                "Words taken out at {n} place. Ctrl+Z brings them back.",
                "Words taken out at {n} places. Ctrl+Z brings them back.",
                places,
            )
        self.said.emit(self._texts(done), "good")

    def _replacer(self) -> Replacer | None:
        matcher = self._bar.query.matcher
        if matcher is None:
            self._bar.query.setFocus()
            return None
        try:
            return Replacer(matcher, self._bar.with_line.text(), keep_case=self._bar.keep_case.isChecked())
        except BadPatternError as error:
            self._bar.show_note(error)
            return None
