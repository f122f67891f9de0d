"""Letting a story out and taking it back: emergencies, corrections beside what is out, embargoes, kills, sources."""

import random
import sys
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import PEOPLE, Office
from sqlalchemy.event import listen, remove

from desktop_app.desk import correcting, editing, embargoes, publishing, source_changes
from desktop_app.desk.desk import open_desk
from desktop_app.desk.duties import waiting_for
from desktop_app.desk.exporting import edition_of, export
from desktop_app.desk.live_versions import released_file
from desktop_app.desk.operations import sentence_of
from desktop_app.desk.source_changes import Pending
from desktop_app.desk.stories import list_stories, open_story, open_version, story_history, story_row
from desktop_app.desk.verification import verify
from desktop_app.domain.digest import content_digest
from desktop_app.domain.edits import ReplaceSegments, join_segments, recut_segments, split_segment
from desktop_app.domain.publication import Judgement
from desktop_app.domain.story import BlockKind, SegmentStatus, Story, StoryState, block_text
from desktop_app.foundation.errors import InputRefusedError, NotAllowedError, WrongUsageError
from desktop_app.foundation.zones import moment_in, told
from desktop_app.language.source_update import Fate, NewSource, SourceBlock

SUBMITTED = ["li:submit"]
APPROVED = ["li:submit", "wang:claim", "wang:edit", "wang:sign", "zhao:sign"]
RELEASED = [*APPROVED, "zhao:release"]
UNTIL = moment_in("2024-12-01 08:00", "Asia/Shanghai")
FAR = moment_in("2025-06-01 08:00", "Asia/Shanghai")
EARLIER = moment_in("2024-06-01 08:00", "Asia/Shanghai")


def made(office: Office, steps: list[str]) -> Story:
    story = office.story()
    office.through(story, steps)
    return story


def state(office: Office, story: Story) -> str:
    return office.open(story).story.state.value


def credit_lines(office: Office, story: Story) -> list[tuple[str, tuple[str, ...]]]:
    return [(credit.label, credit.names) for credit in office.open(story).credits]


def operations(office: Office, story: Story) -> list[str]:
    return [event.operation for event in story_history(office.desk, story.id)[1]]


# Release


def test_a_release_says_which_version_and_digest_went_out(office: Office) -> None:
    story = made(office, RELEASED)
    file = office.open(story)
    event = story_history(office.desk, story.id)[1][-1]
    assert (event.data["version"], event.data["digest"]) == (str(file.story.version), file.digest)
    assert file.publication.released == file.story.version


# Emergencies


def test_an_emergency_release_says_pending_until_another_person_approves_it(office: Office) -> None:
    story = made(office, SUBMITTED)
    publishing.release_early(office.desk, story.id, by=office["chen"], note="The mayor speaks at nine.")
    file = office.open(story)
    assert (file.story.state, file.publication.released) == (StoryState.RELEASED, file.story.version)
    assert credit_lines(office, story) == [("Draft", ("LI Wei",)), ("Revision", ("pending",))]
    assert [c.names for c in file.credits_zh] == [("李蔚",), ("待补",)]
    assert [c.names for c in list_stories(office.desk)[0].credits] == [("LI Wei",), ("pending",)]
    nitf = edition_of(office.desk, story.id)
    assert nitf.pending
    assert not nitf.draft
    ((listed, early),) = publishing.emergencies(office.desk)
    assert (listed.id, early.digest, early.reason) == (story.id, file.digest, "The mayor speaks at nine.")
    assert publishing.waiting_for_a_word(office.desk).emergencies == ((listed, early),)
    for person, why in (("chen", "released it"), ("li", "only a reviser"), ("sun", "only a reviser")):
        with pytest.raises(NotAllowedError, match=why):
            publishing.approve_later(office.desk, story.id, by=office[person])
    assert publishing.approve_later(office.desk, story.id, by=office["zhao"], note="Read it all.").memory
    assert credit_lines(office, story) == [("Draft", ("LI Wei",)), ("Revision", ("ZHAO Qi",))]
    assert publishing.emergencies(office.desk) == []
    assert len(publishing.emergencies(office.desk, waiting=False)) == 1
    with pytest.raises(NotAllowedError, match="no emergency"):
        publishing.approve_later(office.desk, story.id, by=office["zhao"])


def test_an_emergency_keeps_what_was_signed_before_a_reviser_changed_the_text(office: Office) -> None:
    story = made(office, [*SUBMITTED, "wang:claim", "wang:edit"])
    publishing.release_early(office.desk, story.id, by=office["zhao"], note="It must go out.")
    assert credit_lines(office, story) == [("Draft", ("LI Wei",)), ("Revision", ("pending",))]
    for person in ("zhao", "wang"):  # who released it, and who wrote in it
        with pytest.raises(NotAllowedError):
            publishing.approve_later(office.desk, story.id, by=office[person])
    publishing.approve_later(office.desk, story.id, by=office["chen"])


