"""The parts of the package beside the text (ECMA-376, part 2): types, relationships, styles, settings, properties."""

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from desktop_app.exchange.formats.review_docx.markup import part_bytes, put, put_field, put_paragraph, put_run, root
from desktop_app.exchange.formats.review_docx.terms import CUSTOM, RELATIONS, TYPES, VT, R
from desktop_app.exchange.xml import legal

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MAIN = f"{_WORDML}.document.main+xml"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip file can name; the same input gives the same bytes
_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_MAP_ITEM = "{7C1B6E52-9B0D-4C5B-8E0A-5D1E7A2B9C11}"
# Name, content type and relationship of the parts that the document itself points to.
DOCUMENT_PARTS = {
    "styles.xml": (f"{_WORDML}.styles+xml", f"{_OFFICE}/styles"),
    "settings.xml": (f"{_WORDML}.settings+xml", f"{_OFFICE}/settings"),
    "header1.xml": (f"{_WORDML}.header+xml", f"{_OFFICE}/header"),
    "footer1.xml": (f"{_WORDML}.footer+xml", f"{_OFFICE}/footer"),
    "comments.xml": (f"{_WORDML}.comments+xml", f"{_OFFICE}/comments"),
    "commentsExtended.xml": (
        f"{_WORDML}.commentsExtended+xml",
        "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
    ),
}
_REGIONS = {"zh-hans": "zh-CN", "zh": "zh-CN", "zh-hant": "zh-TW", "en": "en-US"}


def relationship(name: str) -> str:
    """The relationship id of a part of the document."""
    return f"rId{list(DOCUMENT_PARTS).index(name) + 1}"


def package(
    parts: Mapping[str, bytes], properties: Mapping[str, str], title: str, creator: str, review_map: bytes
) -> bytes:
    """Put the document's parts (``document.xml`` and some of ``DOCUMENT_PARTS``) together to a file."""
    present = {name: kind for name, kind in DOCUMENT_PARTS.items() if name in parts}
    links = [(relationship(name), kind, name) for name, (_, kind) in present.items()]
    links.append(("rId90", f"{_OFFICE}/customXml", "../customXml/item1.xml"))
    files = {
        "[Content_Types].xml": _types(present),
        "_rels/.rels": _relations(
            [
                ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
                (
                    "rId2",
                    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                    "docProps/core.xml",
                ),
                ("rId3", f"{_OFFICE}/custom-properties", "docProps/custom.xml"),
            ]
        ),
        "docProps/core.xml": _core(title, creator),
        "docProps/custom.xml": _custom(properties),
        "customXml/item1.xml": review_map,
        "customXml/itemProps1.xml": _map_properties(),
        "customXml/_rels/item1.xml.rels": _relations([("rId1", f"{_OFFICE}/customXmlProps", "itemProps1.xml")]),
        "word/_rels/document.xml.rels": _relations(links),
        **{f"word/{name}": data for name, data in parts.items()},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else the bytes would tell the operating system
            archive.writestr(entry, data)
    return made.getvalue()


def _types(present: Mapping[str, tuple[str, str]]) -> bytes:
    types = etree.Element(f"{{{TYPES}}}Types", nsmap={None: TYPES})  # type: ignore[dict-item] # None: no prefix
    for ending, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        etree.SubElement(types, f"{{{TYPES}}}Default", Extension=ending, ContentType=kind)
    named = {
        "/word/document.xml": _MAIN,
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        "/customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        **{f"/word/{name}": kind for name, (kind, _) in present.items()},
    }
    for name, kind in named.items():
        etree.SubElement(types, f"{{{TYPES}}}Override", PartName=name, ContentType=kind)
    return part_bytes(types)


def _relations(links: list[tuple[str, str, str]]) -> bytes:
    made = etree.Element(f"{{{RELATIONS}}}Relationships", nsmap={None: RELATIONS})  # type: ignore[dict-item]
    for identity, kind, target in links:
        etree.SubElement(made, f"{{{RELATIONS}}}Relationship", Id=identity, Type=kind, Target=target)
    return part_bytes(made)


def _core(title: str, creator: str) -> bytes:
    made = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DC})
    etree.SubElement(made, f"{{{_DC}}}title").text = legal(title)
    etree.SubElement(made, f"{{{_DC}}}creator").text = legal(creator)
    return part_bytes(made)


def _custom(properties: Mapping[str, str]) -> bytes:
    made = etree.Element(f"{{{CUSTOM}}}Properties", nsmap={None: CUSTOM, "vt": VT})  # type: ignore[dict-item]
    for number, (name, value) in enumerate(properties.items(), 2):  # the format has the first number at 2
        held = etree.SubElement(made, f"{{{CUSTOM}}}property", fmtid=_PROPERTY_SET, pid=str(number), name=name)
        etree.SubElement(held, f"{{{VT}}}lpwstr").text = legal(value)
    return part_bytes(made)


