"""What the memory's index knows of a text: its pairs of neighbouring characters, and a signature of its characters.

Two bounds make a look-up quick without losing a match. Let a text q of m characters become a text u of n characters
by d edits, i of them insertions (so i >= n - m).

Pairs. Set a mark before and after q: it has m + 1 pairs of neighbours. A substitution or a deletion touches one
character and with it two pairs; an insertion parts one pair. So at most 2(d - i) + i = 2d - i pairs of q are lost, and
each of the others stands in u too, in a place of its own. Counted with their repetitions the two texts therefore share

    at least (m + 1) - 2d + max(0, n - m) pairs.

Repetitions are counted by giving the second, third … copy of a pair in a text a name of its own, which turns the
multisets into sets with an intersection of the same size. Names are hashes of 32 bits; where two names of q fall
together, the number of distinct ones takes the place of m + 1, for a distinct one is lost only with all it stands for.
For 50 per cent and above the bound is positive for every length: no text is too short for it.

Characters. Each character falls into one of 64 classes, and two bits a class say whether a text has one, or two and
more, of it. A bit that only q has costs an edit that takes a character out of q, and one edit takes out one; so d is
at least the number of bits that only q has, and as many as only u has.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint32]
Signatures = NDArray[np.uint64]
Counts = NDArray[np.int64]

_CLASSES = 64
_CLASS_SHIFT = np.uint32(32 - 6)
_ONE, _TWO, _COPY = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77), np.uint32(0xC2B2AE3D)
_MIX = np.uint32(0x2C1B3C6D)
_HIGH = np.uint64(32)
_RANGE_BITS = np.uint32(24)  # a copy keeps the upper 8 bits of its pair's name, so that ranges of names stay apart
_RANGE_MASK = np.uint32(0xFF000000)
_PAIRS_AT_ONCE = 4_000_000
_TEXTS_AT_ONCE = 50_000


def characters(texts: list[str]) -> Words:
    """All characters of the texts, one after another, as code points."""
    return np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)


def lengths_of(texts: list[str]) -> Counts:
    """The length of each text in characters."""
    return np.fromiter(map(len, texts), np.int64, len(texts))


def pair_names(points: Words, lengths: Counts) -> Words:
    """The name of every pair, text after text: one more of them than a text has characters."""
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths + 1, out=starts[1:])
    stream = np.zeros(int(starts[-1]) + 1, np.uint32)
    inside = np.ones(len(stream), np.bool_)
    inside[starts] = False
    stream[inside] = points
    names = stream[:-1] * _ONE ^ stream[1:] * _TWO
    names ^= names >> np.uint32(15)
    names *= _MIX
    names ^= names >> np.uint32(12)
    return names


def _name_copies(entries: Signatures) -> Signatures:
    """Give the second, third … copy of a pair in one text another name; ``entries`` are sorted, name above text."""
    same = entries[1:] == entries[:-1]
    later = np.flatnonzero(same) + 1
    if not len(later):
        return entries
    places = np.arange(len(entries))
    first = np.where(np.concatenate(([True], ~same)), places, 0)
    copy = (places - np.maximum.accumulate(first))[later].astype(np.uint32)
    names = (entries[later] >> _HIGH).astype(np.uint32)
    other = (names ^ copy * _COPY) * _MIX
    names = names & _RANGE_MASK | (other ^ other >> np.uint32(13)) & ~_RANGE_MASK
    entries[later] = names.astype(np.uint64) << _HIGH | entries[later] & np.uint64(0xFFFFFFFF)
    entries.sort()
    return entries


def pair_entries(names: Words, lengths: Counts) -> Iterator[Signatures]:
    """Every pair of every text, sorted: the name in the upper 32 bits, the number of the text in the lower.

    ``names`` are those of ``pair_names``. The entries come in pieces, one range of names after the other, so that
    those of a million texts are never there all at once.
    """
    numbers = np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths + 1)
    count = 1
    while len(names) > count * _PAIRS_AT_ONCE and count < 256:
        count *= 2
    ranges = (names >> _RANGE_BITS).astype(np.uint8)
    width = 256 // count
    for piece in range(count):
        chosen = slice(None) if count == 1 else ranges // width == piece
        entries = names[chosen].astype(np.uint64) << _HIGH | numbers[chosen]
        entries.sort()
        yield _name_copies(entries)


def pairs_of(text: str) -> Words:
    """The distinct names of the pairs of one text, sorted."""
    lengths = np.array([len(text)])
    (entries,) = pair_entries(pair_names(characters([text]), lengths), lengths)
    return np.unique((entries >> _HIGH).astype(np.uint32))


def signatures(points: Words, lengths: Counts) -> Signatures:
    """The signature of each text: a row of two words, the classes it has, and those it has at least two of."""
    ends = np.cumsum(lengths)
    found = np.zeros((len(lengths), 2), np.uint64)
    classes = points * _ONE >> _CLASS_SHIFT
    for start in range(0, len(lengths), _TEXTS_AT_ONCE):
        stop = min(len(lengths), start + _TEXTS_AT_ONCE)
        here = slice(int(ends[start - 1]) if start else 0, int(ends[stop - 1]))
        text = np.repeat(np.arange(stop - start, dtype=np.int64), lengths[start:stop])
        counts = np.bincount(text * _CLASSES + classes[here], minlength=(stop - start) * _CLASSES)
        counts = counts.reshape(stop - start, _CLASSES)
        bits = np.concatenate((counts >= 1, counts >= 2), axis=1)
        found[start:stop] = np.packbits(bits, axis=1, bitorder="little").view(np.uint64)
    return found


def least_edits(one: Signatures, many: Signatures) -> Counts:
    """The edits that texts of the signatures ``many`` need at least to become the text of ``one``."""
    only_many: Counts = np.bitwise_count(many & ~one).sum(axis=1, dtype=np.int64)
    only_one: Counts = np.bitwise_count(one & ~many).sum(axis=1, dtype=np.int64)
    return np.maximum(only_many, only_one)