def test_an_emergency_that_lacks_the_approval_alone_says_so(office: Office) -> None:
    story = made(office, APPROVED[:4])
    publishing.release_early(office.desk, story.id, by=office["zhao"], note="Now.")
    assert credit_lines(office, story)[1:] == [("Revision", ("WANG Min",)), ("Approval", ("pending",))]
    assert edition_of(office.desk, story.id).pending
    publishing.approve_later(office.desk, story.id, by=office["chen"])
    assert credit_lines(office, story)[1:] == [("Revision", ("WANG Min",))]


def test_of_three_missing_reviews_one_person_gives_one(office: Office) -> None:
    story = office.story(policy="three-reviews")
    office.act(story, "submit", "li")
    publishing.release_early(office.desk, story.id, by=office["wang"], note="Now.")
    assert [names for _, names in credit_lines(office, story)] == [("LI Wei",), *[("pending",)] * 3]
    publishing.approve_later(office.desk, story.id, by=office["zhao"])
    assert credit_lines(office, story) == [("Draft", ("LI Wei",)), ("Final review", ("ZHAO Qi",))]


@pytest.mark.parametrize(
    ("done", "releases", "approves"),
    [
        (["wang:claim", "wang:edit", "wang:unclaim", "chen:claim", "chen:edit"], "chen", "zhao"),
        (["wang:claim", "wang:sign"], "zhao", "chen"),
    ],
)
def test_whoever_wrote_in_it_or_reviewed_it_is_no_second_pair_of_eyes(
    office: Office, story: Story, done: list[str], releases: str, approves: str
) -> None:
    office.through(story, ["li:submit", *done])
    publishing.release_early(office.desk, story.id, by=office[releases], note="Now.")
    with pytest.raises(NotAllowedError, match="somebody who wrote or reviewed this text cannot approve it"):
        publishing.approve_later(office.desk, story.id, by=office["wang"])
    publishing.approve_later(office.desk, story.id, by=office[approves])
    assert office.open(story).publication.unapproved == ()


def test_a_change_of_the_source_is_shown_before_it_is_judged(office: Office, story: Story) -> None:
    office.through(story, ["li:submit", "wang:claim", "wang:sign", "zhao:sign", "zhao:release"])
    block = next(block for block in story.content.blocks if block.kind is BlockKind.PARAGRAPH)
    was, now = block_text(block, story.languages).zh, "只有这一段是新的。"
    part = source_changes.source_of_part(block.segments[0].id, now)
    source_changes.take_in(office.desk, story.id, part, by=office["zhao"])
    assert source_changes.pending(office.open(story)) == [Pending(block.segments[0].source, now)]
    old = [block_text(one, story.languages).zh for one in story.content.blocks if one.segments]
    whole = NewSource(tuple(SourceBlock(BlockKind.PARAGRAPH, now if text == was else text) for text in old))
    source_changes.take_in(office.desk, story.id, whole, by=office["zhao"])
    assert Pending(was, now) in source_changes.pending(office.open(story))


def test_a_killed_story_waits_for_no_approval(office: Office, story: Story) -> None:
    office.through(story, ["li:submit"])
    publishing.release_early(office.desk, story.id, by=office["zhao"], note="Now.")
    for person in ("zhao", "chen"):
        publishing.kill(office.desk, story.id, by=office[person], note="All of it was wrong.")
    assert waiting_for(office.desk, office["wang"]) == []
    file = office.open(story)
    assert (file.stale, file.publication.kill_reason) == (False, "All of it was wrong.")
    with pytest.raises(NotAllowedError, match="Killed"):
        publishing.approve_later(office.desk, story.id, by=office["wang"])


@pytest.mark.parametrize(
    ("steps", "person", "note", "why"),
    [
        ([], "zhao", "Now.", "the draft is not signed"),
        (SUBMITTED, "li", "Now.", "only a reviser"),
        (SUBMITTED, "zhao", " ", "needs a reason"),
        (APPROVED, "zhao", "Now.", "in the ordinary way"),
        (RELEASED, "zhao", "Now.", "Released"),
    ],
)
def test_when_there_is_no_emergency_release(office: Office, steps: list[str], person: str, note: str, why: str) -> None:
    story = made(office, steps)
    with pytest.raises(NotAllowedError, match=why):
        publishing.release_early(office.desk, story.id, by=office[person], note=note)


def test_the_words_that_were_shown_are_those_that_go_out_or_are_approved(office: Office) -> None:
    story = made(office, SUBMITTED)
    with pytest.raises(NotAllowedError, match="changed since"):
        publishing.release_early(office.desk, story.id, by=office["zhao"], note="Now.", seen="0" * 64)
    publishing.release_early(office.desk, story.id, by=office["zhao"], note="Now.", seen=office.open(story).digest)
    with pytest.raises(NotAllowedError, match="no emergency"):
        publishing.approve_later(office.desk, story.id, by=office["chen"], seen="0" * 64)


