"""An approval sheet as the plain data that its template reads: every string cleaned, every word in place."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, timedelta, timezone, tzinfo
from typing import Any

from desktop_app.domain.approval_sheet import ApprovalSheet, Fate, SheetLine
from desktop_app.domain.counts import english_words, han_characters
from desktop_app.domain.statements import grouped
from desktop_app.domain.story import Bilingual, Credit, Placement
from desktop_app.foundation.messages import NN_
from desktop_app.press.approval_words import SheetWords
from desktop_app.press.cleaning import ZERO_WIDTH_SPACE, character_class, clean
from desktop_app.press.glyphs import missing_glyphs
from desktop_app.press.sheet import SIDES, PrintedPicture, Side, day, filled, in_utc, shortened, side_of, strings

_MOST_HISTORY = 10  # a story that went back and forth would fill pages; the archive has them all
_FINGERPRINT = 16  # digits of a key: enough to tell it from every other by eye
_MOST_NOTE = 160
_LONG_HEADLINE = 60
_RUNNING_HEAD = 48
# Without summer time since 1992, so that no table of zones is needed.
_BEIJING = timezone(timedelta(hours=8))
_COLONS = {"zh": "：", "en": ": "}
_JOINERS = {"zh": "、", "en": ", "}


def approval_data(sheet: ApprovalSheet, words: SheetWords, pictures: Mapping[str, PrintedPicture]) -> dict[str, Any]:
    """Return what ``resources/print/approval-sheet.typ`` reads as JSON; ``pictures`` can be printed, by picture id."""
    headline = sheet.story.headline()
    data: dict[str, Any] = {
        "draft": sheet.draft,
        "words": {name: _pair(words.word(name)) for name in _ON_THE_PAGE},
        "house": clean(sheet.house),
        "house-side": side_of(sheet.house),
        "headline": {side: " ".join(clean(getattr(headline, side)).split()) for side in SIDES},
        "long": max(len(headline.zh) * 2, len(headline.en)) > _LONG_HEADLINE * 2,
        "running": shortened(headline.zh.strip() or headline.en, _RUNNING_HEAD),
        "facts": [{"name": _pair(name), "value": value} for name, value in _facts(sheet, words) if any(value.values())],
        "notices": [_pair(words.both(notice)) for notice in sheet.notices],
        "pictures": [_picture(n, place, sheet, words, pictures) for n, place in _numbered(sheet)],
        "steps": [_line(line, words) for line in sheet.lines],
        "history": [_line(line, words) for line in sheet.history[:_MOST_HISTORY]],
        "older": _older(sheet, words),
        "ink": sheet.policy.ink_lines,
        "digest": sheet.digest,
        "code": _breakable(sheet.code.text()),
        "made": _pair(words.word("made"), at=_minute(sheet.made_at)),
        **_metadata(sheet, words, headline),
    }
    data["missing"] = character_class(missing_glyphs(" ".join(strings(data))))
    return data


_ON_THE_PAGE = (
    "draft", "title", "no_headline", "notices", "pictures", "steps", "step", "person", "at", "version", "signature",
    "history", "ink", "ink_name", "ink_remark", "ink_signature", "digest", "code", "how",
)  # fmt: skip


def _pair(text: Bilingual, /, **values: str) -> dict[str, str]:
    return {side: clean(filled(getattr(text, side), **values)).strip() for side in SIDES}


def _same(text: str) -> dict[str, str]:
    """A text of no language, or of its own: it is set once."""
    return {"both": clean(text).strip(), "side": side_of(text)} if text.strip() else {}


def _facts(sheet: ApprovalSheet, words: SheetWords) -> Iterable[tuple[Bilingual, dict[str, str]]]:
    story = sheet.story
    version = _same(str(sheet.version)) if sheet.version else _pair(words.word("not_frozen"))
    title, number = sheet.policy.titles, words.word("policy_version")
    joined = Bilingual(f"{title.zh}（{number.zh}）", f"{title.en} ({number.en})")
    yield words.word("slug"), _same(story.slug)
    yield words.word("version"), version
    yield words.word("state"), _pair(words.state(story.state))
    yield words.word("policy"), _pair(joined, n=str(sheet.policy.version))
    yield words.word("counts"), _counts(sheet, words)
    yield words.word("date"), {side: day(story.date, side) for side in SIDES}
    yield words.word("topics"), _same(" · ".join(story.content.topics))
    yield words.word("byline"), _same(_names(story.content.byline))
    yield words.word("credits"), {"zh": _credits(sheet.credits_zh, "zh"), "en": _credits(sheet.credits, "en")}


def _names(names: tuple[str, ...]) -> str:
    return _JOINERS[side_of("".join(names))].join(names)


def _credits(credits_: Iterable[Credit], side: Side) -> str:
    lines = (credit.label.rstrip(" :：") + _COLONS[side] + _JOINERS[side].join(credit.names) for credit in credits_)
    return clean("；".join(lines) if side == "zh" else "; ".join(lines))


def _counts(sheet: ApprovalSheet, words: SheetWords) -> dict[str, str]:
    segments = list(sheet.story.content.segments())  # counted as the window's status line counts them
    han = sum(han_characters(segment.source) for segment in segments)
    english = sum(english_words(segment.target) for segment in segments)
    shown = (
        NN_("{n} Chinese character", "{n} Chinese characters", han),
        NN_("{n} English word", "{n} English words", english),
        NN_("{n} segment", "{n} segments", len(segments)),
        NN_("{n} picture", "{n} pictures", sum(1 for _ in sheet.story.content.placements())),
    )
    pairs = [words.both(message) for message in shown]
    return {"zh": "，".join(pair.zh for pair in pairs), "en": ", ".join(pair.en for pair in pairs)}


def _numbered(sheet: ApprovalSheet) -> Iterable[tuple[int, Placement]]:
    return enumerate(sheet.story.content.placements(), 1)


def _picture(
    number: int, place: Placement, sheet: ApprovalSheet, words: SheetWords, pictures: Mapping[str, PrintedPicture]
) -> dict[str, Any]:
    printed = pictures.get(place.picture or "")
    record = sheet.pictures.get(place.picture or "")
    missing = words.word("unusable" if place.picture else "not_linked")
    alt = Bilingual(*(getattr(place.alt, side) or (getattr(record.alt, side) if record else "") for side in SIDES))
    about = next((text for text in (alt.en, alt.zh, place.caption.en, place.caption.zh) if text.strip()), place.file)
    credit = place.credit.strip()
    return {
        "path": printed.path if printed else None,
        "about": clean(about),
        "problem": _pair(missing, file=place.file),
        "head": clean(f"{number} · {place.file}"),
        "caption": {side: clean(getattr(place.caption, side)).strip() for side in SIDES},
        "absent": _pair(words.word("no_caption")),
        "alt": {
            side: clean(filled(getattr(words.word("alt"), side), text=text.strip())) if text.strip() else ""
            for side, text in (("zh", alt.zh), ("en", alt.en))
        },
        "credit": {
            side: clean(
                " · ".join(
                    text
                    for text in (
                        filled(getattr(words.word("photo"), side), credit=credit) if credit else "",
                        place.rights.strip(),
                    )
                    if text
                )
            )
            for side in SIDES
        },
    }


def _line(line: SheetLine, words: SheetWords) -> dict[str, Any]:
    title = line.step.titles if line.step else Bilingual(line.name, line.name)
    title = words.word(line.fate.value) if line.fate is Fate.AFTERWARDS else title
    row: dict[str, Any] = {"step": _pair(title), "signed": False}
    if line.signoff is None:
        return {**row, "waiting": _pair(words.word(line.fate.value))}
    signoff, person = line.signoff, line.person
    name = person.name if person else signoff.person
    return {
        **row,
        "signed": True,
        "person": _pair(Bilingual((person.zh if person else "") or name, name)),
        "at": _time(signoff.at, words),
        "version": str(signoff.version),
        "digest": signoff.digest[:12],
        "signature": _signature(line, words),
        "bad": line.holds is False,
        "said": [_said(words.word("note"), signoff.note), _said(words.word("reason"), signoff.withdrawn_reason)],
        "why": _why(line, words),
    }


def _said(label: Bilingual, text: str) -> dict[str, str] | None:
    """What somebody wrote, in its own language and once."""
    side = side_of(text)
    return {side: clean(filled(getattr(label, side), text=_most(text)))} if text.strip() else None


def _signature(line: SheetLine, words: SheetWords) -> dict[str, str]:
    key = line.signoff.key if line.signoff else None
    if key is None:
        return _pair(words.word("no_signature"))
    if line.holds is False:
        return _pair(words.word("bad_signature"))
    return _pair(words.word("key"), fingerprint=grouped(key[:_FINGERPRINT]))


def _why(line: SheetLine, words: SheetWords) -> dict[str, str] | None:
    """What became of a sign-off that counts no more."""
    if line.fate in {Fate.STALE, Fate.KEPT}:
        return _pair(words.word(line.fate.value))
    signoff = line.signoff
    if line.fate is not Fate.WITHDRAWN or signoff is None:
        return None
    by, at = line.withdrawn_by, _minute(signoff.withdrawn_at or "")
    shown = words.word("withdrawn")
    return {
        side: clean(filled(getattr(shown, side), at=at, name=name))
        for side, name in (("zh", (by.zh or by.name) if by else ""), ("en", by.name if by else ""))
    }


def _older(sheet: ApprovalSheet, words: SheetWords) -> dict[str, str] | None:
    left = len(sheet.history) - _MOST_HISTORY
    return _pair(words.word("older"), n=str(left)) if left > 0 else None


def _most(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MOST_NOTE else text[:_MOST_NOTE].rstrip() + "…"


def _time(iso: str, words: SheetWords) -> dict[str, str]:
    """A moment by the clocks of the Chinese reader, and in UTC for everybody."""
    return {"zh": f"{_minute(iso, _BEIJING)} {words.word('beijing').zh}", "en": f"{_minute(iso)} UTC"}


def _minute(iso: str, zone: tzinfo = UTC) -> str:
    try:
        return in_utc(iso).astimezone(zone).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return iso


def _breakable(code: str) -> str:
    """The code with places to break a line behind its colons and, in its long fields, after every 16 signs."""
    return ZERO_WIDTH_SPACE.join(re.findall(r"[^:]{1,16}:?|:", code))


def _metadata(sheet: ApprovalSheet, words: SheetWords, headline: Bilingual) -> dict[str, Any]:
    """Title, house, moment and code of the PDF itself. The code stands in its subject, where a program reads it."""
    titles = [" ".join(clean(text).split()) for text in (headline.en, headline.zh) if text.strip()]
    name = " / ".join(titles) or clean(sheet.story.slug) or "—"
    parts = (words.word("title").en, words.word("title").zh, *([words.word("draft").en] if sheet.draft else []))
    moment = in_utc(sheet.made_at)
    return {
        "doc-title": f"{clean(' '.join(parts))}: {name}".replace(ZERO_WIDTH_SPACE, ""),
        "doc-author": clean(sheet.house) or "Diptych",
        "doc-code": sheet.code.text(),
        "main": "zh" if headline.zh.strip() else "en",
        "moment": {name: getattr(moment, name) for name in ("year", "month", "day", "hour", "minute", "second")},
    }
