"""The searchable texts: gathered into one document a story or picture, and indexed by the dialect module.

A document is all texts of one owner, so that words are found together wherever in a story they stand; a very long
story has several. It keeps the texts as they read, because the index cannot tell them: hits are cut out of them, and
what changes is taken out of the index by them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from desktop_app.foundation.messages import N_, Message
from desktop_app.language.searching import SEPARATOR
from desktop_app.store.dialects import sqlite_search
from desktop_app.store.models import SearchTextRow

# The ids of the documents of each kind, so that one kind can be searched without passing the other's matches.
IDS = {"story": range(1, 2**40), "picture": range(2**40, 2**41)}
KINDS = tuple(IDS)
SIDES = ("source", "target")
INDEX = "search_index"
_ROOM = 6000  # characters of a document that takes in further texts: what one autosave may have to index again
_BATCH = 500
_ROW = SearchTextRow.__table__.c
_WHOLE = select(_ROW.id, _ROW.owner, _ROW.places, _ROW.text)


@dataclass(frozen=True, slots=True)
class Searchable:
    """One text to be found: ``kind`` story or picture, ``part`` the segment, block or picture it stands in."""

    kind: str
    part: str
    field: str
    text: str


@dataclass(slots=True)
class _Document:
    """Texts of one owner by part and field, in order. ``id`` is 0 until it is given one."""

    owner: str
    id: int = 0
    entries: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def read(cls, identity: int, owner: str, places: str, text: str) -> "_Document":
        """Put a stored document together; of one altered from outside, what still fits, for it can be made again."""
        texts = zip(places_read(places), text.split(SEPARATOR), strict=False)
        return cls(owner, identity, {place: said for place, said in texts if said})

    def stored(self) -> dict[str, Any]:
        """Its row."""
        fields: dict[str, list[str]] = {}
        for part, name in self.entries:
            fields.setdefault(part, []).append(name)
        sides = {part for part, names in fields.items() if set(names) <= set(SIDES)}
        layout = [part if part in sides else [part, *names] for part, names in fields.items()]
        places = [(part, name) for part, names in fields.items() for name in (SIDES if part in sides else names)]
        return {
            "id": self.id,
            "owner": self.owner,
            "places": json.dumps(layout, ensure_ascii=False, separators=(",", ":")),
            "text": SEPARATOR.join(self.entries.get(place, "") for place in places),
        }

    def size(self) -> int:
        """Characters of all its texts."""
        return sum(map(len, self.entries.values()))


def places_read(places: str) -> list[tuple[str, str]]:
    """The part and field of every text of a document, in order; none where they were spoilt."""
    found: list[tuple[str, str]] = []
    for item in _layout(places):
        part, names = (item, SIDES) if isinstance(item, str) else (item[0], item[1:])
        found += [(part, name) for name in names]
    return found


def place_read(places: str, number: int) -> tuple[str, str]:
    """The part and field of one text of a document, empty where they were spoilt: quicker than ``places_read``."""
    for item in _layout(places):
        names = SIDES if isinstance(item, str) else item[1:]
        if number < len(names):
            return (item if isinstance(item, str) else item[0]), names[number]
        number -= len(names)
    return "", ""


def _layout(places: str) -> list[Any]:
    try:
        layout = json.loads(places)
    except ValueError:
        return []
    if not isinstance(layout, list):
        return []
    others = [item for item in layout if not isinstance(item, str)]
    sound = all(isinstance(item, list) and item and all(isinstance(name, str) for name in item) for item in others)
    return layout if sound else []


def put(session: Session, owner: str, texts: Iterable[Searchable]) -> None:
    """Make these texts findable, in place of what the same parts and fields said before."""
    wanted = list(texts)
    if not wanted:
        return
    documents = _documents(session, owner, {text.part for text in wanted})
    before = [document.stored() for document in documents]
    _take_in(documents, owner, wanted)
    for document, old in zip(documents, before, strict=False):
        _replace(session, document, old)
    _add(session, wanted[0].kind, documents[len(before) :])


def remove(session: Session, owner: str, part: str) -> None:
    """Forget every text of one part."""
    for document in _documents(session, owner, {part}):
        before = document.stored()
        document.entries = {place: text for place, text in document.entries.items() if place[0] != part}
        _replace(session, document, before)


def _take_in(documents: list[_Document], owner: str, texts: Iterable[Searchable]) -> None:
    """Put texts into the documents that have their parts, and new parts into the last one while it has room."""
    known = {part: document for document in documents for part, _ in document.entries}
    size = documents[-1].size() if documents else _ROOM
    for text in texts:
        place, said = (text.part, text.field), text.text.replace(SEPARATOR, " ")
        document = known.get(text.part)
        if not said:
            if document is not None:
                document.entries.pop(place, None)
            continue
        if document is None:
            if size + len(said) > _ROOM:
                documents.append(_Document(owner))
                size = 0
            document = known[text.part] = documents[-1]
        size += len(said)
        document.entries[place] = said


def _documents(session: Session, owner: str, parts: set[str]) -> list[_Document]:
    """The owner's documents that have texts of these parts, and its last one, which may take in more."""
    query = _WHOLE.where(_ROW.owner == owner).order_by(_ROW.id)
    if len(parts) <= 50:
        newest = select(func.max(_ROW.id)).where(_ROW.owner == owner).scalar_subquery()
        query = query.where(or_(_ROW.id == newest, *(_ROW.places.contains(part, autoescape=True) for part in parts)))
    return [_Document.read(*row) for row in session.connection().execute(query)]


