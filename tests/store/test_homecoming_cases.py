"""Harder homecomings: another Chinese text, signatures, pictures, and what a reader of a document brings."""

from dataclasses import replace
from pathlib import Path

import pytest
from journeys import Roads, home, planned, text
from office import Office
from PIL import Image

from desktop_app.desk import pictures, signing_keys
from desktop_app.desk.bringing_home import bring_home
from desktop_app.desk.comments import discussion
from desktop_app.desk.editing import edit_story
from desktop_app.desk.homecoming import plan_home
from desktop_app.desk.open_conflicts import open_conflicts, take_conflict
from desktop_app.desk.picture_intake import placed, take_in
from desktop_app.desk.returning import ReturnedFile, Returning, Step, derived_id
from desktop_app.desk.signatures import Signer
from desktop_app.desk.source_changes import source_of_part
from desktop_app.desk.source_changes import take_in as take_in_source
from desktop_app.desk.verification import verify
from desktop_app.desk.wordings import wordings
from desktop_app.desk.workflow import submit
from desktop_app.domain.comments import Comment, Note
from desktop_app.domain.edits import SetPlacement, apply, set_target
from desktop_app.domain.homecoming import Kept
from desktop_app.domain.merging.carrying import Bearing
from desktop_app.domain.merging.changes import Side
from desktop_app.domain.people import Person
from desktop_app.domain.statements import KeyEnd
from desktop_app.domain.story import Story, StoryState
from desktop_app.foundation import ed25519
from desktop_app.foundation.errors import InputRefusedError


@pytest.fixture
def roads(tmp_path: Path) -> Roads:
    return Roads(tmp_path)


# The Chinese changed meanwhile


