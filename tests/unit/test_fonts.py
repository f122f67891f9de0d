"""The bundled fonts show every character a Chinese news office may write and answer to their names."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"

CHINESE = ("NotoSerifSC-Regular", "NotoSerifSC-Bold", "NotoSansSC-Regular", "NotoSansSC-Bold")
LATIN = (
    *("NotoSerif-Regular", "NotoSerif-Bold", "NotoSerif-Italic"),
    *("NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic"),
)

# Characters of the General Standard table outside the Basic Multilingual Plane. They stand in personal and
# place names or name a chemical element, which is where a university's news meets them.
RARE_STANDARD_CHARACTERS = "𬉼𠳐𥻗𠙶𬣙𨙸𪨶𬬸𬬻𬬹𬬿𬭁𬶮𨭉𬙋𤫉𬺓𫚭"


def mapped_characters(name: str) -> set[int]:
    """Return the code points a bundled font maps, reading only its character map."""
    with TTFont(FONTS / f"{name}.ttf", lazy=True) as font:
        return set(font.getBestCmap())


def gb2312_characters() -> set[int]:
    """Return all of GB 2312, by decoding every cell of its 94 by 94 square."""
    square = [bytes((row, cell)) for row in range(0xA1, 0xFF) for cell in range(0xA1, 0xFF)]
    return {ord(text) for text in (code.decode("gb2312", "ignore") for code in square) if text}


def characters(codes: set[int]) -> list[str]:
    """Return code points as readable characters, so that a failure shows what is missing."""
    return [f"{chr(code)} U+{code:04X}" for code in sorted(codes)]


@pytest.mark.parametrize("name", CHINESE)
def test_chinese_fonts_have_all_of_gb2312(name: str) -> None:
    wanted = gb2312_characters()
    assert len(wanted) == 7445
    assert characters(wanted - mapped_characters(name)) == []


@pytest.mark.parametrize("name", CHINESE)
def test_chinese_fonts_have_the_rare_general_standard_characters(name: str) -> None:
    wanted = {ord(character) for character in RARE_STANDARD_CHARACTERS}
    assert min(wanted) > 0xFFFF
    mapped = mapped_characters(name)
    assert characters(wanted - mapped) == []
    # 196 of the table's 8,105 characters lie out there; the subset keeps them all.
    assert sum(0x20000 <= code < 0x40000 for code in mapped) == 196


@pytest.mark.parametrize("name", CHINESE)
def test_chinese_fonts_have_the_signs_of_approval_sheets_and_names(name: str) -> None:
    signs = {ord(sign) for sign in "·—…“”《》、。，：；？！①②③⑩⑳→←↑↓✓○●□■％１２３ａｂｃ㎡℃"}
    assert characters(signs - mapped_characters(name)) == []


@pytest.mark.parametrize("name", LATIN)
def test_latin_fonts_have_english_and_pinyin(name: str) -> None:
    wanted = {ord(letter) for letter in "–—‘’“”…€£©°×éñüßāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜḿǹ"} | set(range(0x20, 0x7F))
    assert characters(wanted - mapped_characters(name)) == []


@pytest.mark.parametrize("name", CHINESE + LATIN)
def test_family_and_style_are_the_ones_qt_and_typst_ask_for(name: str) -> None:
    family, _, style = name.partition("-")
    spaced = {
        "NotoSerifSC": "Noto Serif SC",
        "NotoSansSC": "Noto Sans SC",
        "NotoSerif": "Noto Serif",
        "NotoSans": "Noto Sans",
    }
    with TTFont(FONTS / f"{name}.ttf", lazy=True) as font:
        names = font["name"]
        assert (names.getDebugName(1), names.getDebugName(2)) == (spaced[family], style)
        # A typographic family (name 16) would win over the style-linked one and split regular from bold.
        assert names.getDebugName(16) is None
        assert font["OS/2"].usWeightClass == (700 if style == "Bold" else 400)


def test_the_licence_travels_with_the_fonts() -> None:
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "The Noto Project Authors" in licence
    assert "Adobe" in licence
