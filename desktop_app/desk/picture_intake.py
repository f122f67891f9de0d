"""Pictures that a person puts at one place of a story: taken into the catalogue alone, the story is the window's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.desk.cataloguing import Candidate, Catalogued, catalogue, judge_picture, read_picture
from desktop_app.desk.desk import SILENT, Changes, Desk, Progress
from desktop_app.desk.importing import link
from desktop_app.desk.pictures import Added
from desktop_app.domain.people import Person
from desktop_app.domain.pictures import Picture
from desktop_app.domain.story import Placement
from desktop_app.foundation.errors import InputRefusedError

MOST_AT_ONCE = 200  # files; a folder has another way in


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A picture that is in no file yet: its bytes as PNG or JPEG, and the name that it is to have."""

    name: str
    data: bytes


def take_in(desk: Desk, sources: Sequence[Path | Snapshot], *, by: Person | None, progress: Progress = SILENT) -> Added:
    """Take pictures into the catalogue, in their order; no place of any story is filled by it.

    What is no picture is told in ``refused`` and passed over. One that the catalogue has already stays as it is.

    Raises:
        ArchiveUnavailableError: the archive cannot be written.
        CancelledError: the person stopped it.
    """
    desk.archive.require_writable()
    candidates: list[Candidate] = []
    refused: list[InputRefusedError] = []
    for done, source in enumerate(sources[:MOST_AT_ONCE]):
        progress.report(done, len(sources))
        try:
            taken_in = read_picture(source) if isinstance(source, Path) else judge_picture(source.name, source.data)
            candidates.append(taken_in)
        except InputRefusedError as error:
            error.subject = error.subject or source.name
            refused.append(error)
    if not candidates:
        return Added((), 0, tuple(refused), Changes())
    with desk.archive.write() as unit:
        taken = [catalogue(desk, unit.session, one, at=unit.at) for one in candidates]
        unit.record(
            "pictures added",
            person=by.id if by else None,
            pictures=[one.picture.id for one in taken],
            files=[one.name for one in candidates],
            linked=[],
        )
    return Added(_each_once(taken), 0, tuple(refused), Changes(pictures=frozenset(one.picture.id for one in taken)))


def placed(picture: Picture, place: Placement | None = None) -> Placement:
    """A place of a story with the picture in it: a new one, or ``place``, whose own words stay."""
    return link(replace(place, file=picture.file) if place is not None else Placement(picture.file), picture)


def _each_once(taken: Sequence[Catalogued]) -> tuple[Catalogued, ...]:
    """The pictures in order; the same file given twice is one picture."""
    return tuple({one.picture.id: one for one in taken}.values())
