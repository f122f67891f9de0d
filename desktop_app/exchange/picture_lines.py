"""Pictures as pages name them: a file name, with the caption glued to it (``1.jpgProf. ZHANG … spoke``)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop_app.domain.counts import has_han
from desktop_app.exchange.page import Part, PartKind

_FILE_NAME = re.compile(
    r"(?P<file>(?P<stem>[^\\/:*?\"<>|\n，。；：！？、,;]{1,80}?)\.(?:jpe?g|png|gif|webp|tiff?|bmp))(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_PICTURE_WORD = re.compile(r"\d|img|dsc|photo|image|picture|pic|figure|图|照片|截图", re.IGNORECASE)


def split_picture(text: str) -> tuple[str, str] | None:
    """Part a line that opens with a picture's file name into the name and the caption glued to it."""
    match = _FILE_NAME.match(text)
    if match is None:
        return None
    stem, rest = match["stem"], match["rest"]
    if stem != stem.strip() or (" " in stem and not _is_spaced_name(stem, rest)):
        return None
    if len(stem) > 24 and has_han(stem):
        return None
    return match["file"], rest.strip()


def _is_spaced_name(stem: str, rest: str) -> bool:
    """Whether words before ``.jpg`` are a file's name and not the opening of a sentence."""
    if len(stem.split()) > 5 or len(stem) > 50:
        return False
    return not rest.strip() or _PICTURE_WORD.search(stem) is not None


def with_pictures(parts: Sequence[Part]) -> list[Part]:
    """Part file names from the captions glued to them."""
    lines: list[Part] = []
    for part in parts:
        text = part.text.strip()
        if part.kind is PartKind.FURNITURE and not text:
            continue
        found = split_picture(text) if part.kind in {PartKind.TEXT, PartKind.ITEM} else None
        if found is None:
            if text or part.kind is PartKind.PICTURE:
                lines.append(replace(part, text=text))
            continue
        while found is not None:
            file, text = found
            lines.append(Part(PartKind.PICTURE, file=file))
            found = split_picture(text)
        if text:
            lines.append(Part(PartKind.CAPTION, text))
    return lines
