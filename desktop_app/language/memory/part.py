"""One part of the memory's index: texts in the order of their lengths, and for each pair of characters who has it.

A part never changes once it was made. ``language.memory.grams`` has the two bounds that it rests on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.language.memory.grams import (
    Counts,
    Signatures,
    Words,
    characters,
    least_edits,
    lengths_of,
    pair_entries,
    pair_names,
    pairs_of,
    signatures,
)
from desktop_app.language.memory.similarity import lengths_within

Range = tuple[int, int]
# Reads postings: for each begin and end those between them. Ranks below the third number and from the fourth on are
# not wanted; they may be left out.
ReadPostings = Callable[[Counts, Counts, int, int], list[Words]]

_FEW = 512  # so many texts of fitting length are compared by signature alone
_CHEAP = 100_000  # so many postings are read beyond what is needed, to have fewer texts to look at
_SURE = 16
_MANY = 600


@dataclass(frozen=True, slots=True)
class Part:
    """What of a part is held in memory; the postings are read as they are needed.

    ``ids`` and ``signatures`` go by rank, that is by length. ``lengths`` are the lengths there are, and the texts of
    ``lengths[i]`` have the ranks from ``ranks[i]`` to ``ranks[i + 1]``. The texts with the pair ``pairs[j]`` are
    the postings from ``starts[j]`` to ``starts[j + 1]``.
    """

    ids: Words
    lengths: Words
    ranks: Words
    signatures: Signatures
    pairs: Words
    starts: Words

    @property
    def size(self) -> int:
        """How many texts it has."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Question:
    """A text to look for, and what the bounds need to know of it."""

    text: str
    least: int
    pairs: Words
    signature: Signatures

    @classmethod
    def of(cls, text: str, least: int) -> "Question":
        """Ask for what is at least ``least`` per cent (1 to 100) like ``text``, which is in its compared form."""
        return cls(text, least, pairs_of(text), signatures(characters([text]), lengths_of([text]))[0])

    def edits_allowed(self, lengths: Counts) -> Counts:
        """The most edits to texts of these lengths (``similarity.allowed_edits``)."""
        return (100 - self.least) * np.maximum(len(self.text), lengths) // 100

    def pairs_needed(self, lengths: Counts) -> Counts:
        """The fewest pairs that texts of these lengths share with this one; zero and below says nothing."""
        return len(self.pairs) - 2 * self.edits_allowed(lengths) + np.maximum(0, lengths - len(self.text))


@dataclass(frozen=True, slots=True)
class Candidates:
    """Units that may be like a text: their ids, their lengths, and how many edits away they are at least."""

    ids: NDArray[np.int64]
    lengths: Counts
    edits: Counts

    @classmethod
    def none(cls) -> "Candidates":
        """No candidate at all."""
        return cls(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64))

    @classmethod
    def together(cls, several: Sequence["Candidates"]) -> "Candidates":
        """The candidates of several parts."""
        return cls(
            np.concatenate([one.ids for one in several]),
            np.concatenate([one.lengths for one in several]),
            np.concatenate([one.edits for one in several]),
        )


def build(ids: Sequence[int], texts: list[str]) -> tuple[Part, list[Words]]:
    """Make a part of texts in their compared form, and its postings in pieces that follow one another."""
    order = sorted(range(len(texts)), key=lambda place: (len(texts[place]), ids[place]))
    points, lengths = characters([texts[place] for place in order]), lengths_of(texts)[order]
    signed = signatures(points, lengths)
    different, first = np.unique(lengths, return_index=True)
    names: list[Words] = []
    starts: list[NDArray[np.int64]] = []
    postings: list[Words] = []
    done = 0
    all_names = pair_names(points, lengths)
    del points
    for entries in pair_entries(all_names, lengths):
        pairs = (entries >> np.uint64(32)).astype(np.uint32)
        begins = np.flatnonzero(np.concatenate((np.ones(min(1, len(pairs)), np.bool_), pairs[1:] != pairs[:-1])))
        names.append(pairs[begins])
        starts.append(begins + done)
        postings.append(entries.astype(np.uint32))
        done += len(entries)
    part = Part(
        ids=np.array([ids[place] for place in order], np.uint32),
        lengths=different.astype(np.uint32),
        ranks=np.append(first, len(order)).astype(np.uint32),
        signatures=signed,
        pairs=np.concatenate(names),
        starts=np.append(np.concatenate(starts), done).astype(np.uint32),
    )
    return part, postings


