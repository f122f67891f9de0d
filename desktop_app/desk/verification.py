"""Proving that nothing was altered: database, audit chain, rows, versions, sign-offs, picture masters."""

from desktop_app.desk.desk import SILENT, Desk, Progress
from desktop_app.store import verification as store
from desktop_app.store.verification import Found, Problem

__all__ = ["Found", "Problem", "verify"]


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
            problems.append(Problem("original", picture, str(reason)))
    progress.report(len(masters), len(masters))
    return Found({**found.checked, "originals": len(masters)}, tuple(problems))
