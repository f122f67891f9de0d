"""Find and replace over the whole archive: what stands where, why it may not be changed, and one act that changes it.

Only the target side is replaced: English sentences, captions and alternative texts. A replacement is one transaction
with an event for every story; texts that changed since they were looked at are left as they are, and told.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter

from desktop_app.desk.desk import SILENT, Changes, Desk, Progress
from desktop_app.desk.editing import require_editable, write_edits
from desktop_app.desk.stories import story_row
from desktop_app.domain.comments import numbered
from desktop_app.domain.edits import Edit, SetPlacement, SetSegment, clean, edited_status
from desktop_app.domain.people import Person
from desktop_app.domain.story import Bilingual, Placement, SegmentStatus, StoryState
from desktop_app.foundation.errors import NotAllowedError, WrongUsageError
from desktop_app.foundation.messages import N_, Message
from desktop_app.language.finding_text import Matcher, Span
from desktop_app.store import comments as comments_store
from desktop_app.store import stories as stories_store
from desktop_app.store import story_edits, story_texts
from desktop_app.store.archive import Session, Unit
from desktop_app.store.models import StoryRow

REPLACED = "words replaced"
UNDONE = "replacement undone"
GIVEN_UP = "replacement given up"
MOST_HITS = 100_000  # nobody looks through more, and a list of more would only be slow
SIDES: dict[str, tuple[str, ...]] = {
    "target": ("target", "caption-en", "alt-en"),
    "source": ("source", "caption-zh"),
    "both": ("source", "target", "caption-zh", "caption-en", "alt-en"),
}
SOURCE_STAYS = N_("the Chinese is never replaced: the translation is signed against it")
STAY_STALE = N_("Sign-offs that had gone stale stay stale; they must be given again.")
_LOCKED = N_("this segment is locked")
_SIGNED = N_("its sign-offs would become stale")
_CHANGED = N_("it was changed meanwhile")
_GONE = N_("it is no longer there")


@dataclass(frozen=True, slots=True)
class FoundText:
    """One text with hits; ``part`` is a segment's or picture block's id, ``refused`` says why it cannot be replaced."""

    part: str
    side: str
    text: str
    spans: tuple[Span, ...]
    refused: Message | None
    status: str = ""


@dataclass(frozen=True, slots=True)
class FoundStory:
    """A story with hits in reading order.

    ``refused``: why nothing in it may be changed; ``signed``: a change would make sign-offs stale; ``too_long`` texts
    were left out because the expression could take too long over them.
    """

    id: str
    slug: str
    headline: Bilingual
    state: StoryState
    texts: tuple[FoundText, ...]
    refused: Message | None
    signed: bool
    too_long: int = 0

    @property
    def hits(self) -> int:
        """How many places."""
        return sum(len(text.spans) for text in self.texts)

    def refusal(self, text: FoundText, *, signed: bool) -> Message | None:
        """Why a text of this story cannot be replaced; ``signed`` says that sign-offs may become stale."""
        if text.refused is not None or self.refused is not None:
            return text.refused or self.refused
        return _SIGNED if self.signed and not signed else None


@dataclass(frozen=True, slots=True)
class Pick:
    """One text to be replaced: ``before`` is what the person saw, ``after`` what shall stand there."""

    story: str
    part: str
    side: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A text that was left as it is, and why. ``slug`` names the story, ``number`` the row; 0: the row is gone."""

    story: str
    part: str
    side: str
    reason: Message
    slug: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Replacement:
    """What an act changed and what it left; ``batch`` names it, for ``undo_replacement``.

    ``stale``: of an undo, how many of the stories had sign-offs that the replacement made stale. They stay stale.
    ``given_up``: of an undo, that nothing of the replacement stood any more, so that it is not tried again.
    """

    batch: str = ""
    name: str = ""
    replaced: tuple[Pick, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    changes: Changes = field(default_factory=Changes)
    stale: int = 0
    given_up: bool = False


def find_in_archive(
    desk: Desk,
    matcher: Matcher,
    *,
    where: str = "target",
    states: Collection[StoryState] = (),
    stories: Sequence[str] = (),
    by: Person | None = None,
    limit: int = MOST_HITS,
    progress: Progress = SILENT,
) -> Iterator[FoundStory]:
    """Look through the stories, the last changed first, and tell each that has hits as it is found.

    ``stories`` are names or ids; with none, all are looked through. It ends after ``limit`` hits.

    Raises:
        WrongUsageError: there is no such story.
        CancelledError: the person stopped it.
    """
    total = 0
    with desk.archive.read() as session:
        named = {story_row(session, story).id for story in stories}
        chosen = story_texts.chosen(session, states=states, stories=named) if named or not stories else []
        for number, stored in enumerate(story_texts.texts_of(session, chosen, SIDES[where], matcher.held)):
            progress.report(number, len(chosen))
            found = _found_in(session, stored, matcher, by)
            if found is not None:
                yield found
                total += found.hits
                if total >= limit:
                    return
    progress.report(len(chosen), len(chosen))


def _found_in(
    session: Session, stored: story_texts.StoredStory, matcher: Matcher, by: Person | None
) -> FoundStory | None:
    texts: list[FoundText] = []
    too_long = 0
    for one in stored.texts:
        too_long += not matcher.takes(one.text)
        spans = tuple(matcher.spans(one.text))
        if spans:
            is_source = one.side in SIDES["source"]
            refused = SOURCE_STAYS if is_source else _LOCKED if one.locked else None
            texts.append(FoundText(one.part, one.side, one.text, spans, refused, one.status))
    if not texts and not too_long:
        return None
    row = stored.row
    headline = Bilingual(row.headline_source, row.headline_target)
    refused = _refusal(session, row, by)
    return FoundStory(
        row.id, row.slug, headline, StoryState(row.state), tuple(texts), refused, _is_signed(row), too_long
    )


def _refusal(session: Session, row: StoryRow, by: Person | None) -> Message | None:
    """Why this person may not change the story's text now."""
    try:
        require_editable(session, row, by)
    except NotAllowedError as error:
        return error.reason
    return None


def where_left(one: Skipped) -> Message:
    """What a person calls the place of a text that was left as it is."""
    if not one.slug:
        return N_("a story that is no longer there")
    if not one.number:
        return N_("{story}, a text that is gone", story=one.slug)
    if one.side == "target":
        return N_("{story}, segment {number}", story=one.slug, number=one.number)
    return N_("{story}, picture {number}", story=one.slug, number=one.number)


def loses_signoffs(state: StoryState, open_step: str | None) -> bool:
    """Whether a change of the text makes sign-offs stale: always but while the draft or a review is open."""
    waits = state is StoryState.IN_REVISION and open_step is None
    return waits or state in {StoryState.SUBMITTED, StoryState.APPROVED}


def _is_signed(row: StoryRow) -> bool:
    return loses_signoffs(StoryState(row.state), row.claimed_step)


def replace_in_archive(
    desk: Desk,
    picks: Iterable[Pick],
    *,
    by: Person | None,
    name: str = "",
    signed: bool = False,
    progress: Progress = SILENT,
) -> Replacement:
    """Replace these texts in one transaction, with an event for each story; ``name`` is what was looked for.

    A text that is no longer what the person saw, is locked, or stands in a story that may not be changed is left as
    it is. ``signed`` lets sign-offs become stale.

    Raises:
        CancelledError: the person stopped it; nothing was changed.
    """
    return _write(desk, list(picks), {}, REPLACED, desk.new_id(), by=by, name=name, signed=signed, progress=progress)


def undo_replacement(
    desk: Desk, batch: str | None = None, *, by: Person | None, signed: bool = False, progress: Progress = SILENT
) -> Replacement:
    """Put the old words back wherever they still stand as they were replaced; by default of the last replacement.

    Where none stands any more, the replacement is given up: the next undo reaches the one before it.

    Raises:
        WrongUsageError: there is nothing to take back, or it was taken back already.
        CancelledError: the person stopped it; nothing was changed.
    """
    with desk.archive.read() as session:
        undone = {*story_texts.batches(session, UNDONE), *story_texts.batches(session, GIVEN_UP)}
        known = (one for one in story_texts.batches(session, REPLACED) if one not in undone)
        found = next((one for one in known if batch in {None, one}), None)
        if found is None:
            raise WrongUsageError(
                N_("There is no replacement to take back."),
                advice=N_("Each can be taken back once, the last one first."),
            )
        events = story_texts.events_of(session, REPLACED, batch=found)
    picks: list[Pick] = []
    statuses: dict[tuple[str, str], SegmentStatus] = {}
    name, were_signed = "", set[str]()
    for story, data in events:
        if data.get("signed"):
            were_signed.add(story)
        name = str(data.get("name", ""))
        for part, side, before, after, status in data["words"]:
            picks.append(Pick(story, part, side, clean(after), before))
            if status:
                statuses[story, part] = SegmentStatus(status)
    done = _write(desk, picks, statuses, UNDONE, found, by=by, name=name, signed=signed, progress=progress)
    return replace(done, stale=len(were_signed & {one.story for one in done.replaced}))


def _write(
    desk: Desk,
    picks: list[Pick],
    statuses: dict[tuple[str, str], SegmentStatus],
    operation: str,
    batch: str,
    *,
    by: Person | None,
    name: str,
    signed: bool,
    progress: Progress,
) -> Replacement:
    """Write texts story by story; ``statuses`` are what segments get beside their text where it is not a draft."""
    done: list[Pick] = []
    skipped: list[Skipped] = []
    changes = Changes()
    picks.sort(key=attrgetter("story"))
    with desk.archive.write() as unit:
        for story, group in groupby(picks, key=attrgetter("story")):
            progress.report(len(done) + len(skipped), len(picks))
            wanted = list(group)
            row = stories_store.row(unit.session, story)
            refused = _GONE if row is None else _refusal(unit.session, row, by)
            if row is not None and refused is None and _is_signed(row) and not signed:
                refused = _SIGNED
            if row is None or refused is not None:
                over = _Taken(unit.session, row).overtaken if row is not None else lambda _pick: _GONE
                left = [Skipped(story, one.part, one.side, over(one) or refused or _GONE) for one in wanted]
                skipped += _named(unit.session, row, left)
                continue
            taken = _Taken(unit.session, row)
            for one in wanted:
                taken.take(one, statuses.get((story, one.part)))
            skipped += _named(unit.session, row, taken.skipped)
            if taken.done:
                changes |= _write_story(unit, row, taken, operation, batch, name, by)
                done += taken.done
        given_up = operation == UNDONE and not done and all(one.reason in {_CHANGED, _GONE} for one in skipped)
        if given_up:
            unit.record(GIVEN_UP, person=by.id if by else None, batch=batch, name=name)
        progress.report(len(picks), len(picks))
    return Replacement(batch, name, tuple(done), tuple(skipped), changes, given_up=given_up)


def _named(session: Session, row: StoryRow | None, skipped: list[Skipped]) -> list[Skipped]:
    """The same, with what a person calls the story and the row."""
    if row is None or not skipped:
        return skipped
    numbers = numbered(comments_store.places(session, row.id))
    return [replace(one, slug=row.slug, number=numbers.get(one.part, 0)) for one in skipped]


def _write_story(
    unit: Unit, row: StoryRow, taken: "_Taken", operation: str, batch: str, name: str, by: Person | None
) -> Changes:
    words = [[one.part, one.side, one.before, one.after, taken.was.get(one.part, "")] for one in taken.done]
    was_signed = _is_signed(row)
    written = write_edits(unit, row, taken.edits(), by=by, typed=False)
    unit.record(
        operation,
        person=by.id if by else None,
        story=row.id,
        batch=batch,
        name=name,
        words=words,
        signed=was_signed and written.text_changed,
        text_changed=written.text_changed,
    )
    unit.end_event()
    return Changes(stories=frozenset({row.id}), memory=written.memory_changed)


class _Taken:
    """The picks of one story that still hold, as edits: one a segment, one a picture."""

    def __init__(self, session: Session, row: StoryRow) -> None:
        self._session, self._row = session, row
        self._segments: dict[str, SetSegment] = {}
        self._placements: dict[str, Placement] = {}
        self.was: dict[str, str] = {}  # the status of each segment before
        self.done: list[Pick] = []
        self.skipped: list[Skipped] = []

    def edits(self) -> list[Edit]:
        """What is to be written."""
        return [*self._segments.values(), *(SetPlacement(key, place) for key, place in self._placements.items())]

    def take(self, pick: Pick, status: SegmentStatus | None) -> None:
        """Take a pick that still holds, or say why not."""
        refused = self._try(pick, status)
        if refused is None:
            self.done.append(replace(pick, after=clean(pick.after)))  # as it is stored
        else:
            self.skipped.append(Skipped(self._row.id, pick.part, pick.side, refused))

    def overtaken(self, pick: Pick) -> Message | None:
        """Say why a pick does not hold any more, whatever else forbids it; the story is not to be written."""
        refused = self._try(pick, None)
        return refused if refused in {_CHANGED, _GONE} else None

    def _try(self, pick: Pick, status: SegmentStatus | None) -> Message | None:
        try:
            return self._segment(pick, status) if pick.side == "target" else self._caption(pick)
        except KeyError:
            return _GONE

    def _segment(self, pick: Pick, status: SegmentStatus | None) -> Message | None:
        stored = story_edits.segment(self._session, self._row.id, pick.part)
        if stored.target != pick.before:
            return _CHANGED
        if stored.locked:
            return _LOCKED
        now = edited_status(stored, pick.after)
        if status is not None and stored.status in {SegmentStatus.DRAFT, SegmentStatus.UNTRANSLATED}:
            now = status
        self.was[stored.id] = stored.status.value
        self._segments[stored.id] = SetSegment(stored.id, pick.after, now, stored.locked)
        return None

    def _caption(self, pick: Pick) -> Message | None:
        if pick.side not in SIDES["target"]:
            return SOURCE_STAYS
        place = self._placements.get(pick.part) or story_edits.block(self._session, self._row.id, pick.part).placement
        if place is None:
            return _GONE
        caption = pick.side == "caption-en"
        if (place.caption.en if caption else place.alt.en) != pick.before:
            return _CHANGED
        texts = replace(place.caption if caption else place.alt, en=pick.after)
        self._placements[pick.part] = replace(place, caption=texts) if caption else replace(place, alt=texts)
        return None
