"""Everything that a search should find, for making or proving its texts anew."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from desktop_app.store import pictures, stories
from desktop_app.store.search_texts import Searchable


def searchable(session: Session) -> Iterator[tuple[str, list[Searchable]]]:
    """Every text of the archive that a search should find, one story or picture after the other."""
    yield from stories.searchable(session)
    yield from pictures.searchable(session)
