"""The dictionaries that travel with the program, behind the protocol that the spelling check asks.

Loading one takes some 60 ms and 10 MB, so it waits until the first word is asked for, and then serves every archive.
"""

from functools import cache, lru_cache

from hunspell import Hunspell

from desktop_app.foundation.resources import resource
from desktop_app.language.spelling.corrections import corrections

_NAMES = ("en_GB", "en_US")
_SUGGESTING = {"en-GB": ("en_GB",), "en-US": ("en_US",)}
_REMEMBERED = 20_000  # words; a story has some hundred different ones


class Dictionaries:
    """Hunspell over both varieties' dictionaries; which of the two a text may use is the matter of another check.

    Words are suggested from the house's variety. Safe on every thread.
    """

    def __init__(self, variety: str) -> None:
        """Suggest words of ``variety``: ``en-GB``, ``en-US``, or empty for either."""
        self._suggesting = _SUGGESTING.get(variety, _NAMES)
        self._suggested = lru_cache(_REMEMBERED // 10)(self._suggest)

    def known(self, word: str) -> bool:
        """Whether either dictionary has the word."""
        return _is_known(word)

    def suggestions(self, word: str) -> list[str]:
        """Words that may have been meant, the likeliest first."""
        return list(self._suggested(word))

    def _suggest(self, word: str) -> tuple[str, ...]:
        return tuple(corrections(word, lambda one: any(_dictionary(name).spell(one) for name in self._suggesting)))


@cache
def speller(variety: str) -> Dictionaries:
    """The speller of a variety, one for the whole program."""
    return Dictionaries(variety)


@lru_cache(_REMEMBERED)
def _is_known(word: str) -> bool:
    return any(_dictionary(name).spell(word) for name in _NAMES)


@cache
def _dictionary(name: str) -> Hunspell:
    """Load a dictionary. Two threads that ask at once may both load it; one is kept. The path is UTF-8 everywhere."""
    return Hunspell(name, str(resource("dictionaries")), system_encoding="UTF-8")
