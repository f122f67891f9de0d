"""A review document as it comes home from an editor: what every row says now, and who changed what.

A row is found by its bookmarks, by its content control, or by its number together with its source text; one that
nothing tells for certain is named as a problem and never guessed.
"""

from collections import Counter
from dataclasses import dataclass, field, replace

from lxml import etree

from desktop_app.exchange.formats.review_docx.annotations import author_of
from desktop_app.exchange.formats.review_docx.asides import Asides, short
from desktop_app.exchange.formats.review_docx.opening import OpenPackage, open_package
from desktop_app.exchange.formats.review_docx.outside import outside
from desktop_app.exchange.formats.review_docx.returned import (
    FoundBy,
    Problem,
    ProblemKind,
    ReturnedComment,
    ReturnedReview,
    ReturnedRow,
    TrackedChange,
)
from desktop_app.exchange.formats.review_docx.review_map import MapRow, Origin, ReviewMap, read_map
from desktop_app.exchange.formats.review_docx.stages import stages_of
from desktop_app.exchange.formats.review_docx.table import Line, lines_of
from desktop_app.exchange.formats.review_docx.talk import placed, read_comments
from desktop_app.exchange.formats.review_docx.targets import Target, Targets
from desktop_app.exchange.formats.review_docx.terms import (
    RowKey,
    digest_in,
    identity_of,
    text_hash,
)
from desktop_app.exchange.formats.review_docx.texts import CellText, Change, changes_of, plain_text
from desktop_app.exchange.formats.review_docx.writer import is_furniture
from desktop_app.exchange.limits import Deadline, check_blocks
from desktop_app.exchange.xml import local_name
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message

_SHOWN = 60  # characters of a row that a sentence repeats


def read_review(data: bytes, deadline: Deadline | None = None) -> ReturnedReview:
    """Read a review document that came home.

    Raises:
        InputRefusedError: it is no DOCX, too large, hostile, or it never was a review document of ours.
    """
    time = deadline or Deadline()
    package = open_package(data)
    known = next((found for found in map(read_map, package.maps) if found is not None), None)
    origin = _origin(package, known)
    time.check()
    lines = lines_of(package.document, time)
    check_blocks(len(lines))
    if known is None and not origin.digest and not any(line.key or line.control for line in lines):
        raise InputRefusedError(
            N_("The document is not a review document of this program."),
            advice=N_("Choose one that was exported here, or import the text as a story of its own."),
        )
    home = _Homecoming(lines, known, origin, read_comments(package, known), Asides(package), time)
    return home.review(package.document)


def _origin(package: OpenPackage, known: ReviewMap | None) -> Origin:
    """Which version left: by the map, else by the document's properties, else by what the header shows."""
    if known is not None:
        return known.origin
    values: dict[str, str] = {}
    for one in package.properties if package.properties is not None else ():
        if local_name(one) == "property":
            values[one.get("name", "")] = "".join(map(str, one.itertext())).strip()
    found = Origin.of_properties(values)
    shown = (digest_in(plain_text(header)) for header in package.headers)
    return found if found.digest else replace(found, digest=next(filter(None, shown), ""))


