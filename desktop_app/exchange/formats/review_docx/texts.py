"""The text of a table cell as an editor left it: pieces that stay, came or went, and what stands between them.

Runs, styles and fields are looked through; a paragraph's end inside a cell is a line break. Everything that holds text
is gone into, whatever it is called, so that no word is lost to an element that nobody thought of.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from lxml import etree

from desktop_app.exchange.formats.review_docx.markup import child, word_name, word_value
from desktop_app.exchange.formats.review_docx.terms import MC, W16DU
from desktop_app.exchange.xml import XML_SPACE

_INSERTED = frozenset({"ins", "moveTo"})
_DELETED = frozenset({"del", "moveFrom"})
_MOVED = frozenset({"moveTo", "moveFrom"})
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_THINGS = frozenset({"drawing", "pict", "object", "altChunk", "subDoc"})
_NO_TEXT = frozenset({"instrText", "delInstrText", "annotationRef", "footnoteRef", "endnoteRef", "rt", "sectPr"})
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_PRIVATE = range(0xE000, 0xF900)
_NO_DATE = "0-00-00"  # what LibreOffice writes where there is none

_DUMMY = "\u200d"  # LibreOffice tracks an empty cell of a row that came or went by this

Kind = Literal[
    "bookmark", "tag", "comment begins", "comment ends", "comment", "footnote", "endnote", "box", "struck"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """Who tracked a change, when as the file says it, and whether the words were moved."""

    author: str
    when: str
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text; ``came`` and ``went`` are its changes. ``end`` says that it is the end of a paragraph."""

    text: str
    came: Mark | None = None
    went: Mark | None = None
    end: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Something that stands before the piece number ``at``."""

    at: int
    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class CellText:
    """What a cell says. ``left_out`` names what is no text (``drawing``)."""

    pieces: tuple[Piece, ...] = ()
    events: tuple[Event, ...] = ()
    left_out: frozenset[str] = frozenset()

    @property
    def after(self) -> str:
        """The text with every change accepted."""
        return "".join(piece.text for piece in self.pieces if piece.went is None)

    def names(self, kind: Kind) -> list[Event]:
        """The events of one kind."""
        return [event for event in self.events if event.kind == kind]

    def cut(self, start: int, end: int) -> "CellText":
        """The pieces from ``start`` to before ``end`` with what stands among them."""
        events = (replace(one, at=one.at - start) for one in self.events if start <= one.at < end)
        return CellText(self.pieces[start:end], tuple(events), self.left_out)

    def paragraph_start(self, at: int) -> int:
        """The number of the first piece of the paragraph that the piece ``at`` is in."""
        while at > 0 and not self.pieces[at - 1].end:
            at -= 1
        return at

    def trimmed(self) -> "CellText":
        """The text without empty paragraphs before and behind it, which editors add as they like."""
        full = [number for number, piece in enumerate(self.pieces) if not piece.end]
        start, end = (full[0], full[-1] + 1) if full else (0, 0)
        events = tuple(replace(one, at=min(max(one.at - start, 0), end - start)) for one in self.events)
        return CellText(self.pieces[start:end], events, self.left_out)


def joined(texts: Iterable[CellText]) -> CellText:
    """Several cells' texts one after the other, a line each."""
    pieces: list[Piece] = []
    events: list[Event] = []
    left_out: frozenset[str] = frozenset()
    for text in texts:
        if pieces and text.pieces:
            pieces.append(Piece("\n", end=True))
        events += [replace(one, at=one.at + len(pieces)) for one in text.events]
        pieces += text.pieces
        left_out |= text.left_out
    return CellText(tuple(pieces), tuple(events), left_out)


def moment_text(element: etree._Element) -> str:
    """The moment of a change or comment: in UTC where the file has that, else as the editor wrote it; may be empty."""
    found = element.get(f"{{{W16DU}}}dateUtc") or word_value(element, "date")
    return "" if found.startswith(_NO_DATE) else found[:40]


def mark_of(element: etree._Element) -> Mark:
    """Who made a tracked change."""
    return Mark(word_value(element, "author"), moment_text(element), word_name(element) in _MOVED)


def cell_text(cell: etree._Element, is_ours: Callable[[etree._Element], bool]) -> CellText:
    """Read a cell; a table in it for which ``is_ours`` is true has rows of its own and is left out."""
    return _Reading(is_ours).read(cell)


def plain_text(element: etree._Element) -> str:
    """The text of a part with every change accepted: a comment, a header."""
    return cell_text(element, lambda _: False).trimmed().after


