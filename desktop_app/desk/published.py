"""What stands about a story beside its steps, and the credits of a text that went out."""

from collections.abc import Mapping, Sequence

from desktop_app.domain import credits as crediting
from desktop_app.domain.people import Person
from desktop_app.domain.policy import Policy
from desktop_app.domain.publication import STANDING, Emergency, Publication, credits_in_emergency
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import Credit, StoryState, VersionNumber
from desktop_app.store import history as history_store
from desktop_app.store import publication as store
from desktop_app.store.archive import Session
from desktop_app.store.models import StoryRow


def made_credits(
    policy: Policy, signed: Mapping[str, SignOff], early: Emergency | None, people: Mapping[str, Person], *,
    chinese: bool, drafted: Sequence[str] = (),
) -> tuple[Credit, ...]:  # fmt: skip
    """The credits that are made here: of the steps in ``signed``, and of those that an early release left undone."""
    if early is not None:
        return credits_in_emergency(policy, signed, early, people, chinese=chinese, drafted=drafted)
    return crediting.made_here(policy, signed, people, chinese=chinese, drafted=drafted)


def _kill_reason(session: Session, row: StoryRow) -> str:
    if row.state == StoryState.KILLED:
        return history_store.last_note(session, row.id, "story killed")
    return history_store.last_note(session, row.id, "kill asked for") if row.kill_asked_by is not None else ""


def publication_of(session: Session, row: StoryRow) -> Publication:
    """What stands about a story beside its steps."""
    state, version = StoryState(row.state), VersionNumber(row.major, row.minor)
    early = store.emergencies(session, story=row.id)
    rests = state in STANDING or state is StoryState.KILLED
    asked_by = row.kill_asked_by if state is not StoryState.KILLED else None  # a wish that was granted is none
    return Publication(
        VersionNumber.parse(row.released) if row.released else None,
        VersionNumber.parse(row.correcting) if row.correcting else None,
        next((one for one in reversed(early) if rests and one.version == version), None),
        store.embargo(session, row.id),
        tuple(store.source_changes(session, story=row.id, waiting=True)),
        asked_by,
        tuple(one for one in early if one.approved_by is None and state is not StoryState.KILLED),
        _kill_reason(session, row),
        history_store.last_note(session, row.id, "correction begun") if row.correcting is not None else "",
    )
