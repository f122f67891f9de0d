"""Write captions and credits into an export copy of a picture; masters are never touched.

The packet is merged with lxml and handed to Exiv2 whole: its own key interface makes every list an ``rdf:Seq``, where
the IPTC standard wants ``rdf:Bag``, and replacing the packet would lose what other programs wrote.
"""

import logging

import pyexiv2

from desktop_app.domain.story import Bilingual
from desktop_app.foundation.errors import BugError, InputRefusedError
from desktop_app.foundation.messages import N_
from desktop_app.pictures.embedded import EXIV2_LOCK, MUTE
from desktop_app.pictures.formats import GIF, TIFF, recognise
from desktop_app.pictures.payload import payload
from desktop_app.pictures.xmp import DC, IPTC_CORE, IPTC_EXT, PHOTOSHOP, XmpPacket

_log = logging.getLogger(__name__)

# A JPEG segment holds 65,535 bytes; Exiv2 splits no packet.
_MAX_PACKET = 60_000

# Octets of IIM 4.2, record 2: old readers show these fields before XMP, so they must not stay stale.
_IIM_LIMITS = {"Caption": 2000, "Credit": 32, "Copyright": 128}
_IIM_UTF8 = "\x1b%G"


def embed(
    data: bytes,
    *,
    caption: Bilingual = Bilingual(),
    alt: Bilingual = Bilingual(),
    credit: str = "",
    rights: str = "",
    people: tuple[str, ...] = (),
    date: str | None = None,
    name: str = "",
) -> bytes:
    """Return a copy of the picture that carries these texts as XMP; its payload digest is that of ``data``.

    Captions and alternative texts become ``rdf:Alt`` with x-default (English where there is any), en and zh-Hans, in
    place of those in the file; empty texts leave what the file says. All other XMP stays. A file that has
    IPTC fields too gets the English texts there, cut to their limits. ``date`` is an ISO day. The same input gives the
    same bytes. GIF files cannot carry any of it and come back as they are.

    Raises:
        InputRefusedError: no picture, its metadata cannot be written, or grows too large for the format.
        BugError: the pixels would have changed; nothing is returned.
    """
    form = recognise(data, name)
    if form is GIF:
        return data
    before = payload(data, form, name)
    if form is TIFF and not before.complete:
        raise _not_written(name)  # Exiv2 rewrites the whole file, and with damaged tables moves pixels.
    try:
        with EXIV2_LOCK:
            pyexiv2.set_log_level(MUTE)
            with pyexiv2.ImageData(data) as image:
                packet = _existing(str(image.read_raw_xmp()))
                packet.set_alternatives(f"{{{DC}}}description", _languages(caption))
                packet.set_alternatives(f"{{{IPTC_CORE}}}AltTextAccessibility", _languages(alt))
                packet.set_alternatives(f"{{{DC}}}rights", {"x-default": rights} if rights else {})
                packet.set_text(f"{{{PHOTOSHOP}}}Credit", credit)
                packet.set_text(f"{{{PHOTOSHOP}}}DateCreated", date or "")
                packet.set_list(f"{{{IPTC_EXT}}}PersonInImage", "Bag", people)
                written = packet.serialize()
                if len(written.encode("utf-8")) > _MAX_PACKET:
                    raise _too_large(name)
                if image.read_iptc():
                    fields = {"Caption": caption.en or caption.zh, "Credit": credit, "Copyright": rights}
                    image.modify_iptc(_iim(fields))
                image.modify_raw_xmp(written)
                copy = bytes(image.get_bytes())
    except InputRefusedError:
        raise
    except Exception as error:
        _log.debug("metadata not written: %s", type(error).__name__)
        raise _not_written(name) from error
    if payload(copy, form, name) != before:
        raise BugError(f"embedding metadata changed the pixels of a {form.name} file")
    return copy


def _existing(raw: str) -> XmpPacket:
    """Take the file's packet; a broken one is replaced, as no reader could use it."""
    try:
        return XmpPacket.parse(raw) if raw.strip("\0 \t\r\n") else XmpPacket.empty()
    except ValueError as error:
        _log.debug("broken XMP packet replaced: %s", type(error).__name__)
        return XmpPacket.empty()


def _languages(text: Bilingual) -> dict[str, str]:
    """Order the languages; agencies read x-default alone (Photini issue 361)."""
    texts = {"x-default": text.en or text.zh, "en": text.en, "zh-Hans": text.zh}
    return {language: value for language, value in texts.items() if value}


def _iim(fields: dict[str, str]) -> dict[str, str]:
    cut = {
        f"Iptc.Application2.{key}": text.encode("utf-8")[: _IIM_LIMITS[key]].decode("utf-8", "ignore")
        for key, text in fields.items()
        if text
    }
    return {"Iptc.Envelope.CharacterSet": _IIM_UTF8, **cut}


def _not_written(name: str) -> InputRefusedError:
    return InputRefusedError(
        N_("Captions cannot be written into a copy of this picture."),
        subject=name,
        advice=N_("Export it without embedded captions, or save the picture anew in a picture editor."),
    )


def _too_large(name: str) -> InputRefusedError:
    return InputRefusedError(
        N_("The captions and other data of this picture are too large to be written into a copy."),
        subject=name,
        advice=N_("Shorten the captions, or export the picture without embedded captions."),
    )
