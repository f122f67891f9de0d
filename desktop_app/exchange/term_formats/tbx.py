"""Terms as TBX-Basic: read in all the ways it is written, written as ISO 30042:2019 has it, style DCA.

Read are TBX version 3 in both styles, DCA (``termNote type="…"``) and DCT (``min:administrativeStatus``), and version 2
(``martif``, ISO 30042:2008), which most tools still write. A category that we have no use for is passed over; a file
whose structure is not that of TBX is refused.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from desktop_app.domain.story import Languages
from desktop_app.domain.terms import Term, TermKind, tidied
from desktop_app.exchange.term_formats.entries import StatedTerm, TermFile, check_count, stated
from desktop_app.exchange.xml import XML_LANG, add, local_name, parse, refused, root, serialize, token
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_ROOTS = {"tbx", "martif"}
_ENTRIES = {"conceptEntry", "termEntry"}
_LANGUAGES = {"langSec", "langSet"}
_TERMS = {"termSec", "tig", "ntig"}
_GROUPS = {"termGrp", "termNoteGrp", "descripGrp", "adminGrp"}
_PREFERRED, _ADMITTED, _DEPRECATED = "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"
_STATUS = ("administrativeStatus", "usageStatus", "normativeAuthorization")
_BAD = re.compile("deprecated|superseded|notRecommended|obsolete|forbidden", re.IGNORECASE)
_SHORT_TYPES = {"acronym", "abbreviation", "shortForm", "initialism", "abbreviatedForm"}
_TRADITIONAL = re.compile("hant|tw|hk|mo", re.IGNORECASE)
_KIND_FIELD = "subjectField"
_MARGIN = re.compile(r"[ \t]*\n[ \t]+")


@dataclass(frozen=True, slots=True)
class _Designation:
    """One term of one language, with what the file says of its use."""

    text: str
    status: str
    type: str

    @property
    def is_bad(self) -> bool:
        return _BAD.search(self.status) is not None

    @property
    def is_preferred(self) -> bool:
        return self.status.lower().startswith("preferred")

    @property
    def is_short(self) -> bool:
        return self.type in _SHORT_TYPES


class TbxFormat:
    """Reads and writes ``.tbx``."""

    id = "tbx"
    title = N_("TBX-Basic")
    suffixes = (".tbx", ".xml")

    def read(self, data: bytes, name: str, languages: Languages) -> TermFile:
        """Understand the bytes; see ``TermFormat.read``. Entries without one of the languages are counted."""
        try:
            return _file(parse(data, name=name), languages)
        except InputRefusedError as error:
            error.subject = error.subject or name
            raise

    def write(self, terms: Sequence[Term], languages: Languages) -> bytes:
        """Make the bytes; see ``TermFormat.write``."""
        document = root("tbx", NAMESPACE, {"type": "TBX-Basic", "style": "dca", XML_LANG: languages.target})
        description = add(add(add(document, "tbxHeader"), "fileDesc"), "sourceDesc")
        add(description, "p", text="Diptych")
        body = add(add(document, "text"), "body")
        for number, term in enumerate(terms, start=1):
            _entry(body, number, term, languages)
        if not terms:
            body.text = "\n"  # an element that is there and has nothing to say
        return serialize(document)


TBX = TbxFormat()


def _file(document: etree._Element, languages: Languages) -> TermFile:
    if local_name(document) not in _ROOTS:
        raise refused(N_("This is no TBX file: its first element is “{name}”.", name=local_name(document)), document)
    text = next((child for child in document if local_name(child) == "text"), None)
    body = next((child for child in text if local_name(child) == "body"), None) if text is not None else None
    if body is None:
        raise refused(N_("The TBX file has no “{name}” element.", name="body"), document)
    found: list[StatedTerm] = []
    entries = [child for child in body.iter() if local_name(child) in _ENTRIES]
    check_count(len(entries))
    incomplete = 0
    for entry in entries:
        terms = list(_terms(entry, languages))
        incomplete += not terms
        found += [StatedTerm(term, stated(term)) for term in terms]
    check_count(len(found))
    if entries and not found:
        raise InputRefusedError(
            N_("No entry of the file has both languages of this archive, {source} and {target}.",
               source=languages.source, target=languages.target),
            advice=N_("Choose a file in these languages, or open the archive that it is meant for."),
        )  # fmt: skip
    return TermFile(tuple(found), incomplete)


def _terms(entry: etree._Element, languages: Languages) -> Iterator[Term]:
    """The terms of an entry: one for each full source term, all with the same translations."""
    sections = [child for child in entry.iter() if local_name(child) in _LANGUAGES]
    if not sections:
        raise refused(N_("An entry has no language section."), entry)
    sources = _designations(sections, languages.source, all_variants=False)
    targets = _designations(sections, languages.target, all_variants=True)
    good = [one for one in targets if not one.is_bad]
    if not sources or not good:
        return
    approved = _best(good)
    short = next((one for one in good if one.is_short and one is not approved), None)
    full = [one for one in sources if not one.is_short] or sources[:1]
    full.sort(key=lambda one: not one.is_preferred)
    for number, one in enumerate(full):
        yield tidied(
            Term(
                "",
                one.text,
                approved.text,
                _kind(entry),
                tuple(form.text for form in sources if form.is_short and form is not one) if number == 0 else (),
                short.text if short else "",
                tuple(form.text for form in good if form is not approved and form is not short),
                tuple(form.text for form in targets if form.is_bad),
                _note(entry),
            )
        )


def _best(good: Sequence[_Designation]) -> _Designation:
    """The preferred designation, else the first full one, else the first."""
    preferred = [one for one in good if one.is_preferred]
    return next((one for one in (*preferred, *good) if not one.is_short), (preferred or list(good))[0])


def _designations(sections: Sequence[etree._Element], language: str, *, all_variants: bool) -> list[_Designation]:
    """The terms of a language. Of sections in several variants of it the nearest comes first, or alone."""
    primary = language.partition("-")[0].lower()
    ranked: list[tuple[int, int, etree._Element]] = []
    for number, section in enumerate(sections):
        tag = section.get(XML_LANG) or section.get("lang") or ""
        if not tag:
            raise refused(N_("A language section does not say its language."), section)
        if tag.replace("_", "-").partition("-")[0].lower() == primary:
            ranked.append((_distance(tag, language), number, section))
    ranked.sort(key=lambda one: one[:2])
    chosen = ranked if all_variants else ranked[:1]
    found = [_designation(term) for _, _, section in chosen for term in section.iter() if local_name(term) in _TERMS]
    return [one for one in found if one.text]


def _distance(tag: str, language: str) -> int:
    """How far a variant is from the wanted one: 0 the same, 1 the same script, 2 another."""
    tag = tag.replace("_", "-")
    if tag.lower() == language.lower():
        return 0
    rest, wanted = tag.partition("-")[2], language.partition("-")[2]
    return 1 if bool(_TRADITIONAL.search(rest)) == bool(_TRADITIONAL.search(wanted)) else 2


def _designation(section: etree._Element) -> _Designation:
    parts = list(_inside(section))
    terms = [part for part in parts if local_name(part) == "term"]
    if len(terms) != 1:
        raise refused(N_("A term section has {n} terms where it should have one.", n=len(terms)), section)
    facts = {_category(part): _text(part).strip() for part in reversed(parts) if _category(part)}
    status = next((facts[name] for name in _STATUS if name in facts), "")
    return _Designation(" ".join(_text(terms[0]).split()), status, facts.get("termType", ""))


def _inside(section: etree._Element) -> Iterator[etree._Element]:
    """The elements of a section, those of its groups in place of the groups."""
    for child in section:
        if local_name(child) in _GROUPS:
            yield from _inside(child)
        else:
            yield child


def _category(element: etree._Element) -> str:
    """The data category: the ``type`` of a DCA element, or the name of a DCT one."""
    stated_type = element.get("type")
    if stated_type is not None:
        return stated_type
    name = local_name(element)
    return name if name not in {"term", "note", "date", "p"} else ""


def _text(element: etree._Element) -> str:
    """All text of an element, that of marks inside it included."""
    return "".join(map(str, element.itertext()))


def _kind(entry: etree._Element) -> TermKind:
    for part in _inside(entry):
        if _category(part) == _KIND_FIELD:
            text = _text(part).strip().lower().replace("organization", "organisation")
            return TermKind(text) if text in set(TermKind) else TermKind.TERM
    return TermKind.TERM


def _note(entry: etree._Element) -> str:
    """The notes of the entry as a whole, and its definition."""
    parts = list(_inside(entry))
    notes = [part for part in parts if local_name(part) == "note"]
    notes += [part for part in parts if _category(part) == "definition"]
    return "\n".join(_MARGIN.sub(" ", _text(part).strip()) for part in notes)


def _entry(body: etree._Element, number: int, term: Term, languages: Languages) -> None:
    entry = add(body, "conceptEntry", {"id": f"c-{token(term.id)}" if term.id else f"c-{number}"})
    if term.kind is not TermKind.TERM:
        add(entry, "descrip", {"type": _KIND_FIELD}, term.kind.value)
    if term.note:
        add(entry, "note", text=term.note)
    source = add(entry, "langSec", {XML_LANG: languages.source})
    _section(source, term.source, _PREFERRED, "fullForm")
    for form in term.source_short:
        _section(source, form, _ADMITTED, "shortForm")
    target = add(entry, "langSec", {XML_LANG: languages.target})
    _section(target, term.target, _PREFERRED, "fullForm")
    if term.short:
        _section(target, term.short, _ADMITTED, "acronym" if term.short.isupper() else "shortForm")
    for form in term.allowed:
        _section(target, form, _ADMITTED, "variant")
    for form in term.forbidden:
        _section(target, form, _DEPRECATED, "variant")


def _section(parent: etree._Element, text: str, status: str, kind: str) -> None:
    section = add(parent, "termSec")
    add(section, "term", text=text)
    add(section, "termNote", {"type": "termType"}, kind)
    add(section, "termNote", {"type": "administrativeStatus"}, status)