def _add(session: Session, kind: str, documents: Sequence[_Document]) -> None:
    """Write new documents under the next ids of their kind."""
    if not documents:
        return
    connection, ids = session.connection(), IDS[kind]
    last = connection.execute(select(func.max(_ROW.id)).where(_ROW.id.between(ids.start, ids.stop - 1))).scalar()
    for identity, document in enumerate(documents, (last or ids.start - 1) + 1):
        document.id = identity
    rows = [document.stored() for document in documents]
    connection.execute(insert(SearchTextRow), rows)
    sqlite_search.index_texts(connection, ((row["id"], row["text"]) for row in rows))


def _replace(session: Session, document: _Document, before: Mapping[str, Any]) -> None:
    """Write a document whose texts are others now, and index them instead of what it said before."""
    after, connection = document.stored(), session.connection()
    if after == before:
        return
    here = SearchTextRow.id == document.id
    if document.entries:
        connection.execute(update(SearchTextRow).where(here).values(places=after["places"], text=after["text"]))
    else:
        connection.execute(delete(SearchTextRow).where(here))
    sqlite_search.unindex_texts(connection, [(document.id, before["text"])])
    if document.entries:
        sqlite_search.index_texts(connection, [(document.id, after["text"])])


def rebuild(session: Session, wanted: Iterable[tuple[str, Sequence[Searchable]]]) -> None:
    """Forget every search text and make those of ``wanted`` findable: all texts of one owner after the other's."""
    connection = session.connection()
    connection.execute(delete(SearchTextRow))
    sqlite_search.clear(connection, INDEX)
    waiting: dict[str, list[_Document]] = {kind: [] for kind in KINDS}
    for owner, texts in wanted:
        if not texts:
            continue
        kind = texts[0].kind
        made: list[_Document] = []
        _take_in(made, owner, texts)
        waiting[kind] += made
        if len(waiting[kind]) >= _BATCH:
            _add(session, kind, waiting[kind])
            waiting[kind] = []
    for kind, documents in waiting.items():
        _add(session, kind, documents)
    sqlite_search.tidy(connection, INDEX)


def problems(session: Session, wanted: Iterable[tuple[str, Sequence[Searchable]]]) -> Iterator[Message]:
    """Compare what can be found with what should be: ``wanted`` has all texts of one owner after the other's."""
    owners: set[str] = set()
    for owner, texts in wanted:
        owners.add(owner)
        yield from _differences(session, owner, texts)
    for identity, owner in session.execute(select(_ROW.id, _ROW.owner)):
        if owner not in owners:
            yield N_("the search text {n} is not what the archive says", n=identity)
    if not sqlite_search.is_sound(session.connection(), INDEX):
        yield N_("the index of the search texts does not say what they say")


def _differences(session: Session, owner: str, texts: Iterable[Searchable]) -> Iterator[Message]:
    missing = {(text.part, text.field): text for text in texts if text.text}
    for identity, _owner, places, stored in session.execute(_WHOLE.where(_ROW.owner == owner)):
        document = _Document.read(identity, owner, places, stored)
        # A number that is no whole one would be looked for in a range one by one.
        right = document.stored()["text"] == stored and isinstance(identity, int)
        for place, said in document.entries.items():
            text = missing.pop(place, None)
            right = (
                right and text is not None and text.text.replace(SEPARATOR, " ") == said and identity in IDS[text.kind]
            )
        if not right:
            yield N_("the search text {n} is not what the archive says", n=identity)
    for part, name in missing:
        yield N_("the {field} of {part} in {owner} cannot be found by searching", field=name, part=part, owner=owner)
