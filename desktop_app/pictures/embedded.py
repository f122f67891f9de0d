"""What a picture file says of itself: EXIF, IPTC and XMP, read with pyexiv2 from bytes and put into our words.

pyexiv2 never gets a path: on a full disk it truncates files and reports nothing (Exiv2 issue 9482).
"""

import datetime
import logging
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pyexiv2

from desktop_app.domain.counts import english_words, han_characters
from desktop_app.domain.story import Bilingual
from desktop_app.pictures.formats import GIF, Format
from desktop_app.pictures.xmp import DC, IPTC_CORE, IPTC_EXT, PHOTOSHOP, XMP, XmpPacket

_log = logging.getLogger(__name__)

# pyexiv2 is not thread safe (its README). Not a service: the lock only keeps two threads out of the library at once.
EXIV2_LOCK = threading.Lock()
MUTE = 4

_MAX_TEXT = 20_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
# What cameras write into the caption by themselves.
_CAMERA_CAPTIONS = frozenset({"olympus digital camera", "minolta digital camera", "digital camera", "sony dsc"})


@dataclass(frozen=True, slots=True)
class Embedded:
    """The embedded metadata in the archive's words; ``date`` is an ISO day. ``complete``: all could be read."""

    caption: Bilingual = Bilingual()
    alt: Bilingual = Bilingual()
    credit: str = ""
    rights: str = ""
    people: tuple[str, ...] = ()
    date: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    complete: bool = True


def read_embedded(data: bytes, form: Format) -> Embedded:
    """Read the metadata of picture bytes; what cannot be read is left out and ``complete`` is false. Never raises.

    XMP goes before IPTC, and IPTC before EXIF (Metadata Working Group, Guidelines 2.0, chapter 5).
    Texts that are not UTF-8 are tried as GB 18030, then as Latin-1.
    """
    if form is GIF:  # Exiv2 does not know it.
        return Embedded()
    complete = True
    exif: dict[str, str] = {}
    iptc: dict[str, str] = {}
    packet = XmpPacket.empty()
    try:
        with EXIV2_LOCK:
            pyexiv2.set_log_level(MUTE)
            with pyexiv2.ImageData(data) as image:
                exif = _flat(_tolerant(image.read_exif))
                iptc = _flat(_tolerant(image.read_iptc))
                raw = str(image.read_raw_xmp())
        if raw.strip("\0 \t\r\n"):
            packet = XmpPacket.parse(raw)
    except Exception as error:  # noqa: BLE001 - whatever a metadata block does, the picture itself is still good
        _log.debug("embedded metadata not readable: %s", type(error).__name__)
        complete = False
    return Embedded(
        caption=_caption(packet, exif, iptc),
        alt=_bilingual(packet.alternatives(f"{{{IPTC_CORE}}}AltTextAccessibility")),
        credit=_first(
            packet.texts(f"{{{PHOTOSHOP}}}Credit"),
            packet.texts(f"{{{DC}}}creator"),
            _one(iptc, "Iptc.Application2.Credit"),
            _one(iptc, "Iptc.Application2.Byline"),
            _one(exif, "Exif.Image.Artist"),
        ),
        rights=_rights(packet, exif, iptc),
        people=tuple(filter(None, map(_clean, packet.texts(f"{{{IPTC_EXT}}}PersonInImage")))),
        date=_date(packet, exif, iptc),
        metadata=_readable(packet, exif, iptc),
        complete=complete,
    )


def is_chinese(text: str) -> bool:
    """Whether a text without a language tag is Chinese: a name in brackets does not make an English caption so."""
    return han_characters(text) > english_words(text)


def _tolerant(read: Callable[..., Mapping[str, object]]) -> Mapping[str, object]:
    for encoding in ("utf-8", "gb18030"):
        try:
            return read(encoding=encoding)
        except UnicodeDecodeError:
            continue
    return read(encoding="latin-1")


def _flat(fields: Mapping[str, object]) -> dict[str, str]:
    """Make one text of every field; lists are joined with a semicolon."""
    flat: dict[str, str] = {}
    for key, value in fields.items():
        if isinstance(value, list):
            value = "; ".join(str(item) for item in value)  # noqa: PLW2901 - the same value, flattened
        elif isinstance(value, dict):
            value = next(iter(value.values()), "")  # noqa: PLW2901 - as above
        flat[key] = _clean(str(value))
    return flat


def _clean(text: str) -> str:
    """Take out what no XML and no screen can carry."""
    return _CONTROL.sub("", text[:_MAX_TEXT]).strip()


def _one(fields: Mapping[str, str], key: str) -> tuple[str, ...]:
    return (fields[key],) if fields.get(key) else ()


