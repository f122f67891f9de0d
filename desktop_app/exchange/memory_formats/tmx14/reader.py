"""TMX coming in: each unit that has the two languages asked for, as plain text.

The text of a segment is kept as it stands, spaces and line breaks included, because in a ``seg`` all of them count
(TMX 1.4b, section 3.4). Inline codes (``bpt``, ``ept``, ``it``, ``ph``, ``ut``) are left out together with the
``sub`` texts in them, which are texts of their own (a tooltip, a footnote); a code that breaks the line becomes a
space; what is highlighted (``hi``), and what stands in an element that the standard does not have, is kept.

The source of a unit is its nearest variant in the source language, and among equals the one in the unit's
``srclang``; every variant that is nearest to the target language makes a unit. A unit whose ``srclang`` is the target
is taken as well: a pair of sentences serves in both directions.
"""

import re
from collections.abc import Generator, Mapping
from typing import BinaryIO, NamedTuple, cast

from lxml import etree

from desktop_app.domain.memory import MemoryUnit
from desktop_app.domain.story import Languages
from desktop_app.exchange.memory_formats.languages import Nearness, is_chinese, roles, same_tag
from desktop_app.exchange.memory_formats.tally import Tally
from desktop_app.exchange.memory_formats.tmx14.facts import Facts
from desktop_app.exchange.memory_formats.tmx14.stream import TmxStream
from desktop_app.exchange.memory_formats.tmx14.terms import TOOL
from desktop_app.exchange.memory_formats.tmx14.words import words_of
from desktop_app.exchange.xml import XML_LANG, line_of, misencoded

_HAN = re.compile(r"[\u3400-\u9fff]")
_MOST_TAGS = 1000


class _Variant(NamedTuple):
    """A ``tuv``: its language and its other attributes."""

    tag: str
    element: etree._Element
    attributes: Mapping[str, str]


class TmxReader:
    """Reads ``.tmx``."""

    id = "tmx"
    suffixes = (".tmx",)

    def sniff(self, head: bytes) -> bool:
        """Whether the bytes open like a TMX file."""
        return b"<tmx" in head[:4096].replace(b"\0", b"")

    def read(self, file: BinaryIO, size: int, languages: Languages, tally: Tally) -> Generator[MemoryUnit, None, None]:
        """Draw the units of a file; see ``MemoryReader.read``."""
        stream = TmxStream(file, size, tally)
        reading = _Reading(languages, tally)
        for element in stream.units():
            yield from reading.units(element, stream.srclang)
        if stream.tool != TOOL:
            reading.end()


class _Choice:
    """The source of a unit and its targets, the nearest so far."""

    def __init__(self) -> None:
        self.source: _Variant | None = None
        self.targets: list[_Variant] = []
        self._as_source = self._as_target = Nearness.NONE
        self._stated = False

    def offered(self, variant: _Variant, as_source: Nearness, as_target: Nearness, stated: bool) -> bool:
        """Take a variant if none was nearer; False where it is in another language. ``stated`` is the srclang."""
        if as_source:
            if as_source > self._as_source or (as_source == self._as_source and stated and not self._stated):
                self.source, self._as_source, self._stated = variant, as_source, stated
        elif as_target > self._as_target:
            self.targets, self._as_target = [variant], as_target
        elif as_target and as_target == self._as_target:
            self.targets.append(variant)
        return bool(as_source or as_target)

    def relatives(self) -> list[str]:
        """The languages of those that were chosen for want of nearer ones."""
        found = [variant.tag for variant in self.targets] if self._as_target is Nearness.RELATIVE else []
        if self.source is not None and self._as_source is Nearness.RELATIVE:
            found.append(self.source.tag)
        return found


class _Reading:
    """What is known of one file while its units go by."""

    def __init__(self, languages: Languages, tally: Tally) -> None:
        self._languages = languages
        self._tally = tally
        self._roles: dict[tuple[str, str], tuple[Nearness, Nearness, bool]] = {}
        self._han_seen = False
        self._strange: int | None = None

    def units(self, element: etree._Element, header_srclang: str) -> list[MemoryUnit]:
        """The pairs of one ``tu``: none, one, or one for each variant of the target."""
        space = element.tag[:-2]
        is_variant, is_property = f"{space}tuv", f"{space}prop"
        whole = cast("dict[str, str]", dict(element.items()))
        srclang = whole.get("srclang") or header_srclang
        choice = _Choice()
        told: dict[str, str] = {}
        for child in element:
            name = child.tag
            if name == is_variant:
                attributes = cast("dict[str, str]", dict(child.items()))
                tag = attributes.get(XML_LANG) or attributes.get("lang") or ""
                if not self._han_seen and is_chinese(tag):
                    self._look_for_han(child, space)
                role = self._roles.get((tag, srclang)) or self._judged(tag, srclang)
                if not choice.offered(_Variant(tag, child, attributes), *role):
                    self._tally.passed_over(tag)
            elif name == is_property:
                told.setdefault(child.get("type") or "", child.text or "")
        units = self._pairs(choice, Facts(whole, told), space)
        if not units:
            self._tally.skipped += 1
            return units
        self._tally.units += len(units)
        for tag in choice.relatives():
            self._tally.taken_from_relative(tag)
        return units

    def _judged(self, tag: str, srclang: str) -> tuple[Nearness, Nearness, bool]:
        """The roles of a tag, and whether it is the stated source; kept, because a file has few tags."""
        found = (*roles(self._languages, tag, srclang), same_tag(tag, srclang))
        if len(self._roles) < _MOST_TAGS:
            self._roles[tag, srclang] = found
        return found

    def _pairs(self, choice: _Choice, facts: Facts, space: str) -> list[MemoryUnit]:
        if choice.source is None or not choice.targets:
            return []
        text = words_of(choice.source.element, space)
        if not text or text.isspace():
            return []
        found = ((words_of(variant.element, space), variant) for variant in choice.targets)
        return [facts.unit(text, words, one.attributes) for words, one in found if words and not words.isspace()]

    def _look_for_han(self, variant: etree._Element, space: str) -> None:
        """Note where a text that calls itself Chinese has no Chinese and would have, were its bytes read as GB 2312.

        Two bytes of GB 2312 can be one letter of UTF-8, so that a short file in the wrong encoding decodes well.
        """
        text = words_of(variant, space)
        if _HAN.search(text):
            self._han_seen = True
        elif self._strange is None and not text.isascii():
            try:
                meant = text.encode("utf-8").decode("gb2312")
            except UnicodeDecodeError:
                return
            beyond = [character for character in meant if character > "\x7f"]
            if len(beyond) > 1 and all(_HAN.match(character) for character in beyond):
                self._strange = line_of(variant)

    def end(self) -> None:
        """Judge the whole file.

        Raises:
            InputRefusedError: what it calls Chinese has not one Chinese character, and would in another encoding.
        """
        if self._strange is not None and not self._han_seen:
            raise misencoded(self._strange)
