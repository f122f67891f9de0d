"""What can be done about letting a story out and taking it back: each act once, with its words and its guard.

A new act is one entry here, one of what the window asks and does (``gui.publishing.deeds``), and a command.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from desktop_app.domain import publication as rules
from desktop_app.domain.people import Person
from desktop_app.domain.publication import STANDING, EmbargoWish, Publication
from desktop_app.domain.story import StoryState
from desktop_app.domain.workflow import DRAFT, Situation
from desktop_app.foundation.messages import N_, Message

_GIVEN = "-"  # stands for the note that the person will be asked for
_REVIEWED = frozenset({StoryState.SUBMITTED, StoryState.IN_REVISION})
_KEPT = frozenset({StoryState.DROPPED, StoryState.KILLED})

_Guard = Callable[[Situation, Publication, Person, str], Message | None]
_Fits = Callable[[Situation, Publication], bool]


@dataclass(frozen=True, slots=True)
class _Act:
    """``label`` is that of the menu, ``second`` that where somebody has asked for a kill already.

    ``fits`` says whether the state has a use for it in the menu; None: where it has, it is what comes next.
    """

    label: Message
    guard: _Guard
    fits: _Fits | None = None
    second: Message | None = None


@dataclass(frozen=True, slots=True)
class PublicationAct:
    """An act by its name; ``reason`` is None where the person may do it now."""

    action: str
    label: Message
    reason: Message | None


def _wish(about: Publication) -> EmbargoWish | None:
    return about.embargo.wish if about.embargo is not None else None


def _is_judged(at: Situation, about: Publication) -> bool:
    return bool(about.changes) and at.state not in _KEPT


def _is_wished(at: Situation, about: Publication) -> bool:
    return _wish(about) is not None and at.state not in _KEPT


# In the order of the menu: what lets words out, the source and the embargo, what takes words back.
_ACTS: Mapping[str, _Act] = MappingProxyType(
    {
        "release": _Act(N_("Release…"), lambda at, about, p, now: rules.may_release(at, p, about, now)),
        "approve-later": _Act(
            N_("Approve the emergency release…"),
            lambda at, about, p, _: rules.may_approve_later(next(iter(about.unapproved), None), p, at.state),
            lambda _at, about: bool(about.unapproved),
        ),
        "release-early": _Act(
            N_("Release in an emergency…"),
            lambda at, about, p, now: rules.may_release_early(at, p, _GIVEN, about, now),
            lambda at, _about: at.state in _REVIEWED,
        ),
        "republish": _Act(
            N_("Release again, unchanged…"),
            lambda at, about, p, now: rules.may_republish(at, p, about, now),
            lambda at, _about: at.state is StoryState.UNPUBLISHED,
        ),
        "correct": _Act(
            N_("Begin a correction…"),
            lambda at, _about, p, _: rules.may_correct(at, p, _GIVEN),
            lambda at, _about: at.state in STANDING,
        ),
        "give-up": _Act(
            N_("Give the correction up…"),
            lambda at, about, p, _: rules.may_give_up(at, p, about, _GIVEN),
            lambda _at, about: about.correcting is not None,
        ),
        "source": _Act(
            N_("The Chinese source has changed…"),
            lambda at, _about, p, _: rules.may_change_source(at, p),
            lambda at, _about: at.state not in _KEPT,
        ),
        "source-same": _Act(
            N_("The changed Chinese has no effect…"),
            lambda at, about, p, _: rules.may_judge_source(at, p, about, _GIVEN),
            _is_judged,
        ),
        "source-reopen": _Act(
            N_("Reopen for the changed Chinese…"),
            lambda at, about, p, _: rules.may_judge_source(at, p, about, _GIVEN),
            _is_judged,
        ),
        "embargo": _Act(
            N_("Embargo…"),
            lambda at, about, p, _: rules.may_set_embargo(at, p, _GIVEN, _wish(about)),
            lambda at, _about: not at.public and at.state not in _KEPT,
        ),
        "embargo-confirm": _Act(
            N_("Confirm the end of the embargo…"),
            lambda at, about, p, _: rules.may_answer_embargo(at, p, _wish(about), confirm=True),
            _is_wished,
        ),
        "embargo-refuse": _Act(
            N_("Leave the embargo as it is…"),
            lambda at, about, p, _: rules.may_answer_embargo(at, p, _wish(about), confirm=False),
            _is_wished,
        ),
        "unpublish": _Act(
            N_("Unpublish…"),
            lambda at, _about, p, _: rules.may_unpublish(at, p),
            lambda at, _about: at.public,
        ),
        "drop": _Act(
            N_("Drop the story…"),
            lambda at, _about, p, _: rules.may_drop(at, p, _GIVEN),
            lambda at, _about: not at.public and at.state in DRAFT | _REVIEWED | {StoryState.APPROVED},
        ),
        "restore": _Act(N_("Take up again…"), lambda at, _about, p, _: rules.may_restore(at, p, _GIVEN)),
        "spare": _Act(
            N_("Withdraw the request to kill…"),
            lambda at, about, p, _: rules.may_spare(at, p, about.kill_asked_by),
            lambda at, about: about.kill_asked_by is not None and at.state is not StoryState.KILLED,
        ),
        "kill": _Act(
            N_("Kill the story…"),
            lambda at, about, p, _: rules.may_kill(at, p, about.kill_asked_by, _GIVEN),
            lambda at, _about: at.state is not StoryState.KILLED,
            N_("Confirm the kill…"),
        ),
    }
)
ACTS = frozenset(_ACTS)


def why_not(action: str, at: Situation, about: Publication, person: Person, now: str = "") -> Message | None:
    """Why ``person`` cannot do one of ``ACTS``, with a note if it needs one; None where the way is free.

    ``now`` is the moment as ``foundation.ids.stamp`` writes it; without one an embargo is not asked about.
    """
    return _ACTS[action].guard(at, about, person, now)


def label_of(action: str, about: Publication) -> Message:
    """What the menu calls one of ``ACTS``."""
    act = _ACTS[action]
    return act.second if act.second is not None and about.kill_asked_by is not None else act.label


def publication_acts(at: Situation, about: Publication, person: Person, now: str = "") -> list[PublicationAct]:
    """The acts that the state has a use for, those that take something away last; ``now`` as for ``why_not``."""
    return [
        PublicationAct(name, label_of(name, about), why_not(name, at, about, person, now))
        for name, act in _ACTS.items()
        if act.fits is not None and act.fits(at, about)
    ]
