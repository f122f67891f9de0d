"""A space that is missing behind a mark ("ceremony.She", "January 29,2024") or before a bracket ("BJUT(Beijing)").

What stands in the source just so (README.Debian, deny,allow) is meant, and so is code: formulas, calls, dotted names.
"""

import re
from collections.abc import Iterator

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.addresses import address_spans, is_within
from desktop_app.language.checks.pairs import Check, Pair, each, replaced

# The place of the missing space is the end of the group ``left``.
_MISSING = re.compile(
    r"(?P<left>\b\w*(?:[a-z)\]%”’]|[A-Z]{2}|\d)[.!?…][”\"’)\]]*)(?=[“‘(]?(?:[A-Z][a-z]+[\s,’'.]|[AI]\s))\w+"
    r"|(?P<left2>(?<!&)\b\w*[A-Za-z)%”’][,;])(?=[A-Za-z“])\w*"
    r"|(?P<left7>\b\d+[,;])(?=[a-z]{2})\w+"
    r"|(?P<left3>\b\d{1,2},)(?=(?:19|20)\d\d\b)\d{4}"
    r"|(?P<left4>\b[A-Za-z]{2,}:)(?=[A-Z][a-z])\w+"
    r"|(?P<left5>\b[A-Za-z]{2,})(?=\([A-Za-z]{3,}[^()]*\))\(\w+"
    r"|(?P<left6>(?<![-(])\))(?=[A-Za-z]{2,})\w+"
)
_QUOTED_CODE = re.compile(r"(`{1,2})[^`\n]{1,200}\1")
_MONTH_BEFORE = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s*$")


def _missing(pair: Pair) -> Iterator[Finding]:
    if not pair.is_into_western:
        return
    addresses = sorted([*address_spans(pair.target), *(match.span() for match in _QUOTED_CODE.finditer(pair.target))])
    source = pair.source.casefold()
    for match in _MISSING.finditer(pair.target):
        place = match.end(match.lastgroup or 0)
        if (is_within(place - 1, addresses) and is_within(place, addresses)) or _is_code(pair.target, place):
            continue
        if match.group().casefold() in source or (match.lastgroup == "left5" and _is_call(pair, match)):
            continue
        if _is_dotted(pair.target, match):
            continue
        if match.lastgroup == "left3" and not _MONTH_BEFORE.search(pair.target[: match.start()]):
            continue
        yield Finding(
            CHECK.id,
            Severity.WARNING,
            N_("A space is missing in “{text}”.", text=match.group()),
            pair.id,
            target_span=match.span(),
            fix=replaced(pair, (place, place), " ", N_("Put the space in.")),
        )


def _is_call(pair: Pair, match: re.Match[str]) -> bool:
    """Whether a bracket holds the arguments of a formula or function: ``ISBLANK(Value)``, ``pickle.loads(data)``."""
    name, start = match["left5"], match.start()
    inside = pair.target[match.start() + len(name) + 1 :].split(")", maxsplit=1)[0]
    if pair.target[max(0, start - 1) : start] in {".", "_", ":"} or ";" in inside or "=" in inside:
        return True
    return f"{name}(" in pair.source and " " not in inside.strip()


def _is_dotted(text: str, match: re.Match[str]) -> bool:
    """Whether the stop is one of several in a dotted name: ``tkinter.Widget.configure``."""
    if match.lastgroup != "left":
        return False
    after = text[match.end() : match.end() + 2]
    return text[max(0, match.start() - 1) : match.start()] == "." or (after[:1] == "." and after[1:].isalpha())


def _is_code(text: str, place: int) -> bool:
    """Whether ``place`` is inside a path, a tag or a formula."""
    before, after = (
        text[max(0, place - 80) : place].rsplit(maxsplit=1)[-1:],
        text[place : place + 80].split(maxsplit=1)[:1],
    )
    return any(sign in "/\\=_<>{}|&" for part in (*before, *after) for sign in part)


CHECK = Check("missing-space", N_("Missing space"), each(_missing), Severity.WARNING)
