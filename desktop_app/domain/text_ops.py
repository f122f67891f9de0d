"""What differs between two texts, cut so that a person can read it: Chinese by character, English by word.

The shortest edit script of two sentences holds on to every stray "of" and every lone character that both happen to
have, and reads like confetti. So a small island of equal text between two changes goes into both, and a change that
may stand in several places stands where a word, a clause or a sentence begins (after the "semantic cleanup" of Neil
Fraser's diff-match-patch, by words instead of characters).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import Literal

from rapidfuzz.distance import Indel

Sign = Literal["=", "-", "+"]
Op = tuple[Sign, str]

_HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_WORD = rf"[^\W{_HAN}_]"
_TOKENS = re.compile(rf"\s+|[{_HAN}]|{_WORD}+(?:[\u2019'.,\-]{_WORD}+)*|[^\w\s]|_", re.UNICODE)
_IS_HAN = re.compile(f"[{_HAN}]")
_SMALL = re.compile(  # words that tie a sentence together and mean little alone
    r"a|an|the|of|to|in|on|at|by|for|from|with|and|or|nor|but|as|is|are|was|were|be|been|it|its|his|her|their|our|this"
    r"|that|these|those|which|who|will|would|has|have|had|not|so|also|than|then",
    re.IGNORECASE,
)
_SMALL_HAN = frozenset("的了和与及在是等对为以将其并而也于")
_SENTENCE_ENDS = frozenset(".!?。！？…")
_CLAUSE_ENDS = frozenset(",;:，、；：—")
_WORK = 400_000_000  # pairs of tokens that are compared: 50 MB of bits; more than that is told as one change
_SLIDES = 200  # tokens that a change is moved at most


@dataclass(frozen=True, slots=True)
class Hunk:
    """One change: what was deleted and inserted at one place, and where that is in the old and the new text."""

    deleted: str
    inserted: str
    old_at: int
    new_at: int


def tokens(text: str) -> list[str]:
    """Cut a text into the units that a reader compares: Chinese characters, else words, marks and spaces."""
    return _TOKENS.findall(text)


@lru_cache(maxsize=4096)
def text_ops(old: str, new: str) -> tuple[Op, ...]:
    """Return a readable edit script from ``old`` to ``new``, deletions before insertions.

    Joined, all parts but ``+`` give ``old`` and all parts but ``-`` give ``new``.
    """
    if old == new:
        return (("=", old),) if old else ()
    return _ops(_settled(_merged_islands(raw_pieces(tokens(old), tokens(new)))))


@dataclass(slots=True)
class Piece:
    """Equal tokens and the change that follows them."""

    equal: list[str]
    deleted: list[str]
    inserted: list[str]


def raw_pieces(a: Sequence[str], b: Sequence[str]) -> list[Piece]:
    """The shortest edit script of two lists of tokens; the last piece may lack a change."""
    if len(a) * len(b) > _WORK:
        return _outer(a, b)
    pieces = [Piece([], [], [])]
    for step in Indel.opcodes(a, b):
        last = pieces[-1]
        if step.tag == "equal":
            if last.deleted or last.inserted:
                last = Piece([], [], [])
                pieces.append(last)
            last.equal += a[step.src_start : step.src_end]
        else:
            last.deleted += a[step.src_start : step.src_end]
            last.inserted += b[step.dest_start : step.dest_end]
    return pieces


def aligned(old: str, new: str) -> list[Piece]:
    """What became of every word, every change where it reads best and no small island taken into it.

    Words are lined up first and blanks follow them: a blank that could stay is no reason to give up a word.
    """
    before, after = _spaced(old), _spaced(new)
    found = raw_pieces([word for word, _ in before], [word for word, _ in after])
    left, right = iter(before), iter(after)
    pieces = [Piece([], [], [])]
    for piece in found:
        for (word, was), (_, now) in zip(islice(left, len(piece.equal)), islice(right, len(piece.equal)), strict=True):
            if pieces[-1].deleted or pieces[-1].inserted:
                pieces.append(Piece([], [], []))
            pieces[-1].equal += _there(word, was if was == now else "")
            if was != now:
                pieces[-1].deleted += _there(was)
                pieces[-1].inserted += _there(now)
        pieces[-1].deleted += _there(*chain.from_iterable(islice(left, len(piece.deleted))))
        pieces[-1].inserted += _there(*chain.from_iterable(islice(right, len(piece.inserted))))
    return _settled([*pieces, Piece([], [], [])])


def _spaced(text: str) -> list[tuple[str, str]]:
    """The words of a text, each with the blank behind it; a blank at the beginning stands behind an empty word."""
    found = [("", "")]
    for token in tokens(text):
        if token.isspace():
            found[-1] = (found[-1][0], token)
        else:
            found.append((token, ""))
    return found


def _there(*words: str) -> list[str]:
    return [word for word in words if word]


def distance(old: str, new: str) -> int:
    """How many tokens the shortest edit script of two texts deletes and inserts."""
    if old == new:
        return 0
    a, b = tokens(old), tokens(new)
    return Indel.distance(a, b) if len(a) * len(b) <= _WORK else len(a) + len(b)


def _outer(a: Sequence[str], b: Sequence[str]) -> list[Piece]:
    """One change between what both begin and end with."""
    room = min(len(a), len(b))
    head = next((i for i in range(room) if a[i] != b[i]), room)
    tail = next((i for i in range(room - head) if a[-1 - i] != b[-1 - i]), room - head)
    middle = Piece(list(a[:head]), list(a[head : len(a) - tail]), list(b[head : len(b) - tail]))
    return [middle, Piece(list(a[len(a) - tail :]), [], [])]


def _weight(words: Iterable[str]) -> float:
    """How much a reader holds on to: a word 1, a small word half, a mark by what it ends, a space nothing."""
    total = 0.0
    for word in words:
        if word.isspace():
            continue
        if word in _SENTENCE_ENDS:
            total += 2
        elif not word[0].isalnum():
            total += 1 if word in _CLAUSE_ENDS else 0.5
        elif word in _SMALL_HAN or _SMALL.fullmatch(word):
            total += 0.5
        else:
            total += 1
    return total


def _is_light(island: Sequence[str], before: float, after: float) -> bool:
    """Whether equal text between changes of these weights only stands in the reader's way."""
    weight = _weight(island)
    if weight <= 0.5 or weight * 3 <= min(before, after):
        return True
    lone = all(_IS_HAN.match(word) for word in island)
    return lone and (len(island) == 1 or weight * 1.5 <= min(before, after))


