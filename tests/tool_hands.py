"""How translation tools write an XLIFF file back: their habits, done to the bytes of a file of ours.

Lokalize, OmegaT and the Translate Toolkit are also run themselves where they are installed (``real_tools``); what is
here follows what they write, and what Poedit (its ``catalog_xliff.cpp``) and commercial tools are known to write.
"""

from collections.abc import Callable, Mapping

from lxml import etree

X = "urn:oasis:names:tc:xliff:document:1.2"
OLD = "urn:oasis:names:tc:xliff:document:1.1"
NS = {"x": X}
Habit = Callable[[bytes, Mapping[str, str]], bytes]
"""Gets a file and new translations by the source, and gives the file as the tool saves it."""


def _units(root: etree._Element, new: Mapping[str, str]) -> list[tuple[etree._Element, etree._Element, str]]:
    found = []
    for unit in root.iter(f"{{{X}}}trans-unit"):
        source = unit.findtext("x:source", namespaces=NS) or ""
        if source in new:
            found.append((unit, unit.find("x:target", NS), new[source]))
    return found


def omegat(data: bytes, new: Mapping[str, str]) -> bytes:
    """Texts are replaced in place; another declaration, no line end at the end, states as they were."""
    root = etree.fromstring(data)
    for _, target, text in _units(root, new):
        target.text = text
    return b'<?xml version="1.0"?>\n' + etree.tostring(root, encoding="unicode").encode()


def lokalize(data: bytes, new: Mapping[str, str]) -> bytes:
    """Attributes in another order, a phase of its own, the state as it was, and notes without an author."""
    root = etree.fromstring(data)
    header = root.find(".//x:header", NS)
    group = header.find("x:phase-group", NS)
    if group is None:
        group = etree.Element(f"{{{X}}}phase-group")
        header.insert(0, group)
    etree.SubElement(
        group, f"{{{X}}}phase", {"phase-name": "translation-1", "process-name": "translation", "date": "2024-03-14",
                                 "tool-id": "lokalize-22.12.3", "contact-name": "Wang Min"}
    )  # fmt: skip
    etree.SubElement(header, f"{{{X}}}tool", {"tool-id": "lokalize-22.12.3", "tool-name": "Lokalize"})
    for unit, target, text in _units(root, new):
        target.text = text
        target.set("phase-name", "translation-1")
        note = etree.Element(f"{{{X}}}note", {"priority": "5"})
        note.text = f"Changed: {text}"
        unit.append(note)
    for element in root.iter(etree.Element):
        turned = list(reversed(element.attrib.items()))
        element.attrib.clear()
        element.attrib.update(turned)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def poedit(data: bytes, new: Mapping[str, str]) -> bytes:
    """Only what was edited is touched: the state says translated, a qualifier goes."""
    root = etree.fromstring(data)
    for _, target, text in _units(root, new):
        target.text = text
        target.attrib.pop("state-qualifier", None)
        target.set("state", "translated")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def toolkit(data: bytes, new: Mapping[str, str]) -> bytes:
    """By way of PO: XLIFF 1.1, ids that are numbers, one unit for what is the same, and nothing of the header."""
    root = etree.fromstring(data)
    made = etree.Element(f"{{{OLD}}}xliff", {"version": "1.1"}, nsmap={None: OLD})
    file = etree.SubElement(made, f"{{{OLD}}}file", {"original": "a.po", "source-language": "en-US"})
    body = etree.SubElement(file, f"{{{OLD}}}body")
    head = etree.SubElement(body, f"{{{OLD}}}trans-unit", {"id": "1", "restype": "x-gettext-domain-header"})
    etree.SubElement(head, f"{{{OLD}}}source").text = "Project-Id-Version: PACKAGE VERSION\n"
    seen = set[str]()
    for unit in root.iter(f"{{{X}}}trans-unit"):
        source = unit.findtext("x:source", namespaces=NS) or ""
        if source in seen:
            continue
        seen.add(source)
        text = new.get(source, unit.findtext("x:target", namespaces=NS) or "")
        own = etree.SubElement(body, f"{{{OLD}}}trans-unit", {"id": str(len(seen) + 1), "approved": "yes"})
        etree.SubElement(own, f"{{{OLD}}}source").text = source
        etree.SubElement(own, f"{{{OLD}}}target", {"state": "translated"}).text = text
    return etree.tostring(made, encoding="UTF-8", xml_declaration=True)


def commercial(data: bytes, new: Mapping[str, str]) -> bytes:
    """Segments in marks, attributes of its own, matches beside the text, another order, notes and phases gone."""
    root = etree.fromstring(data)
    mq = "MQXliff"
    for gone in [*root.findall(".//x:note", NS), *root.findall(".//x:phase-group", NS)]:
        gone.getparent().remove(gone)
    for unit in root.iter(f"{{{X}}}trans-unit"):
        source, target = unit.find("x:source", NS), unit.find("x:target", NS)
        changed = source.text in new
        seg = etree.Element(f"{{{X}}}seg-source")
        source.addnext(seg)
        for holder, text in ((seg, source.text), (target, new.get(source.text or "", target.text))):
            holder.text = None
            mark = etree.SubElement(holder, f"{{{X}}}mrk", {"mtype": "seg", "mid": "1"})
            code = etree.SubElement(mark, f"{{{X}}}g", {"id": "1"})
            code.text, code.tail = (text or "")[:3], (text or "")[3:]
        unit.set(f"{{{mq}}}status", "ManuallyConfirmed" if changed else "NotStarted")
        if changed:
            target.set("state", "final")
            unit.set("approved", "yes")
        match = etree.SubElement(unit, f"{{{X}}}alt-trans", {"match-quality": "80%", "origin": "memory"})
        etree.SubElement(match, f"{{{X}}}source").text = source.text
        etree.SubElement(match, f"{{{X}}}target").text = "A match of the memory."
    for group in root.iter(f"{{{X}}}group"):
        group[:] = reversed(group)
    body = root.find(".//x:body", NS)
    body[:] = reversed(body)
    return etree.tostring(root, encoding="UTF-16", xml_declaration=True)


HABITS: dict[str, Habit] = {
    "OmegaT": omegat,
    "Lokalize": lokalize,
    "Poedit": poedit,
    "Translate Toolkit": toolkit,
    "commercial": commercial,
}
