"""Four eyes hold for words that come in by a merge: whoever wrote them, there or in deciding, does not review them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from journeys import Roads, home, planned
from office import Office

from desktop_app.desk import workflow
from desktop_app.desk.bringing_home import bring_home
from desktop_app.desk.editing import edit_story
from desktop_app.desk.homecoming import plan_home
from desktop_app.desk.open_conflicts import OpenConflict, open_conflicts, take_conflict
from desktop_app.desk.returning import ReturnedFile, Returning
from desktop_app.desk.verification import verify
from desktop_app.desk.wordings import wordings
from desktop_app.domain.edits import InsertBlock, SetPlacement, apply, set_target
from desktop_app.domain.merging.changes import Side
from desktop_app.domain.merging.deciding import Decision, Written
from desktop_app.domain.story import Bilingual, Block, BlockKind, Segment, SegmentStatus, Story, StoryState
from desktop_app.foundation.errors import NotAllowedError
from desktop_app.store.models import StoryRow

OWN = Written(("Words of one’s own.",))


@pytest.fixture
def roads(tmp_path: Path) -> Roads:
    return Roads(tmp_path)


def met(office: Office, roads: Roads, *, writer: str, by: str = "sun") -> tuple[Story, Path]:
    """A story of LI's with one sentence that both sides wrote, there ``writer``, and the file with it."""
    story = office.story(by="li")
    there = roads.out(office, [story], to=writer)
    there.write(story, "Theirs.", by=writer)
    office.write(story, "Mine.", by=by)
    return story, roads.back(there, by=writer)


def left_open(office: Office, roads: Roads, *, writer: str) -> tuple[Story, OpenConflict]:
    story, path = met(office, roads, writer=writer)
    home(office, path)
    (one,) = open_conflicts(office.desk, story.id)
    return story, one


def hands(office: Office, story: Story) -> set[str]:
    drafters = office.open(story).situation.drafters
    return {key for key, person in office.people.items() if person.id in drafters}


def assert_may_not_review(office: Office, story: Story, person: str) -> None:
    office.through(story, ["li:edit", "li:submit"])  # so that nobody else wrote last
    for act in (workflow.claim, lambda desk, name, by: workflow.sign(desk, name, step="revision", by=by)):
        with pytest.raises(NotAllowedError):
            act(office.desk, story.id, by=office[person])
    assert verify(office.desk).problems == ()


@pytest.mark.parametrize(
    ("decision", "writer", "decider", "barred"),
    [
        (OWN, "li", "wang", "wang"),
        (Side.THEIRS, "wang", "li", "wang"),
        (Written(("Theirs.",)), "wang", "li", "wang"),
    ],
)
class TestInAnOpenDraft:
    """Of words that come into an open draft neither their writer reviews, nor whoever decided with own words."""

    def test_decided_later(
        self, office: Office, roads: Roads, decision: Decision, writer: str, decider: str, barred: str
    ) -> None:
        story, one = left_open(office, roads, writer=writer)
        take_conflict(office.desk, one.id, decision, by=office[decider])
        assert barred in hands(office, story)
        assert_may_not_review(office, story, barred)

    def test_decided_while_it_is_brought_home(
        self, office: Office, roads: Roads, decision: Decision, writer: str, decider: str, barred: str
    ) -> None:
        story, path = met(office, roads, writer=writer)
        ((key,),) = [[change.key for change in one.conflicts] for one in planned(office, path).stories]
        home(office, path, by=decider, decisions={(story.id, key): decision})
        assert barred in hands(office, story)
        assert_may_not_review(office, story, barred)


@pytest.mark.parametrize("later", [False, True])
def test_whoever_took_one_side_of_a_draft_wrote_nothing(office: Office, roads: Roads, later: bool) -> None:
    story, path = met(office, roads, writer="li")
    home(office, path, by="wang", others=None if later else Side.THEIRS)
    for one in open_conflicts(office.desk):
        take_conflict(office.desk, one.id, Side.THEIRS, by=office["wang"])
    office.through(story, ["li:edit", "li:submit", "wang:claim", "wang:sign"])


