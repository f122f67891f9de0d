"""Looking up in the memory: what is held of the index between two look-ups, and the look-up itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Lock
from typing import Any

import numpy as np
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from desktop_app.domain.memory import MemoryUnit
from desktop_app.language.memory import Asked, Entry, Hopefuls, Judged, judge, masked_key, nearest
from desktop_app.language.memory.grams import Counts, Signatures, Words, characters, lengths_of, signatures
from desktop_app.language.memory.part import Candidates, Part, Question, candidates, possible_in_tail
from desktop_app.language.memory.similarity import compared
from desktop_app.store import memory as units_store
from desktop_app.store import memory_index
from desktop_app.store.dialects import sqlite_memory

CACHE_BYTES = 32 * 1024 * 1024
_ALIKE = 50
_ROW = memory_index.POSTINGS_A_ROW


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A part in memory. ``firsts`` has the first rank of each of its rows of postings."""

    id: int
    part: Part
    firsts: Words


@dataclass(frozen=True, slots=True)
class _Tail:
    """What is known of the units with ids above ``after`` up to ``last``; some of them may be gone by now."""

    after: int
    last: int
    ids: Words
    lengths: Counts
    signatures: Signatures

    @classmethod
    def of(cls, after: int, rows: Sequence[tuple[int, str]]) -> "_Tail":
        texts = [compared(source) for _, source in rows]
        lengths = lengths_of(texts)
        ids = np.array([id_ for id_, _ in rows], np.uint32)
        return cls(after, rows[-1][0] if rows else after, ids, lengths, signatures(characters(texts), lengths))

    def and_then(self, more: "_Tail") -> "_Tail":
        """This one and the units that follow it."""
        return _Tail(
            self.after,
            more.last,
            np.concatenate((self.ids, more.ids)),
            np.concatenate((self.lengths, more.lengths)),
            np.concatenate((self.signatures, more.signatures)),
        )

    def above(self, after: int) -> "_Tail":
        """Those of its units with ids above ``after``."""
        kept = self.ids > after
        return _Tail(after, max(after, self.last), self.ids[kept], self.lengths[kept], self.signatures[kept])


class MemoryReader:
    """Looks up, and keeps of the index what next look-ups will need. May be asked on any thread.

    Parts never change and ids of units are never used again, so what is kept stays true for every transaction that
    can still see it; which parts there are, and which units, each transaction asks the archive for.
    """

    def __init__(self, cache_bytes: int = CACHE_BYTES) -> None:
        """Keep nothing yet, and later at most ``cache_bytes`` of postings beside the parts themselves."""
        self._lock = Lock()
        self._parts: dict[int, _Loaded] = {}
        self._tail = _Tail.of(0, [])
        self._postings: dict[int, Words] = {}
        self._most_rows = max(64, cache_bytes // (4 * _ROW))

    def look_up(self, session: Session, asked: Asked) -> list[tuple[Judged, MemoryUnit]]:
        """The units that ``language.memory.judge`` chooses of all that the transaction of ``session`` sees."""
        connection = session.connection()
        if not asked.text:
            return []
        hopefuls = self._hopefuls(session, asked)

        def fetch(ids: list[int]) -> list[Entry]:
            return _entries(sqlite_memory.entries(connection, ids))

        found = nearest(asked, hopefuls, fetch)
        key = masked_key(asked.text)
        alike = [] if key is None else _entries(sqlite_memory.alike(connection, key, _ALIKE))
        judged = judge(asked, found, alike)
        units = units_store.by_id(session, [one.entry.id for one in judged])
        return [(one, units[one.entry.id]) for one in judged]

    def _hopefuls(self, session: Session, asked: Asked) -> Hopefuls:
        """All units that may be near enough, the most promising first."""
        connection = session.connection()
        rows = sqlite_memory.parts(connection)
        with self._lock:
            loaded = self._load(session, rows)
            tail = self._tail_above(connection, rows[-1][1] if rows else 0)
        question = Question.of(asked.text, asked.least)
        several = [possible_in_tail(question, tail.ids, tail.lengths, tail.signatures)]
        for one in loaded:

            def read(begins: Counts, ends: Counts, low: int, high: int, one: _Loaded = one) -> list[Words]:
                return self._read(connection, one, begins, ends, low, high)

            several.append(candidates(one.part, question, read))
        found = Candidates.together(several)
        away = found.edits / np.maximum(len(asked.text), found.lengths)
        order = np.lexsort((found.ids, away))
        return Hopefuls(found.ids[order].tolist(), away[order].tolist(), found.edits[order].tolist())

    def _load(self, session: Session, rows: Sequence[tuple[int, int]]) -> list[_Loaded]:
        """The parts of this transaction; those that it no longer has are let go."""
        parts: dict[int, _Loaded] = {}
        for id_, _ in rows:
            parts[id_] = self._parts.get(id_) or _Loaded(id_, *memory_index.load(session, id_))
        if parts.keys() != self._parts.keys():
            self._parts = parts
            self._postings = {row: ranks for row, ranks in self._postings.items() if memory_index.part_of(row) in parts}
        return list(parts.values())

    def _tail_above(self, connection: Connection, after: int) -> _Tail:
        """The units that no part has yet."""
        tail = self._tail
        if tail.after > after:  # another transaction has seen a later state; this one is asked about an earlier one
            tail = _Tail.of(after, [])
        elif tail.after < after:
            tail = tail.above(after)
        more = sqlite_memory.sources_between(connection, tail.last, 2**62)
        if more:
            tail = tail.and_then(_Tail.of(tail.last, more))
        if tail.after >= self._tail.after:
            self._tail = tail
        return tail

    def _read(
        self, connection: Connection, one: _Loaded, begins: Counts, ends: Counts, low: int, high: int
    ) -> list[Words]:
        """The postings from each begin to its end, without the rows that lie wholly outside the two ranks."""
        first, last = begins // _ROW, (ends - 1) // _ROW
        for at in np.flatnonzero(first + 1 < last):
            inner = one.firsts[first[at] + 1 : last[at] + 1]
            last[at] = first[at] + inner.searchsorted(np.uint32(high))
            first[at] += min(inner.searchsorted(np.uint32(low), "right"), last[at] - first[at])
        base = memory_index.postings_row(one.id, 0)
        offsets = first * _ROW
        places = (np.maximum(begins - offsets, 0).tolist(), (ends - offsets).tolist())
        firsts, lasts = (base + first).tolist(), (base + last).tolist()
        with self._lock:
            rows = self._rows(connection, firsts, lasts)
        return [
            (rows[begin] if begin == end else np.concatenate([rows[row] for row in range(begin, end + 1)]))[start:stop]
            for begin, end, start, stop in zip(firsts, lasts, *places, strict=True)
        ]

    def _rows(self, connection: Connection, firsts: list[int], lasts: list[int]) -> dict[int, Words]:
        """The rows of postings from each first to its last. They are kept; when they are too many, the oldest go."""
        kept = self._postings
        wanted = set(firsts)
        for first, last in zip(firsts, lasts, strict=True):
            if first < last:
                wanted.update(range(first, last + 1))
        missing = wanted - kept.keys()
        if len(kept) + len(missing) > self._most_rows:
            for row in list(islice(kept, self._most_rows // 4)):
                del kept[row]
            missing = wanted - kept.keys()
        rows = {row: np.frombuffer(blob, "<u4") for row, blob in sqlite_memory.postings(connection, sorted(missing))}
        kept.update(rows)
        return {row: kept[row] for row in wanted}


def _entries(rows: Iterable[tuple[Any, ...]]) -> list[Entry]:
    return [Entry._make(row) for row in rows]
