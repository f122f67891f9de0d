"""Whoever changes what a draft says has a hand in it, by whichever way the words came, and reviews nothing of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from office import Office
from PIL import Image
from word_hands import edited, run, saying, tracked

from desktop_app.desk import correcting, handing_on, publishing, source_changes
from desktop_app.desk.accepting import accept_changes
from desktop_app.desk.bringing_home import bring_home
from desktop_app.desk.comparing import compared
from desktop_app.desk.editing import edit_story, require_editable
from desktop_app.desk.exporting import export
from desktop_app.desk.homecoming import open_home, plan_home
from desktop_app.desk.pictures import Words, add_pictures
from desktop_app.desk.replacing import Pick, find_in_archive, replace_in_archive, undo_replacement
from desktop_app.desk.restoring import restore_version
from desktop_app.desk.stories import story_row
from desktop_app.desk.verification import verify
from desktop_app.domain.edits import (
    Edit,
    InsertBlock,
    MoveBlock,
    RemoveBlock,
    ReplaceSegments,
    SetPlacement,
    SetSegment,
    join_segments,
    recut_segments,
    set_status,
    set_target,
    split_segment,
)
from desktop_app.domain.publication import Judgement
from desktop_app.domain.resolving import reject
from desktop_app.domain.story import Bilingual, Block, BlockKind, Languages, Placement, Segment, SegmentStatus, Story
from desktop_app.foundation.errors import NotAllowedError
from desktop_app.language.finding_text import Matcher, Query

FLED = "The rector resigned and fled."
SPLIT_OFF = "018d5000-0000-7000-8000-00000000aaaa"


def write(office: Office, story: Story, *edits: Edit, by: str = "wang") -> None:
    edit_story(office.desk, story.id, list(edits), by=office[by])


def hands(office: Office, story: Story) -> set[str]:
    drafters = office.open(story).situation.drafters
    return {key for key, person in office.people.items() if person.id in drafters}


def refused(office: Office, story: Story, act: str, person: str) -> str:
    with pytest.raises(NotAllowedError) as refusal:
        office.act(story, act, person)
    return str(refusal.value.reason)


def assert_may_not_review(office: Office, story: Story, person: str = "wang") -> None:
    """Not even when LI wrote last."""
    office.write(story, "LI was here last.", at=-1)
    office.act(story, "submit", "li")
    assert "wrote in the draft" in refused(office, story, "claim", person)
    assert "wrote in the draft" in refused(office, story, "revision", person)
    assert verify(office.desk).problems == ()


def paragraph(office: Office, story: Story, at: int = 1) -> Block:
    return office.open(story).story.content.blocks[at]


def picture(office: Office, story: Story) -> tuple[str, Placement]:
    block = office.open(story).story.content.blocks[-1]
    assert block.placement is not None
    return block.id, block.placement


# Ways of writing


def replaced(office: Office, story: Story, *, everywhere: bool = False) -> None:
    only = () if everywhere else (story.id,)
    matcher = Matcher(Query("Paragraph 0, one."))
    picks = [
        Pick(found.id, text.part, text.side, text.text, FLED)
        for found in find_in_archive(office.desk, matcher, stories=only, by=office["wang"])
        for text in found.texts
    ]
    assert replace_in_archive(office.desk, picks, by=office["wang"]).replaced


def replaced_everywhere(office: Office, story: Story) -> None:
    office.story()
    replaced(office, story, everywhere=True)


def undone(office: Office, story: Story) -> None:
    """LI replaced words, and WANG puts back the old ones."""
    pick = Pick(story.id, office.segments(story)[1].id, "target", "Paragraph 0, one.", "Other.")
    replace_in_archive(office.desk, [pick], by=office["li"])
    assert undo_replacement(office.desk, by=office["wang"]).replaced


def typed(office: Office, story: Story) -> None:
    office.write(story, FLED, by="wang")


def typed_and_split(office: Office, story: Story) -> None:
    """Typing, and a split in the same paragraph before it was saved: the block comes whole."""
    block = paragraph(office, story)
    first, second = block.segments
    cut = split_segment(first, SPLIT_OFF, 4, 12, Languages())
    write(office, story, ReplaceSegments(block.id, (*cut, replace(second, target=FLED))))


def typed_here_and_split_there(office: Office, story: Story) -> None:
    block = paragraph(office, story, 2)
    cut = split_segment(block.segments[0], SPLIT_OFF, 4, 12, Languages())
    written = set_target(office.segments(story)[1], FLED)
    write(office, story, written, ReplaceSegments(block.id, (*cut, block.segments[1])))


def typed_in_a_join(office: Office, story: Story) -> None:
    block = paragraph(office, story)
    joined = join_segments(*block.segments, Languages())
    write(office, story, ReplaceSegments(block.id, (replace(joined, target=f"{joined.target} {FLED}"),)))


def restored(office: Office, story: Story) -> None:
    office.write(story, "Another sentence.")
    office.through(story, ["li:submit", "li:recall"])
    restore_version(office.desk, story.id, "1.0", by=office["wang"])


def rejected(office: Office, story: Story) -> None:
    """WANG takes a change of LI's back."""
    office.write(story, "Another sentence.")
    seen = compared(office.desk, story.id, "1.0", person=office["wang"])
    write(office, story, *reject(seen.comparison, seen.comparison.keys))


