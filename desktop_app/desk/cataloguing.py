"""Taking a picture file in: looked at, its master kept by digest, its record written; each picture exactly once."""

from dataclasses import dataclass
from pathlib import Path

from desktop_app.desk.desk import Desk
from desktop_app.domain.pictures import Picture
from desktop_app.domain.story import Bilingual
from desktop_app.foundation.errors import InputRefusedError, reason_of
from desktop_app.foundation.messages import N_, Message
from desktop_app.pictures.fingerprint import fingerprint
from desktop_app.pictures.inspect import Inspection, inspect
from desktop_app.store import pictures as store
from desktop_app.store.archive import Session

MAX_PICTURE_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Candidate:
    """A picture file, read and looked at, not yet in the archive."""

    name: str
    data: bytes
    facts: Inspection
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Catalogued:
    """A picture of the catalogue, whether it is new there, and what is odd about its file."""

    picture: Picture
    new: bool
    warnings: tuple[Message, ...] = ()


def read_picture(path: Path) -> Candidate:
    """Read and judge a picture file without touching the archive.

    Raises:
        InputRefusedError: missing, too large, no picture, or damaged beyond use.
    """
    return judge_picture(path.name, read_file(path, MAX_PICTURE_BYTES))


def judge_picture(name: str, data: bytes) -> Candidate:
    """Judge the bytes of a picture, which is to have this file name.

    Raises:
        InputRefusedError: no picture, or damaged beyond use.
    """
    facts = inspect(data, name)
    try:
        mark = f"{fingerprint(data):032x}"
    except InputRefusedError:
        mark = ""
    return Candidate(name, data, facts, mark)


def read_file(path: Path, limit: int) -> bytes:
    """Read a user's file, at most ``limit`` bytes of it.

    Raises:
        InputRefusedError: it is missing, a folder, unreadable or larger; the sentence gives size and limit.
    """
    try:
        if path.is_dir():
            raise InputRefusedError(
                N_("This is a folder, not a file."), subject=str(path), advice=N_("Name the files in it.")
            )
        size = path.stat().st_size
        if size > limit:
            raise InputRefusedError(
                N_(
                    "The file is {size} MB large; at most {limit} MB can be read.",
                    size=f"{size / 2**20:.0f}",
                    limit=f"{limit / 2**20:.0f}",
                ),
                subject=str(path),
                advice=N_("Split the file, or check that it is the right one."),
            )
        with path.open("rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError as error:
        raise InputRefusedError(
            N_("There is no such file."), subject=str(path), advice=N_("Check the name and the folder.")
        ) from error
    except OSError as error:
        raise InputRefusedError(
            N_("The file cannot be read: {why}.", why=reason_of(error)), subject=str(path)
        ) from error


def catalogue(
    desk: Desk,
    session: Session,
    candidate: Candidate,
    *,
    at: str,
    caption: Bilingual = Bilingual(),
    alt: Bilingual = Bilingual(),
    credit: str = "",
) -> Catalogued:
    """Take a picture into the catalogue inside an open transaction; one that is there already stays as it is.

    What the caller says of it goes before what the file says of itself.

    Raises:
        ArchiveUnavailableError: the master cannot be written.
    """
    known = store.by_sha256(session, candidate.facts.sha256)
    if known is not None:
        return Catalogued(known, new=False, warnings=candidate.facts.warnings)
    facts = candidate.facts
    desk.originals.put(candidate.data, facts.suffix)
    picture = Picture(
        id=desk.new_id(),
        sha256=facts.sha256,
        payload=facts.payload,
        file=candidate.name,
        mime=facts.mime,
        width=facts.width,
        height=facts.height,
        caption=Bilingual(caption.zh or facts.caption.zh, caption.en or facts.caption.en),
        alt=Bilingual(alt.zh or facts.alt.zh, alt.en or facts.alt.en),
        credit=credit or facts.credit,
        rights=facts.rights,
        people=facts.people,
        date=facts.date,
        metadata=facts.metadata,
    )
    store.add(session, picture, fingerprint=candidate.fingerprint, at=at)
    return Catalogued(picture, new=True, warnings=facts.warnings)
