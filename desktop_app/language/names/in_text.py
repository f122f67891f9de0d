"""Chinese names in a translated text: which words spell a name of the source, and whether as the house does.

A name is recognised by both sides at once: the characters in the source and capitals beside one another in the target
that are its pinyin. So no list of given names is needed, and hardly anything else is ever taken for a name.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from desktop_app.domain.counts import has_han
from desktop_app.language.names import HanName, every_surname_key, names_at
from desktop_app.language.names.pinyin import key_of, spelling_for, syllables_of

_CAPITALISED = re.compile(r"[^\W\d_]+(?:['’‐‑-][^\W\d_]+)*")
_HYPHEN = re.compile("[‐‑-]")
_GAP = re.compile(r"[ \u00a0]{1,3}")
_MOST_WORDS = 4000  # of one segment
_LONGEST_KEY = 18
_BEFORE_NAME = re.compile(
    r"(?:教授|院长|校长|主任|书记|院士|老师|同学|博士|记者|通讯员|主席|部长|处长|所长|经理|总裁|会长|馆长|研究员|工程师|主持人|选手|导演"
    r"|演员|作家|学者|专家|代表|先生|女士)$"
)
_AFTER_NAME = re.compile(
    r"(?:教授|副教授|副?院长|副?校长|副?主任|副?书记|院士|老师|同学|博士|副?主席|副?部长|副?处长|副?所长|总?经理|副?会长|研究员|先生|女士"
    r"|说|表示|指出|介绍|认为|强调|告诉|率|一行|出席|主持|致辞|获|担任)"
)


class BothTexts(Protocol):
    """A segment in both languages, as checks have it."""

    @property
    def id(self) -> str:
        """The segment's id."""
        ...

    @property
    def source(self) -> str:
        """Its Chinese."""
        ...

    @property
    def target(self) -> str:
        """Its English."""
        ...


class Order(StrEnum):
    """How a name is written, against surname first and given name in one word."""

    RIGHT = "right"
    REVERSED = "reversed"
    SPLIT = "split"
    MISREAD = "misread"
    MISSPELT = "misspelt"


@dataclass(frozen=True, slots=True)
class NameUse:
    """A Chinese name and the words that stand for it. ``written`` are those words, ``right`` the house's spelling."""

    segment: str
    name: HanName
    source_span: tuple[int, int]
    target_span: tuple[int, int]
    written: str
    right: str
    order: Order = Order.RIGHT

    @property
    def style(self) -> str:
        """The words without what may differ in print: tones, curly apostrophes."""
        plain = unicodedata.normalize("NFC", self.written).replace("’", "'")
        return " ".join(plain.split())


@dataclass(frozen=True, slots=True)
class _Word:
    """A capitalised word of the target."""

    text: str
    span: tuple[int, int]

    @property
    def key(self) -> str:
        return key_of(self.text)

    @property
    def has_hyphen(self) -> bool:
        return _HYPHEN.search(self.text) is not None


def names_in(pairs: Iterable[BothTexts]) -> list[NameUse]:
    """Return every name that both sides of a segment have, in reading order of the target."""
    return [use for pair in pairs for use in names_in_pair(pair)]


def names_in_pair(pair: BothTexts) -> tuple[NameUse, ...]:
    """As ``names_in``, for one segment."""
    return _names_in(pair.id, pair.source, pair.target) if pair.source and pair.target else ()


@lru_cache(maxsize=4096)  # several checks ask
def _names_in(segment: str, source: str, target: str) -> tuple[NameUse, ...]:
    runs = list(_runs(target))
    if not runs or not has_han(source):
        return ()
    wanted = {word.key for run in runs for word in run} & every_surname_key()
    names = _candidates(source, wanted) if wanted else []
    if not names:
        return ()
    found: list[NameUse] = []
    for run in runs:
        taken: set[int] = set()
        for place in range(len(run)):
            if place in taken:
                continue
            use, size = _exact(segment, run, place, names)
            if use is not None:
                taken.update(range(place, place + size))
                found.append(use)
        found += _near(segment, source, run, taken, names, found)
    return tuple(sorted(found, key=lambda use: use.target_span))


def _runs(target: str) -> Iterator[list[_Word]]:
    """Runs of capitalised words with nothing but a space between them."""
    run: list[_Word] = []
    for number, match in enumerate(_CAPITALISED.finditer(target)):
        if number > _MOST_WORDS:
            break
        text, span = match.group(), match.span()
        for mark in ("'s", "’s", "'", "’"):
            if text.lower().endswith(mark):
                text, span = text[: -len(mark)], (span[0], span[1] - len(mark))
                break
        if not text[:1].isupper():
            if len(run) > 1:
                yield run
            run = []
            continue
        if run and not _GAP.fullmatch(target, run[-1].span[1], span[0]):
            if len(run) > 1:
                yield run
            run = []
        run.append(_Word(text, span))
    if len(run) > 1:
        yield run


def _candidates(source: str, wanted: set[str]) -> list[tuple[int, HanName]]:
    """Names that the source may have, of surnames that the target has; by place, the longest first."""
    found: list[tuple[int, HanName]] = []
    for place in range(len(source)):
        for name in names_at(source, place):
            if wanted.intersection(name.surname_keys) or wanted.intersection(name.misread_keys):
                found.append((place, name))
    return found


