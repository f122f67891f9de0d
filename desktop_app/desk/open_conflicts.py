"""Changes that came home and were not decided: looked at in the text of now, and decided, whenever somebody has time.

The text may have gone on. Each is looked up in it again: it can stand as it did, be about words that were changed
since, be settled because the text says the same by now, or have lost its place. It is kept until somebody decides.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.editing import require_editable
from desktop_app.desk.merge_writing import write_merge
from desktop_app.desk.stories import StoryFile, people_by_id, story_file, story_row
from desktop_app.desk.wordings import Hands
from desktop_app.domain.comments import place_numbers
from desktop_app.domain.merging.carrying import Bearing, Bearings, bearings, carried, written
from desktop_app.domain.merging.changes import (
    Change,
    Key,
    PassageChange,
    Side,
    alike,
    brings_words,
    said_of,
    written_by,
)
from desktop_app.domain.merging.comparing import compare
from desktop_app.domain.merging.deciding import Decision, Written, texts_of
from desktop_app.domain.merging.plain import change_from_plain
from desktop_app.domain.people import Person
from desktop_app.domain.signoff import SignOff, reopened, standing
from desktop_app.domain.story import Content, Story, StoryState
from desktop_app.domain.workflow import DRAFT, may_edit
from desktop_app.foundation.errors import NotAllowedError, WrongUsageError
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import homecoming as store
from desktop_app.store import stories as story_store
from desktop_app.store.archive import Session, Unit
from desktop_app.store.models import StoryRow

BEARINGS: Mapping[Bearing, Message] = {
    Bearing.OPEN: N_("still as it was"),
    Bearing.MOVED_ON: N_("changed here since"),
    Bearing.SETTLED: N_("the text says it by now"),
    Bearing.GONE: N_("its place is not there any more"),
}
REASONS: Mapping[str, Message] = {
    "both": N_("changed on both sides"),
    "state": N_("the story could not be changed here when it came home"),
    "approved": N_("the story was approved here when it came home"),
    "source": N_("its Chinese is not the same here and there"),
}
PARTS: Mapping[str, Message] = {
    "text": N_("text"),
    "caption-zh": N_("Chinese caption"),
    "caption-en": N_("English caption"),
    "alt-zh": N_("Chinese description"),
    "alt-en": N_("English description"),
    "credit": N_("credit"),
    "rights": N_("rights"),
    "picture": N_("picture"),
    "block": N_("part of the story"),
    "place": N_("place"),
    "order": N_("order"),
    "byline": N_("byline"),
    "dateline": N_("dateline"),
    "topics": N_("topics"),
}
"""What a change is about, by the second half of its key."""


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A change that waits to be decided. ``base``, ``mine`` and ``theirs`` are its texts: mine is what stands here now.

    ``key`` is the part of the story and the side of it. ``author`` wrote theirs and ``by`` brought it home (ids); it
    came in ``file`` at the moment ``at``. ``reason`` is one of ``REASONS``. ``change`` has the whole of all sides.
    ``number`` is the row of the story that it is about, None where it is about none.
    """

    id: str
    story: str
    slug: str
    key: Key
    base: str
    mine: str
    theirs: str
    bearing: Bearing
    reason: str
    author: str | None
    by: str | None
    at: str
    file: str
    change: Change
    number: int | None = None


def open_conflicts(desk: Desk, story: str | None = None) -> tuple[OpenConflict, ...]:
    """All that waits to be decided, of one story or of the archive: story by story, in reading order.

    Raises:
        WrongUsageError: there is no such story.
    """
    with desk.archive.read() as session:
        wanted = story_row(session, story).id if story is not None else None
        return tuple(_told(session, store.conflicts(session, wanted)))


def waiting_of(desk: Desk, homecoming: str) -> tuple[OpenConflict, ...]:
    """What waits still of all that one file brought home: story by story, in reading order."""
    with desk.archive.read() as session:
        return tuple(_told(session, [one for one in store.conflicts(session) if one.homecoming == homecoming]))


def count_open(desk: Desk, story: str) -> int:
    """How many changes of a story wait to be decided; its text is not looked at."""
    with desk.archive.read() as session:
        return store.count_conflicts(session, story)


def open_conflict(desk: Desk, identity: str) -> OpenConflict:
    """One change that waits, by its id or the end of it.

    Raises:
        WrongUsageError: there is none, it is decided, or several end so.
    """
    with desk.archive.read() as session:
        return _told(session, [_stored(session, identity)])[0]


def _stored(session: Session, identity: str) -> store.StoredConflict:
    found = store.conflict(session, identity)
    if found is None and len(identity) >= _SHORTEST:
        fitting = [one for one in store.conflicts(session) if one.id.endswith(identity)]
        found = fitting[0] if len(fitting) == 1 else None
    if found is None or found.decision:
        raise WrongUsageError(
            N_("There is no undecided change “{id}” (any more).", id=identity),
            advice=N_("“diptych conflicts list” shows those that wait."),
        )
    return found


_SHORTEST = 6


def _told(session: Session, found: Sequence[store.StoredConflict]) -> list[OpenConflict]:
    homes = store.every(session, {one.homecoming for one in found})
    told: list[tuple[tuple[str, int, str], OpenConflict]] = []
    stories: dict[str, Story] = {}
    for one in found:
        story = stories.get(one.story) or story_store.load(session, one.story)
        if story is None:
            continue
        stories[one.story] = story
        at = bearings(change_from_plain(one.content["change"]), story.content, story.languages)
        home = homes[one.homecoming]
        base, mine, theirs = (texts_of(at.change, side) for side in ("base", "ours", "theirs"))
        made = OpenConflict(
            one.id, one.story, story.slug, (one.part, one.side), base, mine, theirs, at.bearing,
            str(one.content["reason"]), one.content["author"], home.person, home.at, home.file, at.change,
            place_numbers(story.content).get(one.part),
        )  # fmt: skip
        told.append(((story.slug, _place(story.content, one.part), one.id), made))
    return [one for _, one in sorted(told, key=lambda pair: pair[0])]


