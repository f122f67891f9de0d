"""Writing what a merge makes of a story, whichever way it comes in, so that four eyes hold for its words in each."""

from collections.abc import Collection

from desktop_app.desk.editing import keep_editor, settle, write_edits
from desktop_app.desk.wordings import Hands
from desktop_app.domain.drafting import having_written
from desktop_app.domain.merging.applying import edits_of, facts_of
from desktop_app.domain.merging.changes import Merge
from desktop_app.domain.people import Person
from desktop_app.domain.workflow import DRAFT
from desktop_app.store import story_edits
from desktop_app.store.archive import Unit
from desktop_app.store.models import StoryRow

_MANY = 3  # edits from which on all segments of a story are read at once


def write_merge(
    unit: Unit,
    row: StoryRow,
    merge: Merge,
    *,
    by: Person | None,
    hands: Hands,
    people: Collection[str],
    signers: Collection[str],
) -> bool:
    """Write the text and the facts that a merge makes, and settle the state; return whether the memory changed.

    ``by`` is the last editor of the text, ``hands`` say whose words they are, and ``people`` (ids) wrote them or
    decided for them. In a draft, and where the story falls back to one, these had a hand in it, as if they had typed
    the words. In a review only one can be the last editor: the others are kept with those who drafted, but for whoever
    has the review in hand, and for the ``signers`` of what counted, who may go on with their own reviews.

    Raises:
        OvertakenError: a passage is not what it was when the merge was made.
    """
    session, drafting = unit.session, row.state in DRAFT
    edits = edits_of(merge)
    held = story_edits.segments_at_hand(session, row.id) if len(edits) >= _MANY else []
    written = write_edits(unit, row, edits, by=by, typed=False, hands=hands, asked=True)
    held.clear()
    facts = facts_of(merge)
    for name, value in facts.items():
        setattr(row, name, value if isinstance(value, str) else list(value))
    if facts:
        row.modified, row.updated_at = True, unit.at
        keep_editor(row, by)
    session.flush()
    if facts and row.state not in DRAFT and row.claimed_step is None:
        settle(session, row)
    free = set() if drafting or row.state in DRAFT else {row.last_editor, row.claimed_by, *signers}
    for person in sorted(set(people) - free):
        row.drafters = having_written(row.drafters, row.drafter, person)
    return written.memory_changed
