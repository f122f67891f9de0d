"""A bilingual lexicon: which words may answer a Chinese word, from a dictionary and from pairs of texts.

It serves alignment: it says how likely a word stands in the translation, never how to translate.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop_app.language.alignment.stems import stem

Answers = Mapping[str, float]
"""Stems of the other language, each with the chance (0 to 1) that it stands where the word does."""

LONGEST_WORD = 8  # signs of a headword that are looked up
_NOT_SAID = re.compile(r"\([^()]*\)|\[[^\]]*\]|[\u3400-\u9fff|·]+")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_REFERENCE = re.compile(
    r"\s*(?:CL:|(?:old |archaic |erhua |Japanese )?variant of|see (?:also )?[\u3400-\u9fff]|also written|same as"
    r"|classifier|also pr\.|Taiwan pr\.|used in )"
)
_EMPTY_WORDS = (
    "a an the of to in on at for with by from as and or be is are was been being sb sth oneself one's etc esp lit fig "
    "it its it's s e.g eg i.e ie idiom abbr pr tw surname"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())
# Words that tell something only where a gloss has no other: person, thing, up.
_FAINT_WORDS = (
    "onto into so some any which used use person thing something somebody someone one up out off over about do have "
    "get go make become also that"
)
_FAINT = frozenset(_FAINT_WORDS.split())
_MOST_GLOSSES = 40
_SURE, _MOST = 0.62, 0.8


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Headwords in both scripts with their lines of CC-CEDICT (reading, glosses), and what was learned from pairs."""

    entries: Mapping[str, str] = field(default_factory=dict)
    learned: Mapping[str, Answers] = field(default_factory=dict)

    def __contains__(self, word: object) -> bool:
        return word in self.entries or word in self.learned

    def answers(self, word: str) -> Answers:
        """Return the stems that may answer ``word``; empty where it is in no dictionary."""
        found = dict(_answers(self.entries[word])) if word in self.entries else {}
        for answer, chance in self.learned.get(word, {}).items():
            found[answer] = max(chance, found.get(answer, 0.0))
        return found

    def readings(self, sign: str) -> tuple[str, ...]:
        """Return the readings of one sign in pinyin without tones, in lower case."""
        lines = self.entries.get(sign, "").split("\n")
        return tuple(dict.fromkeys(_plain(line[1 : line.find("]")]) for line in lines if line.startswith("[")))


def read_cedict(text: str) -> Lexicon:
    """Read a dictionary in the format of CC-CEDICT; lines that are no entries are left out."""
    entries: dict[str, str] = {}
    for line in text.split("\n"):
        traditional, _, rest = line.partition(" ")
        simplified, _, said = rest.partition(" ")
        if not said.startswith("["):
            continue
        for word in (simplified,) if simplified == traditional else (simplified, traditional):
            entries[word] = f"{entries[word]}\n{said}" if word in entries else said
    return Lexicon(entries)


def with_terms(lexicon: Lexicon, terms: Iterable[tuple[str, str]]) -> Lexicon:
    """Return the lexicon with terms and their approved translations as words of their own."""
    learned: dict[str, dict[str, float]] = {word: dict(answers) for word, answers in lexicon.learned.items()}
    for source, target in terms:
        stems = _stems(target.lower())
        if 1 < len(source.strip()) <= LONGEST_WORD and stems:
            learned.setdefault(source.strip(), {}).update(dict.fromkeys(stems, _MOST))
    return Lexicon(lexicon.entries, learned)


def _answers(lines: str) -> dict[str, float]:
    glosses = [gloss for line in lines.split("\n") for gloss in _glosses(line)][:_MOST_GLOSSES]
    spread = max(1, len(glosses)) ** 0.35
    found: dict[str, float] = {}
    for stems in glosses:
        chance = _SURE / (spread * len(stems) ** 0.6)
        for one in stems:
            before = found.get(one, 0.0)
            found[one] = min(_MOST, before + chance * (1 - before))
    return found


def _glosses(line: str) -> list[list[str]]:
    _, _, said = line.partition("] ")
    found: list[list[str]] = []
    for sense in said.split("/"):
        if _REFERENCE.match(sense):
            continue
        for gloss in re.split("[;,]", _NOT_SAID.sub(" ", sense)):
            stems = _stems(gloss.lower())
            if stems:
                found.append(stems)
    return found


def _stems(text: str) -> list[str]:
    words = [word for word in _WORD.findall(text) if word not in _EMPTY]
    return list(dict.fromkeys(stem(word) for word in [w for w in words if w not in _FAINT] or words))


def _plain(reading: str) -> str:
    return re.sub(r"[^a-z]", "", reading.lower().replace("u:", "v"))
