"""What a memory file held beside the pairs that were taken, and how far its reading is."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

_MOST_TAGS = 200
OTHERS = "…"


@dataclass
class Tally:
    """Counts that grow while units are drawn from a reader.

    ``skipped`` are units without a text in each of the two languages; ``languages`` counts, by tag, the texts in
    languages that were not asked for, ``relatives`` those that were taken from another region or script of one that
    was. ``bytes_read`` is how much of the file was consumed; ``told`` is called each time that it grows, and may
    raise to stop the reading.
    """

    units: int = 0
    skipped: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    relatives: Counter[str] = field(default_factory=Counter)
    bytes_read: int = 0
    told: Callable[[int], None] = lambda _bytes: None

    def reached(self, bytes_read: int) -> None:
        """Note how much of the file was consumed."""
        self.bytes_read = bytes_read
        self.told(bytes_read)

    def passed_over(self, tag: str) -> None:
        """Count a text in a language that was not asked for."""
        _count(self.languages, tag)

    def taken_from_relative(self, tag: str) -> None:
        """Count a text that was taken for want of a nearer one."""
        _count(self.relatives, tag)


def _count(counter: Counter[str], tag: str) -> None:
    """Count under the tag, or under one name for all once a file has brought more tags than there are languages."""
    tag = tag[:35]  # BCP 47, section 4.4.1: what software must be ready for
    counter[tag if tag in counter or len(counter) < _MOST_TAGS else OTHERS] += 1
