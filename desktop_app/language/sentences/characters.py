"""Sets of characters for the expressions of sentence rules, by the names that ICU gives them (UTS #18)."""

import unicodedata
from collections.abc import Callable

# Whether a character belongs to the set; beyond the edge of the text stands the empty string, which no set holds.
Chars = Callable[[str], bool]
_WORD_CATEGORIES = ("L", "M", "Nd", "Pc")
_CATEGORIES = {
    "C", "Cc", "Cf", "Cn", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N", "Nd", "Nl", "No",
    "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs",
}  # fmt: skip
_CATEGORY_NAMES = {
    "letter": "L", "uppercase_letter": "Lu", "lowercase_letter": "Ll", "titlecase_letter": "Lt", "number": "N",
    "decimal_number": "Nd", "punctuation": "P", "symbol": "S", "separator": "Z", "mark": "M", "other": "C",
    "punct": "P", "digit": "Nd", "alpha": "L", "isalphabetic": "L", "alphabetic": "L", "upper": "Lu", "lower": "Ll",
    "uppercase": "Lu", "isuppercase": "Lu", "lowercase": "Ll", "islowercase": "Ll",
}  # fmt: skip
_SCRIPTS = {"han": "CJK ", "hiragana": "HIRAGANA ", "katakana": "KATAKANA ", "latin": "LATIN "}


def is_nothing(char: str) -> bool:
    """Whether the place is at the edge of the text."""
    return char == ""


def is_word(char: str) -> bool:
    """Whether a character belongs to words, after UTS #18, annex C."""
    return char != "" and unicodedata.category(char).startswith(_WORD_CATEGORIES)


def is_digit(char: str) -> bool:
    """Whether a character is a decimal digit."""
    return char != "" and unicodedata.category(char) == "Nd"


def _is_blank(char: str) -> bool:
    return char == "\t" or (char != "" and unicodedata.category(char) == "Zs")


def is_vertical(char: str) -> bool:
    """Whether a character ends a line."""
    return char in "\n\v\f\r\u0085\u2028\u2029"


CLASSES: dict[str, Chars] = {"d": is_digit, "w": is_word, "s": str.isspace, "h": _is_blank, "v": is_vertical}


def complement(chars: Chars) -> Chars:
    """The characters that are not in a set."""
    return lambda char: char != "" and not chars(char)


def any_of(members: list[Chars]) -> Chars:
    """The characters of any of some sets."""
    fixed = tuple(members)
    return lambda char: any(member(char) for member in fixed)


def literal(char: str, any_case: bool) -> Chars:
    """One character, or with ``any_case`` its other forms too."""
    if any_case:
        folded = char.casefold()
        return lambda other: other.casefold() == folded
    return lambda other: other == char


def between(first: str, last: str, any_case: bool) -> Chars:
    """A range of characters, or with ``any_case`` those with a form in it."""
    if any_case:
        return lambda char: any(first <= form <= last for form in (char, char.lower()[:1], char.upper()[:1]))
    return lambda char: first <= char <= last


def both(one: Chars, other: Chars) -> Chars:
    """The characters that two sets share."""
    return lambda char: one(char) and other(char)


def with_property(name: str) -> Chars | None:
    """The set of a property: a general category or one of four scripts, by code or name; None where not known."""
    negated = name.startswith("^")
    plain = name.lstrip("^").strip()
    for prefix in ("gc=", "General_Category=", "Is"):
        plain = plain.removeprefix(prefix)
    category = plain if plain in _CATEGORIES else _CATEGORY_NAMES.get(plain.lower().replace(" ", "_"))
    script = _SCRIPTS.get(plain.removeprefix("script=").removeprefix("sc=").lower())
    if category is not None:
        found = in_categories(category)
    elif script is not None:
        found = _named(script)
    else:
        return None
    return complement(found) if negated else found


def posix_class(name: str) -> Chars | None:
    """The set that ``[:name:]`` stands for; None where not known."""
    plain = name.lstrip("^").lower()
    known = {"space": str.isspace, "word": is_word, "alnum": in_categories("L", "Nd")}.get(plain)
    category = _CATEGORY_NAMES.get(plain)
    found = known or (in_categories(category) if category else None)
    return complement(found) if found is not None and name.startswith("^") else found


def in_categories(*categories: str) -> Chars:
    """The characters of some general categories, each by its code or the first letter of it."""
    return lambda char: char != "" and unicodedata.category(char).startswith(categories)


def _named(prefix: str) -> Chars:
    return lambda char: char != "" and unicodedata.name(char, "").startswith(prefix)