@dataclass(slots=True)
class _Homecoming:
    """Reads the rows one after the other; what is wrong is gathered on the way."""

    lines: list[Line]
    known: ReviewMap | None
    origin: Origin
    notes: dict[str, ReturnedComment]
    asides: Asides
    deadline: Deadline
    problems: list[Problem] = field(default_factory=list)
    rows: list[ReturnedRow] = field(default_factory=list)
    strangers: list[ReturnedRow] = field(default_factory=list)
    parts: dict[RowKey, str] = field(default_factory=dict)

    def review(self, document: etree._Element) -> ReturnedReview:
        by_key = {row.key: row for row in self.known.rows} if self.known is not None else {}
        self.parts = {key: row.part for key, row in by_key.items()}
        owners = self._owners(by_key)
        targets = Targets(self.lines, by_key)
        all_notes = tuple(self.notes.values())
        if self.known is None:
            self._problem(
                ProblemKind.NO_MAP,
                N_("The editor dropped the hidden map of the document; rows are known by their bookmarks alone."),
            )
        for number, line in enumerate(self.lines):
            self.deadline.check()
            if number in owners:
                key, found_by = owners[number]
                shown = _number_of(line, by_key.get(key))
                self._row(line, key, found_by, by_key.get(key), targets.of(number, key, shown))
            else:
                self._stranger(line)
        self._missing(by_key)
        self._unsaid({(one.author, one.text) for one in all_notes if one.known})
        self._reordered(by_key, owners)
        found, comments = outside(document, self.known, self.notes, self.deadline)
        self.problems += found
        comments += self.notes.values()
        return ReturnedReview(
            self.origin, tuple(self.rows), tuple(self.problems), tuple(self.strangers), tuple(comments)
        )

    def _owners(self, by_key: dict[RowKey, MapRow]) -> dict[int, tuple[RowKey, FoundBy]]:
        """Which row is which text: bookmarks first, then controls, then number and source; each text once."""
        found: dict[int, tuple[RowKey, FoundBy]] = {}
        taken: set[RowKey] = set()
        for how in (FoundBy.BOOKMARK, FoundBy.CONTROL):
            for number, line in enumerate(self.lines):
                key = line.key if how is FoundBy.BOOKMARK else line.control
                if key is not None and number not in found and key not in taken:
                    found[number] = key, how
                    taken.add(key)
        free: dict[tuple[str, str], list[RowKey]] = {}
        for key, row in by_key.items():
            if key not in taken:
                free.setdefault((str(row.number), row.source), []).append(key)
        for number, line in enumerate(self.lines):
            if number in found or len(line.cells) != 3:
                continue
            label = line.cells[0].words.split("\n", maxsplit=1)[0].strip()
            keys = free.get((label, line.cells[1].words), [])
            if len(keys) == 1:
                found[number] = keys.pop(), FoundBy.TEXT
        return found

    def _problem(self, kind: ProblemKind, message: Message, key: RowKey | None = None, text: str = "") -> None:
        part, name = (self.parts.get(key) or identity_of(key.code), key.field) if key is not None else ("", "")
        self.problems.append(Problem(kind, message, part, name, text))

    def _row(self, line: Line, key: RowKey, found_by: FoundBy, left: MapRow | None, target: Target) -> None:
        number = _number_of(line, left)
        if self.known is not None and left is None:
            self._problem(
                ProblemKind.UNKNOWN,
                N_("Row {number} belongs to another story or version.", number=number),
                key,
                _words(line),
            )
            self._keep_stranger(line)
            return
        for kind, message, text in target.issues:
            self._problem(kind, message, key, text)
        if target.text is None:
            return
        source = target.source.trimmed().after if target.source is not None else ""
        hashes = line.hashes
        source_hash = text_hash(left.source) if left is not None else hashes.source if hashes is not None else ""
        target_hash = text_hash(left.target) if left is not None else hashes.target if hashes is not None else ""
        if target.source is not None and source_hash and text_hash(source) != source_hash:
            self._problem(
                ProblemKind.SOURCE_CHANGED,
                N_("The source of row {number} was changed in the document; that is not taken over.", number=number),
                key,
                source,
            )
        if line.deleted is not None:
            self._problem(
                ProblemKind.DELETED,
                N_("Row {number} is marked as deleted by {person}.", number=number, person=line.deleted.author),
                key,
            )
        for kind, message, text in self.asides.of(target.text, number):
            self._problem(kind, message, key, text)
        said = _Said(target.text.trimmed(), left, target_hash)
        self.rows.append(
            ReturnedRow(
                left.part if left is not None else identity_of(key.code),
                key.field,
                key.code,
                number,
                found_by,
                source,
                said.before,
                said.text.after,
                source_hash,
                target_hash,
                left.target if left is not None else None,
                said.changes,
                tuple(self._comments(line, target, said.text)),
                bool(target_hash) and text_hash(said.before) != target_hash,
                line.deleted.author if line.deleted is not None else None,
                said.stages,
            )
        )

    def _comments(self, line: Line, target: Target, text: CellText) -> list[ReturnedComment]:
        found = list(placed(text, "target", self.notes))
        if target.source is not None:
            found += placed(target.source, "source", self.notes)
        for cell in line.cells:
            found += placed(cell.text, "target", self.notes, offset=False)
        return found

    def _stranger(self, line: Line) -> None:
        words = _words(line)
        if line.heading or is_furniture([cell.words for cell in line.cells]) or not words:
            return
        key = line.key or line.control
        shown = short(words)
        if key is not None:
            message = N_("A row is in the document twice; the second one is left out: {text}", text=shown)
            self._problem(ProblemKind.COPIED, message, key, words)
        elif self.known is not None:
            message = N_("A row was added that is not in the story: {text}", text=shown)
            self._problem(ProblemKind.STRANGER, message, text=words)
        else:
            message = N_("Nothing in the document tells which row this is: {text}", text=shown)
            self._problem(ProblemKind.STRANGER, message, text=words)
        self._keep_stranger(line)

    def _keep_stranger(self, line: Line) -> None:
        texts = [cell.text.trimmed() for cell in line.cells]
        last = texts[-1] if texts else CellText()
        said = _Said(last, None, "")
        self.strangers.append(
            ReturnedRow(
                "",
                "target",
                "",
                _number_of(line, None),
                FoundBy.NOTHING,
                texts[-2].after if len(texts) > 1 else "",
                said.before,
                last.after,
                changes=said.changes,
                comments=tuple(one for cell in line.cells for one in placed(cell.text, "target", self.notes)),
            )
        )

    def _missing(self, by_key: dict[RowKey, MapRow]) -> None:
        told = {(row.part, row.field) for row in self.rows} | {(one.part, one.field) for one in self.problems}
        for key, row in by_key.items():
            if (row.part, row.field) not in told:
                message = N_(
                    "Row {number} is not in the document any more: {text}",
                    number=row.number,
                    text=short(row.target or row.source),
                )
                self._problem(ProblemKind.MISSING, message, key, row.target)

    def _unsaid(self, there: set[tuple[str, str]]) -> None:
        """Name the comments that left with the document and are not in it any more."""
        for _, note in self.known.notes if self.known is not None else ():
            if (author_of(note.author), note.text.strip()) not in there:
                message = N_("A comment of {person} is not in the document any more; it stays here: {text}",
                             person=note.author, text=short(note.text))  # fmt: skip
                self._problem(ProblemKind.COMMENT_GONE, message, text=note.text)

    def _reordered(self, by_key: dict[RowKey, MapRow], owners: dict[int, tuple[RowKey, FoundBy]]) -> None:
        """Tell when the rows stand in another order than they left in: the story keeps its own."""
        places = {key: place for place, key in enumerate(by_key)}
        found = [places[owners[line][0]] for line in sorted(owners) if owners[line][0] in places]
        if found != sorted(found):
            self._problem(ProblemKind.REORDERED, N_("The rows stand in another order; the story keeps its own order."))


