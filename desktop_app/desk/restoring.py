"""Bringing an old version back: its words take the place of what stands now, and what stood stays as a version."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.editing import keep_editor, require_editable, settle, write_edits
from desktop_app.desk.replacing import loses_signoffs
from desktop_app.desk.stories import StoryFile, open_version, story_file, story_row
from desktop_app.desk.workflow import freeze
from desktop_app.domain.digest import content_digest
from desktop_app.domain.edits import (
    Edit,
    InsertBlock,
    MoveBlock,
    RemoveBlock,
    ReplaceSegments,
    SetPlacement,
    SetSegment,
)
from desktop_app.domain.people import Person
from desktop_app.domain.signoff import SignOff, reopened, standing
from desktop_app.domain.story import Block, Content, Segment, SegmentStatus, StoryState, VersionNumber, joiner
from desktop_app.foundation.errors import NotAllowedError
from desktop_app.foundation.messages import N_, Message


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it: ``before`` is the version that what stood is kept as, ``version`` the new one.

    They are the same, that of the story, where the text was that of the version already.
    """

    before: VersionNumber
    version: VersionNumber
    changes: Changes


def stale_if_restored(desk: Desk, story: str, version: str) -> list[Message]:
    """The sign-offs that restoring a version would make stale, each with its step and its signer.

    Raises:
        WrongUsageError: no such story or version.
    """
    digest = content_digest(open_version(desk, story, version))
    with desk.archive.read() as session:
        file = story_file(session, story_row(session, story))
        return [_named(file, signoff) for signoff in _stale_with(file, digest)]


def _stale_with(file: StoryFile, digest: str) -> list[SignOff]:
    """The sign-offs that count now and would not with a text of this digest, as ``settle`` lets the state follow."""
    at = file.situation
    if not loses_signoffs(file.story.state, file.story.claimed_step):
        return []
    claim = reopened(file.policy, file.current, digest)
    settled = standing(file.policy, file.current, digest, None)
    if settled.next_step is not None and claim is not None:
        settled = standing(file.policy, file.current, digest, claim)
    return [one for step, one in at.standing.valid.items() if settled.valid.get(step) != one]


def _named(file: StoryFile, signoff: SignOff) -> Message:
    step, person = file.signed_step(signoff), file.people.get(signoff.person)
    return N_(
        "“{step}” ({name})", step=step.title if step else signoff.step, name=person.name if person else signoff.person
    )


def listed(messages: Sequence[Message]) -> Message:
    """Several names in one sentence; there must be one."""
    said = messages[0]
    for one in messages[1:]:
        said = N_("{before}, {after}", before=said, after=one)
    return said


def restore_version(desk: Desk, story: str, version: str, *, by: Person, signed: bool = False) -> Restored:
    """Make the text that of an old version, and freeze it as a new one; what stood before is frozen first.

    Restoring the version that what stood was kept as undoes it. ``signed`` lets sign-offs become stale.

    Raises:
        WrongUsageError: no such story or version.
        NotAllowedError: the story's state, a lock or somebody's claim forbids it, the version has another source
            text, or sign-offs would become stale; nothing was changed.
    """
    wanted = open_version(desk, story, version)
    with desk.archive.write() as unit:
        row = story_row(unit.session, story)
        require_editable(unit.session, row, by)
        file = story_file(unit.session, row)
        now = file.story.content
        digest = content_digest(wanted)
        if digest == file.digest:
            return Restored(file.story.version, file.story.version, Changes())
        stale = _stale_with(file, digest)
        if stale and not signed:
            names = listed([_named(file, one) for one in stale])
            raise NotAllowedError(
                N_("These sign-offs would become stale: {names}.", names=names),
                subject=row.slug,
                advice=N_("Restore the version with --signed if they shall be given again."),
            )
        before = freeze(unit, row, file, by=by, reason="kept before restoring")
        edits = list(edits_to(now, wanted, joiner(file.story.languages.source)))
        if any(isinstance(edit, _OtherSource) for edit in edits):
            raise NotAllowedError(
                N_("Version {version} has another Chinese text.", version=version),
                subject=row.slug,
                advice=N_("Compare it with the text of now, and take over what is wanted."),
            )
        texts = [edit for edit in edits if not isinstance(edit, _OtherSource)]
        written = write_edits(unit, row, texts, by=by, typed=False)
        row.byline, row.dateline, row.topics = list(wanted.byline), wanted.dateline, list(wanted.topics)
        row.modified = True
        keep_editor(row, by)  # also where the byline alone is another
        unit.session.flush()
        if row.state not in {StoryState.SOURCED, StoryState.DRAFTING} and row.claimed_step is None:
            settle(unit.session, row)
        number = freeze(unit, row, story_file(unit.session, row), by=by, reason=f"restored: {version}")
        unit.record(
            "version restored", person=by.id, story=row.id, version=version, before=str(before), now=str(number)
        )
        return Restored(before, number, Changes(stories=frozenset({row.id}), memory=written.memory_changed))