def _first(*candidates: tuple[str, ...]) -> str:
    """Return the first that says something; several people are joined with a comma."""
    for texts in candidates:
        joined = ", ".join(filter(None, map(_clean, texts)))
        if joined:
            return joined
    return ""


def _bilingual(texts: Mapping[str, str]) -> Bilingual:
    """Sort language alternatives: tags first, then the untagged one by its script."""
    zh = next((text for tag, text in texts.items() if tag.split("-")[0] == "zh"), "")
    en = next((text for tag, text in texts.items() if tag.split("-")[0] == "en"), "")
    rest = texts.get("x-default") or next(iter(texts.values()), "")
    if not zh and is_chinese(rest):
        zh = rest
    elif not en and rest != zh and not is_chinese(rest):
        en = rest
    return Bilingual(_clean(zh), _clean(en))


def _caption(packet: XmpPacket, exif: Mapping[str, str], iptc: Mapping[str, str]) -> Bilingual:
    caption = _bilingual(packet.alternatives(f"{{{DC}}}description"))
    if caption != Bilingual():
        return caption
    for text in (iptc.get("Iptc.Application2.Caption", ""), exif.get("Exif.Image.ImageDescription", "")):
        if text and text.lower() not in _CAMERA_CAPTIONS:
            return Bilingual(zh=text) if is_chinese(text) else Bilingual(en=text)
    return Bilingual()


def _rights(packet: XmpPacket, exif: Mapping[str, str], iptc: Mapping[str, str]) -> str:
    texts = packet.alternatives(f"{{{DC}}}rights")
    notice = texts.get("en") or texts.get("x-default") or next(iter(texts.values()), "")
    # EXIF keeps the photographer's and the editor's notice apart with a NUL, which Exiv2 shows in words.
    return _first((notice,), _one(iptc, "Iptc.Application2.Copyright"), _one(exif, "Exif.Image.Copyright"))


def _date(packet: XmpPacket, exif: Mapping[str, str], iptc: Mapping[str, str]) -> str | None:
    candidates = (
        exif.get("Exif.Photo.DateTimeOriginal", ""),
        *packet.texts(f"{{{PHOTOSHOP}}}DateCreated"),
        iptc.get("Iptc.Application2.DateCreated", ""),
    )
    return next((day for day in map(_iso_day, candidates) if day), None)


def _iso_day(text: str) -> str | None:
    """Return the day of an EXIF or ISO 8601 date and time; cameras without a clock write zeros, which is no day."""
    found = re.match(r"(\d{4})[:\-](\d\d)[:\-](\d\d)(?!\d)", text)
    if found is None:
        return None
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def _readable(packet: XmpPacket, exif: Mapping[str, str], iptc: Mapping[str, str]) -> dict[str, str]:
    """Select what an archivist reads; the place where a camera stood (GPS) is left out on purpose."""
    make, model = exif.get("Exif.Image.Make", ""), exif.get("Exif.Image.Model", "")
    camera = model if model.lower().startswith(make.lower()) else f"{make} {model}".strip()
    keywords = packet.texts(f"{{{DC}}}subject") or _one(iptc, "Iptc.Application2.Keywords")
    titles = packet.alternatives(f"{{{DC}}}title")
    fields = {
        "camera": camera,
        "lens": exif.get("Exif.Photo.LensModel", ""),
        "taken": exif.get("Exif.Photo.DateTimeOriginal", ""),
        "software": _first(packet.texts(f"{{{XMP}}}CreatorTool"), _one(exif, "Exif.Image.Software")),
        "creator": _first(
            packet.texts(f"{{{DC}}}creator"), _one(iptc, "Iptc.Application2.Byline"), _one(exif, "Exif.Image.Artist")
        ),
        "title": _first(tuple(titles.values())[:1], _one(iptc, "Iptc.Application2.ObjectName")),
        "headline": _first(packet.texts(f"{{{PHOTOSHOP}}}Headline"), _one(iptc, "Iptc.Application2.Headline")),
        "keywords": "; ".join(filter(None, map(_clean, keywords))),
        "city": _first(packet.texts(f"{{{PHOTOSHOP}}}City"), _one(iptc, "Iptc.Application2.City")),
        "country": _first(packet.texts(f"{{{PHOTOSHOP}}}Country"), _one(iptc, "Iptc.Application2.CountryName")),
        "source": _first(packet.texts(f"{{{PHOTOSHOP}}}Source"), _one(iptc, "Iptc.Application2.Source")),
        "instructions": _first(
            packet.texts(f"{{{PHOTOSHOP}}}Instructions"), _one(iptc, "Iptc.Application2.SpecialInstructions")
        ),
    }
    return {key: text for key, text in fields.items() if text}
