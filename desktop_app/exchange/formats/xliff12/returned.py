"""An XLIFF file as it comes home from a translation tool: what every unit says now, and which text went out.

Read more freely than what is imported: tools drop the header, change namespaces to those of XLIFF 1.1, add attributes
and inline codes, reorder units and leave some out. A unit is one text, however a tool has segmented it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from desktop_app.domain.story import SegmentStatus
from desktop_app.exchange.formats.xliff12.terms import CREDITS_NOTE, DRAFT, FACT, TOOL
from desktop_app.exchange.formats.xliff12.words import words_of
from desktop_app.exchange.limits import Deadline, check_blocks, check_size
from desktop_app.exchange.xml import line_of, local_name, namespace, parse, refused
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

_NAMESPACES = frozenset({"", "urn:oasis:names:tc:xliff:document:1.1", "urn:oasis:names:tc:xliff:document:1.2"})
_HEADER_UNIT = "x-gettext-domain-header"  # what the Translate Toolkit makes of the header of a PO file
_DEADLINE_EVERY = 500  # units


@dataclass(frozen=True, slots=True)
class ReturnedNote:
    """A note that a person wrote on a unit; ``author`` is a name, empty where the file has none."""

    author: str
    text: str


@dataclass(frozen=True, slots=True)
class ReturnedUnit:
    """One unit. ``target`` is None where it has no such element; ``line`` is where it stands in the file.

    ``approved`` and ``state`` are the attributes as they stand there, ``author`` who wrote the target. ``sent`` is the
    status that it went out with, None where a tool has dropped it.
    """

    id: str
    source: str
    target: str | None
    approved: str
    state: str
    rejected: bool
    notes: tuple[ReturnedNote, ...] = ()
    author: str = ""
    line: int = 0
    sent: SegmentStatus | None = None


@dataclass(frozen=True, slots=True)
class ReturnedXliff:
    """One file element. ``story``, ``version`` and ``digest`` are empty where the tool has dropped them.

    ``draft`` says that the version that went out was not approved.
    """

    slug: str
    story: str
    version: str
    digest: str
    draft: bool
    units: tuple[ReturnedUnit, ...]


def read_returned(data: bytes, deadline: Deadline | None = None) -> tuple[ReturnedXliff, ...]:
    """Read a file that came home; file elements without units are left out.

    Raises:
        InputRefusedError: it is no XLIFF 1.1 or 1.2 file, hostile, too large, or has no units at all.
    """
    check_size(len(data))
    time = deadline or Deadline()
    document = parse(data)
    if local_name(document) != "xliff" or namespace(document) not in _NAMESPACES:
        raise InputRefusedError(
            N_("This is no XLIFF 1.2 file."),
            advice=N_("Save the translation as XLIFF 1.2, as it was sent out, and try again."),
        )
    time.check()
    found = tuple(_file(file, time) for file in document if local_name(file) == "file")
    told = tuple(one for one in found if one.units)
    if not told:
        raise refused(N_("The file has no translation units."), document)
    check_blocks(sum(len(one.units) for one in told))
    return told


def _file(file: etree._Element, deadline: Deadline) -> ReturnedXliff:
    ours = file.get("tool-id") in {TOOL, None}
    header = _child(file, "header")
    told = {note.get("from", ""): words_of(note).strip() for note in _named(header, "note")}
    names = _phases(header)
    credits_line = told.get(CREDITS_NOTE, "")
    units = []
    for number, unit in enumerate(_units(file)):
        if not number % _DEADLINE_EVERY:
            deadline.check()
        found = _unit(unit, names, credits_line)
        if found is not None:
            units.append(found)
    return ReturnedXliff(
        file.get("original") or "",
        (file.get("product-name") or "") if ours else "",
        (file.get("product-version") or "") if ours else "",
        (file.get("build-num") or "") if ours else "",
        file.get("category") == DRAFT or f"{FACT}status" in told,
        tuple(units),
    )


def _units(file: etree._Element) -> Iterator[etree._Element]:
    body = _child(file, "body")
    for element in body.iter(etree.Element) if body is not None else ():
        if local_name(element) == "trans-unit" and element.get("restype") != _HEADER_UNIT:
            yield element


def _unit(unit: etree._Element, names: dict[str, str], credits_line: str) -> ReturnedUnit | None:
    source, target = _child(unit, "source"), _child(unit, "target")
    if source is None:
        return None
    state = (target.get("state") if target is not None else None) or ""
    qualifier = (target.get("state-qualifier") if target is not None else None) or ""
    return ReturnedUnit(
        unit.get("id") or "",
        words_of(source),
        words_of(target) if target is not None else None,
        unit.get("approved") or "",
        state,
        qualifier.startswith("rejected"),
        tuple(_notes(unit, credits_line)),
        names.get((target.get("phase-name") if target is not None else None) or "", ""),
        line_of(unit),
        next((status for status in SegmentStatus if status.value == unit.get("extradata")), None),
    )


def _notes(unit: etree._Element, credits_line: str) -> Iterator[ReturnedNote]:
    """The notes of people: not those that the file went out with, which tools give other names."""
    for note in _named(unit, "note"):
        author, text = (note.get("from") or "").strip(), words_of(note).strip()
        if text and not author.startswith(FACT) and text != credits_line:
            yield ReturnedNote(author, text)


def _phases(header: etree._Element | None) -> dict[str, str]:
    """The names by the phases that a tool has added; those that went out are of who worked on it here before."""
    group = _child(header, "phase-group")
    return {
        phase.get("phase-name") or "": (phase.get("contact-name") or "").strip()
        for phase in _named(group, "phase")
        if phase.get("tool-id") not in {None, TOOL}
    }


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    return next(_named(element, name), None)


def _named(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The children of a name, in whichever namespace the tool has put them."""
    return (child for child in (element if element is not None else ()) if local_name(child) == name)
