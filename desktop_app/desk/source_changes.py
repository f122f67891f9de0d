"""A source text that changes after the draft: taken in with all English kept, and judged; what is out stays."""

from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from desktop_app.desk import correcting
from desktop_app.desk.composing import is_source
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.editing import drop_claim, settle
from desktop_app.desk.importing import read_page
from desktop_app.desk.memory_keeping import unsign
from desktop_app.desk.sentence_rules import sentence_rules
from desktop_app.desk.stories import StoryFile, story_file, story_row
from desktop_app.desk.whole_texts import put_text
from desktop_app.desk.workflow import freeze, require, withdraw_all
from desktop_app.domain import publication
from desktop_app.domain.digest import content_digest
from desktop_app.domain.people import Person
from desktop_app.domain.publication import STANDING, Judgement, SourceChange
from desktop_app.domain.records import Version
from desktop_app.domain.story import BlockKind, Content, Languages, StoryState, VersionNumber, block_text
from desktop_app.domain.workflow import DRAFT
from desktop_app.foundation.errors import InputRefusedError, WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.language.sentences.rules import SegmentationRules
from desktop_app.language.source_update import (
    MAX_TEXT,
    Fate,
    NewSource,
    SourceBlock,
    Update,
    from_plain,
    to_plain,
    update,
)
from desktop_app.store import history as history_store
from desktop_app.store import publication as store
from desktop_app.store.archive import Unit
from desktop_app.store.models import StoryRow


