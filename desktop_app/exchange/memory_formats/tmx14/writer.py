"""Memories as TMX 1.4b, valid against its DTD, one unit a line.

``creationid`` and ``changeid`` are the drafter and the reviser, ``changedate`` the moment of the sign-off; layer,
origin, story, segment and the keys of the neighbours are properties of ours. No DOCTYPE is written: readers that
follow it look for the DTD beside the file and fail without it. The header has no date, so that the same memory is the
same file.
"""

from collections.abc import Iterable, Iterator, Sequence

from desktop_app import __version__
from desktop_app.domain.memory import MemoryUnit
from desktop_app.domain.story import Languages
from desktop_app.exchange.memory_formats.languages import interchange_tag
from desktop_app.exchange.memory_formats.moments import tmx_moment
from desktop_app.exchange.memory_formats.tmx14.terms import AFTER, BEFORE, LAYER, ORIGIN, SEGMENT, STORY, TOOL
from desktop_app.exchange.xml import legal
from desktop_app.foundation.messages import N_

_TOGETHER = 500  # units a piece


class TmxWriter:
    """Writes ``.tmx``."""

    id = "tmx"
    suffix = ".tmx"
    title = N_("TMX 1.4")

    def write(self, units: Iterable[MemoryUnit], languages: Languages) -> Iterator[bytes]:
        """Make the file's bytes piece by piece; see ``MemoryWriter.write``."""
        return tmx_pieces(units, languages)


def tmx_pieces(units: Iterable[MemoryUnit], languages: Languages, notes: Sequence[str] = ()) -> Iterator[bytes]:
    """Make a TMX file piece by piece, with ``notes`` in its header."""
    source, target = interchange_tag(languages.source), interchange_tag(languages.target)
    yield _header(source, notes).encode()
    opening, between = (
        f'<tuv xml:lang="{_quoted(source)}"><seg>',
        f'</seg></tuv><tuv xml:lang="{_quoted(target)}"><seg>',
    )
    lines: list[str] = []
    for unit in units:
        lines.append(
            f"{_unit_start(unit)}{opening}{_escaped(unit.source)}{between}{_escaped(unit.target)}</seg></tuv></tu>\n"
        )
        if len(lines) == _TOGETHER:
            yield "".join(lines).encode()
            lines.clear()
    yield f"{''.join(lines)}</body>\n</tmx>\n".encode()


def _header(source: str, notes: Sequence[str]) -> str:
    inner = "".join(f"<note>{_escaped(note)}</note>\n" for note in notes)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="{TOOL}" creationtoolversion="{__version__}" segtype="sentence" o-tmf="{TOOL}"'
        f' adminlang="en" srclang="{_quoted(source)}" datatype="plaintext"'
        f"{f'>{chr(10)}{inner}</header>' if inner else '/>'}\n<body>\n"
    )


def _unit_start(unit: MemoryUnit) -> str:
    """The start tag of a unit and its properties; what is not known is left out."""
    at = tmx_moment(unit.at) if unit.at else ""
    attributes = (("creationid", unit.drafter), ("changedate", at), ("changeid", unit.reviser))
    written = "".join(f' {name}="{_quoted(value)}"' for name, value in attributes if value)
    properties = (
        (LAYER, unit.layer.name.lower()),
        (ORIGIN, unit.origin),
        (STORY, unit.story or ""),
        (SEGMENT, unit.segment or ""),
        (BEFORE, "" if unit.before is None else str(unit.before)),
        (AFTER, "" if unit.after is None else str(unit.after)),
    )
    inner = "".join(f'<prop type="{name}">{_escaped(value)}</prop>' for name, value in properties if value)
    return f"<tu{written}>{inner}"


def _escaped(text: str) -> str:
    """Text as the content of an element: a carriage return is kept by its number (XML 1.0, section 2.11)."""
    text = legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;") if "\r" in text else text


def _quoted(text: str) -> str:
    """Text as the value of an attribute, where white space is kept by number (XML 1.0, section 3.3.3)."""
    return _escaped(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")
