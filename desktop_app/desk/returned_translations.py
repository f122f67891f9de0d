"""An XLIFF file that comes home from a translation tool: its words and states as proposals, its notes as comments.

A unit is known by its id, and by its source where a tool has given it another. Nothing is taken for a sentence whose
source is not the one that went out.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop_app.desk.cataloguing import read_file
from desktop_app.desk.desk import Desk, Progress
from desktop_app.desk.file_people import FilePeople
from desktop_app.desk.returned_talk import Remark, talk_of
from desktop_app.desk.returning import ReturnedFile, Returning, Step, Told, left_aside
from desktop_app.desk.went_out import ground_of
from desktop_app.domain.comments import beginning, place_numbers
from desktop_app.domain.digest import signed_text
from desktop_app.domain.proposals import Claimed, proposed
from desktop_app.domain.returned_texts import Came, Composed, Field, Held, Spot, composed, texts_in
from desktop_app.domain.story import Content, SegmentStatus, Story
from desktop_app.domain.wordings import Place
from desktop_app.exchange.formats.xliff12.returned import ReturnedUnit, ReturnedXliff, read_returned
from desktop_app.exchange.formats.xliff12.terms import APPROVED_STATES, state_of
from desktop_app.exchange.limits import MAX_TEXT_BYTES
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import comments as comment_store
from desktop_app.store import part_owners
from desktop_app.store import people as people_store
from desktop_app.store import stories as store
from desktop_app.store.archive import Session

_REPEATED = 3  # units that have one note word for word: then it is said once
_DONE = APPROVED_STATES | {"translated"}
_OPEN_START = ("needs-", "new")
_FIELDS: dict[str, Field] = {"caption": "caption-en", "alt": "alt-en"}


def read_translation(desk: Desk, path: Path, progress: Progress) -> ReturnedFile:
    """Read an XLIFF file as stories that come home.

    Raises:
        InputRefusedError: it is no XLIFF 1.2, damaged, hostile, or of no story of this archive.
    """
    data = read_file(path, MAX_TEXT_BYTES)
    try:
        with desk.archive.read() as session:
            found = []
            for story, file in _by_story(session, read_returned(data)):
                progress.check()
                found.append(_Homeward(desk, session, story, file).returning())
    except InputRefusedError as error:
        error.subject = error.subject or str(path)
        raise
    return ReturnedFile("xliff", path.name, hashlib.sha256(data).hexdigest(), tuple(found))


def _by_story(session: Session, files: Sequence[ReturnedXliff]) -> list[tuple[Story, ReturnedXliff]]:
    """The file elements with their stories; several of one story, as a filled template has them, are one."""
    stated = {file.story: story for file in files if file.story and (story := store.load(session, file.story))}
    found: dict[str, tuple[Story, ReturnedXliff]] = {}
    for file in sorted(files, key=lambda one: one.story not in stated):  # those that say it come first
        story = stated.get(file.story) or _story(session, file, stated)
        _, known = found.get(story.id, (story, None))
        whole = replace(known, units=(*known.units, *file.units)) if known is not None else file
        found[story.id] = story, whole
    return list(found.values())


def _story(session: Session, file: ReturnedXliff, stated: Collection[str]) -> Story:
    """The story of a file element that does not say it any more: by the units' ids, else by their sources."""
    parts = {_part_of(unit.id)[0] for unit in file.units}
    owners = part_owners.of_parts(session, parts)
    if not owners:
        owners = part_owners.of_sources(session, {unit.source for unit in file.units if unit.source.strip()})
        owners = Counter({story: n for story, n in owners.items() if 2 * n > len(file.units)})
    best = owners.most_common(2)
    if len(best) > 1 and best[0][1] == best[1][1]:
        named = [name for name, _ in best if name in stated or _slug(session, name) == file.slug]
        best = [(named[0], 1)] if len(named) == 1 else []
        if not best:
            raise InputRefusedError(
                N_("Several stories have these sentences, and the file does not say which it is."),
                advice=N_("Export the story anew, and bring home a file in which the tool has kept the ids."),
            )
    found = store.load(session, best[0][0]) if best else None
    if found is None:
        raise InputRefusedError(
            N_("This file is of a story that is not in this archive."),
            advice=N_("Open the archive from which it was exported, or import the file as a new story."),
        )
    return found


