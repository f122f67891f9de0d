"""British and American spelling in one story, or the one that the house does not write.

Where the house has chosen, every word of the other side is told; where it has not, the side that the story uses less.
Only words in small letters count: a name keeps its spelling (the World Trade Center, the Labour Party).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_, Message
from desktop_app.language.checks.context import Context
from desktop_app.language.checks.pairs import Check, Pair, Scope, primary, replaced
from desktop_app.language.spelling import without_possessive, words
from desktop_app.language.spelling.varieties import Mark, is_shared, mark_of

_MOST = 200  # words of one segment


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A word that marks its text."""

    pair: Pair
    span: tuple[int, int]
    word: str
    mark: Mark
    other: str


def _varied(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    seen = [
        sighting
        for pair in pairs
        if primary(pair.target_language) == "en"
        for sighting in islice(_sightings(pair), _MOST)
    ]
    british = frozenset(sighting.word for sighting in seen if sighting.mark in {Mark.BRITISH, Mark.ISE})
    marks = Counter(sighting.mark for sighting in seen if not _is_free(sighting, british, ""))
    unwanted = _unwanted(marks, context.style.variety)
    for sighting in seen:
        message = unwanted.get(sighting.mark)
        if message is None or _is_free(sighting, british, context.style.variety):
            continue
        fix = replaced(sighting.pair, sighting.span, sighting.other, N_("Write {value}.", value=sighting.other))
        said = N_("“{word}” {says}", word=sighting.word, says=message)
        yield Finding(CHECK.id, Severity.NOTE, said, sighting.pair.id, target_span=sighting.span, fix=fix)


def _sightings(pair: Pair) -> Iterator[_Sighting]:
    for match in words(pair.target):
        word = without_possessive(match.group())
        found = mark_of(word)
        if found is not None:
            start = match.start()
            yield _Sighting(pair, (start, start + len(word)), word, *found)


def _is_free(sighting: _Sighting, british: frozenset[str], variety: str) -> bool:
    """Whether a word says nothing: both sides write it, and the story does not write it the British way elsewhere."""
    return is_shared(sighting.word) and (variety == Mark.BRITISH or sighting.other not in british)


def _unwanted(marks: Counter[Mark], variety: str) -> dict[Mark, Message]:
    """Which marks are told, and in which words."""
    is_british = N_("is British; the house writes American English.")
    is_american = N_("is American; the house writes British English.")
    if variety == Mark.AMERICAN:
        return {Mark.BRITISH: is_british, Mark.ISE: is_british}
    unwanted: dict[Mark, Message] = {}
    if variety == Mark.BRITISH:
        unwanted[Mark.AMERICAN] = is_american
    elif marks[Mark.AMERICAN] and marks[Mark.BRITISH] + marks[Mark.ISE]:
        if marks[Mark.AMERICAN] + marks[Mark.IZE] > marks[Mark.BRITISH] + marks[Mark.ISE]:
            mixed = N_("is British; most of this story is American.")
            return {Mark.BRITISH: mixed, Mark.ISE: mixed}
        unwanted[Mark.AMERICAN] = N_("is American; most of this story is British.")
    if marks[Mark.ISE] and marks[Mark.IZE]:
        rarer = Mark.IZE if marks[Mark.ISE] >= marks[Mark.IZE] else Mark.ISE
        unwanted[rarer] = N_("mixes -ise and -ize in one story.")
    return unwanted


CHECK = Check("variety", N_("British and American spelling"), _varied, Severity.NOTE, Scope.STORY)
