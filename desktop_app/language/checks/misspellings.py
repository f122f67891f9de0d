"""Words that no dictionary has. What may be a name is left alone, unless it is a common word with a slip in it.

Names are what dictionaries lack most: words with a capital inside a sentence, words in capitals, Pinyin, and words
that the source writes in Latin letters are accepted. A capital word is told only where one slip of the fingers (two
letters turned round, one doubled; in a long word any letter) makes a common word of it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.context import Context
from desktop_app.language.checks.pairs import Check, Pair, primary, replaced
from desktop_app.language.names.pinyin import key_of, syllables_of
from desktop_app.language.spelling import Speller, without_possessive, words
from desktop_app.language.spelling.corrections import corrections

_SHORTEST = 3  # letters
_SHORTEST_SLIP = 7  # letters of a capital word that is told for a slip
_SHORTEST_ANY_SLIP = 9  # for any one letter: 8 of 623 rare names of 9 letters are so near a common word
_CONTRACTED = ("'ll", "'ve", "'re", "'d", "n't")
_MOST_TOLD = 200  # words of one segment
_MOST_SUGGESTED = 40  # words a text: a suggestion takes some 2 ms the first time
_JOINED = (
    "non", "multi", "anti", "semi", "micro", "nano", "bio", "geo", "eco", "electro", "photo", "hydro", "thermo",
    "cyber", "neuro", "crypto", "ultra", "mega", "meta", "hyper", "poly", "agro", "agri", "ferro", "magneto", "immuno",
    "cryo", "opto", "piezo", "tele",
)  # fmt: skip
_PARTS = frozenset({
    "pre", "post", "non", "multi", "anti", "semi", "pro", "co", "re", "un", "de", "sub", "inter", "intra", "trans",
    "socio", "neo", "pan", "bio", "geo", "eco", "electro", "micro", "nano", "ultra", "mega", "quasi", "cum", "th", "ex",
    "tele", "mid", "vis", "la", "le", "du", "el", "al", "da", "di", "dos", "des", "van", "von", "und", "der", "die",
    "ibn", "bin", "ben", "bel", "san", "ish",
})  # fmt: skip


def _misspelt(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    speller = context.speller
    if speller is None:
        return
    suggested: set[str] = set()
    for pair in pairs:
        if primary(pair.target_language) == "en" and pair.target.strip():
            yield from islice(_in_segment(pair, speller, suggested), _MOST_TOLD)


def judged_words(text: str) -> Iterator[tuple[re.Match[str], str, bool]]:
    """Return the words of ``text`` that are judged: where each stands, its bare form, whether a hyphen joins it."""
    for match in words(text):
        word = match.group()
        if len(word) >= _SHORTEST and word.replace("’", "'").isascii():
            yield match, without_possessive(word), _is_part(text, *match.span())


def is_doubtful(plain: str, joined: bool, speller: Speller) -> bool:
    """Whether a word without its possessive is to be told: ``joined`` says that a hyphen joins it to another."""
    if _is_known(plain, speller) or _is_pinyin(plain, speller) or (joined and plain.casefold() in _PARTS):
        return False
    return plain.islower() or _meant_by(plain, speller) is not None


def _in_segment(pair: Pair, speller: Speller, suggested: set[str]) -> Iterator[Finding]:
    given = frozenset(match.group().casefold() for match in words(pair.source))
    for match, plain, joined in judged_words(pair.target):
        word = match.group()
        if plain.casefold() in given or not is_doubtful(plain, joined, speller):
            continue
        if not plain.islower():
            meant = _meant_by(plain, speller)
            yield _finding(pair, match.span(), word, [meant + word[len(plain) :]] if meant is not None else [])
            continue
        if len(suggested) < _MOST_SUGGESTED:
            suggested.add(plain)
        likely = speller.suggestions(plain) if plain in suggested else []
        yield _finding(pair, match.span(), word, [one + word[len(plain) :] for one in likely])


def _is_known(word: str, speller: Speller) -> bool:
    if len(word) < _SHORTEST or word.isupper() or speller.known(word) or speller.known(word.lower()):
        return True
    if word.endswith(_CONTRACTED):
        return _is_known(word.rpartition("'")[0].removesuffix("n"), speller)
    if not word.islower():
        return False
    starts = (start for start in _JOINED if word.startswith(start) and len(word) >= len(start) + 4)
    return any(speller.known(word[len(start) :]) for start in starts)


def _is_pinyin(word: str, speller: Speller) -> bool:
    """Whether the word is Pinyin, and no slip that happens to read as Pinyin: “geting”, “damaage”."""
    return bool(syllables_of(key_of(word))) and not (word.islower() and _likely_slip(word, speller) is not None)


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether a hyphen joins the word to another."""
    return text[start - 1 : start] in {"-", "‑"} or text[end : end + 1] in {"-", "‑"}


def _meant_by(word: str, speller: Speller) -> str | None:
    """The common word that a word with a capital was meant to be; None where it may be a name."""
    return _slip(word, speller) if word[1:].islower() and len(word) >= _SHORTEST_SLIP else None


def _slip(word: str, speller: Speller) -> str | None:
    """The common word that one slip of the fingers makes of ``word``: small in the dictionary, so no name itself."""
    small = word.lower()
    found = _likely_slip(small, speller)
    if found is None and len(word) >= _SHORTEST_ANY_SLIP:
        nearest = corrections(small, speller.known, changes=1)
        found = next((one for one in nearest if one[0] == small[0]), None)
    return found.capitalize() if found is not None else None


def _likely_slip(small: str, speller: Speller) -> str | None:
    """The word that two letters turned round, or one letter doubled or halved, make of ``small``."""
    turned = (small[:i] + small[i + 1] + small[i] + small[i + 2 :] for i in range(len(small) - 1))
    doubled = (small[:i] + small[i + 1 :] for i in range(1, len(small)) if small[i] == small[i - 1])
    single = (small[:i] + small[i] + small[i:] for i in range(1, len(small)))
    likely = [one for candidates in (turned, doubled, single) for one in candidates if one != small]
    return next((one for one in likely if speller.known(one)), None)


def _finding(pair: Pair, span: tuple[int, int], word: str, likely: list[str]) -> Finding:
    if not likely:
        message = N_("“{word}” is not in the dictionary.", word=word)
        return Finding(CHECK.id, Severity.NOTE, message, pair.id, target_span=span)
    message = N_("“{word}” is not in the dictionary. Is it {likely}?", word=word, likely=" / ".join(likely))
    fix = replaced(pair, span, likely[0], N_("Write {value}.", value=likely[0]))
    return Finding(CHECK.id, Severity.NOTE, message, pair.id, target_span=span, fix=fix)


CHECK = Check("spelling", N_("Spelling"), _misspelt, Severity.NOTE)
