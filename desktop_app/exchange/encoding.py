"""From bytes to text: what a file's encoding is, and a plain refusal of what is no text at all."""

import codecs
import re

from charset_normalizer import from_bytes

from desktop_app.exchange.limits import check_size
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message

# The longest first where one begins with another.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SIGNATURES: tuple[tuple[re.Pattern[bytes], Message], ...] = (
    (re.compile(rb"\s{0,16}%PDF-"), N_("This is a PDF document, not a text.")),
    (re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"), N_("This is a ZIP archive or an Office document, not a text.")),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), N_("This is an old or encrypted Office document, not a text.")),
    (re.compile(rb"\{\\rtf"), N_("This is an RTF document, not a plain text.")),
    (re.compile(rb"\xff\xd8\xff"), N_("This is a JPEG picture, not a text.")),
    (re.compile(rb"\x89PNG\r\n"), N_("This is a PNG picture, not a text.")),
    (re.compile(rb"GIF8[79]a"), N_("This is a GIF picture, not a text.")),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), N_("This is a WebP picture, not a text.")),
    (re.compile(rb"II\*\x00|MM\x00\*"), N_("This is a TIFF picture, not a text.")),
    (re.compile(rb"BM....\x00\x00\x00\x00", re.DOTALL), N_("This is a BMP picture, not a text.")),
    (re.compile(rb"\x1f\x8b\x08|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07"), N_("This is a packed archive, not a text.")),
    (re.compile(rb"SQLite format 3\x00"), N_("This is a database, not a text.")),
    (re.compile(rb"\x7fELF|MZ.{58}", re.DOTALL), N_("This is a program, not a text.")),
)
_PROGRAM = _SIGNATURES[-1][0]

# The names that pages declare, and what browsers read them as (WHATWG Encoding Standard, section 4.2).
_DECLARED = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
    "unicode": "utf-8",
}
_HAN = re.compile(r"[\u3400-\u9fff]")
_CHINESE = re.compile(
    r"[\t\n\f\r\x20-\x7e\xa0\xb0\xb7\xd7\u2010-\u203b\u2103\u2460-\u2473\u25a0-\u25cf\u3000-\u3011\u4e00-\u9fff\uff01-\uff5e]"
)
_UNWANTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_GUESS_BYTES = 512 * 1024
_CHOOSE = N_("Choose the story's text as a text file or web page.")


def decode(data: bytes, *, declared: str | None = None, advice: Message = _CHOOSE) -> str:
    """Return the text of ``data`` with LF line ends and without invisible control characters.

    In this order: byte order mark, the ``declared`` encoding (an HTML page's own word), UTF-8, UTF-16 without a mark,
    GB18030 where that gives plausible Chinese, and last a statistical guess. A declared encoding that is plainly
    untrue is passed over: pages copied between servers often keep the old declaration. ``advice`` is what a person
    is told who gave a file that is no text.

    Raises:
        InputRefusedError: the file is empty, too large, no text, or in no encoding that we can tell.
    """
    check_size(len(data))
    if not data.strip(b" \t\r\n\0"):
        raise _empty()
    refuse_binary(data, advice)
    text = _tidy(_decoded(data, declared, advice))
    if not text.strip(" \t\n\u00a0\u3000\u200b"):
        raise _empty()
    return text


def decode_exactly(data: bytes, *, advice: Message = _CHOOSE) -> str:
    """Return the text of ``data`` as it stands: only a byte order mark at its beginning goes, and nothing is cleaned.

    Encodings are told as by ``decode``; a text may be empty.

    Raises:
        InputRefusedError: the file is too large, no text (it has zero bytes, say), or in no encoding that we can tell.
    """
    check_size(len(data))
    refuse_binary(data, advice)
    return _decoded(data, None, advice)


def refuse_binary(data: bytes, advice: Message = _CHOOSE) -> None:
    """Refuse what begins like a document or picture, and say what it looks like and, in ``advice``, what to do.

    Raises:
        InputRefusedError: it does.
    """
    for pattern, reason in _SIGNATURES:
        if pattern.match(data) and (pattern is not _PROGRAM or b"\0" in data[:512]):
            raise InputRefusedError(reason, advice=advice)


def looks_like_text(data: bytes) -> bool:
    """Whether the first bytes could be those of a text in some encoding."""
    head = data[:4096]
    if any(pattern.match(head) for pattern, _ in _SIGNATURES):
        return False
    return (
        head.startswith(tuple(mark for mark, _ in _BOMS)) or b"\0" not in head or _utf16_without_mark(head) is not None
    )


