"""Stories between rows and domain values: added whole, loaded whole, listed by their facts."""

from collections.abc import Collection, Iterable, Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session

from desktop_app.domain.drafting import former_drafters, hands_of
from desktop_app.domain.records import StorySummary
from desktop_app.domain.story import (
    Bilingual,
    Block,
    BlockKind,
    Content,
    Credit,
    Languages,
    Placement,
    Segment,
    SegmentStatus,
    Story,
    StoryState,
    VersionNumber,
)
from desktop_app.store import search
from desktop_app.store.models import BlockRow, PlacementRow, SegmentRow, StoryRow


def add(session: Session, story: Story, *, at: str) -> None:
    """Write a new story with all its rows and search texts."""
    session.add(facts_row(story, at=at))
    session.flush()
    for position, block in enumerate(story.content.blocks):
        session.add(BlockRow(id=block.id, story=story.id, position=position, kind=block.kind.value))
    session.flush()
    for block in story.content.blocks:
        session.add_all(segment_rows(story.id, block))
        if block.placement is not None:
            session.add(_placement_row(story.id, block.id, block.placement))
    session.flush()
    search.put(session, story.id, _searchable(story.content))


def facts_row(story: Story, *, at: str) -> StoryRow:
    """The row with the facts of a new story; it is not written."""
    headline = story.headline()
    return StoryRow(
        id=story.id,
        slug=story.slug,
        state=story.state.value,
        major=story.version.major,
        minor=story.version.minor,
        policy=story.policy,
        source_language=story.languages.source,
        target_language=story.languages.target,
        headline_source=headline.zh,
        headline_target=headline.en,
        date=story.date,
        source_url=story.source_url,
        byline=list(story.content.byline),
        dateline=story.content.dateline,
        topics=list(story.content.topics),
        source_digest=story.content.source_digest,
        boilerplate=list(story.boilerplate),
        imported_credits=[[c.step, c.label, list(c.names)] for c in story.imported_credits],
        drafter=story.drafter,
        last_editor=story.drafter,
        claimed_by=None,
        claimed_step=None,
        claim_handed=None,
        claim_handed_editor=None,
        modified=story.modified,
        released=None,
        kill_asked_by=None,
        policy_version=story.policy_version,
        created_at=at,
        updated_at=at,
    )


def segment_rows(story: str, block: Block) -> list[SegmentRow]:
    """The rows of a block's segments."""
    return [
        SegmentRow(
            id=s.id,
            story=story,
            block=block.id,
            position=i,
            source=s.source,
            target=s.target,
            status=s.status.value,
            locked=s.locked,
        )
        for i, s in enumerate(block.segments)
    ]


def placement_values(placement: Placement) -> dict[str, Any]:
    """A placement's columns."""
    return {
        "file": placement.file,
        "picture": placement.picture,
        "caption_zh": placement.caption.zh,
        "caption_en": placement.caption.en,
        "alt_zh": placement.alt.zh,
        "alt_en": placement.alt.en,
        "credit": placement.credit,
        "rights": placement.rights,
        "payload": placement.payload,
    }


def _placement_row(story: str, block: str, placement: Placement) -> PlacementRow:
    return PlacementRow(block=block, story=story, **placement_values(placement))


def segment_texts(segments: Iterable[Segment]) -> Iterable[search.Searchable]:
    """What a search finds of segments."""
    for segment in segments:
        yield search.Searchable("story", segment.id, "source", segment.source)
        yield search.Searchable("story", segment.id, "target", segment.target)


def placement_texts(block: str, placement: Placement) -> Iterable[search.Searchable]:
    """What a search finds of a placed picture."""
    yield search.Searchable("story", block, "caption-zh", placement.caption.zh)
    yield search.Searchable("story", block, "caption-en", placement.caption.en)


def _searchable(content: Content) -> list[search.Searchable]:
    texts: list[search.Searchable] = []
    for block in content.blocks:
        texts += segment_texts(block.segments)
        if block.placement is not None:
            texts += placement_texts(block.id, block.placement)
    return texts


