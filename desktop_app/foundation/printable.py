"""Signs that do not print: kept out of names, and made visible where a terminal would obey them.

A control character can wipe a line or colour it; a sign that turns the direction of writing lets a name read as
another one (CVE-2021-42574 is the same trick in source code).
"""

import json
import re
import unicodedata
from typing import Any

# Controls but tab and line feed, line separators, and all that turns the direction of writing.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_BOLD = re.compile(rf"\x1b\[[01]m|{_OBEYED.pattern}")
_JOINERS = frozenset("\u200c\u200d")  # names in Persian or in Indian scripts are written with them
_UNPRINTED = frozenset({"Cc", "Cf", "Zl", "Zp"})


def unprinted(text: str) -> str | None:
    """The first sign of a name that does not print, as ``U+202E``; None where there is none."""
    found = next((sign for sign in text if _is_unprinted(sign)), None)
    return f"U+{ord(found):04X}" if found is not None else None


def printed(text: str) -> str:
    """The text without signs that do not print."""
    return "".join(sign for sign in text if not _is_unprinted(sign))


def visible(text: str) -> str:
    """The text with every sign that a terminal would obey as ``<U+202E>``; bold letters stay bold."""
    return _BOLD.sub(lambda found: _told(found[0]), text)


def visible_json(data: Any) -> str:
    """One JSON document on one line, with those signs escaped; whoever reads it gets them back."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(data, ensure_ascii=False))


def _told(found: str) -> str:
    return found if len(found) > 1 else f"<U+{ord(found):04X}>"


def _is_unprinted(sign: str) -> bool:
    return unicodedata.category(sign) in _UNPRINTED and sign not in _JOINERS
