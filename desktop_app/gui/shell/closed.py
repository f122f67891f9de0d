"""Why a story cannot be written now, as far as the window knows more than the story itself."""

from dataclasses import dataclass

from desktop_app.domain.people import Person
from desktop_app.domain.story import StoryState
from desktop_app.domain.workflow import WORKING
from desktop_app.foundation.messages import N_, Message


@dataclass(frozen=True)
class Closed:
    """A reason; which of those below it is says what would open the story."""

    reason: Message


READ_ONLY_ARCHIVE = Closed(N_("This archive can only be read."))
NOBODY = Closed(N_("Say who you are, and you can write."))
APPROVED = Closed(N_("This story is approved: it is shown as it was signed."))

_WRITTEN = WORKING | {StoryState.APPROVED}


def closed(state: StoryState, person: Person | None, *, writable: bool, unlocked: bool) -> Closed | None:
    """Return why nothing may be written; None where only the story's own rules decide."""
    if not writable:
        return READ_ONLY_ARCHIVE
    if state is StoryState.APPROVED and not unlocked:
        return APPROVED
    return NOBODY if person is None and state in _WRITTEN else None
