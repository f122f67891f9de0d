"""Web pages, saved as HTML. Nothing is fetched and no script runs: lxml parses, the rules here read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import unquote_to_bytes, urlsplit

from lxml import etree

from desktop_app.domain.counts import has_han
from desktop_app.exchange.credits import ends_sentence, rule_words
from desktop_app.exchange.dates import read_day
from desktop_app.exchange.encoding import decode, looks_like_text
from desktop_app.exchange.limits import MAX_DEPTH, MAX_ELEMENTS, check_size
from desktop_app.exchange.page import Page, Part, PartKind, understand
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

_META_CHARSET = re.compile(rb"<meta[^>]+?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]+?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)")
_LOOKS_LIKE_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>])|.{0,600}<html[\s>]",
    re.IGNORECASE | re.DOTALL,
)

_FURNITURE = frozenset({"nav", "footer", "aside", "menu", "button", "select", "textarea"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_NOT_IN_DATA = frozenset({"img", "h1", *_HEADINGS, "table", "ul", "ol", "div", "form"})
_ONE_LINE = frozenset({PartKind.TITLE, PartKind.HEADING, PartKind.DECK, PartKind.ITEM})
_DATE_NAMES = frozenset(
    {"pubdate", "publishdate", "article:published_time", "publish-date", "dc.date", "dc.date.issued"}
)
_LAZY = ("data-src", "data-original", "orisrc", "_src", "data-lazy-src")
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|tiff?|bmp)$", re.IGNORECASE)
_SMALLEST_PICTURE = 32

# Marks inside a run of text, taken from characters that HTML counts as ordinary and texts do not use.
_BREAK = "\u2028"
_CELL = "\u2029"
_CJK = r"[\u3001-\u303f\u3040-\u30ff\u3400-\u9fff\uff01-\uff60]"
# CSS Text Module Level 3, section 4.1.3: a line break in the source between two wide characters is no space.
_WIDE_BREAK = re.compile(rf"(?<={_CJK})[ \t\r\f]*\n[ \t\r\n\f]*(?={_CJK})")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_EDGE_SPACE = " \t\r\n\f\u00a0\u3000\u2002\u2003\u200b\u2028\u2029"


@dataclass(frozen=True, slots=True)
class _Setting:
    """What an element's surroundings make of its text."""

    kind: PartKind = PartKind.TEXT
    centred: bool = False
    bold: bool = False
    linked: bool = False
    titled: bool = False
    kept: bool = False  # line ends of the source count (pre)
    cell: bool = False  # inside a row of a data table


@dataclass(frozen=True, slots=True)
class _Run:
    """A piece of text between two tags."""

    text: str
    bold: bool
    linked: bool


class WebPageReader:
    """Reads ``.html``: the page's words in their order, with what the elements say about them."""

    id = "html"
    suffixes = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp")

    def sniff(self, data: bytes) -> bool:
        """Whether the bytes open like an HTML page, in any Unicode encoding."""
        head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
        return looks_like_text(data) and _LOOKS_LIKE_HTML.match(head) is not None

    def read(self, data: bytes, name: str, language: str | None = None) -> Page:  # noqa: ARG002 - the protocol's
        """Understand a web page; see ``Reader.read``."""
        check_size(len(data))
        declared = _META_CHARSET.search(data[:8192]) or _XML_CHARSET.match(data)
        text = decode(data, declared=declared[1].decode("ascii") if declared else None)
        root = _parsed(text)
        return understand(
            _Walk(root).parts,
            language=language,
            declared_language=_declared_language(root),
            title=_title(root),
            date=_declared_day(root),
            source_url=_declared_address(root),
        )


