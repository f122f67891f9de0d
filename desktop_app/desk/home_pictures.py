"""Pictures that come home: those that this archive has already stand under its own names, the others come along."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from desktop_app.desk.cataloguing import judge_picture
from desktop_app.desk.desk import Desk
from desktop_app.desk.returning import ReturnedFile, ReturnedPicture, Returning
from desktop_app.domain.pictures import Picture
from desktop_app.domain.story import Content
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import pictures as store
from desktop_app.store.archive import Session


@dataclass(frozen=True, slots=True)
class Adopted:
    """A picture that was found sound, ready for its catalogue entry; ``read`` gives its master once more."""

    picture: Picture
    fingerprint: str
    suffix: str
    read: Callable[[], bytes]


def adopt_pictures(session: Session, file: ReturnedFile) -> ReturnedFile:
    """The file with pictures that are here already called by their ids here, and those left that are new.

    Raises:
        InputRefusedError: a story shows a picture that neither this archive nor the file has.
    """
    here: dict[str, str] = {}
    new: list[ReturnedPicture] = []
    for one in file.pictures:
        known = store.by_sha256(session, one.picture.sha256)
        if known is None:
            new.append(one)
        elif known.id != one.picture.id:
            here[one.picture.id] = known.id
    wanted = {place.picture for story in file.stories for place in story.content.placements() if place.picture}
    there = {one.picture.id for one in new}
    if there & store.files(session, there).keys():
        raise _refused(file, N_("A picture has the name of another picture of this archive."))
    missing = wanted - here.keys() - there
    if missing - store.files(session, missing).keys():
        raise _refused(file, N_("A picture that a story shows is not in the file."))
    stories = tuple(_renamed(one, here) for one in file.stories) if here else file.stories
    return replace(file, stories=stories, pictures=tuple(one for one in new if one.picture.id in wanted))


def _renamed(story: Returning, names: Mapping[str, str]) -> Returning:
    def renamed(content: Content) -> Content:
        blocks = (
            replace(block, placement=replace(place, picture=names.get(place.picture or "", place.picture)))
            if (place := block.placement) is not None
            else block
            for block in content.blocks
        )
        return replace(content, blocks=tuple(blocks))

    versions = tuple((version, renamed(content)) for version, content in story.versions)
    return replace(story, base=renamed(story.base), content=renamed(story.content), versions=versions)


def sound_pictures(file: ReturnedFile) -> Iterator[Adopted]:
    """Judge the new pictures of a file, one by one; nothing is written.

    Raises:
        InputRefusedError: what should be a picture is none, or not the one that the catalogue entry describes.
    """
    for one in file.pictures:
        candidate = judge_picture(one.picture.file, one.read())
        facts = candidate.facts
        told = one.picture
        if (facts.sha256, facts.payload, facts.width, facts.height) != (
            told.sha256, told.payload, told.width, told.height,
        ):  # fmt: skip
            raise _refused(file, N_("A picture is not the one that its entry describes."), told.file)
        yield Adopted(replace(told, mime=facts.mime), candidate.fingerprint, facts.suffix, one.read)


def keep_masters(desk: Desk, adopted: Iterable[Adopted]) -> None:
    """Put the masters of pictures among the originals: last in a transaction, so that none is left of a refused one.

    Raises:
        InputRefusedError: the file was changed since it was opened.
        ArchiveUnavailableError: one cannot be written.
    """
    for one in adopted:
        desk.originals.put(one.read(), one.suffix)


def _refused(file: ReturnedFile, reason: Message, place: str = "") -> InputRefusedError:
    return InputRefusedError(
        reason, subject=file.name, place=place, advice=N_("Have the file sent again, with its pictures.")
    )
