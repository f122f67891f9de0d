"""The judged words of a text that is being typed: after a change only the words round it are looked for again."""

from collections.abc import Callable, Iterable

Found = tuple[int, int, tuple[str, bool]]
"""Where a word stands, its bare form, and whether a hyphen joins it to another."""

Scan = Callable[[str], Iterable[Found]]


def rescanned(old: str, found: list[Found], new: str, scan: Scan) -> list[Found]:
    """Return what ``scan`` finds in ``new``, given what it ``found`` in ``old``.

    It is asked about the part between the spaces round the change alone: no word, and nothing that keeps a word from
    being judged (addresses, codes), goes across a space.
    """
    same = _alike(old, new)
    begin = new.rfind(" ", 0, same) + 1
    tail = min(_alike(old[::-1], new[::-1]), len(old) - same, len(new) - same)
    end = new.find(" ", len(new) - tail) if tail else -1
    end = end if end >= 0 else len(new)
    shift = len(new) - len(old)
    kept = [one for one in found if one[1] <= begin]
    kept += [(start + begin, stop + begin, word) for start, stop, word in scan(new[begin:end])]
    kept += [(start + shift, stop + shift, word) for start, stop, word in found if start >= end - shift]
    return kept


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common from their beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