def test_a_correction_after_an_emergency_goes_its_way_and_the_emergency_stays_listed(office: Office) -> None:
    story = made(office, SUBMITTED)
    publishing.release_early(office.desk, story.id, by=office["zhao"], note="Now.")
    office.through(story, ["zhao:correct", "li:edit", "li:submit"])
    assert credit_lines(office, story) == [("Draft", ("LI Wei",))], "the correction has its own credits"
    assert edition_of(office.desk, story.id).pending, "what is out is still what went out"
    office.through(story, ["wang:claim", "wang:sign", "chen:sign", "chen:release"])
    assert credit_lines(office, story) == [("Draft", ("LI Wei",)), ("Revision", ("WANG Min",))]
    assert len(publishing.emergencies(office.desk)) == 1
    publishing.approve_later(office.desk, story.id, by=office["chen"])
    assert credit_lines(office, story) == [("Draft", ("LI Wei",)), ("Revision", ("WANG Min",))]


# Corrections


def test_what_is_out_is_exported_while_its_correction_is_drafted(office: Office, tmp_path: Path) -> None:
    story = made(office, RELEASED)
    before = edition_of(office.desk, story.id)
    first = export(office.desk, [story.id], "nitf", tmp_path / "a.xml")[0].sha256
    office.through(story, ["zhao:correct", "li:edit"])
    live, file = edition_of(office.desk, story.id), office.open(story)
    assert (live.digest, live.story.version, live.draft, live.signed) == (
        before.digest, before.story.version, False, before.signed,
    )  # fmt: skip
    assert live.digest != file.digest
    assert export(office.desk, [story.id], "nitf", tmp_path / "b.xml")[0].sha256 == first, "the same bytes"
    draft = edition_of(office.desk, story.id, draft=True)
    assert (draft.digest, draft.draft) == (file.digest, True)
    assert file.publication.released == file.publication.correcting == live.story.version
    listed = list_stories(office.desk)[0].summary
    assert (str(listed.released), str(listed.correcting), listed.state) == ("1.1", "1.1", StoryState.DRAFTING)
    office.through(story, ["li:submit", "wang:claim", "wang:sign", "zhao:sign", "zhao:release"])
    assert edition_of(office.desk, story.id).digest == file.digest
    assert office.open(story).publication.correcting is None


def test_the_live_version_has_its_own_pictures(office: Office) -> None:
    story = made(office, RELEASED)
    with office.desk.archive.read() as session:
        file = released_file(session, story_row(session, story.id))
    assert file is not None
    assert file.situation.standing.next_step is None


@pytest.mark.parametrize("more", [["li:edit"], ["li:edit", "li:submit", "wang:claim", "wang:edit"],
                                  ["li:edit", "li:submit", "wang:sign", "zhao:sign"], []])  # fmt: skip
@pytest.mark.parametrize("down", [False, True])
def test_a_correction_that_is_given_up_leaves_what_was_out(office: Office, more: list[str], down: bool) -> None:
    story = made(office, RELEASED)
    before = office.open(story)
    office.through(story, ["zhao:correct", *more, *(["zhao:unpublish"] if down else [])])
    drafted = office.open(story)
    correcting.give_up(office.desk, story.id, by=office["zhao"], note="It was right after all.")
    after = office.open(story)
    assert (after.digest, after.story.version, after.credits) == (before.digest, before.story.version, before.credits)
    assert after.situation.standing == before.situation.standing
    assert after.story.state is (StoryState.UNPUBLISHED if down else StoryState.RELEASED)
    assert not after.stale
    versions = {v.digest for v in story_history(office.desk, story.id)[0]}
    assert drafted.digest in versions, "the draft is kept"
    assert not list_stories(office.desk)[0].stale
    # and another correction goes its whole way
    office.through(story, ["zhao:correct", "li:edit", "li:submit", "wang:sign", "zhao:sign", "zhao:release"])
    numbers = [v.number for v in story_history(office.desk, story.id)[0]]
    assert office.open(story).story.version == numbers[-1] == max(numbers)
    assert not verify(office.desk).problems


def test_a_correction_signed_before_it_was_given_up_carries_nothing_over(office: Office) -> None:
    story = made(office, [*RELEASED, "zhao:correct", "li:edit", "li:submit", "wang:sign"])
    words = [s.target for s in office.segments(story)]
    correcting.give_up(office.desk, story.id, by=office["zhao"], note="No.")
    office.act(story, "correct", "zhao")
    office.write(story, words[1])
    office.act(story, "submit", "li")
    assert set(office.open(story).situation.standing.valid) == {"draft"}


def test_one_correction_at_a_time_and_only_of_what_went_out(office: Office) -> None:
    story = made(office, RELEASED)
    with pytest.raises(NotAllowedError, match="no correction"):
        correcting.give_up(office.desk, story.id, by=office["zhao"], note="What?")
    office.act(story, "correct", "zhao")
    with pytest.raises(NotAllowedError, match="already"):
        office.act(story, "correct", "zhao")
    with pytest.raises(NotAllowedError, match="only the drafter"):
        correcting.give_up(office.desk, story.id, by=office["sun"], note="No.")
    with pytest.raises(NotAllowedError, match="says why"):
        correcting.give_up(office.desk, story.id, by=office["li"], note="")


