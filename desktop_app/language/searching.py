"""What a search looks for: words and runs of Chinese, how an index spells them, and where a text has them.

A text is compared in compatibility form (NFKC) without letter case and accents. Chinese is found by any part of a run,
other scripts by whole words; punctuation between words counts for nothing. The index holds Chinese as overlapping
character bigrams, because tokenizers take a run for one word; the last character of a run is added alone, so that
one character is found by the bigram it begins or as the end of a run.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import add

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_RUN = re.compile(f"[{_HAN}]+")
_TOKEN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_PIECE = re.compile(r'["“”„‟]([^"“”„‟]*)["“”„‟]|([^\s"“”„‟]+)')
_LONGEST = 500  # characters of a query that are looked at
_MOST = 24  # phrases of a query that are looked at
# Between two texts of one document: no phrase reaches over it. In the index it is a word that no query can name.
SEPARATOR = "\x1e"
_BOUNDARY = " \ue000 "
_GAP = r"(?:_|[^\w\x1e])"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side, folded. ``open``: the last word may go on ("univ" finds "university")."""

    words: tuple[str, ...]
    open: bool = False

    @property
    def unfinished(self) -> bool:
        """Whether it ends in the beginning of a word or in one Chinese character: in many words of an index at once."""
        last = self.words[-1]
        return self.open or (len(last) == 1 and is_han(last))

    def closed(self) -> "Phrase":
        """The same, with the last word as it stands."""
        return Phrase(self.words)


