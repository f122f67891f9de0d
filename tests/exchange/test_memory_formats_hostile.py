"""Memory files made to do harm, or damaged: refused in one sentence with the place, and soon."""

import io
import itertools
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_files import HOUSE, pairs, read, tmx, tu, write

from desktop_app.domain.memory import MemoryUnit
from desktop_app.exchange.limits import MAX_MEMORY_TEXT, MAX_TABLE_BYTES, MAX_TMX_BYTES
from desktop_app.exchange.memory_formats import READERS, WRITERS, reader_for
from desktop_app.exchange.memory_formats.tally import Tally
from desktop_app.foundation.errors import InputRefusedError
from tests.conftest import SHARED

HOSTILE = SHARED / "data" / "interop" / "hostile"
SECONDS = 10
PAIR = tu(("zh-CN", "学校"), ("en", "university"))


def refusal(data: bytes, kind: str = "tmx") -> InputRefusedError:
    begun = time.process_time()
    with pytest.raises(InputRefusedError) as caught:
        read(data, kind)
    assert time.process_time() - begun < SECONDS
    reason = str(caught.value.reason)
    assert reason[0].isupper()
    assert reason.endswith(".")
    assert not any(word in reason for word in ("Error", "Traceback", "codec", "None", "b'"))
    assert caught.value.advice is not None
    return caught.value


def expected() -> list[tuple[str, str]]:
    if not (HOSTILE / "expected.tsv").is_file():
        return []
    rows = (line.split("\t") for line in (HOSTILE / "expected.tsv").read_text("utf-8").splitlines()[1:])
    return [(name, what) for name, what in rows if name.endswith(".tmx")]


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile files are not beside the checkout")
def test_there_are_hostile_files_to_try() -> None:
    assert len(expected()) > 5


@pytest.mark.parametrize(("name", "what"), expected(), ids=[name for name, _ in expected()])
def test_hostile_file_ends_as_it_should(name: str, what: str) -> None:
    data = (HOSTILE / name).read_bytes()
    if what.startswith("refuse"):
        error = refusal(data)
        assert "line number" not in what or error.place
    elif what.startswith("accept"):
        assert read(data) == []
    else:
        assert pairs(read(data)) == [("学校召开会议。", "The university held a meeting.")]


DOCTYPES = {
    "entities": '<!DOCTYPE tmx [<!ENTITY a "b">]>',
    "external entity": '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    "parameter entity": '<!DOCTYPE tmx [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a"> %a;]>',
    "entities behind a comment": f'<!--{"x" * 2_000_000}--><!DOCTYPE tmx [<!ENTITY a "b">]>',
    "entities behind a public name": '<!DOCTYPE tmx PUBLIC "-//x//y" "http://127.0.0.1:9/tmx14.dtd" [<!ENTITY a "b">]>',
}


@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES.keys())
def test_file_with_entities_of_its_own_is_refused(doctype: str) -> None:
    refusal(tmx(tu(("zh-CN", "&a;"), ("en", "b")), before=doctype))


@pytest.mark.parametrize("name", ['SYSTEM "tmx14.dtd"', 'PUBLIC "-//LISA OSCAR:1998//DTD for TMX//EN" "tmx14.dtd"'])
def test_ordinary_document_type_is_accepted_without_being_fetched(name: str) -> None:
    assert pairs(read(tmx(PAIR, before=f"<!DOCTYPE tmx {name}>\n"))) == [("学校", "university")]


def test_entity_of_a_document_type_elsewhere_is_refused_with_its_line() -> None:
    error = refusal(tmx(PAIR, tu(("zh-CN", "学&nbsp;校"), ("en", "b")), before='<!DOCTYPE tmx SYSTEM "tmx14.dtd">'))
    assert str(error.place) == "line 6"


