"""The events of the archive as a timeline: asked for by story, person, kind, day and words, and given out as files.

What an outsider is given as JSON lines can be checked without Diptych; ``desk.event_checking`` checks it against the
archive, which anchors the newest event outside of it.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from string import Formatter

from desktop_app.desk.desk import SILENT, Desk, Progress
from desktop_app.desk.operations import OPERATIONS, sentence_of
from desktop_app.desk.outputs import write_pieces
from desktop_app.desk.policies import known_policies
from desktop_app.desk.stories import people_by_id, story_row
from desktop_app.domain.events import (
    EVERYTHING,
    KIND_NAMES,
    ChainHead,
    EventFilter,
    EventKind,
    EventLink,
    NumberedEvent,
    StoryName,
    ToldEvent,
    Word,
    looked_for,
)
from desktop_app.domain.people import Person
from desktop_app.domain.policy import DRAFT_REVISION
from desktop_app.exchange import event_files
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.ids import stamp
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import events as store
from desktop_app.store.archive import Session

Say = Callable[[Message | str], str]
FORMS: Mapping[str, Message] = {".csv": N_("Table for Excel"), ".jsonl": N_("JSON lines")}
MOST_WORDS = 12
_TITLES = (
    N_("Number"), N_("Time"), N_("Time (UTC)"), N_("Person"), N_("What was done"), N_("Note"), N_("Story"),
    N_("Kind"), N_("Computer account"), N_("Story id"), N_("Hash"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExportedEvents:
    """A file of events: how many are in it, and the chain's head when it was written."""

    path: Path
    sha256: str
    events: int
    head: ChainHead | None


def asked_for(
    desk: Desk,
    *,
    story: str | None = None,
    person: Person | None = None,
    kinds: Collection[EventKind] = (),
    since: date | None = None,
    until: date | None = None,
    text: str = "",
    say: Say = str,
) -> EventFilter:
    """Make a filter of what a person asks for: a story by name, whole days of this machine's zone, and words.

    ``say`` gives the words of sentences in the reader's language, in which ``text`` is looked for too.

    Raises:
        WrongUsageError: there is no such story.
    """
    with desk.archive.read() as session:
        return EventFilter(
            story_row(session, story).id if story is not None else None,
            person.id if person is not None else None,
            frozenset(kinds),
            _midnight(since) if since is not None else None,
            _midnight(until, days=1) if until is not None else None,
            tuple(_word(session, word, say) for word in text.replace("\0", " ").split()[:MOST_WORDS]),
        )


def _midnight(day: date, days: int = 0) -> str | None:
    """The moment when a day begins here, some ``days`` later; None at the ends of the calendar."""
    try:
        return stamp(datetime.combine(day + timedelta(days=days), time.min).astimezone())
    except (OverflowError, ValueError, OSError):
        return None


def _word(session: Session, word: str, say: Say) -> Word:
    names = {
        story: (name.headline.zh, name.headline.en, name.slug) for story, name in store.story_names(session).items()
    }
    people = {identity: (person.name, person.zh) for identity, person in people_by_id(session).items()}
    sentences = {operation: _plain_words(say(Message(told.key))) for operation, told in OPERATIONS.items()}
    steps: dict[str, list[str]] = {}
    for step in known_policies(session).steps():
        steps.setdefault(step.name, []).append(say(step.title))
    return Word(word, *(looked_for(word, titles) for titles in (sentences, people, names, steps)))


def _plain_words(sentence: str) -> list[str]:
    """What a sentence says whatever is put into it."""
    return [plain for plain, _name, _form, _conversion in Formatter().parse(sentence)]


def events(
    desk: Desk, asked: EventFilter = EVERYTHING, *, after: int | None = None, limit: int = 100
) -> list[ToldEvent]:
    """Return the newest events of those asked for; ``after`` is the number of the last one of the page before."""
    with desk.archive.read() as session:
        found = store.page(session, asked, after=after, limit=limit)
        return list(_Teller(session).told(found))


def event_numbers(desk: Desk, asked: EventFilter = EVERYTHING) -> Sequence[int]:
    """The numbers of all events asked for, the newest first: what a list needs to know how long it is."""
    with desk.archive.read() as session:
        return store.numbers(session, asked)


def events_numbered(desk: Desk, numbers: Sequence[int]) -> list[ToldEvent]:
    """The events of these numbers, the newest first."""
    with desk.archive.read() as session:
        return list(_Teller(session).told(store.numbered(session, numbers)))


