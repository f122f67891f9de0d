"""Looking up where words stand, with what they were translated by: in the memory and in every story."""

from desktop_app.desk.desk import Desk
from desktop_app.domain.records import Concordance
from desktop_app.store import concordance as store

__all__ = ["Concordance", "concordance"]


def concordance(desk: Desk, text: str, *, limit: int = 50) -> list[Concordance]:
    """Different pairs that have all words of ``text`` in Chinese or English, hits marked.

    Chinese is found by any part of a run, one character too, English by whole words; a star leaves a word open, and
    quotation marks hold words together. Pairs with the words side by side come first; then signed ones, imported
    ones, and the newest of the others.
    """
    with desk.archive.read() as session:
        return store.lines(session, text, limit)