def _parsed(text: str) -> etree._Element:
    """Parse leniently, as browsers do, but refuse what the parser had to cut off."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True
    )
    root: etree._Element | None
    try:
        root = etree.fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise _no_page() from error
    for entry in parser.error_log:
        if "XML_PARSE_HUGE" in entry.message or "huge" in entry.message.lower():
            raise _too_deep(entry.line)
    if root is None:
        raise _no_page()
    if sum(1 for _ in zip(range(MAX_ELEMENTS + 1), root.iter(), strict=False)) > MAX_ELEMENTS:
        raise InputRefusedError(
            N_("The page has more than {limit} elements.", limit=MAX_ELEMENTS),
            advice=N_("Copy the story's text from the browser into a text file and import that."),
        )
    return root


def _no_page() -> InputRefusedError:
    return InputRefusedError(
        N_("No web page was found in the file."),
        advice=N_("Open it in a browser, save it again as a web page, and try again."),
    )


def _too_deep(line: int = 0) -> InputRefusedError:
    return InputRefusedError(
        N_("The page's elements are nested more than {limit} deep, or one of them is far too large.", limit=MAX_DEPTH),
        place=N_("line {n}", n=line) if line else "",
        advice=N_("Copy the story's text from the browser into a text file and import that."),
    )


class _Walk:
    """One walk through the page, which collects its lines."""

    def __init__(self, root: etree._Element) -> None:
        self.parts: list[Part] = []
        self._runs: list[_Run] = []
        self._glued = False
        self._whole = max(1, len(_words(root)))
        self._visit(root, _Setting(), 0)
        self._flush(_Setting())

    def _visit(self, element: etree._Element, around: _Setting, depth: int) -> None:
        """Take an element and what is in it, but not the text behind it."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _rule_set("never_shown_elements") or _is_hidden(element):
            return
        if depth > MAX_DEPTH:
            raise _too_deep()
        if tag == "br":
            self._runs.append(_Run(_BREAK, around.bold, around.linked))
            return
        if tag == "img":
            self._picture(element, around)
            return
        setting = self._setting(element, tag, around)
        block = tag in _rule_set("block_elements") and not setting.cell
        if tag == "table" and _is_data(element):
            self._table(element, around, depth)
            return
        if block:
            self._flush(around)
            self._glued = False
        self._text(element.text, setting)
        for child in _in_order(element, tag):
            self._visit(child, setting, depth + 1)
            self._text(child.tail, setting)
        if block:
            self._flush(setting)
            self._glued = False
        elif tag in _rule_set("block_elements"):
            self._text(" ", setting)

    def _table(self, table: etree._Element, around: _Setting, depth: int) -> None:
        """Each row of a data table is one line, its cells parted by tabs."""
        self._flush(around)
        self._glued = False
        for caption in table.iter("caption"):
            self._visit(caption, around, depth + 1)
        setting = replace(around, cell=True)
        for row in table.iter("tr"):
            for cell in row:
                self._visit(cell, setting, depth + 2)
                self._text(_CELL, setting)
            self._flush(setting)

    def _setting(self, element: etree._Element, tag: str, around: _Setting) -> _Setting:
        """What the element adds to its surroundings."""
        style = _style(element)
        names = _names(element)
        kind = around.kind
        if kind is not PartKind.FURNITURE:
            if self._is_furniture(element, tag, names):
                kind = PartKind.FURNITURE
            elif tag == "h1":
                kind = PartKind.TITLE
            elif names & _rule_set("deck_names") and tag not in {"body", "main", "article"}:
                kind = PartKind.DECK
            elif tag in _HEADINGS:
                kind = PartKind.HEADING
            elif tag == "figcaption" or (names & _rule_set("caption_names") and self._glued_or_after_picture()):
                kind = PartKind.CAPTION
            elif tag == "blockquote":
                kind = PartKind.QUOTATION
            elif tag == "li":
                kind = PartKind.ITEM
        weight = style.get("font-weight", "")
        align = style.get("text-align") or (element.get("align") or "").lower()
        return _Setting(
            kind,
            tag == "center" or (align == "center" if align else around.centred),
            (around.bold or tag in {"b", "strong"} or weight in {"bold", "bolder", "600", "700", "800", "900"})
            and weight not in {"normal", "400"},
            around.linked or (tag == "a" and element.get("href") is not None),
            around.titled or bool(names & _rule_set("title_names")),
            around.kept or tag in {"pre", "textarea"},
            around.cell,
        )

    def _glued_or_after_picture(self) -> bool:
        return self._glued or bool(self.parts and self.parts[-1].kind is PartKind.PICTURE)

    def _is_furniture(self, element: etree._Element, tag: str, names: frozenset[str]) -> bool:
        """Whether an element is navigation or the like; one with the headline or most of the words is not."""
        named = tag in _FURNITURE or bool(names & _rule_set("furniture_names"))
        if not named:
            within = rule_words("web", "furniture_ids_containing")
            named = any(part in name for name in names for part in within)
        if not named and tag != "header":
            return False
        if tag in {"html", "body", "main", "article", "h1", "p", "a", "span"} or element.find(".//h1") is not None:
            return False
        return len(_words(element)) <= 0.5 * self._whole or tag in {"nav", "footer", "button", "select"}

    def _text(self, text: str | None, setting: _Setting) -> None:
        if not text:
            return
        if setting.kept:
            text = text.replace("\n", _BREAK)
        self._runs.append(_Run(text, setting.bold, setting.linked))

    def _picture(self, element: etree._Element, around: _Setting) -> None:
        file = _file_of(element)
        if not file or around.kind is PartKind.FURNITURE:
            return
        self._flush(around)
        alt = _SPACES.sub(" ", element.get("alt") or "").strip(_EDGE_SPACE)
        self.parts.append(Part(PartKind.PICTURE, file=file, alt=alt, centred=around.centred))
        self._glued = True

    def _flush(self, setting: _Setting) -> None:
        """End a line: make parts of the text since the last one."""
        runs, self._runs = self._runs, []
        whole = _collapsed("".join(run.text for run in runs))
        if not whole.strip(_EDGE_SPACE):
            return
        shown = [run for run in runs if run.text.strip(_EDGE_SPACE)]
        bold = all(run.bold for run in shown)
        linked = all(run.linked for run in shown)
        for line in _lines(whole, setting.kind):
            kind = setting.kind
            if bold and kind is PartKind.TEXT and not self._glued and len(line) <= 120 and not ends_sentence(line):
                kind = PartKind.HEADING
            self.parts.append(
                Part(kind, line, centred=setting.centred, linked=linked, glued=self._glued, titled=setting.titled)
            )
            self._glued = False


