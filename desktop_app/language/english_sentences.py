"""Sentence boundaries of English and other Western text: sentencex proposes, rules of the newsroom correct.

What sentencex 1.0 gets wrong for us: list numbers are sentences of their own, addresses with capitals are cut,
and a clause after a quoted question is cut off.
"""

import re
from itertools import pairwise

import sentencex  # type: ignore[import-untyped] # 1.0.32 ships no types

from desktop_app.language.addresses import address_spans

_LIST_MARK = re.compile(r"^\s*[•⁃*·-]?\s*(?:\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[.)]{1,2})\s*$")
_NUMBERED = re.compile(r"(?:^|(?<=\s))(?:([•⁃])\s*)?(\d{1,2}|[a-z])(\.\)|[.)])(?=\s*\S)")
_TITLE = re.compile(
    r"(?:^|[\s(“\"'‘]|\.(?:jpe?g|png|gif))(?:Mr|Mrs|Ms|Dr|Prof|Profs|Assoc|Asst|Gen|Col|Sgt|Capt|Lt|Rev|Hon|Sen|Rep|Gov|Pres|St|Mt|Ft|No|Nos|Vol|"
    r"Fig|Figs|Eq|Sec|Art|Ch|pp?|vs|cf|e\.g|i\.e|viz|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Dept|Univ|Inst)\.\s*$"
)
_REPORTING = re.compile(
    r"^(?:(?:Prof|Dr|Mr|Mrs|Ms)\.\s*)?(?:[A-Z][\w’'-]+\s+){1,4}"
    r"(?:said|says|asked|added|explained|noted|told|replied|wrote|recalled|remarked|continued)\b"
)
_QUOTED_STOP = re.compile(r"[.!?…][\"”’']\s*$")
_NO_SPACE_BEFORE = re.compile(r"(?:[a-z0-9%)\]”\"’]|[A-Za-z][A-Za-z])[.!?…]+[)\]”\"’]*$")
_NO_SPACE_AFTER = re.compile(r"^[(“\"‘]?(?:[A-Z][a-z]|[AI]\s|[A-Z]{2,}\b)")
_MISSING_SPACE = re.compile(
    r"(?:[a-z)%][a-z)%”\"’]|[A-Z]{2}|\d\d)([.!?][”\"’)]*)(?=[“‘(]?(?:[A-Z][a-z]+[\s,’']|[AI]\s))"
)
_FULL_WIDTH_STOP = re.compile(r"[。！？．｡][”’\"')）]*$")
_ASIDE = re.compile(r"(?:^|(?<=[.!?]\s))\([^()]*[.!?]\)\s+(?=[“\"‘(]?[A-Z])")
_INITIALISM = re.compile(r"\b(?:[A-Z]\.){2,}\s+(?=(?:I|We|He|She|It|They|The|This|That|These|There)\s)")
_LETTER_A = 1001
_PARAGRAPH = re.compile(r"[^\S\n]*\n[^\S\n]*\n\s*")
_TRAILING_SPACE = re.compile(r"\s*$")


class WesternSegmenter:
    """Splits text of a language whose sentences end with a full stop and a space."""

    def __init__(self, language: str = "en") -> None:
        self._language = language

    def split(self, text: str) -> list[str]:
        """Return the sentences of ``text`` as slices."""
        if not text:
            return []
        protected = address_spans(text)
        offsets = self._proposed(text) | _paragraph_ends(text)
        offsets |= {match.end() for rule in (_ASIDE, _INITIALISM) for match in rule.finditer(text)}
        offsets |= {m.end() for m in _MISSING_SPACE.finditer(text) if not _TITLE.search(text[: m.end()][-12:])}
        offsets = {place for place in offsets if not any(first < place < last for first, last in protected)}
        listed = _list_starts(text)
        pieces: list[str] = []
        start = 0
        for place in sorted(offsets | listed):
            if place <= start or place >= len(text):
                continue
            if place in listed or not _is_false(text, start, place):
                pieces.append(text[start:place])
                start = place
        pieces.append(text[start:])
        return pieces

    def _proposed(self, text: str) -> set[int]:
        """Sentencex's boundaries, moved behind the whitespace that follows them."""
        offsets: set[int] = set()
        pieces = sentencex.segment(self._language, text)
        if "".join(pieces) != text:
            return offsets  # a text it cannot give back is not cut
        place = 0
        for piece in pieces:
            place += len(piece)
            offsets.add(_after_space(text, place))
        return offsets


def _after_space(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _paragraph_ends(text: str) -> set[int]:
    return {match.end() for match in _PARAGRAPH.finditer(text)}


def _list_starts(text: str) -> set[int]:
    """Where the items of a numbered run ("1. … 2. … 3. …") begin; empty unless it counts from its first number."""
    marks = list(_NUMBERED.finditer(text))
    if len(marks) < 2:
        return set()
    runs: list[list[re.Match[str]]] = [[marks[0]]]
    for before, mark in pairwise(marks):
        follows = _rank(mark) == _rank(before) + 1 and mark[3] == before[3] and mark[1] == before[1]
        if follows:
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return {
        mark.start()
        for run in runs
        if len(run) > 1 and (_rank(run[0]) in {1, _LETTER_A} or run[0][1])
        and _begins_item(text, run[0].start()) and all(_opens_item(text, mark) for mark in run)
        for mark in run
    }  # fmt: skip


def _begins_item(text: str, place: int) -> bool:
    before = text[:place].rstrip()
    return before == "" or before[-1] in ".!?:;"


def _opens_item(text: str, mark: re.Match[str]) -> bool:
    return mark[3] == ")" or text[mark.end() :].lstrip()[:1].isupper()


def _rank(mark: re.Match[str]) -> int:
    """A list mark's place in its list; letters count from a thousand so that "1. b." is no run."""
    return int(mark[2]) if mark[2].isdigit() else _LETTER_A + ord(mark[2]) - ord("a")


def _is_false(text: str, start: int, place: int) -> bool:
    """Whether the proposed boundary at ``place`` lies inside the sentence that began at ``start``."""
    piece, following = text[start:place], text[place:]
    if piece.strip() == "" or _LIST_MARK.match(piece):
        return True
    gap = _TRAILING_SPACE.search(piece)
    if gap is not None and gap.group().count("\n") > 1:
        return False
    if not piece[-1].isspace():
        if _FULL_WIDTH_STOP.search(piece[-4:]):
            return False
        return _NO_SPACE_BEFORE.search(piece[-8:]) is None or _NO_SPACE_AFTER.match(following) is None
    if following[0].islower() and not re.match(r"[a-z]{1,2}[A-Z]", following):  # iPhone and eBay may begin one
        return True
    if following.startswith(("-- ", "– ", "— ")) or re.match(r"- [a-z]", following):
        return True
    if _TITLE.search(piece[-16:]):
        return _stays_with_next(piece, following)
    return _QUOTED_STOP.search(piece[-6:]) is not None and _REPORTING.match(following) is not None


_MAYBE_WORD = re.compile(r"(?:^|[\s(])(?:No|Art|Mar|Sec|St|Ft|Ch|p|pp|Inst)\.\s*$")


def _stays_with_next(piece: str, following: str) -> bool:
    """Whether an abbreviation that ends ``piece`` needs what follows; "No." and its like need a number."""
    if _MAYBE_WORD.search(piece[-16:]):
        return following[:1].isdigit()
    return True