# Taking down


def test_what_was_taken_down_comes_back_in_the_same_words_without_a_step(office: Office) -> None:
    story = made(office, [*RELEASED, "zhao:unpublish"])
    before = office.open(story)
    publishing.republish(office.desk, story.id, by=office["wang"])
    after = office.open(story)
    assert (after.story.state, after.digest, after.publication.released) == (
        StoryState.RELEASED, before.digest, before.story.version,
    )  # fmt: skip
    office.through(story, ["zhao:unpublish", "zhao:correct", "li:edit"])
    with pytest.raises(NotAllowedError):
        publishing.republish(office.desk, story.id, by=office["zhao"])


def test_an_emergency_that_was_taken_down_comes_back_pending(office: Office) -> None:
    story = made(office, SUBMITTED)
    publishing.release_early(office.desk, story.id, by=office["zhao"], note="Now.")
    office.act(story, "unpublish", "zhao")
    publishing.republish(office.desk, story.id, by=office["zhao"])
    assert credit_lines(office, story)[-1] == ("Revision", ("pending",))


# Kill


def test_a_kill_tells_what_went_out_and_clears_the_embargo(office: Office, tmp_path: Path) -> None:
    other, story = made(office, APPROVED), made(office, APPROVED)
    export(office.desk, [other.id, story.id], "nitf", tmp_path, by=office["sun"])
    export(office.desk, [story.id], "nitf", tmp_path / "named.xml", by=office["zhao"])
    export(office.desk, [story.id], "pdf", tmp_path / "draft.pdf", draft=True)
    embargoes.set_embargo(office.desk, story.id, FAR, "Asia/Shanghai", by=office["zhao"], reason="Asked for.")
    office.act(story, "kill", "zhao")
    (wish,) = publishing.waiting_for_a_word(office.desk).kills
    assert (wish.story.id, wish.person, wish.note) == (story.id, office["zhao"].id, "It must not be seen again.")
    with pytest.raises(NotAllowedError, match="asked to kill"):
        office.act(story, "release", "zhao")
    office.act(story, "kill", "chen")
    file = office.open(story)
    assert (file.story.state, file.publication.released) == (StoryState.KILLED, None)
    assert not file.publication.embargo.holds("2024-01-29")
    assert [(one.person, one.files, one.version) for one in publishing.sent_out(office.desk, story.id)] == [
        ("SUN Yue", (f"{story.slug}.nitf.xml",), "1.1"), ("ZHAO Qi", ("named.xml",), "1.1"),
    ]  # fmt: skip
    for draft in (False, True):
        with pytest.raises(NotAllowedError, match="killed"):
            edition_of(office.desk, story.id, draft=draft)
    assert publishing.waiting_for_a_word(office.desk).kills == ()


def test_the_wish_to_kill_can_be_taken_back(office: Office) -> None:
    story = made(office, APPROVED)
    with pytest.raises(NotAllowedError, match="nobody has asked"):
        publishing.spare(office.desk, story.id, by=office["zhao"])
    office.act(story, "kill", "zhao")
    publishing.spare(office.desk, story.id, by=office["wang"], note="No reason for that.")
    office.through(story, ["zhao:release"])


# Embargo


