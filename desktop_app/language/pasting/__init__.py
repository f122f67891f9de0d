"""Text from elsewhere as a segment takes it: one paragraph of clean characters, whatever program it was copied from.

Word, web pages and PDF files bring what no newspaper prints: no-break spaces, soft hyphens, zero-width characters,
marks of writing direction, ligatures, bullets, tabs, lines broken within the sentence, words cut at their ends. Spaces
of every kind become ordinary ones: where lines may break is decided when the page is set, not in its text. Curly
quotes and dashes stay.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.domain.edits import clean
from desktop_app.language.pasting.markup import paragraphs_of_markup

MOST = 200_000  # characters of one paste; a story has some 3,000
_MOST_MARKUP = 6_000_000  # characters of HTML that are looked at; Word brings 50,000 of styles with every word

Known = Callable[[str], bool]

_BREAKS = re.compile("[\r\n\x0b\x0c\x85\u2028\u2029]+")
_LINES = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_FIELD = re.compile("\x13[^\x13-\x15]*[\x14\x15]")  # Word's code of a field; its result stands behind it
_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\x07]+")
_AROUND_BREAK = re.compile("[ \u3000]?(?:\n[ \u3000]?)+")
_CUT_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,40})(?:[-\u2010]|\u00ad)\n([^\W\d_]{1,40})")
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_EMOJI = "\u2600-\u27bf\U0001f000-\U0001faff"
_JOINER = re.compile(f"\u200d(?![{_EMOJI}])|(?<![{_EMOJI}\ufe0f])\u200d")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_OTHER = {0x1E: "-", 0x1F: "", 0x2010: "-", 0x2011: "-", **_LIGATURES}
_BULLET = re.compile("^(?:[•●○▪▫■□◦‣⁃➢➤✓✔\uf0a7\uf0b7\uf0d8\uf0fc\uf076] ?|[·o§Ø] {2,})")
_PRIVATE = re.compile("[\uf000-\uf0ff]")  # glyphs of Symbol and Wingdings, which no other font has
_END = re.compile("[.!?。！？…;；:：][\"'”’)）」』]*$")
_HAN_SIDE = re.compile("[\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]")
_WIDE = 120  # characters; longer lines are paragraphs, no lines of a page


@dataclass(frozen=True, slots=True)
class Pasted:
    """What is put in, and of how many paragraphs it was made."""

    text: str
    paragraphs: int


def without_breaks(text: str) -> str:
    """Return the very characters of a text but for its line breaks: they become spaces, those at the ends go."""
    pieces = [piece for piece in _BREAKS.split(text.strip("\r\n\x0b\x0c\x85\u2028\u2029")) if piece]
    last = len(pieces) - 1
    for place, piece in enumerate(pieces):
        begun = piece.lstrip(" \t") if place else piece
        pieces[place] = begun.rstrip(" \t") if place < last else begun
    return " ".join(piece for piece in pieces if piece)


def pasted(plain: str, markup: str = "", *, known: Known | None = None) -> Pasted:
    """Return one clean paragraph of what a clipboard holds as plain text and as HTML.

    The HTML is preferred where it has the same words: it knows paragraphs from lines, and lists from their bullets.
    ``known`` says whether a word is in the dictionary; it decides whether a hyphen at a line's end was put there by
    the setting. The space at either end of the plain text goes.
    """
    paragraphs: list[str] = []
    if markup and len(markup) <= _MOST_MARKUP:
        told = [clean_line(one, known=known) for one in paragraphs_of_markup(markup)]
        told = [one for one in told if one]
        if told and (not plain.strip() or _same_words(told, plain)):
            paragraphs = told
    if not paragraphs:
        paragraphs = [one for one in (clean_line(one, known=known) for one in _paragraphs(plain)) if one]
    return Pasted(_joined(paragraphs), len(paragraphs))


def clean_line(text: str, *, known: Known | None = None) -> str:
    """Return a text as one clean line: NFC, single ordinary spaces, no bullet before it, nothing unseen in it."""
    text = _SPACES.sub(_space, _FIELD.sub("", text))
    text = _AROUND_BREAK.sub("\n", _LINES.sub("\n", text)).strip(" \n\u3000")
    text = _CUT_WORD.sub(lambda cut: _mended(cut, known), text)
    text = _LIGATURED.sub(lambda one: _OTHER[ord(one.group())], text)
    text = _PRIVATE.sub("", _BULLET.sub("", text))
    text = _JOINER.sub("", _INVISIBLE.sub("", text))
    text = _joined(text.split("\n")) if "\n" in text else text
    text = unicodedata.normalize("NFC", clean(text))
    return re.sub(" {2,}", " ", text).strip(" \u3000")


_LIGATURED = re.compile("[\x1e\x1f\u2010\u2011\ufb00-\ufb06]")


def _space(run: re.Match[str]) -> str:
    """One space for many; a bullet is told by the gap behind it, so two are left of those."""
    return "  " if len(run.group()) > 1 or run.group() in "\t\u00a0" else " "


def _mended(cut: re.Match[str], known: Known | None) -> str:
    """A word whose two halves stand on two lines: in one piece, or with the hyphen that belongs to it."""
    first, second = cut.groups()
    whole = first + second
    if cut.group()[len(first)] == "\u00ad":
        return whole
    if not second[0].islower():
        return f"{first}-{second}"
    return whole if known is None or known(whole) or known(whole.lower()) else f"{first}-{second}"


def _paragraphs(plain: str) -> list[str]:
    """The paragraphs of plain text: parted by blank lines; else each line, where none of a page's narrow lines."""
    lines = [line.strip(" \t\u00a0") for line in _LINES.split(plain)]
    longest = max(map(len, lines))
    wrapped = longest <= _WIDE
    found: list[list[str]] = [[]]
    blank = any(not line for line in lines[1:-1])
    for line in lines:
        if not line:
            found.append([])
            continue
        found[-1].append(line)
        if blank:
            continue
        if not wrapped or (_END.search(line[-8:]) and len(line) < 0.8 * longest) or _is_item(line):
            found.append([])
    return ["\n".join(one) for one in found if one]


def _is_item(line: str) -> bool:
    return _BULLET.match(_SPACES.sub(_space, line)) is not None


def _joined(pieces: list[str]) -> str:
    """Pieces as one text: a space between words, nothing between Chinese characters."""
    text = ""
    parts: list[str] = []
    for piece in pieces:
        if not piece:
            continue
        if parts and not (_HAN_SIDE.match(piece) and _HAN_SIDE.match(text[-1])):
            parts.append(" ")
        parts.append(piece)
        text = piece
    return "".join(parts)


def _same_words(paragraphs: list[str], plain: str) -> bool:
    """Whether all of these stand in the plain text, one after the other, and are most of it."""
    letters = _letters(clean_line(_LINES.sub(" ", plain)))
    at = total = 0
    for paragraph in paragraphs:
        wanted = _letters(paragraph)
        at = letters.find(wanted, at)
        if at < 0:
            return False
        at += len(wanted)
        total += len(wanted)
    return total >= 0.6 * len(letters)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
