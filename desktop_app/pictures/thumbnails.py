"""Small upright sRGB copies of pictures, for lists and pages."""

import io
import logging
import math
from array import array

from PIL import Image, ImageCms

from desktop_app.pictures.decoding import decode, open_picture, orientation, upright
from desktop_app.pictures.formats import recognise

_log = logging.getLogger(__name__)

_QUALITY = 85
_TRANSPARENT_MODES = frozenset({"RGBA", "LA", "PA", "La", "RGBa"})


def thumbnail(data: bytes, edge: int) -> bytes:
    """Return a copy whose longest edge is at most ``edge`` pixels: JPEG, or PNG where something shows through.

    Orientation is applied, an embedded colour profile converted to sRGB, and all metadata left behind. Small
    pictures are not enlarged; a cut file gives what there is of it. The same bytes give the same thumbnail.

    Raises:
        InputRefusedError: as :func:`~desktop_app.pictures.inspect.inspect`.
        ValueError: ``edge`` is below 1.
    """
    image = small(data, edge)
    written = io.BytesIO()
    if image.mode == "RGBA":
        image.save(written, "PNG")
    else:
        image.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()


def small(data: bytes, edge: int) -> Image.Image:
    """Return the picture upright in sRGB, longest edge at most ``edge`` pixels: RGB, or RGBA where transparent.

    Raises:
        InputRefusedError: as :func:`~desktop_app.pictures.inspect.inspect`.
        ValueError: ``edge`` is below 1.
    """
    if edge < 1:
        raise ValueError("a thumbnail needs at least one pixel")
    form = recognise(data, "")
    turn = orientation(open_picture(data, form))
    image = decode(data, form, reach=edge)
    profile = image.info.get("icc_profile")
    highest = 65535.0 if image.mode.startswith("I;16") else None
    image = _resizable(image)
    width, height = image.size
    scale = edge / max(width, height)
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if image.mode == "F":
        image = _eight_bit(image, highest)
    image = _srgb(image, profile)
    if image.mode == "RGBA" and min(image.getchannel("A").tobytes()) == 255:
        image = image.convert("RGB")
    return upright(image, turn)


def _resizable(image: Image.Image) -> Image.Image:
    """Bring any mode to L, F, RGB, CMYK or RGBA, in which resampling and colour profiles work."""
    if image.mode.startswith("I") or image.mode == "F":
        return image.convert("F")
    if image.mode in _TRANSPARENT_MODES or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _eight_bit(image: Image.Image, highest: float | None) -> Image.Image:
    """Scale deep grey to eight bits, where Pillow's own conversion clips; no ``highest`` stretches what is there."""
    low, high = 0.0, highest
    if high is None:
        values = [value for value in array("f", image.tobytes()) if math.isfinite(value)]
        low, high = min(values, default=0.0), max(values, default=1.0)
    factor = 255 / ((high - low) or 1.0)
    return image.point(lambda value: value * factor + (-low * factor)).convert("L")


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert to sRGB by the embedded profile; one that is broken or for another mode is passed over."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha is not None else image
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(colours, source, target, outputMode="RGB")
            colours = converted if converted is not None else colours
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError) as error:
            _log.debug("colour profile passed over: %s", error)
    if colours.mode != "RGB":
        colours = colours.convert("RGB")
    if alpha is not None:
        colours.putalpha(alpha)
    return colours
