"""The rows that a story's standing rests on, held against what the chain of events says of them.

``diptych verify`` holds every row against the chain; that is too much before each signature. Before words are signed
or go out, the few rows that decide about it are looked at here: the story's own, the sign-offs that count, that none of
them was withdrawn, the embargo, the release in an emergency, and the policy. A statement without a signature has no
other proof than this.
"""

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.foundation.messages import N_, Message
from desktop_app.store.audit import cells_of, event_hash, touched_by
from desktop_app.store.cells import row_hash
from desktop_app.store.models import (
    Audited,
    EmbargoRow,
    EmergencyRow,
    EventRow,
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
    "events": N_("an event"),
}


def altered(
    session: Session, story: str, standing: Collection[str], policy: tuple[str, int], emergency: str | None = None
) -> Message | None:
    """What of a story's foundations was altered, put in or taken out from outside; the first that is found.

    ``standing`` are the ids of the sign-offs that count, ``policy`` name and version of the policy, ``emergency`` the
    id of the release in an emergency, if there was one. Call it before the session has written anything.
    """
    events = session.scalars(select(EventRow).where(EventRow.story == story).order_by(EventRow.sequence)).all()
    told: dict[str, str | None] = {}
    for row in events:
        cells = cells_of(row)
        if row.hash != event_hash(cells):
            return _NAMES["events"]
        told.update(touched_by(cells))
    for key, stored in _rows(session, _keys(story, standing, policy, emergency)):
        found = row_hash(stored.__tablename__, cells_of(stored)) if stored is not None else None
        if found != told.get(key) and found != _told_anywhere(session, key):
            return _NAMES[key.partition("/")[0]]
    return None


def _keys(
    story: str, standing: Collection[str], policy: tuple[str, int], emergency: str | None
) -> Iterator[tuple[type[Audited], tuple[str | int, ...]]]:
    yield StoryRow, (story,)
    for table in (SignOffRow, WithdrawalRow):
        for one in standing:
            yield table, (one,)
    yield EmbargoRow, (story,)
    if emergency is not None:
        yield EmergencyRow, (emergency,)
    yield PolicyRow, policy


def _rows(
    session: Session, keys: Iterable[tuple[type[Audited], tuple[str | int, ...]]]
) -> Iterator[tuple[str, Audited | None]]:
    """Each row by its key, as events name it; None where there is none."""
    for table, key in keys:
        yield "/".join([table.__tablename__, *map(str, key)]), session.get(table, key)


def _told_anywhere(session: Session, key: str) -> str | None:
    """The hash that the last event of all has for a row: it may be one of several stories, or of none."""
    asked = select(EventRow).where(EventRow.touched.contains(f'"{key}"', autoescape=True))
    row = session.scalars(asked.order_by(EventRow.sequence.desc()).limit(1)).first()
    return touched_by(cells_of(row)).get(key) if row is not None else None
