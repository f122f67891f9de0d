"""Looking for altered bytes in the database: its own integrity, the audit chain, every row, every frozen version."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.domain.digest import canonical, content_digest, from_plain, to_plain
from desktop_app.store import audit, history
from desktop_app.store.dialects import sqlite
from desktop_app.store.models import PictureRow, SignOffRow, VersionRow


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was written: ``kind`` names the sort of thing, ``id`` which one."""

    kind: str
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """How much was looked at, by kind, and what was wrong."""

    checked: dict[str, int]
    problems: tuple[Problem, ...]


def verify_database(session: Session) -> Found:
    """Check everything that the database alone can prove."""
    problems = [Problem("database", "", reason) for reason in sqlite.integrity_problems(session.connection())]
    length, expected, breaks = audit.replay(session)
    problems += [Problem(b.kind, b.id, b.reason) for b in breaks]
    problems += [Problem(b.kind, b.id, b.reason) for b in audit.altered_rows(session, expected)]
    versions = 0
    for identity, digest, content in history.all_versions(session):
        versions += 1
        reason = _version_problem(digest, content)
        if reason:
            problems.append(Problem("version", identity, reason))
    signoffs = 0
    for problem in _signoff_problems(session):
        signoffs += 1
        if problem is not None:
            problems.append(problem)
    checked = {"events": length, "rows": len(expected), "versions": versions, "signoffs": signoffs}
    return Found(checked, tuple(problems))


def _version_problem(digest: str, content: str) -> str | None:
    try:
        frozen = from_plain(json.loads(content))
    except (ValueError, KeyError, TypeError):
        return "the frozen text cannot be read"
    if content_digest(frozen) != digest:
        return "the frozen text does not have its digest"
    return None if canonical(to_plain(frozen)).decode() == content else "the frozen text is not in canonical form"


def _signoff_problems(session: Session) -> Iterator[Problem | None]:
    """For each sign-off None, or what is wrong: it must name a version of its story with that very digest."""
    versions = {
        (v.story, v.major, v.minor): v.digest
        for v in session.execute(select(VersionRow.story, VersionRow.major, VersionRow.minor, VersionRow.digest))
    }
    for s in session.execute(
        select(SignOffRow.id, SignOffRow.story, SignOffRow.major, SignOffRow.minor, SignOffRow.digest)
    ):
        if versions.get((s.story, s.major, s.minor)) == s.digest:
            yield None
        else:
            yield Problem("signoff", s.id, "the sign-off names a text that no version has")


def masters(session: Session) -> list[tuple[str, str]]:
    """Picture id and master digest of the whole catalogue."""
    return [(identity, sha256) for identity, sha256 in session.execute(select(PictureRow.id, PictureRow.sha256))]
