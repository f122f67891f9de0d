"""What a reader takes for one character: a letter with its accents, a flag, an emoji with what changes it.

After the extended grapheme clusters of Unicode (UAX #29, revision 43), as far as texts of a news office go: marks,
joiners, variation selectors, skin tones, tags, pairs of regional indicators, and the letters of Korean syllables.
"""

import re
import unicodedata

_JOINER = "\u200d"
# Every character that can go on with the one before it is in here, and others too: a first look, and a quick one.
_MAY_JOIN = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u08ff\u0900-\u109f\u1100-\u11ff\u135d-\u135f\u1712-\u1dff\u200d\u20d0-\u20ff"
    "\u2cef-\u2df1\u302a-\u302f\u3099\u309a\ua66f-\uabff\ud7b0-\ud7ff\ufb1e\ufe00-\ufe2f\U00010000-\U0010ffff]"
)


def may_join(text: str) -> bool:
    """Whether a text may have characters that belong to the one before them."""
    return not text.isascii() and _MAY_JOIN.search(text) is not None


def is_edge(text: str, at: int) -> bool:
    """Whether a new character, as a reader counts, begins at ``at``, or the text ends there."""
    if at <= 0 or at >= len(text):
        return True
    before, here = text[at - 1], text[at]
    if _JOINER in {here, before} or unicodedata.category(here) in {"Mn", "Me", "Mc"}:
        return False
    if "\U0001f3fb" <= here <= "\U0001f3ff" or "\U000e0020" <= here <= "\U000e007f":
        return False
    if _is_indicator(here):
        run = 0
        while run < at and _is_indicator(text[at - 1 - run]):
            run += 1
        return run % 2 == 0
    if _is_jamo(here):  # the vowel or the end of a Korean syllable goes on with what is before it
        return not (_is_jamo(before) or "\u1100" <= before <= "\u115f" or "\uac00" <= before <= "\ud7a3")
    return True


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The range with all of the characters that it cuts."""
    while not is_edge(text, start):
        start -= 1
    while not is_edge(text, end):
        end += 1
    return start, end


def _is_indicator(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _is_jamo(sign: str) -> bool:
    return "\u1160" <= sign <= "\u11ff" or "\ud7b0" <= sign <= "\ud7ff"
