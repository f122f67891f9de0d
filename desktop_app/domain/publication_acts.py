"""What can be done about letting a story out and taking it back, where its state has a use for it, and why not now."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.domain import publication as rules
from desktop_app.domain.people import Person
from desktop_app.domain.publication import STANDING, Publication
from desktop_app.domain.story import StoryState
from desktop_app.domain.workflow import DRAFT, Situation
from desktop_app.foundation.messages import N_, Message

_GIVEN = "-"  # stands for the note that the person will be asked for
_REVIEWED = frozenset({StoryState.SUBMITTED, StoryState.IN_REVISION})
_KEPT = frozenset({StoryState.DROPPED, StoryState.KILLED})


@dataclass(frozen=True, slots=True)
class PublicationAct:
    """An act by its name; ``reason`` is None where the person may do it now."""

    action: str
    label: Message
    reason: Message | None


def publication_acts(at: Situation, about: Publication, person: Person, now: str = "") -> list[PublicationAct]:
    """The acts that the state has a use for, those that take something away last.

    ``now`` is the moment as ``foundation.ids.stamp`` writes it; without one an embargo is not asked about.
    """
    return [
        PublicationAct(action, label, guard(person))
        for action, label, guard in (*_forth(at, about, now), *_beside(at, about), *_back(at, about))
    ]


_Offer = tuple[str, Message, Callable[[Person], Message | None]]


def _forth(at: Situation, about: Publication, now: str) -> list[_Offer]:
    """What lets words out."""
    offers: list[_Offer] = []
    if about.unapproved:
        early = about.unapproved[0]
        offers.append(
            (
                "approve-later",
                N_("Approve the emergency release…"),
                lambda p: rules.may_approve_later(early, p, at.state),
            )
        )
    if at.state in _REVIEWED:
        label = N_("Release in an emergency…")
        offers.append(("release-early", label, lambda p: rules.may_release_early(at, p, _GIVEN, about, now)))
    if at.state is StoryState.UNPUBLISHED:
        offers.append(("republish", N_("Release again, unchanged…"), lambda p: rules.may_republish(at, p, about, now)))
    if at.state in STANDING:
        offers.append(("correct", N_("Begin a correction…"), lambda p: rules.may_correct(at, p, _GIVEN)))
    if about.correcting is not None:
        offers.append(("give-up", N_("Give the correction up…"), lambda p: rules.may_give_up(at, p, about, _GIVEN)))
    return offers


def _beside(at: Situation, about: Publication) -> list[_Offer]:
    """The source and the embargo."""
    offers: list[_Offer] = []
    wish = about.embargo.wish if about.embargo is not None else None
    if at.state not in _KEPT:
        offers.append(("source", N_("The Chinese source has changed…"), lambda p: rules.may_change_source(at, p)))
    if about.changes and at.state not in _KEPT:
        offers.append(
            (
                "source-same",
                N_("The changed Chinese has no effect…"),
                lambda p: rules.may_judge_source(at, p, about, _GIVEN),
            )
        )
        offers.append(
            (
                "source-reopen",
                N_("Reopen for the changed Chinese…"),
                lambda p: rules.may_judge_source(at, p, about, _GIVEN),
            )
        )
    if not at.public and at.state not in _KEPT:
        offers.append(("embargo", N_("Embargo…"), lambda p: rules.may_set_embargo(at, p, _GIVEN, wish)))
    if wish is not None and at.state not in _KEPT:
        offers.append(
            (
                "embargo-confirm",
                N_("Confirm the end of the embargo…"),
                lambda p: rules.may_answer_embargo(at, p, wish, confirm=True),
            )
        )
        offers.append(
            (
                "embargo-refuse",
                N_("Leave the embargo as it is…"),
                lambda p: rules.may_answer_embargo(at, p, wish, confirm=False),
            )
        )
    return offers


def _back(at: Situation, about: Publication) -> list[_Offer]:
    """What takes words back."""
    offers: list[_Offer] = []
    if at.public:
        offers.append(("unpublish", N_("Unpublish…"), lambda p: rules.may_unpublish(at, p)))
    elif at.state in DRAFT | _REVIEWED | {StoryState.APPROVED}:
        offers.append(("drop", N_("Drop the story…"), lambda p: rules.may_drop(at, p, _GIVEN)))
    if about.kill_asked_by is not None and at.state is not StoryState.KILLED:
        offers.append(
            ("spare", N_("Withdraw the request to kill…"), lambda p: rules.may_spare(at, p, about.kill_asked_by))
        )
    if at.state is not StoryState.KILLED:
        label = N_("Confirm the kill…") if about.kill_asked_by is not None else N_("Kill the story…")
        offers.append(("kill", label, lambda p: rules.may_kill(at, p, about.kill_asked_by, _GIVEN)))
    return offers
