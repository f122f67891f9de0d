"""Finding texts again: the words side by side first, then all words anywhere in a story or picture, best first."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, zip_longest

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.domain.records import Hit
from desktop_app.language.searching import SEPARATOR, Phrase, finished, has, joined, parsed, spans_of, texts_with
from desktop_app.store.dialects import sqlite_search
from desktop_app.store.models import SearchTextRow
from desktop_app.store.search_texts import (
    IDS,
    INDEX,
    KINDS,
    SIDES,
    Searchable,
    place_read,
    places_read,
    problems,
    put,
    rebuild,
    remove,
)

__all__ = ["Searchable", "find", "newest_with", "owners", "problems", "put", "rebuild", "remove", "segments"]

_RANKED = 300  # matches that are weighed against one another; of words found more often the newest come first
_LOOKED_THROUGH = 2000  # documents with all words, looked through for a segment that has them all
_SIFTED = 1000  # documents with the whole words of a query, looked through for its unfinished ones
_PROBED = 200  # of the newest documents, where there are no whole words
_BATCHES = (25, 100)  # documents read at once: the first time, and after that
_ROW = SearchTextRow.__table__.c


def find(
    session: Session,
    query: str,
    *,
    kinds: Sequence[str] = KINDS,
    limit: int = 50,
    whole_words: bool = False,
) -> list[Hit]:
    """Stories and pictures that have all words of ``query``, best first, each with the text that has most of them.

    First come those in which the words stand side by side. The last word may be the beginning of one unless
    ``whole_words``. While ``limit`` is not reached, further texts of what was found follow.
    """
    phrases = parsed(query, open_end=not whole_words)
    if not phrases:
        return []
    ranked = _found(session, phrases, kinds, limit)
    best: list[Hit] = []
    more: list[Hit] = []
    for hits in _hits(session, ranked, every=len(ranked) < limit):
        best += hits[:1]
        more += hits[1:]
    return [*best, *more][:limit]


def owners(session: Session, query: str, *, kind: str, limit: int) -> list[str]:
    """The stories or pictures that ``find`` would find, best first, without a look at their texts."""
    phrases = parsed(query, open_end=True)
    if not phrases:
        return []
    ranked = [identity for identity, _ in _found(session, phrases, [kind], limit)]
    owner: dict[int, str] = {}
    for start in range(0, len(ranked), _BATCHES[1]):
        batch = ranked[start : start + _BATCHES[1]]
        owner |= {row.id: row.owner for row in session.execute(select(_ROW.id, _ROW.owner).where(_ROW.id.in_(batch)))}
    return list(dict.fromkeys(owner[identity] for identity in ranked if identity in owner))


def segments(session: Session, phrases: tuple[Phrase, ...], limit: int) -> list[tuple[str, str]]:
    """Story and id of segments that have all phrases on either side, side by side first, then the newest stories'."""
    found: dict[tuple[str, str], None] = {}
    for tier in dict.fromkeys([(joined(phrases),), phrases]):
        documents = _newest(session, tier, IDS["story"], limit if len(tier) == 1 else _LOOKED_THROUGH)
        for _id, owner, places, text in _rows(session, documents):
            found |= dict.fromkeys((owner, part) for part in _segments_with(places_read(places), text, tier))
            if len(found) >= limit:
                return list(found)[:limit]
    return list(found)


def _segments_with(places: Sequence[tuple[str, str]], text: str, phrases: tuple[Phrase, ...]) -> list[str]:
    """The segments in a document that have all phrases, in the order in which they have the first."""
    having = [[places[number] for number in texts_with(text, phrase) if number < len(places)] for phrase in phrases]
    first, *others = [dict.fromkeys(part for part, name in found if name in SIDES) for found in having]
    return [part for part in first if all(part in some for some in others)]


_Ranked = tuple[int, tuple[Phrase, ...]]


def _tiers(phrases: tuple[Phrase, ...]) -> list[tuple[Phrase, ...]]:
    """What to look for in turn: the words side by side, all words; then both with the last word left open."""
    *before, last = phrases
    closed = (*before, last.closed())
    return list(dict.fromkeys([(joined(closed),), closed, (joined(phrases),), phrases]))


def _found(session: Session, phrases: tuple[Phrase, ...], kinds: Sequence[str], limit: int) -> list[_Ranked]:
    """Documents that have the phrases, best first, each with the phrases it was found by."""
    found: dict[int, tuple[Phrase, ...]] = {}
    for tier in _tiers(phrases):
        for identity in _woven(_best(session, tier, kinds, limit + len(found))):
            found.setdefault(identity, tier)
        if len(found) >= limit:
            break
    return list(found.items())[:limit]


