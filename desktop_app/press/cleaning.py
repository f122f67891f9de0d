"""Texts made fit to be set: what cannot be printed goes, and lines may break only where a reader expects it."""

import re
import unicodedata

from desktop_app.press.glyphs import missing_glyphs

# Left out: controls, byte order marks, and the marks that turn the direction of text, with which a printed page could
# be made to read otherwise than the signed text.
_DROPPED = re.compile("[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029\u0085\u000b\u000c]")
# A run that no line break can enter, such as a long code. Web addresses are the template's to break.
_UNBREAKABLE = re.compile(r"(?<![!-~])(?!https?://)[!-~]{25,}")
_PIECES = re.compile(r"[^/?&=._\-#@:,;]{1,18}[/?&=._\-#@:,;]*|[/?&=._\-#@:,;]+")
# A combining mark on a sign that the Latin face lacks: no face has both, and Typst 0.15 then leaves the sign out.
_MARKED_SIGN = re.compile(
    "(?<=[^\u0000-\u052f\u1ab0-\u1aff\u1dc0-\u1fff\u20d0-\u20ff])(?=[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff])"
)
ZERO_WIDTH_SPACE = "\u200b"
# What an English line does not end on: a number before its unit, a title before its name.
_TIED = re.compile(
    r"(?<=\d) (?=[°℃%‰]|[ap]\.m\.|[mb]illion\b)|(?<=\bProf\.) |(?<=\bDr\.) |(?<=\bM[rs]\.) |(?<=\bMrs\.) "
    r"|(?<=\bNo\.) (?=\d)|(?<=\bRMB) (?=\d)"
)
_NO_BREAK_SPACE = "\u00a0"


def clean(text: str) -> str:
    """Make a text fit to be set: NFC, one kind of line end, no controls, no space that no font has."""
    text = _LINE_END.sub("\n", _LONE_SURROGATE.sub("\ufffd", text)).replace("\t", " ")
    text = _MARKED_SIGN.sub(_NO_BREAK_SPACE, unicodedata.normalize("NFC", _DROPPED.sub("", text)))
    odd = {sign for sign in missing_glyphs(text) if unicodedata.category(sign) == "Zs"}
    for sign in odd:
        text = text.replace(sign, " ")
    return _UNBREAKABLE.sub(lambda run: ZERO_WIDTH_SPACE.join(_PIECES.findall(run[0])), text)


def tied(text: str) -> str:
    """Keep an English number with its unit and a title with its name."""
    return _TIED.sub(_NO_BREAK_SPACE, text)


def character_class(signs: set[str]) -> str:
    """A regular expression for Typst (Rust syntax) that matches any of ``signs``; empty for none."""
    if not signs:
        return ""
    return "[" + "".join(f"\\x{{{ord(sign):X}}}" for sign in sorted(signs)) + "]"
