"""Giving a story another text as a whole; comments, wordings and the memory follow as they do after edits."""

from desktop_app.desk import comments
from desktop_app.desk.memory_keeping import follow_edits
from desktop_app.desk.wordings import keep_wordings
from desktop_app.domain.edits import Edit, ReplaceSegments, SetPlacement
from desktop_app.domain.people import Person
from desktop_app.domain.story import Block, Content
from desktop_app.domain.wordings import Place, Said, texts_of
from desktop_app.store import whole_texts as store
from desktop_app.store.archive import Unit
from desktop_app.store.models import StoryRow


def put_text(unit: Unit, row: StoryRow, now: Content, wanted: Content, *, by: Person | None) -> bool:
    """Write ``wanted`` over ``now``, which is what the story says; return whether the memory changed.

    The state and the sign-offs are left to the caller.
    """
    old = {block.id: block for block in now.blocks}
    changed = [block for block in wanted.blocks if old.get(block.id) != block]
    kept = {block.id for block in wanted.blocks}
    left = [block for block in now.blocks if block.id not in kept]
    touched: list[Edit] = [_edit(block) for block in changed]
    divided = [old[block.id] for block in changed if block.id in old] + left
    followed = comments.before_edits(unit.session, row, [edit for edit in touched if isinstance(edit, ReplaceSegments)])
    before, after = _texts(divided), _texts(changed)
    store.put_content(unit.session, row, wanted)
    comments.follow_edits(unit.session, row, followed)
    ids = {segment.id for block in divided for segment in block.segments} | {block.id for block in divided}
    memory_changed = follow_edits(unit, row, touched, ids, by=by)
    keep_wordings(unit, row, before, after, by=by, typed=False)
    return memory_changed


def _edit(block: Block) -> Edit:
    if block.placement is not None:
        return SetPlacement(block.id, block.placement)
    return ReplaceSegments(block.id, block.segments)


def _texts(blocks: list[Block]) -> dict[Place, Said]:
    return {place: said for block in blocks for place, said in texts_of(block).items()}