DAMAGED = {
    "no tag closed": tmx(PAIR)[:-20],
    "cut in a unit": tmx(PAIR, PAIR)[:-60],
    "crossed tags": tmx("<tu><tuv></tu></tuv>"),
    "twice the attribute": tmx(PAIR.replace("<tu>", '<tu tuid="a" tuid="b">')),
    "two roots": tmx(PAIR) + b"<tmx/>",
    "control character": tmx(tu(("zh-CN", "a\x01"), ("en", "b"))),
    "control character by number": tmx(tu(("zh-CN", "&#1;"), ("en", "b"))),
    "broken UTF-8": tmx(tu(("zh-CN", "学校"), ("en", "b"))).replace("学".encode(), b"\xe5\xad"),
    "half a UTF-16 character": "<tmx/>".encode("utf-16")[:-1],
    "unknown encoding": tmx(PAIR).replace(b"UTF-8", b"x-klingon"),
    "another document": b"<html><body/></html>",
    "a long other document": b"<html>" + b"<p>text</p>\n" * 200_000 + b"</html>",
    "nested elsewhere": b"<html>" + tmx(PAIR).partition(b"?>")[2] + b"</html>",
    "another version": tmx(PAIR).replace(b'version="1.4"', b'version="2.0"'),
    "blank": b"  \r\n\t ",
    "mark alone": b"\xff\xfe",
    "zeros": bytes(5000),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED.keys())
def test_damaged_file_is_refused(data: bytes) -> None:
    refusal(data)


def test_place_is_the_line_however_long_the_file_is() -> None:
    before = [PAIR] * 100_000
    assert str(refusal(tmx(*before, "<tu><tuv></tu>")).place) == "line 100005"
    broken = tmx(*before, "汉").replace("汉".encode(), b"\xe5\xad")
    assert str(refusal(broken).place) == "line 100005"


def repeated(piece: bytes, times: int, start: bytes = b"") -> Iterator[bytes]:
    yield tmx().partition(b"<body>")[0] + b"<body>"
    if start:
        yield start
    yield from itertools.repeat(piece, times)