def captioned(office: Office, story: Story) -> None:
    block, place = picture(office, story)
    write(office, story, SetPlacement(block, replace(place, caption=replace(place.caption, en=FLED))))


def described(office: Office, story: Story) -> None:
    block, place = picture(office, story)
    write(office, story, SetPlacement(block, replace(place, alt=Bilingual("", FLED))))


def added(office: Office, story: Story) -> None:
    line = Block(SPLIT_OFF, BlockKind.PARAGRAPH, (Segment(f"{SPLIT_OFF[:-1]}b", "", FLED, SegmentStatus.DRAFT),))
    write(office, story, InsertBlock(line, None))


def picture_added(office: Office, story: Story) -> None:
    """A picture pasted in, with its caption."""
    place = Placement("2.jpg", caption=Bilingual("", FLED))
    write(office, story, InsertBlock(Block(SPLIT_OFF, BlockKind.PICTURE, placement=place), None))


def picture_removed(office: Office, story: Story) -> None:
    write(office, story, RemoveBlock(picture(office, story)[0]))


def caption_catalogued(office: Office, story: Story, folder: Path) -> None:
    """The caption that WANG gives a picture fills the place that waits for it."""
    block, place = picture(office, story)
    write(office, story, SetPlacement(block, replace(place, caption=replace(place.caption, en=""))), by="li")
    Image.new("RGB", (64, 48), (200, 30, 30)).save(folder / "1.jpg")
    words = Words(caption=Bilingual("", FLED))
    assert add_pictures(office.desk, [folder / "1.jpg"], by=office["wang"], words=words).linked == 1


