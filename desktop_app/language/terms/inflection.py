"""The forms of an English word: plural, possessive, past, participle; and a form that goes as another one does.

Rules of spelling and a short list of irregular words, our own. It may say that a form exists which does not
(``informations``), never that one is missing which does: it serves to recognise a word, not to write one.
"""

import re
from collections.abc import Collection
from functools import lru_cache

_VOWELS = "aeiou"
_IRREGULAR_PLURALS = """
man men|woman women|child children|person people|foot feet|tooth teeth|mouse mice|goose geese|ox oxen|life lives
wife wives|half halves|leaf leaves|shelf shelves|self selves|thief thieves|wolf wolves|knife knives|loaf loaves
criterion criteria|phenomenon phenomena|medium media|datum data|curriculum curricula|memorandum memoranda
bacterium bacteria|symposium symposia|millennium millennia|stratum strata|nucleus nuclei|stimulus stimuli
alumnus alumni|alumna alumnae|focus foci|radius radii|fungus fungi|syllabus syllabi|analysis analyses
basis bases|crisis crises|thesis theses|hypothesis hypotheses|synthesis syntheses|axis axes|diagnosis diagnoses
index indices|matrix matrices|vertex vertices|appendix appendices|formula formulae|antenna antennae
schema schemata|corpus corpora|genus genera|species species|series series|means means|aircraft aircraft
spacecraft spacecraft|sheep sheep|deer deer|fish fish|staff staff|personnel personnel
"""
_IRREGULAR_VERBS = """
be am is are was were been|have has had|do does did done|go went gone|make made|take took taken|give gave given
come came|become became|see saw seen|get got gotten|say said|tell told|find found|think thought|bring brought
buy bought|teach taught|catch caught|seek sought|fight fought|hold held|lead led|feed fed|meet met|keep kept
sleep slept|sweep swept|feel felt|leave left|lose lost|send sent|spend spent|build built|lend lent|bend bent
mean meant|deal dealt|dream dreamt|learn learnt|burn burnt|spell spelt|write wrote written|ride rode ridden
rise rose risen|drive drove driven|strive strove striven|speak spoke spoken|break broke broken|choose chose chosen
steal stole stolen|freeze froze frozen|wear wore worn|bear bore borne born|tear tore torn|swear swore sworn
begin began begun|swim swam swum|sing sang sung|ring rang rung|drink drank drunk|run ran|win won|stand stood
understand understood|withstand withstood|undertake undertook undertaken|overcome overcame|hear heard|sell sold
sit sat|eat ate eaten|fall fell fallen|fly flew flown|grow grew grown|know knew known|show shown|throw threw thrown
draw drew drawn|withdraw withdrew withdrawn|blow blew blown|lay laid|pay paid|lie lay lain|bind bound|wind wound
grind ground|hang hung|dig dug|stick stuck|strike struck|shoot shot|spin spun|forget forgot forgotten
hide hid hidden|bite bit bitten|shake shook shaken|wake woke woken|set set|put put|cut cut|let let|hit hit
cost cost|shut shut|spread spread|broadcast broadcast|cast cast|read read|lead led|shed shed|split split
"""
_POSSESSIVE = "(?:['’]s?)?"
_LETTERS = re.compile(r"[a-z]+", re.IGNORECASE)


def _forms_of(table: str) -> dict[str, tuple[str, ...]]:
    rows = (entry.split() for line in table.strip().splitlines() for entry in line.split("|"))
    return {word: tuple(forms) for word, *forms in rows}


_PLURALS = _forms_of(_IRREGULAR_PLURALS)
_VERBS = _forms_of(_IRREGULAR_VERBS)
_SINGULARS = {form: word for word, forms in _PLURALS.items() for form in forms}
_BASES = {form: word for word, forms in _VERBS.items() for form in forms}


def plural_of(word: str) -> str:
    """The plural of a lower-case noun, as spelling has it: ``university`` gives ``universities``."""
    if word in _PLURALS:
        return _PLURALS[word][0]
    if word.endswith("y") and word[-2:-1] and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")) or (word.endswith("o") and word[-2:-1] and word[-2] not in _VOWELS):
        return word + "es"
    return word + "s"


