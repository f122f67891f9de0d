"""Proving that nothing was altered: database, audit chain, rows, versions, sign-offs, picture masters."""

from desktop_app.desk.desk import SILENT, Desk, Progress
from desktop_app.domain.people import Person
from desktop_app.store import concordance, search
from desktop_app.store import verification as store
from desktop_app.store.searched import searchable
from desktop_app.store.verification import Found, Problem

__all__ = ["Found", "Problem", "rebuild_search", "verify"]


def verify(desk: Desk, *, progress: Progress = SILENT) -> Found:
    """Check the whole archive against its digests and its chain.

    Raises:
        CancelledError: the person stopped it.
        ArchiveUnavailableError: the database cannot be read at all.
    """
    with desk.archive.read() as session:
        found = store.verify_database(session)
        masters = store.masters(session)
    problems = list(found.problems)
    for done, (picture, sha256) in enumerate(masters):
        progress.check()
        progress.report(done, len(masters))
        reason = desk.originals.verify(sha256)
        if reason is not None:
            problems.append(Problem("original", picture, reason))
    progress.report(len(masters), len(masters))
    return Found({**found.checked, "originals": len(masters)}, tuple(problems))


def rebuild_search(desk: Desk, *, by: Person | None = None) -> None:
    """Make all search texts anew from stories, pictures and the memory; no record changes.

    Raises:
        ArchiveUnavailableError: the archive cannot be written.
    """
    with desk.archive.write() as unit:
        search.rebuild(unit.session, searchable(unit.session))
        concordance.rebuild(unit.session)
        # NumPy takes a tenth of a second to load, and verifying needs none.
        from desktop_app.store import memory_index  # noqa: PLC0415

        memory_index.rebuild(unit.session)
        unit.record("search rebuilt", person=by.id if by else None)