WAYS: list[Callable[[Office, Story], None]] = [
    replaced, replaced_everywhere, undone, typed, typed_and_split, typed_here_and_split_there, typed_in_a_join,
    restored, rejected, captioned, described, added, picture_added, picture_removed,
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_who_changes_what_a_draft_says_reviews_nothing_of_it(
    office: Office, story: Story, way: Callable[[Office, Story], None]
) -> None:
    way(office, story)
    assert hands(office, story) == {"wang"}
    assert_may_not_review(office, story)


def test_words_that_come_with_a_picture_are_words(office: Office, story: Story, tmp_path: Path) -> None:
    caption_catalogued(office, story, tmp_path)
    assert_may_not_review(office, story)


def test_a_hand_stays_when_its_words_are_gone(office: Office, story: Story) -> None:
    before = office.segments(story)[1].target
    office.write(story, FLED, by="wang")
    office.write(story, before, by="wang")
    assert_may_not_review(office, story)


# What is no writing


def split_alone(office: Office, story: Story) -> None:
    block = paragraph(office, story)
    cut = split_segment(block.segments[0], SPLIT_OFF, 4, 12, Languages())
    write(office, story, ReplaceSegments(block.id, (*cut, block.segments[1])))


def joined_alone(office: Office, story: Story) -> None:
    block = paragraph(office, story)
    write(office, story, ReplaceSegments(block.id, (join_segments(*block.segments, Languages()),)))


def aligned_otherwise(office: Office, story: Story) -> None:
    block = paragraph(office, story)
    write(office, story, ReplaceSegments(block.id, recut_segments(*block.segments, "target", 4, Languages())))


def confirmed(office: Office, story: Story) -> None:
    segment = office.segments(story)[1]
    write(office, story, set_status(segment, SegmentStatus.CONFIRMED))


def locked(office: Office, story: Story) -> None:
    segment = office.segments(story)[1]
    write(office, story, SetSegment(segment.id, segment.target, segment.status, locked=True))


def moved(office: Office, story: Story) -> None:
    write(office, story, MoveBlock(picture(office, story)[0], None))


def accepted(office: Office, story: Story) -> None:
    office.write(story, "Another sentence.")
    assert accept_changes(office.desk, story.id, since="1.0", by=office["wang"])[0]


@pytest.mark.parametrize(
    "act", [split_alone, joined_alone, aligned_otherwise, confirmed, locked, moved, accepted]
)  # fmt: skip
def test_who_writes_no_words_has_no_hand(office: Office, story: Story, act: Callable[[Office, Story], None]) -> None:
    act(office, story)
    assert hands(office, story) == set()
    office.write(story, "LI was here last.", at=-1)
    office.through(story, ["li:submit", "wang:claim", "wang:sign"])


# Files without proof of who wrote in them


@pytest.mark.parametrize("author", ["", "LI Wei"])
def test_who_brings_a_document_home_answers_for_its_words(
    office: Office, story: Story, tmp_path: Path, author: str
) -> None:
    (sent,) = export(office.desk, [story.id], "docx-review", tmp_path / "a.docx", draft=True, by=office["wang"])
    segment = office.segments(story)[1]
    pieces = [tracked("del", segment.target, author), tracked("ins", FLED, author)] if author else [run(FLED)]
    (tmp_path / "b.docx").write_bytes(edited(sent.path.read_bytes(), saying(segment.id, *pieces)))
    _home(office, tmp_path / "b.docx")
    assert office.segments(story)[1].target == FLED
    assert_may_not_review(office, story)


def test_who_brings_a_translation_home_answers_for_its_words(office: Office, story: Story, tmp_path: Path) -> None:
    (sent,) = export(office.desk, [story.id], "xliff", tmp_path / "a.xlf", draft=True, by=office["wang"])
    text = sent.path.read_text("utf-8")
    (tmp_path / "b.xlf").write_text(text.replace("Paragraph 0, one.", FLED), "utf-8")
    _home(office, tmp_path / "b.xlf")
    assert office.segments(story)[1].target == FLED
    assert_may_not_review(office, story)


def _home(office: Office, path: Path) -> None:
    file = open_home(office.desk, path)
    try:
        bring_home(office.desk, plan_home(office.desk, file, by=office["wang"]), by=office["wang"])
    finally:
        file.close()


# The Chinese


def change_source(office: Office, story: Story, by: str, text: str = "校长辞职并潜逃。") -> None:
    source = source_changes.source_of_part(office.segments(story)[1].id, text)
    assert source_changes.take_in(office.desk, story.id, source, by=office[by]).changes.stories


def settle_source(office: Office, story: Story, by: str) -> None:
    source_changes.judge(office.desk, story.id, Judgement.NO_EFFECT, by=office[by], note="Looked at.")


CHANGED = "changed the Chinese"
WITHDRAWN = ["li:withdraw", "li:edit", "li:submit"]


def test_who_changes_the_chinese_of_a_draft_reviews_nothing_of_it_and_may_approve_it(
    office: Office, story: Story
) -> None:
    change_source(office, story, "zhao")
    assert hands(office, story) == set()
    office.through(story, ["li:edit", "li:submit"])
    assert CHANGED in refused(office, story, "claim", "zhao")
    assert CHANGED in refused(office, story, "revision", "zhao")
    office.through(story, ["wang:claim", "wang:sign", "zhao:sign", "zhao:release"])
    assert verify(office.desk).problems == ()


@pytest.mark.parametrize("steps", [[], ["chen:claim", "chen:return", "li:edit", "li:submit"], WITHDRAWN])
def test_who_changes_the_chinese_after_the_draft_reviews_nothing_of_the_version(
    office: Office, story: Story, steps: list[str]
) -> None:
    office.act(story, "submit", "li")
    change_source(office, story, "wang")
    settle_source(office, story, "chen")
    office.through(story, steps)
    for act in ("claim", "revision"):
        assert CHANGED in refused(office, story, act, "wang")
    office.act(story, "claim", "chen")
    with pytest.raises(NotAllowedError, match=CHANGED):
        handing_on.reassign(office.desk, story.id, to=office["wang"], by=office["zhao"], note="CHEN is away.")
    office.act(story, "sign", "chen")


def test_who_changes_the_chinese_in_their_own_review_signs_that_and_approves_nothing(office: Office) -> None:
    """As with English that is written in a review; the policy lets a last reviewer approve who left the text alone."""
    story = office.story(policy="three-reviews")
    assert office.open(story).policy.last_reviewer_may_approve
    office.through(story, ["li:submit", "wang:sign", "chen:sign", "zhao:claim"])
    change_source(office, story, "zhao")
    settle_source(office, story, "zhao")
    office.act(story, "sign", "zhao")
    assert "signed a review" in refused(office, story, "approval", "zhao")


def test_a_source_that_comes_before_any_translation_is_what_the_draft_begins_from(office: Office) -> None:
    story = office.story(translated=False)
    change_source(office, story, "wang")
    office.through(story, ["li:edit", "li:submit", "wang:claim", "wang:sign"])


def test_who_changed_the_chinese_of_what_is_out_reviews_nothing_of_the_correction(office: Office, story: Story) -> None:
    office.through(story, ["li:submit", "chen:claim", "chen:sign", "zhao:sign", "zhao:release"])
    change_source(office, story, "wang")
    source_changes.judge(office.desk, story.id, Judgement.REOPEN, by=office["zhao"], note="Another date.")
    office.through(story, ["li:edit", "li:submit"])
    assert CHANGED in refused(office, story, "claim", "wang")
    office.through(story, ["chen:claim", "chen:sign"])


def test_the_drafter_takes_a_new_source_in_without_more_ado(office: Office, story: Story) -> None:
    change_source(office, story, "li")
    assert office.open(story).situation.sources == frozenset()


# Corrections


def test_what_went_out_unread_is_still_its_writers_in_a_correction(office: Office, story: Story) -> None:
    office.write(story, FLED, by="wang")
    office.through(story, ["li:edit", "li:submit"])
    publishing.release_early(office.desk, story.id, by=office["zhao"], note="A storm.")
    correcting.correct(office.desk, story.id, by=office["zhao"], note="A name.")
    assert_may_not_review(office, story)


def test_what_was_reviewed_is_free_in_a_correction(office: Office, story: Story) -> None:
    office.write(story, FLED, by="wang")
    office.through(story, ["li:edit", "li:submit", "chen:claim", "chen:sign", "zhao:sign", "zhao:release"])
    office.through(story, ["zhao:correct", "li:edit", "li:submit", "wang:claim", "wang:sign"])


# Replacing asks who may type, story by story


def test_replacing_leaves_what_typing_may_not_change_and_says_why(office: Office) -> None:
    submitted, held, approved, open_one = (office.story() for _ in range(4))
    office.act(submitted, "submit", "li")
    office.through(held, ["li:submit", "chen:claim"])
    office.through(approved, ["li:submit", "chen:sign", "zhao:sign"])
    stories = [submitted, held, approved, open_one]
    for person in office.people:
        for story in stories:
            (seen,) = find_in_archive(
                office.desk, Matcher(Query("Paragraph 0, one.")), stories=[story.id], by=office[person]
            )
            pick = Pick(story.id, seen.texts[0].part, "target", seen.texts[0].text, f"{seen.texts[0].text} {person}")
            reason = _why_not_typed(office, story, person)
            assert str(seen.refused or "") == reason, "the preview says what typing says"
            if reason:
                done = replace_in_archive(office.desk, [pick], by=office[person], signed=True)
                assert (done.replaced, [str(one.reason) for one in done.skipped]) == ((), [reason])
    assert [office.open(story).story.state.value for story in stories] == [
        "submitted", "in revision", "approved", "drafting"
    ]  # fmt: skip


def _why_not_typed(office: Office, story: Story, person: str) -> str:
    with office.desk.archive.read() as session:
        try:
            require_editable(session, story_row(session, story.id), office[person])
        except NotAllowedError as error:
            return str(error.reason)
    return ""


@pytest.mark.parametrize(
    ("steps", "by", "left"),
    [
        (["li:submit"], "li", set()),
        (["li:submit", "chen:claim", "chen:edit", "chen:unclaim"], "zhao", {"draft"}),
        (["li:submit", "chen:sign", "zhao:sign"], "zhao", {"draft"}),
    ],
)
def test_no_sign_off_counts_for_words_replaced_since_but_those_that_an_open_review_began_from(
    office: Office, story: Story, steps: list[str], by: str, left: set[str]
) -> None:
    office.through(story, steps)
    segment = office.segments(story)[2]
    pick = Pick(story.id, segment.id, "target", segment.target, FLED)
    assert replace_in_archive(office.desk, [pick], by=office[by], signed=True).replaced
    file = office.open(story)
    assert set(file.situation.standing.valid) == left
    if left:
        assert file.situation.claim is not None, "a review is open, and begins from what the draft said"
        assert all(one.digest == file.situation.claim.handed for one in file.situation.standing.valid.values())
    assert not file.approved
