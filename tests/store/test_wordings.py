"""The history of each text: one wording a sitting, kept as edits are written, and who changed what since."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from office import Office, counting

from desktop_app.desk.desk import Desk, account_name
from desktop_app.desk.editing import edit_story
from desktop_app.desk.wordings import changed_since, wordings
from desktop_app.domain.edits import (
    Edit,
    InsertBlock,
    RemoveBlock,
    ReplaceSegments,
    SetPlacement,
    join_segments,
    set_status,
    set_target,
    split_segment,
)
from desktop_app.domain.people import Person
from desktop_app.domain.story import Bilingual, Block, BlockKind, Languages, Placement, Segment, SegmentStatus, Story
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.ids import stamp
from desktop_app.store.archive import Archive


class _Day:
    """A clock that stands until somebody moves it; a microsecond a look, so that nothing is at the same moment."""

    def __init__(self) -> None:
        self.now = datetime(2024, 1, 29, 9, 0, tzinfo=UTC)
        self._looks = itertools.count()

    def __call__(self) -> datetime:
        return self.now + timedelta(microseconds=next(self._looks))

    def minutes(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def day() -> _Day:
    return _Day()


@pytest.fixture
def room(template: Path, tmp_path: Path, day: _Day):
    office = Office.moved(template, tmp_path / "timed")
    office.desk.close()
    ids = counting(900_000_000)
    folder = tmp_path / "timed"
    office.desk = Desk(Archive(folder, now=day, new_id=ids, account=account_name(), busy_ms=200), day, ids)
    yield office
    office.desk.close()


def said(room: Office, story: Story, part: str) -> list[tuple[str, str, str | None]]:
    names = {person.id: key for key, person in room.people.items()}
    found = wordings(room.desk, story.id, part)
    return [(one.text, one.status, names.get(one.person or "")) for one in found]


def write(room: Office, story: Story, *edits: Edit, by: Person | None = None) -> None:
    edit_story(room.desk, story.id, list(edits), by=by)


def test_what_a_text_said_before_its_history_is_kept(room: Office, day: _Day) -> None:
    story = room.story()
    day.minutes(60)
    room.write(story, "Other words.")
    part = room.segments(story)[1].id
    assert said(room, story, part) == [("Paragraph 0, one.", "draft", None), ("Other words.", "draft", "li")]
    first, second = wordings(room.desk, story.id, part)
    assert first.began_at == first.at < second.began_at
    assert first.at[:16] == "2024-01-29T09:00", "the moment of the version that it stood in"
    assert wordings(room.desk, story.slug, room.segments(story)[2].id) == []


def test_a_sitting_is_one_wording_for_ten_minutes(room: Office, day: _Day) -> None:
    story = room.story(translated=False)
    part = room.segments(story)[1].id
    for number, text in enumerate(("One", "One two", "One two three")):
        room.write(story, text)
        day.minutes(4 + number)
    assert said(room, story, part) == [("One two three", "draft", "li")]
    room.write(story, "Later.")
    assert said(room, story, part) == [("One two three", "draft", "li"), ("Later.", "draft", "li")]
    (_, last) = wordings(room.desk, story.id, part)
    assert last.began_at == last.at


def test_somebody_else_begins_a_wording(room: Office, day: _Day) -> None:
    story = room.story(translated=False)
    part = room.segments(story)[1].id
    room.write(story, "Hers.", by="li")
    room.write(story, "His.", by="sun")
    room.write(story, "Nobody's.", by=None)
    assert [who for _, _, who in said(room, story, part)] == ["li", "sun", None]


@pytest.mark.parametrize("status", [SegmentStatus.CONFIRMED, SegmentStatus.REVISED, SegmentStatus.REJECTED])
def test_what_was_confirmed_is_kept_as_it_stood(room: Office, status: SegmentStatus) -> None:
    story = room.story(translated=False)
    part = room.segments(story)[1].id
    room.write(story, "First.")
    write(room, story, set_status(room.segments(story)[1], status), by=room["li"])
    room.write(story, "Second.")
    room.write(story, "Second, longer.")
    assert said(room, story, part) == [("First.", status.value, "li"), ("Second, longer.", "draft", "li")]


def test_split_and_join_leave_the_words_where_they_went(room: Office) -> None:
    story = room.story()
    block = room.open(story).story.content.blocks[1]
    pair = split_segment(block.segments[0], "new", 2, 12, Languages())
    write(room, story, ReplaceSegments(block.id, (*pair, block.segments[1])), by=room["li"])
    assert said(room, story, block.segments[0].id)[-1] == ("Paragraph 0,", "draft", "li")
    assert said(room, story, "new") == [("one.", "draft", "li")]
    assert said(room, story, block.segments[1].id) == [], "it says what it said"
    joined = join_segments(*pair, Languages())
    write(room, story, ReplaceSegments(block.id, (joined, block.segments[1])), by=room["sun"])
    assert [text for text, _, _ in said(room, story, block.segments[0].id)] == [
        "Paragraph 0, one.", "Paragraph 0,", "Paragraph 0, one."
    ]  # fmt: skip


def test_captions_have_their_history_too(room: Office) -> None:
    story = room.story()
    place = room.open(story).story.content.blocks[-1]
    assert place.placement is not None
    words = replace(
        place.placement, caption=Bilingual("校门前的学生", "At the west gate"), alt=Bilingual("", "Students")
    )
    write(room, story, SetPlacement(place.id, words), by=room["li"])
    found = [(one.field, one.text) for one in wordings(room.desk, story.id, place.id)]
    assert found == [("caption_en", "Students at the gate"), ("caption_en", "At the west gate"), ("alt_en", "Students")]


def test_a_block_that_came_has_its_words_and_one_that_went_keeps_them(room: Office) -> None:
    story = room.story()
    added = Block("t", BlockKind.PARAGRAPH, (Segment("t-s", "", "Added.", SegmentStatus.DRAFT),))
    place = Block("p", BlockKind.PICTURE, placement=Placement("1.jpg", caption=Bilingual("", "New")))
    write(room, story, InsertBlock(added, None), InsertBlock(place, None), by=room["li"])
    assert said(room, story, "t-s") == [("Added.", "draft", "li")]
    assert said(room, story, "p") == [("New", "", "li")]
    write(room, story, RemoveBlock("t"), RemoveBlock("p"), by=room["li"])
    assert said(room, story, "t-s") == [("Added.", "draft", "li")]


def test_a_lock_and_a_save_of_the_same_words_are_no_wording(room: Office) -> None:
    story = room.story()
    segment = room.segments(story)[1]
    write(room, story, replace(set_target(segment, segment.target), locked=True), by=room["li"])
    assert wordings(room.desk, story.id) == []


def test_who_changed_what_since(room: Office, day: _Day) -> None:
    story = room.story()
    parts = [segment.id for segment in room.segments(story)]
    day.minutes(30)
    before = stamp(room.desk.now())
    room.write(story, "By LI.", at=1, by="li")
    room.write(story, "By SUN.", at=2, by="sun")
    assert changed_since(room.desk, story.id, before, but=room["li"].id) == {parts[2]}
    assert changed_since(room.desk, story.id, before, but=room["sun"].id) == {parts[1]}
    assert changed_since(room.desk, story.id, before) == {parts[1], parts[2]}
    day.minutes(1)
    later = stamp(room.desk.now())
    assert changed_since(room.desk, story.id, later, but=room["li"].id) == set()
    room.write(story, "By nobody.", at=1, by=None)
    assert changed_since(room.desk, story.id, later, but=room["li"].id) == {parts[1]}
    with pytest.raises(WrongUsageError):
        changed_since(room.desk, "nothing", before)


def test_what_a_version_held_is_nobodys_change(room: Office, day: _Day) -> None:
    """LI left, SUN froze a version without a change of this text, LI writes: nobody else changed it."""
    story = room.story()
    day.minutes(30)
    before = stamp(room.desk.now())
    day.minutes(30)
    room.through(story, ["li:submit", "li:withdraw"])
    room.write(story, "Mine.", by="li")
    assert changed_since(room.desk, story.id, before, but=room["li"].id) == set()


def test_one_save_of_many_segments_keeps_them_all(room: Office) -> None:
    story = room.story(paragraphs=300)
    many: Callable[[str], list[Edit]] = lambda text: [set_target(one, text) for one in room.segments(story)]  # noqa: E731
    write(room, story, *many("One."), by=room["li"])
    write(room, story, *many("Two."), by=room["li"])
    found = wordings(room.desk, story.id)
    assert len(found) == 2 * 601
    assert {one.text for one in found[-601:]} == {"Two."}