def _merged_islands(pieces: Sequence[Piece]) -> list[Piece]:
    """Take small islands into the changes beside them. Each change is looked at again when it has grown."""
    done: list[tuple[Piece, float, float]] = []  # with the weights of what was deleted and inserted
    for piece in pieces:
        last, gone, come = piece, _weight(piece.deleted), _weight(piece.inserted)
        changed = bool(piece.deleted or piece.inserted)
        while changed and done and _is_light(last.equal, max(done[-1][1:]), max(gone, come)):
            before, was_gone, was_come = done.pop()
            island = _weight(last.equal)
            before.deleted += [*last.equal, *last.deleted]
            before.inserted += [*last.equal, *last.inserted]
            last, gone, come = before, was_gone + island + gone, was_come + island + come
        done.append((last, gone, come))
    pieces = [piece for piece, *_ in done]
    return [*pieces, Piece([], [], [])] if pieces and (pieces[-1].deleted or pieces[-1].inserted) else pieces


def _settled(pieces: list[Piece]) -> list[Piece]:
    """Move every lone insertion or deletion to the place where it reads best."""
    for piece, following in pairwise(pieces):
        _trim(piece, following)
        if bool(piece.deleted) != bool(piece.inserted):
            _settle(piece, piece.deleted or piece.inserted, following)
    return pieces