def searchable(session: Session) -> Iterator[tuple[str, list[search.Searchable]]]:
    """Every text that a search should find, story by story, the oldest first; read as they are asked for."""
    segments = (
        select(SegmentRow.story, SegmentRow.id, SegmentRow.source, SegmentRow.target)
        .join(BlockRow, BlockRow.id == SegmentRow.block)
        .order_by(SegmentRow.story, BlockRow.position, SegmentRow.position)
    )
    placements = select(PlacementRow).order_by(PlacementRow.story, PlacementRow.block)
    streamed = {"yield_per": 1000}
    texts = merge(
        (
            (story, text)
            for story, segment, source, target in session.execute(segments, execution_options=streamed)
            for text in segment_texts([Segment(segment, source, target)])
        ),
        (
            (placed.story, text)
            for placed in session.scalars(placements, execution_options=streamed)
            for text in placement_texts(placed.block, placement_of(placed))
        ),
        key=itemgetter(0),
    )
    for story, group in groupby(texts, key=itemgetter(0)):
        yield story, [text for _, text in group]


def row(session: Session, story: str) -> StoryRow | None:
    """The story's own row, by id or by slug."""
    found = session.get(StoryRow, story)
    return found or session.scalar(select(StoryRow).where(StoryRow.slug == story))


def load(session: Session, story: str) -> Story | None:
    """Read a whole story; None where there is no story of this id or slug."""
    facts = row(session, story)
    return _story(facts, _content(session, facts)) if facts is not None else None


def _content(session: Session, facts: StoryRow) -> Content:
    """Read the text with three plain selects: rows as tuples, because 10,000 mapped objects cost half a second."""
    segments: dict[str, list[Segment]] = {}
    columns = select(
        SegmentRow.block, SegmentRow.id, SegmentRow.source, SegmentRow.target, SegmentRow.status, SegmentRow.locked
    )
    for found in session.execute(columns.where(SegmentRow.story == facts.id).order_by(SegmentRow.position)):
        segment = Segment(found.id, found.source, found.target, SegmentStatus(found.status), found.locked)
        segments.setdefault(found.block, []).append(segment)
    placements = {
        p.block: placement_of(p) for p in session.scalars(select(PlacementRow).where(PlacementRow.story == facts.id))
    }
    blocks = session.execute(
        select(BlockRow.id, BlockRow.kind).where(BlockRow.story == facts.id).order_by(BlockRow.position)
    )
    return Content(
        tuple(Block(i, BlockKind(kind), tuple(segments.get(i, ())), placements.get(i)) for i, kind in blocks),
        tuple(facts.byline),
        facts.dateline,
        tuple(facts.topics),
        facts.source_digest,
    )


def placement_of(p: PlacementRow) -> Placement:
    """A row's placement."""
    return Placement(
        p.file,
        p.picture,
        Bilingual(p.caption_zh, p.caption_en),
        Bilingual(p.alt_zh, p.alt_en),
        p.credit,
        p.rights,
        p.payload,
    )


def _story(facts: StoryRow, content: Content) -> Story:
    return Story(
        id=facts.id,
        slug=facts.slug,
        content=content,
        state=StoryState(facts.state),
        version=VersionNumber(facts.major, facts.minor),
        policy=facts.policy,
        languages=Languages(facts.source_language, facts.target_language),
        date=facts.date,
        source_url=facts.source_url,
        boilerplate=tuple(facts.boilerplate),
        imported_credits=_credits(facts.imported_credits),
        drafter=facts.drafter,
        claimed_by=facts.claimed_by,
        claimed_step=facts.claimed_step,
        modified=facts.modified,
        policy_version=facts.policy_version or 1,
    )


def slugs(session: Session, stories: Collection[str]) -> dict[str, str]:
    """The slugs of these stories, by id."""
    rows = session.execute(select(StoryRow.id, StoryRow.slug).where(StoryRow.id.in_(stories)))
    return {row.id: row.slug for row in rows}


