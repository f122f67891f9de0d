"""What a file says of a text's state is a proposal: at most confirmed, and nothing that was signed is taken back."""

import itertools

import pytest

from desktop_app.domain.proposals import Claimed, proposed
from desktop_app.domain.story import SegmentStatus

EVERY = [Claimed(*flags) for flags in itertools.product((False, True), repeat=5)]


@pytest.mark.parametrize("stood", SegmentStatus)
@pytest.mark.parametrize("claimed", EVERY)
def test_no_file_revises_or_signs(stood: SegmentStatus, claimed: Claimed) -> None:
    found = proposed(stood, claimed)
    assert found == stood or found in {SegmentStatus.DRAFT, SegmentStatus.CONFIRMED, SegmentStatus.REJECTED}
    if claimed.changed:
        assert found not in {SegmentStatus.REVISED, SegmentStatus.SIGNED_OFF}
    elif stood in {SegmentStatus.REVISED, SegmentStatus.SIGNED_OFF}:
        assert found == stood


@pytest.mark.parametrize("stood", SegmentStatus)
def test_an_edit_un_confirms_unless_somebody_set_the_state(stood: SegmentStatus) -> None:
    assert proposed(stood, Claimed(changed=True, moved=False, done=True)) is SegmentStatus.DRAFT
    assert proposed(stood, Claimed(changed=True, moved=True, done=True)) is SegmentStatus.CONFIRMED
    assert proposed(stood, Claimed(changed=True, moved=True, rejected=True)) is SegmentStatus.REJECTED


@pytest.mark.parametrize("stood", SegmentStatus)
def test_what_nobody_touched_stays(stood: SegmentStatus) -> None:
    assert proposed(stood, Claimed(changed=False, moved=False, done=True, open=True, rejected=True)) is stood