@lru_cache(maxsize=4096)
def forms_of(word: str) -> frozenset[str]:
    """All forms of a lower-case word, whichever of its forms it is itself; a word with other marks has only itself."""
    if len(word) < 2 or not _LETTERS.fullmatch(word):
        return frozenset((word,))
    found: set[str] = set()
    for base in {word, _SINGULARS.get(word, word), _BASES.get(word, word), *_bases_of(word)}:
        found |= _forms_of_base(base)
    return frozenset(found)


def _forms_of_base(word: str) -> set[str]:
    """The word, its plural or third person, past and participle."""
    found = {word, plural_of(word), word + "s", *_PLURALS.get(word, ()), *_VERBS.get(word, ())}
    stem = word
    if word.endswith("ie"):
        return found | {word + "d", word[:-2] + "ying"}
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        stem = word[:-1]
    elif word.endswith("y") and word[-2] not in _VOWELS:
        return found | {word[:-1] + "ied", word + "ing"}
    found |= {word + "d" if word.endswith("e") else stem + "ed", stem + "ing"}
    if _doubles(word):
        found |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return found


def _doubles(word: str) -> bool:
    """Whether the last consonant may be doubled: ``plan``, ``model``, ``refer``."""
    return len(word) > 2 and word[-1] not in _VOWELS + "wxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS


def _bases_of(word: str) -> set[str]:
    """What the word may be an inflected form of, by its ending alone."""
    found: set[str] = set()
    if len(word) > 4 and word.endswith("ies"):
        found.add(word[:-3] + "y")
    elif len(word) > 3 and word.endswith("es") and word[:-2].endswith(("s", "x", "z", "ch", "sh", "o")):
        found.add(word[:-2])
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        found.add(word[:-1])
    return found


def word_pattern(word: str, *, inflects: bool) -> str:
    """A regular expression for one word of a term, as it may stand in a text; wants no flags.

    A word with a capital keeps it, and may stand all in capitals; one without may stand in any case. An acronym
    takes a plural s. The possessive is allowed after every word: it costs nothing and the term is the same.
    """
    if not any(character.isupper() for character in word):
        forms = forms_of(word) if inflects else {word}
        return f"(?i:{_any(forms)}){_POSSESSIVE}"
    if word.isupper() and len(word) > 1:
        return f"{re.escape(word)}(?:['’]?s)?{_POSSESSIVE}"
    lower = word.lower()
    forms = forms_of(lower) if inflects and word[1:] == lower[1:] else {lower}
    kept = {word, *(word[0] + form[1:] for form in forms if form[:1] == lower[:1])}
    return f"(?:{_any(kept | {form.upper() for form in kept})}){_POSSESSIVE}"


def _any(forms: Collection[str]) -> str:
    escaped = ("['’]".join(map(re.escape, re.split("['’]", form))) for form in forms)
    return "|".join(sorted(escaped, key=lambda form: (-len(form), form)))


def inflected_alike(word: str, base: str, other: str) -> str:
    """Return ``other`` in the form that ``word`` is of ``base``: for ``rectors``, ``rector``, ``president`` it is
    ``presidents``. Where the form cannot be told, ``other`` stays as it is.
    """
    lower, stem = word.lower(), base.lower()
    if lower == stem or not _LETTERS.fullmatch(other):
        return other
    if other.isupper() and len(other) > 1:
        return other + "s" if lower.endswith("s") else other
    if lower in {plural_of(stem), stem + "s", *_PLURALS.get(stem, ())}:
        made = plural_of(other.lower())
    elif lower in _forms_of_base(stem):
        made = _with_ending(other.lower(), "ing" if lower.endswith("ing") else "ed")
    else:
        return other
    return other[0] + made[1:]


def _with_ending(word: str, ending: str) -> str:
    irregular = _VERBS.get(word, ())
    if ending == "ed" and irregular:
        return irregular[0]
    forms = sorted(form for form in _forms_of_base(word) if form.endswith(ending) and form != word)
    if not forms:
        return word
    is_one_syllable = sum(character in _VOWELS for character in word) == 1
    return max(forms, key=len) if _doubles(word) and is_one_syllable else forms[0]