def names(session: Session, stories: Collection[str]) -> dict[str, tuple[str, Bilingual]]:
    """The slugs and headlines of these stories, by id."""
    columns = StoryRow.id, StoryRow.slug, StoryRow.headline_source, StoryRow.headline_target
    rows = session.execute(select(*columns).where(StoryRow.id.in_(stories)))
    return {row.id: (row.slug, Bilingual(row.headline_source, row.headline_target)) for row in rows}


def slug_taken(session: Session, slug: str) -> bool:
    """Whether a story of this slug exists."""
    return session.scalar(select(func.count()).where(StoryRow.slug == slug)) != 0


_SUMMARY = (
    StoryRow.id,
    StoryRow.slug,
    StoryRow.headline_source,
    StoryRow.headline_target,
    StoryRow.state,
    StoryRow.major,
    StoryRow.minor,
    StoryRow.topics,
    StoryRow.date,
    StoryRow.drafter,
    StoryRow.claimed_by,
    StoryRow.claimed_step,
    StoryRow.policy,
    StoryRow.updated_at,
    StoryRow.modified,
    StoryRow.drafters,
    StoryRow.policy_version,
    StoryRow.released,
    StoryRow.correcting,
    StoryRow.released_after,
    StoryRow.kill_asked_by,
)


def _summary(found: Row[Any]) -> StorySummary:
    return StorySummary(
        found.id,
        found.slug,
        Bilingual(found.headline_source, found.headline_target),
        StoryState(found.state),
        VersionNumber(found.major, found.minor),
        tuple(found.topics),
        found.date,
        found.drafter,
        found.claimed_by,
        found.claimed_step,
        found.policy,
        found.updated_at,
        found.modified,
        drafted=former_drafters(found.drafters),
        policy_version=found.policy_version or 1,
        released=VersionNumber.parse(found.released) if found.released else None,
        correcting=VersionNumber.parse(found.correcting) if found.correcting else None,
        released_after=found.released_after,
        kill_asked=found.kill_asked_by is not None,
        hands=hands_of(found.drafters),
    )


def summaries(
    session: Session, *, state: StoryState | None = None, topic: str | None = None, text: str | None = None
) -> list[StorySummary]:
    """List stories, the last changed first; ``text`` is looked for in headlines, slugs and the full text."""
    query = select(*_SUMMARY).order_by(StoryRow.updated_at.desc(), StoryRow.id.desc())
    if state is not None:
        query = query.where(StoryRow.state == state.value)
    if text:
        found = search.owners(session, text, kind="story", limit=2000)
        query = query.where(
            or_(
                StoryRow.headline_source.contains(text, autoescape=True),
                StoryRow.headline_target.icontains(text, autoescape=True),
                StoryRow.slug.icontains(text, autoescape=True),
                StoryRow.id.in_(found),
            )
        )
    rows = [_summary(found) for found in session.execute(query)]
    return [row for row in rows if topic in row.topics] if topic else rows


def using_picture(session: Session, picture: str) -> list[StorySummary]:
    """The stories in which a picture stands."""
    placed = select(PlacementRow.story).where(PlacementRow.picture == picture)
    query = select(*_SUMMARY).where(StoryRow.id.in_(placed)).order_by(StoryRow.updated_at.desc())
    return [_summary(found) for found in session.execute(query)]


def placeholders(session: Session, file: str) -> list[PlacementRow]:
    """The placements that wait for a file of this name, letter case aside."""
    query = select(PlacementRow).where(PlacementRow.picture.is_(None), func.lower(PlacementRow.file) == file.lower())
    return list(session.scalars(query))


def imported_credits(session: Session) -> dict[str, tuple[Credit, ...]]:
    """The credits that came with published pages, by story."""
    rows = session.execute(select(StoryRow.id, StoryRow.imported_credits))
    return {story: _credits(credits) for story, credits in rows if credits}


def _credits(stored: list[Any]) -> tuple[Credit, ...]:
    return tuple(Credit(step, label, tuple(names)) for step, label, names in stored)