class Endless(io.RawIOBase):
    """A file of hundreds of megabytes that is made while it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if not self._left:
            self._left = next(self._pieces, b"")
        taken = self._left[: len(buffer)]
        self._left = self._left[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)


MEGABYTE = 1 << 20
ENDLESS = {
    "a text without end": (b"<tu><tuv xml:lang='zh'><seg>", b"x" * MEGABYTE),
    "a comment without end": (b"<!--", b"x" * MEGABYTE),
    "an attribute without end": (b"<tu a='", b"x" * MEGABYTE),
    "variants without end": (b"<tu>", b"<tuv xml:lang='en'><seg>x</seg></tuv>" * 20_000),
    "properties without end": (b"<tu>", b"<prop type='x'/>" * 50_000),
    "elements beside the units": (b"", b"<x/>" * 200_000),
    "units in units": (b"", b"<tu>" * 200_000),
    "attributes without end": (b"<tu ", b"".join(b"a%d='' " % n for n in range(100_000))),
    "elements in depth": (b"<tu><tuv><seg>", b"<hi>" * 200_000),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_has_no_end_is_refused_soon_before_much_is_read(name: str) -> None:
    start, piece = ENDLESS[name]
    file: BinaryIO = io.BufferedReader(Endless(repeated(piece, 400, start)))  # type: ignore[assignment]
    begun = time.process_time()
    tally = Tally()
    with pytest.raises(InputRefusedError):
        list(READERS[0].read(file, 400 * len(piece), HOUSE, tally))
    assert time.process_time() - begun < SECONDS
    assert tally.bytes_read < 12 * MEGABYTE


def test_elements_in_depth_are_refused() -> None:
    assert pairs(read(tmx(tu(("zh-CN", "字"), ("en", "<hi>" * 150 + "x" + "</hi>" * 150))))) == [("字", "x")]
    error = refusal(tmx(tu(("zh-CN", "字"), ("en", "<hi>" * 230 + "x" + "</hi>" * 230))))
    assert "200 deep" in str(error.reason)


def test_units_are_let_go_while_the_file_is_read() -> None:
    body = (PAIR * 2000).encode()
    file: BinaryIO = io.BufferedReader(Endless(repeated(body, 20)))  # type: ignore[assignment]
    tally = Tally()
    with pytest.raises(InputRefusedError):  # the file has no end
        list(READERS[0].read(file, 1, HOUSE, tally))
    assert tally.units == 40_000


def test_text_longer_than_any_is_refused_with_its_line() -> None:
    long = "字" * (MAX_MEMORY_TEXT + 1)
    assert str(refusal(tmx(PAIR, tu(("zh-CN", long), ("en", "b")))).place) == "line 6"
    assert str(refusal(f"是\tYes\n{long}\tb\n".encode(), "tsv").place) == "line 2"
    assert len(read(f"{long[1:]}\tb\n".encode(), "tsv")) == 1


@pytest.mark.parametrize(("kind", "limit"), [("tmx", MAX_TMX_BYTES), ("tsv", MAX_TABLE_BYTES)])
def test_file_larger_than_any_is_refused_unread(kind: str, limit: int) -> None:
    reader = next(reader for reader in READERS if reader.id == kind)
    with pytest.raises(InputRefusedError, match=r"MB large"):
        next(reader.read(io.BytesIO(b"x"), limit + 1, HOUSE, Tally()))


TABLES = {
    "no tab": ("tsv", b"a\tb\nno tab here\n", "line 2"),
    "no tab at all": ("tsv", "第一行\n第二行\n".encode(), "line 1"),
    "comma in place of the tab": ("tsv", "学校,university\n".encode(), "line 1"),
    "header without a target": ("tsv", b"zh\tnote\n1\t2\n", "line 1"),
    "too few columns": ("tsv", b"id\tzh\ten\n1\ta\tb\n2\tc\n", "line 3"),
    "three columns without a header": ("csv", b"a,b\nc,d,e\n", "line 2"),
    "quotation without end": ("csv", b'zh,en\na,b\n"c,d\ne,f\n', "line 3"),
    "zero bytes": ("tsv", b"\xef\xbb\xbfa\tb\nc\0\td\n", "line 2"),
    "broken UTF-8": ("tsv", "\ufeff学\tb\n".encode() + b"\xe5\xad\tb\n", "line 2"),
    "empty": ("tsv", b"", ""),
    "blank": ("tsv", b" \n\t\n", ""),
    "a spreadsheet": ("csv", b"PK\3\4" + bytes(100), ""),
    "a PDF": ("tsv", b"%PDF-1.7\n", ""),
    "no text": ("tsv", bytes(range(256)) * 20, ""),
}


@pytest.mark.parametrize("name", TABLES)
def test_damaged_table_is_refused_with_its_line(name: str) -> None:
    kind, data, place = TABLES[name]
    error = refusal(data, kind)
    assert place in str(error.place)


def test_broken_encoding_far_into_a_large_table_is_refused_with_its_line() -> None:
    row = "学校召开会议。\tThe university held a meeting.\n".encode()
    data = row * 450_000 + b"\xe5\xad\tb\n" + row
    assert len(data) > 20 * MEGABYTE
    assert str(refusal(data, "tsv").place) == "line 450001"


SLOW = {
    "quotations over lines": ("csv", b'zh,en\n"' + b'""\n' * 300_000),
    "odd quotations": ("csv", b'zh,en\n"' + b'a"b\n' * 300_000),
    "a quotation mark a line": ("csv", b"zh,en\n" + b'"\n' * 600_000),
    "open quotations in a tsv": ("tsv", b'"a"\tb\n' + b'"x\ty\n' * 200_000),
    "separators": ("tsv", b"\t" * 7_000_000 + b"a\tb"),
    "quotation marks": ("csv", b"zh,en\n" + b'"' * 3_000_001 + b"\n"),
}


@pytest.mark.parametrize("name", SLOW)
def test_tables_made_to_be_slow_are_not(name: str) -> None:
    kind, data = SLOW[name]
    begun = time.process_time()
    try:
        read(data, kind)
    except InputRefusedError as error:
        assert error.place  # noqa: PT017 - either end is right, if it comes soon
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize("kind", WRITERS)
@given(data=st.data())
def test_damage_to_a_file_is_a_refusal_or_nothing_worse(kind: str, data: st.DataObject) -> None:
    whole = bytearray(write([MemoryUnit('学校"召开\n会议。', "The “university”, held.", origin="a")] * 3, kind))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        found = read(bytes(whole), kind)
    except InputRefusedError:
        return
    assert all(unit.source.strip() and unit.target.strip() for unit in found)


@pytest.mark.parametrize("path", sorted(HOSTILE.glob("*")), ids=lambda path: path.name)
@pytest.mark.parametrize("ending", [".tmx", ".tsv", ".csv"])
def test_hostile_files_under_our_names_are_read_as_text_or_refused(path: Path, ending: str) -> None:
    data = path.read_bytes()
    begun = time.process_time()
    try:
        read(data, reader_for(f"a{ending}", data).id)
    except InputRefusedError as error:
        assert error.advice is not None  # noqa: PT017 - some are tables of a kind
    assert time.process_time() - begun < SECONDS
