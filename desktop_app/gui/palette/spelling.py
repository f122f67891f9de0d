"""Typing pinyin for Chinese: the first letters of its characters (``tsg``), or their syllables (``tushug``).

A typed word becomes a pattern of classes of characters, so every reading of a character counts and nothing need be
stored for the texts.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from desktop_app.language.names.pinyin import readings

_AT_ONCE = 200  # characters; the readings of more would keep others from their turn
_MOST_WAYS = 24  # ways to part what was typed into syllables
_LONGEST_SYLLABLE = 6
_TYPED = re.compile(r"[a-z']{2,16}")


class Spelling:
    """Knows the readings of those characters that occur."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take the characters of ``texts``; loads the readings, 0.4 s the first time: not for the window's thread."""
        occurring: set[str] = set()
        for text in texts:  # one by one: a single union of all would not let the window have its turn
            occurring.update(text)
        characters = sorted(character for character in occurring if "\u4e00" <= character <= "\u9fff")
        classes: defaultdict[str, list[str]] = defaultdict(list)
        for start in range(0, len(characters), _AT_ONCE):
            some = "".join(characters[start : start + _AT_ONCE])
            for character, syllables in zip(some, readings(some), strict=False):
                for syllable in syllables:
                    classes[syllable].append(character)
        self._classes = {syllable: "".join(those) for syllable, those in classes.items()}
        self._begun: dict[str, str] = {}

    def pattern(self, typed: str) -> re.Pattern[str] | None:
        """The pattern of the Chinese that a typed word may spell; None where it spells none."""
        if not _TYPED.fullmatch(typed) or not self._classes:
            return None
        ways = [way for way in islice(self._ways(typed.replace("'", "")), _MOST_WAYS) if len(way) > 1]
        return re.compile("|".join("".join(f"[{one}]" for one in way) for way in ways)) if ways else None

    def _ways(self, rest: str) -> Iterator[list[str]]:
        """The classes of every way to part what was typed: syllables and first letters, at its end any beginning."""
        if not rest:
            yield []
            return
        for length in range(min(_LONGEST_SYLLABLE, len(rest)), 0, -1):
            part = rest[:length]
            begun = length in {1, len(rest)}
            those = self._beginning(part) if begun else self._classes.get(part, "")
            for others in self._ways(rest[length:]) if those else ():
                yield [those, *others]

    def _beginning(self, part: str) -> str:
        """The characters with a syllable that begins so."""
        if part not in self._begun:
            found = (those for syllable, those in self._classes.items() if syllable.startswith(part))
            self._begun[part] = "".join(found)
        return self._begun[part]
