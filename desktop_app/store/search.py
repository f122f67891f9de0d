"""Searchable texts: kept as they read in a table, indexed by the dialect module, found again as hits."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.domain.records import Hit
from desktop_app.foundation.messages import N_, Message
from desktop_app.store.dialects import sqlite
from desktop_app.store.models import SearchRow


@dataclass(frozen=True, slots=True)
class Searchable:
    """One text to be found: ``kind`` story or picture, ``part`` the segment, block or picture it stands in."""

    kind: str
    part: str
    field: str
    text: str


def put(session: Session, owner: str, texts: Iterable[Searchable]) -> None:
    """Make these texts findable, in place of what the same parts and fields said before."""
    wanted = {(entry.part, entry.field): entry for entry in texts}
    if not wanted:
        return
    parts = {part for part, _ in wanted}
    query = select(SearchRow).where(SearchRow.owner == owner)
    if len(parts) <= 50:
        query = query.where(SearchRow.part.in_(parts))
    stale = [row for row in session.scalars(query) if (row.part, row.field) in wanted]
    unchanged = {(row.part, row.field) for row in stale if wanted[row.part, row.field].text == row.text}
    _drop(session, [row for row in stale if (row.part, row.field) not in unchanged])
    added = [
        SearchRow(kind=e.kind, owner=owner, part=e.part, field=e.field, text=e.text)
        for key, e in wanted.items()
        if e.text and key not in unchanged
    ]
    session.add_all(added)
    session.flush()
    sqlite.index_texts(session.connection(), {row.id: row.text for row in added})


def remove(session: Session, owner: str, part: str) -> None:
    """Forget every text of one part."""
    _drop(session, list(session.scalars(select(SearchRow).where(SearchRow.owner == owner, SearchRow.part == part))))


def _drop(session: Session, rows: list[SearchRow]) -> None:
    sqlite.unindex(session.connection(), [row.id for row in rows])
    for row in rows:
        session.delete(row)
    session.flush()


def rebuild(session: Session, wanted: Mapping[tuple[str, str, str], Searchable]) -> None:
    """Forget every search text and make all of ``wanted`` findable: each text by owner, part and field."""
    _drop(session, list(session.scalars(select(SearchRow))))
    sqlite.unindex(session.connection(), sqlite.misindexed(session.connection(), {}))
    by_owner: dict[str, list[Searchable]] = {}
    for (owner, _, _), entry in wanted.items():
        by_owner.setdefault(owner, []).append(entry)
    for owner, entries in by_owner.items():
        put(session, owner, entries)


def problems(session: Session, wanted: Mapping[tuple[str, str, str], Searchable]) -> Iterator[Message]:
    """Compare what can be found with what should be: ``wanted`` has each text by owner, part and field."""
    missing = {key: entry for key, entry in wanted.items() if entry.text}
    texts: dict[int, str] = {}
    for row in session.execute(select(*SearchRow.__table__.columns)):
        texts[row.id] = row.text
        entry = missing.pop((row.owner, row.part, row.field), None)
        if entry is None or entry.kind != row.kind or entry.text != row.text:
            yield N_("the search text {n} is not what the archive says", n=row.id)
    for owner, part, field in missing:
        yield N_("the {field} of {part} in {owner} cannot be found by searching", field=field, part=part, owner=owner)
    for row_id in sqlite.misindexed(session.connection(), texts):
        yield N_("the search text {n} is not indexed as it reads", n=row_id)


def find(session: Session, query: str, *, kinds: tuple[str, ...] = ("story", "picture"), limit: int = 50) -> list[Hit]:
    """Texts that contain all words of ``query``, best first."""
    ranked = sqlite.matching_rows(session.connection(), query, limit * 4)
    if not ranked:
        return []
    order = {row: place for place, row in enumerate(ranked)}
    rows: list[SearchRow] = []
    for start in range(0, len(ranked), 500):
        chunk = ranked[start : start + 500]
        rows += session.scalars(select(SearchRow).where(SearchRow.id.in_(chunk), SearchRow.kind.in_(kinds)))
    rows.sort(key=lambda row: order[row.id])
    return [Hit(row.kind, row.owner, row.part, row.field, row.text) for row in rows[:limit]]
