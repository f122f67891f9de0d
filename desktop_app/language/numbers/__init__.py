"""Reads the amounts of a text, whatever its language: the way in for checks and alignment."""

from desktop_app.language.numbers.chinese import read_chinese
from desktop_app.language.numbers.english import read_english
from desktop_app.language.numbers.quantities import Quantity


def read_numbers(text: str, language: str) -> list[Quantity]:
    """Return the amounts of ``text`` in order; ``language`` is a BCP 47 tag, Chinese or English."""
    return read_chinese(text) if language.lower().startswith("zh") else read_english(text)
