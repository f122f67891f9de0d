"""What a misspelt word was meant to be: the words that few slips of the fingers or of the ear away are in a dictionary.

Words one change away are asked for first, then those two likely changes away. Hunspell's own suggestions find no more
of common slips and take a hundred times as long, which typing cannot wait for (tests/bench/bench_spelling.py).
"""

from collections.abc import Callable, Iterator

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = "aeiou"
_MOST = 3
_SHORTEST_TWICE = 6  # letters of a word that is tried with two changes
_LONGEST_TWICE = 16
# What a change costs: the least costs what happens most. A first letter is seldom wrong.
_TURNED, _DOUBLED, _VOWEL, _LOST, _ADDED, _OTHER = range(6)
_FIRST = 3

Known = Callable[[str], bool]


def corrections(word: str, known: Known, *, changes: int = 2) -> list[str]:
    """Return up to three words that ``word``, in small letters, may have been meant to be, the likeliest first.

    ``changes`` is how many slips are looked for: 1 or 2.
    """
    for capital in (word.capitalize(), word.upper()):
        if known(capital):
            return [capital]
    costs: dict[str, int] = {}
    for candidate, cost in _changed(word):
        costs[candidate] = min(cost, costs.get(candidate, cost))
    costs.pop(word, None)
    found = sorted((cost, place, one) for place, (one, cost) in enumerate(costs.items()) if known(one))
    if found or changes < 2 or not _SHORTEST_TWICE <= len(word) <= _LONGEST_TWICE:
        return [one for _, _, one in found[:_MOST]]
    tried = {word, *costs}
    twice: list[str] = []
    for once in dict.fromkeys(_likely(word)):
        for candidate in _likely(once):
            if candidate not in tried:
                tried.add(candidate)
                if known(candidate):
                    twice.append(candidate)
    return twice[:_MOST]


def _changed(word: str) -> Iterator[tuple[str, int]]:
    """Every word one change away, with what the change costs."""
    for i in range(len(word) - 1):
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :], _TURNED
    for i, letter in enumerate(word):
        first = _FIRST if i == 0 else 0
        yield word[: i + 1] + letter + word[i + 1 :], _DOUBLED
        yield word[:i] + word[i + 1 :], _DOUBLED if i and letter == word[i - 1] else _ADDED + first
        for other in _LETTERS:
            is_vowel = letter in _VOWELS and other in _VOWELS
            yield word[:i] + other + word[i + 1 :], (_VOWEL if is_vowel else _OTHER) + first
            yield word[:i] + other + word[i:], _LOST + first
    for other in _LETTERS:
        yield word + other, _LOST


def _likely(word: str) -> Iterator[str]:
    """The likeliest of the words one change away: letters turned round, doubled, added, and vowels for vowels."""
    for i in range(len(word) - 1):
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    for i, letter in enumerate(word):
        yield word[:i] + word[i + 1 :]
        yield word[: i + 1] + letter + word[i + 1 :]
        if letter in _VOWELS:
            for other in _VOWELS:
                yield word[:i] + other + word[i + 1 :]
