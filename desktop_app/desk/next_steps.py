"""What comes next for a story and who may do it now, so that a refusal says whom to ask."""

from collections.abc import Callable

from desktop_app.desk.stories import StoryFile
from desktop_app.domain import publication, workflow
from desktop_app.domain.people import Person
from desktop_app.domain.publication import KILL_ASKED, STILL_OUT, UNDER_EMBARGO
from desktop_app.domain.story import StoryState
from desktop_app.domain.workflow import DRAFT
from desktop_app.foundation.messages import N_, Message
from desktop_app.foundation.zones import told

_NOBODY = N_("nobody who is here (“diptych people add” adds somebody)")
_ALTERED = N_("The archive says that it is further than its sign-offs: “diptych verify” names what was altered.")
_GIVEN = "-"  # whether there is a note is not asked here


def next_step(file: StoryFile, reason: Message | None = None) -> Message:
    """The next step in words, with the people who may take it; ``reason`` is what a guard said."""
    key = reason.key if reason is not None else ""
    about = file.publication
    if key == UNDER_EMBARGO.key and about.embargo is not None and about.embargo.until is not None:
        return N_(
            "Embargo until {until}; it is lifted by two of: {names} (embargo --lift, then embargo --confirm).",
            until=told(about.embargo.until, about.embargo.zone),
            names=_names(file, lambda who: publication.may_shorten_embargo(file.situation, who, _GIVEN)),
        )
    if key == KILL_ASKED.key:
        asked_by = about.kill_asked_by
        return N_(
            "It can be confirmed (kill) by: {confirming}; or withdrawn (kill --withdraw) by: {refusing}.",
            confirming=_names(file, lambda who: publication.may_kill(file.situation, who, asked_by, _GIVEN)),
            refusing=_names(file, lambda who: publication.may_spare(file.situation, who, asked_by)),
        )
    if key == STILL_OUT.key:
        names = _names(file, lambda who: publication.may_unpublish(file.situation, who))
        return N_("It can be taken down (unpublish) by: {names}.", names=names)
    if file.story.state in DRAFT:
        return _of_draft(file)
    if file.story.state in {StoryState.SUBMITTED, StoryState.IN_REVISION}:
        return _of_steps(file)
    return _of_what_rests(file)


def _names(file: StoryFile, guard: Callable[[Person], Message | None]) -> str | Message:
    """Those whom a guard lets through."""
    able = [person.name for person in file.people.values() if guard(person) is None]
    return ", ".join(able) or _NOBODY


def _correcting(file: StoryFile) -> str | Message:
    return _names(file, lambda who: publication.may_correct(file.situation, who, _GIVEN))


def _of_draft(file: StoryFile) -> Message:
    at = file.situation
    draft = at.policy.steps[0]
    names = _names(
        file, lambda who: None if at.drafter in {None, who.id} and draft.allows(who) else workflow.only_some(draft)
    )
    if at.empty:
        return N_("Next: the English is written, and the draft submitted (submit) by: {names}.", names=names)
    return N_("Next: the draft is submitted (submit) by: {names}.", names=names)


def _of_steps(file: StoryFile) -> Message:
    at, step = file.situation, file.situation.open_step()
    if at.source_changed:
        names = _names(file, lambda who: publication.may_judge_source(at, who, file.publication, _GIVEN))
        return N_("Next: the change of the Chinese is judged (source-judge) by: {names}.", names=names)
    holder = file.people.get(at.holder or "")
    if step is None:
        return _ALTERED
    if holder is not None:
        return N_(
            "“{step}” is in the hands of {name}, who can sign it (sign), return the story (return) or give the review "
            "back (unclaim).",
            step=step.title,
            name=holder.name,
        )
    names = _names(file, lambda who: workflow.may_sign(at, step, who))
    return N_("Next: “{step}” is signed (sign) by one of: {names}.", step=step.title, names=names)


def _of_what_rests(file: StoryFile) -> Message:
    at = file.situation
    match at.state:
        case StoryState.APPROVED:
            if at.open_step() is not None:
                return _ALTERED
            names = _names(file, lambda who: publication.may_release(at, who))
            return N_("Next: the story is released (release) by one of: {names}.", names=names)
        case StoryState.DROPPED:
            names = _names(file, lambda who: publication.may_restore(at, who, _GIVEN))
            return N_("Next: the story is taken up again (resume) by one of: {names}.", names=names)
        case StoryState.UNPUBLISHED:
            names = _names(file, lambda who: publication.may_republish(at, who, file.publication))
            return N_(
                "A correction can be begun (correct) by one of: {correcting}; it is brought back (republish) by "
                "one of: {names}.",
                correcting=_correcting(file),
                names=names,
            )
        case StoryState.RELEASED:
            names = _names(file, lambda who: publication.may_unpublish(at, who))
            return N_(
                "A correction can be begun (correct) by one of: {correcting}; it is taken down (unpublish) by one of: "
                "{names}.",
                correcting=_correcting(file),
                names=names,
            )
        case _:
            return N_("A killed story stays as it is; what is to be said anew is a new story.")
