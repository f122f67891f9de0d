"""Open and decode picture bytes with Pillow: within limits, quietly, and as far as a damaged file goes.

Pillow keeps three things for the whole process: ``Image.MAX_IMAGE_PIXELS``, ``ImageFile.LOAD_TRUNCATED_IMAGES``, and
Python's warning filters that it speaks through. This module changes them for moments only, under one lock, and
checks sizes itself before anything is decoded. The plugin classes are called directly, not through
``Image.open``, so that no other decoder than the recognised one ever sees the bytes.
"""

import io
import logging
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_
from desktop_app.pictures.formats import GIF, JPEG, PNG, TIFF, WEBP, Format, foreign

MAX_PIXELS = 200 * 1000 * 1000

_log = logging.getLogger(__name__)
# Says at ERROR what it then raises; the refusal is ours to word.
_TIFF_LOG = logging.getLogger("PIL.TiffImagePlugin")

# Not a service: it only keeps two threads from changing Pillow's process-wide switches at the same time.
_SWITCHES = threading.Lock()

_READERS: dict[Format, Callable[[io.BytesIO], ImageFile.ImageFile]] = {
    JPEG: JpegImageFile,
    PNG: PngImageFile,
    WEBP: WebPImageFile,
    TIFF: TiffImageFile,
    GIF: GifImageFile,
}

_ORIENTATION_TAG = 0x0112
_TURNS: dict[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

_SUBFILE_TYPE, _DNG_VERSION = 254, 50706


@contextmanager
def quiet(*, lenient: bool = False) -> Iterator[None]:
    """Work with Pillow without its warnings and its own size limit; ``lenient`` takes what a cut file still holds.

    Holds a lock of the process: keep what happens inside short, or rare.
    """
    with _SWITCHES, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        kept = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
        spoken, _TIFF_LOG.disabled = _TIFF_LOG.disabled, True
        Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = None, lenient
        try:
            yield
        finally:
            Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = kept
            _TIFF_LOG.disabled = spoken


def open_picture(data: bytes, form: Format, name: str = "") -> ImageFile.ImageFile:
    """Read the header of ``data``; nothing is decoded yet.

    Raises:
        InputRefusedError: the header cannot be read, claims more than 200 megapixels, or is a raw camera file's.
    """
    if form is WEBP:
        # Its decoder allocates the whole canvas when the header is read.
        check_pixels(*_webp_canvas(data), name)
    try:
        with quiet():
            image = _READERS[form](io.BytesIO(data))
    except Exception as error:  # plugins raise anything on hostile bytes, SyntaxError included
        _log.debug("header not readable: %s", error)
        raise _unreadable(name) from error
    check_pixels(*image.size, name)
    if isinstance(image, TiffImageFile) and _is_raw_camera_file(image):
        raise foreign(N_("a raw camera file"), name)
    return image


def check_pixels(width: int, height: int, name: str) -> None:
    """Refuse sizes that cannot be, or that would fill the memory.

    Raises:
        InputRefusedError: a side of nothing, or more than 200 megapixels.
    """
    if width < 1 or height < 1:
        raise _unreadable(name)
    if width * height > MAX_PIXELS:
        raise InputRefusedError(
            N_(
                "The picture claims {width} × {height} pixels; more than {limit} megapixels are not taken.",
                width=width,
                height=height,
                limit=MAX_PIXELS // 1_000_000,
            ),
            subject=name,
            advice=N_("Save a smaller copy of the picture and add that."),
        )


def orientation(image: ImageFile.ImageFile) -> int:
    """Return the EXIF orientation 1–8 that is still to be applied (CIPA DC-008, tag 0x0112).

    Pillow turns TIFF files itself, so theirs is always 1.
    """
    if isinstance(image, TiffImageFile):
        return 1
    try:
        with quiet():
            value = image.getexif().get(_ORIENTATION_TAG, 1)
    except Exception as error:  # noqa: BLE001 - a broken EXIF block may raise anything; the picture is still good
        _log.debug("orientation not readable: %s", error)
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def upright_size(size: tuple[int, int], turn: int) -> tuple[int, int]:
    """Return width and height as they are seen once orientation ``turn`` is applied."""
    return (size[1], size[0]) if turn >= 5 else size


def upright(image: Image.Image, turn: int) -> Image.Image:
    """Apply orientation ``turn`` to decoded pixels."""
    return image.transpose(_TURNS[turn]) if turn in _TURNS else image


def decode(data: bytes, form: Format, name: str = "", reach: int | None = None) -> Image.Image:
    """Decode the first frame; a cut file gives what there is of it.

    ``reach`` allows the JPEG decoder to stop at the smallest of its scales whose longest edge still has
    that many pixels, which is several times faster.

    Raises:
        InputRefusedError: as :func:`open_picture`, or nothing can be decoded.
    """
    image = _drafted(open_picture(data, form, name), reach)
    try:
        if form in (TIFF, GIF):  # Both check sizes while they decode, and warn.
            with quiet():
                image.load()
        else:
            image.load()
    except Exception as error:  # noqa: BLE001 - decoders raise anything on damaged data; the second try decides
        _log.debug("decoding leniently after: %s", error)
    else:
        return image
    image = _drafted(open_picture(data, form, name), reach)
    try:
        with quiet(lenient=True):
            image.load()
    except Exception as error:
        raise _unreadable(name) from error
    return image


def _drafted(image: ImageFile.ImageFile, reach: int | None) -> ImageFile.ImageFile:
    if reach is not None:
        width, height = image.size
        longest = max(width, height)
        image.draft(None, (max(1, width * reach // longest), max(1, height * reach // longest)))  # type: ignore[arg-type, unused-ignore]
    return image


def _unreadable(name: str) -> InputRefusedError:
    return InputRefusedError(
        N_("The picture is damaged or cut short: it cannot be decoded."),
        subject=name,
        advice=N_("Copy it again from the camera or the sender, or save it anew in a picture editor."),
    )


def _is_raw_camera_file(image: TiffImageFile) -> bool:
    """Whether a TIFF is a DNG, NEF or the like, whose first page is only a preview."""
    tags = image.tag_v2
    kind = tags.get(_SUBFILE_TYPE, 0)
    return _DNG_VERSION in tags or (isinstance(kind, int) and bool(kind & 1))


def _webp_canvas(data: bytes) -> tuple[int, int]:
    """Return the size that a WebP header claims (RFC 9649, section 2)."""
    chunk, body = data[12:16], data[20:30]
    if len(body) < 10:
        return 0, 0
    if chunk == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if chunk == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
