"""Copies of pictures that carry their captions, credits and people inside; the masters stay as they are."""

from collections.abc import Sequence
from pathlib import Path

from desktop_app.desk.desk import SILENT, Desk, Progress
from desktop_app.desk.outputs import ExportedFile, write_files
from desktop_app.desk.pictures import get_picture, list_pictures
from desktop_app.domain.pictures import Picture
from desktop_app.pictures.embed import embed


def embed_copies(
    desk: Desk, pictures: Sequence[str], folder: Path, *, progress: Progress = SILENT
) -> list[tuple[Picture, ExportedFile]]:
    """Write copies of pictures (all, when none is named) with their words inside; the masters stay as they are.

    Raises:
        WrongUsageError: there is no such picture.
        InputRefusedError: a picture's metadata cannot be written.
        ArchiveUnavailableError: a master is missing or altered, or the folder cannot be written.
    """
    chosen = [get_picture(desk, one) for one in pictures] or list_pictures(desk)
    made: list[tuple[Path, bytes]] = []
    taken: set[str] = set()
    for done, picture in enumerate(chosen):
        progress.check()
        progress.report(done, len(chosen))
        data = embed(
            desk.originals.read(picture.sha256),
            caption=picture.caption,
            alt=picture.alt,
            credit=picture.credit,
            rights=picture.rights,
            people=picture.people,
            date=picture.date,
            name=picture.file,
        )
        made.append((folder / _free_name(picture, taken), data))
    files = write_files(made)
    progress.report(len(chosen), len(chosen))
    return list(zip(chosen, files, strict=True))


def _free_name(picture: Picture, taken: set[str]) -> str:
    """The picture's file name, with the start of its digest where another copy has that name already."""
    name = Path(picture.file).name or f"{picture.sha256[:12]}"
    if name.casefold() in taken:
        name = f"{Path(name).stem}-{picture.sha256[:8]}{Path(name).suffix}"
    taken.add(name.casefold())
    return name
