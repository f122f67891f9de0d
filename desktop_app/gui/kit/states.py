"""How states and statuses look everywhere: a glyph, a word and a tone, so that colour never speaks alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from desktop_app.domain.findings import Severity
from desktop_app.domain.story import SegmentStatus, StoryState
from desktop_app.domain.workflow import state_words
from desktop_app.foundation.messages import N_, Message


@dataclass(frozen=True)
class Mark:
    """A glyph, its word, and its tone: a colour token for painting, ``tone`` of a ``Pill`` for widgets."""

    glyph: str
    word: Message
    tone: str


SEGMENT_MARKS: Mapping[SegmentStatus, Mark] = MappingProxyType(
    {
        SegmentStatus.UNTRANSLATED: Mark("–", N_("Untranslated"), "muted"),
        SegmentStatus.DRAFT: Mark("○", N_("Draft"), "muted"),
        SegmentStatus.CONFIRMED: Mark("✓", N_("Confirmed"), "good"),
        SegmentStatus.REVISED: Mark("●", N_("Revised"), "accent"),
        SegmentStatus.SIGNED_OFF: Mark("✓✓", N_("Signed off"), "good"),
        SegmentStatus.REJECTED: Mark("✕", N_("Rejected"), "error"),
    }
)
READ_ONLY = N_("This archive can only be read. Nothing you do here changes it.")
LOCKED = Mark("lock", N_("Locked"), "muted")

STORY_MARKS: Mapping[StoryState, Mark] = MappingProxyType(
    {
        StoryState.SOURCED: Mark("–", N_("Sourced"), "muted"),
        StoryState.DRAFTING: Mark("○", N_("Drafting"), "muted"),
        StoryState.SUBMITTED: Mark("→", N_("Submitted"), "accent"),
        StoryState.IN_REVISION: Mark("●", N_("In revision"), "warning"),
        StoryState.APPROVED: Mark("✓", N_("Approved"), "good"),
        StoryState.RELEASED: Mark("✓✓", N_("Released"), "good"),
        StoryState.DROPPED: Mark("✕", N_("Dropped"), "muted"),
        StoryState.UNPUBLISHED: Mark("–", N_("Unpublished"), "warning"),
        StoryState.KILLED: Mark("✕", N_("Killed"), "error"),
    }
)
STALE = Mark("!", N_("Sign-off stale"), "error")

SEVERITY_MARKS: Mapping[Severity, Mark] = MappingProxyType(
    {
        Severity.ERROR: Mark("!", N_("Error"), "error"),
        Severity.WARNING: Mark("!", N_("Warning"), "warning"),
        Severity.NOTE: Mark("i", N_("Note"), "accent"),
    }
)


def standing_mark(state: StoryState, waiting: Message | None) -> Mark:
    """The mark of a state; of the step called ``waiting`` where that is next and nobody has the story in revision."""
    if state is StoryState.IN_REVISION and waiting is not None:
        return Mark("→", state_words(state, waiting), "accent")
    return STORY_MARKS[state]
