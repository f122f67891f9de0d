"""Finding a text or a regular expression in one text after the other, as find and replace does: exactly, and in time.

Unlike a search for words, every character counts. Texts are compared composed (NFC), so that an accent written apart
is found by its letter with the accent, and no hit ends inside what a reader takes for one character: a letter with its
accents, a pair of flags, an emoji with its skin tone. A regular expression is Python's, and is taken only if it cannot
take long, whatever text it meets; texts that are too long for it are left out, and the caller can say so.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import NamedTuple

from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_, Message
from desktop_app.language.clusters import is_edge, may_join, widened
from desktop_app.language.patterns import LONGEST_TEXT, CostlyError, bounded
from desktop_app.language.searching import folded

LONGEST_QUERY = 400  # characters; no word, sentence or sound expression is longer
_MOST_STEPS = 20_000_000  # over one text: a fifth of a second of Python's regular expressions at worst
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_LETTER = rf"[^\W{_HAN}]"  # of a word between spaces: Chinese has none
_FLAGS = re.compile(r"\(\?[aimsux]+\)")
_WIDEST_SETS = 100_000  # characters that sets of one expression may span: each is looked up in both cases
_POSITION = re.compile(r" at position (\d+)")  # at the end of what Python warns of
_RANGE = re.compile(r"(.)-(?:(\\[uUx][0-9a-fA-F]+)|(.))", re.DOTALL)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for, and how.

    ``case``: letter case counts; ``words``: whole words only, which Chinese has none of; ``regex``: ``text`` is a
    regular expression; ``fold``: accents and full width count for nothing (of plain text without ``case`` alone).
    """

    text: str = ""
    case: bool = False
    words: bool = False
    regex: bool = False
    fold: bool = False


class BadPatternError(WrongUsageError):
    """What was typed is no expression that can be looked for; ``at`` is the character where it goes wrong, if known."""

    def __init__(self, reason: Message, *, at: int | None = None, advice: Message | None = None) -> None:
        """Keep where it is as the place too, counted from 1."""
        super().__init__(reason, place="" if at is None else N_("character {n}", n=at + 1), advice=advice)
        self.at = at


class Found(NamedTuple):
    """One hit: a half-open range of the text, and the match in its compared form."""

    start: int
    end: int
    match: re.Match[str]