def _collapsed(text: str) -> str:
    """White space as a browser shows it; breaks and cells stay marked."""
    text = _SPACES.sub(" ", _WIDE_BREAK.sub("", text))
    return re.sub(f" ?({_BREAK}|{_CELL}) ?", r"\1", text)


def _lines(text: str, kind: PartKind) -> Iterator[str]:
    """Part a text at its breaks; headings and list items stay whole, and so does a sentence that was broken."""
    line = ""
    for piece in text.split(_BREAK):
        bare = re.sub(f"{_CELL}+", "\t", piece.strip(_EDGE_SPACE))
        if not bare:
            # An empty line ends a paragraph, even one that looks unfinished.
            if line and kind not in _ONE_LINE:
                yield line
                line = ""
            continue
        if line and (kind in _ONE_LINE or (bare[0].islower() and not ends_sentence(line))):
            line += bare if has_han(line[-1]) or has_han(bare[0]) else f" {bare}"
            continue
        if line:
            yield line
        line = bare
    if line:
        yield line


def _in_order(element: etree._Element, tag: str) -> list[etree._Element]:
    """The children in reading order: a figure's caption comes after its picture."""
    children = list(element)
    if tag == "figure":
        children.sort(key=lambda child: child.tag == "figcaption")
    return children


def _is_data(table: etree._Element) -> bool:
    """Whether a table is one of data. Old pages lay out whole articles in tables; those have blocks in their cells."""
    if any(element.tag in _NOT_IN_DATA for element in table.iterdescendants()):
        return False
    wide = False
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        if any(len(cell.findall("p")) > 2 for cell in cells):
            return False
        wide = wide or len([cell for cell in cells if _words(cell).strip()]) > 1
    return wide


def _words(element: etree._Element) -> str:
    """All text in an element, shown or not."""
    return "".join(str(text) for text in element.itertext())


def _is_hidden(element: etree._Element) -> bool:
    style = _style(element)
    return (
        element.get("hidden") is not None
        or style.get("display") == "none"
        or style.get("visibility") == "hidden"
        or bool(_names(element) & _rule_set("hidden_names"))
    )


def _style(element: etree._Element) -> dict[str, str]:
    """The element's own style, in small letters."""
    style = element.get("style")
    if not style:
        return {}
    pairs = (declaration.partition(":") for declaration in style.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}


def _names(element: etree._Element) -> frozenset[str]:
    """The element's classes and id, in small letters."""
    return frozenset(f"{element.get('class') or ''} {element.get('id') or ''}".lower().split())


@cache
def _rule_set(name: str) -> frozenset[str]:
    return frozenset(rule_words("web", name))


@cache
def _ignored_pictures() -> re.Pattern[str]:
    return re.compile("|".join(rule_words("web", "ignored_pictures")), re.IGNORECASE)


def _file_of(image: etree._Element) -> str:
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


def _meta(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("http-equiv") or ""
        yield name.lower(), element.get("content") or ""


def _title(root: etree._Element) -> str:
    """The page's own title, with whatever the site adds to it."""
    found = root.find(".//title")
    return _SPACES.sub(" ", found.text or "").strip() if found is not None else ""


def _declared_language(root: etree._Element) -> str | None:
    body = root.find("body")
    own = root.get("lang") or root.get("xml:lang") or (body.get("lang") if body is not None else None)
    return own or next((value for name, value in _meta(root) if name == "content-language"), None)


def _declared_day(root: etree._Element) -> str | None:
    days = (read_day(value) for name, value in _meta(root) if name in _DATE_NAMES)
    return next((day for day in days if day), None)


def _declared_address(root: etree._Element) -> str | None:
    links = [link.get("href") or "" for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    links += [value for name, value in _meta(root) if name == "og:url"]
    return next((link for link in links if re.fullmatch(r"https?://\S+", link, re.IGNORECASE)), None)
