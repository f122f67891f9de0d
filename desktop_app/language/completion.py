"""Words and phrases that a person may be about to write: terms, names, what was translated before, the story's own.

What is proposed must save keys and must not get in the way: three letters are waited for (two where the first is a
capital), and a word of the story must have six.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from desktop_app.language.names import names_at, suggest_person
from desktop_app.language.names.in_text import NameUse

MOST = 6
_LEAST, _LEAST_CAPITAL = 3, 2  # letters typed
_SHORTEST_WORD = 6
_LEAST_SAVED = 2  # letters that a word of the memory or the story must spare
_LOOKED_BACK = 80  # characters before the caret in which a phrase may have begun
_MOST_SCANNED = 5000  # characters of one text
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PHRASE = re.compile(
    r"[A-Z][\w’'-]{0,40}(?:(?: (?:of|and|for|the|in|on|de|&)){0,2} [A-Z][\w’'-]{0,40}){1,7}"
)  # a name of several words: Beijing University of Technology
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:][\"”’)]*\s+[\"“‘(]*)$")
_STRAY = frozenset('.,;:!?()[]“”"\n')
_PEOPLE_BEFORE = re.compile(
    r"(?:教授|院长|校长|主任|书记|院士|老师|同学|博士|记者|主席|部长|处长|所长|经理|总裁|会长|馆长|研究员|工程师"
    r"|代表|先生|女士|[、，：（ ]|^)$"
)

Known = Callable[[str], bool]


class Origin(IntEnum):
    """Where a proposal comes from; a lower number goes before."""

    TERM = 0
    NAME = 1
    MEMORY = 2
    STORY = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text and where it comes from; ``weight`` says how often it was used there."""

    text: str
    origin: Origin
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Completion:
    """What to put in the place of the text from ``start`` to the caret."""

    start: int
    text: str
    origin: Origin


class Vocabulary:
    """Proposals in alphabetical order; asking for those that begin with some letters costs next to nothing."""

    def __init__(self, proposals: Iterable[Proposal]) -> None:
        """Take them in; of two that differ in capitals alone, the better origin stays, then the heavier one."""
        best: dict[str, Proposal] = {}
        for one in proposals:
            folded = one.text.casefold()
            known = best.get(folded)
            if folded.strip() and (known is None or _rank(one) < _rank(known)):
                best[folded] = one
        self._keys = sorted(best)
        self._proposals = [best[key] for key in self._keys]

    def beginning_with(self, letters: str) -> Iterator[Proposal]:
        """The proposals that begin so, capitals or not, in alphabetical order."""
        folded = letters.casefold()
        place = bisect_left(self._keys, folded)
        while place < len(self._keys) and self._keys[place].startswith(folded):
            yield self._proposals[place]
            place += 1

    def __len__(self) -> int:
        """How many there are."""
        return len(self._keys)


def completions(before: str, vocabularies: Sequence[Vocabulary], *, asked: bool = False) -> list[Completion]:
    """Return what the text ``before`` the caret may be the beginning of, the likeliest first, at most six.

    ``asked``: a person asked for it, so that one letter will do.
    """
    found: dict[str, tuple[tuple[int, int, int, str], Completion]] = {}
    for start, several in _beginnings(before):
        typed = before[start:]
        if not several and not asked and not _is_enough(typed):
            continue
        for vocabulary in vocabularies:
            for one in vocabulary.beginning_with(typed):
                text = _in_case(one.text, typed)
                if (several and " " not in one.text) or not _is_worth(one, text, typed):
                    continue
                rank = (-len(typed) if several else 0, one.origin, -one.weight, text)
                folded = before[:start] + text.casefold()
                if folded not in found or rank < found[folded][0]:
                    found[folded] = (rank, Completion(start, text, one.origin))
    return [one for _, one in sorted(found.values(), key=lambda entry: entry[0])[:MOST]]


def words_of(texts: Iterable[str], origin: Origin, known: Known) -> list[Proposal]:
    """Return the long words, and the names of several words, that English ``texts`` use, with how often.

    ``known`` says whether a word is in the dictionary: a small word that is not is a slip, which nobody wants again.
    """
    counts: dict[str, int] = {}
    for text in texts:
        for word in _words(text[:_MOST_SCANNED], known):
            counts[word] = counts.get(word, 0) + 1
    return [Proposal(word, origin, count) for word, count in counts.items() if word[0].isupper() or known(word)]


def names_for(source: str, uses: Iterable[NameUse]) -> list[Proposal]:
    """Return spellings of the Chinese names in ``source``: as the story has them, else as the house spells them.

    ``uses`` are the names of the whole story as its English has them.
    """
    capitals, found = True, {}
    for use in uses:
        capitals = use.written.split()[0].isupper()
        if str(use.name) in source:
            found[str(use.name)] = use.right
    for place in range(len(source)):
        if _PEOPLE_BEFORE.search(source[max(0, place - 4) : place]) is None:
            continue
        for name in names_at(source, place)[:2]:
            spelt = suggest_person(str(name), capitals=capitals)
            if spelt:
                found.setdefault(str(name), spelt)  # the longest reading first
    return [Proposal(text, Origin.NAME) for text in dict.fromkeys(found.values())]


@lru_cache(maxsize=8192)  # a story is read again after every pause; most of its texts are as they were
def _words(text: str, known: Known) -> tuple[str, ...]:
    return tuple(_each_word(text, known))


def _each_word(text: str, known: Known) -> Iterator[str]:
    for match in _PHRASE.finditer(text):
        yield match.group().removeprefix("The ")
    for match in _WORD.finditer(text):
        word = match.group()
        if len(word) < _SHORTEST_WORD:
            continue
        begins = word[0].isupper() and word[1:].islower()
        if begins and _SENTENCE_BEGINS.search(text[max(0, match.start() - 6) : match.start()]) and known(word.lower()):
            word = word.lower()
        yield word


def _beginnings(before: str) -> Iterator[tuple[int, bool]]:
    """Where what is being written may have begun: the word at the caret, and up to five words before it."""
    offset = max(0, len(before) - _LOOKED_BACK)
    near = before[offset:]
    starts = [match.start() for match in _WORD.finditer(near)][-6:]
    for start in starts:
        if offset and not start:
            continue  # a word cut by looking no further back
        rest = near[start:]
        last = start == starts[-1] and not rest.endswith(" ")
        if not _STRAY.intersection(rest) and "  " not in rest and (not last or _WORD.fullmatch(rest.rstrip("-'’"))):
            yield offset + start, not last


def _is_enough(typed: str) -> bool:
    return len(typed) >= (_LEAST_CAPITAL if typed[:1].isupper() else _LEAST)


def _is_worth(one: Proposal, text: str, typed: str) -> bool:
    saved = len(text) - len(typed)
    return saved >= (_LEAST_SAVED if one.origin >= Origin.MEMORY else 1)


def _in_case(text: str, typed: str) -> str:
    """A small word as it was begun: with a capital, or all in capitals; names and terms keep their own."""
    if not text.islower():
        return text
    if len(typed) > 1 and typed.isupper():
        return text.upper()
    return typed + text[len(typed) :]


def _rank(one: Proposal) -> tuple[int, int]:
    return one.origin, -one.weight
