"""Splits text into sentences, so that the pieces joined are the text again, character for character."""

from typing import Protocol

from desktop_app.domain.story import joiner
from desktop_app.language.chinese_sentences import ChineseSegmenter
from desktop_app.language.english_sentences import WesternSegmenter


class Segmenter(Protocol):
    """Splits a text of one language into sentences."""

    def split(self, text: str) -> list[str]:
        """Return the sentences of ``text`` as slices: ``"".join(pieces) == text``, no piece is empty.

        Whitespace belongs to the end of the piece before it; leading whitespace of the text to the first piece.
        """
        ...


def segmenter(language: str) -> Segmenter:
    """Return the segmenter for a BCP 47 tag. Chinese and Japanese have rules of their own."""
    primary = language.replace("_", "-").split("-")[0].lower()
    if primary in {"zh", "ja"}:
        return ChineseSegmenter()
    return WesternSegmenter(primary)


def split_for_story(text: str, language: str) -> list[str]:
    """Split a paragraph into the pieces that a story stores.

    Where the language joins pieces with a space, a boundary counts only if exactly one space stands there, and
    that space is in neither piece: ``" ".join(pieces) == text``. So a missing or a doubled space stays inside its
    piece, for the checks to find. In Chinese the pieces are slices: ``"".join(pieces) == text``.
    """
    pieces = segmenter(language).split(text)
    if joiner(language) == "":
        return pieces
    stored: list[str] = []
    held = ""
    for number, piece in enumerate(pieces):
        held += piece
        is_last = number == len(pieces) - 1
        following = "" if is_last else pieces[number + 1]
        if not is_last and held.endswith(" ") and not held[:-1][-1:].isspace() and held != " ":
            if following[:1].isspace():
                continue
            stored.append(held[:-1])
            held = ""
    if held:
        stored.append(held)
    return stored
