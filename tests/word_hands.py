"""The hands of a person in Word: what they do to a review document, done to its bytes."""

import io
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from desktop_app.exchange.formats.review_docx.terms import code_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = {"w": W}
DOCUMENT = "word/document.xml"


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


Act = Callable[[etree._Element], None]


def edited(data: bytes, act: Act, part: str = DOCUMENT) -> bytes:
    """The document as an editor leaves it that did ``act`` to a part."""
    parts = parts_of(data)
    root = etree.fromstring(parts[part])
    act(root)
    return packed({**parts, part: etree.tostring(root, encoding="UTF-8", xml_declaration=True)})


def without(data: bytes, *names: str) -> bytes:
    """The document without parts, as editors leave out what they do not know."""
    parts = {name: part for name, part in parts_of(data).items() if not name.startswith(names)}
    return packed(parts)


def rows(root: etree._Element) -> list[etree._Element]:
    return root.findall(".//w:tr", NS)


def row_of(root: etree._Element, segment: str) -> etree._Element:
    """The row of a segment's target, or of a picture's caption."""
    for row in rows(root):
        names = [mark.get(w("name"), "") for mark in row.iter(w("bookmarkStart"))]
        if any(re.fullmatch(f"_d[nst][tc]{code_of(segment)}", name) for name in names):
            return row
    raise LookupError(segment)


def target_of(root: etree._Element, segment: str) -> etree._Element:
    """The paragraph of the translation."""
    return row_of(root, segment).findall("w:tc", NS)[2].find("w:p", NS)


def run(text: str, tag: str = "t") -> etree._Element:
    made = etree.Element(w("r"))
    words = etree.SubElement(made, w(tag))
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def tracked(kind: str, text: str, author: str = "ZHAO Min", at: str = "2024-03-14T09:00:00Z") -> etree._Element:
    made = etree.Element(w(kind), {w("id"): "9000", w("author"): author, w("date"): at})
    made.append(run(text, "delText" if kind in {"del", "moveFrom"} else "t"))
    return made


def say(paragraph: etree._Element, *pieces: etree._Element) -> None:
    """Put other pieces into a paragraph between its bookmark's ends."""
    for old in paragraph.findall("w:r", NS) + paragraph.findall("w:ins", NS) + paragraph.findall("w:del", NS):
        paragraph.remove(old)
    at = paragraph.index(paragraph.find("w:bookmarkStart", NS)) + 1
    paragraph[at:at] = pieces


def saying(segment: str, *pieces: etree._Element) -> Act:
    return lambda root: say(target_of(root, segment), *deepcopy(pieces))
