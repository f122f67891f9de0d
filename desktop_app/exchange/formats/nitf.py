"""English stories as NITF 3.6 (IPTC), valid against its core schema.

A draft is marked four times, for whoever reads only one of them: in the title, in ``management-status``, in ``ed-msg``
and as an editor's note above the text. What must wait (an embargo) or lacks a review (an emergency) says so in
``ed-msg`` and in such a note too; an embargo besides in ``management-status`` and ``date.release``.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from lxml import etree

from desktop_app.domain.credits import line, only_in_chinese
from desktop_app.domain.edition import Edition
from desktop_app.domain.story import Block, BlockKind, Placement, block_text
from desktop_app.exchange.handover import (
    DRAFT_MARK,
    Hand,
    approved_at,
    embargo_note,
    hands,
    moment_of,
    pending_note,
    untranslated,
)
from desktop_app.exchange.xml import XML_LANG, add, root, serialize
from desktop_app.foundation.ids import moment
from desktop_app.foundation.messages import N_

_NAMESPACE = "http://iptc.org/std/NITF/2006-10-18/"
_VERSION = "-//IPTC//DTD NITF 3.6//EN"
_FUNCTIONS = {
    "draft": "writer-author",
    "author": "writer-author",
    "reporter": "writer-author",
    "correspondent": "writer-author",
    "translation": "writer-author",
    "photo": "photographer",
    "design": "graphic-artist",
    "source": "other",
    "other": "other",
}
_MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "bmp": "image/bmp",
}


class NitfWriter:
    """Writes ``.xml``: the target language's text, and the pictures by reference."""

    id = "nitf"
    suffix = ".nitf.xml"
    title = N_("NITF 3.6")
    purpose = N_("News text for content systems.")
    media_type = "application/nitf+xml"

    def write(self, edition: Edition) -> bytes:
        """Make the file's bytes; see ``Writer.write``."""
        story = edition.story
        document = root("nitf", _NAMESPACE, {"version": _VERSION, "baselang": story.languages.target})
        document.set(XML_LANG, story.languages.target)
        _write_head(document, edition)
        body = add(document, "body")
        _write_body_head(body, edition)
        _write_content(body, edition)
        return serialize(document)


def _write_head(document: etree._Element, edition: Edition) -> None:
    story = edition.story
    head = add(document, "head")
    title = story.headline().en or story.headline().zh or story.slug
    add(head, "title", text=f"{DRAFT_MARK}: {title}" if edition.draft else title)
    facts = {
        "status": "draft" if edition.draft else "pending" if edition.pending else "approved",
        "version": str(story.version),
        "digest": edition.digest,
        "source-language": story.languages.source,
        "source-headline": story.headline().zh,
        "source-url": story.source_url or "",
    }
    for name, content in facts.items():
        if content:
            add(head, "meta", {"name": f"diptych-{name}", "content": content})
    add(head, "tobject", {"tobject.type": "news"})
    _write_docdata(head, edition)
    if not edition.draft and edition.embargo is None:
        published = _day(story.date)
        add(head, "pubdata", {"type": "web", "date.publication": published, "name": edition.house or None})
    for hand in hands(edition):
        _write_revision(head, hand)


def _write_docdata(head: etree._Element, edition: Edition) -> None:
    story = edition.story
    status = "withheld" if edition.draft else "embargoed" if edition.embargo is not None else "usable"
    docdata = add(head, "docdata", {"management-status": status})
    add(docdata, "doc-id", {"regsrc": edition.house or None, "id-string": story.id})
    issued = approved_at(edition)
    if issued is not None:
        add(docdata, "date.issue", {"norm": _moment(issued)})
    if edition.embargo is not None:
        add(docdata, "date.release", {"norm": _moment(moment(edition.embargo[0]))})
    elif story.date and not edition.draft:
        add(docdata, "date.release", {"norm": _day(story.date)})
    notes = list(_notes(edition))
    if edition.draft and (gaps := untranslated(edition)):
        notes.append(f"sentences not translated: {gaps}")
    if notes:
        add(docdata, "ed-msg", {"info": "; ".join(notes)})
    add(docdata, "du-key", {"key": story.slug, "version": str(story.version)})
    if edition.house:
        year = story.date[:4] if story.date else (f"{issued.year:04}" if issued else None)
        add(docdata, "doc.copyright", {"year": year, "holder": edition.house})
    if story.content.topics:
        keys = add(docdata, "key-list")
        for topic in story.content.topics:
            add(keys, "keyword", {"key": topic})


def _notes(edition: Edition) -> Iterator[str]:
    """What whoever takes the text in must know before they use it."""
    notes = (DRAFT_MARK if edition.draft else "", embargo_note(edition), pending_note(edition))
    yield from (note for note in notes if note)


def _write_revision(head: etree._Element, hand: Hand) -> None:
    """One entry a person; a step that was signed here says for which version."""
    signed = hand.signed
    for name in hand.names:
        mine = signed if signed is not None and signed.person == name else None
        add(
            head,
            "revision-history",
            {
                "name": name,
                "function": _FUNCTIONS.get(hand.step, "editor"),
                "norm": _moment(moment_of(mine)) if mine else None,
                "comment": f"{hand.label}; signed for version {mine.version}" if mine else hand.label,
            },
        )


