"""What a clipboard or a drag brings, as the live cell takes it: clean text, pictures, or a sentence why not."""

from dataclasses import dataclass

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.drops import local_files
from desktop_app.language.pasting import MOST, Known, pasted, without_breaks

OWN_FORMAT = "application/x-diptych-text"
_MOST_MARKUP_BYTES = 24_000_000


@dataclass(frozen=True, slots=True)
class Brought:
    """The text to put in; ``told`` is what a person should hear of it."""

    text: str
    told: Message | None = None


def mime_of(text: str) -> QMimeData:
    """The text as it stands, for others and, marked as our own, for ourselves: it needs no cleaning."""
    data = QMimeData()
    data.setText(text)
    data.setData(OWN_FORMAT, text.encode("utf-8", "replace"))
    return data


def text_of(source: QMimeData, *, known: Known | None, exact: bool = False) -> Brought:
    """The text that ``source`` holds, in one paragraph; empty, with the reason told, where there is too much of it.

    ``exact`` keeps every character but the line breaks. ``known`` says whether a word is in the dictionary.
    """
    plain = source.text()
    if len(plain) > MOST:
        return Brought("", N_(
            "What was copied has {n} characters. At most {most} can be put into one place: paste it in parts.",
            n=f"{len(plain):,}", most=f"{MOST:,}",
        ))  # fmt: skip
    if exact or source.hasFormat(OWN_FORMAT):
        return Brought(without_breaks(plain))
    markup = ""
    if source.hasFormat("text/html") and source.data("text/html").size() <= _MOST_MARKUP_BYTES:
        markup = source.html()
    taken = pasted(plain, markup, known=known)
    if len(taken.text) > MOST:
        return Brought("", N_("The page that was copied is too long for one place: paste it in parts."))
    told = None
    if taken.paragraphs > 1:
        told = NN_("{n} paragraph was pasted.", "{n} paragraphs were pasted as one.", taken.paragraphs)
    return Brought(taken.text, told)


def fitted(text: str, plain: str, before: str, after: str) -> str:
    """Clean text with the space at either end that was copied with it, where a word stands beside it."""
    if not text:
        return text
    left = " " if plain[:1].isspace() and plain[:1] not in "\r\n" and before.isalnum() else ""
    right = " " if plain[-1:].isspace() and plain[-1:] not in "\r\n" and after.isalnum() else ""
    return left + text + right


def brings_picture(source: QMimeData) -> bool:
    """Whether ``source`` is about pictures and no text: files, or a picture itself, as screenshots and browsers do."""
    return bool(local_files(source)) or (source.hasImage() and not source.text().strip())


def image_of(source: QMimeData) -> QImage | None:
    """The picture itself, None where there is none."""
    image = source.imageData() if source.hasImage() else None
    return image if isinstance(image, QImage) and not image.isNull() else None
