"""Whether stories are still there: for a window that comes back to what was open the last time."""

from collections.abc import Iterable

from desktop_app.desk.desk import Desk
from desktop_app.store import stories as store


def present(desk: Desk, stories: Iterable[str]) -> frozenset[str]:
    """Return those of some story ids that are in the archive."""
    with desk.archive.read() as session:
        rows = (store.row(session, story) for story in stories)
        return frozenset(row.id for row in rows if row is not None)
