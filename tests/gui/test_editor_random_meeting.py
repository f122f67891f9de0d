"""Two windows on one story, editing at random: nothing breaks, and both come to say what the archive says."""

import itertools
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.desk.desk import Desk
from desktop_app.desk.editing import edit_story
from desktop_app.desk.people import add_person
from desktop_app.desk.stories import open_story
from desktop_app.desk.verification import verify
from desktop_app.domain.people import Person
from desktop_app.domain.story import Bilingual, Block, BlockKind, Content, Placement, Segment, SegmentStatus, Story
from desktop_app.foundation.errors import NotAllowedError, WrongUsageError
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.rows import Field
from desktop_app.store import stories as store
from tests.founding import found_desk

pytestmark = pytest.mark.usefixtures("qapp")

_REFUSALS = (NotAllowedError, WrongUsageError)
_FIELDS = (Field.CAPTION_SOURCE, Field.CAPTION_TARGET, Field.ALT)


def _story() -> Story:
    blocks = [Block("h", BlockKind.HEADLINE, (Segment("s0", "一行来校交流", "Delegation Visits"),))]
    for number in range(1, 4):
        segments = tuple(Segment(f"s{number}{n}", "会议于周一开始，校长出席。", "It began.") for n in range(2))
        blocks.append(Block(f"b{number}", BlockKind.PARAGRAPH, segments))
        place = Placement("1.jpg", caption=Bilingual("合影", "A group"))
        blocks.append(Block(f"p{number}", BlockKind.PICTURE, (), place))
    return Story("s", "s", Content(tuple(blocks)))


class _Window:
    """One person's document, and what autosave and arrivals do for it."""

    def __init__(self, desk: Desk, name: str, chance: random.Random) -> None:
        self.desk, self.chance = desk, chance
        self.person: Person = add_person(desk, name)[0]
        numbers = itertools.count()
        self.ids: Callable[[], str] = lambda: f"{name}{next(numbers)}"
        self.document = StoryDocument(open_story(desk, "s").story, ids=self.ids)
        self.document.structure_changed.connect(self._on_structure)
        self.rows = len(self.document.rows)

    def _on_structure(self, _first: int, gone: int, come: int) -> None:
        self.rows += come - gone

    def act(self) -> None:
        document, chance = self.document, self.chance
        key = chance.choice(document.rows[:-1]).key
        segment = document.segment(key)
        what = chance.randrange(14)
        if what < 2:
            document.undo()
        elif what == 2:
            document.redo()
        elif what == 3:
            place = Placement("2.jpg", caption=Bilingual("", chance.choice(["", "New"])))
            document.insert_blocks([Block(self.ids(), BlockKind.PICTURE, placement=place)], after=key)
        elif segment is None:
            acts = [
                lambda: document.remove_block(key),
                lambda: document.move_block(key, chance.choice([-1, 1])),
                lambda: document.write(key, chance.choice(_FIELDS), f"said {chance.random()}"),
            ]
            chance.choice(acts)()
        elif what < 8:
            document.write(key, Field.TARGET, f"It said {chance.random()}.")
        elif what == 8:
            document.confirm(key, SegmentStatus.CONFIRMED, *document.followers(key))
        elif what == 9:
            document.set_lock(key, locked=chance.random() < 0.3)
        elif what == 10:
            document.split(key, 3, len(segment.target) // 2)
        elif what == 11:
            document.join(key)
        else:
            document.set_status(key, SegmentStatus.DRAFT if segment.target else SegmentStatus.UNTRANSLATED)
        document.seal()
        assert self.rows == len(document.rows)

    def save(self) -> None:
        for attempt in range(4):
            edits = self.document.take_pending()
            if not edits:
                return
            try:
                edit_story(self.desk, "s", edits, by=self.person)
            except _REFUSALS:
                self.document.give_back(edits)
                self.read()
                if attempt == 2:
                    self.document.discard()
            else:
                self.document.pending_saved()

    def read(self) -> None:
        self.document.replace_story(open_story(self.desk, "s").story)
        assert self.rows == len(self.document.rows)

    def settle(self) -> None:
        while self.document.has_pending():
            self.save()
        self.read()


def _meet(folder: Path, seed: int, acts: int) -> None:
    chance = random.Random(seed)
    desk = found_desk(folder)
    with desk.archive.write() as unit:
        store.add(unit.session, _story(), at=unit.at)
        unit.record("stories imported", story="s", stories=["s"])
    windows = [_Window(desk, name, chance) for name in ("LI Wei", "SUN Yue")]
    try:
        for _ in range(acts):
            window = chance.choice(windows)
            chance.choices([window.act, window.save, window.read], [8, 2, 2])[0]()
        for window in [*windows, *windows]:
            window.settle()
        said = open_story(desk, "s").story.content.blocks
        for window in windows:
            assert window.document.story().content.blocks == said
        source = _story().content
        texts = ["".join(s.source for s in block.segments) for block in said if block.segments]
        assert texts == ["".join(s.source for s in block.segments) for block in source.blocks if block.segments]
        assert verify(desk).problems == ()
    except BaseException as error:
        error.add_note(f"DIPTYCH_SEED={seed}, {acts} acts")
        raise
    finally:
        desk.close()


def _seed() -> int:
    return int(os.environ.get("DIPTYCH_SEED") or random.SystemRandom().randrange(2**32))


@pytest.mark.parametrize("seed", [1, 2, 3, _seed()], ids=["one", "two", "three", "any"])
def test_two_windows_come_to_say_the_same(tmp_path: Path, seed: int) -> None:
    _meet(tmp_path / "archive", seed, 150)


@pytest.mark.proof
def test_two_windows_over_many_thousand_acts(tmp_path: Path) -> None:
    first = _seed()
    for number in range(15):
        _meet(tmp_path / str(number), first + number, 400)
