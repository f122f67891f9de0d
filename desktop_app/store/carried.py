"""What travels with a story row by row: the tables that say something about it beside its text and its sign-offs."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, inspect, or_, select
from sqlalchemy.orm import Session

from desktop_app.domain.digest import from_plain
from desktop_app.domain.pictures import Picture
from desktop_app.domain.records import Version
from desktop_app.domain.story import Content, VersionNumber
from desktop_app.store import pictures
from desktop_app.store.models import (
    AcceptedChangeRow,
    AssignmentRow,
    Audited,
    EmbargoRow,
    EmergencyRow,
    LoneSegmentRow,
    PictureRow,
    PlacementRow,
    SegmentRow,
    SourceChangeRow,
    VersionRow,
    WaiverRow,
    WordingRow,
)

_BATCH = 500  # stories that one query asks for
_MODELS: Mapping[str, type[Audited]] = MappingProxyType(
    {
        model.__tablename__: model
        for model in (
            AcceptedChangeRow, AssignmentRow, EmbargoRow, EmergencyRow, LoneSegmentRow, SourceChangeRow, WaiverRow,
            WordingRow,
        )
    }
)  # fmt: skip
_STORY = "story"

Cells = dict[str, Any]


def columns() -> dict[str, list[str]]:
    """The columns of the tables that travel, by table, without the one that names the story."""
    return {
        table: [column.key for column in inspect(model).column_attrs if column.key != _STORY]
        for table, model in _MODELS.items()
    }


def rows_of(session: Session, stories: Sequence[str]) -> dict[str, dict[str, list[Cells]]]:
    """The rows of some stories by story and table, in the order of their keys."""
    found: dict[str, dict[str, list[Cells]]] = {}
    for start in range(0, len(stories), _BATCH):
        for table, names in columns().items():
            model = _MODELS[table]
            cells = [getattr(model, name) for name in (_STORY, *names)]
            query = select(*cells).where(cells[0].in_(stories[start : start + _BATCH]))
            for story, *row in session.execute(query.order_by(*inspect(model).primary_key)):
                found.setdefault(story, {}).setdefault(table, []).append(dict(zip(names, row, strict=True)))
    return found


def put(session: Session, story: str, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
    """Write rows of a story that are not there yet."""
    session.add_all(made(story, rows))


def made(story: str, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> Iterator[Audited]:
    """Rows of a story as the tables have them; none of them is written."""
    for table, found in rows.items():
        yield from (_MODELS[table](**{_STORY: story, **row}) for row in found)


def versions(session: Session, story: str, wanted: Collection[str]) -> list[tuple[Version, Content]]:
    """The versions of a story with one of these digests, and the newest one, with their texts; oldest first."""
    order = VersionRow.major, VersionRow.minor
    own = select(VersionRow.id).where(VersionRow.story == story)
    newest = own.order_by(*(one.desc() for one in order)).limit(1).scalar_subquery()
    asked = or_(VersionRow.digest.in_(wanted), VersionRow.id == newest)
    rows = session.scalars(select(VersionRow).where(VersionRow.story == story, asked).order_by(*order))
    return [
        (
            Version(VersionNumber(row.major, row.minor), row.digest, row.at, row.person, row.reason),
            from_plain(json.loads(row.content)),
        )
        for row in rows
    ]


def catalogued(session: Session, wanted: Collection[str]) -> list[tuple[Picture, str, str]]:
    """The entries of pictures with the fingerprint of likeness and the moment they came, in the order of their ids."""
    found: list[tuple[Picture, str, str]] = []
    for identity in sorted(wanted):
        row, picture = session.get(PictureRow, identity), pictures.get(session, identity)
        if row is not None and picture is not None:
            found.append((picture, row.fingerprint, row.added_at))
    return found


def extent(session: Session, stories: Sequence[str]) -> tuple[int, set[str]]:
    """How many segments some stories have, and the digests of the masters of their pictures."""
    segments, masters = 0, set()
    for start in range(0, len(stories), _BATCH):
        some = stories[start : start + _BATCH]
        segments += session.scalar(select(func.count()).where(SegmentRow.story.in_(some))) or 0
        placed = select(PictureRow.sha256).join(PlacementRow, PlacementRow.picture == PictureRow.id)
        masters |= set(session.scalars(placed.where(PlacementRow.story.in_(some))))
    return segments, masters
