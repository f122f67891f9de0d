"""An edition as the plain data that the print templates read: every string cleaned, every word in place."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import takewhile
from typing import Any, Literal

from babel.dates import format_date

from desktop_app.domain.counts import has_han
from desktop_app.domain.edition import Edition, SignedStep
from desktop_app.domain.story import Bilingual, Block, BlockKind, Credit, Placement, Story
from desktop_app.foundation.zones import told
from desktop_app.press.cleaning import ZERO_WIDTH_SPACE, character_class, clean, tied
from desktop_app.press.glyphs import missing_glyphs
from desktop_app.press.words import PageWords

Side = Literal["zh", "en"]
SIDES: tuple[Side, Side] = ("zh", "en")

_SHORT_DIGEST = 12
_LONG_HEADLINE = {"zh": 44, "en": 110}
_RUNNING_HEAD = {"zh": 26, "en": 58}
_LOCALES = {"zh": "zh_Hans", "en": "en"}
_NAME_JOINERS = {"zh": "、", "en": ", "}
_COLONS = {"zh": "：", "en": ": "}
_HEAD = {BlockKind.HEADLINE, BlockKind.DECK}
_KINDS = {
    BlockKind.HEADLINE: "headline",
    BlockKind.DECK: "deck",
    BlockKind.PARAGRAPH: "paragraph",
    BlockKind.SUBHEADING: "subheading",
    BlockKind.LIST_ITEM: "item",
    BlockKind.QUOTATION: "quotation",
    BlockKind.PICTURE: "picture",
}
_BULLET = re.compile(r"^[•·●○■◆▪‣*\-–—]\s*")
_NUMBERED = re.compile(r"^(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）.、．]|[①-⑳])")


@dataclass(frozen=True, slots=True)
class PrintedPicture:
    """A picture that lies ready: ``path`` in the template's folder, ``pixels`` its width where that is known.

    ``shape`` is the master's width by its height, where the file is a smaller copy of it.
    """

    path: str
    pixels: int | None
    shape: float | None = None


def languages_of(story: Story) -> tuple[bool, bool]:
    """Whether the story has any Chinese, and any English, text."""
    segments = list(story.content.segments())
    return any(s.source.strip() for s in segments), any(s.target.strip() for s in segments)


def sheet_data(
    edition: Edition, words: PageWords, pictures: Mapping[str, PrintedPicture], paper: str
) -> dict[str, Any]:
    """Return what ``resources/print/common.typ`` reads as JSON. ``pictures`` are those that can be printed, by id."""
    story = edition.story
    blocks = [block for block in story.content.blocks if block.placement is not None or block.segments]
    head = list(takewhile(lambda block: block.kind in _HEAD, blocks))
    headline = story.headline()
    sheet: dict[str, Any] = {
        "paper": paper,
        "draft": edition.draft,
        "embargo": _pair(words.embargo, until=told(*edition.embargo)) if edition.embargo is not None else None,
        "words": {"draft": _pair(words.draft), "page": _pair(words.page)},
        "house": clean(edition.house),
        "house-side": side_of(edition.house),
        "date": {side: day(story.date, side) for side in SIDES},
        "topics": " · ".join(clean(topic) for topic in story.content.topics),
        "head": [_text_block(block) for block in head],
        "by": [_on_its_side(_names(story.content.byline)), _on_its_side(story.content.dateline)],
        "blocks": [_block(block, words, pictures, edition) for block in blocks[len(head) :]],
        "sublevel": 2 if head else 1,
        "credits": {"zh": _credits(edition.credits_zh, "zh"), "en": _credits(edition.credits, "en")},
        "signed": _signed(edition, words),
        "running": {side: shortened(getattr(headline, side), _RUNNING_HEAD[side]) for side in SIDES},
        "foot": {side: _foot(edition, words, side) for side in SIDES},
        **_metadata(edition, words, headline),
    }
    sheet["missing"] = character_class(missing_glyphs(" ".join(strings(sheet))))
    return sheet


def side_of(text: str) -> Side:
    """The column of a text that is kept in one language: Chinese if it has Han characters."""
    return "zh" if has_han(text) else "en"


def _pair(text: Bilingual, **values: str) -> dict[str, str]:
    return {side: clean(filled(getattr(text, side), **values)) for side in SIDES}


def filled(pattern: str, /, **values: str) -> str:
    """Fill ``{braces}`` without reading a value's own braces as a pattern."""
    return re.sub(r"\{(\w+)\}", lambda name: values.get(name[1], name[0]), pattern)


