"""Which characters the bundled fonts can show, read from their character maps (OpenType ``cmap``)."""

import re
import struct
from functools import cache

from desktop_app.foundation.resources import resource

_FAMILIES = ("NotoSerif", "NotoSerifSC", "NotoSans", "NotoSansSC")
_STYLES = ("Regular", "Bold")
# Default_Ignorable_Code_Point (Unicode 15, DerivedCoreProperties.txt): these show nothing in any font.
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def missing_glyphs(text: str) -> set[str]:
    """Return the characters of ``text`` that no bundled font has; line ends and invisible characters do not count."""
    known = _known()
    return {sign for sign in set(text) if ord(sign) not in known and sign != "\n" and not _IGNORABLE.match(sign)}


@cache
def _known() -> frozenset[int]:
    """Code points that some family has in every weight that the pages use."""
    known: set[int] = set()
    for family in _FAMILIES:
        known |= set.intersection(*(_code_points(f"{family}-{style}.ttf") for style in _STYLES))
    return frozenset(known)


def _code_points(name: str) -> set[int]:
    """Read one font's map: format 12 where it has one, else format 4 (OpenType 1.9, ``cmap``)."""
    font = resource("fonts", name).read_bytes()
    tables = struct.unpack_from(">H", font, 4)[0]
    start = next(
        offset
        for tag, _, offset, _ in (struct.unpack_from(">4sIII", font, 12 + 16 * i) for i in range(tables))
        if tag == b"cmap"
    )
    count = struct.unpack_from(">H", font, start + 2)[0]
    offsets = [struct.unpack_from(">HHI", font, start + 4 + 8 * i)[2] + start for i in range(count)]
    by_format = {struct.unpack_from(">H", font, offset)[0]: offset for offset in offsets}
    if 12 in by_format:
        return _format_12(font, by_format[12])
    return _format_4(font, by_format[4])


def _format_12(font: bytes, at: int) -> set[int]:
    groups = struct.unpack_from(">I", font, at + 12)[0]
    known: set[int] = set()
    for i in range(groups):
        first, last, _ = struct.unpack_from(">III", font, at + 16 + 12 * i)
        known.update(range(first, last + 1))
    return known


def _format_4(font: bytes, at: int) -> set[int]:
    """Ranges alone: a code that maps to glyph 0 inside a range is taken as known, which these fonts do not have."""
    segments = struct.unpack_from(">H", font, at + 6)[0] // 2
    lasts = struct.unpack_from(f">{segments}H", font, at + 14)
    firsts = struct.unpack_from(f">{segments}H", font, at + 16 + 2 * segments)
    known: set[int] = set()
    for first, last in zip(firsts, lasts, strict=True):
        known.update(range(first, last + 1))
    known.discard(0xFFFF)
    return known
