"""XLIFF 1.2 coming home, and from other tools: units become pairs, whichever way the tool has segmented them.

Inline codes are left out and the text in them is kept (``g``, ``mrk``, ``sub``): stories carry no mark-up. A line
break (``x`` of ctype ``lb``) becomes a space.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from desktop_app.domain.story import Bilingual, BlockKind, SegmentStatus
from desktop_app.exchange.bitext import Bitext, BitextBlock, BitextSegment
from desktop_app.exchange.formats.xliff12.facts import facts_of
from desktop_app.exchange.formats.xliff12.terms import (
    ALT,
    APPROVED_STATES,
    CAPTION,
    CREDITS_NOTE,
    DRAFT,
    KINDS,
    NAMESPACE,
    TOOL,
    state_of,
)
from desktop_app.exchange.formats.xliff12.words import words_inside, words_of
from desktop_app.exchange.limits import check_blocks
from desktop_app.exchange.wording import ends_sentence
from desktop_app.exchange.xml import XML_LANG, local_name, namespace, parse, refused
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

_TAG = f"{{{NAMESPACE}}}"
_STATUS_OF_STATE = {
    "new": SegmentStatus.DRAFT,
    "needs-translation": SegmentStatus.DRAFT,
    "needs-l10n": SegmentStatus.DRAFT,
    "needs-adaptation": SegmentStatus.DRAFT,
    "translated": SegmentStatus.CONFIRMED,
    "signed-off": SegmentStatus.CONFIRMED,
    "final": SegmentStatus.CONFIRMED,
}
_LONGEST_HEADLINE = 250


@dataclass(frozen=True, slots=True)
class _Unit:
    """One trans-unit: its segments, and the kind of text that it says it is."""

    restype: str
    segments: tuple[BitextSegment, ...]


class XliffReader:
    """Reads ``.xlf``: one story for each file element."""

    id = "xliff"
    suffixes = (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff")

    def sniff(self, data: bytes) -> bool:
        """Whether the bytes open like an XLIFF 1.2 file."""
        head = data[:4096].replace(b"\0", b"")
        return b"<xliff" in head and NAMESPACE.encode() in head

    def read(self, data: bytes, name: str) -> tuple[Bitext, ...]:
        """Understand a file called ``name``; see ``BitextReader.read``."""
        try:
            return _stories(parse(data))
        except InputRefusedError as error:
            error.subject = error.subject or name
            raise


def _stories(document: etree._Element) -> tuple[Bitext, ...]:
    if local_name(document) != "xliff":
        raise _no_xliff(document)
    if namespace(document) != NAMESPACE:
        raise _other_version(document)
    found = tuple(_bitext(file) for file in document.iterchildren(f"{_TAG}file"))
    if not any(bitext.blocks for bitext in found):
        raise refused(N_("The file has no translation units."), document)
    return found


def _no_xliff(document: etree._Element) -> InputRefusedError:
    return InputRefusedError(
        N_("This is no XLIFF file: its outermost element is “{element}”.", element=local_name(document)[:60]),
        advice=N_("Choose the file that the translation tool exported as XLIFF 1.2."),
    )


def _other_version(document: etree._Element) -> InputRefusedError:
    version = document.get("version") or "?"
    reason = N_("This is XLIFF {version}, and XLIFF 1.2 is expected here.", version=version[:20])
    if version == "1.2":
        reason = N_("The file calls itself XLIFF 1.2 and lacks the standard's namespace.")
    return InputRefusedError(reason, advice=N_("Export the file as XLIFF 1.2 and try again."))


def _bitext(file: etree._Element) -> Bitext:
    source_language = file.get("source-language")
    if not source_language:
        raise refused(N_("The file does not say what language its source is in."), file)
    ours = file.get("tool-id") == TOOL
    draft = file.get("category") == DRAFT
    body = file.find(f"{_TAG}body")
    if body is None:
        raise refused(N_("The file has no body with translation units."), file)
    blocks = tuple(_Body(draft=draft, ours=ours).read(body))
    check_blocks(len(blocks))
    _check_ids(file)
    bitext = Bitext(
        source_language=source_language,
        target_language=file.get("target-language") or _stated_target(file),
        slug=file.get("original") or "",
        blocks=blocks if ours else _with_headline(blocks),
        story=(file.get("product-name") or "") if ours else "",
        version=(file.get("product-version") or "") if ours else "",
        digest=(file.get("build-num") or "") if ours else "",
        draft=draft,
    )
    return replace(bitext, **facts_of(file)) if ours else bitext


def _stated_target(file: etree._Element) -> str:
    """The language that the targets themselves state, empty where none does."""
    return next((lang for target in file.iter(f"{_TAG}target") if (lang := target.get(XML_LANG))), "")


def _check_ids(file: etree._Element) -> None:
    seen: set[str] = set()
    for unit in file.iter(f"{_TAG}trans-unit"):
        identity = unit.get("id")
        if not identity:
            raise refused(N_("A translation unit has no id."), unit)
        if identity in seen:
            raise refused(N_("Two translation units have the id “{id}”.", id=identity[:60]), unit)
        seen.add(identity)


def _with_headline(blocks: tuple[BitextBlock, ...]) -> tuple[BitextBlock, ...]:
    """Call the first block a headline where a foreign file names none and the block looks like one."""
    if any(block.kind is BlockKind.HEADLINE for block in blocks) or not blocks or not blocks[0].segments:
        return blocks
    source = "".join(segment.source for segment in blocks[0].segments)
    if not source.strip() or ends_sentence(source) or len(source) > _LONGEST_HEADLINE:
        return blocks
    return (replace(blocks[0], kind=BlockKind.HEADLINE), *blocks[1:])


class _Body:
    """Walks through the groups of a body; one of our groups is a block, elsewhere every unit is one."""

    def __init__(self, *, draft: bool, ours: bool) -> None:
        self._draft = draft
        self._ours = ours

    def read(self, parent: etree._Element) -> Iterator[BitextBlock]:
        """The blocks under ``parent`` in order."""
        for child in parent.iterchildren(f"{_TAG}group", f"{_TAG}trans-unit", f"{_TAG}bin-unit"):
            if child.tag == f"{_TAG}trans-unit":
                unit = self._unit(child)
                kind = KINDS.get(unit.restype, BlockKind.PARAGRAPH)
                yield BitextBlock(child.get("id") or "", kind, unit.segments)
            elif self._ours and child.get("restype") in KINDS:
                yield self._block(child)
            else:
                yield from self.read(child)

    def _block(self, group: etree._Element) -> BitextBlock:
        """One of our groups, which is one block of the story."""
        identity = group.get("id") or ""
        kind = KINDS[group.get("restype") or ""]
        units = [self._unit(element) for element in group.iterchildren(f"{_TAG}trans-unit")]
        if kind is not BlockKind.PICTURE:
            return BitextBlock(identity, kind, tuple(segment for unit in units for segment in unit.segments))
        texts = {unit.restype: unit.segments[0] for unit in units}
        file = group.get("resname") or ""
        return BitextBlock(identity, kind, file=file, caption=texts.get(CAPTION), alt=texts.get(ALT))

    def _unit(self, unit: etree._Element) -> _Unit:
        source = unit.find(f"{_TAG}source")
        if source is None:
            raise refused(N_("A translation unit has no source."), unit)
        target = unit.find(f"{_TAG}target")
        identity = unit.get("id") or ""
        segment = BitextSegment(
            identity,
            words_of(source),
            words_of(target) if target is not None else "",
            self._status(unit, target),
            _approved(unit, target),
            _notes(unit),
            _previous(unit),
        )
        return _Unit(unit.get("restype") or "", _segmented(unit, target, segment))

    def _status(self, unit: etree._Element, target: etree._Element | None) -> SegmentStatus:
        """How far the file says the unit has come; our own finer word counts while it fits the standard's state."""
        if target is None or not words_of(target).strip():
            return SegmentStatus.UNTRANSLATED
        state = target.get("state") or ""
        ours = next((status for status in SegmentStatus if status.value == unit.get("extradata")), None)
        if self._ours and ours is not None and ours is not SegmentStatus.UNTRANSLATED:
            stated = (unit.get("approved") or "no", state)
            if stated == state_of(ours, draft=self._draft):
                return ours
        if (target.get("state-qualifier") or "").startswith("rejected"):
            return SegmentStatus.REJECTED
        if _approved(unit, target):
            return SegmentStatus.SIGNED_OFF
        return _STATUS_OF_STATE.get(state, SegmentStatus.DRAFT)


