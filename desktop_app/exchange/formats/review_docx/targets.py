"""Which text of a returned table is a row's target, when cells were merged, split, added or moved."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app.exchange.formats.review_docx.returned import ProblemKind
from desktop_app.exchange.formats.review_docx.review_map import MapRow
from desktop_app.exchange.formats.review_docx.table import Cell, Line
from desktop_app.exchange.formats.review_docx.terms import Hashes, Place, RowKey, text_hash
from desktop_app.exchange.formats.review_docx.texts import CellText, Piece, joined
from desktop_app.foundation.messages import N_, Message

_COLUMNS = 3
_JOINTS = ("", " ", "\n")


@dataclass(slots=True)
class Target:
    """A row's target and source as they are now. ``text`` is None where it cannot be told; ``issues`` say why."""

    text: CellText | None = None
    source: CellText | None = None
    issues: list[tuple[ProblemKind, Message, str]] = field(default_factory=list)


class Targets:
    """Finds the texts of all rows; ``left`` is what they were when the document left, as far as that is known."""

    def __init__(self, lines: Sequence[Line], left: Mapping[RowKey, MapRow]) -> None:
        self._lines = lines
        self._left = left
        self._seen: dict[tuple[Place, RowKey], tuple[int, int]] = {}
        for number, line in enumerate(lines):
            for index, cell in enumerate(line.cells):
                for sight in cell.bookmarks:
                    self._seen.setdefault((sight.place, sight.key), (number, index))

    def of(self, at: int, key: RowKey, shown: str) -> Target:
        """Find the texts of the row that stands in line ``at`` and is called ``shown``."""
        line = self._lines[at]
        found = Target()
        source = self._source(line, key)
        target = self._target(at, key, source)
        if target is None:
            elsewhere = self._merged_into(at, key)
            if elsewhere is None:
                found.issues.append(_issue(ProblemKind.NO_TARGET, _no_target, shown, _words(line)))
                return found
            found.text, target = elsewhere, -1
            found.issues.append(_issue(ProblemKind.MERGED, _merged, shown, elsewhere.trimmed().after))
        elif self._swallows(at, target):
            text = line.cells[target].words
            found.issues.append(_issue(ProblemKind.MERGED, _mixed, shown, text))
            return found
        else:
            cell = line.cells[target]
            found.text = _share(cell, "target", key)
            if any(sight.key != key or sight.place != "target" for sight in cell.bookmarks):
                own = any(sight.key == key for sight in cell.bookmarks)
                kind, say = (ProblemKind.MERGED, _merged) if own else (ProblemKind.DISAGREEMENT, _disagree)
                found.issues.append(_issue(kind, say, shown, found.text.trimmed().after))
            elif self._seen.get(("target", key), (at, target)) != (at, target):
                found.issues.append(_issue(ProblemKind.DISAGREEMENT, _disagree, shown, found.text.trimmed().after))
        if source is not None:
            found.source = _share(line.cells[source], "source", key)
        self._beside(found, line, key, shown, (source, target))
        if found.text is not None and found.text.left_out:
            what = ", ".join(sorted(found.text.left_out))
            found.issues.append(_issue(ProblemKind.LEFT_OUT, _left_out, shown, what))
        return found

    def _source(self, line: Line, key: RowKey) -> int | None:
        found = line.cell_of("source", key)
        return 1 if found is None and len(line.cells) == _COLUMNS else found

    def _target(self, at: int, key: RowKey, source: int | None) -> int | None:
        """The cell by its bookmark, else the one behind the source; a merged one that is empty is none."""
        line = self._lines[at]
        marked = line.cell_of("target", key)
        if marked is not None:
            return marked
        if source is None or source + 1 >= len(line.cells):
            return None
        return None if line.cells[source + 1].merge == "continue" else source + 1

    def _merged_into(self, at: int, key: RowKey) -> CellText | None:
        """The text in the cell of another row, where its bookmark went when cells were merged."""
        seen = self._seen.get(("target", key))
        if seen is None or seen[0] == at:
            return None
        return _share(self._lines[seen[0]].cells[seen[1]], "target", key)

    def _swallows(self, at: int, target: int) -> bool:
        """Whether the cell was merged with one of a row below whose text nothing marks any more."""
        if self._lines[at].cells[target].merge != "restart":
            return False
        for line in self._lines[at + 1 :]:
            if not any(cell.merge == "continue" for cell in line.cells):
                return False
            key = line.key or line.control
            if key is not None and ("target", key) not in self._seen:
                return True
        return False

    def _beside(self, found: Target, line: Line, key: RowKey, shown: str, taken: tuple[int | None, int]) -> None:
        """Look at cells that we did not make: one that was split off goes back, others are named."""
        source, target = taken
        first = next((n for n, cell in enumerate(line.cells) if cell.control or _has(cell, "number")), 0)
        others = [n for n in range(len(line.cells)) if n not in {first, source, target} and line.cells[n].words]
        behind = [line.cells[n].text for n in others if n > target >= 0]
        if found.text is not None and behind and len(behind) == len(others):
            whole = self._unsplit(key, line.hashes, [found.text, *behind])
            if whole is not None:
                found.text = whole
                found.issues.append(_issue(ProblemKind.SPLIT, _split, shown, whole.after))
                return
        for number in others:
            words = line.cells[number].words
            found.issues.append(_issue(ProblemKind.EXTRA_CELL, _extra, shown, words))

    def _unsplit(self, key: RowKey, hashes: Hashes | None, texts: Sequence[CellText]) -> CellText | None:
        """Join cells, if that without what was inserted gives the words that left."""
        left = self._left.get(key)
        wanted = text_hash(left.target) if left is not None else hashes.target if hashes is not None else ""
        for joint in _JOINTS:
            whole = joined(text.trimmed() for text in texts)
            pieces = [Piece(joint) if piece.end and joint != "\n" else piece for piece in whole.pieces]
            if wanted and text_hash("".join(piece.text for piece in pieces if piece.came is None)) == wanted:
                return CellText(tuple(pieces), whole.events, whole.left_out)
        return None


