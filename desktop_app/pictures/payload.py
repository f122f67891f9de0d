"""The payload digest: SHA-256 over a picture's pixels alone, which embedded metadata never changes.

What is hashed, after the format's name:

- **JPEG** (ITU-T T.81, annex B): every segment and all scan data from SOI to the first EOI, except APPn and COM.
  Fill bytes between segments, and whatever follows EOI (gain maps, second views), do not count.
- **PNG** (W3C PNG third edition): type, length and data of IHDR, PLTE, tRNS, IDAT, and of an animation acTL,
  fcTL, fdAT.
- **WebP** (RFC 9649): type, length and data of VP8, VP8L, ALPH, ANIM and ANMF; of an animation the canvas size too.
- **TIFF, GIF**: mode, size, palette and decoded pixels of every page or frame, as Pillow decodes them.

The first three need no decoding. A colour profile counts as metadata.
"""

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageFile

from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_
from desktop_app.pictures.decoding import MAX_PIXELS, check_pixels, open_picture, quiet
from desktop_app.pictures.formats import GIF, JPEG, PNG, TIFF, WEBP, Format, recognise

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Payload:
    """The digest in hexadecimal, and whether the pixel data reaches its end."""

    digest: str
    complete: bool


def payload(data: bytes, form: Format, name: str = "") -> Payload:
    """Digest the pixels of ``data``, see the module for what counts.

    Raises:
        InputRefusedError: TIFF and GIF only: the pixels cannot be decoded, or all pages have over 200 megapixels.
    """
    if form in (TIFF, GIF):
        return _decoded(data, form, name)
    parts = {JPEG: _jpeg, PNG: _png, WEBP: _webp}[form](data)
    digest = hashlib.sha256(form.name.encode("ascii"))
    complete = False
    for part in parts:
        if part is None:
            complete = True
            break
        digest.update(part)
    return Payload(digest.hexdigest(), complete)


def payload_digest(data: bytes, name: str = "") -> str:
    """Return the payload digest of a whole picture file in hexadecimal.

    Raises:
        InputRefusedError: it is no picture, or as :func:`payload`.
    """
    return payload(data, recognise(data, name), name).digest


# A marker inside scan data: not a stuffed zero, not a restart, not a fill byte.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_SOI, _EOI, _SOS, _COM, _TEM = 0xD8, 0xD9, 0xDA, 0xFE, 0x01


def _jpeg(data: bytes) -> Iterator[memoryview | None]:
    """Yield the parts that count, and ``None`` when the end of the picture is reached."""
    view = memoryview(data)
    at, scanning = 2, False
    while found := _MARKER.search(data, at):
        if scanning:
            yield view[at : found.start()]
        scanning = False
        marker = data[found.start() + 1]
        if marker == _EOI:
            yield None
            return
        at = found.end()
        if marker in (_SOI, _TEM):
            continue
        end = at + int.from_bytes(data[at : at + 2], "big")
        if not 0xE0 <= marker <= 0xEF and marker != _COM:
            yield view[found.start() : end]
        scanning = marker == _SOS
        at = max(end, at)
    if scanning:
        yield view[at:]


_PNG_PIXELS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"acTL", b"fcTL", b"fdAT"})


def _png(data: bytes) -> Iterator[memoryview | None]:
    view = memoryview(data)
    at = 8
    while at + 12 <= len(data):
        kind = data[at + 4 : at + 8]
        end = at + 8 + int.from_bytes(data[at : at + 4], "big")
        if kind == b"IEND":
            yield None
            return
        if kind in _PNG_PIXELS:
            yield view[at:end]
        at = end + 4


_WEBP_PIXELS = frozenset({b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"})


def _webp(data: bytes) -> Iterator[memoryview | None]:
    view = memoryview(data)
    at = 12
    while at + 8 <= len(data):
        kind = data[at : at + 4]
        end = at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")
        if kind == b"VP8X" and data[at + 8] & 0b10:  # animated: the canvas is part of the picture
            yield view[at + 12 : at + 18]
        if kind in _WEBP_PIXELS:
            yield view[at:end]
        at = end + (end & 1)
    if at <= len(data) + 1:  # a last odd chunk may lack its padding
        yield None


_BAND = 512


def _decoded(data: bytes, form: Format, name: str) -> Payload:
    """Decode every page; a page that is cut is digested as far as it goes."""
    try:
        return Payload(_digest_pages(data, form, name, lenient=False), complete=True)
    except InputRefusedError:
        raise
    except Exception as error:  # noqa: BLE001 - decoders raise anything on damaged data; the second try decides
        _log.debug("decoding leniently after: %s", error)
    try:
        return Payload(_digest_pages(data, form, name, lenient=True), complete=False)
    except InputRefusedError:
        raise
    except Exception as error:
        raise InputRefusedError(
            N_("The picture is damaged or cut short: it cannot be decoded."),
            subject=name,
            advice=N_("Copy it again from the camera or the sender, or save it anew in a picture editor."),
        ) from error


def _digest_pages(data: bytes, form: Format, name: str, *, lenient: bool) -> str:
    digest = hashlib.sha256(form.name.encode("ascii"))
    image = open_picture(data, form, name)
    with quiet(lenient=lenient):
        pixels = 0
        for _page in _pages(image):
            check_pixels(*image.size, name)
            pixels += image.size[0] * image.size[1]
            if pixels > MAX_PIXELS:
                raise InputRefusedError(
                    N_("All pages together have more than {limit} megapixels.", limit=MAX_PIXELS // 1_000_000),
                    subject=name,
                    advice=N_("Save the page that is needed as a file of its own and add that."),
                )
            image.load()
            digest.update(f"{image.mode} {image.size[0]} {image.size[1]}\n".encode("ascii"))
            digest.update(_palette(image))
            for top in range(0, image.size[1], _BAND):
                bottom = min(top + _BAND, image.size[1])
                digest.update(image.crop((0, top, image.size[0], bottom)).tobytes())
    return digest.hexdigest()


def _pages(image: ImageFile.ImageFile) -> Iterator[int]:
    """Step through pages or frames; the file is read one page at a time."""
    page = 0
    while True:
        yield page
        page += 1
        try:
            image.seek(page)
        except EOFError:
            return


def _palette(image: Image.Image) -> bytes:
    if image.mode != "P":
        return b""
    return bytes(image.getpalette("RGB") or b"") + repr(image.info.get("transparency")).encode("ascii", "replace")
