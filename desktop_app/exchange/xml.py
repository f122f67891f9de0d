"""XML in and out: one safe parser for foreign files, and elements that any text can be put into.

A file is decoded here and handed to the parser as UTF-8, so that no rare encoding can hide a document type
declaration from the look that is taken before parsing.
"""

import codecs
import logging
import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from desktop_app.exchange.limits import MAX_DEPTH, MAX_ELEMENTS, MEBIBYTE, check_size
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message

_log = logging.getLogger(__name__)

MAX_XML_BYTES = 50 * MEBIBYTE
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
XML_LANG = f"{{{XML_NAMESPACE}}}lang"
XML_SPACE = f"{{{XML_NAMESPACE}}}space"
REPLACEMENT = "\ufffd"

# What is not a Char of XML 1.0 (Fifth Edition), section 2.2.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_NMTOKEN = re.compile(r"[^A-Za-z0-9._-]+")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# XML 1.0, appendix F.1: how a file without a mark begins.
_OPENINGS = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_DECLARATION = re.compile(r"<\?xml\s[^>]*?\?>")
_CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    # These were readable as ASCII, so the word is untrue; the decoder proves or refutes UTF-8.
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "iso-8859-1",
    "iso-8859-15": "iso-8859-15",
    "windows-1252": "cp1252",
    "windows-1250": "cp1250",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
}
# The text is decoded already; the parser's own encoding overrules what the declaration still says.
_SAFE: dict[str, Any] = {
    "encoding": "utf-8",
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*+(?P<end>.?)", re.DOTALL)


def parse(data: bytes, *, name: str = "", limit: int = MAX_XML_BYTES) -> etree._Element:
    """Return the root of a foreign XML file called ``name``; comments and processing instructions are left out.

    Nothing is fetched and no entity is expanded: a declaration of entities is refused before the parser sees it. A
    plain reference to an external DTD is passed over, because TMX 1.4 files carry one.

    Raises:
        InputRefusedError: the file is empty, larger than ``limit`` bytes, badly encoded, too deep, too rich in
            elements, not well-formed, or it brings entities of its own.
    """
    try:
        check_size(len(data), limit)
        text = _decoded(data)
        check_doctype(text)
        _check_richness(text)
        return _parsed(text)
    except InputRefusedError as error:
        error.subject = error.subject or name
        raise


def refused(reason: Message, element: etree._Element | None = None, *, name: str = "") -> InputRefusedError:
    """Make the refusal of a well-formed file for what stands at ``element``."""
    place = N_("line {n}", n=element.sourceline) if element is not None and element.sourceline else ""
    return InputRefusedError(reason, subject=name, place=place)


def line_of(element: etree._Element) -> int:
    """The line on which an element of a foreign file begins."""
    # lxml-stubs 0.5.1 have an ellipsis for its type.
    line: object = element.sourceline
    return line if isinstance(line, int) else 1


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(element).localname


def namespace(element: etree._Element) -> str:
    """The element's namespace, empty where it has none."""
    return etree.QName(element).namespace or ""


def legal(text: str) -> str:
    """Return ``text`` with every character that XML 1.0 cannot carry (controls, lone surrogates) shown as U+FFFD."""
    replaced, count = _ILLEGAL.subn(REPLACEMENT, text)
    if count:
        _log.info("%d characters that XML cannot carry were replaced by U+FFFD", count)
    return replaced


def token(text: str) -> str:
    """Make an ASCII NMTOKEN of ``text``: other characters become hyphens; never empty."""
    return _NOT_NMTOKEN.sub("-", text).strip("-") or "x"


def add(
    parent: etree._Element, tag: str, attributes: Mapping[str, str | None] | None = None, text: str = ""
) -> etree._Element:
    """Append an element in the namespace of ``parent``; attributes that are None are left out, any text is allowed."""
    element = etree.SubElement(parent, etree.QName(etree.QName(parent).namespace, tag))
    for key, value in (attributes or {}).items():
        if value is not None:
            element.set(key, legal(value))
    if text:
        element.text = legal(text)
    return element


def root(tag: str, of_namespace: str, attributes: Mapping[str, str]) -> etree._Element:
    """Make a document's root in a namespace that its elements need no prefix for."""
    # lxml-stubs 0.5.1 do not know that None names the default namespace.
    element = etree.Element(etree.QName(of_namespace, tag), nsmap={None: of_namespace})  # type: ignore[dict-item]
    for key, value in attributes.items():
        element.set(key, legal(value))
    return element


def serialize(element: etree._Element) -> bytes:
    """Write a document as UTF-8 with its declaration, indented where that adds nothing to a text."""
    _indent(element, "\n")
    return etree.tostring(element, encoding="UTF-8", xml_declaration=True) + b"\n"


def _indent(element: etree._Element, margin: str) -> None:
    children = list(element)
    mixed = bool(element.text) or any(child.tail for child in children)
    if not children or mixed or (element.get(XML_SPACE) == "preserve" and element.text):
        return
    element.text = margin + " "
    for child in children:
        child.tail = margin + " "
        _indent(child, margin + " ")
    children[-1].tail = margin


def codec_of(data: bytes) -> tuple[str, int]:
    """Tell the encoding of a file by its first bytes: the codec's name, and how long its byte order mark is.

    By byte order mark, by how the file begins, by its declaration, else UTF-8.

    Raises:
        InputRefusedError: the declared encoding is none that we read.
    """
    codec, start = "utf-8", 0
    declared = _DECLARED.match(data[:1024])
    for mark, mark_codec in _BOMS:
        if data.startswith(mark):
            codec, start, declared = mark_codec, len(mark), None
            break
    else:
        codec = next((name for opening, name in _OPENINGS if data.startswith(opening)), codec)
    if declared is not None:
        stated = declared[1].decode("ascii")
        if stated.lower() not in _CODECS:
            raise InputRefusedError(
                N_("The character encoding {encoding} is not read.", encoding=stated),
                place=N_("line {n}", n=1),
                advice=N_("Open it in the program it came from and save it as UTF-8."),
            )
        codec = _CODECS[stated.lower()]
    return codec, start


def _decoded(data: bytes) -> str:
    codec, start = codec_of(data)
    body = data[start:]
    try:
        text = body.decode(codec)
    except UnicodeDecodeError as error:
        raise misencoded(body[: error.start].decode(codec, "ignore").count("\n") + 1) from error
    if not text.strip(" \t\r\n\ufeff\0"):
        raise empty()
    return text


def misencoded(line: int) -> InputRefusedError:
    """Make the refusal of bytes at ``line`` that the file's encoding does not have."""
    return InputRefusedError(
        N_("The file's character encoding is not the one it states, or the file is damaged."),
        place=N_("line {n}", n=line),
        advice=N_("Open it in the program it came from and save it as UTF-8."),
    )


def empty() -> InputRefusedError:
    """Make the refusal of a file with nothing in it."""
    return InputRefusedError(
        N_("The file is empty."), advice=N_("Check that the file was saved or downloaded completely.")
    )


def check_doctype(text: str) -> None:
    """Refuse a document type declaration that has an internal part, where entities are declared.

    Raises:
        InputRefusedError: ``text``, which is a document or its beginning, has one.
    """
    at = _doctype_at(text)
    found = _DOCTYPE.match(text, at) if at >= 0 else None
    if found is not None and found["end"] != ">":
        raise own_entities(text.count("\n", 0, at) + 1)


def own_entities(line: int) -> InputRefusedError:
    """Make the refusal of a document that declares entities, in the declaration at ``line``."""
    return InputRefusedError(
        N_("The file declares entities of its own, which could read other files or fill the memory."),
        place=N_("line {n}", n=line),
        advice=N_("Ask for the file without its DOCTYPE part."),
    )


def _doctype_at(text: str) -> int:
    """Where the declaration stands before the root element, or -1."""
    at = 1 if text.startswith("\ufeff") else 0
    while True:
        while at < len(text) and text[at] in " \t\r\n":
            at += 1
        if text.startswith("<!--", at):
            at = text.find("-->", at)
        elif text.startswith("<?", at):
            at = text.find("?>", at)
        else:
            return at if text.startswith("<!DOCTYPE", at) else -1
        if at < 0:
            return -1
        at = text.index(">", at) + 1


def _check_richness(text: str) -> None:
    """Refuse before a tree is built what would fill the memory: an element needs a ``<``, an attribute a ``=``."""
    if text.count("<") > 2 * MAX_ELEMENTS or text.count("=") > 4 * MAX_ELEMENTS:
        raise InputRefusedError(
            N_("The file has more than {limit} elements.", limit=MAX_ELEMENTS),
            advice=N_("Split the file, and try again with the parts."),
        )


def _parsed(text: str) -> etree._Element:
    try:
        found = etree.fromstring(text.lstrip("\ufeff").encode("utf-8"), etree.XMLParser(**_SAFE))
    except etree.XMLSyntaxError as error:
        raise malformed(error) from error
    for entity in found.iter(etree.Entity):
        raise unexplained_entity(line_of(entity))
    _check_depth(found)
    return found


def pull_parser(*tags: str) -> etree.XMLPullParser:
    """Make the same safe parser for a document that comes in pieces of UTF-8; it tells the ends of ``tags``.

    What ``parse`` looks at in the whole text is left to the caller: the document type, and how much a piece may hold.
    """
    return etree.XMLPullParser(events=("end",), tag=tags, **_SAFE)


def malformed(error: etree.XMLSyntaxError, line: int = 1) -> InputRefusedError:
    """Make the refusal of what the parser did not take, at ``line`` where it does not say."""
    return InputRefusedError(
        N_("The file is not well-formed XML ({detail}).", detail=re.sub(r", line \d+.*", "", error.msg or "?")),
        place=N_("line {n}", n=error.lineno or line),
        advice=N_("Check that the file was saved or downloaded completely."),
    )


def unexplained_entity(line: int) -> InputRefusedError:
    """Make the refusal of a reference to an entity that no one declared."""
    return InputRefusedError(
        N_("The file uses an entity that it does not explain."),
        place=N_("line {n}", n=line),
        advice=N_("Ask for the file with plain characters instead."),
    )


def _check_depth(found: etree._Element) -> None:
    depth = 0
    for event, element in etree.iterwalk(found, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise refused(N_("The file's elements are nested more than {limit} deep.", limit=MAX_DEPTH), element)
