"""What the list says of a story beside its state: a kill asked for, an emergency, an embargo, a correction."""

from desktop_app.desk.stories import ListedStory
from desktop_app.domain.story import StoryState
from desktop_app.foundation.messages import N_, Message
from desktop_app.foundation.zones import told


def standing_words(listed: ListedStory, now: str) -> Message | None:
    """The most pressing of these, None where there is none; ``now`` is as ``foundation.ids.stamp`` writes it."""
    summary, embargo = listed.summary, listed.embargo
    if summary.kill_asked and summary.state is not StoryState.KILLED:
        return N_("Kill to be confirmed")
    if listed.emergency is not None and listed.emergency.approved_by is None:
        return N_("Emergency: revision pending")
    if embargo is not None and embargo.until is not None and embargo.holds(now):
        return N_("Embargo until {until}", until=told(embargo.until, embargo.zone))
    if summary.correcting is not None and summary.released is not None:
        return N_("Correction of {version}", version=str(summary.released))
    return None