class _Said:
    """What a target cell says: before and after the tracked changes, and those changes."""

    def __init__(self, text: CellText, left: MapRow | None, target_hash: str) -> None:
        self.text = text
        found = changes_of(text.pieces)
        known = _known(found, left)
        if left is None and target_hash and found and text_hash(text.after) == target_hash:
            known = [True] * len(found)  # they left with the document, or they would have changed it
        later: set[int] = set()  # what a new insertion brought, or what had gone when the document left
        for change, own in zip(found, known, strict=True):
            if (change.sign == "+") != own:
                later.update(change.numbers)
        self.before = "".join(piece.text for number, piece in enumerate(text.pieces) if number not in later)
        self.changes = tuple(
            TrackedChange(
                "insert" if change.sign == "+" else "delete",
                change.text,
                change.mark.author,
                change.mark.when,
                change.at,
                change.mark.moved,
                own,
            )
            for change, own in zip(found, known, strict=True)
        )
        self.stages = stages_of(text.pieces, found, known)


def _known(found: list[Change], left: MapRow | None) -> list[bool]:
    """Which changes were in the document when it left."""
    stock = Counter((one.sign, one.text, author_of(one.author)) for one in (left.changes if left is not None else ()))
    known = []
    for change in found:
        name = change.sign, change.text, change.mark.author.strip()
        known.append(stock[name] > 0)
        stock[name] -= 1
    return known


def _number_of(line: Line, left: MapRow | None) -> str:
    if left is not None:
        return str(left.number)
    return line.cells[0].words.split("\n", maxsplit=1)[0].strip()[:_SHOWN] if line.cells else ""


def _words(line: Line) -> str:
    return "\n".join(filter(None, (cell.words for cell in line.cells)))
