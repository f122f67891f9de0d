"""Read XMP packets and merge our fields into them (ISO 16684-1; IPTC Photo Metadata Standard 2024.1).

A packet is hostile input: no entities, no DTD, no network, and a size limit. Whatever is not ours stays in it.
"""

from lxml import etree

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XMPMETA = "adobe:ns:meta/"
DC = "http://purl.org/dc/elements/1.1/"
PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
IPTC_CORE = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
IPTC_EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
XMP = "http://ns.adobe.com/xap/1.0/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_PREFIXES = {
    "dc": DC,
    "photoshop": PHOTOSHOP,
    "Iptc4xmpCore": IPTC_CORE,
    "Iptc4xmpExt": IPTC_EXT,
}

MAX_PACKET = 4 * 1024 * 1024


class XmpPacket:
    """One packet, read or to be written. A property is named as lxml does: ``{namespace}local``."""

    def __init__(self, rdf: etree._Element) -> None:
        """Take the ``rdf:RDF`` element of the packet."""
        self._rdf = rdf

    @classmethod
    def empty(cls) -> "XmpPacket":
        """Return a packet without properties."""
        meta = etree.Element(f"{{{XMPMETA}}}xmpmeta", nsmap={"x": XMPMETA})
        return cls(etree.SubElement(meta, f"{{{RDF}}}RDF", nsmap={"rdf": RDF}))

    @classmethod
    def parse(cls, packet: str) -> "XmpPacket":
        """Read a packet as it stands in a file, with or without its ``<?xpacket?>`` wrapper.

        Raises:
            ValueError: it is too large, not well-formed, carries a DTD, or holds no ``rdf:RDF``.
        """
        raw = packet.strip("\0 \t\r\n\ufeff").encode("utf-8", "replace")
        if len(raw) > MAX_PACKET:
            raise ValueError("the XMP packet is too large")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(raw, parser)
        except etree.XMLSyntaxError as error:
            raise ValueError(f"the XMP packet is not well-formed: {error}") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise ValueError("the XMP packet carries a document type")
        rdf = root if root.tag == f"{{{RDF}}}RDF" else root.find(f".//{{{RDF}}}RDF")
        if rdf is None:
            raise ValueError("the XMP packet holds no RDF")
        return cls(rdf)

    def alternatives(self, name: str) -> dict[str, str]:
        """Return the texts of a language alternative by lower-case language tag, in the file's order.

        A property that is no alternative answers under ``x-default``.
        """
        found: dict[str, str] = {}
        for node in self._elements(name):
            items = node.findall(f"{{{RDF}}}Alt/{{{RDF}}}li")
            for item in items:
                found.setdefault(str(item.get(_XML_LANG, "x-default")).lower(), _text(item))
            if not items:
                for text in _values(node):
                    found.setdefault("x-default", text)
        for text in self._attributes(name):
            found.setdefault("x-default", text)
        return {language: text for language, text in found.items() if text}

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the items of a list, or the one value of a simple property; empty ones are left out."""
        found = [text for node in self._elements(name) for text in _values(node)]
        found.extend(self._attributes(name))
        return tuple(dict.fromkeys(text for text in found if text))

    def set_alternatives(self, name: str, texts: dict[str, str]) -> None:
        """Replace a property by an ``rdf:Alt`` of ``texts`` (tag to text, in order); none removes nothing."""
        if texts:
            container = etree.SubElement(self._replaced(name), f"{{{RDF}}}Alt")
            for language, text in texts.items():
                item = etree.SubElement(container, f"{{{RDF}}}li")
                item.set(_XML_LANG, language)
                item.text = text

    def set_list(self, name: str, container: str, texts: tuple[str, ...]) -> None:
        """Replace a property by a list; ``container`` is ``Bag`` or ``Seq``; no texts leave the property alone."""
        if texts:
            items = etree.SubElement(self._replaced(name), f"{{{RDF}}}{container}")
            for text in texts:
                etree.SubElement(items, f"{{{RDF}}}li").text = text

    def set_text(self, name: str, text: str) -> None:
        """Replace a simple property; an empty text leaves it alone."""
        if text:
            self._replaced(name).text = text

    def serialize(self) -> str:
        """Write the packet in its wrapper (ISO 16684-1, 7.3), without padding."""
        root = self._rdf.getroottree().getroot()
        body = etree.tostring(root, encoding="unicode")
        return '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n' + body + '\n<?xpacket end="w"?>'

    def _descriptions(self) -> list[etree._Element]:
        return self._rdf.findall(f"{{{RDF}}}Description")

    def _elements(self, name: str) -> list[etree._Element]:
        return [node for description in self._descriptions() for node in description.findall(name)]

    def _attributes(self, name: str) -> list[str]:
        values = (description.get(name) for description in self._descriptions())
        return [str(value).strip() for value in values if value is not None]

    def _replaced(self, name: str) -> etree._Element:
        """Remove a property wherever it stands, and return its new empty element."""
        for description in self._descriptions():
            if name in description.attrib:
                del description.attrib[name]
            for node in description.findall(name):
                description.remove(node)
        descriptions = self._descriptions()
        if descriptions:
            home = descriptions[0]
        else:
            home = etree.SubElement(self._rdf, f"{{{RDF}}}Description")
            home.set(f"{{{RDF}}}about", "")
        namespace = etree.QName(name).namespace
        prefixes = {prefix: uri for prefix, uri in _PREFIXES.items() if uri == namespace}
        return etree.SubElement(home, name, nsmap=prefixes)


def _values(node: etree._Element) -> list[str]:
    items = [item for container in ("Bag", "Seq", "Alt") for item in node.findall(f"{{{RDF}}}{container}/{{{RDF}}}li")]
    if items:
        return [_text(item) for item in items]
    return [] if len(node) else [_text(node)]


def _text(node: etree._Element) -> str:
    return (node.text or "").strip()