def test_the_wish_to_kill_is_found_without_reading_the_story_s_whole_history(office: Office) -> None:
    story = made(office, APPROVED)
    for person, note in (("zhao", "First."), ("wang", "Second.")):
        publishing.kill(office.desk, story.id, by=office[person], note=note)
        if person == "zhao":
            publishing.spare(office.desk, story.id, by=office["zhao"])
    with office.desk.archive.read() as session:
        said: list[str] = []
        engine = session.get_bind()

        def told(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            said.append(statement)

        listen(engine, "before_cursor_execute", told)
        try:
            (wish,) = publishing.waiting_in(session).kills
        finally:
            remove(engine, "before_cursor_execute", told)
    assert (wish.person, wish.note) == (office["wang"].id, "Second.")
    asked = [one for one in said if "FROM events" in one]
    assert len(asked) == 1
    assert "LIMIT" in asked[0]


def test_an_embargo_holds_a_release_back_and_nothing_else(office: Office) -> None:
    story = office.story()
    embargoes.set_embargo(office.desk, story.id, UNTIL, "Asia/Shanghai", by=office["li"], reason="The journal asks.")
    office.through(story, APPROVED)
    with pytest.raises(NotAllowedError, match="under embargo"):
        office.act(story, "release", "zhao")
    edition = edition_of(office.desk, story.id)
    assert edition.embargo == (UNTIL, "Asia/Shanghai")
    with closing(open_desk(office.desk.folder, now=lambda: datetime(2024, 12, 1, 0, 0, 1, tzinfo=UTC))) as later:
        assert edition_of(later, story.id).embargo is None
        publishing.release(later, story.id, by=office["zhao"])
        correcting.correct(later, story.id, by=office["zhao"], note="A name was wrong.")
        with pytest.raises(NotAllowedError, match="is released"):
            embargoes.set_embargo(later, story.id, FAR, "UTC", by=office["zhao"], reason="Too late.")


def test_an_embargo_is_put_off_by_one_person_and_shortened_by_two(office: Office) -> None:
    story = made(office, APPROVED)

    def until() -> str | None:
        return office.open(story).publication.embargo.until

    embargoes.set_embargo(office.desk, story.id, UNTIL, "Asia/Shanghai", by=office["zhao"], reason="Asked for.")
    embargoes.set_embargo(office.desk, story.id, FAR, "UTC", by=office["zhao"], reason="Longer.")
    assert until() == FAR
    embargoes.set_embargo(office.desk, story.id, EARLIER, "Europe/London", by=office["zhao"], reason="Sooner.")
    assert until() == FAR, "it waits for a second person"
    ((listed, embargo),) = publishing.waiting_for_a_word(office.desk).embargoes
    assert (listed.id, embargo.wish.until) == (story.id, EARLIER)
    with pytest.raises(NotAllowedError, match="second person"):
        embargoes.answer(office.desk, story.id, confirm=True, by=office["zhao"])
    embargoes.answer(office.desk, story.id, confirm=False, by=office["zhao"], note="I was wrong.")
    assert until() == FAR
    with pytest.raises(NotAllowedError, match="nobody has asked"):
        embargoes.answer(office.desk, story.id, confirm=True, by=office["wang"])
    embargoes.set_embargo(office.desk, story.id, EARLIER, "Europe/London", by=office["zhao"], reason="Sooner.")
    embargoes.answer(office.desk, story.id, confirm=True, by=office["wang"])
    assert (until(), office.open(story).publication.embargo.zone) == (EARLIER, "Europe/London")
    embargoes.lift(office.desk, story.id, by=office["wang"], reason="It is out elsewhere.")
    embargoes.answer(office.desk, story.id, confirm=True, by=office["chen"])
    assert until() is None
    office.act(story, "release", "zhao")
    assert operations(office, story)[-8:-1] == [
        "embargo set", "embargo change asked for", "embargo change refused", "embargo change asked for",
        "embargo changed", "embargo lifting asked for", "embargo lifted",
    ]  # fmt: skip


def test_what_no_embargo_can_be(office: Office) -> None:
    story = made(office, APPROVED)
    past = moment_in("2020-01-01 08:00", "UTC")
    with pytest.raises(WrongUsageError, match="has passed"):
        embargoes.set_embargo(office.desk, story.id, past, "UTC", by=office["zhao"], reason="Why?")
    with pytest.raises(WrongUsageError, match="not under embargo"):
        embargoes.lift(office.desk, story.id, by=office["zhao"], reason="Why?")
    with pytest.raises(NotAllowedError, match="with a reason"):
        embargoes.set_embargo(office.desk, story.id, UNTIL, "UTC", by=office["zhao"], reason="")
    with pytest.raises(NotAllowedError, match="only the drafter"):
        embargoes.set_embargo(office.desk, story.id, UNTIL, "UTC", by=office["sun"], reason="Why?")


def test_no_file_is_named_after_a_headline_under_embargo(office: Office, tmp_path: Path) -> None:
    story = made(office, APPROVED)
    embargoes.set_embargo(office.desk, story.id, UNTIL, "UTC", by=office["zhao"], reason="Asked for.")
    (file,) = export(office.desk, [story.id], "nitf", tmp_path)
    assert file.path.name == f"embargoed-{story.id[-8:]}.nitf.xml"


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        ("2026-12-01 08:00", "Asia/Shanghai", "2026-12-01T00:00:00.000000Z"),
        ("2026-12-01T08:00:30", "UTC", "2026-12-01T08:00:30.000000Z"),
        ("2026-10-25 01:30", "Europe/London", "2026-10-25T01:30:00.000000Z"),  # twice that night: the later one
    ],
)
def test_a_moment_in_its_zone(text: str, zone: str, utc: str) -> None:
    assert moment_in(text, zone) == utc
    assert told(utc, zone).startswith(text[:10])


@pytest.mark.parametrize(
    ("text", "zone"),
    [("2026-03-29 01:30", "Europe/London"), ("tomorrow", "UTC"), ("2026-12-01 08:00", "Mars/Olympus"),
     ("2026-12-01 08:00", "../etc/passwd"), ("9999-12-31 23:00", "America/New_York"), ("2026-12-01 08:00", "Asia")],
)  # fmt: skip
def test_what_is_no_moment(text: str, zone: str) -> None:
    with pytest.raises(WrongUsageError):
        moment_in(text, zone)


# The source changes


def changed(office: Office, story: Story, by: str = "zhao", text: str = "第0段第一句，改了。") -> source_changes.Taken:
    segment = office.segments(story)[1]
    return source_changes.take_in(office.desk, story.id, source_changes.source_of_part(segment.id, text), by=office[by])


