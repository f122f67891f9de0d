"""Review documents that mean harm or are broken: refused in one plain sentence, at once, and nothing is fetched."""

import io
import random
import time
import zipfile
from contextlib import suppress
from dataclasses import replace

import pytest
from editions import content, edition, text_block
from hypothesis import given
from hypothesis import strategies as st
from test_refusals import assert_plain

from desktop_app.domain.story import BlockKind
from desktop_app.exchange.formats.review_docx import opening, read_review, write_review
from desktop_app.exchange.limits import Deadline
from desktop_app.foundation.errors import InputRefusedError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = "word/document.xml"
SECONDS = 10


def good() -> bytes:
    return write_review(edition(draft=True))


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def changed(name: str, data: bytes) -> bytes:
    return packed({**parts_of(good()), name: data})


def body(inner: str) -> bytes:
    return f'<w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'.encode()


def refusal(data: bytes) -> InputRefusedError:
    begun = time.process_time()
    with pytest.raises(InputRefusedError) as caught:
        read_review(data)
    assert time.process_time() - begun < SECONDS
    assert_plain(caught.value)
    return caught.value


BILLION = (
    b'<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<w:document xmlns:w="' + W.encode() + b'"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
)
REFUSED = {
    "empty": b"",
    "no zip": b"This is no document.",
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "empty zip": packed({}),
    "another zip": packed({"a.txt": b"x"}),
    "no document": packed({name: data for name, data in parts_of(good()).items() if name != DOCUMENT}),
    "not a document": changed(DOCUMENT, b"<html/>"),
    "another's document": packed(
        {
            "_rels/.rels": parts_of(good())["_rels/.rels"],
            DOCUMENT: body("<w:p><w:r><w:t>Dear Sir,</w:t></w:r></w:p>"),
        }
    ),
    "not well-formed": changed(DOCUMENT, b"<w:document"),
    "entities": changed(DOCUMENT, BILLION),
    "entities in the map": changed("customXml/item1.xml", BILLION),
    "rare method": packed(parts_of(good()), zipfile.ZIP_LZMA),
    "deep": changed(DOCUMENT, body("<w:p>" * 300 + "</w:p>" * 300)),
    "rich": changed(DOCUMENT, body("<w:p/>" * 850_000)),
    "many parts": packed({**parts_of(good()), **{f"x/{n}.xml": b"" for n in range(opening.MAX_PARTS)}}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_one_sentence(name: str) -> None:
    refusal(REFUSED[name])


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    bomb = changed(DOCUMENT, b" " * (opening.MAX_XML_BYTES + 10))
    assert len(bomb) < 200_000
    assert "unpacks to more than" in str(refusal(bomb).reason)


def test_a_bomb_of_several_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_XML_BYTES", 10_000)
    assert "unpacks to more than" in str(refusal(good()).reason)


def test_a_size_that_the_package_lies_about_does_not_help() -> None:
    data = bytearray(changed(DOCUMENT, b" " * (opening.MAX_XML_BYTES + 10)))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo(DOCUMENT).file_size
    data = bytearray(bytes(data).replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    refusal(bytes(data))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused() -> None:
    made = io.BytesIO(good())
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("WORD/document.xml", body(""))
    assert "two parts" in str(refusal(made.getvalue()).reason)


def test_a_password_is_told() -> None:
    data = bytearray(good())
    at = data.index(b"PK\x01\x02")
    while at >= 0:  # the flag of encryption in every entry of the directory
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    assert "password" in str(refusal(bytes(data)).reason)


def test_nothing_outside_is_reached_and_macros_are_passed_over() -> None:
    parts = parts_of(good())
    outside = (
        b'<Relationship Id="rId70" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"'
        b' Target="http://127.0.0.1:9/h.xml" TargetMode="External"/>'
        b'<Relationship Id="rId71" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"'
        b' Target="../../../../../../etc/passwd"/>'
        b'<Relationship Id="rId72" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"'
        b' Target="file:///etc/passwd"/></Relationships>'
    )
    links = "word/_rels/document.xml.rels"
    parts[links] = parts[links].replace(b"</Relationships>", outside)
    parts["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    assert len(read_review(packed(parts)).rows) == 14


def test_a_huge_table_is_read_in_time_or_refused() -> None:
    row = "<w:tr><w:tc><w:p/></w:tc></w:tr>"
    refusal(changed(DOCUMENT, body(f"<w:tbl>{row * 51_000}</w:tbl>")))
    cells = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>" * 20_000
    begun = time.process_time()
    read_review(changed(DOCUMENT, body(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")))
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize("kind", ["runs", "marks", "comments", "tables", "changes"])
def test_much_of_one_thing_takes_no_quadratic_time(kind: str) -> None:
    many = {
        "runs": "<w:r><w:t>ab</w:t></w:r>" * 20_000,
        "marks": "".join(f'<w:bookmarkStart w:id="{n}" w:name="_dttx{n:08x}"/>' for n in range(20_000)),
        "comments": "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in range(20_000)),
        "changes": '<w:ins w:author="A"><w:r><w:t>a</w:t></w:r></w:ins>' * 20_000,
        "tables": "",
    }[kind]
    inner = f"<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc><w:tc><w:p>{many}</w:p></w:tc></w:tr></w:tbl>"
    if kind == "tables":
        inner = "<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60
        inner *= 200
    begun = time.process_time()
    read_review(changed(DOCUMENT, body(inner)))
    assert time.process_time() - begun < SECONDS


def test_time_has_an_end() -> None:
    ticks = iter(range(10_000))
    with pytest.raises(InputRefusedError, match="takes longer"):
        read_review(good(), Deadline(3, clock=lambda: float(next(ticks))))


def test_a_long_story_goes_out_and_comes_home_in_time() -> None:
    block = text_block(1, BlockKind.PARAGRAPH, *([("一句话。", "One sentence.")] * 1000))
    begun = time.process_time()
    review = read_review(write_review(edition(replace(content(), blocks=(block,)))))
    assert len(review.rows) == 1000
    assert time.process_time() - begun < SECONDS


@given(cut=st.floats(0, 1))
def test_a_document_cut_off_anywhere_is_refused(cut: float) -> None:
    data = good()
    with pytest.raises(InputRefusedError):
        read_review(data[: int(len(data) * cut * 0.999)])


@given(seed=st.integers(0, 2**32))
def test_a_damaged_document_is_refused_or_read_but_never_breaks(seed: int) -> None:
    chance = random.Random(seed)
    parts = parts_of(good())
    name = chance.choice(sorted(parts))
    data = bytearray(parts[name])
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 3)] = chance.choice([b"", b"<", b'"', b"w:", b"0", b"/>"])
    whole = bytearray(packed({**parts, name: bytes(data)}))
    if chance.random() < 0.3:
        whole[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
    with suppress(InputRefusedError):
        review = read_review(bytes(whole))
        assert review.rows or review.strangers or review.problems
