"""What a check says about a segment or a story."""

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.foundation.messages import Message


class Severity(StrEnum):
    """How much a finding weighs; an error stands in the way of a sign-off."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair that can be applied by one key: the whole new target text, and what it does in words."""

    label: Message
    target: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. Spans are half-open character ranges in the segment's source and target.

    ``segment`` is the id of a segment, or of a picture block for captions, or None for the whole story.
    """

    check: str
    severity: Severity
    message: Message
    segment: str | None = None
    source_span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that a person has set aside, with a reason, for exactly the text it was about.

    ``text`` is the key of that text: where the text changes, the finding comes back. ``segment`` is None for the
    whole story; ``person`` is an id, ``at`` an ISO moment.
    """

    id: str
    story: str
    segment: str | None
    check: str
    text: str
    reason: str
    person: str
    at: str
