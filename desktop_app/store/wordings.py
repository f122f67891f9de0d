"""What each text of a story said over time, as rows."""

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from desktop_app.domain.wordings import Place, Wording
from desktop_app.store.models import WordingRow

_BATCH = 500  # parts that one query asks for


def add(session: Session, story: str, wording: Wording, *, identity: str) -> None:
    """Write a new wording."""
    session.add(
        WordingRow(
            id=identity,
            story=story,
            part=wording.part,
            field=wording.field,
            text=wording.text,
            status=wording.status,
            person=wording.person,
            began_at=wording.began_at,
            at=wording.at,
        )
    )


def extend(session: Session, identity: str, *, text: str, status: str, at: str) -> None:
    """Let a wording, which must be there, say what its text says now."""
    row = session.get_one(WordingRow, identity)
    row.text, row.status, row.at = text, status, at


def last_of(session: Session, story: str, parts: Collection[str]) -> dict[Place, tuple[str, Wording]]:
    """The id and the value of the last wording of every text of these parts that has one."""
    found: dict[Place, tuple[str, Wording]] = {}
    wanted = list(parts)
    for start in range(0, len(wanted), _BATCH):
        here = WordingRow.part.in_(wanted[start : start + _BATCH])
        query = select(WordingRow).where(WordingRow.story == story, here)
        for row in session.scalars(query.order_by(WordingRow.began_at, WordingRow.id)):
            found[row.part, row.field] = row.id, _wording(row)
    return found


def of_story(session: Session, story: str, part: str | None = None) -> list[Wording]:
    """The wordings of a story, or of one of its parts, oldest first."""
    query = select(WordingRow).where(WordingRow.story == story).order_by(WordingRow.began_at, WordingRow.id)
    if part is not None:
        query = query.where(WordingRow.part == part)
    return [_wording(row) for row in session.scalars(query)]


def writers(session: Session, story: str, *, since: str) -> set[str]:
    """The ids of everybody who wrote in a text of the story after the moment ``since``."""
    rows = session.scalars(
        select(WordingRow.person)
        .where(WordingRow.story == story, WordingRow.at > since, WordingRow.person.is_not(None))
        .distinct()
    )
    return {person for person in rows if person is not None}


def written_at(session: Session, story: str, at: str) -> str | None:
    """The part of which a text was written last at exactly this moment, None where there is none."""
    written = (WordingRow.story == story, WordingRow.at == at, WordingRow.person.is_not(None))
    return session.scalar(select(WordingRow.part).where(*written).order_by(WordingRow.id.desc()).limit(1))


def changed_since(session: Session, story: str, at: str, *, but: str | None) -> set[str]:
    """The parts of which a text was changed after the moment ``at`` by others than ``but``.

    What a text said before its history begins is nobody's change.
    """
    earlier = aliased(WordingRow)
    is_later = (
        select(earlier.id)
        .where(
            earlier.story == story,
            earlier.part == WordingRow.part,
            earlier.field == WordingRow.field,
            earlier.id < WordingRow.id,
        )
        .exists()
    )
    by_others = WordingRow.person.is_not(None) if but is None else WordingRow.person != but
    query = select(WordingRow.part).where(WordingRow.story == story, WordingRow.at > at)
    return set(session.scalars(query.where(or_(by_others, WordingRow.person.is_(None) & is_later)).distinct()))


def _wording(row: WordingRow) -> Wording:
    return Wording(row.part, row.field, row.text, row.status, row.person, row.began_at, row.at)