def finished(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """What of these phrases stands whole: every text that has them has that too."""
    whole = (Phrase(phrase.words[:-1]) if phrase.unfinished else phrase for phrase in phrases)
    return tuple(phrase for phrase in whole if phrase.words)


def is_han(text: str) -> bool:
    """Whether a text begins with a Chinese character."""
    return _RUN.match(text) is not None


def _bigrams(found: re.Match[str]) -> str:
    run = found.group()
    if len(run) == 1:
        return f" {run} "
    return f" {' '.join(map(add, run, run[1:]))} {run[-1]} "


def spelled(text: str) -> str:
    """Write a text, or texts with ``SEPARATOR`` between them, for the index: Chinese as bigrams.

    Case, accents and punctuation are the tokenizer's work.
    """
    if not text.isascii():
        text = _RUN.sub(_bigrams, unicodedata.normalize("NFKC", text))
    return text.replace(SEPARATOR, _BOUNDARY)


def spelled_phrase(phrase: Phrase) -> str:
    """Write a phrase the way it stands in the index; of its last run of Chinese more may follow."""
    *before, last = phrase.words
    pieces = [spelled(word).strip() for word in before]
    pieces.append(" ".join(map(add, last, last[1:])) if is_han(last) and len(last) > 1 else last)
    return " ".join(pieces)


def parsed(query: str, *, open_end: bool = False) -> tuple[Phrase, ...]:
    """Read what a person typed: every piece between spaces is a phrase, quotation marks hold words together.

    A star at its end leaves a piece open, and ``open_end`` the last one, as somebody may still be typing it.
    """
    query = unicodedata.normalize("NFKC", query[:_LONGEST])
    phrases: list[Phrase] = []
    closed = False
    for piece in _PIECE.finditer(query):
        closed = piece.group(1) is not None
        phrase = phrase_of(piece.group(1) if closed else piece.group(2))
        if phrase is not None:
            phrases.append(phrase)
    del phrases[_MOST:]
    if open_end and phrases and not closed:
        phrases[-1] = Phrase(phrases[-1].words, _may_go_on(phrases[-1].words))
    return tuple(phrases)


def phrase_of(text: str) -> Phrase | None:
    """Take a text for one phrase; None where it has no word."""
    words = tuple(_TOKEN.findall(folded(unicodedata.normalize("NFKC", text[:_LONGEST]))[0]))
    return Phrase(words, text.endswith("*") and _may_go_on(words)) if words else None


def _may_go_on(words: tuple[str, ...]) -> bool:
    return not is_han(words[-1])


def joined(phrases: tuple[Phrase, ...]) -> Phrase:
    """All phrases one after the other as a single one."""
    return Phrase(tuple(word for phrase in phrases for word in phrase.words), phrases[-1].open)


class _Folds(dict[int, str]):
    """Every character's compatibility form in lower case, Latin letters without their accents, found once.

    ``odd`` has those that become none or several.
    """

    def __init__(self) -> None:
        super().__init__()
        self.odd: set[str] = set()

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        self[code] = folded = "".join(_unaccented(character) for character in plain)
        if len(folded) != 1:
            self.odd.add(chr(code))
        return folded


def _unaccented(character: str) -> str:
    """The letter under an accent, nothing for an accent alone: what ``remove_diacritics 2`` of SQLite does."""
    if "\u0300" <= character <= "\u036f":
        return ""
    letter = unicodedata.normalize("NFD", character)[0]
    return letter if letter.isascii() and letter.isalpha() else character


_FOLDS = _Folds()
# Where a letter or digit may stand that is folded to something else than its lower case.
_FOLDS_OTHERWISE = re.compile(
    "[\xaa\xb2-\xb5\xb9-\xd6\xd8-\u1fff\u2070-\u20a8\u2100-\u2189\u2460-\u24ea\u2c7c-\u2fd5\u3038-\u303a\u309f\u30ff"
    "\u3131-\u33ff\ua69c-\uab69\uf900-\ufdfc\ufe70-\ufefc\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc"
    "\U00010781-\U0001fbf9\U0002f800-\U0002fa1d]"
)


def folded(text: str) -> tuple[str, list[int] | None]:
    """Return a text in the form it is compared in, and where each of its characters comes from; None: as it stands."""
    if text.isascii():
        return text.lower(), None
    plain = text.translate(_FOLDS)
    if _FOLDS.odd.isdisjoint(text):
        return plain, None
    places = [i for i, c in enumerate(text) for _ in _FOLDS[ord(c)]]
    return plain, places


_LETTER = rf"[^\W_{_HAN}]"
_IS_LETTER = re.compile(_LETTER)


@lru_cache(maxsize=256)
def _after_first(phrase: Phrase) -> re.Pattern[str]:
    """What follows the first word of a phrase where a text has it."""
    pieces: list[str] = []
    for before, word in pairwise(phrase.words):
        pieces += [f"{_GAP}*" if is_han(word) != is_han(before) else f"{_GAP}+", re.escape(word)]
    if not is_han(phrase.words[-1]):
        pieces.append(f"{_LETTER}*" if phrase.open else f"(?!{_LETTER})")
    return re.compile("".join(pieces))


def spans_of(text: str, phrases: tuple[Phrase, ...]) -> tuple[Span, ...]:
    """Where a text has the phrases: half-open ranges in order that do not overlap."""
    plain, places = folded(text)
    found = sorted(_found(plain, phrases))
    if places is not None:
        # What an accent written apart adds belongs to its letter.
        ends = [*places, len(text)]
        found = [(places[start], ends[end]) for start, end in found]
    spans: list[Span] = []
    for start, end in found:
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return tuple(spans)


def _found(plain: str, phrases: tuple[Phrase, ...]) -> Iterator[Span]:
    for phrase in phrases:
        first, rest = phrase.words[0], _after_first(phrase)
        begins_anywhere = is_han(first)
        at = plain.find(first)
        while at >= 0:
            fits = begins_anywhere or not at or _IS_LETTER.match(plain, at - 1) is None
            if fits and (found := rest.match(plain, at + len(first))) is not None:
                yield at, found.end()
            at = plain.find(first, at + 1)


def texts_with(document: str, phrase: Phrase) -> Iterator[int]:
    """Which of the texts of a document have a phrase, in order: their numbers, perhaps more than once.

    What is written as it was asked for is looked for first: folding a whole document takes ten times as long.
    """
    found = False
    plain = document if all(map(is_han, phrase.words)) else document.lower()
    for start, _end in _found(plain, (phrase,)):
        found = True
        yield plain.count(SEPARATOR, 0, start)
    if not found and _FOLDS_OTHERWISE.search(document) is not None:
        plain = folded(document)[0]
        for start, _end in _found(plain, (phrase,)):
            yield plain.count(SEPARATOR, 0, start)


def has(document: str, phrase: Phrase) -> bool:
    """Whether any text of a document has a phrase."""
    return next(texts_with(document, phrase), None) is not None


def excerpt(text: str, spans: tuple[Span, ...], room: int = 120) -> tuple[str, tuple[Span, ...]]:
    """Cut a piece of at most ``room`` characters and two ellipses around the first hit; return it and its hits.

    White space is told as single spaces. A cut falls between words where one is near.
    """
    text = re.sub(r"\s", " ", text)
    if len(text) <= room:
        return text, spans
    first, last = spans[0] if spans else (0, 0)
    start = max(0, min(first - max(0, room - (last - first)) // 3, len(text) - room))
    end = min(len(text), start + room)
    if start and (gap := text.find(" ", start - 1, min(first, start + 15))) >= 0:
        start = gap + 1
    if end < len(text) and (gap := text.rfind(" ", max(min(last, end), end - 15), end + 1)) >= 0:
        end = gap
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    kept = tuple((max(a, start) + shift, min(b, end) + shift) for a, b in spans if a < end and b > start)
    return f"{before}{text[start:end]}{after}", kept