def _decoded(data: bytes, declared: str | None, advice: Message) -> str:
    """Try one encoding after the other."""
    for mark, name in _BOMS:
        # UTF-16-LE text cannot begin with U+0000, so FF FE 00 00 is UTF-32.
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(name)
            except UnicodeDecodeError as error:
                raise _undecodable(data, error.start + len(mark)) from error
    if b"\0" in data:
        text = _utf16_without_mark(data)
        if text is None:
            raise _binary(data, advice)
        return text
    utf8 = _strict(data, "utf-8")
    text = _as_declared(data, declared, utf8)
    if text is None:
        text = utf8
    if text is None:
        text = _utf16_without_mark(data)
    if text is None:
        text = _plausible_chinese(data)
    if text is None:
        text = _guessed(data)
    if text is None:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise _undecodable(data, error.start) from error
    return text or ""


def _strict(data: bytes, name: str) -> str | None:
    """Decode without mercy, or return None."""
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _as_declared(data: bytes, declared: str | None, utf8: str | None) -> str | None:
    """Follow the declaration, unless the bytes contradict it."""
    if not declared:
        return None
    name = declared.strip().strip("\"'").lower().replace("_", "-")
    name = _DECLARED.get(name, name)
    try:
        name = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if name == "utf-8" or not _is_text_codec(name):
        return None
    if utf8 is not None and not utf8.isascii() and (name != "gb18030" or _plausible_chinese(data) is None):
        # Well-formed UTF-8 beyond ASCII does not come about by chance.
        return None
    return _strict(data, name)


def _is_text_codec(name: str) -> bool:
    """Whether Python's codec of that name gives text; ``rot13`` or ``zlib`` do not."""
    try:
        return isinstance(b"".decode(name), str)
    except (LookupError, ValueError):
        return False


def _utf16_without_mark(data: bytes) -> str | None:
    """Read as UTF-16 where either byte order gives a text of Chinese and ASCII characters almost alone.

    Two bytes of anything are some character; what says that it is a text are everyday characters, or ends of lines.
    """
    for name in ("utf-16-le", "utf-16-be"):
        text = _strict(data[: len(data) // 2 * 2], name) if len(data) >= 4 else None
        if not text or "\0" in text or _share(_CHINESE, text[:20_000]) <= 0.97:
            continue
        if "\n" in text or _is_everyday(text):
            return text if len(data) % 2 == 0 else None
    return None


def _plausible_chinese(data: bytes) -> str | None:
    """Read as GB18030 where nearly all double bytes are in the everyday rows of GB 2312 (A1 to A3, B0 to D7)."""
    text = _strict(data, "gb18030")
    if text is None:
        return None
    return text if _HAN.search(text[:20_000]) and _is_everyday(text) else None


def _is_everyday(text: str) -> bool:
    """Whether nearly all characters beyond ASCII are in the everyday rows of GB 2312."""
    beyond = [character for character in text[:20_000] if character > "\x7f"]
    everyday = 0
    for character in beyond:
        code = character.encode("gb18030", "surrogatepass")
        if len(code) == 2 and code[1] >= 0xA1 and (0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7):
            everyday += 1
    return everyday >= 0.8 * len(beyond)


def _guessed(data: bytes) -> str | None:
    """Ask charset-normalizer, which weighs how much like a language each reading looks."""
    best = from_bytes(data[:_GUESS_BYTES]).best()
    text = _strict(data, best.encoding) if best is not None else None
    if text is None or _UNWANTED.search(text[:20_000]) or re.search(r"[\x80-\x9f\ufffd\ue000-\uf8ff]", text[:20_000]):
        return None
    return text


def _share(pattern: re.Pattern[str], text: str) -> float:
    """How many of the characters match, from 0 to 1."""
    return len(pattern.findall(text)) / len(text)


def _tidy(text: str) -> str:
    """LF line ends, no control characters, no stray byte order marks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    return _UNWANTED.sub("", text).replace("\ufeff", "")


def _empty() -> InputRefusedError:
    return InputRefusedError(
        N_("The file is empty."), advice=N_("Check that the file was saved or downloaded completely.")
    )


def _binary(data: bytes, advice: Message) -> InputRefusedError:
    return InputRefusedError(
        N_("This is not a text: it has zero bytes in it."),
        place=N_("line {n}", n=data.count(b"\n", 0, data.index(b"\0")) + 1),
        advice=advice,
    )


def _undecodable(data: bytes, offset: int) -> InputRefusedError:
    return InputRefusedError(
        N_("The file's character encoding cannot be told, or the file is damaged."),
        place=N_("line {n}", n=data.count(b"\n", 0, offset) + 1),
        advice=N_("Open it in the program it came from and save it as UTF-8 text."),
    )