def _write_body_head(body: etree._Element, edition: Edition) -> None:
    story = edition.story
    head = add(body, "body.head")
    hedline = add(head, "hedline")
    headline = story.headline()
    if headline.en or not headline.zh:
        add(hedline, "hl1", text=headline.en)
    else:
        add(hedline, "hl1", {XML_LANG: story.languages.source}, headline.zh)
    for block in story.content.blocks:
        if block.kind is BlockKind.DECK and (text := _english(block, edition)):
            add(hedline, "hl2", {"class": "deck"}, text)
    for told in _notes(edition):
        note = add(head, "note", {"noteclass": "editorsnote"})
        add(add(note, "body.content"), "p", text=told)
    if story.content.byline:
        _write_byline(head, "By ", story.content.byline, {})
    for credit in edition.credits:
        own = {"class": f"credit-{credit.step}"}
        if credit.pending:
            add(head, "byline", own, line(credit, chinese=False))
        else:
            _write_byline(head, f"{credit.label}: ", credit.names, own)
    for credit in only_in_chinese(edition.credits, edition.credits_zh):
        own = {"class": f"credit-{credit.step}", XML_LANG: story.languages.source}
        _write_byline(head, f"{credit.label}：", credit.names, own)
    if edition.house:
        add(add(head, "distributor"), "org", text=edition.house)
    _write_dateline(head, edition)


def _write_byline(head: etree._Element, label: str, names: Sequence[str], own: Mapping[str, str]) -> None:
    byline = add(head, "byline", own, label)
    for number, name in enumerate(names, start=1):
        person = add(byline, "person", text=name)
        if number < len(names):
            person.tail = ", "


def _write_dateline(head: etree._Element, edition: Edition) -> None:
    place, day = edition.story.content.dateline, edition.story.date
    if not place and not day:
        return
    dateline = add(head, "dateline")
    if place:
        location = add(dateline, "location", text=place)
        location.tail = ", " if day else None
    if day:
        add(dateline, "story.date", {"norm": _day(day)}, day)


def _write_content(body: etree._Element, edition: Edition) -> None:
    content = add(body, "body.content")
    told = [block for block in edition.story.content.blocks if block.kind is not BlockKind.DECK]
    headline = next((block for block in told if block.kind is BlockKind.HEADLINE), None)
    for kind, run in groupby((block for block in told if block is not headline), lambda block: block.kind):
        if kind is BlockKind.PICTURE:
            for block in run:
                if block.placement is not None:
                    _write_media(content, block.placement, edition)
            continue
        texts = [text for block in run if (text := _english(block, edition))]
        if kind is BlockKind.LIST_ITEM and texts:
            items = add(content, "ul")
            for text in texts:
                add(items, "li", text=text)
            continue
        for text in texts:
            _write_text(content, kind, text)


def _write_text(content: etree._Element, kind: BlockKind, text: str) -> None:
    if kind in {BlockKind.SUBHEADING, BlockKind.HEADLINE}:
        add(content, "hl2", text=text)
    elif kind is BlockKind.QUOTATION:
        add(add(add(content, "bq"), "block"), "p", text=text)
    else:
        add(content, "p", text=text)


def _write_media(content: etree._Element, place: Placement, edition: Edition) -> None:
    """A picture by reference, with its words in both languages, the target's first."""
    picture = edition.pictures.get(place.picture) if place.picture is not None else None
    media = add(content, "media", {"media-type": "image"})
    if picture is not None:
        for name, value in (("asset-id", picture.id), ("sha256", picture.sha256), ("payload", picture.payload)):
            if value:
                add(media, "media-metadata", {"name": name, "value": value})
    add(
        media,
        "media-reference",
        {
            "source": place.file,
            "mime-type": picture.mime if picture is not None else _media_type(place.file),
            "source-credit": place.credit or None,
            "copyright": place.rights or None,
            "alternate-text": place.alt.en or place.alt.zh or None,
            "height": str(picture.height) if picture is not None else None,
            "width": str(picture.width) if picture is not None else None,
        },
    )
    languages = edition.story.languages
    for language, caption in ((languages.target, place.caption.en), (languages.source, place.caption.zh)):
        if caption:
            add(add(media, "media-caption", {XML_LANG: language}), "p", text=caption)
    if place.credit:
        add(media, "media-producer", text=f"Photo: {place.credit}")


def _english(block: Block, edition: Edition) -> str:
    return block_text(block, edition.story.languages).en


def _media_type(file: str) -> str | None:
    return _MEDIA_TYPES.get(file.rpartition(".")[2].lower())


def _moment(moment: datetime) -> str:
    """A moment as NITF writes it, ISO 8601 in its basic form with the zone."""
    return moment.strftime("%Y%m%dT%H%M%SZ")


def _day(day: str | None) -> str | None:
    """An ISO day in the basic form."""
    return day.replace("-", "") if day else None
