"""Spelling: what a dictionary must be able to say, and which words of a text are asked about."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from desktop_app.language.addresses import address_spans, is_within

LONGEST_WORD = 40  # characters; a longer one is no word

# A run of letters, with the apostrophes inside it. What touches digits, underscores, slashes or such is no prose.
_WORD = re.compile(r"(?<![\w@#$%&\\/+=<>{}|~^*`.])[^\W\d_]+(?:[’'][^\W\d_]+)*(?![\w@\\/+=<>{}|~^*`(]|[.:][\w:])")
_LETTERS = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")


class Speller(Protocol):
    """A dictionary of one or more varieties of English."""

    def known(self, word: str) -> bool:
        """Whether the word, in just these capitals or in fewer, is in the dictionary."""
        ...

    def suggestions(self, word: str) -> list[str]:
        """Words that may have been meant, the likeliest first."""
        ...


@dataclass(frozen=True, slots=True)
class Accepting:
    """A speller that knows some words more: names, and the words of terms, in small letters (casefolded)."""

    speller: Speller
    accepted: frozenset[str]

    def known(self, word: str) -> bool:
        """Whether the word is accepted or in the dictionary."""
        return word.casefold() in self.accepted or self.speller.known(word)

    def suggestions(self, word: str) -> list[str]:
        """What the dictionary suggests."""
        return self.speller.suggestions(word)


def accepting(speller: Speller, texts: Iterable[str]) -> Accepting:
    """Return a speller that knows every word of ``texts`` too."""
    found = (match.group().replace("’", "'").casefold() for text in texts for match in _LETTERS.finditer(text))
    return Accepting(speller, frozenset(found))


def accepted_words(speller: Speller) -> frozenset[str]:
    """The words that a speller knows besides its dictionary, in small letters; empty where there are none."""
    return speller.accepted if isinstance(speller, Accepting) else frozenset()


def words(text: str) -> Iterator[re.Match[str]]:
    """Return the words of ``text`` that spelling can judge, in order: none of addresses, codes and abbreviations."""
    spans = address_spans(text)
    for match in _WORD.finditer(text):
        if len(match.group()) <= LONGEST_WORD and not is_within(match.start(), spans):
            yield match


def without_possessive(word: str) -> str:
    """Return the word without its possessive ending, and with plain apostrophes."""
    plain = word.replace("’", "'")
    return plain[:-2] if plain.endswith(("'s", "'S")) else plain