def _exact(segment: str, run: list[_Word], place: int, names: list[tuple[int, HanName]]) -> tuple[NameUse | None, int]:
    """The name that the words from ``place`` on spell, in any order, and how many words it takes."""
    options: list[tuple[int, int, int, HanName, int, Order]] = []
    for start, name in names:
        for size, order in _spellings(run, place, name):
            options.append((-len(name.given), -size, list(Order).index(order), name, start, order))
    if not options:
        return None, 1
    # The longest given name wins, then the most words, then the better order; at equal worth the first in the source.
    best = min(options, key=lambda option: (option[0], option[1], option[2], option[4]))
    name, start, order, size = best[3], best[4], best[5], -best[1]
    words = run[place : place + size]
    span = (words[0].span[0], words[-1].span[1])
    return _use(segment, start, name, span, words, order), size


def _spellings(run: list[_Word], place: int, name: HanName) -> Iterator[tuple[int, Order]]:
    """Every way in which the words from ``place`` on spell ``name``: how many words, in which order."""
    given = name.given_keys
    first = run[place].key
    second = run[place + 1] if place + 1 < len(run) else None
    third = run[place + 2] if place + 2 < len(run) else None
    family = first in name.surname_keys
    misread = first in name.misread_keys
    if second is not None and (family or misread) and second.key in given:
        split = second.has_hyphen and len(name.given) > 1
        yield 2, Order.MISREAD if misread else Order.SPLIT if split else Order.RIGHT
    if second is None:
        return
    if first in given and second.key in name.surname_keys and not _is_right(run, place + 1, name):
        yield 2, Order.REVERSED
    if third is None or len(name.given) == 1:
        return
    if (family or misread) and second.key + third.key in given and not second.has_hyphen:
        yield 3, Order.MISREAD if misread else Order.SPLIT
    if first + second.key in given and third.key in name.surname_keys and not run[place].has_hyphen:
        yield 3, Order.REVERSED


def _is_right(run: list[_Word], place: int, name: HanName) -> bool:
    """Whether the name stands in the right order from ``place`` on: “Jun Li Jun” begins with another word."""
    return place + 1 < len(run) and run[place + 1].key in name.given_keys


def _use(
    segment: str,
    start: int,
    name: HanName,
    span: tuple[int, int],
    words: Sequence[_Word],
    order: Order,
) -> NameUse:
    keys = [word.key for word in words]
    surname_key, given_key = (keys[-1], "".join(keys[:-1])) if order is Order.REVERSED else (keys[0], "".join(keys[1:]))
    family = words[-1 if order is Order.REVERSED else 0].text
    right = name.spelled(surname_key=surname_key, given_key=given_key, capitals=len(family) > 1 and family.isupper())
    written = " ".join(word.text for word in words)
    return NameUse(segment, name, (start, start + len(str(name))), span, written, right, order)


def _near(
    segment: str,
    source: str,
    run: list[_Word],
    taken: set[int],
    names: list[tuple[int, HanName]],
    known: Sequence[NameUse],
) -> list[NameUse]:
    """Names misspelt by a letter or two: a right surname, then pinyin that is almost, but not, the given name's."""
    found: list[NameUse] = []
    used = {use.source_span[0] for use in known}
    for place in range(len(run) - 1):
        family, given = run[place], run[place + 1]
        if place in taken or place + 1 in taken or len(given.key) > _LONGEST_KEY or not syllables_of(given.key):
            continue
        close = [
            (start, name)
            for start, name in names
            if start not in used and family.key in name.surname_keys and _is_close(name, given.key, source, start)
        ]
        if len({start for start, _ in close}) == 1:
            start, name = close[0]
            words = [family, given]
            use = _use(segment, start, name, (family.span[0], given.span[1]), words, Order.MISSPELT)
            found.append(use)
            used.add(start)
    return found


def _is_close(name: HanName, key: str, source: str, start: int) -> bool:
    written = syllables_of(key)
    if len(name.given) == 1:
        end = start + len(str(name))
        near = _AFTER_NAME.match(source, end) or _BEFORE_NAME.search(source, max(0, start - 4), start)
        return near is not None and len(written) == 1 and any(_differ_little(key, own) for own in name.given_keys[:2])
    for own in name.given_keys[:4]:
        syllables = syllables_of(own)
        if len(syllables) != len(name.given):
            syllables = tuple(key_of(spelling_for(one, "")) for one in name.given)
        for kept, changed in ((0, 1), (1, 0)):
            if len(syllables) == 2 and len(written) == 2 and syllables[kept] == written[kept]:
                return _differ_little(syllables[changed], written[changed])
    return False


def _differ_little(one: str, other: str) -> bool:
    """Whether two syllables are what ears and keyboards take for one another: ``xin`` and ``xing``, ``ming`` and
    ``min``, ``zhang`` and ``zang``, ``wei`` and ``wai``.
    """
    if one == other:
        return False
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    if len(longer) == len(shorter):
        return sum(a != b for a, b in zip(longer, shorter, strict=True)) == 1
    return len(longer) == len(shorter) + 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )
