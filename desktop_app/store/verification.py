"""Looking for altered bytes in the database: its own integrity, the audit chain, every row, every frozen version."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from desktop_app.domain.digest import canonical, content_digest, from_plain, to_plain
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import audit, concordance, history, memory, memory_seals, publication, search, signatures
from desktop_app.store.dialects import sqlite
from desktop_app.store.dialects.sqlite_kinds import odd_rows
from desktop_app.store.models import PictureRow, SignOffRow, VersionRow
from desktop_app.store.searched import searchable

# What reading altered rows can end in: SQLite's own complaint, or a value that is no longer of its column's type.
_UNREADABLE = (DBAPIError, sqlite3.Error, ValueError, TypeError, LookupError, AttributeError)

_HASHED_NOWHERE = ("memory_units", "search_texts", "visits")  # a seal can be worked out, and says nothing of kinds


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was written: ``kind`` names the sort of thing, ``id`` which one."""

    kind: str
    id: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Found:
    """How much was looked at, by kind, and what was wrong."""

    checked: dict[str, int]
    problems: tuple[Problem, ...]


def verify_database(session: Session) -> Found:
    """Check everything that the database alone can prove."""
    checked: dict[str, int] = {}
    problems: list[Problem] = []
    for proof in (_integrity, _chain, _versions, _signoffs, _signatures, _publication, _memory, _search):
        try:
            problems += proof(session, checked)
        except _UNREADABLE as error:
            # A damaged file is what verify is there to tell of; the other proofs may still find out how far it goes.
            reason = error.orig if isinstance(error, DBAPIError) else error
            problems.append(Problem("database", "", N_("it cannot be read: {reason}", reason=str(reason))))
    return Found(checked, tuple(problems))


def _integrity(session: Session, _checked: dict[str, int]) -> Iterator[Problem]:
    for reason in sqlite.integrity_problems(session.connection()):
        yield Problem("database", "", reason)
    if audit.schema_altered(session.connection()):
        yield Problem("database", "", N_("its tables are not defined as they were when the archive was made"))
    for table in _HASHED_NOWHERE:
        if odd_rows(session.connection(), table):
            yield Problem(table, "", N_("a row holds a value of another kind than its column is for"))


def _chain(session: Session, checked: dict[str, int]) -> Iterator[Problem]:
    connection = session.connection()
    length, expected, breaks = audit.replay(connection)
    checked["events"], checked["rows"] = length, len(expected)
    for found in (*breaks, *audit.altered_rows(connection, expected)):
        yield Problem(found.kind, found.id, found.reason)


def _versions(session: Session, checked: dict[str, int]) -> Iterator[Problem]:
    checked["versions"] = 0
    for identity, digest, content in history.all_versions(session):
        checked["versions"] += 1
        reason = version_problem(digest, content)
        if reason:
            yield Problem("version", identity, reason)


def _signoffs(session: Session, checked: dict[str, int]) -> Iterator[Problem]:
    """Every sign-off must name a version of its story with that very digest."""
    versions = {
        (v.story, v.major, v.minor): v.digest
        for v in session.execute(select(VersionRow.story, VersionRow.major, VersionRow.minor, VersionRow.digest))
    }
    checked["signoffs"] = 0
    for s in session.execute(
        select(SignOffRow.id, SignOffRow.story, SignOffRow.major, SignOffRow.minor, SignOffRow.digest)
    ):
        checked["signoffs"] += 1
        if versions.get((s.story, s.major, s.minor)) != s.digest:
            yield Problem("signoff", s.id, N_("the sign-off names a text that no version has"))


def _signatures(session: Session, checked: dict[str, int]) -> Iterator[Problem]:
    """Every signature must be one of the signer's own key, made before it was retired, over this very statement."""
    for identity, reason in signatures.problems(session, checked):
        yield Problem("signature", identity, reason)


def _publication(session: Session, checked: dict[str, int]) -> Iterator[Problem]:
    """Every emergency must name a version of its story with that very digest, and what is out must be frozen."""
    for kind, identity, reason in publication.problems(session, checked):
        yield Problem(kind, identity, reason)


def _memory(session: Session, checked: dict[str, int]) -> Iterator[Problem]:
    """Every pair of the memory must have its seal."""
    checked["memory pairs"] = memory.count(session)
    for identity in memory_seals.altered_units(session):
        yield Problem("memory", str(identity), N_("the pair was altered from outside"))


def _search(session: Session, checked: dict[str, int]) -> Iterator[Problem]:
    """The search texts are no record, but a search that misses a story would be an untruth all the same."""
    checked["search texts"] = 0

    def counted() -> Iterator[tuple[str, list[search.Searchable]]]:
        for owner, texts in searchable(session):
            checked["search texts"] += len(texts)
            yield owner, texts

    found = (search.problems(session, counted()), concordance.problems(session), memory_seals.index_problems(session))
    for reason in chain.from_iterable(found):
        yield Problem("search", "", N_("{reason}; no record is touched, and the search can be rebuilt", reason=reason))


def version_problem(digest: str, content: str) -> Message | None:
    """What is wrong with a frozen version: unreadable, not of its digest, or not in canonical form."""
    try:
        frozen = from_plain(json.loads(content))
    except (ValueError, KeyError, TypeError):
        return N_("the frozen text cannot be read")
    if content_digest(frozen) != digest:
        return N_("the frozen text does not have its digest")
    if canonical(to_plain(frozen)).decode() != content:
        return N_("the frozen text is not in canonical form")
    return None


def masters(session: Session) -> list[tuple[str, str]]:
    """Picture id and master digest of the whole catalogue."""
    rows = sqlite.raw_rows(session.connection(), PictureRow.__tablename__)
    return [(audit.named(cells["id"]), audit.named(cells["sha256"])) for cells in rows]
