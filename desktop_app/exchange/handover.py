"""What every writer says of an edition beside its text: who did what and when, and that a draft is one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop_app.domain.credits import line
from desktop_app.domain.edition import Edition, SignedStep
from desktop_app.domain.story import BlockKind
from desktop_app.foundation.zones import told

# In the document's own language, whatever the window's is: the file goes to people elsewhere.
DRAFT_MARK = "DRAFT – NOT APPROVED"


@dataclass(frozen=True, slots=True)
class Hand:
    """Who had a step in hand. ``signed`` is the sign-off; None for a credit that came with a published page."""

    step: str
    label: str
    names: tuple[str, ...]
    signed: SignedStep | None = None


def hands(edition: Edition) -> tuple[Hand, ...]:
    """Everybody who is credited or signed, in the order of the steps; a name stands once in a step.

    A step that is pending is in nobody's hands yet.
    """
    signed = {step.step: step for step in edition.signed}
    given = [credit for credit in edition.credits if not credit.pending]
    found = [Hand(credit.step, credit.label, credit.names, signed.get(credit.step)) for credit in given]
    credited = {credit.step for credit in edition.credits}
    return (*found, *(Hand(s.step, s.label, (s.person,), s) for s in edition.signed if s.step not in credited))


def credit_lines(edition: Edition) -> tuple[str, ...]:
    """The credits in the wording of the page, both languages: ``Draft: LI Wei``, ``翻译：李蔚``."""
    english = (line(credit, chinese=False) for credit in edition.credits)
    return (*english, *(line(credit, chinese=True) for credit in edition.credits_zh))


def pending_note(edition: Edition) -> str:
    """What says that a text went out in an emergency: ``Revision: pending``; empty for any other."""
    return "; ".join(line(credit, chinese=False) for credit in edition.credits if credit.pending)


def embargo_note(edition: Edition) -> str:
    """What says until when a text must not be published; empty where it may be."""
    return f"EMBARGOED until {told(*edition.embargo)}" if edition.embargo is not None else ""


def approved_at(edition: Edition) -> datetime | None:
    """When the last sign-off was given; None for a draft, and for a story that was not signed here."""
    if edition.draft or not edition.signed:
        return None
    return max(moment_of(step) for step in edition.signed)


def moment_of(step: SignedStep) -> datetime:
    """When a sign-off was given, in UTC and whole seconds."""
    return datetime.fromisoformat(step.at).astimezone(UTC).replace(microsecond=0)


def untranslated(edition: Edition) -> int:
    """How many sentences of the source have no words in the target."""
    return sum(1 for _ in _gaps(edition))


def _gaps(edition: Edition) -> Iterator[str]:
    for block in edition.story.content.blocks:
        if block.kind is not BlockKind.PICTURE:
            yield from (s.id for s in block.segments if s.source.strip() and not s.target.strip())