def test_a_source_that_changes_while_it_is_drafted_is_simply_taken_up(office: Office) -> None:
    story = office.story()
    taken = changed(office, story, by="li")
    file = office.open(story)
    assert (str(file.story.version), file.story.state, file.publication.changes) == ("2.0", StoryState.DRAFTING, ())
    segment = office.segments(story)[1]
    assert (segment.source, segment.target, segment.status) == (
        "第0段第一句，改了。", "Paragraph 0, one.", SegmentStatus.DRAFT,
    )  # fmt: skip
    assert not taken.plan.reopens
    assert open_version(office.desk, story.id, "1.0").source_digest != file.story.content.source_digest
    assert not changed(office, story, by="li").changes.stories, "the same again changes nothing"
    office.through(story, APPROVED)


@pytest.mark.parametrize("steps", [SUBMITTED, APPROVED[:3], APPROVED[:4], APPROVED])
def test_signing_waits_until_a_reviser_says_what_a_changed_source_means(office: Office, steps: list[str]) -> None:
    story = made(office, steps)
    changed(office, story)
    file = office.open(story)
    assert file.story.state is StoryState.IN_REVISION
    assert set(file.situation.standing.valid) == {"draft"}, "what the review begins from still counts"
    assert file.situation.open_step().name == "revision"
    with pytest.raises(NotAllowedError, match="Chinese source has changed"):
        office.act(story, "sign", "wang")
    assert [one.id for one, _ in publishing.waiting_for_a_word(office.desk).changes] == [story.id]
    for person, note, why in (("li", "No.", "only a reviser"), ("wang", "", "says why")):
        with pytest.raises(NotAllowedError, match=why):
            source_changes.judge(office.desk, story.id, Judgement.NO_EFFECT, by=office[person], note=note)
    source_changes.judge(office.desk, story.id, Judgement.NO_EFFECT, by=office["wang"], note="A comma.")
    office.through(story, ["wang:sign", "zhao:sign", "zhao:release"])
    assert str(office.open(story).story.version) == "2.0"
    assert not verify(office.desk).problems


def test_what_is_in_the_text_already_is_shown_before_it_is_judged(office: Office) -> None:
    """Twice changed, it is told against the Chinese that was drafted from; what is released early keeps it waiting."""
    story = made(office, SUBMITTED)
    changed(office, story)
    changed(office, story, text="第0段第一句，又改了。")
    file = office.open(story)
    assert source_changes.pending(file) == [], "nothing waits beside the text"
    assert source_changes.to_judge(office.desk, file) == [Pending("第0段第一句。", "第0段第一句，又改了。")]
    source_changes.judge(office.desk, story.id, Judgement.NO_EFFECT, by=office["wang"], note="A comma.")
    assert source_changes.to_judge(office.desk, office.open(story)) == []


def test_what_waits_beside_a_text_that_is_out_is_shown_as_before(office: Office) -> None:
    story = made(office, RELEASED)
    changed(office, story)
    file = office.open(story)
    assert source_changes.to_judge(office.desk, file) == source_changes.pending(file) != []


def test_a_story_is_reopened_for_its_changed_source(office: Office) -> None:
    story = made(office, APPROVED)
    changed(office, story)
    source_changes.judge(office.desk, story.id, Judgement.REOPEN, by=office["wang"], note="Another date.")
    file = office.open(story)
    assert (file.story.state, file.situation.standing.valid) == (StoryState.DRAFTING, {})
    office.through(story, ["li:edit", *APPROVED])


def test_what_is_out_never_feels_a_changed_source(office: Office) -> None:
    story = made(office, RELEASED)
    before = office.open(story)
    taken = changed(office, story)
    assert (taken.plan.later, taken.plan.update.count(Fate.CHANGED)) == (True, 1)
    after = office.open(story)
    assert (after.digest, after.story.version, after.story.state) == (
        before.digest, before.story.version, StoryState.RELEASED,
    )  # fmt: skip
    assert after.situation.standing == before.situation.standing
    ((_, change),) = publishing.waiting_for_a_word(office.desk).changes
    assert change.released == str(before.story.version)
    with pytest.raises(WrongUsageError):
        source_changes.plan(office.desk, story.id, source_changes.source_of_part("nowhere", "。"))
    changed(office, story, text="第0段第一句，又改了。")
    source_changes.judge(office.desk, story.id, Judgement.REOPEN, by=office["wang"], note="Another date.")
    file = office.open(story)
    assert (file.story.state, str(file.story.version)) == (StoryState.DRAFTING, "2.0")
    assert office.segments(story)[1].source == "第0段第一句，又改了。"
    assert edition_of(office.desk, story.id).digest == before.digest
    correcting.give_up(office.desk, story.id, by=office["wang"], note="No.")
    assert content_digest(office.open(story).story.content) == before.digest
    office.through(story, ["zhao:correct", "li:edit", "li:submit", "wang:sign", "zhao:sign", "zhao:release"])
    assert office.open(story).story.version.major == 2


