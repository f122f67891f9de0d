"""The TMX compliance kit (LISA OSCAR): each test of it, import and export, against the text that stands beside it."""

import re
from html import unescape
from pathlib import Path

import pytest
from lxml import etree
from memory_files import pairs, read, write

from desktop_app.domain.memory import MemoryUnit
from desktop_app.domain.story import Languages
from desktop_app.exchange.memory_formats.tally import Tally
from desktop_app.exchange.xml import XML_LANG
from tests.conftest import SHARED

KIT = SHARED / "data" / "interop" / "tmx-compliance-kit"
DTD = SHARED / "data/interop/okapi/okapi/filters/tmx/src/test/resources/tmx14.dtd"
pytestmark = pytest.mark.skipif(not KIT.is_dir(), reason="the TMX compliance kit is not beside the checkout")

# Level 1: plain text. Each test has the text of both languages as a file of its own.
PLAIN = {
    "A": "fr-ca",  # tabs and spaces as characters and by number, in UTF-16
    "B": "fr-ca",  # white space in mark-up, language tags in other letters
    "C": "fr-ca",  # five languages in changing order
    "D": "en-gb",  # UTF-8 with a mark
    "E": "en-gb",  # UTF-8 without one
    "F": "en-gb",  # UTF-16, little end first, and not declared
    "G": "en-gb",  # UTF-16, big end first, and not declared
    "H": "en-gb",  # ASCII with characters by number
    "I": "ja-jp",  # spaces of two widths
}


def text_of(name: str) -> list[str]:
    """The lines of a text of the kit, whichever encoding it is in."""
    data = (KIT / name).read_bytes()
    text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    return text.rstrip("\r\n").splitlines()


def imported(name: str, source: str, target: str) -> list[MemoryUnit]:
    return read((KIT / name).read_bytes(), languages=Languages(source, target))


@pytest.mark.parametrize("test", PLAIN)
def test_plain_text_is_imported_exactly(test: str) -> None:
    target = PLAIN[test]
    found = imported(f"ImportTest1{test}.tmx", "en-us", target)
    expected = zip(text_of(f"ImportTest1{test}.txt"), text_of(f"ImportTest1{test}_{target}.txt"), strict=True)
    assert pairs(found) == list(expected)


@pytest.mark.parametrize("test", PLAIN)
def test_what_was_imported_comes_back_after_an_export(test: str) -> None:
    languages = Languages("en-us", PLAIN[test])
    found = imported(f"ImportTest1{test}.tmx", languages.source, languages.target)
    assert read(write(found, languages=languages), languages=languages) == found


@pytest.mark.parametrize("source", ["en-us", "ja-jp", "es-es", "en-gb", "fr-ca"])
def test_any_of_five_languages_can_be_the_source(source: str) -> None:
    target = "fr-ca" if source != "fr-ca" else "ja-jp"
    tally = Tally()
    found = read((KIT / "ImportTest1C.tmx").read_bytes(), languages=Languages(source, target), tally=tally)
    names = {"en-us": "US English", "en-gb": "UK English", "ja-jp": "Japanese", "es-es": "Spanish"}
    names["fr-ca"] = "French Canadian"
    assert pairs(found) == [
        (f"{number} entry in {names[source]}", f"{number} entry in {names[target]}")
        for number in ("First", "Second", "Third")
    ]
    assert tally.skipped == 0


def test_order_of_source_and_target_does_not_matter() -> None:
    assert pairs(imported("ImportTest1J.tmx", "en-us", "en-gb")) == [
        ("First entry in US English", "First entry in UK English"),
        ("Second entry in US English", "Second entry in UK English"),
    ]


def test_units_without_the_pair_are_not_imported() -> None:
    tally = Tally()
    languages = Languages("en-us", "en-gb")
    found = read((KIT / "ImportTest1J_many.tmx").read_bytes(), languages=languages, tally=tally)
    assert pairs(found) == [
        ("First entry in US English", "First entry in UK English"),
        ("Second entry in US English", "Second entry in UK English"),
    ]
    assert tally.skipped == 1
    assert tally.languages == {"es-es": 1}


@pytest.mark.parametrize(
    ("source", "entry"), [("de-de", "First Entry - German"), ("fr-ca", "Second Entry - French Canadian")]
)
def test_each_unit_may_have_a_source_language_of_its_own(source: str, entry: str) -> None:
    number = entry.split(maxsplit=1)[0]
    assert pairs(imported("ImportTest1K.tmx", source, "en-gb")) == [(entry, f"{number} Entry - UK English")]


def test_every_element_and_attribute_of_the_standard_is_taken() -> None:
    (unit,) = imported("ImportTest1L.tmx", "en-us", "fr")
    assert (unit.source, unit.target) == ("Text of the segment.", "Texte du segment.")
    assert unit.drafter == "ys"
    assert unit.at == "2002-05-23T09:12:00.000000Z"