def _has(cell: Cell, place: Place) -> bool:
    return any(sight.place == place for sight in cell.bookmarks)


def _share(cell: Cell, place: Place, key: RowKey) -> CellText:
    """The part of a cell's text that belongs to one of the texts in it: from its bookmark on to the next one's.

    Where they begin in paragraphs of their own, a paragraph belongs to one of them as a whole.
    """
    sights = [sight for sight in cell.bookmarks if sight.place != "number"]
    own = next((n for n, sight in enumerate(sights) if sight.place == place and sight.key == key), None)
    if own is None or len(sights) == 1:
        return cell.text
    starts = [cell.text.paragraph_start(min(sight.at, len(cell.text.pieces))) for sight in sights]
    if len(set(starts)) < len(starts):
        starts = [sight.at for sight in sights]
    start = starts[own] if own else 0
    end = starts[own + 1] if own + 1 < len(starts) else len(cell.text.pieces) + 1
    return cell.text.cut(start, end)


def _words(line: Line) -> str:
    return "\n".join(_each(line))


def _each(line: Line) -> Iterator[str]:
    return (cell.words for cell in line.cells if cell.words)


def _issue(
    kind: ProblemKind, say: Callable[[str], Message], number: str, text: str
) -> tuple[ProblemKind, Message, str]:
    return kind, say(number), text


def _no_target(number: str) -> Message:
    return N_("Row {number} has no cell for the translation any more.", number=number)


def _merged(number: str) -> Message:
    return N_("Cells of row {number} were merged; look whether its text is whole.", number=number)


def _mixed(number: str) -> Message:
    return N_(
        "The translation of row {number} was merged with that of a row below and cannot be told from it.", number=number
    )


def _disagree(number: str) -> Message:
    return N_("The translation in row {number} came from another row; look whether it belongs there.", number=number)


def _split(number: str) -> Message:
    return N_("The translation of row {number} was cut into several cells, and was joined again.", number=number)


def _extra(number: str) -> Message:
    return N_("Row {number} has words in a cell that was added; they are not taken over.", number=number)


def _left_out(number: str) -> Message:
    return N_("The translation of row {number} has things that are no text (pictures, notes, tables).", number=number)
