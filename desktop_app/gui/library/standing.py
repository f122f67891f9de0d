"""What the list says of a story beside its state: a kill asked for, an emergency, an embargo, a correction, a loan."""

from datetime import datetime

from desktop_app.desk.stories import ListedStory
from desktop_app.domain.duties import Due, due
from desktop_app.domain.story import StoryState
from desktop_app.foundation.ids import moment, stamp
from desktop_app.foundation.messages import N_, Message
from desktop_app.foundation.zones import clocks_of, told
from desktop_app.gui.kit.states import STALE, Mark, standing_mark
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.library.beside import Note


def due_of(listed: ListedStory, now: datetime) -> Due | None:
    """The deadline of a story's open step in words, as it looks now; None without one."""
    given = listed.assignment
    if given is None or given.deadline is None:
        return None
    return due(moment(given.deadline).astimezone(), now.astimezone())


def mark_of(listed: ListedStory) -> Mark:
    """The state of a story, or the step that waits where the state alone would mislead."""
    if listed.stale:
        return STALE
    summary = listed.summary
    step = listed.policy.step(listed.waiting) if listed.waiting is not None and summary.claimed_by is None else None
    return standing_mark(summary.state, step.title if step is not None else None)


def notes_of(listed: ListedStory, out: tuple[str, str], texts: Texts, now: datetime) -> list[Note]:
    """What stands about a story, the most binding first; ``out`` says with whom it is offline, at length and briefly.

    What waits for a second person comes first, then what is late, then an embargo, which holds whatever is due.
    """
    late = due_of(listed, now)
    found = [_asked(listed, texts), _emergency(listed, texts)]
    deadline = None
    if late is not None:
        words = texts(late.words)
        deadline = (
            Note((f"! {words}",), "error", bold=True, icon="calendar") if late.late else
            Note((words,), "ink", icon="calendar")
        )  # fmt: skip
    found += [deadline] if late is not None and late.late else []
    found.append(_embargo(listed, texts, now))
    found += [deadline] if late is not None and not late.late else []
    found.append(_correction(listed, texts))
    if any(out):
        found.append(Note((*out, texts(N_("Away"))), icon="exports"))
    return [note for note in found if note is not None]


def _asked(listed: ListedStory, texts: Texts) -> Note | None:
    if not listed.summary.kill_asked or listed.summary.state is StoryState.KILLED:
        return None
    return Note((texts(N_("Kill to be confirmed")), texts(N_("Kill?"))), "error", icon="error")


def _emergency(listed: ListedStory, texts: Texts) -> Note | None:
    if listed.emergency is None or listed.emergency.approved_by is not None:
        return None
    return Note((texts(N_("Emergency: revision pending")), texts(N_("Emergency"))), "warning", icon="warning")


def _embargo(listed: ListedStory, texts: Texts, now: datetime) -> Note | None:
    embargo = listed.embargo
    if embargo is None or embargo.until is None or not embargo.holds(stamp(now)):
        return None
    day = texts.short_day(clocks_of(embargo.until, embargo.zone).date())
    return Note(
        (
            texts(N_("Embargo until {until}", until=told(embargo.until, embargo.zone))),
            texts(N_("Embargo until {until}", until=day)),
            texts(N_("Embargo")),
        ),
        "warning",
        icon="lock",
    )


def _correction(listed: ListedStory, texts: Texts) -> Note | None:
    summary = listed.summary
    if summary.correcting is None or summary.state is StoryState.DROPPED:
        return None
    if summary.released is None:
        said: Message = N_("Taken down; correction of {version}", version=str(summary.correcting))
        return Note((texts(said), texts(N_("Taken down"))), "warning")
    words: Message = N_("Correction of {version}", version=str(summary.released))
    return Note((texts(words), texts(N_("Correction"))))
