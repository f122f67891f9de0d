"""The rows that a story's standing rests on, held against what the chain of events says of them.

``diptych verify`` holds every row against the chain; that is too much before each signature. Before words are signed
or go out, the few rows that decide about it are looked at here: the story's own, the sign-offs that count, that none of
them was withdrawn, who gave them and who drafted, all keys, whether signatures are demanded, the embargo, the release
in an emergency, and the policies. A statement without a signature has no other proof than this.
"""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.foundation.messages import N_, Message
from desktop_app.store import told
from desktop_app.store.audit import cells_of, row_key
from desktop_app.store.cells import row_hash
from desktop_app.store.models import (
    Audited,
    EmbargoRow,
    EmergencyRow,
    FactRow,
    PersonKeyRow,
    PersonRow,
    PolicyRow,
    SignOffRow,
    StoryRow,
    WithdrawalRow,
)

_NAMES = {
    "stories": N_("the story's own record"),
    "signoffs": N_("a sign-off"),
    "withdrawals": N_("the withdrawal of a sign-off"),
    "embargoes": N_("the embargo"),
    "emergencies": N_("the release in an emergency"),
    "policies": N_("the policy"),
    "people": N_("a person's entry"),
    "person_keys": N_("a person's key"),
    "facts": N_("a setting of the house"),
    "events": N_("an event"),
}
_KEYS = f"{PersonKeyRow.__tablename__}/"

Found = tuple[str, Audited | None]  # a row's key, as events name it, and the row where there is one


def altered(
    session: Session, story: str, standing: Collection[str], policy: tuple[str, int], emergency: str | None = None
) -> Message | None:
    """What of a story's foundations was altered, put in or taken out from outside; the first that is found.

    ``standing`` are the ids of the sign-offs that count, ``policy`` name and version of the policy, ``emergency`` the
    id of the release in an emergency, if there was one. Call it before the session has written anything.
    """
    own, house = told.of_story(session, story), told.of_house(session)
    if own.altered or house.altered or not told.is_gapless(session):
        return _NAMES["events"]
    for key, row in (*_of_story(session, story, standing, policy, emergency), *_all_keys(session, house)):
        table = key.partition("/")[0]
        found = row_hash(table, cells_of(row)) if row is not None else None
        said = (house if table in told.HOUSE else own).rows.get(key)
        if found != said and (table in told.HOUSE or found != told.of_row(session, key).rows.get(key)):
            return _NAMES[table]
    return None


def _of_story(
    session: Session, story: str, standing: Collection[str], policy: tuple[str, int], emergency: str | None
) -> Iterator[Found]:
    """The rows that count for a story; first those of it, then whatever they name."""
    row = session.get(StoryRow, story)
    yield f"stories/{story}", row
    people = {row.drafter, *(one[0] for one in row.drafters or ())} if row is not None else set()
    policies = {policy}
    for one in sorted(standing):
        signoff = session.get(SignOffRow, one)
        yield f"signoffs/{one}", signoff
        yield f"withdrawals/{one}", session.get(WithdrawalRow, one)
        if signoff is not None:
            people.add(signoff.person)
            policies |= {(signoff.policy, signoff.policy_version or 1)} if signoff.policy is not None else set()
    yield f"embargoes/{story}", session.get(EmbargoRow, story)
    if emergency is not None:
        early = session.get(EmergencyRow, emergency)
        yield f"emergencies/{emergency}", early
        people |= {early.person, early.approved_by} if early is not None else set()
    for name, version in sorted(policies):
        yield f"policies/{name}/{version}", session.get(PolicyRow, (name, version))
    for person in sorted(filter(None, people)):
        yield f"people/{person}", session.get(PersonRow, person)
        yield f"facts/unconfirmed/{person}", session.get(FactRow, f"unconfirmed/{person}")
    yield "facts/signatures", session.get(FactRow, "signatures")


def _all_keys(session: Session, house: told.Told) -> Iterator[Found]:
    """Every key there is or was: one that is gone, or somebody else's now, would be missed in nobody's row."""
    rows: dict[str, Any] = dict.fromkeys(key for key in house.rows if key.startswith(_KEYS))
    rows.update((row_key(row), row) for row in session.scalars(select(PersonKeyRow)))
    yield from rows.items()