def test_whoever_keeps_what_stands_here_or_only_brings_it_home_is_free(office: Office, roads: Roads) -> None:
    story, path = met(office, roads, writer="li")
    home(office, path, by="wang")
    (one,) = open_conflicts(office.desk)
    take_conflict(office.desk, one.id, Side.OURS, by=office["wang"])
    office.through(story, ["li:submit", "wang:claim", "wang:sign"])
    assert hands(office, story) == {"sun"}


def test_who_wrote_the_words_is_remembered_when_the_draft_is_open_again_by_them(office: Office, roads: Roads) -> None:
    story, one = left_open(office, roads, writer="wang")
    office.act(story, "submit", "li")
    made = take_conflict(office.desk, one.id, Side.THEIRS, by=office["li"])
    assert made.now is StoryState.DRAFTING
    assert_may_not_review(office, story, "wang")


def test_everybody_is_remembered_who_had_a_hand_in_the_words_there(office: Office, roads: Roads) -> None:
    """WANG wrote the sentence there, and LI went over it: it is the words of both."""
    story = office.story(by="li")
    there = roads.out(office, [story])
    there.write(story, "By Wang.", by="wang")
    there.write(story, "By Wang, and by Li.", by="li")
    office.write(story, "Mine.", by="sun")
    home(office, roads.back(there))
    (one,) = open_conflicts(office.desk)
    assert one.author == office["li"].id
    take_conflict(office.desk, one.id, Side.THEIRS, by=office["li"])
    assert_may_not_review(office, story, "wang")


def test_a_line_that_came_along_is_words_too(office: Office, roads: Roads) -> None:
    """A block that only the English has: both sides moved or changed it, and it is taken."""
    story = office.story(by="li")
    line = Segment(office.desk.new_id(), "", "A line.", SegmentStatus.DRAFT)
    block = Block(office.desk.new_id(), BlockKind.PARAGRAPH, (line,))
    edit_story(office.desk, story.id, [InsertBlock(block, story.content.blocks[0].id)], by=office["li"])
    there = roads.out(office, [story], to="wang")
    there.write(story, "A line by Wang.", by="wang")
    before = set(hands(office, story))
    home(office, roads.back(there, by="wang"))
    assert hands(office, story) - before == {"wang"}


@pytest.mark.parametrize("waits", [True, False])
def test_whoever_brings_a_document_answers_for_its_words_whatever_name_is_in_it(office: Office, waits: bool) -> None:
    story = office.story(by="li")
    base = office.open(story).story.content
    came = apply(base, set_target(list(base.segments())[1], "By Li, says the file."))
    if waits:
        office.write(story, "Mine.", by="sun")
    file = ReturnedFile("docx", "a.docx", "0" * 64, (Returning(story.id, base, came, author=office["li"].id),))
    bring_home(office.desk, plan_home(office.desk, file, by=office["wang"]), by=office["wang"])
    for one in open_conflicts(office.desk):
        take_conflict(office.desk, one.id, Side.THEIRS, by=office["li"])
    assert_may_not_review(office, story, "wang")


# Captions

FIELDS = ("caption_en", "alt_en", "credit")


def captioned(field: str) -> Callable[[Office, Story, str, str], None]:
    def write(office: Office, story: Story, text: str, by: str) -> None:
        block = office.open(story).story.content.blocks[-1]
        assert block.placement is not None
        place = block.placement
        made = {
            "caption_en": replace(place, caption=Bilingual(place.caption.zh, text)),
            "alt_en": replace(place, alt=Bilingual(place.alt.zh, text)),
            "credit": replace(place, credit=text),
        }[field]
        edit_story(office.desk, story.id, [SetPlacement(block.id, made)], by=office[by])

    return write


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("decision", [Side.THEIRS, Written(("Of both.",))])
@pytest.mark.parametrize("later", [True, False])
def test_a_caption_that_is_taken_belongs_to_whoever_wrote_it(
    office: Office, roads: Roads, field: str, decision: Decision, later: bool
) -> None:
    write, story = captioned(field), office.story(by="li")
    there = roads.out(office, [story], to="chen")
    write(there, story, "Theirs.", "chen")
    write(office, story, "Mine.", "sun")
    path = roads.back(there, by="chen")
    key = (story.content.blocks[-1].id, field.replace("_", "-"))
    if later:
        home(office, path)
        (one,) = open_conflicts(office.desk)
        assert one.author == office["chen"].id
        take_conflict(office.desk, one.id, decision, by=office["zhao"])
    else:
        home(office, path, by="zhao", decisions={(story.id, key): decision})
    said = "Theirs." if decision is Side.THEIRS else "Of both."
    (newest,) = [w for w in wordings(office.desk, story.id) if (w.field, w.text) == (field, said)]
    assert newest.person == office["chen" if decision is Side.THEIRS else "zhao"].id


