"""Stories as XLIFF 1.2 (OASIS standard of 1 February 2008), valid against its strict schema.

``original`` is the story's slug; ``product-name``, ``product-version`` and ``build-num`` are its id, version and
digest, so that a file that comes home finds its story; ``category`` says whether the version was approved.
``extradata`` keeps the exact segment status, which the standard's states are too few for.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from desktop_app.domain.edition import Edition
from desktop_app.domain.story import Bilingual, Block, Content, Languages, Segment, SegmentStatus
from desktop_app.exchange.formats.xliff12.terms import (
    ALT,
    APPROVED,
    CAPTION,
    CREDITS_NOTE,
    DRAFT,
    FACT,
    NAMESPACE,
    TOOL,
    restype_of,
    state_of,
)
from desktop_app.exchange.handover import DRAFT_MARK, Hand, approved_at, credit_lines, hands, moment_of
from desktop_app.exchange.xml import XML_LANG, XML_SPACE, add, root, serialize, token
from desktop_app.foundation.messages import N_

# The first and the last step of every policy; what is signed between them is a review.
_DRAFT_STEP = "draft"
_NO_REVIEWS = frozenset({_DRAFT_STEP, "approval"})


class XliffWriter:
    """Writes ``.xlf``: one file element for the story."""

    id = "xliff"
    suffix = ".xlf"
    title = N_("XLIFF 1.2")
    purpose = N_("For translation tools; can come home.")
    media_type = "application/x-xliff+xml"

    def write(self, edition: Edition) -> bytes:
        """Make the file's bytes; see ``Writer.write``."""
        story = edition.story
        document = root("xliff", NAMESPACE, {"version": "1.2"})
        signed_at = approved_at(edition)
        file = add(
            document,
            "file",
            {
                "original": story.slug,
                "source-language": story.languages.source,
                "target-language": story.languages.target,
                "datatype": "plaintext",
                "tool-id": TOOL,
                "date": signed_at.strftime("%Y-%m-%dT%H:%M:%SZ") if signed_at else None,
                "category": DRAFT if edition.draft else APPROVED,
                "product-name": story.id,
                "product-version": str(story.version),
                "build-num": edition.digest,
            },
        )
        phases = _phases(edition)
        _write_header(file, edition, phases)
        body = _Body(add(file, "body"), edition, phases)
        for block in story.content.blocks:
            body.write(block)
        return serialize(document)


def _phases(edition: Edition) -> Mapping[str, Hand]:
    """The steps by phase name; a step that several credits share gets one phase for each."""
    phases: dict[str, Hand] = {}
    for hand in hands(edition):
        name, number = token(hand.step), 1
        while name in phases:
            number += 1
            name = f"{token(hand.step)}-{number}"
        phases[name] = hand
    return phases


def _write_header(file: etree._Element, edition: Edition, phases: Mapping[str, Hand]) -> None:
    header = add(file, "header")
    if phases:
        group = add(header, "phase-group")
        for name, hand in phases.items():
            _write_phase(group, name, hand, edition.house)
    add(header, "tool", {"tool-id": TOOL, "tool-name": "Diptych"})
    if edition.draft:
        add(header, "note", {"from": "diptych:status", "priority": "1", XML_LANG: "en"}, DRAFT_MARK)
    content = edition.story.content
    facts = {
        "byline": ", ".join(content.byline),
        "dateline": content.dateline,
        "topics": ", ".join(content.topics),
        "date": edition.story.date or "",
        "source": edition.story.source_url or "",
    }
    for name, text in facts.items():
        if text:
            add(header, "note", {"from": f"{FACT}{name}"}, text)
    _write_credits(header, edition)


def _write_phase(group: etree._Element, name: str, hand: Hand, house: str) -> None:
    signed = hand.signed
    phase = add(
        group,
        "phase",
        {
            "phase-name": name,
            "process-name": hand.label,
            "company-name": house or None,
            "date": moment_of(signed).strftime("%Y-%m-%dT%H:%M:%SZ") if signed else None,
            "contact-name": ", ".join(hand.names),
        },
    )
    if signed is not None:
        add(phase, "note", {"from": "diptych:signed"}, f"version {signed.version}, digest {signed.digest}")


