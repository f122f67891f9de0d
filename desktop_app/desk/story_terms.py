"""The terms that a story mentions, as a termbase of their own for whoever goes on translating it."""

from desktop_app.desk.desk import Desk
from desktop_app.desk.terms import all_terms
from desktop_app.domain.edition import Edition
from desktop_app.domain.terms import Term
from desktop_app.exchange.term_formats.tbx import TBX
from desktop_app.language.terms import index_of

__all__ = ["TBX", "mentioned_terms", "terms_file"]


def mentioned_terms(desk: Desk, edition: Edition) -> list[Term]:
    """The entries of the termbase that the story's Chinese mentions, captions included, each once, in their order."""
    index = index_of(all_terms(desk))
    content = edition.story.content
    texts = [segment.source for segment in content.segments()]
    for place in content.placements():
        texts += [place.caption.zh, place.alt.zh]
    found = {mention.term.id: mention.term for text in texts for mention in index.find(text)}
    return list(found.values())


def terms_file(desk: Desk, edition: Edition) -> bytes:
    """Make a TBX-Basic file of the terms that the story mentions; valid and empty where it mentions none."""
    return TBX.write(mentioned_terms(desk, edition), edition.story.languages)
