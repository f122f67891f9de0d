"""What may be written in the place of a word that no dictionary has: names and terms of the house first, then words."""

from desktop_app.language.spelling import Speller, accepted_words, without_possessive
from desktop_app.language.spelling.corrections import corrections

_MOST = 5


def proposals(word: str, speller: Speller) -> list[str]:
    """Return up to five spellings for ``word``, in its capitals and with its possessive, the likeliest first."""
    plain = without_possessive(word)
    small = plain.lower()
    house = accepted_words(speller)
    found = corrections(small, house.__contains__) if house else []
    likely = dict.fromkeys([*found, *speller.suggestions(small)])
    ending = word[len(plain) :]
    return [_as_in(plain, one) + ending for one in likely if one != plain][:_MOST]


def _as_in(word: str, proposal: str) -> str:
    if len(word) > 1 and word.isupper():
        return proposal.upper()
    return proposal[:1].upper() + proposal[1:] if word[:1].isupper() else proposal