@dataclass(frozen=True, slots=True)
class Plan:
    """What a new source would do. ``later``: the text that is out stays as it is, and somebody judges the change.

    ``reopens``: sign-offs would not count any more, and a reviser has to say what the change means.
    """

    update: Update
    later: bool
    reopens: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a new source that was taken in."""

    plan: Plan
    changes: Changes


def source_of_file(desk: Desk, path: Path, languages: Languages | None = None) -> NewSource:
    """Read a file in the source language as it would be read at an import.

    Raises:
        InputRefusedError: it cannot be read, or is in another language.
    """
    page = read_page(path)
    if not is_source(page, languages or desk.house().languages):
        raise InputRefusedError(
            N_("The file is not in the source language."), subject=str(path), advice=N_("Choose the Chinese text.")
        )
    blocks = [SourceBlock(one.kind, one.text, one.file, one.caption) for one in page.blocks]
    first = next((n for n, one in enumerate(blocks) if one.kind is not BlockKind.PICTURE), None)
    if first is not None and not any(one.kind is BlockKind.HEADLINE for one in blocks):
        blocks[first] = SourceBlock(BlockKind.HEADLINE, blocks[first].text)
    return NewSource(tuple(blocks))


def source_of_part(part: str, text: str) -> NewSource:
    """The new source text of one segment, or of one block of the story, by its id.

    Raises:
        InputRefusedError: there is no text, or too much.
    """
    if not text.strip() or len(text) > MAX_TEXT:
        raise InputRefusedError(
            N_("A paragraph has 1 to {n} characters.", n=MAX_TEXT), advice=N_("Give the new Chinese text.")
        )
    return NewSource(texts={part: text})


def plan(desk: Desk, story: str, source: NewSource) -> Plan:
    """Say what a new source would do to a story; nothing is written.

    Raises:
        WrongUsageError: no such story, or it names a part that is not in the story.
    """
    rules = sentence_rules(desk)
    with desk.archive.read() as session:
        file = story_file(session, story_row(session, story))
    return _plan(desk, file, source, rules)


def _plan(desk: Desk, file: StoryFile, source: NewSource, rules: SegmentationRules) -> Plan:
    later = file.story.state in STANDING
    content = _with_pending(desk, file, rules) if later else file.story.content
    made = _updated(desk, file, content, source, rules)
    return Plan(made, later, not later and file.story.state not in DRAFT)


def _updated(desk: Desk, file: StoryFile, content: Content, source: NewSource, rules: SegmentationRules) -> Update:
    try:
        return update(content, source, file.story.languages, desk.new_id, rules)
    except KeyError as error:
        raise WrongUsageError(
            N_("The story has no segment “{segment}”.", segment=error.args[0]),
            subject=file.story.slug,
            advice=N_("“diptych show --json” gives the ids of its segments."),
        ) from error


def _with_pending(desk: Desk, file: StoryFile, rules: SegmentationRules) -> Content:
    """The text with the new sources that nobody has judged yet, in the order they came."""
    content = file.story.content
    for change in file.publication.changes:
        if change.content is not None:
            content = _updated(desk, file, content, from_plain(change.content), rules).content
    return content


def pending(file: StoryFile) -> list[tuple[str, str]]:
    """The paragraphs of the source that changed after the text went out, as they were and as they are now.

    What came as a part is shown as that part; of a whole new source, the paragraphs that only one of the two has.
    """
    now: dict[str, str] = {}
    languages, content = file.story.languages, file.story.content
    parts = {segment.id: segment.source for segment in content.segments()}
    blocks = {block.id: block_text(block, languages).zh for block in content.blocks if block.segments}
    found: list[tuple[str, str]] = []
    for change in file.publication.changes:
        source = from_plain(change.content) if change.content is not None else NewSource()
        now.update(source.texts or {})
        if source.blocks:  # a whole new source has the parts that came before it
            now.clear()
            new = [one.text for one in source.blocks if one.text]
            old = list(blocks.values())
            gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
            found = list(zip_longest(gone, come, fillvalue=""))
    return found + [({**blocks, **parts}.get(part, ""), text) for part, text in now.items()]


def take_in(desk: Desk, story: str, source: NewSource, *, by: Person, note: str = "") -> Taken:
    """Take in a new source text.

    While a story is worked on it goes into the text: a segment whose source is the same stays, one whose source changed
    keeps its English as a draft, and the version counts one up. Once the story went out the text stays as it is, and
    the change waits to be judged. The same source again changes nothing.

    Raises:
        NotAllowedError: the state forbids it.
        WrongUsageError: no such story, or it names a part that is not in the story.
    """
    rules = sentence_rules(desk)
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        require(lambda at, who, _note: publication.may_change_source(at, who), file, by, note)
        made = _plan(desk, file, source, rules)
        if not made.update.changes:
            return Taken(made, Changes())
        version, memory = file.story.version, False
        if not made.later:
            version, memory = _apply(unit, row, file, made.update, by=by)
        drafting = StoryState(row.state) in DRAFT
        change = SourceChange(
            id=unit.new_id(),
            story=row.id,
            major=version.major,
            was=file.story.content.source_digest,
            now=made.update.content.source_digest,
            released=row.released or row.correcting,
            note=note.strip(),
            person=by.id,
            at=unit.at,
            content=to_plain(source) if made.later else None,
            judgement=Judgement.DRAFTED.value if drafting else "",
            judged_at=unit.at if drafting else None,
        )
        store.add_source_change(unit.session, change)
        row.updated_at = unit.at
        unit.record(
            "source changed", person=by.id, story=row.id, note=note.strip(), version=str(version), later=made.later,
            **{fate.value: made.update.count(fate) for fate in (Fate.CHANGED, Fate.NEW, Fate.GONE)},
        )  # fmt: skip
        return Taken(made, Changes(stories=frozenset({row.id}), memory=memory))


def _apply(unit: Unit, row: StoryRow, file: StoryFile, made: Update, *, by: Person) -> tuple[VersionNumber, bool]:
    """Write the text with the new source: what stood is kept as a version, and the new one counts one up."""
    freeze(unit, row, file, by=by, reason="before the source changed")
    memory = put_text(unit, row, file.story.content, made.content, by=by)
    newest = history_store.versions(unit.session, row.id)[-1].number
    number = VersionNumber(newest.major + 1, 0)
    version = Version(number, content_digest(made.content), unit.at, by.id, "source changed")
    history_store.add_version(unit.session, row.id, made.content, version, identity=unit.new_id())
    row.major, row.minor, row.modified = number.major, number.minor, False
    unit.session.flush()
    state = StoryState(row.state)
    if state in DRAFT:
        has_text = any(segment.target for segment in made.content.segments())
        row.state = (StoryState.DRAFTING if has_text else StoryState.SOURCED).value
    elif row.claimed_step is None:
        _reopen_review(unit, row, file)
    return number, memory


def _reopen_review(unit: Unit, row: StoryRow, file: StoryFile) -> None:
    """Let the state follow from a text that no sign-off names: the last review is open again, or the first one yet.

    What was signed before that review still counts: it is what the review begins from.
    """
    settled = settle(unit.session, row)
    draft = file.situation.standing.valid.get(file.policy.steps[0].name)
    if row.claimed_step is None and draft is not None and settled.policy.reviews():
        row.claimed_step, row.claim_handed = settled.policy.reviews()[0].name, draft.digest
        row.state = StoryState.IN_REVISION.value
        settle(unit.session, row)


def judge(desk: Desk, story: str, judgement: Judgement, *, by: Person, note: str) -> Changes:
    """Say of all changes of a story's source that wait what they mean for the English.

    ``NO_EFFECT`` lets the English stand. ``REOPEN`` puts the story back to drafting with the new source, as a
    correction where it went out. ``DRAFTED`` is nobody's to say.

    Raises:
        NotAllowedError: nothing waits, the role or the state forbids it, or there is no note.
    """
    if judgement is Judgement.DRAFTED:
        raise WrongUsageError(
            N_("There is no judgement “{name}”.", name=judgement.value),
            advice=N_("Choose one of: {names}.", names=", ".join((Judgement.NO_EFFECT, Judgement.REOPEN))),
        )
    rules = sentence_rules(desk)
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        require(lambda at, who, why: publication.may_judge_source(at, who, file.publication, why), file, by, note)
        changes, memory = file.publication.changes, False
        store.judge_source_changes(unit.session, changes, judgement.value, person=by.id, at=unit.at, note=note.strip())
        wanted = _with_pending(desk, file, rules)
        if judgement is Judgement.REOPEN:
            memory = _reopen(unit, row, file, by=by, note=note)
            if content_digest(wanted) != file.digest:
                again = story_file(unit.session, row)
                _, put = _apply(unit, row, again, Update(wanted, ()), by=by)
                memory = memory or put
        row.updated_at = unit.at
        unit.record(
            "source change reopened" if judgement is Judgement.REOPEN else "source change without effect",
            person=by.id, story=row.id, note=note.strip(), changes=[one.id for one in changes],
        )  # fmt: skip
        return Changes(stories=frozenset({row.id}), memory=memory)


def _reopen(unit: Unit, row: StoryRow, file: StoryFile, *, by: Person, note: str) -> bool:
    """Put a story back to drafting; return whether the memory changed."""
    if file.story.state in STANDING:
        correcting.begin(unit, row, file, by=by, note=note)
        return False
    if file.story.state in DRAFT:
        return False
    freeze(unit, row, file, by=by, reason="reopened")
    withdraw_all(unit, file, by=by, reason=note)
    drop_claim(row)
    row.state = StoryState.DRAFTING.value
    unit.session.flush()
    return unsign(unit, row)
