"""Whose words are whose in an archive: over versions, cuts of segments, captions and acts that are no typing."""

from dataclasses import replace

from office import Office

from desktop_app.desk.accepting import accept_changes
from desktop_app.desk.comparing import compared
from desktop_app.desk.editing import edit_story
from desktop_app.desk.replacing import Pick, replace_in_archive, undo_replacement
from desktop_app.desk.restoring import restore_version
from desktop_app.desk.source_changes import take_in
from desktop_app.desk.wordings import wordings
from desktop_app.domain.changes import Regrouped
from desktop_app.domain.edits import Edit, ReplaceSegments, SetPlacement, join_segments, set_target, split_segment
from desktop_app.domain.story import Bilingual, Languages, Story
from desktop_app.language.source_update import NewSource


def told(office: Office, story: Story, old: str = "1.0", new: str = "") -> list[tuple[str, ...]]:
    """The keys of the people of every change of a text."""
    seen = compared(office.desk, story.id, old, new)
    keys = {person.id: key for key, person in office.people.items()}
    cuts = {key for change in seen.comparison.changes if isinstance(change, Regrouped) for key in change.keys}
    return [
        tuple(keys.get(author.person or "", "") for author in made.authors)
        for key, made in seen.authors.items()
        if key not in cuts
    ]


def edit(office: Office, story: Story, *edits: Edit, by: str) -> None:
    edit_story(office.desk, story.id, list(edits), by=office[by])


def test_words_of_a_split_segment_stay_with_who_wrote_them(office: Office) -> None:
    story = office.story()
    office.write(story, "Paragraph 0, once.", by="zhao")
    block = office.open(story).story.content.blocks[1]
    pair = split_segment(block.segments[0], "new", 3, 12, Languages())
    edit(office, story, ReplaceSegments(block.id, (*pair, *block.segments[1:])), by="li")
    assert told(office, story) == [("zhao",)]
    first, second, *_ = office.open(story).story.content.blocks[1].segments
    edit(office, story, set_target(second, "once only."), by="wang")
    assert {person for people in told(office, story) for person in people} == {"zhao", "wang"}
    assert first.target == "Paragraph 0,"


def test_a_changed_source_is_by_whoever_took_it_in(office: Office) -> None:
    story = office.story()
    office.act(story, "submit", "li")
    segment = office.segments(story)[1]
    take_in(office.desk, story.id, NewSource(texts={segment.id: "另一句话。"}), by=office["zhao"])
    assert {person for people in told(office, story) for person in people} == {"zhao"}


def test_words_of_joined_segments_stay_with_who_wrote_them(office: Office) -> None:
    story = office.story()
    office.write(story, "Paragraph 0, first.", by="zhao", at=1)
    office.write(story, "Paragraph 0, second.", by="wang", at=2)
    block = office.open(story).story.content.blocks[1]
    joined = join_segments(*block.segments[:2], Languages())
    edit(office, story, ReplaceSegments(block.id, (joined, *block.segments[2:])), by="li")
    assert told(office, story) == [("zhao",), ("wang",)]


def test_between_two_old_versions_the_later_words_do_not_count(office: Office) -> None:
    story = office.story()
    office.write(story, "Paragraph 0, AAA.", by="li")
    office.through(story, ["li:submit", "wang:claim"])
    office.write(story, "Paragraph 0, BBB.", by="wang")
    office.through(story, ["wang:sign"])
    versions = [str(version.number) for version in compared(office.desk, story.id, "1.0").versions]
    assert told(office, story, "1.0", versions[1]) == [("li",)]
    assert told(office, story, versions[1], versions[2]) == [("wang",)]
    assert told(office, story, "1.0", versions[2]) == [("wang", "li")]


def test_the_text_that_restoring_replaced_is_compared_rightly(office: Office) -> None:
    story = office.story()
    office.write(story, "Paragraph 0, AAA.", by="zhao")
    done = restore_version(office.desk, story.id, "1.0", by=office["li"])
    assert told(office, story, "1.0", str(done.before)) == [("zhao",)]
    assert told(office, story, str(done.before), str(done.version)) == [("li",)]
    assert told(office, story, str(done.before)) == [("li",)]
    assert told(office, story, "1.0") == []
    office.write(story, "Somewhere else.", by="sun", at=2)
    assert told(office, story, str(done.before))[0] == ("li",), "the last who edited the story did not write here"


def test_a_caption_is_credited_as_a_text_is(office: Office) -> None:
    story = office.story()
    place = office.open(story).story.content.blocks[-1]
    assert place.placement is not None
    for by, words in (("wang", "Students near the gate"), ("zhao", "Students near the west gate")):
        english = Bilingual(place.placement.caption.zh, words)
        edit(office, story, SetPlacement(place.id, replace(place.placement, caption=english)), by=by)
    assert {person for people in told(office, story) for person in people} == {"wang", "zhao"}


def test_what_is_accepted_does_not_move_credit(office: Office) -> None:
    story = office.story()
    office.write(story, "Section nought, one.", by="wang")
    accept_changes(office.desk, story.id, since="1.0", by=office["li"])
    office.write(story, "Section nought, the first.", by="zhao")
    seen = compared(office.desk, story.id, "1.0", person=office["li"])
    assert [made.owner for made in seen.authors.values()] == [office["zhao"].id]
    assert {made.owner for made in seen.accepted_authors.values()} == {office["wang"].id}


def test_acts_that_are_no_typing_have_wordings_of_their_own(office: Office) -> None:
    """Typed, replaced, taken back, replaced again, typed and restored within a minute: all that stood is kept."""
    story = office.story()
    segment = office.segments(story)[1]

    def swap(before: str, after: str) -> None:
        pick = Pick(story.id, segment.id, "target", before, after)
        assert replace_in_archive(office.desk, [pick], by=office["li"]).replaced

    office.write(story, "Typ")
    office.write(story, "Typed.")
    swap("Typed.", "Replaced.")
    undo_replacement(office.desk, by=office["li"])
    swap("Typed.", "Replaced again.")
    office.write(story, "Typed after")
    office.write(story, "Typed after it.")
    restore_version(office.desk, story.id, "1.0", by=office["li"])
    assert [one.text for one in wordings(office.desk, story.id, segment.id)] == [
        segment.target, "Typed.", "Replaced.", "Typed.", "Replaced again.", "Typed after it.", segment.target,
    ]  # fmt: skip
