"""What a page's head says of it."""

import re
from collections.abc import Iterator

from lxml import etree

from desktop_app.exchange.dates import read_day

_DATE_NAMES = frozenset(
    {"pubdate", "publishdate", "article:published_time", "publish-date", "dc.date", "dc.date.issued"}
)
_SPACES = re.compile(r"[ \t\r\n\f]+")


def _meta(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("http-equiv") or ""
        yield name.lower(), element.get("content") or ""


def title(root: etree._Element) -> str:
    """The page's own title, with whatever the site adds to it."""
    found = root.find(".//title")
    return _SPACES.sub(" ", found.text or "").strip() if found is not None else ""


def declared_language(root: etree._Element) -> str | None:
    """The language that the page says it is in."""
    body = root.find("body")
    own = root.get("lang") or root.get("xml:lang") or (body.get("lang") if body is not None else None)
    return own or next((value for name, value in _meta(root) if name == "content-language"), None)


def declared_day(root: etree._Element) -> str | None:
    """The ISO day that the page says it was published on."""
    days = (read_day(value) for name, value in _meta(root) if name in _DATE_NAMES)
    return next((day for day in days if day), None)


def declared_address(root: etree._Element) -> str | None:
    """The address that the page calls its own."""
    links = [link.get("href") or "" for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    links += [value for name, value in _meta(root) if name == "og:url"]
    return next((link for link in links if re.fullmatch(r"https?://\S+", link, re.IGNORECASE)), None)