def _approved(unit: etree._Element, target: etree._Element | None) -> bool:
    """Whether the file calls the unit approved; a state that says otherwise outweighs the flag."""
    state = target.get("state") if target is not None else None
    return unit.get("approved") == "yes" and (state is None or state in APPROVED_STATES)


def _notes(unit: etree._Element) -> tuple[str, ...]:
    notes = (note for note in unit.iterchildren(f"{_TAG}note") if note.get("from") != CREDITS_NOTE)
    return tuple(text for note in notes if (text := words_of(note).strip()))


def _previous(unit: etree._Element) -> Bilingual | None:
    for earlier in unit.iterchildren(f"{_TAG}alt-trans"):
        if earlier.get("alttranstype") == "previous-version":
            source, target = earlier.find(f"{_TAG}source"), earlier.find(f"{_TAG}target")
            return Bilingual(
                words_of(source) if source is not None else "", words_of(target) if target is not None else ""
            )
    return None


def _segmented(unit: etree._Element, target: etree._Element | None, whole: BitextSegment) -> tuple[BitextSegment, ...]:
    """Part a unit that another tool segmented (``seg-source`` with ``mrk``); text between marks stays with the left.

    Parted only where the marks cover the whole source, so that nothing is lost.
    """
    seg_source = unit.find(f"{_TAG}seg-source")
    if seg_source is None:
        return (whole,)
    sources = _pieces(seg_source)
    targets = _pieces(target) if target is not None else {}
    if len(sources) < 2 or "".join(sources.values()) != whole.source or not set(targets) <= set(sources):
        return (whole,)
    if target is not None and whole.target.strip() and not targets:
        return (whole,)
    return tuple(
        replace(
            whole,
            id=f"{whole.id}.{mid}",
            source=source,
            target=targets.get(mid, "").strip(),
            status=whole.status if targets.get(mid, "").strip() else SegmentStatus.UNTRANSLATED,
            notes=whole.notes if number == 0 else (),
            previous=None,
        )
        for number, (mid, source) in enumerate(sources.items())
    )


def _pieces(element: etree._Element) -> dict[str, str]:
    """The segments of an element by ``mid``, each with the text up to the next; text before the first leads it."""
    pieces: dict[str, str] = {}
    lead = element.text or ""
    last = None
    for child in element:
        mid = child.get("mid") if child.tag == f"{_TAG}mrk" and child.get("mtype") == "seg" else None
        words = words_inside(child) + (child.tail or "")
        if mid is not None and mid not in pieces:
            pieces[mid] = lead + words
            lead, last = "", mid
        elif last is not None:
            pieces[last] += words
        else:
            lead += words
    return pieces