def _text_block(block: Block) -> dict[str, Any]:
    zh = [clean(segment.source) for segment in block.segments]
    # A piece without text is a gap that shows; where the whole block has none, one dash is enough.
    en = [tied(clean(s.target).strip()) or None for s in block.segments if s.source.strip() or s.target.strip()]
    # In one piece, without the ideographic spaces with which web pages fake an indent.
    chinese: list[str | None] = ["".join(zh).strip() or None]
    english: list[str | None] = en if any(en) else [None]
    row: dict[str, Any] = {"kind": _KINDS[block.kind], "zh": chinese, "en": english}
    if block.kind is BlockKind.HEADLINE:
        texts = {"zh": "".join(zh), "en": " ".join(filter(None, en))}
        row["long"] = {side: len(texts[side]) > _LONG_HEADLINE[side] for side in SIDES}
    if block.kind is BlockKind.LIST_ITEM:
        row["bullet"] = not _NUMBERED.match((chinese[0] or english[0]) or "")
        for side in SIDES:
            row[side] = [_BULLET.sub("", piece) if piece else piece for piece in row[side][:1]] + row[side][1:]
    return row


def _block(block: Block, words: PageWords, pictures: Mapping[str, PrintedPicture], edition: Edition) -> dict[str, Any]:
    if block.placement is None:
        return _text_block(block)
    place = block.placement
    printed = pictures.get(place.picture) if place.picture else None
    problem = words.unusable if place.picture else words.not_linked
    return {
        "kind": "picture",
        "path": printed.path if printed else None,
        "pixels": printed.pixels if printed else None,
        "alt": _alt(place, edition),
        "problem": _pair(problem, file=place.file),
        "caption": {side: clean(getattr(place.caption, side)).strip() or None for side in SIDES},
        "credit": _photo(place, words),
    }


def _alt(place: Placement, edition: Edition) -> str:
    """The alternative text, English before Chinese; PDF/UA-1 (7.3) wants one for every picture."""
    record = edition.pictures.get(place.picture or "")
    known = (place.alt, record.alt if record else Bilingual(), place.caption)
    texts = [clean(text) for pair in known for text in (pair.en, pair.zh) if text.strip()]
    return texts[0] if texts else clean(place.file)


def _photo(place: Placement, words: PageWords) -> dict[str, str | None]:
    """The credit in both columns, each in its own wording, with the rights where they are known."""
    if not place.credit.strip():
        rights = clean(place.rights).strip()
        return _on_its_side(rights)
    lines: dict[str, str | None] = {}
    for side in SIDES:
        credit = filled(getattr(words.photo, side), credit=place.credit.strip())
        lines[side] = clean(" · ".join(text for text in (credit, place.rights.strip()) if text))
    return lines


def _on_its_side(text: str) -> dict[str, str | None]:
    text = clean(text).strip()
    return {side: text if text and side == side_of(text) else None for side in SIDES}


def _names(names: tuple[str, ...]) -> str:
    return _NAME_JOINERS[side_of("".join(names))].join(names)


def _credits(credits_: tuple[Credit, ...], side: Side) -> list[str]:
    return [
        clean(credit.label.rstrip(" :：") + _COLONS[side] + _NAME_JOINERS[side].join(credit.names))
        for credit in credits_
    ]


