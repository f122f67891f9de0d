"""Say from a file's first bytes which picture format it is, and refuse what is none, in words a person understands."""

from dataclasses import dataclass

from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message

MAX_BYTES = 200 * 1000 * 1000


@dataclass(frozen=True, slots=True)
class Format:
    """A picture format that the archive takes: its name in Pillow, its media type, and the suffix of its master."""

    name: str
    mime: str
    suffix: str


JPEG = Format("JPEG", "image/jpeg", ".jpg")
PNG = Format("PNG", "image/png", ".png")
WEBP = Format("WEBP", "image/webp", ".webp")
TIFF = Format("TIFF", "image/tiff", ".tif")
GIF = Format("GIF", "image/gif", ".gif")

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"II+\0", TIFF),  # BigTIFF
    (b"MM\0+", TIFF),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
)

_FOREIGN: tuple[tuple[bytes, Message], ...] = (
    (b"%PDF", N_("a PDF document")),
    (b"PK\x03\x04", N_("a ZIP file or an office document")),
    (b"\xd0\xcf\x11\xe0", N_("an old office document")),
    (b"8BPS", N_("a Photoshop document")),
    (b"%!PS", N_("a PostScript file")),
    (b"BM", N_("a Windows bitmap")),
    (b"\x1f\x8b", N_("a compressed file")),
    (b"Rar!", N_("a compressed file")),
    (b"7z\xbc\xaf", N_("a compressed file")),
    (b"MZ", N_("a Windows program")),
    (b"\x7fELF", N_("a program")),
    (b"ID3", N_("a sound file")),
    (b"\0\0\0\x0cJXL ", N_("a JPEG XL picture")),
    (b"\xff\x0a", N_("a JPEG XL picture")),
    (b"\0\0\0\x0cjP  ", N_("a JPEG 2000 picture")),
    (b"RIFF", N_("a sound or film file")),
)

_ISO_MEDIA: tuple[tuple[bytes, Message], ...] = (
    (b"hei", N_("a HEIC photograph")),
    (b"hev", N_("a HEIC photograph")),
    (b"mif1", N_("a HEIC photograph")),
    (b"msf1", N_("a HEIC photograph")),
    (b"avi", N_("an AVIF picture")),
    (b"crx", N_("a raw camera file")),
)

_TAKEN = N_("Save it as JPEG, PNG, WebP, TIFF or GIF and add that file.")


def recognise(data: bytes, name: str) -> Format:
    """Return the format of ``data``, judged by its content alone; ``name`` only says which file is meant.

    Raises:
        InputRefusedError: empty, over 200 MB, SVG, or no picture of a format that the archive takes.
    """
    if not data:
        raise InputRefusedError(
            N_("The file is empty."), subject=name, advice=N_("Copy it again from the camera or the sender.")
        )
    if len(data) > MAX_BYTES:
        raise InputRefusedError(
            N_("The file has {size} MB; more than {limit} MB is not taken.",
               size=len(data) // 1_000_000, limit=MAX_BYTES // 1_000_000),
            subject=name,
            advice=N_("Save a smaller copy of the picture and add that."),
        )  # fmt: skip
    if data[:2] == b"II" and data[8:10] == b"CR":
        raise foreign(N_("a raw camera file"), name)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    for magic, form in _MAGIC:
        if data.startswith(magic):
            return form
    raise _refusal(data, name)


def foreign(kind: Message, name: str) -> InputRefusedError:
    """Make the refusal of a file that is something else than a picture that can be taken."""
    return InputRefusedError(
        N_("This is {kind}; it cannot be taken as a picture.", kind=kind), subject=name, advice=_TAKEN
    )


def _refusal(data: bytes, name: str) -> InputRefusedError:
    """Name what the file is instead."""
    if data[4:8] == b"ftyp":
        for brand, kind in _ISO_MEDIA:
            if data[8:12].startswith(brand):
                return foreign(kind, name)
        return foreign(N_("a film"), name)
    text = _as_text(data[:4096])
    if text is not None:
        return _textual(text, name)
    for magic, kind in _FOREIGN:
        if data.startswith(magic):
            return foreign(kind, name)
    return InputRefusedError(N_("This is not a picture, or a damaged one."), subject=name, advice=_TAKEN)


def _textual(text: str, name: str) -> InputRefusedError:
    lowered = text.lstrip("\ufeff \t\r\n").lower()
    if lowered.startswith("<") and "<svg" in lowered:
        return InputRefusedError(
            N_("This is an SVG drawing; it can carry scripts and is not taken."),
            subject=name,
            advice=N_("Export the drawing as PNG and add that file."),
        )
    if lowered.startswith("<"):
        return foreign(N_("a web page or an XML file"), name)
    if lowered.startswith("%pdf"):
        return foreign(N_("a PDF document"), name)
    if lowered.startswith("%!ps"):
        return foreign(N_("a PostScript file"), name)
    return foreign(N_("a text file"), name)


def _as_text(head: bytes) -> str | None:
    """Return the first bytes as text, or nothing where they hold what no text holds."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if any(byte < 9 or 13 < byte < 27 for byte in head):
        return None
    for encoding in ("utf-8", "gb18030"):
        text = head.decode(encoding, "ignore")
        if len(text.encode(encoding)) >= len(head) - 4:
            return text
    return None
