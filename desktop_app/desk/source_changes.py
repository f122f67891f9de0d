"""A source text that changes after the draft: taken in with all English kept, and judged; what is out stays."""

from dataclasses import dataclass
from itertools import count, zip_longest
from pathlib import Path

from desktop_app.desk import correcting
from desktop_app.desk.composing import is_source
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.editing import drop_claim, keep_editor, settle
from desktop_app.desk.importing import read_page
from desktop_app.desk.memory_keeping import unsign
from desktop_app.desk.sentence_rules import sentence_rules
from desktop_app.desk.stories import StoryFile, story_file, story_row
from desktop_app.desk.whole_texts import put_text
from desktop_app.desk.workflow import freeze, require, withdraw_all
from desktop_app.domain import publication
from desktop_app.domain.digest import content_digest
from desktop_app.domain.drafting import having_sourced
from desktop_app.domain.people import Person
from desktop_app.domain.publication import STANDING, Judgement, SourceChange
from desktop_app.domain.records import Version
from desktop_app.domain.story import BlockKind, Content, Languages, StoryState, VersionNumber, block_text
from desktop_app.domain.workflow import DRAFT
from desktop_app.foundation.errors import InputRefusedError, WrongUsageError
from desktop_app.foundation.ids import IdFactory
from desktop_app.foundation.messages import N_
from desktop_app.language.sentences.rules import NO_RULES, SegmentationRules
from desktop_app.language.source_update import (
    MAX_TEXT,
    Fate,
    NewSource,
    SourceBlock,
    Update,
    catch_up,
    changed_lines,
    from_plain,
    to_plain,
    update,
    waiting,
)
from desktop_app.store import history as history_store
from desktop_app.store import publication as store
from desktop_app.store.archive import Unit
from desktop_app.store.models import StoryRow

Part = tuple[str, str]  # a change, and the segment or block that it is about


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
    return _plan(desk, file, _newest(desk, file, rules), source, rules)


def _newest(desk: Desk, file: StoryFile, rules: SegmentationRules) -> Content:
    """The text that a new source is put against: beside what is out, with those that came before it."""
    if file.story.state not in STANDING:
        return file.story.content
    return _with_pending(file, desk.new_id, rules)[0]


def _plan(desk: Desk, file: StoryFile, content: Content, source: NewSource, rules: SegmentationRules) -> Plan:
    later = file.story.state in STANDING
    try:
        made = update(content, source, file.story.languages, desk.new_id, rules)
    except KeyError as error:
        raise WrongUsageError(
            N_("The story has no segment “{segment}”.", segment=error.args[0]),
            subject=file.story.slug,
            advice=N_("“diptych show --json” gives the ids of its segments."),
        ) from error
    return Plan(made, later, not later and file.story.state not in DRAFT)


def _with_pending(file: StoryFile, new_id: IdFactory, rules: SegmentationRules) -> tuple[Content, frozenset[Part]]:
    """The text with the new sources that nobody has judged yet, in the order they came; which parts had no place."""
    content, lost = file.story.content, set[Part]()
    for change in file.publication.changes:
        if change.content is not None:
            source = from_plain(change.content)
            content, without = catch_up(content, source, file.story.languages, new_id, rules)
            lost |= {(change.id, part) for part in without}
    return content, frozenset(lost)


@dataclass(frozen=True, slots=True)
class Pending:
    """A paragraph or a sentence of the source that changed, as it was and as it is now; nobody has judged it yet.

    ``lost``: a correction has left no place for it; whoever writes that takes the new words in where they belong.
    """

    was: str
    now: str
    lost: bool = False


def pending(file: StoryFile) -> list[Pending]:
    """What changed in the source after the text went out, and nobody has judged yet.

    What came as a part is shown as that part; of a whole new source, the paragraphs that only one of the two has.
    """
    parts: dict[str, Pending] = {}
    found: list[Pending] = []
    lost = _lost(file)
    blocks = [block_text(block, file.story.languages).zh for block in file.story.content.blocks if block.segments]
    for change in file.publication.changes:
        source = from_plain(change.content) if change.content is not None else NewSource()
        for part, text in (source.texts or {}).items():
            was = source.were[part].text if part in source.were else ""
            first = parts[part].was if part in parts else was
            parts[part] = Pending(first, text, (change.id, part) in lost)
        if source.blocks:  # a whole new source has the parts that came before it
            parts.clear()
            new = [one.text for one in source.blocks if one.text]
            gone, come = [one for one in blocks if one not in new], [one for one in new if one not in blocks]
            found = [Pending(was, now) for was, now in zip_longest(gone, come, fillvalue="")]
    return [*found, *parts.values()]


