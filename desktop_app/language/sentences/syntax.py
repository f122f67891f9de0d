"""Reads the regular expressions of a house's sentence rules: the common part of ICU's syntax.

What an automaton cannot do (back references, atomic groups, possessive quantifiers) is refused; of looking around, one
character is translated, which all rules but one of those that we have seen make do with.
"""

from dataclasses import dataclass

from desktop_app.foundation.messages import N_, Message
from desktop_app.language.sentences.characters import (
    CLASSES,
    Chars,
    any_of,
    between,
    both,
    complement,
    is_nothing,
    is_vertical,
    literal,
    posix_class,
    with_property,
)

MAX_LENGTH = 4000
MAX_STATES = 4000
_MAX_REPEAT = 500
_MAX_DEPTH = 40

_LINE_ENDS = "\n\r\u0085\u2028\u2029"
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "a": "\a", "e": "\x1b"}


class PatternError(Exception):
    """An expression that cannot be taken in: ``reason`` says why, ``place`` is the character, counted from 1."""

    def __init__(self, reason: Message, place: int) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.place = place


@dataclass(frozen=True, slots=True)
class One:
    """Exactly one character."""

    chars: Chars


@dataclass(frozen=True, slots=True)
class Look:
    """A look at the character on one side of the place; beyond the text stands the empty string."""

    ahead: bool
    chars: Chars


