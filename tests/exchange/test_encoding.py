"""Encodings told apart, and files that are no text refused in plain words."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.encoding import decode, looks_like_text
from desktop_app.exchange.limits import MAX_TEXT_BYTES, check_size
from desktop_app.foundation.errors import InputRefusedError

CHINESE = "学校召开会议。\n副校长张为民、中国工程院院士毛新宇出席，会期2天（1月11日至12日）。\n"
ENGLISH = "The station’s café was opened on Monday.\nEverybody came.\n"


@pytest.mark.parametrize("text", [CHINESE, ENGLISH, "会", "a"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_unicode_with_its_mark(text: str, mark: bytes, encoding: str) -> None:
    data = mark + text.encode(encoding)
    assert decode(data) == text
    assert looks_like_text(data)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "gb18030", "gbk"])
def test_chinese_without_a_mark(encoding: str) -> None:
    assert decode(CHINESE.encode(encoding)) == CHINESE


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp1252"])
def test_english_without_a_mark(encoding: str) -> None:
    assert decode(ENGLISH.encode(encoding)) == ENGLISH


def test_traditional_chinese_in_big5() -> None:
    text = "學校召開會議，副校長張為民出席並講話。他表示，雙方將在人才培養方面繼續合作，取得更多成果。\n" * 3
    assert decode(text.encode("big5")) == text


def test_declared_encoding_is_followed() -> None:
    assert decode("naïve".encode("latin-1"), declared="iso-8859-1") == "naïve"
    assert decode("学校".encode("gbk"), declared="GB2312") == "学校"
    assert decode("學校".encode("big5"), declared="Big5") == "學校"


def test_line_ends_become_lf_and_control_characters_go() -> None:
    assert decode(b"a\r\nb\rc\x01\x0cd") == "a\nb\nc\nd"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        ("\ufeff　\u200b\n".encode(), "empty"),
        (codecs.BOM_UTF16_LE, "empty"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\0", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"abc\ndef\0ghi", "zero bytes"),
        (b"a\0b\n", "zero bytes"),
    ],
)
def test_what_is_no_text_is_refused_with_its_name(data: bytes, word: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        decode(data)
    assert word in str(refused.value.reason)
    assert refused.value.advice is not None


def test_place_of_the_damage_is_named() -> None:
    with pytest.raises(InputRefusedError) as refused:
        decode(codecs.BOM_UTF8 + b"one\ntwo \xff\xfe\n")
    assert str(refused.value.place) == "line 2"


def test_size_is_asked_before_reading() -> None:
    check_size(MAX_TEXT_BYTES)
    with pytest.raises(InputRefusedError) as refused:
        check_size(50 * 1024 * 1024)
    assert str(refused.value.reason) == "The file is 50 MB large; at most 20 MB can be read."


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_refusal(data: bytes) -> None:
    try:
        text = decode(data)
    except InputRefusedError:
        return
    assert "\0" not in text
    assert "\r" not in text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff"), max_size=80))
def test_utf8_comes_through_unchanged(text: str) -> None:
    assert decode(f"a{text}".encode()) == f"a{text}"
