"""The catalogue of pictures between rows and domain values."""

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.domain.pictures import Picture
from desktop_app.domain.story import Bilingual, Content
from desktop_app.store import search
from desktop_app.store.models import PictureRow, PictureTextRow, PlacementRow


def _texts(picture: Picture) -> dict[tuple[str, str], str]:
    return {
        ("caption", "zh"): picture.caption.zh,
        ("caption", "en"): picture.caption.en,
        ("alt", "zh"): picture.alt.zh,
        ("alt", "en"): picture.alt.en,
    }


def _searchable(picture: Picture) -> list[search.Searchable]:
    """What a search finds of a picture; metadata by name, for a stored picture forgets the order of its file."""
    fields = {f"{field}-{language}": text for (field, language), text in _texts(picture).items()}
    fields |= {"file": picture.file, "credit": picture.credit, "people": " ".join(picture.people)}
    fields["metadata"] = " ".join(text for _, text in sorted(picture.metadata.items()))
    return [search.Searchable("picture", picture.id, field, text) for field, text in fields.items()]


def searchable(session: Session) -> Iterator[tuple[str, list[search.Searchable]]]:
    """Every text that a search should find, picture by picture, the oldest first."""
    for picture in reversed(every(session)):
        yield picture.id, _searchable(picture)


def add(session: Session, picture: Picture, *, fingerprint: str, at: str) -> None:
    """Write a new picture."""
    session.add(
        PictureRow(
            id=picture.id,
            sha256=picture.sha256,
            payload=picture.payload,
            fingerprint=fingerprint,
            file=picture.file,
            mime=picture.mime,
            width=picture.width,
            height=picture.height,
            credit=picture.credit,
            rights=picture.rights,
            people=list(picture.people),
            date=picture.date,
            embedded=dict(picture.metadata),
            added_at=at,
        )
    )
    session.flush()
    _put_texts(session, picture)


def update(session: Session, picture: Picture) -> None:
    """Write what the catalogue says of a picture; file and digests never change."""
    row = session.get_one(PictureRow, picture.id)
    row.credit, row.rights, row.people, row.date = picture.credit, picture.rights, list(picture.people), picture.date
    _put_texts(session, picture)


def _put_texts(session: Session, picture: Picture) -> None:
    for (field, language), value in _texts(picture).items():
        row = session.get(PictureTextRow, (picture.id, field, language))
        if row is None:
            session.add(PictureTextRow(picture=picture.id, field=field, language=language, text=value))
        else:
            row.text = value
    session.flush()
    search.put(session, picture.id, _searchable(picture))


def _pictures(session: Session, rows: Iterable[PictureRow]) -> list[Picture]:
    wanted = list(rows)
    texts: dict[tuple[str, str, str], str] = {}
    for start in range(0, len(wanted), 500):
        ids = [row.id for row in wanted[start : start + 500]]
        for t in session.scalars(select(PictureTextRow).where(PictureTextRow.picture.in_(ids))):
            texts[t.picture, t.field, t.language] = t.text

    def pair(row: PictureRow, field: str) -> Bilingual:
        return Bilingual(texts.get((row.id, field, "zh"), ""), texts.get((row.id, field, "en"), ""))

    return [
        Picture(
            id=row.id,
            sha256=row.sha256,
            payload=row.payload,
            file=row.file,
            mime=row.mime,
            width=row.width,
            height=row.height,
            caption=pair(row, "caption"),
            alt=pair(row, "alt"),
            credit=row.credit,
            rights=row.rights,
            people=tuple(row.people),
            date=row.date,
            metadata=dict(row.embedded),
        )
        for row in wanted
    ]


def get(session: Session, picture: str) -> Picture | None:
    """One picture by id, by the start of its SHA-256 (eight digits or more), or None."""
    row = session.get(PictureRow, picture)
    if row is None and len(picture) >= 8:
        matches = session.scalars(
            select(PictureRow).where(PictureRow.sha256.startswith(picture.lower(), autoescape=True)).limit(2)
        ).all()
        row = matches[0] if len(matches) == 1 else None
    found = _pictures(session, [row] if row else [])
    return found[0] if found else None


def by_sha256(session: Session, sha256: str) -> Picture | None:
    """The picture whose master has this digest."""
    found = _pictures(session, session.scalars(select(PictureRow).where(PictureRow.sha256 == sha256)))
    return found[0] if found else None


def every(session: Session, text: str | None = None) -> list[Picture]:
    """All pictures, the newest first; ``text`` is looked for in captions, people, credit, file and metadata."""
    query = select(PictureRow).order_by(PictureRow.added_at.desc(), PictureRow.id.desc())
    if text:
        found = set(search.owners(session, text, kind="picture", limit=5000))
        query = query.where(PictureRow.id.in_(found))
    return _pictures(session, session.scalars(query))


def files(session: Session, pictures: Collection[str]) -> dict[str, str]:
    """The file names of these pictures, by id."""
    rows = session.execute(select(PictureRow.id, PictureRow.file).where(PictureRow.id.in_(pictures)))
    return {row.id: row.file for row in rows}


def of_story(session: Session, story: str) -> list[Picture]:
    """The catalogue's records of a story's linked pictures."""
    placed = select(PlacementRow.picture).where(PlacementRow.story == story, PlacementRow.picture.is_not(None))
    return _pictures(session, session.scalars(select(PictureRow).where(PictureRow.id.in_(placed))))


def of_content(session: Session, content: Content) -> list[Picture]:
    """The catalogue's records of the pictures that are linked in a text, be it of now or of a version."""
    wanted = {place.picture for place in content.placements() if place.picture is not None}
    return _pictures(session, session.scalars(select(PictureRow).where(PictureRow.id.in_(wanted))))


def fingerprints(session: Session) -> list[tuple[str, str]]:
    """Id and fingerprint (hexadecimal) of every picture."""
    return [(row.id, row.fingerprint) for row in session.execute(select(PictureRow.id, PictureRow.fingerprint))]


def used(session: Session) -> dict[str, int]:
    """How many times each picture stands in a story."""
    linked = PlacementRow.picture.is_not(None)
    rows = session.execute(select(PlacementRow.picture, func.count()).where(linked).group_by(PlacementRow.picture))
    return {picture: count for picture, count in rows if picture is not None}


def first_of_each_story(session: Session) -> dict[str, str]:
    """The digest of the first linked picture's master, by story."""
    rows = session.execute(
        select(PlacementRow.story, PictureRow.sha256)
        .join(PictureRow, PictureRow.id == PlacementRow.picture)
        .order_by(PlacementRow.block.desc())
    )
    return {row.story: row.sha256 for row in rows}