def _write_credits(parent: etree._Element, edition: Edition) -> None:
    """Repeat the names in a note, because many tools drop phases and keep notes."""
    lines = credit_lines(edition)
    if lines:
        add(parent, "note", {"from": CREDITS_NOTE}, "; ".join(lines))


class _Body:
    """Writes the blocks, each a group of units."""

    def __init__(self, body: etree._Element, edition: Edition, phases: Mapping[str, Hand]) -> None:
        self._body = body
        self._edition = edition
        self._languages: Languages = edition.story.languages
        self._phases = phases
        self._previous = dict(_pairs(edition.previous)) if edition.previous is not None else {}

    def write(self, block: Block) -> None:
        """Write one block."""
        place = block.placement
        name = place.file if place is not None else None
        group = add(self._body, "group", {"id": block.id, "restype": restype_of(block.kind), "resname": name})
        if place is not None:
            for label, text in (("credit", place.credit), ("rights", place.rights)):
                if text:
                    add(group, "note", {"from": f"diptych:{label}"}, text)
        for unit, restype in _units(block):
            self._write_unit(group, unit, restype)

    def _write_unit(self, group: etree._Element, segment: Segment, restype: str | None) -> None:
        approved, state = state_of(segment.status, draft=self._edition.draft or self._edition.pending)
        rejected = segment.status is SegmentStatus.REJECTED and approved == "no"
        before = self._previous.get(segment.id)
        changed = before is not None and before != Bilingual(segment.source, segment.target)
        unit = add(
            group,
            "trans-unit",
            {
                "id": segment.id,
                "approved": approved,
                "translate": "no" if segment.locked else None,
                "restype": restype,
                "extradata": segment.status.value,
                XML_SPACE: "preserve",
            },
        )
        self._write_pair(
            unit,
            Bilingual(segment.source, segment.target),
            {
                "state": state,
                "state-qualifier": "rejected-inaccurate" if rejected else None,
                "phase-name": self._phase(changed=changed) if segment.target else None,
            },
        )
        if before is not None and changed:
            version = self._edition.previous_version
            origin = f"version {version}" if version is not None else None
            earlier = add(unit, "alt-trans", {"alttranstype": "previous-version", "origin": origin})
            self._write_pair(earlier, before, {"phase-name": self._phase(changed=False)})
        _write_credits(unit, self._edition)

    def _write_pair(self, parent: etree._Element, pair: Bilingual, target: Mapping[str, str | None]) -> None:
        add(parent, "source", {XML_LANG: self._languages.source}, pair.zh)
        add(parent, "target", {XML_LANG: self._languages.target, **target}, pair.en)

    def _phase(self, *, changed: bool) -> str | None:
        """The step that gave the words: the last signed review where they changed since the draft, else the draft."""
        if not changed:
            return next((name for name, hand in self._phases.items() if hand.step == _DRAFT_STEP), None)
        signed = [name for name, hand in self._phases.items() if hand.signed is not None]
        return next((name for name in reversed(signed) if self._phases[name].step not in _NO_REVIEWS), None)


def _units(block: Block) -> Iterator[tuple[Segment, str | None]]:
    """The segments of a block; of a picture its caption and alternative text, where it has any."""
    yield from ((segment, None) for segment in block.segments)
    place = block.placement
    if place is None:
        return
    for name, restype, text in (("caption", CAPTION, place.caption), ("alt", ALT, place.alt)):
        if text.zh or text.en:
            status = SegmentStatus.CONFIRMED if text.en else SegmentStatus.UNTRANSLATED
            yield Segment(f"{block.id}.{name}", text.zh, text.en, status), restype


def _pairs(content: Content) -> Iterator[tuple[str, Bilingual]]:
    for block in content.blocks:
        for unit, _ in _units(block):
            yield unit.id, Bilingual(unit.source, unit.target)