def _map_properties() -> bytes:
    made = etree.Element(f"{{{_STORE}}}datastoreItem", nsmap={"ds": _STORE})
    made.set(f"{{{_STORE}}}itemID", _MAP_ITEM)
    etree.SubElement(made, f"{{{_STORE}}}schemaRefs")
    return part_bytes(made)


def settings() -> bytes:
    """The settings: change tracking is on from the first keystroke."""
    made = root("settings")
    put(made, "zoom", percent=100)
    put(made, "trackRevisions")
    put(made, "defaultTabStop", val=420)
    put(made, "characterSpacingControl", val="compressPunctuation")
    compat = put(made, "compat")
    put(compat, "compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)
    return part_bytes(made)


def header(first: str, second: str) -> bytes:
    """The header of every page, in two lines."""
    made = root("hdr")
    put_paragraph(made, "Header", first)
    put_paragraph(made, "HeaderFacts", second)
    return part_bytes(made)


def footer(text: str) -> bytes:
    """The footer of every page, with its number and how many there are."""
    made = root("ftr")
    line = put_paragraph(made, "Footer", f"{text} · " if text else "")
    put_field(line, "PAGE")
    put_run(line, " / ")
    put_field(line, "NUMPAGES")
    return part_bytes(made)


def language_tag(tag: str) -> str:
    """The tag by which office programs know a language; they want a region."""
    return _REGIONS.get(tag.lower(), tag)


# Name, what people see, size in half points, bold, colour, space after in twentieths of a point.
_PARAGRAPHS = (
    ("Title", "Title", 32, True, "", 40),
    ("Subtitle", "Subtitle", 26, False, "", 120),
    ("Facts", "Review facts", 18, False, "595959", 40),
    ("Mark", "Review mark", 20, True, "9C2B1B", 60),
    ("Header", "header", 18, True, "404040", 0),
    ("HeaderFacts", "Review header facts", 14, False, "595959", 120),
    ("Footer", "footer", 16, False, "595959", 0),
    ("RowNumber", "Review number", 18, False, "595959", 0),
    ("RowKind", "Review kind", 14, False, "595959", 0),
    ("SourceText", "Review source", 21, False, "262626", 0),
    ("TargetText", "Review target", 22, False, "", 0),
    ("SourceHeading", "Review source heading", 21, True, "262626", 0),
    ("TargetHeading", "Review target heading", 22, True, "", 0),
    ("CommentText", "annotation text", 20, False, "", 0),
)


def styles(source: str, target: str) -> bytes:
    """The styles, with a face for each script and the languages for the spelling checker."""
    made = root("styles")
    defaults = put(made, "docDefaults")
    run = put(put(defaults, "rPrDefault"), "rPr")
    put(run, "rFonts", ascii="Calibri", hAnsi="Calibri", eastAsia="SimSun", cs="Calibri")
    put(run, "sz", val=21)
    put(run, "szCs", val=21)
    put(run, "lang", val=language_tag(target), eastAsia=language_tag(source), bidi="ar-SA")
    paragraph = put(put(defaults, "pPrDefault"), "pPr")
    put(paragraph, "spacing", after=0, line=269, lineRule="auto")
    normal = put(made, "style", type="paragraph", default=1, styleId="Normal")
    put(normal, "name", val="Normal")
    put(normal, "qFormat")
    for name, title, size, strong, colour, after in _PARAGRAPHS:
        _paragraph_style(made, name, title, size, strong=strong, colour=colour, after=after)
    mark = put(made, "style", type="character", styleId="CommentReference")
    put(mark, "name", val="annotation reference")
    put(put(mark, "rPr"), "sz", val=16)
    _table_style(made)
    return part_bytes(made)


def _paragraph_style(
    parent: etree._Element, name: str, title: str, size: int, *, strong: bool, colour: str, after: int
) -> None:
    style = put(parent, "style", type="paragraph", styleId=name)
    put(style, "name", val=title)
    put(style, "basedOn", val="Normal")
    put(put(style, "pPr"), "spacing", after=after)
    run = put(style, "rPr")
    if name.startswith("Source"):  # quotation marks and dashes of the Chinese text are wide
        put(run, "rFonts", hint="eastAsia")
    if strong:
        put(run, "b")
    if colour:
        put(run, "color", val=colour)
    put(run, "sz", val=size)
    put(run, "szCs", val=size)


def _table_style(parent: etree._Element) -> None:
    style = put(parent, "style", type="table", default=1, styleId="TableNormal")
    put(style, "name", val="Normal Table")
    table = put(style, "tblPr")
    put(table, "tblInd", w=0, type="dxa")


def header_reference(section: etree._Element, tag: str, name: str) -> None:
    """Point from a section to its header or footer."""
    put(section, tag, type="default").set(f"{{{R}}}id", relationship(name))