@dataclass(slots=True)
class _Reading:
    is_ours: Callable[[etree._Element], bool]
    pieces: list[Piece] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    came: Mark | None = None
    went: Mark | None = None
    fields: list[str] = field(default_factory=list)
    last_end: Piece | None = None

    def read(self, cell: etree._Element) -> CellText:
        self._inside(cell)
        return CellText(tuple(self.pieces), tuple(self.events), frozenset(self.left_out))

    def _inside(self, element: etree._Element) -> None:
        for inner in element:
            self._element(inner, word_name(inner))

    def _element(self, element: etree._Element, name: str) -> None:
        if name == "p":
            self._paragraph(element)
        elif name in {"t", "delText", _MATH}:
            self._words(element)
        elif name in _SIGNS:
            self._say(_SIGNS[name])
        elif name == "sym":
            self._symbol(element)
        elif name in _THINGS:
            self._thing(element, name)
        elif name == "fldChar":
            self._field(word_value(element, "fldCharType"))
        elif name in _INSERTED or name in _DELETED:
            self._change(element, name)
        elif name == f"{{{MC}}}AlternateContent":
            if len(element):
                self._inside(element[0])
        elif name == "tbl":
            if not self.is_ours(element):
                self.left_out.add(name)
                self._inside(element)
        elif not (self._event(element, name) or name in _NO_TEXT or name.endswith("Pr")):
            self._inside(element)

    def _event(self, element: etree._Element, name: str) -> bool:
        """Note what stands between words; a content control is gone into all the same."""
        kinds: dict[str, tuple[Kind, str]] = {
            "bookmarkStart": ("bookmark", "name"),
            "commentRangeStart": ("comment begins", "id"),
            "commentRangeEnd": ("comment ends", "id"),
            "commentReference": ("comment", "id"),
            "footnoteReference": ("footnote", "id"),
            "endnoteReference": ("endnote", "id"),
        }
        if name == "sdt":
            tag = word_value(child(element, "sdtPr", "tag"))
            if tag:
                self.events.append(Event(len(self.pieces), "tag", tag))
            return False
        if name not in kinds:
            return False
        kind, attribute = kinds[name]
        self.events.append(Event(len(self.pieces), kind, word_value(element, attribute)))
        return True

    def _paragraph(self, element: etree._Element) -> None:
        """A paragraph's own mark may be tracked: then its end came or went."""
        if self.last_end is not None:
            self.pieces.append(self.last_end)
        properties = child(element, "pPr", "rPr")
        came = went = None
        for inner in properties if properties is not None else ():
            name = word_name(inner)
            came = mark_of(inner) if name in _INSERTED else came
            went = mark_of(inner) if name in _DELETED else went
        self.last_end = None
        self._inside(element)
        self.last_end = Piece("\n", came or self.came, went or self.went, end=True)

    def _thing(self, element: etree._Element, name: str) -> None:
        """Something that is no text of the cell; words in it, as in a text box, are told."""
        words = "".join(one.text or "" for one in element.iter(etree.Element) if word_name(one) == "t")
        if words.strip():
            self.events.append(Event(len(self.pieces), "box", words.strip()))
        else:
            self.left_out.add(name)

    def _words(self, element: etree._Element) -> None:
        text = element.text or ""
        if _is_struck(element.getparent()) and text.strip() and self.went is None:
            self.events.append(Event(len(self.pieces), "struck", text.strip()))
        if element.get(XML_SPACE) != "preserve":
            text = text.strip(" \t\r\n")
        self._say(text.replace("\r\n", " ").replace("\n", " ").replace("\r", " "))

    def _say(self, text: str) -> None:
        if text == _DUMMY and (self.came or self.went):
            return
        if text and "code" not in self.fields:
            self.pieces.append(Piece(text, self.came, self.went))

    def _symbol(self, element: etree._Element) -> None:
        """A sign of a symbol face has no meaning outside it; it is shown as unknown and told."""
        try:
            code = int(word_value(element, "char"), 16)
        except ValueError:
            code = 0xE000
        known = 0x20 <= code < 0xD800 or _PRIVATE.stop <= code < 0xFFFE
        self._say(chr(code) if known else "\ufffd")
        if not known:
            self.left_out.add("sym")

    def _field(self, kind: str) -> None:
        """Of a field only its value is text, not its code."""
        if kind == "begin":
            self.fields.append("code")
        elif kind == "separate" and self.fields:
            self.fields[-1] = "value"
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _change(self, element: etree._Element, name: str) -> None:
        came, went = self.came, self.went
        if name in _INSERTED:
            self.came = mark_of(element)
        else:
            self.went = mark_of(element)
        self._inside(element)
        self.came, self.went = came, went


def _is_struck(run: etree._Element | None) -> bool:
    """Whether a run is formatted as struck through, which some people do in place of deleting."""
    if run is None or word_name(run) != "r":
        return False
    found = child(run, "rPr", "strike")
    found = found if found is not None else child(run, "rPr", "dstrike")
    return found is not None and word_value(found) not in {"0", "false", "off"}


@dataclass(slots=True)
class Change:
    """Neighbouring pieces of one change; ``at`` is where they are in the text with all accepted."""

    sign: Literal["+", "-"]
    mark: Mark
    words: list[str]
    at: int
    numbers: list[int]

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(self.words)


def changes_of(pieces: Sequence[Piece]) -> list[Change]:
    """The tracked changes, in order of where they begin; what came and went again is both."""
    found: list[Change] = []
    open_ones: dict[str, Change] = {}
    at = 0
    for number, piece in enumerate(pieces):
        for sign, mark in _signs(piece):
            last = open_ones.get(sign)
            if last is not None and last.mark == mark and last.numbers[-1] == number - 1:
                last.words.append(piece.text)
                last.numbers.append(number)
            elif mark is not None:
                open_ones[sign] = Change(sign, mark, [piece.text], at, [number])
                found.append(open_ones[sign])
        at += len(piece.text) if piece.went is None else 0
    return found


def _signs(piece: Piece) -> Iterator[tuple[Literal["+", "-"], Mark | None]]:
    if piece.came is not None:
        yield "+", piece.came
    if piece.went is not None:
        yield "-", piece.went
