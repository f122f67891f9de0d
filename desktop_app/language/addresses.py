"""Web addresses, e-mail addresses and file names in a text: their dots and digits mean nothing else."""

import re

_ADDRESS = re.compile(
    r"(?:https?://|ftp://|www\.)[!#-;=?-~]*[#-&*+\-/0-9=@-~]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:jpe?g|png|gif|tiff?|docx?|pdf|xlsx?|pptx?|txt|html?|mp4|zip|com|org|net|edu|gov|cn)\b",
    re.ASCII | re.IGNORECASE,
)


def address_spans(text: str) -> list[tuple[int, int]]:
    """Return where the addresses of ``text`` stand, in order."""
    return [match.span() for match in _ADDRESS.finditer(text)]


def is_within(place: int, spans: list[tuple[int, int]]) -> bool:
    """Whether the character at ``place`` belongs to one of ``spans``."""
    return any(first <= place < last for first, last in spans)
