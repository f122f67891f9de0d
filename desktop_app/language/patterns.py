"""Patterns that a house writes itself: compiled only if they cannot take long, whatever text they meet.

Python's regular expressions go back and try again, so a pattern such as ``(a+)+b`` can take years over one line. What
a pattern can cost at worst is added up from its parts before it is taken: repeats inside repeats that could divide one
text in several ways, references back, and anything that could try more than some thousand ways from one place are
refused.
"""

import re
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from re import _constants as op  # type: ignore[attr-defined] # no public way to a pattern's tree; alike in 3.11 to 3.14
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from desktop_app.domain.house_style import HousePattern
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message

LONGEST_TEXT = 1_000  # characters of a segment that a house pattern looks at
_MOST_STEPS = 10_000  # from one place of the text: one repeat that has to try every length, and a few that need not
_LARGEST_GROUP_REPEAT = 10
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_SINGLE = (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN, op.CATEGORY)
_SIGNS = frozenset(map(chr, range(32, 127))) | frozenset("\t\né中、。“”‘’—–… ")
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdigit,
    op.CATEGORY_NOT_DIGIT: lambda sign: not sign.isdigit(),
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_NOT_SPACE: lambda sign: not sign.isspace(),
    op.CATEGORY_WORD: lambda sign: sign.isalnum() or sign == "_",
    op.CATEGORY_NOT_WORD: lambda sign: not (sign.isalnum() or sign == "_"),
}
Signs = frozenset[str]
Items = list[tuple[Any, Any]]


class CostlyError(Exception):
    """A part of a pattern may cost too much; ``reason`` says which kind of part."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Compiled:
    """A house pattern, ready to be used."""

    pattern: HousePattern
    find: re.Pattern[str]
    unless: re.Pattern[str] | None


def compiled(pattern: HousePattern) -> Compiled:
    """Compile a house pattern.

    Raises:
        InputRefusedError: an expression is no regular expression, or could take too long; the place names the pattern.
    """
    find = _compile(pattern, pattern.find)
    unless = _compile(pattern, pattern.unless) if pattern.unless else None
    if find.search("") is not None:
        raise _refusal(pattern, N_("It matches where nothing stands."))
    if pattern.replacement is not None:
        try:
            find.sub(pattern.replacement, "")  # the template is read whatever the text holds
        except (re.error, IndexError) as error:
            raise _refusal(pattern, N_("Its replacement cannot be read: {why}", why=str(error))) from error
    return Compiled(pattern, find, unless)


def _compile(pattern: HousePattern, expression: str) -> re.Pattern[str]:
    try:
        return bounded(expression)[0]
    except CostlyError as refused:
        raise _refusal(pattern, refused.reason) from refused
    except (re.error, Warning, OverflowError, RecursionError) as error:
        raise _refusal(
            pattern, N_("“{find}” is no regular expression: {why}", find=expression, why=str(error))
        ) from error


def _refusal(pattern: HousePattern, reason: Message) -> InputRefusedError:
    advice = N_("Repeat single characters instead of groups, and give repeats a limit: {example}.", example="{0,20}")
    return InputRefusedError(reason, place=f"patterns: {pattern.id}", advice=advice)


def bounded(expression: str, flags: int = 0, *, back: bool = False) -> tuple[re.Pattern[str], int]:
    """Compile an expression, and say how many steps it can take at worst from one place of ``LONGEST_TEXT`` characters.

    ``back`` lets it refer back to a group, which costs as much as the group may be long.

    Raises:
        CostlyError: it could take too long.
        re.error, Warning, OverflowError, RecursionError: it is no regular expression.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # what Python is to read otherwise one day is refused today
        tree = parser.parse(expression, flags)
        signs = _SIGNS | frozenset(_literals(tree))
        steps = _Cost(signs, back).of(list(tree), frozenset())[1]
        if steps > _MOST_STEPS:
            raise CostlyError(N_("It could take too long."))
        return re.compile(expression, flags), steps


