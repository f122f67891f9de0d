"""Why a story cannot be written now, as far as the window knows more than the story itself."""

from dataclasses import dataclass

from desktop_app.domain.people import Person
from desktop_app.domain.story import StoryState
from desktop_app.domain.workflow import WORKING, Situation, may_edit
from desktop_app.foundation.messages import N_, Message


@dataclass(frozen=True)
class Closed:
    """A reason; which of those below it is says what would open the story."""

    reason: Message


READ_ONLY_ARCHIVE = Closed(N_("This archive can only be read."))
NOBODY = Closed(N_("Say who you are, and you can write."))
APPROVED = Closed(N_("This story is approved: it is shown as it was signed."))
SIGNED = Closed(N_("This text is signed and waits for the next step: it is shown as it was signed."))

_WRITTEN = WORKING | {StoryState.APPROVED}
_WAITING = {StoryState.SUBMITTED, StoryState.IN_REVISION}


def closed(at: Situation, person: Person | None, *, writable: bool, unlocked: bool) -> Closed | None:
    """Return why nothing may be written; None where only the story's own rules decide.

    A text whose sign-offs one key would make stale is opened on purpose, never by accident. Where a review is open
    again because its sign-off went stale, nothing that still counts is lost by writing, whoever has it in hand.
    """
    if not writable:
        return READ_ONLY_ARCHIVE
    if at.state is StoryState.APPROVED and not unlocked:
        return APPROVED
    if person is None:
        return NOBODY if at.state in _WRITTEN else None
    waits = at.state in _WAITING and at.claim is None and may_edit(at, person.id) is None
    return SIGNED if waits and not unlocked else None