class _OtherSource:
    """Stands where no edit can bring the version back."""


def edits_to(now: Content, wanted: Content, blank: str) -> Iterator[Edit | _OtherSource]:
    """The edits that make ``wanted`` of ``now``; ``blank`` joins the source of two segments."""
    present = {block.id: block for block in now.blocks}
    keep = {block.id for block in wanted.blocks}
    for block in now.blocks:
        if block.id not in keep and not _has_source(block):
            yield RemoveBlock(block.id)
    if [block.id for block in now.blocks if _has_source(block)] != [b.id for b in wanted.blocks if _has_source(b)]:
        yield _OtherSource()
        return
    order = [block.id for block in now.blocks if block.id in keep]
    for place, block in enumerate(wanted.blocks):
        after = wanted.blocks[place - 1].id if place else None
        was = present.get(block.id)
        if was is None:
            yield InsertBlock(_unconfirmed(block, None), after)
            order.append(block.id)
        elif not _has_source(block) and [after, block.id] != [None, *order][order.index(block.id) :][:2]:
            yield MoveBlock(block.id, after)
        if not _has_source(block):
            order.remove(block.id)
            order.insert(order.index(after) + 1 if after is not None else 0, block.id)
        if was is not None:
            yield from _block_edits(was, _unconfirmed(block, was), blank)


def _has_source(block: Block) -> bool:
    return any(segment.source.strip() for segment in block.segments)


def _unconfirmed(block: Block, now: Block | None) -> Block:
    """The block with the statuses and locks of now where the words are the same, and as drafts where they are not."""
    stands = {segment.id: segment for segment in now.segments} if now is not None else {}

    def settled(segment: Segment) -> Segment:
        same = stands.get(segment.id)
        if same is not None and (same.source, same.target) == (segment.source, segment.target):
            return same
        status = SegmentStatus.DRAFT if segment.target else SegmentStatus.UNTRANSLATED
        return replace(segment, status=status, locked=same is not None and same.locked)

    return replace(block, segments=tuple(settled(segment) for segment in block.segments))


def _block_edits(was: Block, wanted: Block, blank: str) -> Iterator[Edit | _OtherSource]:
    if wanted.placement is not None and wanted.placement != was.placement:
        yield SetPlacement(wanted.id, wanted.placement)
    if was.segments == wanted.segments:
        return
    cuts_before, cuts = ([(s.id, s.source) for s in block.segments] for block in (was, wanted))
    if cuts_before == cuts:
        pairs = zip(was.segments, wanted.segments, strict=True)
        yield from (SetSegment(s.id, s.target, s.status, s.locked) for old, s in pairs if old != s)
    elif _joined(was, blank) == _joined(wanted, blank):
        yield ReplaceSegments(wanted.id, wanted.segments)
    else:
        yield _OtherSource()


def _joined(block: Block, blank: str) -> str:
    return blank.join(segment.source for segment in block.segments if segment.source)
