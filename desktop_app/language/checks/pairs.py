"""What every check is made of: the pair it looks at, the check itself, and how to ask pair by pair."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.findings import Finding, Fix, Severity
from desktop_app.foundation.messages import Message
from desktop_app.language.checks.context import Context

CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Pair:
    """A segment, or a picture's caption, in both languages.

    ``kind`` is the kind of its block (``paragraph``, ``headline``, …) or ``caption``; languages are BCP 47 tags.
    """

    id: str
    source: str
    target: str
    source_language: str = "zh-Hans"
    target_language: str = "en"
    kind: str = "paragraph"

    @property
    def has_both(self) -> bool:
        """Whether there is text on both sides."""
        return bool(self.source.strip() and self.target.strip())

    @property
    def is_into_western(self) -> bool:
        """Whether the target is written with spaces between words."""
        return primary(self.target_language) not in {"zh", "ja"}


Look = Callable[[Sequence[Pair], Context], Iterable[Finding]]


class Scope(StrEnum):
    """How much of the text a check has to see."""

    SEGMENT = "segment"
    STORY = "story"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Check:
    """One check: a stable id, a title for people, and a function from a whole text to its findings.

    ``severity`` is the highest that it gives. ``each`` and ``whole`` make ``look`` of a function that needs less.
    """

    id: str
    title: Message
    look: Look
    severity: Severity
    scope: Scope = Scope.SEGMENT


def primary(language: str) -> str:
    """Return the language of a BCP 47 tag without script and region: ``zh-Hans`` is ``zh``."""
    return language.replace("_", "-").split("-", maxsplit=1)[0].lower()


def each(look: Callable[[Pair], Iterable[Finding]]) -> Look:
    """Make a check of one pair into a check of a text."""

    def look_at_all(pairs: Sequence[Pair], _context: Context) -> Iterator[Finding]:
        for pair in pairs:
            yield from look(pair)

    return look_at_all


def whole(look: Callable[[Sequence[Pair]], Iterable[Finding]]) -> Look:
    """Make a check that needs the text alone into one that is told its context."""

    def look_at_text(pairs: Sequence[Pair], _context: Context) -> Iterable[Finding]:
        return look(pairs)

    return look_at_text


def replaced(pair: Pair, span: tuple[int, int], text: str, label: Message) -> Fix:
    """Return the fix that puts ``text`` where ``span`` of the target is."""
    return Fix(label, pair.target[: span[0]] + text + pair.target[span[1] :])