def test_a_sentence_whose_chinese_changed_here_waits_and_the_others_come_home(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.write(story, "For the old sentence.", by="li", at=1)
    there.write(story, "As it should be.", by="li", at=3)
    part = office.segments(story)[1].id
    take_in_source(office.desk, story.id, source_of_part(part, "第0段换了一句。"), by=office["zhao"])
    path = roads.back(there)
    (one,) = planned(office, path).stories
    assert [change.key[0] for change in one.apart] == [part]
    home(office, path)
    assert text(office, story, 3) == "As it should be."
    assert text(office, story, 1) != "For the old sentence."
    (waits,) = open_conflicts(office.desk)
    assert (waits.reason, waits.theirs, waits.bearing) == ("source", "For the old sentence.", Bearing.OPEN)
    take_conflict(office.desk, waits.id, Side.THEIRS, by=office["li"])
    assert text(office, story, 1) == "For the old sentence."
    assert office.segments(story)[1].source == "第0段换了一句。"
    assert verify(office.desk).problems == ()


def test_what_was_signed_for_another_chinese_text_never_counts(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.through(story, ["li:submit"])
    part = office.segments(story)[1].id
    take_in_source(office.desk, story.id, source_of_part(part, "第0段换了一句。"), by=office["zhao"])
    (one,) = planned(office, path := roads.back(there)).stories
    assert [v.kept for v in one.effect.verdicts] == [Kept.TEXT]
    home(office, path)
    assert office.open(story).situation.standing.valid == {}
    assert verify(office.desk).problems == ()


# Signatures


def keyed(office: Office, name: str) -> Signer:
    signer = Signer.of(private := ed25519.new_private())
    signing_keys.enrol(office.desk, office[name], by=office["sun"], public=ed25519.public_of(private))
    return signer


def test_a_signature_made_away_holds_here(office: Office, roads: Roads) -> None:
    signer, story = keyed(office, "li"), office.story()
    there = roads.out(office, [story])
    there.write(story, "Signed for.", by="li")
    submit(there.desk, story.id, by=there["li"], signer=signer)
    home(office, roads.back(there))
    (signed,) = office.open(story).signoffs
    assert (signed.key, signed.kept) == (signer.fingerprint, None)
    assert office.open(story).story.state is StoryState.SUBMITTED
    found = verify(office.desk)
    assert (found.problems, found.checked["signatures"]) == ((), 1)


def test_a_signature_by_a_key_that_was_retired_here_is_kept_and_does_not_count(office: Office, roads: Roads) -> None:
    signer, story = keyed(office, "li"), office.story()
    there = roads.out(office, [story])
    submit(there.desk, story.id, by=there["li"], signer=signer)
    signing_keys.retire(office.desk, office["li"], by=office["sun"], reason=KeyEnd.LOST)
    (one,) = planned(office, path := roads.back(there)).stories
    (verdict,) = one.effect.verdicts
    assert verdict.kept is Kept.SIGNATURE
    assert "retired" in str(verdict.reason)
    home(office, path)
    assert office.open(story).situation.standing.valid == {}
    assert verify(office.desk).problems == ()


def test_a_house_that_demands_signatures_takes_no_sign_off_without_one(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.through(story, ["li:submit"])
    signing_keys.demand(office.desk, on=True, by=office["sun"])
    (one,) = planned(office, roads.back(there)).stories
    assert [v.kept for v in one.effect.verdicts] == [Kept.SIGNATURE]


def test_whoever_has_a_key_signs_with_it_away_from_here_too(office: Office, roads: Roads) -> None:
    story = office.story()
    there = roads.out(office, [story])
    there.through(story, ["li:submit"])
    keyed(office, "li")
    (one,) = planned(office, roads.back(there)).stories
    assert [v.kept for v in one.effect.verdicts] == [Kept.SIGNATURE]


# Pictures


def photograph(folder: Path, name: str, colour: tuple[int, int, int]) -> Path:
    Image.new("RGB", (64, 48), colour).save(folder / name, quality=90)
    return folder / name


def put_picture(office: Office, story: Story, path: Path) -> str:
    added = take_in(office.desk, [path], by=office["li"]).pictures[0].picture
    block = office.open(story).story.content.blocks[-1]
    assert block.placement is not None
    edit = SetPlacement(block.id, placed(added, block.placement), was=block.placement)
    edit_story(office.desk, story.id, [edit], by=office["li"])
    return added.id


def test_a_picture_put_in_there_comes_along(office: Office, roads: Roads, tmp_path: Path) -> None:
    story = office.story()
    there = roads.out(office, [story])
    added = put_picture(there, story, photograph(tmp_path, "gate.jpg", (200, 30, 30)))
    done = home(office, roads.back(there))
    assert done.changes.pictures == {added}
    (place,) = office.open(story).story.content.placements()
    assert (place.picture, place.file) == (added, "gate.jpg")
    (record,) = pictures.list_pictures(office.desk)
    assert office.desk.originals.read(record.sha256)
    assert verify(office.desk).problems == ()


def test_one_picture_taken_in_here_and_there_is_one(office: Office, roads: Roads, tmp_path: Path) -> None:
    path, story = photograph(tmp_path, "gate.jpg", (200, 30, 30)), office.story()
    there = roads.out(office, [story])
    put_picture(there, story, path)
    (mine,) = pictures.add_pictures(office.desk, [path], by=office["sun"]).pictures
    home(office, roads.back(there))
    (place,) = office.open(story).story.content.placements()
    assert place.picture == mine.picture.id
    assert len(pictures.list_pictures(office.desk)) == 1
    assert verify(office.desk).problems == ()


def test_a_picture_replaced_on_both_sides_is_asked(office: Office, roads: Roads, tmp_path: Path) -> None:
    story = office.story()
    there = roads.out(office, [story])
    theirs = put_picture(there, story, photograph(tmp_path, "theirs.jpg", (30, 200, 30)))
    mine = put_picture(office, story, photograph(tmp_path, "mine.jpg", (30, 30, 200)))
    home(office, roads.back(there))
    (place,) = office.open(story).story.content.placements()
    assert place.picture == mine
    (asked,) = [one for one in open_conflicts(office.desk) if one.key[1] == "picture"]
    assert (asked.base, asked.mine, asked.theirs) == ("1.jpg", "mine.jpg", "theirs.jpg")
    take_conflict(office.desk, asked.id, Side.THEIRS, by=office["li"])
    (place,) = office.open(story).story.content.placements()
    assert place.picture == theirs, "its master came along though nobody had decided"
    assert verify(office.desk).problems == ()


# Documents


def document(office: Office, story: Story, *said: str, **more: object) -> ReturnedFile:
    """A file as a reader of documents gives it: people by their names."""
    base = office.open(story).story.content
    content = base
    for at, words in enumerate(said, 1):
        content = apply(content, set_target(list(base.segments())[at], words))
    people = {"WANG Min": Person("", "WANG Min"), "Guest": Person("", "Guest")}
    returning = replace(Returning(story.id, base, content, author="WANG Min"), **more)  # type: ignore[arg-type]
    return ReturnedFile("docx", "review.docx", derived_id(*said), (returning,), people=people)


def test_people_of_a_document_are_known_by_name_and_strangers_come_along(office: Office) -> None:
    story = office.story()
    first, second = (segment.id for segment in office.segments(story)[1:3])
    note = Note(derived_id("a note"), "Guest", "2024-02-01T08:00:00.000000Z", "Is it?")
    thread = Comment(derived_id("a thread"), story.id, first, "target", "", (note,))
    file = document(office, story, "One.", "Two.", authors={(second, "target"): "Guest"}, comments=(thread,))
    plan = plan_home(office.desk, file, by=office["wang"])
    (guest,) = plan.newcomers
    bring_home(office.desk, plan, by=office["wang"])
    says = {one.text: one.person for one in wordings(office.desk, story.id)}
    assert (says["One."], says["Two."]) == (office["wang"].id, guest.id)
    again = document(office, story, "One.", "Two.", comments=(thread,))
    plan = plan_home(office.desk, replace(again, sha256="f" * 64), by=office["wang"])
    assert not plan.changes_anything, "the comment has the same id"
    assert verify(office.desk).problems == ()


def test_a_note_of_somebody_unknown_is_kept_with_the_name_before_it(office: Office) -> None:
    story = office.story()
    first = office.segments(story)[1].id
    notes = tuple(
        Note(derived_id(name, "note"), name, f"2024-02-0{day}T08:00:00.000000Z", "Is it?")
        for day, name in enumerate(("Nobody Here", ""), 1)
    )
    thread = Comment(derived_id("a thread"), story.id, first, "target", "", notes)
    file = document(office, story, "One.", authors={(first, "target"): "Nobody Here"}, comments=(thread,))
    bring_home(office.desk, plan_home(office.desk, file, by=office["wang"]), by=office["wang"])
    (kept,) = discussion(office.desk, story.id).comments
    assert [(note.person, note.text) for note in kept.notes] == [
        (office["wang"].id, "Nobody Here: Is it?"), (office["wang"].id, "Is it?"),
    ]  # fmt: skip
    assert wordings(office.desk, story.id, first)[-1].person is None, "nobody knows whose words they are"
    assert verify(office.desk).problems == ()


def test_several_authors_of_one_text_leave_a_wording_each(office: Office) -> None:
    story = office.story()
    first = office.segments(story)[1].id
    steps = {(first, "target"): (Step("Guest wrote.", "Guest"), Step("Guest wrote, Wang too.", "WANG Min"))}
    file = document(office, story, "Guest wrote, Wang too.", steps=steps)
    bring_home(office.desk, plan_home(office.desk, file, by=office["wang"]), by=office["wang"])
    told = [(one.text, one.person is None) for one in wordings(office.desk, story.id, first)]
    assert [words for words, _ in told] == ["Paragraph 0, one.", "Guest wrote.", "Guest wrote, Wang too."]
    assert verify(office.desk).problems == ()


def test_a_fact_that_came_back_makes_a_sign_off_stale(office: Office) -> None:
    story = office.story()
    office.through(story, ["li:submit", "wang:claim", "wang:sign"])
    base = office.open(story).story.content
    file = document(office, story)
    file = replace(file, stories=(replace(file.stories[0], content=replace(base, dateline="Tianjin")),))
    plan = plan_home(office.desk, file, by=office["wang"])
    assert [signed.step for signed in plan.stories[0].effect.lost] == ["revision"]
    bring_home(office.desk, plan, by=office["wang"])
    assert office.open(story).story.content.dateline == "Tianjin"
    assert list(office.open(story).situation.standing.valid) == ["draft"]
    assert verify(office.desk).problems == ()


def test_two_parts_of_one_name_are_refused_and_the_story_named(office: Office) -> None:
    story = office.story()
    base = office.open(story).story.content
    file = document(office, story)
    twice = replace(base, blocks=(*base.blocks, base.blocks[-1]))
    with pytest.raises(InputRefusedError) as refused:
        plan_home(office.desk, replace(file, stories=(replace(file.stories[0], content=twice),)), by=office["wang"])
    assert refused.value.subject == story.slug
