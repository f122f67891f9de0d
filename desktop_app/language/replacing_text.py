"""What stands in the place of a hit: the replacement with its groups, in the letter case of what it replaces.

Of a regular expression, ``$1`` or ``\\1`` is what the first group matched, ``${name}`` or ``\\g<name>`` a named one,
``$0`` the whole hit, ``$$`` a dollar sign and ``\\\\`` a backslash. Of plain text every sign is meant as it stands.
"""

import re
from collections.abc import Collection
from typing import NamedTuple

from desktop_app.domain.counts import has_han
from desktop_app.domain.edits import clean
from desktop_app.foundation.messages import N_
from desktop_app.language.finding_text import BadPatternError, Found, Matcher

_LONGEST = 2_000  # characters
_REFERENCE = re.compile(
    r"\$(?:(?P<dollar>\$)|(?P<number>\d{1,2})|\{(?P<name>\w+)\})"
    r"|\\(?:(?P<slash>\\)|(?P<number2>\d{1,2})|g<(?P<name2>\w+)>|(?P<other>.)|(?P<end>$))",
    re.DOTALL,
)
_SMALL = frozenset({
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "nor", "of", "on", "or", "over", "per",
    "the", "to", "up", "via", "with",
})  # fmt: skip
_WORD = re.compile(r"[^\W\d_][\w’'\-]*")
_BREAK = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]")

_Part = str | int


class Replaced(NamedTuple):
    """One text after replacing: the whole of it, and the ranges of what was put in."""

    text: str
    spans: tuple[tuple[int, int], ...]


class Replacer:
    """A matcher with what is put in the place of its hits; ``keep_case`` gives it the letter case of each hit.

    Raises:
        BadPatternError: the replacement is too long, has a line break or a character that no text can hold, or names a
            group that the expression has not.
    """

    def __init__(self, matcher: Matcher, replacement: str, *, keep_case: bool = False) -> None:
        self.matcher = matcher
        self.replacement = replacement
        self.keep_case = keep_case
        if len(replacement) > _LONGEST:
            raise BadPatternError(N_("The replacement is too long: more than {n} characters.", n=_LONGEST))
        if (broken := _BREAK.search(replacement)) is not None:
            raise BadPatternError(N_("A replacement is one line: a segment has no line breaks."), at=broken.start())
        if clean(replacement) != replacement:
            raise BadPatternError(
                N_("The replacement has a control character, which no text can hold."),
                at=next(at for at, sign in enumerate(replacement) if not clean(sign)),
                advice=N_("Take it out, or type the words anew."),
            )
        self._parts = _parts(matcher, replacement) if matcher.query.regex else [replacement]

    @property
    def deletes(self) -> bool:
        """Whether nothing is put in: every hit is taken out."""
        return not self.replacement

    def instead_of(self, found: Found, text: str) -> str:
        """What stands in the place of one hit of ``text``."""
        made = "".join(part if isinstance(part, str) else found.match[part] or "" for part in self._parts)
        if not self.keep_case:
            return made
        return _in_case_of(text[found.start : found.end], made, self.matcher.query.text[:1].isupper())

    def ops(self, text: str) -> list[tuple[str, str]]:
        """A text with its changes: ``=`` what stays, ``-`` each hit, ``+`` what comes in its place."""
        parts: list[tuple[str, str]] = []
        at = 0
        for found in self.matcher.find(text):
            old, new = text[found.start : found.end], self.instead_of(found, text)
            parts += [("=", text[at : found.start]), *([("=", old)] if old == new else [("-", old), ("+", new)])]
            at = found.end
        return [part for part in [*parts, ("=", text[at:])] if part[1]]

    def replaced(self, text: str, only: Collection[tuple[int, int]] | None = None) -> Replaced:
        """A text with its hits replaced: all of them, or those whose ranges are in ``only``."""
        pieces: list[str] = []
        spans: list[tuple[int, int]] = []
        at = length = 0
        for found in self.matcher.find(text):
            if only is not None and (found.start, found.end) not in only:
                continue
            new = self.instead_of(found, text)
            pieces += [text[at : found.start], new]
            length += found.start - at
            spans.append((length, length + len(new)))
            length += len(new)
            at = found.end
        return Replaced("".join([*pieces, text[at:]]), tuple(spans))


def _parts(matcher: Matcher, replacement: str) -> list[_Part]:
    parts: list[_Part] = []
    at = 0
    for found in _REFERENCE.finditer(replacement):
        parts.append(replacement[at : found.start()])
        at = found.end()
        number, name = found["number"] or found["number2"], found["name"] or found["name2"]
        if number is not None:
            parts += _numbered(matcher, number, found.start())
        elif name is not None:
            parts.append(_named(matcher, name, found.start()))
        elif found["dollar"] or found["slash"]:
            parts.append(found["dollar"] or "\\")
        else:
            raise BadPatternError(
                N_("“{sign}” means nothing in a replacement.", sign=found.group()),
                at=found.start(),
                advice=N_("A group is {group}, a backslash {slash}.", group="$1", slash="\\\\"),
            )
    parts.append(replacement[at:])
    return [part for part in parts if part != ""]


def _numbered(matcher: Matcher, digits: str, at: int) -> list[_Part]:
    """The group of a number; of two digits the second stands for itself where there are not so many groups."""
    if int(digits) <= matcher.groups:
        return [int(digits)]
    if len(digits) == 2 and 0 < int(digits[0]) <= matcher.groups:
        return [int(digits[0]), digits[1]]
    raise _no_group(matcher, digits, at)


def _named(matcher: Matcher, name: str, at: int) -> int:
    if name in matcher.names:
        return matcher.names[name]
    if name.isdecimal() and int(name) <= matcher.groups:
        return int(name)
    raise _no_group(matcher, name, at)


def _no_group(matcher: Matcher, name: str, at: int) -> BadPatternError:
    return BadPatternError(
        N_("The expression has no group {name}; it has {n}.", name=name, n=matcher.groups),
        at=at,
        advice=N_("A group stands in round brackets; write {sign} for a dollar sign.", sign="$$"),
    )


def _in_case_of(hit: str, made: str, asked_in_capitals: bool) -> str:
    """Give ``made`` the letter case of ``hit``.

    A hit in capitals gives capitals, one that begins small begins small where both texts were typed with a capital
    (else the capital belongs to a name), one whose words all begin with capitals gives the same, as headlines do.
    """
    letters = [sign for sign in hit if sign.isupper() or sign.islower()]
    if not letters or has_han(made):
        return made
    if len(letters) > 1 and all(sign.isupper() for sign in letters):
        return made.upper()
    if letters[0].islower():
        return made[:1].lower() + made[1:] if asked_in_capitals else made
    words = _WORD.findall(hit)
    if len(words) > 1 and all(word[0].isupper() or word in _SMALL for word in words):
        made = _WORD.sub(lambda one: one[0] if one[0] in _SMALL else one[0][0].upper() + one[0][1:], made)
    first = _WORD.search(made)
    return made if first is None else made[: first.start()] + first[0][0].upper() + made[first.start() + 1 :]
