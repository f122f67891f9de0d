"""Latin acronyms and model numbers of the source (WHO, GDP, C919, 5G) that the translation lost.

What spells an acronym out keeps it: “World Health Organization” answers WHO. Units and currencies are figures, and the
checks of figures see to them.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.addresses import address_spans
from desktop_app.language.checks.context import Context
from desktop_app.language.checks.pairs import Check, Pair, Scope, primary
from desktop_app.language.terms import index_of

_ACRONYM = re.compile(
    r"(?<![A-Za-z0-9.@/_-])"
    r"(?:[A-Z]{2,8}(?:-?\d{1,4}[A-Z]?)?|[A-Z]{1,3}-?\d{1,4}[A-Z]?|[2-6]G|[2-4]D)"
    r"(?![A-Za-z0-9@/_]|[.-][A-Za-z0-9])"
)
_ROMAN = re.compile(r"[IVX]+")
_FIGURES = """
KM CM MM NM KG MG ML KW MW GW TW KWH MWH GWH TWH HZ KHZ MHZ GHZ THZ KB MB GB TB PB PA KPA MPA GPA DB PH AM PM
RMB CNY USD HKD TWD EUR GBP JPY AUD CAD BC AD CE BCE OK NO VS PK TOP VOL
"""
_FIGURES_OF = frozenset(_FIGURES.split())
# What news says instead of them.
_SAID_AS = {
    "CEO": "chief executive",
    "CFO": "finance chief|financial",
    "COO": "operating",
    "APP": "application",
    "PPT": "slide|presentation|powerpoint",
    "TV": "television",
    "CCTV": "china central|surveillance|camera",
    "US": "america|united states|u\\.s",
    "USA": "america|united states|u\\.s",
    "UK": "brit|united kingdom|u\\.k",
    "EU": "europe|bloc",
    "UN": "united nations",
    "AI": "artificial intelligence",
    "VR": "virtual",
    "AR": "augmented",
    "PC": "computer",
    "DNA": "genetic|genome",
    "PHD": "doctor|ph\\.d",
    "MBA": "business administration",
    "ID": "identi",
    "LOGO": "logo|emblem",
    "DVD": "disc",
    "WIFI": "wi-fi|wireless",
    "COVID": "coronavirus|pandemic",
    "COVID-19": "coronavirus|pandemic|covid",
    "A4": "paper|sheet",
    "SUV": "sport utility|vehicle",
    "NGO": "non-?governmental|nonprofit",
    "IPO": "initial public|listing|float",
    "KTV": "karaoke",
    "ICU": "intensive care",
    "CT": "scan|tomograph",
}
_WORD = re.compile(r"[^\W\d_]+")
_SKIPPED = frozenset({"of", "the", "and", "for", "in", "on", "to", "a", "an", "de", "la", "with"})
_BY_CHANCE = 2
_SOME_LENGTH = 5
_MOST = 40  # acronyms of one segment; more are a table


def _lost(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    index = index_of(context.terms)
    for pair in pairs:
        if not pair.has_both or primary(pair.target_language) != "en" or primary(pair.source_language) != "zh":
            continue
        known = [mention.span for mention in index.find(pair.source)]
        addresses = address_spans(pair.source)
        seen: set[str] = set()
        for number, match in enumerate(_ACRONYM.finditer(pair.source)):
            acronym = match.group()
            if number >= _MOST or acronym in seen or _is_figure(acronym, pair.source, match.start()):
                continue
            seen.add(acronym)
            inside = any(start <= match.start() < end for start, end in (*known, *addresses))
            if not inside and not _is_there(acronym, pair.target):
                message = N_("{acronym} is not in the translation.", acronym=acronym)
                yield Finding(CHECK.id, Severity.WARNING, message, pair.id, source_span=match.span())


def _is_figure(acronym: str, source: str, start: int) -> bool:
    """Whether it is a unit, a currency or a Roman numeral."""
    if _ROMAN.fullmatch(acronym) or acronym in _FIGURES_OF:
        return True
    before = source[max(0, start - 1) : start]
    return bool(before) and before in "0123456789 " and source[:start].rstrip()[-1:].isdigit() and acronym.isalpha()


def _is_there(acronym: str, target: str) -> bool:
    if _pattern(acronym).search(target):
        return True
    said = _SAID_AS.get(acronym)
    if said is not None and re.search(said, target, re.IGNORECASE):
        return True
    return _spells_out(re.sub("[^A-Z]", "", acronym), target)


@lru_cache(maxsize=1024)
def _pattern(acronym: str) -> re.Pattern[str]:
    """The acronym as English may write it: ``U.S.``, ``Covid-19``, ``G-20``, ``apps``."""
    letters = [re.escape(character) for character in acronym if character.isalnum()]
    return re.compile(
        r"(?<![A-Za-z0-9])" + r"[.\s‐‑–-]{0,2}".join(letters) + r"(?:['’]?s)?(?![A-Za-z0-9])", re.IGNORECASE
    )


def _spells_out(letters: str, target: str) -> bool:
    """Whether words beside one another begin with the letters, small words counting or not.

    Two letters are found by chance in any sentence, so theirs must be words of some length: “artificial intelligence”.
    """
    words = _WORD.findall(target)
    if len(letters) <= _BY_CHANCE:
        longer = "".join(word[0].upper() if len(word) >= _SOME_LENGTH else "." for word in words)
        return len(letters) == _BY_CHANCE and letters in longer
    return letters in "".join(word[0].upper() for word in words) or letters in "".join(
        word[0].upper() for word in words if word.lower() not in _SKIPPED
    )


CHECK = Check("acronym", N_("Acronyms"), _lost, Severity.WARNING, Scope.SEGMENT)