def to_judge(desk: Desk, file: StoryFile) -> list[Pending]:
    """What changed in the source and nobody has judged yet: what is in the text already, then what waits beside it.

    What is in the text is told against the newest version with the source that the first of the changes was made to.
    """
    inside = next((one for one in file.publication.changes if one.content is None), None)
    return [*(_inside(desk, file, inside.was) if inside is not None else ()), *pending(file)]


def _inside(desk: Desk, file: StoryFile, was: str) -> list[Pending]:
    with desk.archive.read() as session:
        for version in reversed(history_store.versions(session, file.story.id)):
            content = history_store.version_content(session, file.story.id, version.number)
            if content is not None and content.source_digest == was:
                lines = changed_lines(content, file.story.content)
                return [Pending(line.was, line.now) for line in lines if line.fate is not Fate.SAME]
    return []


def _lost(file: StoryFile) -> frozenset[Part]:
    """What has no place in the text any more; while that is the text that went out, everything has."""
    if file.publication.correcting is None:
        return frozenset()
    numbers = count()  # the text that is made here is nobody's
    return _with_pending(file, lambda: str(next(numbers)), NO_RULES)[1]


def take_in(desk: Desk, story: str, source: NewSource, *, by: Person, note: str = "") -> Taken:
    """Take in a new source text.

    While a story is worked on it goes into the text: a segment whose source is the same stays, one whose source changed
    keeps its English as a draft, and the version counts one up. Once the story went out the text stays as it is, and
    the change waits to be judged. The same source again changes nothing. The source is signed with the English: whoever
    changes it reviews nothing of the version, unless they have its review in hand and are the last editor by it.

    Raises:
        NotAllowedError: the state forbids it.
        WrongUsageError: no such story, or it names a part that is not in the story.
    """
    rules = sentence_rules(desk)
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        file = story_file(unit.session, row)
        require(lambda at, who, _note: publication.may_change_source(at, who), file, by, note)
        content = _newest(desk, file, rules)
        made = _plan(desk, file, content, source, rules)
        if not made.update.changes:
            return Taken(made, Changes())
        version, memory = file.story.version, False
        if not made.later:
            if file.situation.holder == by.id:
                keep_editor(row, by)  # what is changed in one's own review belongs to it
            elif not file.situation.empty:  # before that it is what the draft begins from
                row.drafters = having_sourced(row.drafters, row.drafter, by.id)
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
            content=to_plain(waiting(content, source, file.story.languages)) if made.later else None,
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
    correction where it went out; the event says what found no place in the text any more. ``DRAFTED`` is nobody's to
    say.

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
        changes, memory, told = file.publication.changes, False, dict[str, object]()
        store.judge_source_changes(unit.session, changes, judgement.value, person=by.id, at=unit.at, note=note.strip())
        if judgement is Judgement.REOPEN:
            told["lost"] = [one.now for one in pending(file) if one.lost]
            wanted, _ = _with_pending(file, unit.new_id, rules)
            memory = _reopen(unit, row, file, by=by, note=note)
            if content_digest(wanted) != file.digest:
                again = story_file(unit.session, row)
                _, put = _apply(unit, row, again, Update(wanted, ()), by=by)
                memory = memory or put
            for one in changes:
                if one.content is not None and one.person is not None:  # it comes into the text now
                    row.drafters = having_sourced(row.drafters, row.drafter, one.person)
        row.updated_at = unit.at
        unit.record(
            "source change reopened" if judgement is Judgement.REOPEN else "source change without effect",
            person=by.id, story=row.id, note=note.strip(), changes=[one.id for one in changes],
            **told,
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
