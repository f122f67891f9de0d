"""Small archives: a work package unpacked into an archive of its own, which opens on any machine and is proved there.

It is built in a folder inside its place, and moved up when it is whole. What a package says of itself is worth no more
than it can show: a state stands no higher than its sign-offs, masters are looked at again, and a statement comes with
its id, person, moment, digest and signature, or not at all.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path

from desktop_app.desk.desk import SILENT, Progress, account_name
from desktop_app.desk.home import Home, write_base, write_home
from desktop_app.desk.house_style import compile_patterns
from desktop_app.desk.new_folders import new_folder
from desktop_app.desk.packed_stories import put_story, settle_state, stated_in
from desktop_app.domain.house_style import style_from
from desktop_app.domain.people import Person
from desktop_app.domain.policy import POLICIES
from desktop_app.domain.terms import tidied
from desktop_app.exchange.packages.container import OpenContainer
from desktop_app.exchange.packages.work_package import WorkPackage, master_part, read_package
from desktop_app.foundation.errors import InputRefusedError, unreadable
from desktop_app.foundation.ids import Clock, IdFactory, new_id, utc_now
from desktop_app.foundation.messages import N_, Message
from desktop_app.language.sentences.rules import rules_of
from desktop_app.pictures.inspect import inspect
from desktop_app.pictures.originals import Originals
from desktop_app.store import memory as memory_store
from desktop_app.store import people as people_store
from desktop_app.store import person_keys, policies, signatures
from desktop_app.store import pictures as picture_store
from desktop_app.store import terms as term_store
from desktop_app.store.archive import Archive, Unit
from desktop_app.store.verification import Problem

_AT_ONCE = 5000  # pairs of the memory
_AGAIN = N_("Have the package sent again, or pack the stories once more.")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A small archive that was made: where it lies, what it was made of, and what is wrong with its statements."""

    folder: Path
    package: str
    house: str
    made_for: Person | None
    stories: tuple[str, ...]
    problems: tuple[Problem, ...]


def unpack(
    file: Path, folder: Path, *, progress: Progress = SILENT, now: Clock = utc_now, ids: IdFactory = new_id
) -> Unpacked:
    """Make a small archive of a work package in an empty or new folder; nothing is left behind when it fails.

    Signatures that do not hold are told and do not stop it: the archive that the package comes from has them too.

    Raises:
        InputRefusedError: it is no work package, was altered, or says what cannot be; or it is on its way home.
        ArchiveUnavailableError: the folder is not empty, or cannot be written.
        CancelledError: the person stopped it.
    """
    with _opened(file) as opened, _naming(file), OpenContainer(opened, str(file), check=progress.check) as container:
        package = read_package(container, check=progress.check)
        if package.answers is not None:
            raise InputRefusedError(
                N_("This package is on its way home to “{house}”.", house=package.house),
                advice=N_("Open the archive it was packed in, and take it home there: “diptych merge FILE”."),
            )
        _require_usable(package)
        opened.seek(0)
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        with new_folder(
            folder, taken=N_("Unpack into a new folder."), unwritable=N_("Unpack into another place with enough room.")
        ) as scratch:
            problems = _Builder(package, container, [file.name, digest], progress).build(scratch, now, ids)
    people = {person.id: person for person in package.people}
    stories = tuple(story.id for story in package.stories)
    return Unpacked(folder, package.id, package.house, people.get(package.made_for or ""), stories, problems)


def _opened(file: Path) -> BufferedReader:
    try:
        return file.open("rb")
    except OSError as error:
        raise unreadable(str(file), error) from error


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    """Let a refusal name the file."""
    try:
        yield
    except InputRefusedError as error:
        error.subject = error.subject or str(file)
        error.advice = error.advice or _AGAIN
        raise


def _require_usable(package: WorkPackage) -> None:
    """Refuse policies and settings by which nobody could work."""
    known = {*POLICIES, *((one.policy.name, one.policy.version) for one in package.policies)}
    for story in package.stories:
        named = {(story.facts.policy, story.facts.policy_version)}
        named |= {(one.policy, one.policy_version) for one in story.signoffs if one.policy is not None}
        for name, version in named:
            if name not in known and (name, version or 1) not in known:
                raise _refused(N_("Something is named that is not in the package."), f"stories/{story.id}.json: {name}")
    usual = package.settings.get("policy", "")
    if usual and usual not in known and not any(one.policy.name == usual for one in package.policies):
        raise _refused(N_("Something is named that is not in the package."), f"settings.json: {usual}")
    for name, read in _READERS.items():
        if name in package.settings:
            _require_readable(name, read, package.settings[name])


