"""Furniture: the lines of a page that are no part of its story, by ``rules/pages.json``."""

import re
from functools import cache

from desktop_app.exchange.wording import ends_sentence, is_prose, rule_words

_LINE_PUNCTUATION = " \t\u00a0\u3000|｜·•●▪■>»›«<[]【】()（）-–—:：+"
_CRUMBS = re.compile(r"\s*(?:>>|≫|»|›|>|→|＞)\s*")


@cache
def _phrases(name: str) -> frozenset[str]:
    return frozenset(_bare(phrase) for phrase in rule_words("furniture", name))


@cache
def _openings(name: str) -> tuple[str, ...]:
    return tuple(phrase.casefold() for phrase in rule_words("furniture", name))


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(_LINE_PUNCTUATION).casefold()


def is_slogan(text: str) -> bool:
    """Whether a line is the site's own description of itself, which may run on into the next line."""
    return text.casefold().startswith(_openings("slogans"))


def is_furniture(text: str, *, before_headline: bool = False, at_edge: bool = False) -> bool:
    """Whether a line is navigation, sharing, copyright or the like, and no part of a story.

    ``at_edge`` says that no paragraph of the story stands before or behind it: there an address is the house's own.
    """
    bare = _bare(text)
    if not bare:
        # Only dots, arrows and bars: an ornament between links.
        return at_edge and bool(text.strip())
    if bare in _phrases("lines") or (before_headline and bare in _phrases("headings_before")) or is_slogan(text):
        return True
    if is_prose(text) and len(text) > 60 and not re.search(r"©|ICP|版权所有|rights reserved", text):
        return False
    folded = text.casefold().lstrip(_LINE_PUNCTUATION.replace("[", "").replace("【", ""))
    if len(text) <= 300 and (
        folded.startswith(_openings("openings"))
        or any(phrase in text.casefold() for phrase in _openings("inside"))
        or (at_edge and folded.startswith(_openings("edge_openings")))
    ):
        return True
    return _is_breadcrumb(text)


def is_closing(text: str) -> bool:
    """Whether a line opens a list of other stories, so that nothing of this one follows."""
    return _bare(text) in _phrases("closings")


def is_site_name(text: str) -> bool:
    """Whether a line could be the name of the site: ``YCUT News``, ``云川理工大学新闻网``."""
    return any(re.fullmatch(pattern, text.strip(), re.IGNORECASE) for pattern in rule_words("furniture", "site_names"))


def _is_breadcrumb(text: str) -> bool:
    """Whether a line is a way through the site: ``Home >> News``."""
    if len(text) > 160 or ends_sentence(text):
        return False
    pieces = [piece for piece in _CRUMBS.split(text.strip(_LINE_PUNCTUATION)) if piece]
    starts = {phrase.casefold() for phrase in rule_words("furniture", "breadcrumb_starts")}
    if len(pieces) >= 2:
        return all(len(piece) <= 60 for piece in pieces) and (pieces[0].casefold() in starts or len(pieces) >= 4)
    slashed = [piece.strip() for piece in text.split("/")]
    return len(slashed) >= 2 and slashed[0].casefold() in starts and all(len(piece) <= 40 for piece in slashed)