def _signed(edition: Edition, words: PageWords) -> dict[str, Any] | None:
    """The sign-offs that count as a table: what, who, when, for which version and digest."""
    if not edition.signed:
        return None
    heads = (words.signed, words.signed_by, words.signed_at, words.signed_version, words.signed_digest)
    return {
        "heads": [_pair(head) for head in heads],
        "rows": [_signed_row(edition, step) for step in edition.signed],
    }


def _signed_row(edition: Edition, signed: SignedStep) -> list[dict[str, str]]:
    # Ours stand before the source page's, so the first of a step is the wording of the sign-off.
    credited = {credit.step: credit.label for credit in reversed(edition.credits_zh)}
    known = signed.titles or Bilingual(signed.label, signed.label)
    plain = (_minute(signed.at), str(signed.version), signed.digest[:_SHORT_DIGEST])
    return [
        _pair(Bilingual(credited.get(signed.step, known.zh).rstrip(" :："), signed.label)),
        _pair(Bilingual(signed.person_zh or signed.person, signed.person)),
        *(_pair(Bilingual(text, text)) for text in plain),
    ]


def _minute(iso: str) -> str:
    """A moment as ISO 8601 writes it, in UTC to the minute: both languages read it."""
    try:
        return in_utc(iso).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return iso


def in_utc(iso: str) -> datetime:
    """A moment in UTC; ``ValueError`` where the text is none."""
    at = datetime.fromisoformat(iso)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def day(iso: str | None, side: Side) -> str:
    """A day in the words of one language; what is no date stays as it is."""
    if not iso:
        return ""
    try:
        return str(format_date(date.fromisoformat(iso[:10]), "long", locale=_LOCALES[side]))
    except ValueError:
        return clean(iso)


def shortened(text: str, most: int) -> str:
    """One line of a text, cut where it would be longer than ``most`` characters."""
    text = " ".join(clean(text).split())
    if len(text) <= most:
        return text
    # At a space, unless that would cost more than a third: Chinese and long words are cut where they stand.
    kept = text[:most].rsplit(" ", 1)[0]
    return (kept if len(kept) * 3 > most * 2 else text[:most]).rstrip(" ,;:，；：、") + "…"


def _foot(edition: Edition, words: PageWords, side: Side) -> list[str]:
    story = edition.story
    return [
        clean(text)
        for text in (
            filled(getattr(words.version, side), version=str(story.version)),
            filled(getattr(words.digest, side), digest=edition.digest[:_SHORT_DIGEST]),
            getattr(words.states[story.state], side),
        )
    ]


def _metadata(edition: Edition, words: PageWords, headline: Bilingual) -> dict[str, Any]:
    """Title, people, keywords and moment of the PDF itself. A draft says so in its title."""
    story = edition.story
    titles = [" ".join(clean(text).split()) for text in (headline.en, headline.zh) if text.strip()]
    title = " / ".join(titles) or clean(story.slug) or "—"
    if edition.draft:
        title = f"{clean(words.draft.en)} {clean(words.draft.zh)}: {title}"
    people = [*story.content.byline, *(name for credit in edition.credits for name in credit.names)]
    authors = list(dict.fromkeys(clean(name) for name in people if name.strip())) or [clean(edition.house)]
    has_chinese, _ = languages_of(story)
    return {
        "title": title.replace(ZERO_WIDTH_SPACE, ""),
        "authors": [name for name in authors if name],
        "keywords": [clean(topic) for topic in story.content.topics],
        "description": f"{story.slug} {story.version} {edition.digest}".strip(),
        "main": "zh" if has_chinese else "en",
        "moment": _moment(edition),
    }


def _moment(edition: Edition) -> dict[str, int] | None:
    """The last sign-off, else the story's day, in UTC; the clock is never asked, so that bytes stay the same."""
    for text in (max((signed.at for signed in edition.signed), default=""), edition.story.date or ""):
        try:
            at = in_utc(text)
        except ValueError:
            continue
        return {name: getattr(at, name) for name in ("year", "month", "day", "hour", "minute", "second")}
    return None


def strings(data: object) -> Iterable[str]:
    """Every string in plain data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from strings(value)