def _place(content: Content, part: str) -> int:
    """The place of a part in the story; facts about the whole of it come first."""
    for number, block in enumerate(content.blocks, 1):
        for place, segment in enumerate(block.segments):
            if segment.id == part:
                return number * 10_000 + place
        if block.id == part:
            return number * 10_000
    return 0


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision made: the state of the story before and after, and the sign-offs that stopped counting by it.

    ``text_changed`` says whether the text is another by it.
    """

    changes: Changes
    was: StoryState
    now: StoryState
    stale: tuple[SignOff, ...]
    text_changed: bool = False


def at_stake(file: StoryFile, by: Person) -> tuple[SignOff, ...]:
    """The sign-offs that would stop counting if ``by`` took other words into the story now."""
    at = file.situation
    if at.state in DRAFT or at.claim is not None or may_edit(at, by.id) is not None:
        return ()
    claim = reopened(file.policy, file.current, _OTHER_WORDS)
    stands = standing(file.policy, file.current, _OTHER_WORDS, claim).valid
    return tuple(one for one in at.standing.valid.values() if stands.get(one.step) != one)


_OTHER_WORDS = ""  # the digest of no text that was signed


def take_conflict(desk: Desk, identity: str, decision: Decision, *, by: Person) -> Decided:
    """Decide a change that waits: keep what stands here, take theirs, or write words of one's own (``Written``).

    It is an edit like any other: it un-confirms, it can make a sign-off stale, and it is refused where the story may
    not be changed now. Words that are taken belong to whoever wrote them. What stands here may always be kept.

    Raises:
        WrongUsageError: there is no such change, or it is decided.
        NotAllowedError: the story may not be changed now, or theirs no longer fits in; nothing was changed.
    """
    with desk.archive.write() as unit:
        session = unit.session
        stored = _stored(session, identity)
        row = story_row(session, stored.story)
        story = story_store.load(session, row.id)
        assert story is not None, "the row is there, so the story is"
        found = bearings(change_from_plain(stored.content["change"]), story.content, story.languages)
        wanted = _wanted(row, story, stored, found, decision)
        memory, was, stale = False, StoryState(row.state), tuple[SignOff, ...]()
        if wanted != story.content:
            require_editable(session, row, by)
            stood = story_file(session, row, story).situation.standing.valid
            signers = {one.person for one in stood.values()}
            memory = _write(unit, row, story, stored, wanted, decision, by=by, signers=signers)
            stands = story_file(session, row).situation.standing.valid
            stale = tuple(one for one in stood.values() if stands.get(one.step) != one)
        word = "written" if isinstance(decision, Written) else decision.value
        store.decide(session, stored.id, decision=word, by=by.id, at=unit.at)
        now = StoryState(row.state)
        unit.record(
            "conflict decided", person=by.id, story=row.id, conflict=stored.id, part=stored.part, side=stored.side,
            decision=word, text_changed=wanted != story.content, states=[was.value, now.value],
            stale=[[one.id, one.step] for one in stale],
        )  # fmt: skip
        return Decided(Changes(stories=frozenset({row.id}), memory=memory), was, now, stale, wanted != story.content)


def _wanted(row: StoryRow, story: Story, stored: store.StoredConflict, found: Bearings, decision: Decision) -> Content:
    """The text as it is to be."""
    try:
        if isinstance(decision, Written):
            return written(found, story.content, decision.texts)
        if decision is Side.OURS or found.bearing is Bearing.SETTLED:
            return story.content
        return carried(found, story.content, behind=stored.content["behind"])
    except NotAllowedError as error:
        error.subject = error.subject or row.slug
        raise


def _write(
    unit: Unit, row: StoryRow, story: Story, stored: store.StoredConflict, wanted: Content, decision: Decision, *,
    by: Person, signers: Collection[str],
) -> bool:  # fmt: skip
    """Write the text as it is to be, in the name of whoever wrote the words; return whether the memory changed."""
    now, known = story.content, people_by_id(unit.session)
    merge = compare(now, now, wanted, story.languages)
    said = {place: text for change in merge.changes for place, text in written_by(change).items()}
    theirs = said_of(change_from_plain(stored.content["change"]), "theirs")
    told = {(part, field): person for part, field, person in stored.content.get("authors", ())}
    authors = {
        place: told.get(place, stored.content["author"])
        for place, text in said.items()
        if decision is Side.THEIRS or alike(text, theirs.get(place, ""))
    }
    drafting, people = row.state in DRAFT, set[str]()
    if any(brings_words(change, draft=drafting) for change in merge.changes):
        if not drafting or said.keys() - authors.keys():  # whoever took one side of a draft wrote nothing
            people.add(by.id)
        if authors or decision is Side.THEIRS:
            people |= {stored.content["author"], *authors.values(), *stored.content.get("hands", ())} & known.keys()
    hands = Hands({place: person if person in known else by.id for place, person in authors.items()})
    return write_merge(unit, row, merge, by=by, hands=hands, people=people, signers=signers)


def is_about_words(conflict: OpenConflict) -> bool:
    """Whether one can write words of one's own for it."""
    return isinstance(conflict.change, PassageChange) or conflict.key[1] not in {"block", "place", "order", "picture"}