def candidates(part: Part, question: Question, read: ReadPostings) -> Candidates:
    """Every text of the part that may be as like as asked, and few others."""
    shortest, longest = lengths_within(question.least, len(question.text))
    one, other = (int(place) for place in np.searchsorted(part.lengths, (shortest, longest + 1)))
    low, high = int(part.ranks[one]), int(part.ranks[other])
    if low == high:
        return Candidates.none()
    needed = int(question.pairs_needed(part.lengths[one:other].astype(np.int64)).min())
    if high - low <= _FEW or needed <= 0:
        ranks = np.arange(low, high, dtype=np.uint32)
        return _possible(part, question, ranks, np.full(len(ranks), len(question.pairs)))[0]
    return _sharing(part, question, needed, (low, high), read)


def _possible(part: Part, question: Question, ranks: Words, shared: Counts) -> tuple[Candidates, NDArray[np.bool_]]:
    """The candidates among some texts, and which of the texts they are; ``shared`` is the most pairs one may share."""
    lengths = part.lengths[np.searchsorted(part.ranks, ranks, "right") - 1].astype(np.int64)
    edits = _edits(question, lengths, part.signatures[ranks], shared)
    kept = edits <= question.edits_allowed(lengths)
    return Candidates(part.ids[ranks[kept]].astype(np.int64), lengths[kept], edits[kept]), kept


def _edits(question: Question, lengths: Counts, signed: Signatures, shared: Counts) -> Counts:
    """How many edits away texts are at least, by their pairs, their lengths and their characters."""
    further = np.maximum(0, lengths - len(question.text))
    by_pairs = (len(question.pairs) - shared + further + 1) // 2
    by_length = np.abs(lengths - len(question.text))
    return np.maximum(np.maximum(by_pairs, by_length), least_edits(question.signature, signed))


def _sharing(part: Part, question: Question, needed: int, window: Range, read: ReadPostings) -> Candidates:
    """The candidates among the texts of the window, of which each must share ``needed`` pairs at least.

    A text may lack some number of the pairs. Among any so many and one it has one then, among so many and five it has
    five: the rarest pairs are read, and the many texts with the most frequent ones are never looked at. What comes
    through by the rare pairs and by its characters is held against the frequent pairs where it is still much.
    """
    places = np.minimum(np.searchsorted(part.pairs, question.pairs), len(part.pairs) - 1)
    known = places[part.pairs[places] == question.pairs]
    if len(known) < needed:
        return Candidates.none()
    begins, ends = part.starts[known].astype(np.int64), part.starts[known + 1].astype(np.int64)
    order = np.argsort(ends - begins, kind="stable")
    cost = np.cumsum((ends - begins)[order])
    fewest = len(known) - needed + 1
    surplus = int(np.searchsorted(cost, cost[fewest - 1] + _CHEAP, "right")) - fewest
    surplus = min(surplus, _SURE)
    rare, frequent = order[: fewest + surplus], order[fewest + surplus :]
    low, high = window
    together = np.concatenate(read(begins[rare], ends[rare], low, high))
    together = together[(together >= low) & (together < high)]
    together.sort()
    # Sorted, a text with n of the rare pairs stands n times in a row.
    last = together[surplus:]
    found = last[last == together[: len(last)]]
    found = found[np.concatenate((np.ones(min(1, len(found)), np.bool_), found[1:] != found[:-1]))]
    shared = np.searchsorted(together, found, "right") - np.searchsorted(together, found)
    several, kept = _possible(part, question, found, shared + len(frequent))
    if len(several.ids) <= _MANY or not len(frequent):
        return several
    found, shared = found[kept], shared[kept]
    for ranks in read(begins[frequent], ends[frequent], int(found[0]), int(found[-1]) + 1):
        shared += ranks[np.minimum(np.searchsorted(ranks, found), len(ranks) - 1)] == found
    return _possible(part, question, found, shared)[0]


def possible_in_tail(question: Question, ids: Words, lengths: Counts, signed: Signatures) -> Candidates:
    """The candidates among texts that are in no part yet: by their lengths and characters alone."""
    edits = _edits(question, lengths, signed, np.full(len(ids), len(question.pairs)))
    kept = edits <= question.edits_allowed(lengths)
    return Candidates(ids[kept].astype(np.int64), lengths[kept], edits[kept])
