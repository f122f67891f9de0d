"""What others changed since a person last had a story before them, and what a person has done day by day."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import Office
from sqlalchemy import text

from desktop_app.desk import editing
from desktop_app.desk.desk import open_desk
from desktop_app.desk.progress import work_of
from desktop_app.desk.visits import Seen, leave, seen, unseen
from desktop_app.domain.edits import set_status, set_target
from desktop_app.domain.progress import Done, Sitting, by_day, words_written
from desktop_app.domain.story import SegmentStatus, Story
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.ids import stamp
from desktop_app.store.models import StoryRow

_TODAY = date(2024, 1, 29)  # the office's


def _confirm(office: Office, story: Story, at: int, by: str = "li") -> None:
    segment = office.segments(story)[at]
    edit = set_status(segment, SegmentStatus.CONFIRMED)
    editing.edit_story(office.desk, story.id, [edit], by=office[by])


def _events(office: Office) -> int:
    with office.desk.archive.read() as session:
        return session.scalar(text("select count(*) from events"))


# Visits


def test_who_was_never_there_is_shown_nothing_as_changed(office, story) -> None:
    office.write(story, "Written by somebody else.", by="sun")
    assert seen(office.desk, story.id, office["li"]) == Seen()


def test_what_others_changed_since_is_named_with_person_and_moment(office, story) -> None:
    leave(office.desk, story.id, office["li"], at=stamp(office.desk.now()))
    office.write(story, "Mine, written later.", by="li", at=2)
    office.write(story, "Theirs.", by="sun", at=1)
    office.write(story, "Theirs, again.", by="wang", at=1)
    found = seen(office.desk, story.id, office["li"])
    part = office.segments(story)[1].id
    assert set(found.changes) == {part}
    assert found.changes[part].name == "WANG Min"
    assert found.at is not None
    assert found.changes[part].at > found.at


def test_leaving_again_makes_all_of_it_seen(office, story) -> None:
    leave(office.desk, story.id, office["li"], at=stamp(office.desk.now()))
    office.write(story, "Theirs.", by="sun", at=1)
    leave(office.desk, story.id, office["li"], at=stamp(office.desk.now()))
    assert not seen(office.desk, story.id, office["li"]).changes
    assert seen(office.desk, story.id, office["sun"]) == Seen()


def test_an_earlier_moment_never_takes_a_later_one_s_place(office, story) -> None:
    late = stamp(office.desk.now() + timedelta(hours=1))
    leave(office.desk, story.id, office["li"], at=late)
    leave(office.desk, story.id, office["li"], at=stamp(office.desk.now()))
    assert seen(office.desk, story.id, office["li"]).at == late


def test_a_visit_is_no_event_and_the_archive_still_verifies(office, story) -> None:
    before = _events(office)
    leave(office.desk, story.id, office["li"], at=stamp(office.desk.now()))
    assert _events(office) == before
    with office.desk.archive.read() as session:
        assert session.scalar(text("select count(*) from visits")) == 1


def test_what_the_chain_witnesses_cannot_be_written_without_an_event(office, story) -> None:
    with office.desk.archive.write() as unit:
        unit.session.get_one(StoryRow, story.id).slug = "altered"
        unit.leave_no_event()
    assert office.open(story).story.slug == story.slug


def test_a_visit_to_a_story_that_is_gone_is_not_kept(office) -> None:
    leave(office.desk, "no-such-story", office["li"], at=stamp(office.desk.now()))
    with office.desk.archive.read() as session:
        assert session.scalar(text("select count(*) from visits")) == 0


# Progress


def test_today_counts_confirmed_segments_and_new_words_by_story(office) -> None:
    one, two = office.story(), office.story()
    office.write(one, "Paragraph zero, one and more.", at=1)  # was: Paragraph 0, one.
    _confirm(office, one, 1)
    _confirm(office, one, 2)
    _confirm(office, two, 1, by="sun")
    work = work_of(office.desk, office["li"], zone=UTC)
    assert work.today.date == _TODAY
    assert work.today.stories == {one.id: Done(2, 3)}
    assert work.today.done == Done(2, 3)
    assert work.slugs == {one.id: one.slug}
    assert [day.done for day in work.days[:-1]] == [Done()] * 6


def test_confirming_the_same_segment_again_counts_once(office, story) -> None:
    for _ in range(2):
        _confirm(office, story, 1)
        segment = office.segments(story)[1]
        editing.edit_story(office.desk, story.id, [set_target(segment, segment.target + " x")], by=office["li"])
    assert work_of(office.desk, office["li"], zone=UTC).today.done.confirmed == 1


def test_days_begin_at_midnight_where_the_person_works(office, story) -> None:
    office.write(story, "Paragraph zero, one.", at=1)  # at 08:00 and some seconds, UTC
    west = timezone(timedelta(hours=-9))
    work = work_of(office.desk, office["li"], zone=west)
    assert work.today.date == _TODAY - timedelta(days=1)
    assert work.today.done.words == 1


@pytest.mark.parametrize("days", [0, -1, 367])
def test_an_absurd_number_of_days_is_refused(office, days: int) -> None:
    with pytest.raises(WrongUsageError):
        work_of(office.desk, office["li"], days=days)


_WORDS = st.lists(st.sampled_from(["the", "The", "dean", "campus", "2024"]), max_size=8).map(" ".join)


@given(_WORDS, _WORDS)
def test_words_written_are_never_more_than_the_text_has_and_none_where_it_stayed(before: str, now: str) -> None:
    written = words_written(before, now)
    assert 0 <= written <= len(now.split())
    assert written >= len(now.split()) - len(before.split())
    assert words_written(now, now) == 0
    assert words_written("", now) == len(now.split())


@given(
    st.lists(
        st.builds(
            lambda story, part, back, words, done: Sitting(
                story, part, "target", stamp(datetime(2024, 1, 29, 12, tzinfo=UTC) - timedelta(days=back)), words,
                "confirmed" if done else "draft",
            ),
            st.sampled_from("ab"), st.sampled_from("xyz"), st.integers(0, 9), _WORDS, st.booleans(),
        ),
        max_size=20,
    )
)  # fmt: skip
def test_days_have_all_that_was_done_in_them_and_their_stories_add_up(sittings) -> None:
    days = by_day(sittings, _TODAY, 7, lambda at: date.fromisoformat(at[:10]))
    assert [day.date for day in days] == [_TODAY - timedelta(days=back) for back in range(6, -1, -1)]
    for day in days:
        here = [one for one in sittings if one.at[:10] == day.date.isoformat()]
        assert day.done == sum(day.stories.values(), Done())
        assert day.done.words == sum(len(one.text.split()) for one in here)
        assert day.done.confirmed == len({(one.story, one.part) for one in here if one.status == "confirmed"})


def test_an_archive_that_can_only_be_read_keeps_no_visit_and_does_not_mind(office, story) -> None:
    folder = office.desk.folder
    office.desk.close()
    files = [folder, *folder.glob("archive.sqlite*")]
    for path in files:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        reading = open_desk(folder)
        leave(reading, story.id, office["li"], at=stamp(datetime(2024, 2, 1, tzinfo=UTC)))
        assert seen(reading, story.id, office["li"]) == Seen()
        reading.close()
    finally:
        for path in files:
            if path.exists():
                path.chmod(0o755 if path.is_dir() else 0o644)


def test_stories_that_others_changed_since_are_found_at_once(office) -> None:
    stories = [office.story() for _ in range(4)]
    for one in stories[:3]:
        leave(office.desk, one.id, office["li"], at=stamp(office.desk.now()))
    office.write(stories[0], "Theirs.", by="sun")
    office.write(stories[1], "Mine.", by="li")
    office.write(stories[3], "Theirs, where nobody looked.", by="sun")
    assert unseen(office.desk, office["li"]) == {stories[0].id}
    assert unseen(office.desk, office["wang"]) == frozenset()
