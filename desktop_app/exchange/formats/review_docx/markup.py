"""The small pieces of WordprocessingML (ECMA-376, part 1, chapter 17) that the document is put together from."""

import re

from lxml import etree

from desktop_app.exchange.formats.review_docx.terms import STRICT, R, W
from desktop_app.exchange.xml import XML_SPACE, legal

_PARTS = re.compile(r"[\t\n]|[^\t\n]+")
_NAMESPACES = {"w": W, "r": R}


def root(tag: str, namespaces: dict[str, str] | None = None) -> etree._Element:
    """Make the root of a part with the prefixes that Word uses."""
    return etree.Element(f"{{{W}}}{tag}", nsmap={**_NAMESPACES, **(namespaces or {})})


def put(parent: etree._Element, tag: str, **attributes: str | int) -> etree._Element:
    """Append an element with attributes of the same vocabulary."""
    made = etree.SubElement(parent, f"{{{W}}}{tag}")
    for name, value in attributes.items():
        made.set(f"{{{W}}}{name}", legal(value) if isinstance(value, str) else str(value))
    return made


def put_run(parent: etree._Element, text: str, *, style: str = "", gone: bool = False) -> etree._Element:
    """Append a run of text, in which tabs and line breaks are elements; ``gone`` is the text of a deletion."""
    run = put(parent, "r")
    if style:
        put(put(run, "rPr"), "rStyle", val=style)
    for piece in _PARTS.findall(text):
        if piece == "\t":
            put(run, "tab")
        elif piece == "\n":
            put(run, "br")
        else:
            words = put(run, "delText" if gone else "t")
            words.text = legal(piece)
            words.set(XML_SPACE, "preserve")
    return run


def put_paragraph(parent: etree._Element, style: str, text: str = "") -> etree._Element:
    """Append a paragraph of one style."""
    made = put(parent, "p")
    put(put(made, "pPr"), "pStyle", val=style)
    if text:
        put_run(made, text)
    return made


def put_field(parent: etree._Element, instruction: str) -> None:
    """Append a field whose value an editor works out (``PAGE``)."""
    for kind in ("begin", "", "separate", "1", "end"):
        run = put(parent, "r")
        if kind == "1":
            put(run, "t").text = "1"
        elif kind:
            put(run, "fldChar", fldCharType=kind)
        else:
            put(run, "instrText").text = f" {instruction} "
            run[0].set(XML_SPACE, "preserve")


def part_bytes(element: etree._Element) -> bytes:
    """Write a part; nothing is indented, because white space counts."""
    return etree.tostring(element, encoding="UTF-8", xml_declaration=True, standalone=True)


def word_name(element: etree._Element) -> str:
    """The name of a WordprocessingML element of a foreign file in either of its namespaces, else ``{…}name``."""
    tag = str(element.tag)
    for namespace in (W, STRICT):
        if tag.startswith(f"{{{namespace}}}"):
            return tag[len(namespace) + 2 :]
    return tag


def word_value(element: etree._Element | None, name: str = "val") -> str:
    """An attribute of a WordprocessingML element, empty where it has none."""
    if element is None:
        return ""
    found = element.get(f"{{{W}}}{name}")
    return found if found is not None else element.get(f"{{{STRICT}}}{name}") or ""


def child(element: etree._Element, *names: str) -> etree._Element | None:
    """The first descendant on a path of WordprocessingML names."""
    here: etree._Element | None = element
    for name in names:
        here = next((one for one in here if word_name(one) == name), None) if here is not None else None
    return here