_READERS: dict[str, Callable[[object], object]] = {
    "house-style": lambda data: compile_patterns(style_from(data)),
    "house-names": lambda data: style_from({"names": data}),
    "sentence-rules": rules_of,
}


def _require_readable(name: str, read: Callable[[object], object], text: str) -> None:
    try:
        read(json.loads(text))
    except InputRefusedError as error:
        error.place = f"settings.json: {name}: {error.place}"
        raise
    except (ValueError, TypeError, RecursionError) as error:
        raise _refused(N_("A value is not what it has to be."), f"settings.json: {name}") from error


def _refused(reason: Message, place: str) -> InputRefusedError:
    return InputRefusedError(reason, place=place, advice=_AGAIN)


class _Builder:
    """Makes the archive of one package."""

    def __init__(self, package: WorkPackage, container: OpenContainer, file: list[str], progress: Progress) -> None:
        self._package = package
        self._container = container
        self._file = file
        self._progress = progress
        self._total = len(package.pictures) + len(package.stories)
        self._done = 0

    def build(self, folder: Path, now: Clock, ids: IdFactory) -> tuple[Problem, ...]:
        """Make it in an empty folder; return what is wrong with its statements."""
        archive = Archive.create(folder, now=now, new_id=ids, account=account_name(), first=self._first)
        try:
            self._put_masters(Originals(archive.originals))
            with archive.write() as unit:
                self._put_house(unit)
                return tuple(problem for story in self._put_stories(unit) for problem in story)
        finally:
            archive.close()

    def _first(self, unit: Unit) -> None:
        for name, text in self._package.settings.items():
            people_store.set_fact(unit.session, name, text)
        people_store.set_fact(unit.session, "house", self._package.house)
        unit.record("archive made", policy=self._package.settings.get("policy", ""))

    def _step(self) -> None:
        self._progress.check()
        self._progress.report(self._done, self._total)
        self._done += 1

    def _put_masters(self, originals: Originals) -> None:
        for packed in self._package.pictures:
            self._step()
            picture = packed.picture
            data = self._container.read(master_part(picture.sha256))
            seen = inspect(data, picture.file)
            if (seen.sha256, seen.payload, seen.mime) != (picture.sha256, picture.payload, picture.mime):
                raise _refused(N_("A picture is not the one that its entry describes."), master_part(picture.sha256))
            originals.put(data, seen.suffix)

    def _put_house(self, unit: Unit) -> None:
        package, session = self._package, unit.session
        for person in package.people:
            people_store.add(session, person)
        session.flush()
        if package.made_for is not None:
            people_store.set_fact(session, "person", package.made_for)
        for key in package.keys:
            person_keys.put(session, key)
        for own in package.policies:
            if own.policy.name not in POLICIES:
                policies.add(session, own.policy, at=own.at, person=own.person)
        for packed in package.pictures:
            picture_store.add(session, packed.picture, fingerprint=packed.fingerprint, at=packed.added_at)
        for term in package.terms:
            term_store.add(session, tidied(term))
        self._put_memory(unit)
        origin = unit.new_id()
        write_home(
            session,
            Home(package.house, package.id, package.head, package.made_at, package.made_by, package.made_for, origin),
        )
        unit.record(
            "package unpacked",
            person=package.made_for,
            package=package.id,
            name=package.house,
            head=package.head.plain(),
            stories=[story.id for story in package.stories],
            files=[self._file],
            origin=origin,
        )
        unit.end_event()

    def _put_memory(self, unit: Unit) -> None:
        """The pairs with the stories that are here; of others the name of the story is what is left."""
        here = {story.id for story in self._package.stories}
        units = [one if one.story in here else replace(one, story=None, segment=None) for one in self._package.memory]
        for start in range(0, len(units), _AT_ONCE):
            self._progress.check()
            memory_store.add(unit.session, units[start : start + _AT_ONCE])
        if units:
            memory_store.keep_index(unit.session, many=True, check=self._progress.check)

    def _put_stories(self, unit: Unit) -> Iterator[list[Problem]]:
        for story in self._package.stories:
            self._step()
            put_story(unit, story)
            settle_state(unit, story)
            write_base(unit.session, story.id, story.base)
            unit.record(
                "story unpacked",
                person=self._package.made_for,
                story=story.id,
                name=self._package.house,
                files=[self._file],
                **signatures.signed_data(stated := [one for one in stated_in(unit, story) if one is not None]),
            )
            unit.end_event()
            faults = signatures.statement_faults(unit.session, story.id, stated)
            yield [Problem("signature", row.partition("/")[2], reason) for row, reason in faults.items()]
        self._progress.report(self._total, self._total)