def _literals(tree: Iterable[tuple[Any, Any]]) -> Iterable[str]:
    """Every character that the pattern names, in both cases, so that sets of them can be compared."""
    for kind, value in tree:
        for code in _codes(kind, value):
            yield from (chr(code), chr(code).lower()[:1], chr(code).upper()[:1])
        for part in _parts(kind, value):
            yield from _literals(part)


def _codes(kind: Any, value: Any) -> Iterable[int]:
    if kind in {op.LITERAL, op.NOT_LITERAL}:
        return (value,)
    if kind is op.RANGE:
        return (value[0], value[1])
    if kind is op.IN:
        return [code for inner, what in value for code in _codes(inner, what)]
    return ()


def _parts(kind: Any, value: Any) -> Sequence[Any]:
    if kind is op.SUBPATTERN:
        return (value[3],)
    if kind in _REPEATS:
        return (value[2],)
    if kind is op.BRANCH:
        return tuple(value[1])
    if kind in {op.ASSERT, op.ASSERT_NOT}:
        return (value[1],)
    if kind is op.ATOMIC_GROUP:
        return (value,)
    return ()


@dataclass(frozen=True, slots=True)
class _Cost:
    """What a part of a pattern can cost at worst, from one place of the text: ways to match it, and steps taken.

    ``signs`` stand for all characters: every one that the pattern names, and some of each kind. A repeat that what
    follows cannot go on with ends in one way only (``[^”]*”``); any other may have to try every length.
    """

    signs: Signs
    back: bool = False

    def of(self, items: Items, after: Signs) -> tuple[int, int]:
        """Ways and steps of a sequence that something beginning with ``after`` follows; empty where nothing does."""
        ways, steps = 1, 0
        for place, (kind, value) in enumerate(items):
            more, cost = self._one(kind, value, self._firsts(items[place + 1 :], after))
            steps += ways * cost
            ways *= more
            if steps > _MOST_STEPS:
                raise CostlyError(N_("It could take too long."))
        return ways, steps + ways

    def _one(self, kind: Any, value: Any, after: Signs) -> tuple[int, int]:
        if kind in _SINGLE or kind is op.AT:
            return 1, 1
        if kind in _REPEATS:
            return self._repeat(value[0], value[1], value[2], after)
        if kind is op.GROUPREF and self.back:
            return 1, LONGEST_TEXT
        if kind in {op.GROUPREF, op.GROUPREF_EXISTS}:
            raise CostlyError(N_("It refers back to a group."))
        if kind in {op.ASSERT, op.ASSERT_NOT, op.ATOMIC_GROUP}:
            return 1, self.of(list(_parts(kind, value)[0]), frozenset())[1]
        parts = [self.of(list(part), after) for part in _parts(kind, value)]
        if kind is op.BRANCH:
            firsts = [self._firsts(list(part), after) for part in value[1]]
            apart = sum(len(one) for one in firsts) == len(frozenset[str]().union(*firsts))
            ways = max(ways for ways, _ in parts) if apart else sum(ways for ways, _ in parts)
            return ways, sum(steps for _, steps in parts)
        return parts[0]

    def _repeat(self, least: Any, most: Any, body: Any, after: Signs) -> tuple[int, int]:
        items = list(body)
        times = min(int(most), LONGEST_TEXT // max(1, body.getwidth()[0]))
        first = self._firsts(items, after)
        if int(most) > _LARGEST_GROUP_REPEAT and _is_fenced(items):
            # It ends at as many places as the text has fences, and in looking for them every character is tried twice:
            # when the repeat inside takes it, and when that gives it back.
            return times + 1, 3 * LONGEST_TEXT
        if len(items) == 1 and items[0][0] in _SINGLE:
            is_settled = int(least) == int(most) or not first & after
            return 1 if is_settled else max(1, times - int(least) + 1), times + 1
        ways, steps = self.of(items, after if times <= 1 else after | first)
        if times <= 1:
            return ways + 1, steps + 1
        if int(most) > _LARGEST_GROUP_REPEAT and (ways > 1 or any(kind in _REPEATS for kind, _ in _all(items))):
            raise CostlyError(N_("A repeat stands inside a repeat."))
        total = sum(ways**n for n in range(times + 1)) if ways > 1 else times + 1
        return total, total * steps

    def _firsts(self, items: Items, after: Signs) -> Signs:
        """What a match of this sequence can begin with, and ``after`` where it may be empty."""
        found: Signs = frozenset()
        for kind, value in items:
            if kind in _SINGLE:
                return found | self._signs_of(kind, value)
            if kind is op.AT:
                continue
            if kind in {op.SUBPATTERN, op.ATOMIC_GROUP, op.BRANCH} or kind in _REPEATS:
                parts = [list(part) for part in _parts(kind, value)]
                found |= frozenset[str]().union(*(self._firsts(part, frozenset()) for part in parts))
                if all(_is_solid(part) for part in parts) and not (kind in _REPEATS and int(value[0]) == 0):
                    return found
                continue
            return self.signs  # an assertion is asked anew for every length before it
        return found | after

    def _signs_of(self, kind: Any, value: Any) -> Signs:
        """The characters that one place of the pattern takes, in either case."""
        found = {sign for sign in self.signs if _takes(kind, value, sign)}
        return frozenset({both for sign in found for both in (sign, sign.lower(), sign.upper())}) & self.signs


def _is_fenced(items: Items) -> bool:
    """Whether a group, repeated, can divide a text in one way only, as ``\\d{1,3},`` does.

    It must end with a sign that nothing else in it takes, so that each turn reaches to the next such sign, and may have
    one repeat of a free length, which what is left of the turn then settles. Both are judged by the sign itself, never
    by a choice of characters: with two ways for each turn there would be no end.
    """
    while len(items) == 1 and items[0][0] is op.SUBPATTERN and not (items[0][1][1] or items[0][1][2]):
        items = list(items[0][1][3])
    if not items:
        return False
    fences = _fences(*items[-1])
    free = 0
    for kind, value in items[:-1]:
        inner = [(kind, value)]
        if kind in _REPEATS:
            inner = list(value[2])
            free += int(value[0]) != int(value[1])
        if len(inner) != 1 or inner[0][0] not in _SINGLE or any(_takes(*inner[0], sign) for sign in fences):
            return False
    return bool(fences) and free <= 1


def _fences(kind: Any, value: Any) -> Sequence[str]:
    """The signs of one place that takes these alone, whatever the flags; none where a flag may bring others."""
    codes = value if kind is op.IN else [(kind, value)]
    if any(inner is not op.LITERAL for inner, _ in codes):
        return ()
    signs = [chr(code) for _, code in codes]
    return signs if all(" " <= sign <= "~" and not sign.isalpha() for sign in signs) else ()


def _is_solid(items: Items) -> bool:
    """Whether every match of this sequence takes a character."""
    return any(
        kind in _SINGLE
        or (
            kind in {op.SUBPATTERN, op.ATOMIC_GROUP, op.BRANCH} and all(_is_solid(list(p)) for p in _parts(kind, value))
        )
        or (kind in _REPEATS and int(value[0]) > 0 and _is_solid(list(value[2])))
        for kind, value in items
    )


def _all(items: Iterable[tuple[Any, Any]]) -> Iterable[tuple[Any, Any]]:
    for kind, value in items:
        yield kind, value
        for part in _parts(kind, value):
            yield from _all(part)


def _takes(kind: Any, value: Any, sign: str) -> bool:
    if kind is op.LITERAL:
        return bool(ord(sign) == value)
    if kind is op.NOT_LITERAL:
        return bool(ord(sign) != value)
    if kind is op.RANGE:
        return bool(value[0] <= ord(sign) <= value[1])
    if kind is op.CATEGORY:
        return _CATEGORIES[value](sign)
    if kind is op.IN:
        inside = [part for part in value if part[0] is not op.NEGATE]
        negated = len(inside) < len(value)
        return any(_takes(part[0], part[1], sign) for part in inside) is not negated
    return True