def _trim(piece: Piece, following: Piece) -> None:
    """Leave out what both sides of a change begin or end with."""
    deleted, inserted = piece.deleted, piece.inserted
    room = min(len(deleted), len(inserted))
    tail = next((i for i in range(room) if deleted[-1 - i] != inserted[-1 - i]), room)
    if tail:
        following.equal[:0] = deleted[len(deleted) - tail :]
        del deleted[len(deleted) - tail :], inserted[len(inserted) - tail :]
    head = next((i for i in range(room - tail) if deleted[i] != inserted[i]), room - tail)
    piece.equal += deleted[:head]
    del deleted[:head], inserted[:head]


def _settle(piece: Piece, change: list[str], following: Piece) -> None:
    """Try all places of one change between its equal neighbours; ``a[b a]`` is ``[a b]a`` too."""
    span = len(change)
    back = 0
    while back < min(len(piece.equal), _SLIDES) and piece.equal[-1 - back] == _at(change, piece.equal, back, span):
        back += 1
    forth = 0
    while forth < min(len(following.equal), _SLIDES) and following.equal[forth] == _ahead(
        change, following.equal, forth, span
    ):
        forth += 1
    run = [*piece.equal[len(piece.equal) - back :], *change, *following.equal[:forth]]
    before = piece.equal[: len(piece.equal) - back]
    after = following.equal[forth:]
    best = max(
        range(back + forth + 1),
        key=lambda at: (
            _edge(run[at - 1] if at else _last(before), run[at])
            + _edge(run[at + span - 1], run[at + span] if at + span < len(run) else _first(after)),
            -abs(at - back),
        ),
    )
    piece.equal = [*before, *run[:best]]
    change[:] = run[best : best + span]
    following.equal = [*run[best + span :], *after]


def _at(change: Sequence[str], equal: Sequence[str], back: int, span: int) -> str:
    """The token that would leave the change at its end when it moves ``back`` + 1 places to the left."""
    return change[span - 1 - back] if back < span else equal[len(equal) - 1 - back + span]


def _ahead(change: Sequence[str], equal: Sequence[str], forth: int, span: int) -> str:
    """The token that would leave the change at its beginning when it moves ``forth`` + 1 places to the right."""
    return change[forth] if forth < span else equal[forth - span]


def _last(words: Sequence[str]) -> str:
    return words[-1] if words else ""


def _first(words: Sequence[str]) -> str:
    return words[0] if words else ""


def _edge(left: str, right: str) -> int:
    """How good a cut between two tokens is: the end of the text, a sentence or a clause, before a word rather than
    after it."""
    if not left or not right:
        return 6
    if left in _SENTENCE_ENDS:
        return 5
    if left.isspace():
        return 4
    if left in _CLAUSE_ENDS:
        return 3
    return 2 if right.isspace() or not right[0].isalnum() else 1


def _ops(pieces: Iterable[Piece]) -> tuple[Op, ...]:
    found: list[Op] = []
    for piece in pieces:
        for sign, words in (("=", piece.equal), ("-", piece.deleted), ("+", piece.inserted)):
            text = "".join(words)
            if not text:
                continue
            if found and found[-1][0] == sign == "=":
                found[-1] = ("=", found[-1][1] + text)
            else:
                found.append((sign, text))  # type: ignore[arg-type]  # the signs of the row above
    return tuple(found)


def hunks(ops: Iterable[Op]) -> Iterator[Hunk]:
    """The changes of an edit script, in order; a deletion and the insertion in its place are one."""
    old = new = 0
    deleted = inserted = ""
    for sign, text in [*ops, ("=", "")]:
        if sign == "-":
            deleted += text
        elif sign == "+":
            inserted += text
        else:
            if deleted or inserted:
                yield Hunk(deleted, inserted, old, new)
                old, new = old + len(deleted), new + len(inserted)
                deleted = inserted = ""
            old, new = old + len(text), new + len(text)


def merged(ops: Iterable[Op], chosen: Collection[int]) -> str:
    """The old text with the chosen changes in it; the others stay as they were. Changes count from 0."""
    said: list[str] = []
    number, in_change = -1, False
    for sign, text in ops:
        if sign == "=":
            in_change = False
            said.append(text)
            continue
        if not in_change:
            number, in_change = number + 1, True
        if (sign == "+") == (number in chosen):
            said.append(text)
    return "".join(said)
