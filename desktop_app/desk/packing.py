"""Packing stories for somebody who goes offline, and what they did to be sent home: one file, and a note of who has it.

A package is read from one state of the archive. The text that went out is kept with the loan: it is the common ground
when the story comes home. Nothing here is locked meanwhile.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop_app.desk import packed_house as house
from desktop_app.desk.desk import SILENT, Changes, Desk, Progress
from desktop_app.desk.home import Home, home_of, read_base, read_home, write_edition
from desktop_app.desk.operations import NOT_WRITTEN
from desktop_app.desk.outputs import ExportedFile, unwritten
from desktop_app.desk.packed_stories import packed_story
from desktop_app.desk.places import PACKAGE_SUFFIX
from desktop_app.desk.stories import story_file, story_row
from desktop_app.domain.digest import content_digest
from desktop_app.domain.events import EVERYTHING
from desktop_app.domain.loans import PACKED_AGAIN, Loan, LoanKind
from desktop_app.domain.people import Person
from desktop_app.domain.story import Content, StoryState
from desktop_app.exchange.packages.container import MAX_PARTS, MAX_UNPACKED_BYTES
from desktop_app.exchange.packages.work_package import Answer, PackedPicture, WorkPackage, write_package
from desktop_app.foundation.errors import ArchiveUnavailableError, BugError, NotAllowedError, WrongUsageError
from desktop_app.foundation.ids import stamp
from desktop_app.foundation.messages import N_
from desktop_app.foundation.printable import unprinted, visible
from desktop_app.store import carried, events, loans, person_keys
from desktop_app.store import people as people_store
from desktop_app.store import stories as story_store
from desktop_app.store.archive import Session, Unit
from desktop_app.store.models import StoryRow

_OTHER_PARTS = 20  # of a package, beside stories and pictures
_FEWER = N_("Pack fewer stories at once.")


@dataclass(frozen=True, slots=True)
class Packed:
    """A package that was written; ``edition`` counts the answers of a small archive, 0 on the way out."""

    file: ExportedFile
    package: str
    stories: tuple[str, ...]
    edition: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class Survey:
    """What goes along with stories: how many stories, segments and pictures, and the bytes of the pictures."""

    stories: int
    segments: int
    pictures: int
    picture_bytes: int


def survey(desk: Desk, stories: Sequence[str]) -> Survey:
    """Count what a package of these stories would carry: in a small archive all that it holds, as ``pack`` does.

    Raises:
        WrongUsageError: there is no such story.
    """
    with desk.archive.read() as session:
        rows = [story_row(session, story) for story in stories] if stories else []
        whole = not rows or read_home(session) is not None
        ids = [one.id for one in story_store.summaries(session)] if whole else [row.id for row in rows]
        segments, masters = carried.extent(session, list(dict.fromkeys(ids)))
    sizes = [path.stat().st_size for sha256 in masters if (path := desk.originals.path(sha256)) is not None]
    return Survey(len(set(ids)), segments, len(masters), sum(sizes))


def pack(
    desk: Desk,
    stories: Sequence[str],
    target: Path,
    *,
    by: Person | None,
    made_for: Person | None = None,
    progress: Progress = SILENT,
) -> Packed:
    """Write stories as a work package for ``made_for`` (None: whoever opens it), and note that they are out.

    The file appears whole or not at all, and never without the note of the loans. Packing for somebody who has a story
    already is a new loan in place of the old one. In a small archive everything that it holds is packed to be sent
    home, whatever ``stories`` are named: each edition stands for those before it, so none may lack a story, and a
    package of a package could never come home.

    Raises:
        WrongUsageError: no story is named, there is no such story, or ``target`` is a folder.
        NotAllowedError: a story was killed.
        ArchiveUnavailableError: the file or the archive cannot be written, or a picture's master is damaged.
        CancelledError: the person stopped it; nothing was written.
    """
    desk.archive.require_writable()
    if os.path.isdir(target):  # unlike Path.is_dir it never raises
        raise WrongUsageError(
            N_("This is a folder, and a package is one file."),
            subject=str(target),
            advice=N_("Name a file that ends in {suffix}.", suffix=PACKAGE_SUFFIX),
        )
    home = home_of(desk)
    package = _gather(desk, stories, home, by, made_for, _stretch(progress, 0, 700))
    part = Path(f"{target}.part")
    try:
        file = replace(_write(desk, package, part, _stretch(progress, 700, 1000)), path=target)
        progress.check()
        changes = _place(desk, package, part, file, home, by)
    finally:
        with suppress(OSError):  # a place that cannot be looked up has nothing to take away
            part.unlink()
    progress.report(1000, 1000)
    edition = package.answers.edition if package.answers is not None else 0
    return Packed(file, package.id, tuple(story.id for story in package.stories), edition, changes)


def _stretch(whole: Progress, start: int, end: int) -> Progress:
    """A stretch of a longer piece of work, in thousandths of it."""

    def report(done: int, total: int) -> None:
        whole.report(start + (end - start) * done // max(1, total), 1000)

    return Progress(report, whole.check)


def _gather(
    desk: Desk,
    stories: Sequence[str],
    home: Home | None,
    by: Person | None,
    made_for: Person | None,
    progress: Progress,
) -> WorkPackage:
    """Read everything that is packed from one state of the archive."""
    with desk.archive.read() as session:
        ids = _chosen(session, stories, home)
        rows = carried.rows_of(session, ids)
        found = []
        for done, story in enumerate(ids):
            progress.check()
            progress.report(done, 2 * len(ids))
            row = story_row(session, story)
            file = story_file(session, row)
            if home is None:
                _require_alive(row)
            base = file.story.content if home is None else read_base(session, story) or Content()
            found.append(packed_story(session, row, file, base, rows.get(story, {})))
        contents = {story.id: story.content for story in found}
        people = tuple(people_store.everybody(session))
        _require_names(people)
        pictures = house.packed_pictures(session, contents.values())
        _require_room(desk, len(found), pictures)
        head = events.head(session)
        if head is None:
            raise BugError("an archive without an event")
        return WorkPackage(
            id=desk.new_id(),
            made_at=stamp(desk.now()),
            made_by=by.id if by is not None else None,
            made_for=made_for.id if made_for is not None else None,
            head=head,
            people=people,
            policies=house.own_policies(session),
            stories=tuple(found),
            house=people_store.fact(session, "house") or desk.folder.name,
            keys=tuple(person_keys.known(session).values()),
            pictures=pictures,
            memory=house.memory_that_matters(desk, session, contents, _stretch(progress, 500, 1000))
            if not home
            else (),
            terms=house.occurring_terms(session, contents.values()) if not home else (),
            settings=house.settings_of(session),
            answers=Answer(home.package, home.edition + 1, home.head, home.origin) if home is not None else None,
            audit=tuple(events.links(session, EVERYTHING)) if home is not None else (),
        )


def _chosen(session: Session, stories: Sequence[str], home: Home | None) -> list[str]:
    """The ids of the stories to pack, each once: those that are named, or all of a small archive, oldest first."""
    if home is not None:
        for story in stories:
            story_row(session, story)  # a slip in a name is told, though all of them go
        return sorted(summary.id for summary in story_store.summaries(session))
    if not stories:
        raise WrongUsageError(
            N_("There is no story to pack."),
            advice=N_("Name one; only an archive made of a work package can be packed as a whole."),
        )
    return list(dict.fromkeys(story_row(session, story).id for story in stories))


def _require_names(people: Sequence[Person]) -> None:
    """Refuse names of earlier times that no program would take in."""
    for person in people:
        for name in (person.name, person.zh):
            if unprinted(name):
                raise NotAllowedError(
                    N_("The name {name} has signs that do not print.", name=visible(name)),
                    advice=N_("Correct it first (“diptych people change”, or People in the window)."),
                )


def _require_room(desk: Desk, stories: int, pictures: Sequence[PackedPicture]) -> None:
    """Refuse before the work what no program would open."""
    if stories + len(pictures) + _OTHER_PARTS > MAX_PARTS:
        raise WrongUsageError(N_("The package would have more than {limit} parts.", limit=MAX_PARTS), advice=_FEWER)
    paths = (desk.originals.path(packed.picture.sha256) for packed in pictures)
    if sum(path.stat().st_size for path in paths if path is not None) > MAX_UNPACKED_BYTES // 2:
        raise WrongUsageError(
            N_("The pictures of these stories are too large for one package: more than {limit} MB.",
               limit=MAX_UNPACKED_BYTES // 2 // 2**20),
            advice=_FEWER,
        )  # fmt: skip


def _write(desk: Desk, package: WorkPackage, part: Path, progress: Progress) -> ExportedFile:
    def masters() -> Iterator[tuple[str, bytes]]:
        for done, packed in enumerate(package.pictures):
            progress.check()
            progress.report(done, len(package.pictures))
            yield packed.picture.sha256, desk.originals.read(packed.picture.sha256)

    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w+b") as file:
            write_package(file, package, masters())
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            return ExportedFile(part, hashlib.file_digest(file, "sha256").hexdigest())
    except OSError as error:
        raise unwritten(error, part.with_suffix("")) from error


def _place(
    desk: Desk, package: WorkPackage, part: Path, file: ExportedFile, home: Home | None, by: Person | None
) -> Changes:
    """Note what goes out, then put the file in its place.

    In this order, whenever it is cut short: a loan without its file is told and harmless, a file without its loan could
    never come home, with all the work that was done in it.
    """
    replaced: list[str] = []
    ids = [story.id for story in package.stories]
    said: dict[str, Any] = {
        "person": by.id if by is not None else None,
        "story": ids[0] if len(ids) == 1 else None,
        "stories": ids,
        "package": package.id,
        "files": [[file.path.name, file.sha256]],
    }
    with desk.archive.write() as unit:
        if home is None:
            for story in ids:
                _require_alive(story_row(unit.session, story))
            replaced = _lend(desk, unit, package, file.path.name, by)
        else:
            write_edition(unit.session, home.edition + 1)
        unit.record(
            "stories packed" if home is None else "stories packed to go home",
            made_for=package.made_for,
            name=next((one.name for one in package.people if one.id == package.made_for), ""),
            edition=home.edition + 1 if home is not None else 0,
            **said,
        )
    try:
        os.replace(part, file.path)
    except OSError as error:
        trouble = unwritten(error, file.path)
        try:
            with desk.archive.write() as unit:
                loans.take_back(unit.session, package.id, replaced)
                unit.record(NOT_WRITTEN, **said)
        except ArchiveUnavailableError:
            trouble.advice = N_("It is noted as out all the same: pack it again, or end the loan.")
        raise trouble from error
    return Changes(stories=frozenset(ids))


def _require_alive(row: StoryRow) -> None:
    """Refuse what no version of may leave.

    Raises:
        NotAllowedError: the story was killed.
    """
    if row.state == StoryState.KILLED.value:
        raise NotAllowedError(
            N_("The story was killed."), subject=row.slug, advice=N_("No version of it leaves the archive.")
        )


def _lend(desk: Desk, unit: Unit, package: WorkPackage, name: str, by: Person | None) -> list[str]:
    """Note that the stories are out; return the ids of the loans whose place this takes."""
    author, holder = by.id if by is not None else None, package.made_for
    known = loans.open_of(unit.session, {story.id for story in package.stories})
    replaced = [old.id for old in known if holder is not None and old.holder == holder]
    for old in replaced:
        loans.end(unit.session, old, at=unit.at, by=author, reason=PACKED_AGAIN)
    for story in package.stories:
        digest = content_digest(story.base)
        loan = Loan(
            desk.new_id(), package.id, LoanKind.PACKAGE, story.id, holder, name, story.facts.version, digest, author,
            unit.at,
        )  # fmt: skip
        loans.add(unit.session, loan, story.base)
    return replaced