def _slug(session: Session, story: str) -> str:
    row = store.row(session, story)
    return row.slug if row is not None else ""


def _part_of(identity: str) -> Spot:
    """The segment or picture block and the field that the id of a unit names."""
    part, _, name = identity.rpartition(".")
    return (part, _FIELDS[name]) if part and name in _FIELDS else (identity, "target")


def _plain(text: str) -> str:
    """A text for comparing: white space is whatever a tool makes of it."""
    return " ".join(signed_text(text).split())


@dataclass
class _Homeward:
    """One file element on its way into one story."""

    desk: Desk
    session: Session
    story: Story
    file: ReturnedXliff
    told: list[Told] = field(default_factory=list)
    claims: dict[Spot, list[ReturnedUnit]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Look up what the units are compared with."""
        self.people = FilePeople(people_store.everybody(self.session))
        self.numbers = place_numbers(self.story.content)
        ground = ground_of(self.session, self.story, self.file.digest, self._likeness)
        self.ground, self.sure, self.doubtful = ground.content, ground.sure, ground.doubtful
        self.texts = texts_in(self.ground)
        if not self.sure:
            self.texts |= {s: held for s, held in texts_in(self.story.content).items() if s not in self.texts}
        if ground.told is not None:
            self.told.append(Told(ground.told))
        self.by_source: dict[str, list[Spot]] = defaultdict(list)
        for spot, held in self.texts.items():
            if held.source.strip():
                self.by_source[_plain(held.source)].append(spot)

    def returning(self) -> Returning:
        """Everything that the file element brings."""
        for unit in self.file.units:
            for spot in self._spots(unit):
                self.claims[spot].append(unit)
        came: list[Came] = []
        writers: dict[Spot, str] = {}
        for spot, units in self.claims.items():
            chosen = self._chosen(spot, units)
            if chosen is not None:
                came.append(self._came(spot, chosen))
                writers[spot] = chosen.author
        made = composed(self.ground, self.story.content, came, sure=self.sure, doubtful=self.doubtful)
        threads = frozenset(one.id for one in comment_store.of_story(self.session, self.story.id))
        talk = talk_of(self.story.id, list(self._remarks()), self.people, self.desk.now(), here=threads)
        self._left(made)
        steps = dict(self._steps(made, writers))
        return Returning(
            self.story.id,
            made.base,
            made.content,
            talk.comments,
            told=(*self.told, *talk.told, *self.people.told()),
            strangers=self.people.strangers,
            steps=steps,
        )

    def _likeness(self, content: Content) -> int:
        said = {(_plain(unit.source), _plain(unit.target or "")) for unit in self.file.units}
        return sum((_plain(held.source), _plain(held.target)) in said for held in texts_in(content).values())

    # Which text a unit is

    def _spots(self, unit: ReturnedUnit) -> list[Spot]:
        """The texts that a unit is the translation of: one by its id, or all that have its source."""
        spot = _part_of(unit.id)
        held = self.texts.get(spot)
        if held is not None:
            if _plain(held.source) == _plain(unit.source):
                return [spot]
            message = N_("The source of row {number} is another in the file; the row is not taken over.",
                         number=self._number(spot))  # fmt: skip
            self._tell(message, spot, unit)
            return []
        if not unit.source.strip() and not (unit.target or "").strip():
            return []
        found = self.by_source.get(_plain(unit.source), [])
        if len({_plain(self.texts[one].target) for one in found}) > 1:
            if _plain(unit.target or "") not in {_plain(self.texts[one].target) for one in found}:
                message = N_("A sentence is there several times with translations of its own, and the file does not"
                             " say which is meant: {text}", text=beginning(unit.source))  # fmt: skip
                self._tell(message, found[0], unit)
            return []
        if not found:
            message = N_("Unit {id} on line {n} is not in the story; it is not taken over: {text}",
                         id=beginning(unit.id), n=unit.line, text=beginning(unit.source))  # fmt: skip
            self._tell(message, ("", ""), unit)
        return found

    def _number(self, spot: Spot) -> int | str:
        return self.numbers.get(spot[0], "–")

    def _tell(self, reason: Message, spot: Spot, unit: ReturnedUnit) -> None:
        self.told.append(Told(reason, spot[0], unit.target or ""))

    # What it says

    def _chosen(self, spot: Spot, units: Sequence[ReturnedUnit]) -> ReturnedUnit | None:
        """The unit that says something new of a text, else the one of its own id; others that differ are told."""
        held = self.texts[spot]
        full = [unit for unit in units if (unit.target or "").strip()]
        if not full:
            if held.target.strip():
                message = N_("The translation of row {number} is empty in the file; the one here stays.",
                             number=self._number(spot))  # fmt: skip
                self.told.append(Told(message, spot[0]))
            return None
        own = [unit for unit in full if _part_of(unit.id) == spot]
        changed = [unit for unit in full if _plain(unit.target or "") != _plain(held.target)]
        chosen = next((unit for unit in [*own, *changed] if unit in changed), (own or full)[0])
        for unit in changed:
            if _plain(unit.target or "") != _plain(chosen.target or ""):
                message = N_("The file has two translations of row {number}; this one is not taken over.",
                             number=self._number(spot))  # fmt: skip
                self._tell(message, spot, unit)
        return chosen

    def _came(self, spot: Spot, unit: ReturnedUnit) -> Came:
        held = self.texts[spot]
        text = _fitted(unit.target or "", held)
        sent = unit.sent if _part_of(unit.id) == spot else None
        proposes = self._proposed(spot, held, unit, text)
        return Came(spot[0], _field(spot), text, source=held.source, proposed=proposes, sent=sent)

    def _proposed(self, spot: Spot, held: Held, unit: ReturnedUnit, text: str) -> SegmentStatus | None:
        if held.segment is None:
            return None
        approved = unit.approved == "yes"
        own = _part_of(unit.id) == spot
        sent = state_of(unit.sent or held.segment.status, draft=self.file.draft)
        says = ("yes" if approved else "no", unit.state)
        claimed = Claimed(
            changed=text != held.target,
            moved=not own or (says != sent and bool(unit.state or unit.approved)),
            done=unit.state in _DONE or (approved and not unit.state),
            open=unit.state.startswith(_OPEN_START),
            rejected=unit.rejected,
        )
        stood = unit.sent if own and unit.sent is not None else held.segment.status
        return proposed(stood, claimed) if own or claimed.changed else None

    def _steps(self, made: Composed, writers: Mapping[Spot, str]) -> Iterator[tuple[Place, tuple[Step, ...]]]:
        """Who wrote the texts that changed, where the tool says."""
        texts = texts_in(made.content)
        for part, name in sorted(made.changed):
            writer = writers.get((part, name), "")
            if writer:
                said = Step(texts[part, name].target, self.people.key(writer))
                yield (part, name.replace("-", "_")), (said,)

    # What was said beside it

    def _remarks(self) -> Iterator[Remark]:
        seen = Counter(note for units in self.claims.values() for unit in units for note in unit.notes)
        said = set()
        for (part, _), units in self.claims.items():
            for note in (note for unit in units for note in unit.notes):
                if seen[note] < _REPEATED or note not in said:
                    said.add(note)
                    yield Remark(part, note.author, note.text)

    def _left(self, made: Composed) -> None:
        for one, reason in left_aside(made, self._number):
            if _plain(one.text) != _plain(self.texts[one.spot].target):
                self.told.append(Told(reason, one.part, one.text))


def _fitted(text: str, held: Held) -> str:
    """The text with the white space at its ends that it went out with; one that only differs in that is as it was."""
    if _plain(text) == _plain(held.target):
        return held.target
    bare, stood = text.strip(), held.target
    if not stood.strip():
        return bare
    start, end = stood[: len(stood) - len(stood.lstrip())], stood[len(stood.rstrip()) :]
    return f"{start}{bare}{end}"


def _field(spot: Spot) -> Field:
    return next((one for one in _FIELDS.values() if one == spot[1]), "target")
