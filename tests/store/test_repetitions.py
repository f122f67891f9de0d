"""Segments that keep a translation of their own, and whether repetitions follow at all."""

import pytest
from office import Office

from desktop_app.desk.operations import sentence_of
from desktop_app.desk.repetitions import Repetitions, keep_own_translation, repetitions, set_following
from desktop_app.desk.stories import story_history
from desktop_app.desk.verification import verify
from desktop_app.domain.policy import POLICIES
from desktop_app.foundation.errors import NotAllowedError


def test_a_segment_stands_alone_until_it_follows_again(office: Office) -> None:
    story, other = office.story(), office.story()
    key = office.segments(story)[1].id
    assert repetitions(office.desk, story.id) == Repetitions(follow=True, alone=frozenset())
    changes = keep_own_translation(office.desk, story.id, key, alone=True, by=office["li"])
    assert changes.stories == {story.id}
    keep_own_translation(office.desk, story.id, key, alone=True, by=office["li"])
    assert repetitions(office.desk, story.id).alone == {key}
    assert repetitions(office.desk, other.id).alone == frozenset()
    keep_own_translation(office.desk, other.id, key, alone=False, by=office["li"])
    assert repetitions(office.desk, story.id).alone == {key}, "another story has no say in it"
    keep_own_translation(office.desk, story.id, key, alone=False, by=office["li"])
    assert repetitions(office.desk, story.id).alone == frozenset()
    assert verify(office.desk).problems == ()


def test_who_may_not_write_may_not_set_a_segment_apart(office: Office) -> None:
    story = office.story()
    office.through(story, ["li:submit", "wang:claim"])
    with pytest.raises(NotAllowedError):
        keep_own_translation(office.desk, story.id, office.segments(story)[1].id, alone=True, by=office["sun"])


def test_the_house_can_leave_repetitions_alone(office: Office) -> None:
    story = office.story()
    assert set_following(office.desk, follow=False, by=office["li"]).style
    assert not repetitions(office.desk, story.id).follow
    set_following(office.desk, follow=True, by=office["li"])
    assert repetitions(office.desk, story.id).follow


def test_the_history_says_so(office: Office) -> None:
    story = office.story()
    keep_own_translation(office.desk, story.id, office.segments(story)[1].id, alone=True, by=office["li"])
    policy = POLICIES["draft-revision"]
    said = [str(sentence_of(event, policy)) for event in story_history(office.desk, story.id)[1]]
    assert "Let a segment keep a translation of its own" in said
