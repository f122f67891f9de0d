"""Headlines and subheadings: no full stop, no more characters than the house allows, one way to use capitals."""

import re
from collections.abc import Iterator, Sequence

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.context import Context
from desktop_app.language.checks.pairs import Check, Pair, Scope, primary, replaced, whole

_HEADLINE, _SUBHEADING = "headline", "subheading"
_STOP = re.compile(r"(?<![.!?])\.(?=[”’\"')\]]*\s*$)")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Inc|Ltd|Corp|Co|Jr|Sr|St|Dr|etc|a\.m|p\.m|vs|No|Univ))\.$")
_WORD = re.compile(r"(?<![\w’'.-])[A-Za-z][A-Za-z’']*")
# Words that title case may leave small; the longer prepositions differ from house to house.
_SMALL = frozenset({
    "a", "an", "the", "and", "but", "or", "nor", "for", "so", "yet", "as", "at", "by", "in", "of", "off", "on", "onto",
    "per", "to", "up", "via", "with", "from", "into", "over", "than", "vs", "out", "upon", "amid", "about", "above",
    "after", "against", "along", "among", "around", "before", "behind", "below", "beneath", "beside", "between",
    "beyond", "down", "during", "inside", "like", "near", "outside", "past", "since", "through", "throughout", "till",
    "toward", "towards", "under", "until", "versus", "within", "without", "if", "when", "while", "that", "de", "et",
    "al",
})  # fmt: skip
_FEWEST = 3  # words that tell one case from the other


def _stops(pairs: Sequence[Pair]) -> Iterator[Finding]:
    for pair in _headings(pairs):
        stop = _STOP.search(pair.target)
        if stop is None or _ABBREVIATION.search(pair.target[max(0, stop.start() - 6) : stop.end()]):
            continue
        yield Finding(
            STOP.id,
            Severity.NOTE,
            N_("A headline has no full stop at its end."),
            pair.id,
            target_span=stop.span(),
            fix=replaced(pair, stop.span(), "", N_("Take it out.")),
        )


def _lengths(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    most = context.style.headline_limit
    lines: dict[str, int] = {}
    for pair in pairs:
        if most and pair.kind == _HEADLINE and primary(pair.target_language) == "en":
            before = sum(lines.values())
            length = len(" ".join(pair.target.split()))
            lines[pair.id] = length + (1 if before and length else 0)
            if before + lines[pair.id] > most >= before:
                count = before + lines[pair.id]
                message = N_("The headline has {n} characters; the house allows {most}.", n=count, most=most)
                yield Finding(LENGTH.id, Severity.NOTE, message, pair.id, target_span=(0, len(pair.target)))


def _cases(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    wanted = context.style.headline_case
    leading = ""
    for pair in _headings(pairs):
        small, capital = _counted(pair.target)
        if wanted == "title":
            yield from _in_title_case(pair, small)
            continue
        found = "title" if len(capital) >= _FEWEST and not small else "sentence" if len(small) >= _FEWEST else ""
        if wanted == "sentence" and found == "title" and len(capital) > _FEWEST:
            message = N_("This headline is in title case; the house writes sentence case.")
        elif not wanted and leading and found and found != leading:
            message = N_("This heading uses capitals otherwise than the ones above it.")
        else:
            leading = leading or found
            continue
        yield Finding(CASE.id, Severity.NOTE, message, pair.id, target_span=(0, len(pair.target)))


def _in_title_case(pair: Pair, small: list[re.Match[str]]) -> Iterator[Finding]:
    if not small:
        return
    text = pair.target
    for word in reversed(small):
        text = text[: word.start()] + word.group()[0].upper() + text[word.start() + 1 :]
    shown = ", ".join(f"“{word.group()}”" for word in small[:5])
    yield Finding(
        CASE.id,
        Severity.NOTE,
        N_("The house writes headlines in title case: {words}.", words=shown),
        pair.id,
        target_span=small[0].span(),
        fix=replaced(pair, (0, len(pair.target)), text, N_("Write capitals.")),
    )


def _counted(text: str) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """The words that title case would change, and those that it made; the first word tells nothing."""
    words = [word for word in _WORD.finditer(text) if word.group().lower() not in _SMALL]
    told = [word for word in words if word.start() > 0 and text[: word.start()].strip(" “‘\"'(")]
    small = [word for word in told if word.group().islower()]
    return small, [word for word in told if word.group()[0].isupper() and not word.group().isupper()]


def _headings(pairs: Sequence[Pair]) -> Iterator[Pair]:
    headings = (pair for pair in pairs if pair.kind in {_HEADLINE, _SUBHEADING} and pair.target.strip())
    return (pair for pair in headings if primary(pair.target_language) == "en")


STOP = Check("headline-stop", N_("Full stop in a headline"), whole(_stops), Severity.NOTE)
LENGTH = Check("headline-length", N_("Length of the headline"), _lengths, Severity.NOTE, Scope.STORY)
CASE = Check("headline-case", N_("Capitals in headlines"), _cases, Severity.NOTE, Scope.STORY)
