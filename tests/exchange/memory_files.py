"""Memory files for tests: written to bytes, read from bytes."""

import io

from hypothesis import strategies as st

from desktop_app.domain.memory import Layer, MemoryUnit
from desktop_app.domain.story import Languages
from desktop_app.exchange.memory_formats import READERS, WRITERS
from desktop_app.exchange.memory_formats.tally import Tally

HOUSE = Languages("zh-Hans", "en")
_BY_ID = {reader.id: reader for reader in READERS}
AT = "2024-03-12T07:00:05.000000Z"

# What XML 1.0 can carry.
LEGAL = st.characters(
    exclude_categories=("Cs",),
    exclude_characters=[chr(n) for n in range(32) if n not in {9, 10, 13}] + ["\ufffe", "\uffff"],
)
TEXTS = st.text(LEGAL | st.sampled_from("\t\r\n\"'<&>,;=+-@\\ 　学校\ufeff\u2028\x85"), min_size=1, max_size=30).filter(
    lambda text: bool(text.strip())
)
_KEYS = st.none() | st.integers(-(2**63), 2**63 - 1)
UNITS = st.builds(
    MemoryUnit,
    TEXTS,
    TEXTS,
    st.sampled_from(Layer),
    st.none() | st.uuids().map(str),
    st.none() | st.uuids().map(str),
    drafter=st.text(LEGAL, max_size=20),
    reviser=st.text(LEGAL, max_size=20),
    at=st.sampled_from(["", AT]),
    origin=st.text(LEGAL, max_size=20),
    before=_KEYS,
    after=_KEYS,
)


def read(data: bytes, kind: str = "tmx", languages: Languages = HOUSE, tally: Tally | None = None) -> list[MemoryUnit]:
    """All units of a file."""
    return list(_BY_ID[kind].read(io.BytesIO(data), len(data), languages, tally if tally is not None else Tally()))


def write(units: list[MemoryUnit], kind: str = "tmx", languages: Languages = HOUSE) -> bytes:
    """The file of some units."""
    return b"".join(WRITERS[kind].write(units, languages))


def pairs(units: list[MemoryUnit]) -> list[tuple[str, str]]:
    """The texts alone."""
    return [(unit.source, unit.target) for unit in units]


def tmx(*units: str, srclang: str = "zh-CN", before: str = "") -> bytes:
    """A TMX file with some ``tu`` elements."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{before}<tmx version="1.4">\n'
        '<header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"'
        f' srclang="{srclang}" datatype="plaintext"/>\n<body>\n' + "\n".join(units) + "\n</body></tmx>\n"
    ).encode()


def tu(*variants: tuple[str, str], inner: str = "", **attributes: str) -> str:
    """One ``tu``: language and content of each variant."""
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    texts = "".join(f'<tuv xml:lang="{tag}"><seg>{content}</seg></tuv>' for tag, content in variants)
    return f"<tu{written}>{inner}{texts}</tu>"
