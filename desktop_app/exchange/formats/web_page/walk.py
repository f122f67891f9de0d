"""A walk through the elements of a page, which gives its lines in reading order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from desktop_app.domain.counts import has_han
from desktop_app.exchange.formats.web_page.elements import (
    HEADINGS,
    file_of,
    in_order,
    is_data,
    is_hidden,
    names,
    rule_set,
    style,
    words,
)
from desktop_app.exchange.limits import MAX_DEPTH, Deadline, check_blocks
from desktop_app.exchange.page import Part, PartKind
from desktop_app.exchange.wording import ends_sentence, rule_words
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

_FURNITURE = frozenset({"nav", "footer", "aside", "menu", "button", "select", "textarea"})
_ONE_LINE = frozenset({PartKind.TITLE, PartKind.HEADING, PartKind.DECK, PartKind.ITEM})

# Marks inside a run of text, taken from characters that HTML counts as ordinary and texts do not use.
_BREAK = "\u2028"
_CELL = "\u2029"
_CJK = r"[\u3001-\u303f\u3040-\u30ff\u3400-\u9fff\uff01-\uff60]"
# CSS Text Module Level 3, section 4.1.3: a line break in the source between two wide characters is no space. Quotation
# marks, dashes and dots of both scripts (U+2014 to U+2026) are wide beside a wide one.
_WIDE = rf"(?:{_CJK}|[\u2014-\u2026])"
_WIDE_BREAK = re.compile(
    rf"(?<={_CJK})[ \t\r\f]*\n[ \t\r\n\f]*(?={_WIDE})|(?<={_WIDE})[ \t\r\f]*\n[ \t\r\n\f]*(?={_CJK})"
)
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


class Walk:
    """One walk through the page, which collects its lines."""

    def __init__(self, root: etree._Element, deadline: Deadline) -> None:
        self._deadline = deadline
        self.parts: list[Part] = []
        self._runs: list[_Run] = []
        self._glued = False
        self._whole = max(1, len(words(root)))
        self._visit(root, _Setting(), 0)
        self._flush(_Setting())

    def _visit(self, element: etree._Element, around: _Setting, depth: int) -> None:
        """Take an element and what is in it, but not the text behind it."""
        tag = element.tag
        if not isinstance(tag, str) or tag in rule_set("never_shown_elements") or is_hidden(element):
            return
        if depth > MAX_DEPTH:
            raise too_deep()
        self._deadline.check()
        check_blocks(len(self.parts))
        if tag == "br":
            self._runs.append(_Run(_BREAK, around.bold, around.linked))
            return
        if tag == "img":
            self._picture(element, around)
            return
        setting = self._setting(element, tag, around)
        block = tag in rule_set("block_elements") and not setting.cell
        if tag == "table" and is_data(element):
            self._table(element, around, depth)
            return
        if block:
            self._flush(around)
            self._glued = False
        self._text(element.text, setting)
        for child in in_order(element, tag):
            self._visit(child, setting, depth + 1)
            self._text(child.tail, setting)
        if block:
            self._flush(setting)
            self._glued = False
        elif tag in rule_set("block_elements"):
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
        css = style(element)
        called = names(element)
        kind = around.kind
        if kind is not PartKind.FURNITURE:
            if self._is_furniture(element, tag, called):
                kind = PartKind.FURNITURE
            elif tag == "h1":
                kind = PartKind.TITLE
            elif called & rule_set("deck_names") and tag not in {"body", "main", "article"}:
                kind = PartKind.DECK
            elif tag in HEADINGS:
                kind = PartKind.HEADING
            elif tag == "figcaption" or (called & rule_set("caption_names") and self._glued_or_after_picture()):
                kind = PartKind.CAPTION
            elif tag == "blockquote":
                kind = PartKind.QUOTATION
            elif tag == "li":
                kind = PartKind.ITEM
        weight = css.get("font-weight", "")
        align = css.get("text-align") or (element.get("align") or "").lower()
        return _Setting(
            kind,
            tag == "center" or (align == "center" if align else around.centred),
            (around.bold or tag in {"b", "strong"} or weight in {"bold", "bolder", "600", "700", "800", "900"})
            and weight not in {"normal", "400"},
            around.linked or (tag == "a" and element.get("href") is not None),
            around.titled or bool(called & rule_set("title_names")),
            around.kept or tag in {"pre", "textarea"},
            around.cell,
        )

    def _glued_or_after_picture(self) -> bool:
        return self._glued or bool(self.parts and self.parts[-1].kind is PartKind.PICTURE)

    def _is_furniture(self, element: etree._Element, tag: str, called: frozenset[str]) -> bool:
        """Whether an element is navigation or the like; one with the headline or most of the words is not."""
        named = tag in _FURNITURE or bool(called & rule_set("furniture_names"))
        if not named:
            within = rule_words("web", "furniture_ids_containing")
            named = any(part in name for name in called for part in within)
        if not named and tag != "header":
            return False
        if tag in {"html", "body", "main", "article", "h1", "p", "a", "span"} or element.find(".//h1") is not None:
            return False
        return len(words(element)) <= 0.5 * self._whole or tag in {"nav", "footer", "button", "select"}

    def _text(self, text: str | None, setting: _Setting) -> None:
        if not text:
            return
        if setting.kept:
            text = text.replace("\n", _BREAK)
        self._runs.append(_Run(text, setting.bold, setting.linked))

    def _picture(self, element: etree._Element, around: _Setting) -> None:
        file = file_of(element)
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


def too_deep(line: int = 0) -> InputRefusedError:
    """Make the refusal of a page that no browser would have made."""
    return InputRefusedError(
        N_("The page's elements are nested more than {limit} deep, or one of them is far too large.", limit=MAX_DEPTH),
        place=N_("line {n}", n=line) if line else "",
        advice=N_("Copy the story's text from the browser into a text file and import that."),
    )
