"""Segmentation Rules eXchange, SRX 2.0 (LISA, 7 April 2008): break rules in from other programs, and out to them.

Read are the sets of rules and the maps from languages to them. Format handles speak of inline codes, which our texts
do not have: they are passed over, and written as the standard's own defaults. Extensions of other programs are passed
over as well. Files of SRX 1.0 differ only in a layer round their maps and are read alike.
"""

from lxml import etree

from desktop_app.exchange.limits import MEBIBYTE
from desktop_app.exchange.xml import add, local_name, parse, refused, root, serialize
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_
from desktop_app.language.sentences.rules import (
    MAX_RULES,
    BreakRule,
    LanguageRules,
    SegmentationRules,
    checked,
)

MAX_BYTES = 5 * MEBIBYTE
_NAMESPACE = "http://www.lisa.org/srx20"
_VERSIONS = ("2.0", "1.0")


def read_srx(data: bytes, name: str = "") -> SegmentationRules:
    """Read the rules of an SRX file, in the order of its maps.

    Raises:
        InputRefusedError: it is no SRX, or a rule in it cannot be used; the place names the rule.
    """
    srx = parse(data, name=name, limit=MAX_BYTES)
    if local_name(srx) != "srx":
        raise refused(N_("This is not a file of segmentation rules (SRX)."), srx, name=name)
    if (srx.get("version") or "2.0").strip() not in _VERSIONS:
        raise refused(N_("SRX version {version} is not read.", version=srx.get("version", "")[:20]), srx, name=name)
    named = _sets(srx, name)
    header = next((child for child in srx if local_name(child) == "header"), None)
    cascade = header is not None and header.get("cascade") == "yes"
    languages = tuple(_mapped(element, named, name) for element in _all(srx, "languagemap"))
    if not languages:
        raise refused(N_("The file maps no language to its rules."), srx, name=name)
    try:
        return checked(SegmentationRules(languages, cascade))
    except InputRefusedError as error:
        error.subject = error.subject or name
        raise


def write_srx(rules: SegmentationRules) -> bytes:
    """Write break rules as SRX 2.0; words and measures must have become rules before."""
    srx = root("srx", _NAMESPACE, {"version": "2.0"})
    header = add(srx, "header", {"segmentsubflows": "yes", "cascade": "yes" if rules.cascade else "no"})
    for kind, include in (("start", "no"), ("end", "yes"), ("isolated", "no")):
        add(header, "formathandle", {"type": kind, "include": include})
    body = add(srx, "body")
    sets = add(body, "languagerules")
    names: list[str] = []
    written: dict[str, tuple[BreakRule, ...]] = {}
    for one in rules.languages:
        wanted = one.name or one.language
        if written.get(wanted, one.rules) != one.rules:
            wanted = f"{wanted} {len(written) + 1}"
        names.append(wanted)
        if wanted in written:
            continue  # one set for several languages
        written[wanted] = one.rules
        element = add(sets, "languagerule", {"languagerulename": names[-1]})
        for rule in one.rules:
            pair = add(element, "rule", {"break": "yes" if rule.breaks else "no"})
            add(pair, "beforebreak", text=rule.before)
            add(pair, "afterbreak", text=rule.after)
    maps = add(body, "maprules")
    for one, wanted in zip(rules.languages, names, strict=True):
        add(maps, "languagemap", {"languagepattern": one.language, "languagerulename": wanted})
    return serialize(srx)


def _all(element: etree._Element, tag: str) -> list[etree._Element]:
    return [child for child in element.iter(etree.Element) if local_name(child) == tag]


def _sets(srx: etree._Element, name: str) -> dict[str, tuple[BreakRule, ...]]:
    named: dict[str, tuple[BreakRule, ...]] = {}
    count = 0
    for element in _all(srx, "languagerule"):
        key = element.get("languagerulename", "")
        if key in named:
            raise refused(N_("Two sets of rules are called “{name}”.", name=key[:60]), element, name=name)
        named[key] = tuple(_rule(child, name) for child in element if local_name(child) == "rule")
        count += len(named[key])
        if count > MAX_RULES:
            raise refused(N_("There are more than {n} rules.", n=MAX_RULES), element, name=name)
    return named


def _rule(element: etree._Element, name: str) -> BreakRule:
    breaks = element.get("break", "yes").strip()
    if breaks not in {"yes", "no"}:
        raise refused(N_("“break” must be yes or no, not {value}.", value=breaks[:20]), element, name=name)
    parts = {local_name(child): child.text or "" for child in element}
    return BreakRule(breaks == "yes", parts.get("beforebreak", ""), parts.get("afterbreak", ""))


def _mapped(element: etree._Element, named: dict[str, tuple[BreakRule, ...]], name: str) -> LanguageRules:
    wanted = element.get("languagerulename", "")
    if wanted not in named:
        raise refused(
            N_("A language is mapped to rules that are not there: “{name}”.", name=wanted[:60]), element, name=name
        )
    return LanguageRules(element.get("languagepattern", ""), wanted, rules=named[wanted])