def _best(session: Session, phrases: tuple[Phrase, ...], kinds: Sequence[str], limit: int) -> list[list[int]]:
    """Of each kind the documents that have all phrases: weighed where they are few in all, of many the newest."""
    if any(phrase.unfinished for phrase in phrases):
        return [_newest(session, phrases, IDS[kind], limit) for kind in kinds]
    connection, query = session.connection(), sqlite_search.query_of(phrases)
    # Asked for at once, because to learn that a kind has none of a rare phrase the index passes the other's.
    every = range(min(IDS[kind].start for kind in kinds), max(IDS[kind].stop for kind in kinds))
    # Words side by side are rare or, when they are not, hardly worth weighing: the index passes far more than it finds.
    most = limit if any(len(phrase.words) > 1 for phrase in phrases) else max(limit, _RANKED)
    matches = sqlite_search.newest(connection, INDEX, query, most + 1, every)
    if limit < len(matches) <= most:
        matches = sqlite_search.ranked(connection, query, len(matches), every)
    found = [[identity for identity in matches if identity in IDS[kind]][:limit] for kind in kinds]
    if len(matches) <= most or not any(found[1:]):
        return found
    return [sqlite_search.newest(connection, INDEX, query, limit, IDS[kind]) for kind in kinds]


def _newest(session: Session, phrases: tuple[Phrase, ...], ids: range, limit: int) -> list[int]:
    """The newest documents that have all phrases."""

    def texts(documents: Sequence[int]) -> Iterator[tuple[int, str]]:
        return ((identity, text) for identity, _, _, text in _rows(session, documents))

    def last(count: int) -> list[int]:
        query = select(_ROW.id).where(_ROW.id.between(ids.start, ids.stop - 1)).order_by(_ROW.id.desc()).limit(count)
        return list(session.connection().execute(query).scalars())

    return newest_with(session, INDEX, phrases, limit, ids, texts, last)


def newest_with(
    session: Session,
    table: str,
    phrases: tuple[Phrase, ...],
    limit: int,
    ids: range,
    texts: Callable[[Sequence[int]], Iterable[tuple[int, str]]],
    last: Callable[[int], list[int]],
) -> list[int]:
    """The newest documents of an index that have all phrases; ``texts`` reads some, ``last`` tells the newest of all.

    For one character or the beginning of a word the index would first gather every word that begins so. So what
    else is asked for, or the newest texts, are looked through first: a common beginning is in some of them.
    """
    connection = session.connection()
    unfinished = [phrase for phrase in phrases if phrase.unfinished]
    if unfinished:
        whole = finished(phrases)
        query = sqlite_search.query_of(whole)
        most = _SIFTED if whole else _PROBED
        likely = sqlite_search.newest(connection, table, query, most, ids) if whole else last(most)
        having = (identity for identity, text in texts(likely) if all(has(text, phrase) for phrase in unfinished))
        found = list(islice(having, limit))
        if len(found) == limit or len(likely) < most:
            return found
    return sqlite_search.newest(connection, table, sqlite_search.query_of(phrases), limit, ids)


def _woven(found: Sequence[Sequence[int]]) -> list[int]:
    """One order of several: after every three of the first, one of the others."""
    first, *others = found
    share = iter([identity for some in zip_longest(*others) for identity in some if identity is not None])
    woven: list[int] = []
    for place, identity in enumerate(first, 1):
        woven += [identity, *islice(share, 0 if place % 3 else 1)]
    return [*woven, *share]


def _rows(session: Session, ids: Sequence[int]) -> Iterator[tuple[int, str, str, str]]:
    """Id, owner, places and text of documents, in the order of ``ids``."""
    start, step = 0, _BATCHES[0]
    while start < len(ids):
        batch = ids[start : start + step]
        start, step = start + step, _BATCHES[1]
        rows = {row[0]: row for row in sqlite_search.documents(session.connection(), batch)}
        yield from (rows[identity] for identity in batch if identity in rows)


def _hits(session: Session, ranked: Sequence[_Ranked], *, every: bool) -> Iterator[list[Hit]]:
    """The hits in each document: its best text, or with ``every`` all that are as good, the first one first."""
    phrases = dict(ranked)
    for identity, owner, places, text in _rows(session, list(phrases)):
        kind = next(kind for kind, ids in IDS.items() if identity in ids)
        yield list(_hits_in(kind, owner, places, text, phrases[identity], every=every))


def _hits_in(
    kind: str, owner: str, places: str, text: str, phrases: tuple[Phrase, ...], *, every: bool
) -> Iterator[Hit]:
    numbers = _best_texts(text, phrases, every=every)
    texts = text.split(SEPARATOR)
    for number in numbers:
        yield Hit(kind, owner, *place_read(places, number), texts[number], spans_of(texts[number], phrases))


def _best_texts(text: str, phrases: tuple[Phrase, ...], *, every: bool) -> list[int]:
    """The numbers of the texts in a document that have most of the phrases."""
    if len(phrases) == 1:
        with_it = texts_with(text, phrases[0])
        numbers = list(dict.fromkeys(with_it if every else islice(with_it, 1)))
    else:
        counted = Counter(number for phrase in phrases for number in set(texts_with(text, phrase)))
        most = max(counted.values(), default=0)
        numbers = sorted(number for number, count in counted.items() if count == most)
    return numbers or [0]
