"""How alike two texts are, in whole numbers: edits over characters, the edits a threshold allows, swapped clauses."""

import unicodedata
from collections import Counter
from itertools import pairwise

SWAP_WEIGHT = 90
_SHORTEST_SWAP = 8
_LEAST_DICE = 0.75
_LEAST_BAG = 0.9


def compared(text: str) -> str:
    """The form in which two texts are compared: NFC. Case, width and white space count."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def allowed_edits(least: int, longer: int) -> int:
    """The most edits by which two texts may differ and still be ``least`` per cent alike.

    ``longer`` is the length of the longer one: 100 · (longer - edits) >= least · longer.
    """
    return (100 - least) * longer // 100


def lengths_within(least: int, length: int) -> tuple[int, int]:
    """The shortest and the longest text that can be ``least`` (1 to 100) per cent like one of ``length`` characters.

    Texts differ by at least as many edits as their lengths do.
    """
    return -(-least * length // 100), 100 * length // least


def score_of(edits: int, longer: int) -> int:
    """The whole per cent that two texts reach, never rounded up: 100 stands for the same text alone."""
    return 100 * (longer - edits) // longer if longer else 100


def similarity_of(edits: int, longer: int) -> float:
    """As ``score_of``, with one decimal place."""
    return 1000 * (longer - edits) // longer / 10 if longer else 100.0


def swap_score(one: str, other: str) -> int:
    """How alike two texts are whose clauses stand in another order; 0 where this is not how they differ.

    90 per cent of the Dice coefficient of their character pairs. The characters themselves must be nearly the same
    on both sides: else something was written or left out, and Levenshtein has said all about it.
    """
    longer = max(len(one), len(other))
    shorter = min(len(one), len(other))
    if shorter < _SHORTEST_SWAP or shorter < _LEAST_BAG * longer:
        return 0
    common = (Counter(one) & Counter(other)).total()
    if common < _LEAST_BAG * longer:
        return 0
    pairs = Counter(pairwise(one)) & Counter(pairwise(other))
    dice = 2 * pairs.total() / (len(one) + len(other) - 2)
    return int(SWAP_WEIGHT * dice) if dice >= _LEAST_DICE else 0
