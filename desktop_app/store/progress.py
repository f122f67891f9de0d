"""What a person wrote in a span of time, from the wordings."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop_app.domain.progress import Sitting
from desktop_app.store.models import StoryRow, WordingRow


def sittings(session: Session, person: str, since: str) -> list[Sitting]:
    """The wordings that a person has made since a moment, each with what its text said before; oldest first."""
    earlier = aliased(WordingRow)
    last = (
        select(earlier.id)
        .where(
            earlier.story == WordingRow.story,
            earlier.part == WordingRow.part,
            earlier.field == WordingRow.field,
            earlier.id < WordingRow.id,
        )
        .order_by(earlier.id.desc())
        .limit(1)
        .correlate(WordingRow)
        .scalar_subquery()
    )
    before = aliased(WordingRow)
    said = (WordingRow.story, WordingRow.part, WordingRow.field, WordingRow.at, WordingRow.text, WordingRow.status)
    query = (
        select(*said, before.text, before.status)
        .outerjoin(before, before.id == last)
        .where(WordingRow.person == person, WordingRow.at >= since)
        .order_by(WordingRow.at, WordingRow.id)
    )
    return [
        Sitting(story, part, field, at, text, status, old or "", was or "")
        for story, part, field, at, text, status, old, was in session.execute(query)
    ]


def titles(session: Session, stories: Collection[str]) -> dict[str, tuple[str, str]]:
    """The slug and the headline of these stories; one without an English headline has its Chinese one."""
    columns = (StoryRow.id, StoryRow.slug, StoryRow.headline_target, StoryRow.headline_source)
    rows = session.execute(select(*columns).where(StoryRow.id.in_(stories)))
    return {identity: (slug, target or source or slug) for identity, slug, target, source in rows}
