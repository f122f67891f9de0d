"""What the events of another archive, brought along as they lie there, bear out of the rows that came with them."""

from collections.abc import Iterable, Mapping, Sequence

from desktop_app.domain.events import EventLink
from desktop_app.store.audit import GENESIS, cells_of, row_key, touched_by
from desktop_app.store.cells import row_hash
from desktop_app.store.events import hash_of
from desktop_app.store.models import Audited


def broken_at(links: Iterable[EventLink]) -> int | None:
    """The number of the first link that was altered, or does not follow on the one before; None in a whole chain."""
    previous = GENESIS
    for number, link in enumerate(links, 1):
        if link.sequence != number or link.previous != previous or not _has_its_hash(link):
            return number
        previous = link.hash
    return None


def _has_its_hash(link: EventLink) -> bool:
    try:
        return link.hash == hash_of(link)
    except UnicodeEncodeError:  # half a surrogate pair: no archive stores it
        return False


def last_told(links: Iterable[EventLink]) -> dict[str, str]:
    """Key and hash of every row that was there when the chain ended."""
    told: dict[str, str] = {}
    for link in links:
        for key, found in _touched(link).items():
            if found is None:
                told.pop(key, None)
            else:
                told[key] = found
    return told


def _touched(link: EventLink) -> dict[str, str | None]:
    try:
        return touched_by({"touched": ("text", link.touched)})
    except RecursionError:  # nested beyond all measure: no event says anything by that
        return {}


def not_borne_out(told: Mapping[str, str], rows: Iterable[Audited], tables: Sequence[str]) -> str | None:
    """The key of the first row that is not as the events say: altered, put in, or, of these tables, left out."""
    found = {row_key(row): row_hash(row.__tablename__, cells_of(row)) for row in rows}
    for key, made in found.items():
        if told.get(key) != made:
            return key
    left_out = (key for key in told if key.partition("/")[0] in tables and key not in found)
    return next(left_out, None)
