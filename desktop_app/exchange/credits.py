"""Labelled lines of a page, by ``rules/pages.json``: credits, dates, topics, counters, addresses."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from desktop_app.domain.counts import has_han
from desktop_app.exchange.dates import opens_with_day, read_day
from desktop_app.exchange.wording import URL, ends_sentence, is_address, page_rules, rule_words


class LabelKind(StrEnum):
    """What a labelled piece of a line tells."""

    CREDIT = "credit"
    DATE = "date"
    TOPICS = "topics"
    VIEWS = "views"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled piece. ``printed`` is its slice of the line; the slices of a line joined are the line.

    ``values`` are names, topics, one ISO day or one address; a date that no calendar has gives none.
    """

    kind: LabelKind
    printed: str
    label: str = ""
    step: str = ""
    values: tuple[str, ...] = ()


OTHER_STEP = "other"
_LONGEST_LABELLED_LINE = 400
_MOST_NAMES = 20
_ORGANISATION = re.compile(
    r"\b(?:of|department|office|school|college|centre|center|institute|university|committee|bureau|laboratory|division)\b",
    re.IGNORECASE,
)
_SMALL_WORDS = {"of", "and", "the", "for", "at", "in", "on", "to", "de", "van", "von", "der", "bin", "al", "&"}
_EDGES = " \t\u00a0\u3000|｜丨;；,，、/()（）[]【】<>·•"
_UNKNOWN_LABEL = re.compile(
    r"(?<=[\s\u3000|｜;；,，])([\u4e00-\u9fff]{2,6}|[A-Z][A-Za-z]+(?: [A-Za-z]+){0,2})\s*[:：]\s*"
)
_SUFFIXED = re.compile(r"([^\s\u3000（()）]{2,20})[\s\u3000]+(摄影|供稿|供图|摄|文|图)(?:[\s\u3000,，;；、/|]+|$)")
_BARE_VIEWS = re.compile(r"[\d,.]+\s*(?:views?|hits|clicks|次(?:浏览|阅读|点击)?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Labels:
    """The labels of the rules file, made ready for searching."""

    kinds: Mapping[str, tuple[LabelKind, str]]
    strict: frozenset[str]
    start: re.Pattern[str]
    views: re.Pattern[str]


def _plain(label: str) -> str:
    return re.sub(r"[-\s]+", " ", label).strip().casefold()


def _alternatives(labels: Iterable[str]) -> str:
    longest_first = sorted(set(labels), key=lambda label: (-len(label), label))
    return "|".join(r"[-\s]+".join(re.escape(word) for word in re.split(r"[-\s]+", label)) for label in longest_first)


# The wordings of a house's own policies, each with its step: known for as long as something is read for that house.
_HOUSE: ContextVar[frozenset[tuple[str, str]]] = ContextVar("house labels", default=frozenset())


@contextmanager
def house_labels(labels: Iterable[tuple[str, str]]) -> Iterator[None]:
    """Know these labels of credits too, each with its step, for the length of a ``with`` block, in this thread alone.

    They go before those of the rules: where a house calls its own step “Revision”, that is what the word means there.
    """
    token = _HOUSE.set(frozenset(labels))
    try:
        yield
    finally:
        _HOUSE.reset(token)


def house_step(label: str) -> str | None:
    """The step of a house's own wording, None where it is none."""
    return next((step for known, step in sorted(_HOUSE.get()) if known == label), None)


def _labels() -> _Labels:
    return _labels_with(_HOUSE.get())


@lru_cache(maxsize=8)
def _labels_with(house: frozenset[tuple[str, str]]) -> _Labels:
    kinds: dict[str, tuple[LabelKind, str]] = {}
    steps = page_rules()["credits"]
    assert isinstance(steps, dict)
    for step, labels in steps.items():
        kinds |= {_plain(label): (LabelKind.CREDIT, step) for label in labels}
    for section, kind in (("dates", LabelKind.DATE), ("topics", LabelKind.TOPICS), ("links", LabelKind.LINK)):
        kinds |= {_plain(label): (kind, "") for label in rule_words(section)}
    kinds |= {_plain(label): (LabelKind.CREDIT, step) for label, step in sorted(house)}
    views = _alternatives(rule_words("views"))
    one = f"(?:{_alternatives(kinds)})"
    many = rf"{one}(?:\s*[/、&＆和]\s*{one}|\s+and\s+{one})*"
    apart = r"(?<![A-Za-z\u3400-\u9fff])"
    counter = (
        rf"(?P<views>(?:{views})(?:\s*total)?(?:\s*[:：]\s*[\[(（【]?\s*[\d,.]*|\s*[\[(（【]?\s*\d[\d,.]*)"
        r"\s*[k万]?\s*(?:次|times)?\s*[\])）】]?)"
    )
    colon = r"\s*[:：]\s*"
    by = r"(?<=\bby)\s+(?=(?-i:[A-Z\u3400-\u9fff]))"
    bar = r"\s*[|｜丨]\s*"
    slash = r"(?<=[\u3400-\u9fff])\s*[/／]\s*"
    pair = r"(?<=[/／、][\u3400-\u9fff])[\s\u3000]+|(?<=[/／、][\u3400-\u9fff]{2})[\s\u3000]+"
    # Two characters and a colon are a label even where no gap parts them from the name before.
    glued = rf"(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff]{{2,}}[:：])(?P<glued>{one}){colon}"
    begin = rf"(?:{apart}|(?<=次))"
    start = rf"{begin}{counter}|{begin}(?P<label>{many})(?:{colon}|{by}|{bar}|{slash}|{pair})|{glued}"
    return _Labels(
        kinds,
        frozenset(_plain(label) for label in rule_words("person_labels")),
        re.compile(start, re.IGNORECASE),
        re.compile(rf"(?:{views})(?:\s*total)?\s*[:：]?", re.IGNORECASE),
    )


def read_labelled(text: str) -> tuple[Labelled, ...]:
    """Take a line apart that consists of labelled pieces and nothing else; any other line gives nothing.

    ``（供稿：A　摄影：B）``, ``Draft: A  Revision: B``, ``Release Time: 2024-01-12Views:318``, ``文/A 图/B``,
    ``By A`` and a day before the first label are such lines.
    """
    return _read_labelled(text, _HOUSE.get())


# Each line is looked at several times in a row, beside the one before it and the one behind it.
@lru_cache(maxsize=1024)
def _read_labelled(text: str, _house: frozenset[tuple[str, str]]) -> tuple[Labelled, ...]:
    if len(text) > _LONGEST_LABELLED_LINE:
        return ()
    starts = list(_labels().start.finditer(text))
    if not starts:
        return _bare_views(text) or _suffixed(text)
    pieces: list[Labelled] = []
    cut = 0
    before = text[: starts[0].start()]
    if before.strip(_EDGES + "-—–"):
        day = read_day(before.strip(_EDGES + "-—–"))
        if day is None:
            return ()
        pieces.append(Labelled(LabelKind.DATE, before, values=(day,)))
        cut = len(before)
    ends = [match.start() for match in starts[1:]] + [len(text)]
    for match, end in zip(starts, ends, strict=True):
        found = _piece(match, text[cut:end], text[match.end() : end])
        if not found:
            return ()
        pieces += found
        cut = end
    return tuple(pieces)


def label_alone(text: str) -> Labelled | None:
    """Recognise a label whose value stands on the next line: ``Topics``, ``Date``, ``Draft:``, ``Views``."""
    bare = text.strip(_EDGES + ":：")
    if _labels().views.fullmatch(bare):
        return Labelled(LabelKind.VIEWS, text, bare)
    kind, step = _labels().kinds.get(_plain(bare), (None, ""))
    if kind is None or (kind in {LabelKind.CREDIT, LabelKind.LINK} and not text.rstrip().endswith((":", "："))):
        return None
    return Labelled(kind, text, bare, step)


def with_value(label: Labelled, value: str, printed: str) -> Labelled | None:
    """Join a label to the line under it; None where that line is no value of such a label."""
    if label.kind is LabelKind.VIEWS:
        return Labelled(label.kind, printed, label.label) if re.fullmatch(r"[\d,.]+\s*(?:次|times)?", value) else None
    values = _values(label.kind, label.label, value)
    return None if values is None else Labelled(label.kind, printed, label.label, label.step, values)


def _piece(match: re.Match[str], printed: str, value: str) -> list[Labelled]:
    """One label and what follows it up to the next; more than one where a label that we do not know stands between."""
    if match["views"] is not None:
        return [] if value.strip(_EDGES) else [Labelled(LabelKind.VIEWS, printed)]
    label = match["label"] or match["glued"]
    if _plain(label) == "by" and match.string[: match.start()].strip(_EDGES):
        # "Revision by A" is one label; only an opening "By" stands alone.
        return []
    known = _labels().kinds
    first = label if _plain(label) in known else re.split(r"\s*[/、&＆和]\s*|\s+and\s+", label)[0]
    kind, step = known[_plain(first)]
    if kind is LabelKind.CREDIT:
        unknown = list(_UNKNOWN_LABEL.finditer(value))
        if unknown:
            return _with_unknown_labels(label, step, printed, value, unknown)
        dated = _with_day(label, step, printed, value)
        if dated:
            return dated
    values = _values(kind, label, value.strip(_EDGES))
    return [] if values is None else [Labelled(kind, printed, label, step, values)]


def _with_day(label: str, step: str, printed: str, value: str) -> list[Labelled]:
    """Part a credit from a day behind it: ``By LI Wei, Jan. 29, 2024``."""
    for gap in re.finditer(r"[\s,，|｜]+", value):
        day = read_day(value[gap.end() :].strip(_EDGES))
        if day is None:
            continue
        names = _values(LabelKind.CREDIT, label, value[: gap.start()].strip(_EDGES))
        if names is not None:
            cut = len(printed) - len(value) + gap.end()
            credit = Labelled(LabelKind.CREDIT, printed[:cut], label, step, names)
            return [credit, Labelled(LabelKind.DATE, printed[cut:], values=(day,))]
    return []


def _with_unknown_labels(
    label: str, step: str, printed: str, value: str, unknown: list[re.Match[str]]
) -> list[Labelled]:
    """Part a credit from credits behind it whose labels are not in the rules; their step is ``other``."""
    offset = len(printed) - len(value)
    cuts = [0] + [offset + match.start() for match in unknown] + [len(printed)]
    heads = [(label, step, value[: unknown[0].start()])]
    for match, end in zip(unknown, [m.start() for m in unknown[1:]] + [len(value)], strict=True):
        heads.append((match[1], OTHER_STEP, value[match.end() : end]))
    pieces = []
    for index, (name, its_step, its_value) in enumerate(heads):
        day = read_day(its_value.strip(_EDGES))
        values = _values(LabelKind.CREDIT, name, its_value.strip(_EDGES)) if day is None else (day,)
        if values is None:
            return []
        kind = LabelKind.CREDIT if day is None else LabelKind.DATE
        pieces.append(Labelled(kind, printed[cuts[index] : cuts[index + 1]], name, its_step, values))
    return pieces


def _values(kind: LabelKind, label: str, value: str) -> tuple[str, ...] | None:
    """Read a label's value; None where it is not of the label's kind."""
    if kind is LabelKind.LINK or (kind is LabelKind.CREDIT and URL.match(value)):
        return (value,) if is_address(value) else None
    if kind is LabelKind.DATE:
        day = read_day(value)
        if day is not None:
            return (day,)
        return () if opens_with_day(value) == len(value) > 0 else None
    if not value or len(value) > 200 or (ends_sentence(value) and not value.endswith(")")):
        return None
    if kind is LabelKind.TOPICS:
        return tuple(topic for piece in re.split(r"[,，、;；|]", value) if (topic := piece.strip(_EDGES)))
    names = split_names(value)
    return names if _credible(names, _plain(label) in _labels().strict or _plain(label).endswith(" by")) else None


def split_names(value: str) -> tuple[str, ...]:
    """Part several names. ``and`` parts people; inside the name of an office it stays."""
    names: list[str] = []
    for piece in re.split(r"[,，、;；|｜/]", value):
        name = re.sub(r"^and\s+", "", piece.strip(_EDGES), flags=re.IGNORECASE)
        parts = [name] if _ORGANISATION.search(name) else re.split(r"\s+and\s+|\s+&\s+", name)
        for part in parts:
            words = part.split()
            if len(words) > 1 and all(re.fullmatch(r"[\u3400-\u9fff·]{2,4}", word) for word in words):
                names += words
            elif part.strip():
                names.append(part.strip())
    return tuple(names)


def _credible(names: tuple[str, ...], strict: bool) -> bool:
    """Whether these can be names of people or offices; ``strict`` where the label is also an everyday word."""
    if not names or len(names) > _MOST_NAMES:
        return False
    for name in names:
        words = name.split()
        if re.search(r"[。！？!?…“”\":：]", name) or len(name) > 80 or len(words) > 10:
            return False
        if has_han(name):
            if len(name) > (12 if strict else 24) or (strict and re.search(r"[的了是在]", name)):
                return False
        elif strict and not all(word[0].isupper() or word.lower() in _SMALL_WORDS for word in words):
            return False
    return True


def _bare_views(text: str) -> tuple[Labelled, ...]:
    return (Labelled(LabelKind.VIEWS, text),) if _BARE_VIEWS.fullmatch(text.strip(_EDGES)) else ()


def _suffixed(text: str) -> tuple[Labelled, ...]:
    """Read ``（陈曦 文　赵磊 摄）``: names before labels, only where brackets close the line in."""
    if not re.fullmatch(r"[（(].*[)）]", text):
        return ()
    matches = list(_SUFFIXED.finditer(text[:-1], 1))
    if not matches or matches[0].start() != 1 or matches[-1].end() != len(text) - 1:
        return ()
    if any(left.end() != right.start() for left, right in pairwise(matches)):
        return ()
    cuts = [0] + [match.start() for match in matches[1:]] + [len(text)]
    return tuple(
        Labelled(LabelKind.CREDIT, text[cuts[n] : cuts[n + 1]], match[2], _labels().kinds[match[2]][1], (match[1],))
        for n, match in enumerate(matches)
    )


# --- furniture ----------------------------------------------------------------------------------------------------
