"""Web addresses, e-mail addresses and file names in a text: their dots and digits mean nothing else."""

import re
from bisect import bisect_right

_ENDINGS = "jpe?g|png|gif|tiff?|docx?|pdf|xlsx?|pptx?|txt|html?|mp4|zip|com|org|net|edu|gov|cn"
# Each begins where no word is under way and is bounded, so that hostile text costs no more than its length.
_ADDRESS = re.compile(
    r"(?<![\w.])(?:https?://|ftp://|www\.)[!#-;=?-~]{0,2000}[#-&*+\-/0-9=@-~]"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    rf"|(?<![\w.-])[\w-]{{1,100}}(?:\.[\w-]{{1,63}}){{0,8}}\.(?:{_ENDINGS})\b",
    re.ASCII | re.IGNORECASE,
)


def address_spans(text: str) -> list[tuple[int, int]]:
    """Return where the addresses of ``text`` stand, in order."""
    return [match.span() for match in _ADDRESS.finditer(text)]


def is_within(place: int, spans: list[tuple[int, int]]) -> bool:
    """Whether the character at ``place`` belongs to one of ``spans``, which are in order and do not overlap."""
    before = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return before >= 0 and place < spans[before][1]
