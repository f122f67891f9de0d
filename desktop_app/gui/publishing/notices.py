"""What stands about a story beside its steps, as sentences with the acts that answer them. No widgets."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.desk.stories import StoryFile
from desktop_app.domain.people import Person, called
from desktop_app.domain.publication import out_beside
from desktop_app.domain.publication_acts import publication_acts
from desktop_app.domain.story import StoryState
from desktop_app.foundation.messages import N_, Message
from desktop_app.foundation.zones import told
from desktop_app.gui.kit.early import approved_late
from desktop_app.gui.kit.message_fold import Urgency
from desktop_app.gui.publishing.deeds import DEEDS

_MOST_BUTTONS = 2


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence, its tone (``accent``, ``warning``, ``error``), and the acts that the person may answer it with."""

    key: str
    urgency: Urgency
    text: Message
    tone: str
    acts: tuple[tuple[str, Message], ...] = ()


def notices_of(file: StoryFile, person: Person | None, now: str) -> list[Notice]:
    """The notices of a story, the most pressing first; ``now`` is the moment as ``foundation.ids.stamp`` writes it."""
    about, at = file.publication, file.situation
    may = {one.action for one in publication_acts(at, about, person, now) if one.reason is None} if person else set()

    def acts(*wanted: str) -> tuple[tuple[str, Message], ...]:
        said = ((one, DEEDS[one].short) for one in wanted if one in may)
        return tuple((one, short) for one, short in said if short is not None)[:_MOST_BUTTONS]

    def name(identity: str | None) -> Message:
        return called(file.people, identity)

    found: list[Notice] = []
    found += _of_kill(file, person, acts)
    for early in about.unapproved[:1]:
        text = N_("Version {version} was released in an emergency by {name}. Revision: pending.",
                  version=str(early.version), name=name(early.person))  # fmt: skip
        found.append(Notice("emergency", Urgency.EMERGENCY, text, "warning", acts("approve-later")))
    late = approved_late(about.emergency, file.people)
    if late is not None:
        found.append(Notice("emergency-approved", Urgency.LATE, late, "accent"))
    if about.changes and at.state not in {StoryState.DROPPED, StoryState.KILLED}:
        out = any(change.content is not None for change in about.changes)
        text = N_(
            "The Chinese source changed after the draft. No review is signed until a reviser says what that means."
        )
        if out:
            text = N_("The Chinese source changed after version {version} went out. What is out stays as it is.",
                      version=str(about.changes[-1].released or ""))  # fmt: skip
        found.append(Notice("source", Urgency.SOURCE, text, "warning", acts("source-same", "source-reopen")))
    if about.embargo is not None and about.embargo.until is not None and about.embargo.holds(now):
        until = told(about.embargo.until, about.embargo.zone)
        text = N_("Embargo until {until}: {reason}", until=until, reason=about.embargo.reason)
        answers, weight = acts("embargo"), Urgency.EMBARGO
        if (wish := about.embargo.wish) is not None:
            text = N_("Embargo until {until}. {name} asks to lift it.", until=until, name=name(wish.person))
            if wish.until is not None:
                text = N_("Embargo until {until}. {name} asks to end it at {earlier}.", until=until,
                          name=name(wish.person), earlier=told(wish.until, wish.zone))  # fmt: skip
            answers, weight = acts("embargo-confirm", "embargo-refuse"), Urgency.WISH
        found.append(Notice("embargo", weight, text, "accent", answers))
    if about.correcting is not None and about.released is not None:
        text = N_("Released {version}, correction being drafted. Exports give {version} until it is released.",
                  version=str(about.released))  # fmt: skip
        found.append(Notice("correction", Urgency.CORRECTION, text, "accent", acts("give-up")))
    elif (down := out_beside(at.state, about.released, about.correcting)) is not None:
        if about.correction_reason:
            down = N_("Version {version} was taken down; a correction is being drafted: “{reason}”",
                      version=str(about.correcting), reason=about.correction_reason)  # fmt: skip
        found.append(Notice("correction", Urgency.TAKEN_DOWN, down, "warning", acts("give-up")))
    return sorted(found, key=lambda notice: notice.urgency)


def _of_kill(
    file: StoryFile, person: Person | None, acts: Callable[..., tuple[tuple[str, Message], ...]]
) -> list[Notice]:
    """That somebody wants the story killed, with what the person may answer, or that it was killed and why."""
    about = file.publication
    if file.story.state is StoryState.KILLED:
        text = N_("This story was killed: “{reason}”", reason=about.kill_reason)
        return [Notice("killed", Urgency.KILL, text, "error")] if about.kill_reason else []
    if about.kill_asked_by is None:
        return []
    answers, name = acts("kill", "spare"), called(file.people, about.kill_asked_by)
    if person is not None and person.id != about.kill_asked_by:
        answers = tuple((one, N_("Refuse…") if one == "spare" else said) for one, said in answers)
    text = N_("{name} asked to kill this story. A second person must confirm it.", name=name)
    if about.kill_reason:
        text = N_(
            "{name} asked to kill this story: “{reason}” A second person must confirm it.",
            name=name, reason=about.kill_reason,
        )  # fmt: skip
    return [Notice("kill", Urgency.KILL, text, "error", answers)]
