"""Everything of an archive that the palette looks through, read and put on shelves away from the window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.desk.desk import Desk
from desktop_app.desk.pictures import list_pictures
from desktop_app.desk.stories import ListedStory
from desktop_app.desk.terms import all_terms
from desktop_app.gui.palette.entries import Kind, Shelf, picture_words, shelf, story_words, term_words
from desktop_app.gui.palette.spelling import Spelling


@dataclass(frozen=True)
class Stock:
    """The shelves, and the readings of the characters on them. A shelf that is None has to be filled (again)."""

    stories: Shelf | None = None
    terms: Shelf | None = None
    pictures: Shelf | None = None
    spelling: Spelling | None = field(default=None, repr=False)

    @property
    def full(self) -> bool:
        """Whether nothing has to be read."""
        return all(one is not None for one in (self.stories, self.terms, self.pictures))

    def shelves(self, kind: Kind | None = None) -> list[Shelf]:
        """The shelves that are there, or the one of a kind."""
        every = (self.stories, self.terms, self.pictures)
        return [one for one in every if one is not None and kind in {None, one.kind}]


def filled(
    stock: Stock, desk: Desk, listed: Sequence[ListedStory], no_headline: str, check: Callable[[], None]
) -> Stock:
    """Fill the shelves that are empty: stories from the list that the window has, the rest from the archive.

    Raises:
        KnownError: the archive cannot be read.
    """
    if stock.stories is None:
        things = ((one.summary.id, story_words(one, no_headline)) for one in listed)
        stock = replace(stock, stories=shelf(Kind.STORY, things), spelling=None)
        check()
    if stock.terms is None:
        terms = shelf(Kind.TERM, ((one.id, term_words(one)) for one in all_terms(desk)))
        stock = replace(stock, terms=terms, spelling=None)
        check()
    if stock.pictures is None:
        pictures = shelf(Kind.PICTURE, ((one.id, picture_words(one)) for one in list_pictures(desk)))
        stock = replace(stock, pictures=pictures)
        check()
    return stock


def spelled(stock: Stock) -> Stock:
    """Learn the readings of the characters in headlines and terms."""
    if stock.spelling is not None:
        return stock
    return replace(stock, spelling=Spelling(text for one in stock.shelves() for text in one.small))