class Matcher:
    """A query made ready.

    Raises:
        BadPatternError: it is empty, no regular expression, or one that could take too long.
    """

    def __init__(self, query: Query) -> None:
        self.query = query
        self._folds = query.fold and not query.regex and not query.case
        self._pattern, steps = _compiled(query, folds=self._folds)
        self.longest = isqrt(_MOST_STEPS * LONGEST_TEXT // steps) if steps >= LONGEST_TEXT else None
        self.groups = self._pattern.groups if query.regex else 0
        self.names = self._pattern.groupindex if query.regex else {}
        plain = query.text.isascii() and not query.regex and not self._folds
        self.held = _held(query.text) if plain else None
        """Of these every text with a hit has one as it is stored, the case of ASCII aside; None: that is not known."""

    def takes(self, text: str) -> bool:
        """Whether a text is short enough for the expression; what is too long is never found in."""
        return self.longest is None or len(text) <= self.longest

    def find(self, text: str) -> list[Found]:
        """Every place, in order; they do not overlap, and none is empty."""
        if not self.takes(text):
            return []
        if text.isascii() and not self._folds:
            return [
                Found(*match.span(), match) for match in self._pattern.finditer(text) if match.end() > match.start()
            ]
        return list(self._find_mapped(text))

    def spans(self, text: str) -> list[Span]:
        """The places of ``find`` as ranges alone."""
        return [(found.start, found.end) for found in self.find(text)]

    def _find_mapped(self, text: str) -> Iterator[Found]:
        plain, places = folded(text) if self._folds else composed(text)
        joins = may_join(text)
        done = 0
        for match in self._pattern.finditer(plain):
            start, end = match.span()
            if start == end:
                continue
            if places is not None:
                start, end = places[start], places[end] if end < len(places) else len(text)
            if joins and not (is_edge(text, start) and is_edge(text, end)):
                whole = widened(text, start, max(end, start + 1))
                if not self._folds and not self.query.regex and not _only_shown_otherwise(text[end : whole[1]]):
                    continue  # another letter than the one that was asked for
                start, end = whole
            if start >= done and end > start:
                done = end
                yield Found(start, end, match)


def composed(text: str) -> tuple[str, list[int] | None]:
    """Return a text composed (NFC), and where each of its characters begins in ``text``; None: as it stands."""
    if unicodedata.is_normalized("NFC", text):
        return text, None
    pieces: list[str] = []
    places: list[int] = []
    begin = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and (unicodedata.combining(text[at]) or _composes(text[at - 1], text[at])):
            continue
        piece = unicodedata.normalize("NFC", text[begin:at])
        pieces.append(piece)
        # A piece that stays in parts begins each where it stood, as far as parts and characters go together.
        places += [begin + min(n, at - begin - 1) for n in range(len(piece))]
        begin = at
    return "".join(pieces), places


def _composes(before: str, after: str) -> bool:
    """Whether two characters become one, as the letters of a Korean syllable do."""
    return before > "\u0300" and len(unicodedata.normalize("NFC", before + after)) == 1


def _only_shown_otherwise(rest: str) -> bool:
    """Whether what follows says only how the sign before is shown: as text or as a picture."""
    return bool(rest) and all("\ufe00" <= sign <= "\ufe0f" for sign in rest)


# What stands for ASCII in Python's eyes: other letters of one case with them, and signs that are the same composed.
_ALSO = {"s": "\u017f", "k": "\u212a", "i": "\u0130\u0131", ";": "\u037e", "`": "\u1fef"}


def _held(text: str) -> tuple[str, ...]:
    """A text of ASCII, and what may stand in it instead of one of its characters."""
    return (text, *(other for sign in dict.fromkeys(text.lower()) for other in _ALSO.get(sign, "")))


def _compiled(query: Query, *, folds: bool) -> tuple[re.Pattern[str], int]:
    if not query.text:
        raise BadPatternError(N_("There is nothing to look for."))
    if len(query.text) > LONGEST_QUERY:
        raise BadPatternError(N_("This is too long to look for: more than {n} characters.", n=LONGEST_QUERY))
    flags = re.NOFLAG if query.case else re.IGNORECASE
    if not query.regex:
        text = folded(query.text)[0] if folds else unicodedata.normalize("NFC", query.text)
        if not text:
            raise BadPatternError(N_("There is nothing to look for."))
        return re.compile(_whole(re.escape(text)) if query.words else re.escape(text), flags), 1
    expression = unicodedata.normalize("NFC", query.text)
    pattern, steps = _expression(expression, flags)
    if query.words:
        leading = _FLAGS.match(expression)
        cut = leading.end() if leading is not None else 0
        verbose = "\n" if leading is not None and "x" in leading.group() else ""
        pattern = re.compile(f"{expression[:cut]}{_whole(expression[cut:] + verbose)}", flags)
    return pattern, steps


def _expression(expression: str, flags: re.RegexFlag) -> tuple[re.Pattern[str], int]:
    try:
        if flags & re.IGNORECASE and _width_of_sets(expression) > _WIDEST_SETS:
            raise CostlyError(N_("It could take too long."))
        pattern, steps = bounded(expression, int(flags), back=True)
    except CostlyError as error:
        advice = N_(
            "Repeat single characters instead of groups, and give repeats a limit: {example}.", example=".{1,60}"
        )
        raise BadPatternError(error.reason, advice=advice) from error
    except re.error as error:
        reason = N_("This is no regular expression: {why}.", why=_said(error.msg))
        advice = N_("A sign that is meant as it stands gets a backslash before it: {example}.", example=r"\( \. \? \$")
        raise BadPatternError(reason, at=error.pos, advice=advice) from error
    except FutureWarning as error:
        reason = N_("Inside [ ] stand signs alone: none of {signs}, and no set in another.", signs="-- && ~~ ||")
        letters, word = "[A-Za-z]", r"\w"
        advice = N_("A letter is {letters}, a letter or digit {word}, a bracket itself {bracket}.",
                    letters=letters, word=word, bracket=r"\[")  # fmt: skip
        place = _POSITION.search(str(error))
        raise BadPatternError(reason, at=int(place[1]) if place else None, advice=advice) from error
    except (Warning, OverflowError, RecursionError) as error:
        raise BadPatternError(N_("This is no regular expression: {why}.", why=str(error))) from error
    if pattern.search("") is not None:
        raise BadPatternError(
            N_("It matches where nothing stands."),
            advice=N_("Ask for at least one character: {example}.", example=r"\d+ … \d*"),
        )
    return pattern, steps


def _width_of_sets(expression: str) -> int:
    width = 0
    for found in _RANGE.finditer(expression):
        first, code, last = found.groups()
        end = int(code[2:] or "0", 16) if code else ord(last)
        width += max(0, end - (ord(first) if first.isprintable() else 0))
    return width


def _whole(expression: str) -> str:
    """The expression where it neither begins nor ends inside a word; Chinese and punctuation end anywhere."""
    return f"(?:(?<!{_LETTER})|(?!{_LETTER}))(?:{expression})(?:(?!{_LETTER})|(?<!{_LETTER}))"


# What Python says of an expression that it cannot read; anything newer is shown as it says it.
_SAID: Sequence[tuple[str, Message]] = (
    ("missing )", N_("a bracket ( is opened and not closed")),
    ("unbalanced parenthesis", N_("a bracket ) closes none that is open")),
    ("unterminated character set", N_("a bracket [ is opened and not closed")),
    (
        "nothing to repeat",
        N_("a sign of repetition ({signs}) stands where there is nothing to repeat", signs="* + ? {}"),
    ),
    ("multiple repeat", N_("two signs of repetition stand side by side")),
    ("bad escape (end of pattern)", N_("it ends with a backslash")),
    ("bad escape", N_("no sign of this kind follows a backslash")),
    ("bad character range", N_("a range in [ ] runs backwards")),
    ("look-behind requires fixed-width pattern", N_("what (?<= or (?<! looks back at must have one length")),
    ("invalid group reference", N_("it refers back to a group that is not there")),
    ("unknown extension", N_("what follows (? is not known")),
    ("min repeat greater than max repeat", N_("a repetition {signs} runs backwards", signs="{a,b}")),
)  # fmt: skip


def _said(why: str) -> Message | str:
    return next((said for begins, said in _SAID if why.startswith(begins)), why)
