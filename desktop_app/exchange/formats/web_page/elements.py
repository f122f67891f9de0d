"""What one element of a page says by itself: its style, its names, its picture."""

import re
from functools import cache
from urllib.parse import unquote_to_bytes, urlsplit

from lxml import etree

from desktop_app.exchange.wording import rule_words

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_NOT_IN_DATA = frozenset({"img", "h1", *HEADINGS, "table", "ul", "ol", "div", "form"})
_LAZY = ("data-src", "data-original", "orisrc", "_src", "data-lazy-src")
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|tiff?|bmp)$", re.IGNORECASE)
_SMALLEST_PICTURE = 32


def in_order(element: etree._Element, tag: str) -> list[etree._Element]:
    """The children in reading order: a figure's caption comes after its picture."""
    children = list(element)
    if tag == "figure":
        children.sort(key=lambda child: child.tag == "figcaption")
    return children


def is_data(table: etree._Element) -> bool:
    """Whether a table is one of data. Old pages lay out whole articles in tables; those have blocks in their cells."""
    if any(element.tag in _NOT_IN_DATA for element in table.iterdescendants()):
        return False
    wide = False
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        if any(len(cell.findall("p")) > 2 for cell in cells):
            return False
        wide = wide or len([cell for cell in cells if words(cell).strip()]) > 1
    return wide


def words(element: etree._Element) -> str:
    """All text in an element, shown or not."""
    return "".join(str(text) for text in element.itertext())


def is_hidden(element: etree._Element) -> bool:
    """Whether a browser would not show the element."""
    css = style(element)
    return (
        element.get("hidden") is not None
        or css.get("display") == "none"
        or css.get("visibility") == "hidden"
        or bool(names(element) & rule_set("hidden_names"))
    )


def style(element: etree._Element) -> dict[str, str]:
    """The element's own style, in small letters."""
    declared = element.get("style")
    if not declared:
        return {}
    pairs = (declaration.partition(":") for declaration in declared.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}


def names(element: etree._Element) -> frozenset[str]:
    """The element's classes and id, in small letters."""
    return frozenset(f"{element.get('class') or ''} {element.get('id') or ''}".lower().split())


@cache
def rule_set(name: str) -> frozenset[str]:
    """One list of the rules for web pages."""
    return frozenset(rule_words("web", name))


@cache
def _ignored_pictures() -> re.Pattern[str]:
    return re.compile("|".join(rule_words("web", "ignored_pictures")), re.IGNORECASE)


def file_of(image: etree._Element) -> str:
    """The bare file name of a picture; empty where it has none, or is an icon or a counter."""
    sizes = [image.get("width") or "", image.get("height") or ""]
    if any(size.isdecimal() and int(size) <= _SMALLEST_PICTURE for size in sizes):
        return ""
    for source in [*(image.get(name) for name in _LAZY), image.get("src")]:
        name = _last_part(source or "")
        if name and _IMAGE.search(name):
            return "" if _ignored_pictures().fullmatch(name) else name
    return ""


def _last_part(address: str) -> str:
    """The last part of an address's path, decoded; never with a slash, a backslash or a control character in it."""
    if address.lstrip().lower().startswith(("data:", "javascript:")):
        return ""
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        return ""
    raw = unquote_to_bytes(path)
    try:
        decoded = raw.decode("utf-8")
    except UnicodeDecodeError:
        decoded = raw.decode("gb18030", "replace")
    name = re.sub(r"[\x00-\x1f\x7f]", "", re.split(r"[\\/]", decoded)[-1]).strip()
    return "" if set(name) <= {"."} else name