# During a review


@pytest.mark.parametrize(("decision", "barred"), [(Side.THEIRS, "wang"), (Side.THEIRS, "chen"), (OWN, "chen")])
def test_in_a_review_that_nobody_has_in_hand_neither_writer_nor_decider_signs_it(
    office: Office, roads: Roads, decision: Decision, barred: str
) -> None:
    """ZHAO signed the first review; WANG's words are taken by CHEN, and the review is open again by them."""
    story, one = left_open(office, roads, writer="wang")
    office.through(story, ["li:submit", "zhao:claim", "zhao:sign"])
    made = take_conflict(office.desk, one.id, decision, by=office["chen"])
    assert [signoff.step for signoff in made.stale] == ["revision"]
    with pytest.raises(NotAllowedError):
        office.act(story, "claim", barred)
    office.through(story, ["zhao:claim", "zhao:sign"])
    assert verify(office.desk).problems == ()


def test_a_reviewer_decides_in_their_own_review(office: Office, roads: Roads) -> None:
    story, one = left_open(office, roads, writer="chen")
    office.through(story, ["li:submit", "wang:claim"])
    take_conflict(office.desk, one.id, Side.THEIRS, by=office["wang"])
    assert hands(office, story) == {"sun", "chen"}, "LI had the draft, WANG has the review"
    office.through(story, ["wang:sign"])


def test_the_words_of_a_reviewer_may_come_back_into_their_own_review(office: Office, roads: Roads) -> None:
    """As when they write them here: the review that stood is theirs to sign again."""
    story, one = left_open(office, roads, writer="wang")
    office.through(story, ["li:submit", "wang:claim", "wang:sign"])
    take_conflict(office.desk, one.id, Side.THEIRS, by=office["zhao"])
    office.through(story, ["wang:claim", "wang:sign"])
    assert office.open(story).story.state is StoryState.IN_REVISION


def test_who_decides_for_a_byline_in_a_review_that_was_given_back_wrote_last(office: Office) -> None:
    """A fact about the whole story is no edit, and counts like one."""
    story = office.story(by="li")
    base = office.open(story).story.content
    with office.desk.archive.write() as unit:
        unit.session.get_one(StoryRow, story.id).byline = ["SUN Yue"]
        unit.record("story edited", story=story.id)
    came = Returning(story.id, base, replace(base, byline=("GUO Lan",)), author=office["zhao"].id)
    plan = plan_home(office.desk, ReturnedFile("docx", "a.docx", "0" * 64, (came,)), by=office["sun"])
    bring_home(office.desk, plan, by=office["sun"])
    (one,) = open_conflicts(office.desk)
    office.through(story, ["li:submit", "wang:claim", "wang:sign", "zhao:edit", "chen:claim", "chen:unclaim"])
    take_conflict(office.desk, one.id, Side.THEIRS, by=office["chen"])
    assert office.open(story).story.content.byline == ("GUO Lan",)
    with pytest.raises(NotAllowedError):
        office.act(story, "claim", "chen")
    office.through(story, ["wang:claim", "wang:sign"])


def test_who_reviewed_it_away_from_here_wrote_in_no_draft(office: Office, roads: Roads) -> None:
    """A whole chain comes home to a story that is a draft here: the reviewer's words are a review's."""
    story = office.story(by="li")
    there = roads.out(office, [story])
    there.through(story, ["li:edit", "li:submit", "wang:claim", "wang:edit", "wang:sign"])
    home(office, roads.back(there))
    assert hands(office, story) == set()
    office.through(story, ["wang:withdraw", "wang:claim", "wang:sign"])