def test_a_change_without_effect_leaves_what_is_out(office: Office) -> None:
    story = made(office, RELEASED)
    before = office.open(story).digest
    changed(office, story)
    source_changes.judge(office.desk, story.id, Judgement.NO_EFFECT, by=office["wang"], note="A comma.")
    assert office.open(story).digest == before
    assert publishing.waiting_for_a_word(office.desk).changes == ()


def corrected(office: Office, story: Story, how: str) -> None:
    """Cut the first paragraph anew in a correction; its Chinese stays to the letter, as it always does."""
    block = office.open(story).story.content.blocks[1]
    first, second = block.segments
    languages = office.open(story).story.languages
    again = {
        "joined": (join_segments(first, second, languages),),
        "split": (*split_segment(first, office.desk.new_id(), 3, 4, languages), second),
        "moved": recut_segments(first, second, "source", 3, languages),
        "split and joined": (
            (parts := split_segment(second, office.desk.new_id(), 3, 4, languages))
            and (join_segments(first, parts[0], languages), parts[1])
        ),
    }[how]
    editing.edit_story(office.desk, story.id, [ReplaceSegments(block.id, again)], by=office["li"])


@pytest.mark.parametrize("how", ["joined", "split", "moved", "split and joined"])
@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize("judgement", [Judgement.REOPEN, Judgement.NO_EFFECT])
def test_a_changed_source_is_judged_whatever_a_correction_did_to_its_segments(
    office: Office, how: str, at: int, judgement: Judgement
) -> None:
    story = made(office, RELEASED)
    block = office.open(story).story.content.blocks[1]
    segment, new = office.segments(story)[at], "这一句改了。"
    source_changes.take_in(
        office.desk, story.id, source_changes.source_of_part(segment.id, new), by=office["zhao"]
    )  # fmt: skip
    correcting.correct(office.desk, story.id, by=office["zhao"], note="The number is wrong.")
    corrected(office, story, how)
    assert source_changes.pending(office.open(story)) == [Pending(segment.source, new)]
    english = [one.target for one in office.segments(story)]
    source_changes.judge(office.desk, story.id, judgement, by=office["wang"], note="Looked at.")
    content = office.open(story).story.content
    was = block_text(block, office.open(story).story.languages).zh
    wanted = was.replace(segment.source, new) if judgement is Judgement.REOPEN else was
    assert block_text(content.blocks[1], office.open(story).story.languages).zh == wanted
    assert "".join("".join(english).split()) == "".join("".join(s.target for s in content.segments()).split())
    assert office.open(story).publication.changes == ()
    office.through(story, ["li:edit", "li:submit", "wang:sign", "zhao:sign", "zhao:release"])
    assert not verify(office.desk).problems


def test_a_changed_sentence_that_a_correction_left_no_place_for_is_told(office: Office) -> None:
    story = made(office, RELEASED)
    was, new = office.segments(story)[1].source, "这一句改了。"
    changed(office, story, text=new)
    correcting.correct(office.desk, story.id, by=office["zhao"], note="The paragraph is wrong.")
    first = office.open(story).story.content.blocks[1]
    rest = [SourceBlock(one.kind, block_text(one, office.open(story).story.languages).zh)
            for one in office.open(story).story.content.blocks if one.segments and one.id != first.id]  # fmt: skip
    source_changes.take_in(office.desk, story.id, NewSource(tuple(rest)), by=office["li"])
    assert source_changes.pending(office.open(story)) == [Pending(was, new, lost=True)]
    text = office.open(story).story.content
    source_changes.judge(office.desk, story.id, Judgement.REOPEN, by=office["wang"], note="Not there.")
    file = office.open(story)
    assert (file.story.content, file.publication.changes) == (text, ())
    _, events, _ = story_history(office.desk, story.id)
    told = next(one for one in events if one.operation == "source change reopened")
    assert new in str(sentence_of(told, file.policy))


def test_a_new_file_is_put_against_the_story(office: Office, tmp_path: Path) -> None:
    story = office.story()
    lines = ["北京大学迎来新学期", "第0段第一句。新的一句话在这里。第0段第二句。", "第1段第一句。"]
    path = tmp_path / "new.txt"
    path.write_text("\n\n".join(lines), encoding="utf-8")
    source = source_changes.source_of_file(office.desk, path)
    plan = source_changes.plan(office.desk, story.id, source).update
    assert [(one.fate.value, one.now or one.was) for one in plan.lines if one.fate is not Fate.SAME] == [
        ("new", "新的一句话在这里。"), ("gone", "第1段第二句。"),
    ]  # fmt: skip
    source_changes.take_in(office.desk, story.id, source, by=office["li"])
    assert [s.target for s in office.segments(story)] == [
        "Peking University Opens", "Paragraph 0, one.", "", "Paragraph 0, two.", "Paragraph 1, one.",
    ]  # fmt: skip
    assert "Paragraph 1, two." in {s.target for s in open_version(office.desk, story.id, "1.0").segments()}
    path.write_text("Only English\n\nIs in the whole of this file, and nothing else.", encoding="utf-8")
    with pytest.raises(InputRefusedError, match="source language"):
        source_changes.source_of_file(office.desk, path)
    for text in ("", " ", "字" * 20_001):
        with pytest.raises(InputRefusedError):
            source_changes.source_of_part("x", text)
    assert not verify(office.desk).problems