def words(name: str) -> str:
    """The words of a web page of the kit, in one line."""
    data = (KIT / name).read_bytes()
    text = data.decode("utf-8") if name in {"ImportTest2A.htm", "ExportTest2A.htm"} else data.decode("cp1252")
    body = text.partition("</head>")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", "", body)).split())


def joined(texts: list[str]) -> str:
    return " ".join(" ".join(texts).split())


@pytest.mark.parametrize("name", ["ImportTest2A.tmx", "ImportTest2A-0index.tmx"])
def test_words_round_inline_codes_are_kept(name: str) -> None:
    found = imported(name, "en-us", "fr-ca")
    assert joined([unit.source for unit in found]) == words("ImportTest2A.htm")
    assert joined([unit.target for unit in found]) == words("ImportTest2A_fr-ca.htm")


def test_words_round_codes_of_a_word_processor_are_kept() -> None:
    found = imported("ImportTest2B.tmx", "en-us", "fr-ca")
    assert joined([unit.source for unit in found]) == words("ImportTest2A.htm")
    # The kit has “text” for “texte” in this file.
    assert joined([unit.target for unit in found]).replace("text avec", "texte avec") == words("ImportTest2A_fr-ca.htm")


def test_highlighted_words_are_kept_and_texts_within_codes_are_not() -> None:
    (unit,) = imported("ImportTest2C.tmx", "en-us", "fr")
    assert unit.source.split() == ["Click", "to", "start."]
    assert unit.target.split() == ["Cliquez", "pour", "commencer."]


def strings(name: str) -> list[str]:
    """The texts of one of the kit's source files."""
    path = KIT / name
    if path.suffix == ".rc":
        return re.findall(r'^\s*\d+ "(.*)"', path.read_text("cp1252"), re.MULTILINE)
    if path.suffix == ".po":
        return re.findall(r'^msgstr "(.*)"', path.read_text("cp1252"), re.MULTILINE)
    if path.suffix == ".properties":
        lines = re.findall(r"^id\d+ (.*)$", path.read_text("ascii"), re.MULTILINE)
        return [re.sub(r"\\u([0-9A-F]{4})", lambda found: chr(int(found[1], 16)), line) for line in lines]
    return [unescape(text) for text in re.findall(r"<p>(.*)</p>", path.read_text("cp1252"))]


def exported(sources: list[str], targets: list[str]) -> etree._Element:
    units = [MemoryUnit(source, target) for source, target in zip(sources, targets, strict=True)]
    return etree.fromstring(write(units, languages=Languages("en-us", "fr-ca")))


def segments(document: etree._Element) -> list[tuple[str, str]]:
    return [
        (str(variant.get(XML_LANG)), "".join(map(str, variant.find("seg").itertext())))
        for variant in document.iter("tuv")
    ]


@pytest.mark.parametrize("name", ["ExportTest1A.rc", "ExportTest1B.htm", "ExportTest1C.properties", "ExportTest1D.po"])
def test_export_has_the_segments_of_the_kit(name: str) -> None:
    stem, _, suffix = name.partition(".")
    made = exported(strings(name), strings(f"{stem}_fr.{suffix}"))
    kit = etree.fromstring((KIT / f"{stem}.tmx").read_bytes(), etree.XMLParser(load_dtd=False, no_network=True))
    assert segments(made) == segments(kit)


def test_export_of_pairs_that_came_as_xliff_has_the_segments_of_the_kit() -> None:
    file = etree.fromstring((KIT / "ExportTest1E.xlf").read_bytes())
    sources = [str(source.text) for source in file.iter("source")]
    targets = [str(target.text) for target in file.iterfind(".//alt-trans/target")]
    kit = etree.fromstring((KIT / "ExportTest1E.tmx").read_bytes(), etree.XMLParser(load_dtd=False, no_network=True))
    assert segments(exported(sources, targets)) == segments(kit)


def test_export_of_texts_that_had_codes_has_their_words() -> None:
    found = imported("ExportTest2A.tmx", "en-us", "fr-ca")
    assert joined([unit.source for unit in found]) == words("ExportTest2A.htm")
    assert joined([unit.target for unit in found]) == words("ExportTest2A_fr.htm")
    languages = Languages("en-us", "fr-ca")
    assert read(write(found, languages=languages), languages=languages) == found


@pytest.mark.parametrize("path", sorted(KIT.glob("*.tmx")), ids=lambda path: path.name)
def test_what_is_written_of_any_file_of_the_kit_is_valid(path: Path) -> None:
    if not DTD.is_file():
        pytest.skip("the DTD of TMX 1.4 is not beside the checkout")
    found = imported(path.name, "en-us", "fr-ca")
    document = etree.fromstring(write(found, languages=Languages("en-us", "fr-ca")))
    dtd = etree.DTD(str(DTD))
    assert dtd.validate(document), dtd.error_log