@dataclass(frozen=True, slots=True)
class WordEdge:
    """A word begins or ends here, or (negated) does not."""

    negated: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts one after the other."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Any one of the branches."""

    branches: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part ``least`` to ``most`` times; ``most`` is None where there is no end."""

    part: "Node"
    least: int
    most: int | None


Node = One | Look | WordEdge | Sequence | Choice | Repeat


def parse(pattern: str) -> Node:
    """Read an expression.

    Raises:
        PatternError: it is too long, faulty, too large, or uses what cannot be translated.
    """
    if len(pattern) > MAX_LENGTH:
        raise PatternError(N_("The expression is longer than {n} characters.", n=MAX_LENGTH), MAX_LENGTH)
    reader = _Reader(pattern)
    node = reader.choice(0, top=True)
    if size(node) > MAX_STATES:
        raise PatternError(N_("The expression is too large with its repetitions written out."), 1)
    return node


def size(node: Node) -> int:
    """How many states an automaton needs for an expression, about."""
    if isinstance(node, Sequence):
        return 1 + sum(map(size, node.parts))
    if isinstance(node, Choice):
        return 1 + sum(map(size, node.branches))
    if isinstance(node, Repeat):
        return 1 + size(node.part) * max(node.least + 1, node.most or 1)
    return 1


@dataclass
class _Reader:
    """Reads an expression from left to right."""

    text: str
    at: int = 0
    any_case: bool = False
    dot_all: bool = False

    def fail(self, reason: Message) -> PatternError:
        return PatternError(reason, self.at + 1)

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        char = self.peek()
        if not char:
            raise self.fail(N_("The expression ends too early."))
        self.at += 1
        return char

    def took(self, words: str) -> bool:
        if self.text.startswith(words, self.at):
            self.at += len(words)
            return True
        return False

    def choice(self, depth: int, *, top: bool = False) -> Node:
        if depth > _MAX_DEPTH:
            raise self.fail(N_("The expression is nested too deep."))
        branches = [self.sequence(depth)]
        while self.took("|"):
            branches.append(self.sequence(depth))
        if top and self.peek() == ")":
            raise self.fail(N_("A bracket is closed that was not opened."))
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def sequence(self, depth: int) -> Node:
        parts: list[Node] = []
        while self.peek() not in {"", "|", ")"}:
            if self.took("\\Q"):
                end = self.text.find("\\E", self.at)
                quoted = self.text[self.at :] if end < 0 else self.text[self.at : end]
                parts += [One(literal(char, self.any_case)) for char in quoted]
                self.at += len(quoted) + (2 if end >= 0 else 0)
                continue
            part = self.atom(depth)
            if part is not None:
                parts.append(self.repeated(part))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def repeated(self, part: Node) -> Node:
        while True:
            least, most = self.quantifier()
            if least < 0:
                return part
            if isinstance(part, Look | WordEdge):
                raise self.fail(N_("A condition cannot be repeated."))
            if self.peek() == "+":
                raise self.fail(N_("Possessive quantifiers are not translated."))
            self.took("?")  # lazy or greedy makes no difference to whether it matches
            part = Repeat(part, least, most)

    def quantifier(self) -> tuple[int, int | None]:
        """The bounds of a quantifier that stands here; -1 where there is none."""
        simple: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        if self.peek() in simple:
            return simple[self.take()]
        if not self.took("{"):
            return -1, None
        end = self.text.find("}", self.at)
        least, comma, most = self.text[self.at : end].partition(",")
        bounds = [word.strip() for word in (least, most)]
        numeric = all(len(word) < 6 and (not word or (word.isascii() and word.isdigit())) for word in bounds)
        if end < 0 or not bounds[0] or not numeric:
            raise self.fail(N_("The braces hold no numbers."))
        low = int(bounds[0])
        high = (int(bounds[1]) if bounds[1] else None) if comma else low
        if low > _MAX_REPEAT or (high or 0) > _MAX_REPEAT or (high is not None and high < low):
            raise self.fail(N_("A part cannot be repeated so many times; at most {n}.", n=_MAX_REPEAT))
        self.at = end + 1
        return low, high

    def atom(self, depth: int) -> Node | None:
        char = self.take()
        if char == "(":
            return self.group(depth)
        if char == "[":
            return One(self.character_class(depth))
        if char == ".":
            return One(complement(is_nothing) if self.dot_all else lambda other: other not in _LINE_ENDS)
        if char == "^":
            return Look(False, is_nothing)
        if char == "$":
            return Look(True, is_nothing)
        if char == "\\":
            return self.escape()
        if char in "*+?{":
            self.at -= 1
            raise self.fail(N_("There is nothing to repeat here."))
        return One(literal(char, self.any_case))

    def group(self, depth: int) -> Node | None:
        case, dots = self.any_case, self.dot_all
        look: tuple[bool, bool] | None = None
        for opening, ahead, negated in (
            ("?=", True, False),
            ("?!", True, True),
            ("?<=", False, False),
            ("?<!", False, True),
        ):
            if self.took(opening):
                look = (ahead, negated)
                break
        else:
            if self.took("?>"):
                raise self.fail(N_("Atomic groups are not translated."))
            if self.took("?#"):
                end = self.text.find(")", self.at)
                self.at = len(self.text) if end < 0 else end + 1
                return None
            if self.took("?<") or self.took("?P<"):
                end = self.text.find(">", self.at)
                if end < 0:
                    raise self.fail(N_("A group's name has no end."))
                self.at = end + 1
            elif self.took("?") and self.flags():
                return None
        inner = self.choice(depth + 1)
        if not self.took(")"):
            raise self.fail(N_("A bracket is not closed."))
        self.any_case, self.dot_all = case, dots
        if look is None:
            return inner
        chars = _single(inner)
        if chars is None:
            raise self.fail(N_("Looking around is translated for a single character only."))
        return Look(look[0], (lambda char: not chars(char)) if look[1] else chars)

    def flags(self) -> bool:
        """Read flags up to ``:`` or ``)``; true where they stand alone and hold from here on."""
        value = True
        while True:
            char = self.take()
            if char == "-":
                value = False
            elif char == "i":
                self.any_case = value
            elif char == "s":
                self.dot_all = value
            elif char in ":)":
                return char == ")"
            elif char not in "um":
                raise self.fail(N_("The group (?{flag} is not translated.", flag=char))

    def escape(self) -> Node:
        char = self.peek()
        if char in {"b", "B"}:
            self.at += 1
            return WordEdge(char == "B")
        if char in {"A", "z", "Z"}:
            self.at += 1
            return Look(char != "A", is_nothing)
        if char == "R":
            self.at += 1
            return Choice((Sequence((One(literal("\r", False)), One(literal("\n", False)))), One(is_vertical)))
        return One(self.escaped_set())

    def escaped_set(self) -> Chars:
        """What follows a backslash inside and outside of square brackets."""
        char = self.take()
        if char.lower() in CLASSES:
            known = CLASSES[char.lower()]
            return complement(known) if char.isupper() else lambda other: other != "" and known(other)
        if char in "pP":
            found = self.property()
            return complement(found) if char == "P" else found
        return literal(self.escaped_char(char), self.any_case)

    def escaped_char(self, char: str) -> str:
        """The character that an escape names."""
        if char in _CONTROLS:
            return _CONTROLS[char]
        if char in "xuU":
            return self.coded(char)
        if char == "0":
            digits = ""
            while len(digits) < 3 and self.peek() in set("01234567"):
                digits += self.take()
            return chr(int(digits or "0", 8))
        if char.isascii() and char.isalnum():
            self.at -= 1
            raise self.fail(N_("“\\{letter}” is not translated.", letter=char))
        return char

    def coded(self, kind: str) -> str:
        """The character of a hexadecimal code."""
        if kind == "x" and self.took("{"):
            end = self.text.find("}", self.at)
            digits, self.at = self.text[self.at : end], end + 1
        else:
            length = {"x": 2, "u": 4, "U": 8}[kind]
            digits, self.at = self.text[self.at : self.at + length], self.at + length
        code = int(digits, 16) if 0 < len(digits) <= 8 and all(d in "0123456789abcdefABCDEF" for d in digits) else -1
        if not 0 <= code <= 0x10FFFF:
            raise self.fail(N_("This is no code of a character."))
        return chr(code)

    def property(self) -> Chars:
        """The Unicode property named here, after UTS #18: a general category, by its code or its name."""
        name = self.take()
        if name == "{":
            end = self.text.find("}", self.at)
            name, self.at = self.text[self.at : max(end, self.at)], end + 1
        found = with_property(name)
        if found is None:
            raise self.fail(N_("The property “{name}” is not known.", name=name[:40]))
        return found

    def character_class(self, depth: int) -> Chars:
        """The rest of ``[…]``: members, ranges, classes within, and ``&&`` and ``--`` between sets."""
        if depth > _MAX_DEPTH:
            raise self.fail(N_("The expression is nested too deep."))
        negated = self.took("^")
        members: list[Chars] = []
        whole: Chars | None = None
        is_first = True
        while is_first or self.peek() != "]":
            if not is_first and self.took("&&"):
                so_far, members = any_of(members), []
                whole = so_far if whole is None else both(whole, so_far)
                continue
            members.append(self.member(depth))
            is_first = False
        self.at += 1
        last = any_of(members)
        found = last if whole is None else both(whole, last)
        return complement(found) if negated else (lambda char: char != "" and found(char))

    def member(self, depth: int) -> Chars:
        if self.took("[:"):
            end = self.text.find(":]", self.at)
            named = posix_class(self.text[self.at : max(end, self.at)])
            if named is None:
                raise self.fail(N_("The property “{name}” is not known.", name=self.text[self.at : self.at + 40]))
            self.at = end + 2
            return named
        if self.took("["):
            return self.character_class(depth + 1)
        char = self.take()
        if char == "\\":
            following = self.peek()
            if following.lower() in CLASSES or following in {"p", "P"}:
                return self.escaped_set()
            char = self.escaped_char(self.take())
        if self.peek() == "-" and self.text[self.at + 1 : self.at + 2] not in {"]", "", "["}:
            self.at += 1
            last = self.take()
            if last == "\\":
                last = self.escaped_char(self.take())
            if last < char:
                raise self.fail(N_("A range runs backwards."))
            return between(char, last, self.any_case)
        return literal(char, self.any_case)


def _single(node: Node) -> Chars | None:
    """What one character must be, where the expression is about one character or an edge of the text."""
    if isinstance(node, One):
        return node.chars
    if isinstance(node, Look):
        return node.chars
    if isinstance(node, Choice):
        found = [_single(branch) for branch in node.branches]
        members = [chars for chars in found if chars is not None]
        return any_of(members) if len(members) == len(found) else None
    return None
