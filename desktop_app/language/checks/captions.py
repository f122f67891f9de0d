"""Picture captions: there in both languages, ended as the house ends them, with a credit as the house writes it."""

import re
from collections.abc import Iterator, Sequence

from desktop_app.domain.findings import Finding, Severity
from desktop_app.domain.house_style import NAME_PLACE
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.context import Context
from desktop_app.language.checks.pairs import CAPTION, Check, Pair, Scope, each, primary, replaced

_STOP = re.compile(r"[.!?…][”’\"')\]]*\s*$")
_FINAL_STOP = re.compile(r"(?<![.!?])\.(?=[”’\"']*\s*$)")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Inc|Ltd|Corp|Co|Jr|Sr|etc|a\.m|p\.m))\.$")
_SENTENCES = re.compile(r"[a-z)”]{2}[.!?][”\"’)]*\s+[“(]?[A-Z]")
_NAMED_IN_SOURCE = re.compile(
    r"摄影\s*[:：/／|丨]|[^拍合]摄\s*(?:[)）]|$)|(?:图|照片)\s*[:：/／]|供图|摄影报道|记者[^，。]{2,8}摄"
)
_CREDIT = re.compile(
    r"\s*(?P<open>[(\[（【]?)\s*"
    r"(?:(?:photo(?:graph)?s?|pictures?|images?)(?:\s+(?:by|from|courtesy of|credit))?\s*[:/／：|]?\s*"
    r"|credit\s*[:：]\s*)"
    r"(?P<name>[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,3})\s*(?P<close>[)\]）】]?)\s*(?P<stop>\.?)\s*$",
    re.IGNORECASE,
)
_ANY_CREDIT = re.compile(
    r"\b(?:photos?|photograph|photographed|photographer|picture|image|credit|courtesy|by)\b", re.IGNORECASE
)


def _one_sided(pair: Pair) -> Iterator[Finding]:
    if pair.kind != CAPTION or bool(pair.source.strip()) == bool(pair.target.strip()):
        return
    if pair.source.strip():
        message = N_("The caption of this picture is not translated.")
        yield Finding(CHECK.id, Severity.WARNING, message, pair.id, source_span=(0, len(pair.source)))
    else:
        message = N_("This picture has a caption in the translation only.")
        yield Finding(CHECK.id, Severity.WARNING, message, pair.id, target_span=(0, len(pair.target)))


def _ends(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    wanted = context.style.caption_stop
    for pair in _english(pairs) if wanted else ():
        text = pair.target
        credit = _CREDIT.search(text)
        end = credit.start() if credit is not None and credit.start() else len(text.rstrip())
        shown = text[:end]
        if wanted == "always" and not _STOP.search(shown):
            message = N_("The house ends a caption with a full stop.")
            fix = replaced(pair, (end, end), ".", N_("Put a full stop."))
            yield Finding(END.id, Severity.NOTE, message, pair.id, target_span=(end - 1, end), fix=fix)
        stop = _FINAL_STOP.search(shown) if wanted == "never" else None
        if stop is not None and not _SENTENCES.search(shown) and not _ABBREVIATION.search(shown[-8:]):
            message = N_("The house ends a caption without a full stop.")
            fix = replaced(pair, stop.span(), "", N_("Take it out."))
            yield Finding(END.id, Severity.NOTE, message, pair.id, target_span=stop.span(), fix=fix)


def _credits(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    form = context.style.credit_form
    for pair in _english(pairs):
        credit = _CREDIT.search(pair.target)
        named = _NAMED_IN_SOURCE.search(pair.source)
        if named is not None and credit is None and not _ANY_CREDIT.search(pair.target):
            message = N_("The source names the photographer; the translation does not.")
            yield Finding(CREDIT.id, Severity.NOTE, message, pair.id, source_span=named.span())
        if not form or credit is None or not credit["name"][0].isupper():
            continue
        wanted = form.replace(NAME_PLACE, credit["name"])
        if credit.group().strip() == wanted:
            continue
        start = credit.start() + len(credit.group()) - len(credit.group().lstrip())
        made = (" " if start and not pair.target[start - 1].isspace() else "") + wanted
        yield Finding(
            CREDIT.id,
            Severity.NOTE,
            N_("The house writes a picture credit as “{form}”.", form=wanted),
            pair.id,
            target_span=(start, len(pair.target.rstrip())),
            fix=replaced(pair, (start, len(pair.target)), made, N_("Write {value}.", value=wanted)),
        )


def _english(pairs: Sequence[Pair]) -> Iterator[Pair]:
    return (
        pair for pair in pairs
        if pair.kind == CAPTION and primary(pair.target_language) == "en" and pair.target.strip()
    )  # fmt: skip


CHECK = Check("caption-missing", N_("Caption in one language only"), each(_one_sided), Severity.WARNING)
END = Check("caption-end", N_("End of a caption"), _ends, Severity.NOTE)
CREDIT = Check("picture-credit", N_("Picture credit"), _credits, Severity.NOTE, Scope.STORY)
