"""The facts of a story that our XLIFF 1.2 files repeat as notes of the header, read back."""

import re
from datetime import date
from typing import TypedDict

from lxml import etree

from desktop_app.domain.policy import POLICIES
from desktop_app.domain.story import Credit
from desktop_app.exchange.credits import OTHER_STEP, house_step, label_alone
from desktop_app.exchange.formats.xliff12.terms import CREDITS_NOTE, FACT, NAMESPACE
from desktop_app.exchange.wording import is_address

_OWN_STEPS = {
    label: step.name
    for policy in POLICIES.values()
    for step in policy.steps
    if step.credit is not None
    for label in (step.credit.zh, step.credit.en)
}


class Facts(TypedDict):
    """The fields of ``Bitext`` that come from the header."""

    credits: tuple[Credit, ...]
    byline: tuple[str, ...]
    dateline: str
    topics: tuple[str, ...]
    date: str | None
    source_url: str | None


def facts_of(file: etree._Element) -> Facts:
    """Read the header of a file element of ours; what is not in the form that we write is left out."""
    notes = file.iterfind(f"{{{NAMESPACE}}}header/{{{NAMESPACE}}}note")
    told = {note.get("from"): (note.text or "").strip() for note in notes}

    def fact(name: str) -> str:
        return told.get(FACT + name, "")

    return Facts(
        credits=_credits(told.get(CREDITS_NOTE, "")),
        byline=_listed(fact("byline"), ","),
        dateline=fact("dateline"),
        topics=_listed(fact("topics"), ","),
        date=_day(fact("date")),
        source_url=fact("source") if is_address(fact("source")) else None,
    )


def _listed(text: str, comma: str) -> tuple[str, ...]:
    return tuple(stripped for piece in text.split(comma) if (stripped := piece.strip()))


def _day(text: str) -> str | None:
    """The day as ISO 8601 writes it (a shorter form that Python reads too is not ours)."""
    try:
        return text if date.fromisoformat(text).isoformat() == text else None
    except ValueError:
        return None


def _credits(text: str) -> tuple[Credit, ...]:
    """Part ``Draft: LI Wei; 翻译：李蔚``: the colon of each line says whether its names are parted as in Chinese."""
    credits: list[Credit] = []
    for line in text.split(";"):
        parted = re.fullmatch(r"\s*([^:：]+)([:：])(.*)", line, re.DOTALL)
        if parted is None:
            continue
        label, names = parted[1].strip(), _listed(parted[3], "、" if parted[2] == "：" else ",")
        if label and names:
            credits.append(Credit(_step(label), label, names))
    return tuple(credits)


def _step(label: str) -> str:
    own = house_step(label) or _OWN_STEPS.get(label)
    if own is not None:
        return own
    known = label_alone(f"{label}:")
    return (known.step if known is not None else "") or OTHER_STEP
