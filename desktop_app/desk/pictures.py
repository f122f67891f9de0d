"""The archivist's work: pictures in, described, found, placed in stories, checked against their digests."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from desktop_app.desk.cataloguing import Candidate, Catalogued, catalogue, read_picture
from desktop_app.desk.desk import SILENT, Changes, Desk, Progress
from desktop_app.desk.editing import require_editable, write_edits
from desktop_app.desk.importing import link
from desktop_app.desk.stories import story_file, story_row
from desktop_app.domain.edits import SetPlacement
from desktop_app.domain.people import Person
from desktop_app.domain.pictures import Picture
from desktop_app.domain.records import StorySummary
from desktop_app.domain.story import Bilingual, Block, Placement, Story
from desktop_app.foundation.errors import InputRefusedError, KnownError, NotAllowedError, WrongUsageError
from desktop_app.foundation.messages import N_, Message
from desktop_app.pictures.fingerprint import distance
from desktop_app.store import pictures as store
from desktop_app.store import stories as story_store
from desktop_app.store.archive import Unit
from desktop_app.store.models import StoryRow

PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".gif")
_NEARLY_ALIKE = 12  # of 128 bits: the same motif scaled, re-saved or lightly corrected


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a batch of files: pictures taken in, placeholders filled, files refused with the reason."""

    pictures: tuple[Catalogued, ...]
    linked: int
    refused: tuple[KnownError, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class Words:
    """What a person says of pictures as they come in."""

    caption: Bilingual = Bilingual()
    alt: Bilingual = Bilingual()
    credit: str = ""
    rights: str = ""
    people: tuple[str, ...] = ()
    date: str | None = None


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The picture files among ``paths``; a folder stands for all pictures in and below it."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.suffix.lower() in PICTURE_SUFFIXES and p.is_file())
        else:
            found.append(path)
    return found


def add_pictures(
    desk: Desk,
    paths: Sequence[Path],
    *,
    by: Person | None,
    words: Words = Words(),
    progress: Progress = SILENT,
    lenient: bool = False,
) -> Added:
    """Take picture files (and whole folders) into the catalogue and fill the placeholders that wait for them.

    A placeholder is filled when exactly one new file and exactly one picture name fit. With ``lenient`` (a dropped
    folder) a file that is no picture is reported and passed over; otherwise the first one refuses the whole batch.

    Raises:
        InputRefusedError: a file cannot be taken in and ``lenient`` is off.
        ArchiveUnavailableError: the archive cannot be written.
    """
    desk.archive.require_writable()
    files = files_in(paths)
    candidates, refused = _candidates(files, lenient=lenient, progress=progress)
    if not candidates:
        return Added((), 0, tuple(refused), Changes())
    with desk.archive.write() as unit:
        taken = [_describe(desk, unit, one, words) for one in candidates]
        stories = _fill_placeholders(unit, [one.picture for one in taken], by)
        unit.record(
            "pictures added",
            person=by.id if by else None,
            pictures=[one.picture.id for one in taken],
            files=[one.name for one in candidates],
            linked=stories,
        )
    changes = Changes(frozenset(stories), frozenset(one.picture.id for one in taken))
    return Added(tuple(taken), len(stories), tuple(refused), changes)


def _candidates(
    files: Sequence[Path], *, lenient: bool, progress: Progress
) -> tuple[list[Candidate], list[InputRefusedError]]:
    candidates: list[Candidate] = []
    refused: list[InputRefusedError] = []
    for done, path in enumerate(files):
        progress.check()
        progress.report(done, len(files))
        try:
            candidates.append(read_picture(path))
        except InputRefusedError as error:
            if not lenient:
                raise
            refused.append(error)
    progress.report(len(files), len(files))
    return candidates, refused


def _describe(desk: Desk, unit: Unit, candidate: Candidate, words: Words) -> Catalogued:
    done = catalogue(
        desk, unit.session, candidate, at=unit.at, caption=words.caption, alt=words.alt, credit=words.credit
    )
    extra = replace(
        done.picture,
        rights=words.rights or done.picture.rights,
        people=words.people or done.picture.people,
        date=words.date or done.picture.date,
    )
    if done.new and extra != done.picture:
        store.update(unit.session, extra)
        return replace(done, picture=extra)
    return done


def _fill_placeholders(unit: Unit, pictures: Sequence[Picture], by: Person | None) -> list[str]:
    """Link placeholders of editable stories by file name; return the story id of each one filled."""
    names = [picture.file.casefold() for picture in pictures]
    filled: list[str] = []
    for picture in pictures:
        if names.count(picture.file.casefold()) != 1:
            continue
        waiting = story_store.placeholders(unit.session, picture.file)
        if len({row.story for row in waiting}) != 1:
            continue  # a name like 1.jpg waits in several stories: a person says which
        for place in waiting:
            row = story_row(unit.session, place.story)
            block = _block(story_file(unit.session, row).story, place.block)
            try:
                _put(unit, row, block, picture, by)
            except NotAllowedError:
                continue  # the story is closed to changes; its placeholder stays and can be linked in a correction
            filled.append(row.id)
    return filled


def _put(unit: Unit, row: StoryRow, block: Block, picture: Picture, by: Person | None) -> None:
    assert block.placement is not None, "only picture blocks get here"
    write_edits(unit, row, [SetPlacement(block.id, link(block.placement, picture))], by=by)


def _block(story: Story, block: str) -> Block:
    return next(b for b in story.content.blocks if b.id == block)


def link_folder(desk: Desk, story: str, folder: Path, *, by: Person | None, progress: Progress = SILENT) -> Added:
    """Fill one story's placeholders with the pictures of those names in a folder.

    Raises:
        WrongUsageError: there is no such story.
        NotAllowedError: the story cannot be changed now.
    """
    desk.archive.require_writable()
    files = {path.name.casefold(): path for path in files_in([folder])}
    with desk.archive.read() as session:
        row = story_row(session, story)
        require_editable(session, row, by)  # before the pictures are read
        waiting = [
            block
            for block in story_file(session, row).story.content.blocks
            if block.placement is not None and block.placement.picture is None
        ]
    names = {block.id: block.placement.file.casefold() for block in waiting if block.placement is not None}
    wanted = {block: files[name] for block, name in names.items() if name in files}
    paths = list(dict.fromkeys(wanted.values()))
    candidates, refused = _candidates(paths, lenient=True, progress=progress)
    by_name = {candidate.name: candidate for candidate in candidates}
    if not by_name:
        return Added((), 0, tuple(refused), Changes())
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        current = story_file(unit.session, row).story
        taken: list[Catalogued] = []
        for block_id, path in wanted.items():
            candidate = by_name.get(path.name)
            if candidate is None:
                continue
            block = _block(current, block_id)
            place = block.placement
            assert place is not None, "only picture blocks wait"
            done = catalogue(desk, unit.session, candidate, at=unit.at, caption=place.caption, alt=place.alt)
            _put(unit, row, block, done.picture, by)
            taken.append(done)
        unit.record(
            "pictures linked", person=by.id if by else None, story=row.id, pictures=[t.picture.id for t in taken]
        )
        changes = Changes(frozenset({row.id}), frozenset(t.picture.id for t in taken))
    return Added(tuple(taken), len(taken), tuple(refused), changes)


def place_picture(desk: Desk, story: str, picture: str, *, by: Person | None, block: str | None = None) -> Changes:
    """Put a catalogued picture into a story: into the named block, else into the placeholder of its file name.

    Raises:
        WrongUsageError: no such story or picture, or no place for it.
        NotAllowedError: the story cannot be changed now.
    """
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        found = _require_picture(store.get(unit.session, picture), picture)
        content = story_file(unit.session, row).story.content
        places = [b for b in content.blocks if b.placement is not None]
        named = [b for b in places if b.placement and b.placement.file.casefold() == found.file.casefold()]
        empty = [b for b in places if b.placement and b.placement.picture is None]
        chosen = [b for b in places if b.id == block] if block else (named or (empty if len(empty) == 1 else []))
        if len(chosen) != 1:
            raise _no_place(row.slug, block, count=len(places))
        write_edits(unit, row, [SetPlacement(chosen[0].id, _relinked(chosen[0], found))], by=by)
        unit.record("picture placed", person=by.id if by else None, story=row.id, picture=found.id)
        return Changes(frozenset({row.id}), frozenset({found.id}))


def _no_place(slug: str, block: str | None, *, count: int) -> WrongUsageError:
    """Why a picture cannot be placed: there is no picture block, none of that name, or several that it could fill."""
    if not count:
        return WrongUsageError(
            N_("The story has no place for a picture."),
            subject=slug,
            advice=N_("A picture gets one in the window: open the story there, and choose Insert ▸ Picture…."),
        )
    reason = N_("The story has no picture block “{block}”.", block=block)
    return WrongUsageError(
        reason if block else N_("The story has no single place for this picture."),
        subject=slug,
        advice=N_("Name the picture block with --block; “diptych show --json” lists them."),
    )


def _relinked(block: Block, picture: Picture) -> Placement:
    assert block.placement is not None, "only picture blocks are chosen"
    return link(replace(block.placement, file=picture.file), picture)


def _require_picture(found: Picture | None, wanted: str) -> Picture:
    if found is None:
        raise WrongUsageError(
            N_("There is no picture “{picture}”.", picture=wanted),
            advice=N_("“diptych pictures list” shows the pictures of this archive."),
        )
    return found


def update_picture(desk: Desk, picture: Picture, *, by: Person | None) -> Changes:
    """Write what the catalogue says of a picture: captions, alternative text, credit, rights, people, date.

    Stories keep the words they were given; nothing that was signed changes by this.

    Raises:
        WrongUsageError: there is no such picture.
    """
    with desk.archive.write() as unit:
        before = _require_picture(store.get(unit.session, picture.id), picture.id)
        if before == picture:
            return Changes()
        store.update(unit.session, picture)
        unit.record("picture described", person=by.id if by else None, picture=picture.id)
        return Changes(pictures=frozenset({picture.id}))


def list_pictures(desk: Desk, *, text: str | None = None) -> list[Picture]:
    """The catalogue, the newest first."""
    with desk.archive.read() as session:
        return store.every(session, text)


def get_picture(desk: Desk, picture: str) -> Picture:
    """One picture by id, by the start of its SHA-256, or by its file name where only one is called so.

    Raises:
        WrongUsageError: there is none, or more than one.
    """
    with desk.archive.read() as session:
        found = store.get(session, picture)
        if found is None:
            named = [one for one in store.every(session) if one.file.casefold() == picture.casefold()]
            if len(named) > 1:
                raise WrongUsageError(
                    N_("More than one picture is called “{name}”.", name=picture),
                    advice=N_("Give its id; “diptych pictures list” shows it."),
                )
            found = named[0] if named else None
        return _require_picture(found, picture)


def used_in(desk: Desk, picture: str) -> list[StorySummary]:
    """The stories in which a picture stands."""
    with desk.archive.read() as session:
        return story_store.using_picture(session, picture)


def uses(desk: Desk) -> dict[str, int]:
    """How many times each picture stands in a story, by picture id."""
    with desk.archive.read() as session:
        return store.used(session)


def duplicates(desk: Desk) -> list[tuple[Picture, ...]]:
    """Groups of pictures that show the same: equal pixels, or nearly equal fingerprints."""
    with desk.archive.read() as session:
        pictures = {picture.id: picture for picture in store.every(session)}
        marks = [(identity, int(mark, 16)) for identity, mark in store.fingerprints(session) if mark]
    groups: list[list[str]] = []
    seen: set[str] = set()
    for index, (identity, mark) in enumerate(marks):
        if identity in seen:
            continue
        alike = [other for other, bits in marks[index + 1 :] if distance(mark, bits) <= _NEARLY_ALIKE]
        if alike:
            groups.append([identity, *alike])
            seen.update(groups[-1])
    return [tuple(pictures[identity] for identity in group) for group in groups]


def verify_pictures(
    desk: Desk, *, only: Collection[str] = (), progress: Progress = SILENT
) -> list[tuple[Picture, Message]]:
    """Compare every master (or those of the ids in ``only``) with its digest; return the missing and the altered.

    Raises:
        CancelledError: the person stopped it.
    """
    pictures = [picture for picture in list_pictures(desk) if not only or picture.id in only]
    problems: list[tuple[Picture, Message]] = []
    for done, picture in enumerate(pictures):
        progress.check()
        progress.report(done, len(pictures))
        reason = desk.originals.verify(picture.sha256)
        if reason is not None:
            problems.append((picture, reason))
    progress.report(len(pictures), len(pictures))
    return problems


def describe_picture(desk: Desk, picture: str, words: Mapping[str, Any], *, by: Person | None) -> Picture:
    """Write the words that are given by name of field (``caption_zh``, ``credit`` …); an empty one clears.

    Raises:
        WrongUsageError: there is no such picture, or the date is none.
    """
    found = get_picture(desk, picture)
    plain = {name: words[name] for name in ("credit", "rights", "people") if name in words}
    described = replace(
        found,
        caption=Bilingual(words.get("caption_zh", found.caption.zh), words.get("caption_en", found.caption.en)),
        alt=Bilingual(words.get("alt_zh", found.alt.zh), words.get("alt_en", found.alt.en)),
        date=day(words["date"]) if "date" in words else found.date,
        **plain,
    )
    update_picture(desk, described, by=by)
    return described


def day(text: str) -> str | None:
    """A day as the catalogue keeps it; None for an empty one.

    Raises:
        WrongUsageError: there is no such day.
    """
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise WrongUsageError(
            N_("“{date}” is no date.", date=text), advice=N_("Write it as year, month and day: 2024-03-05.")
        ) from error