# Whatever people do


ACTS = ["edit", "submit", "claim", "sign", "return", "withdraw", "drop", "restore", "release", "correct", "unpublish",
        "kill", "early", "later", "republish", "give up", "source", "same", "reopen", "embargo", "lift", "confirm",
        "spare"]  # fmt: skip


def act(office: Office, story: Story, name: str, person: str) -> None:
    desk, by, note = office.desk, office[person], "Why not."
    more = {
        "early": lambda: publishing.release_early(desk, story.id, by=by, note=note),
        "later": lambda: publishing.approve_later(desk, story.id, by=by),
        "republish": lambda: publishing.republish(desk, story.id, by=by),
        "give up": lambda: correcting.give_up(desk, story.id, by=by, note=note),
        "source": lambda: changed(office, story, person, f"第一句，{desk.now():%M%S}。"),
        "same": lambda: source_changes.judge(desk, story.id, Judgement.NO_EFFECT, by=by, note=note),
        "reopen": lambda: source_changes.judge(desk, story.id, Judgement.REOPEN, by=by, note=note),
        "embargo": lambda: embargoes.set_embargo(desk, story.id, UNTIL, "UTC", by=by, reason=note),
        "lift": lambda: embargoes.lift(desk, story.id, by=by, reason=note),
        "confirm": lambda: embargoes.answer(desk, story.id, confirm=True, by=by),
        "spare": lambda: publishing.spare(desk, story.id, by=by),
    }
    if name in more:
        more[name]()
    else:
        office.act(story, name, person)


def require_sound(office: Office, story: Story) -> None:
    """What is out is a frozen version, to the letter, with every step signed for it or a recorded emergency."""
    with office.desk.archive.read() as session:
        row = story_row(session, story.id)
        live, released = released_file(session, row), row.released
    file = open_story(office.desk, story.id)
    if file.story.state is StoryState.RELEASED:
        assert released == str(file.story.version)
        assert not file.story.modified
    if live is None:
        return
    assert content_digest(open_version(office.desk, story.id, str(released))) == live.digest
    early = live.publication.emergency
    if early is None:
        assert live.situation.standing.next_step is None, "every step is signed for what is out"
        signed = live.situation.standing.valid
        assert list(signed.values())[-1].digest == live.digest
        people = [one.person for one in signed.values()]
        assert len(set(people)) == len(people), "by as many people"
    else:
        assert early.digest == live.digest
        assert early.approved_by != early.person
        assert any(credit.pending for credit in live.credits) == (early.approved_by is None)
    assert edition_of(office.desk, story.id).digest == live.digest


FORWARD = {
    StoryState.DRAFTING: "submit", StoryState.SUBMITTED: "sign", StoryState.IN_REVISION: "sign",
    StoryState.APPROVED: "release", StoryState.DROPPED: "restore", StoryState.UNPUBLISHED: "republish",
    StoryState.RELEASED: "correct",
}  # fmt: skip


def wander(office: Office, chance: random.Random, most: int = 60) -> Counter[str]:
    """Let people do anything to a new story, and see after each act that it is sound; tell what was seen.

    Half of the acts take the story on; what ends it for good is rare.
    """
    story, seen = office.story(), Counter[str]()
    rare = [one for one in ACTS if one not in {"kill", "drop"}]
    for _ in range(most):
        forward = FORWARD.get(office.open(story).story.state, "edit")
        name = forward if chance.random() < 0.5 else chance.choice(ACTS if chance.random() < 0.1 else rare)
        for person in chance.sample(list(PEOPLE), 3):
            try:
                act(office, story, name, person)
            except (NotAllowedError, WrongUsageError):
                continue
            seen[name] += 1
            require_sound(office, story)
            about = office.open(story).publication
            seen["out"] += about.released is not None
            seen["corrected"] += about.released is not None and about.correcting is not None
            seen["pending"] += about.emergency is not None and about.emergency.approved_by is None
            break
    return seen


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_nothing_is_out_without_sign_offs_or_a_recorded_emergency(office: Office, seed: int) -> None:
    wander(office, random.Random(seed), 40)


@pytest.mark.proof
def test_hundreds_of_stories_that_wandered(office: Office) -> None:
    chance, seen = random.Random(20241129), Counter[str]()
    for _ in range(200):
        seen += wander(office, chance)
    sys.stdout.write(f"{dict(seen)}\n")
    assert min(seen[name] for name in (*ACTS, "out", "corrected", "pending")) > 0, "everything was tried"
    assert not verify(office.desk).problems


def test_the_archive_is_sound_after_all_that(office: Office) -> None:
    chance = random.Random(5)
    for _ in range(2):
        wander(office, chance)
    assert not verify(office.desk).problems
    for one in list_stories(office.desk):
        file = open_story(office.desk, one.summary.id)
        assert one.credits == (*file.credits, *one.credits[len(file.credits) :]), one.summary