def story_names(desk: Desk) -> dict[str, StoryName]:
    """What the stories of the archive are called, by id, the last changed first."""
    with desk.archive.read() as session:
        return store.story_names(session)


def chain_head(desk: Desk) -> ChainHead | None:
    """The newest link of the archive's chain, to be kept in packages, bags and other places.

    Raises:
        ArchiveUnavailableError: the database cannot be read.
    """
    with desk.archive.read() as session:
        return store.head(session)


def export_events(
    desk: Desk,
    asked: EventFilter,
    target: Path,
    form: str | None = None,
    *,
    say: Say = str,
    progress: Progress = SILENT,
) -> ExportedEvents:
    """Write the events asked for, the oldest first, as ``form`` (``.csv`` or ``.jsonl``; else by the name's ending).

    The file appears whole or not at all.

    Raises:
        WrongUsageError: the ending names no form, or ``target`` is a folder.
        ArchiveUnavailableError: the file cannot be written.
        CancelledError: the person stopped it.
    """
    form = form or target.suffix.lower()
    if form not in FORMS:
        raise WrongUsageError(
            N_("Events are written as a table or as JSON lines."),
            subject=str(target),
            advice=N_("Choose a name that ends in one of: {endings}.", endings=", ".join(FORMS)),
        )
    if os.path.isdir(target):  # unlike Path.is_dir it never raises
        raise WrongUsageError(N_("This is a folder, not a file."), subject=str(target), advice=N_("Name a file in it."))
    with desk.archive.read() as session:  # one state of the archive, whatever is written meanwhile
        head = store.head(session)
        counted = _Counted(store.links(session, asked), store.count(session, asked), progress)
        if form == ".csv":
            teller = _Teller(session)
            rows = (_row(event, say) for event in teller.told(map(store.read, counted)))
            pieces = event_files.table([say(title) for title in _TITLES], rows)
        else:
            pieces = event_files.lines(counted, asked.plain() if asked != EVERYTHING else None)
        file = write_pieces(target, pieces)
    return ExportedEvents(file.path, file.sha256, counted.seen, head)


class _Counted:
    """Links on their way into a file: how many have gone by, and whether the person stops it."""

    def __init__(self, links: Iterator[EventLink], total: int, progress: Progress) -> None:
        self._links = links
        self._total = total
        self._progress = progress
        self.seen = 0

    def __iter__(self) -> Iterator[EventLink]:
        for link in self._links:
            if self.seen % 500 == 0:
                self._progress.check()
                self._progress.report(self.seen, self._total)
            self.seen += 1
            yield link
        self._progress.check()
        self._progress.report(self.seen, self._total)


class _Teller:
    """Puts events into words; people and stories are looked up once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._people = people_by_id(session)
        self._policies = known_policies(session)

    def told(self, found: Iterable[NumberedEvent]) -> Iterator[ToldEvent]:
        """Tell each event."""
        if isinstance(found, list):  # a page: the stories on it and no others
            wanted = {event.stories[0] for event in found if len(event.stories) == 1}
            stories = store.story_names(self._session, wanted)
        else:
            stories = store.story_names(self._session)
        return (self._tell(event, stories) for event in found)

    def _tell(self, numbered: NumberedEvent, stories: Mapping[str, StoryName]) -> ToldEvent:
        event, about = numbered.event, numbered.stories
        person = self._people.get(event.person or "")
        story = stories.get(about[0]) if len(about) == 1 else None
        usual = self._policies.get(story.policy, story.policy_version) if story is not None else None
        policy = self._policies.told(event.data, usual or DRAFT_REVISION)
        note = event.data.get("note")
        return ToldEvent(
            numbered.number,
            event.at,
            person.called if person is not None else event.account,
            event.person,
            event.account,
            event.operation,
            sentence_of(event, policy),
            note if isinstance(note, str) else "",
            about,
            story.headline if story is not None else None,
            story.slug if story is not None else "",
            numbered.hash,
        )


def _row(event: ToldEvent, say: Say) -> tuple[str | int, ...]:
    return (
        event.number,
        here(event.at),
        event.at,
        say(event.who),
        say(event.sentence),
        event.note,
        say(event.subject),
        say(KIND_NAMES[event.kind]),
        event.account,
        " ".join(event.stories),
        event.hash,
    )


def here(at: str) -> str:
    """A moment of the archive as day and time of this machine's zone; as it is where it is no moment any more."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except (ValueError, OverflowError, OSError):
        return at
