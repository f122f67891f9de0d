"""Bookmarks: where the work stood, by archive; whatever in the file makes no sense is left out."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.foundation.bookmarks import MOST_RECENT, MOST_TABS, Bookmark, BookmarkFile, TabMark, _bookmark

SOME = Bookmark(
    place="terms", front="b", list_shown=False, side_shown=True, state="drafting", topic="校园", words="图书馆",
    mine=True, recent=("action:split", "story:a"),
    tabs=(TabMark("a", "甲"), TabMark("b", "乙", "changes", "history", "s1", "target", 7, "s0", -12)),
)  # fmt: skip


def test_what_is_written_is_read_again_and_each_archive_has_its_own(tmp_path: Path) -> None:
    file = BookmarkFile(tmp_path / "config")
    file.write(Path("/a"), SOME)
    file.write(Path("/b"), Bookmark(place="people"))

    again = BookmarkFile(tmp_path / "config")

    assert again.read(Path("/a")) == SOME
    assert again.read(Path("/b")).place == "people"
    assert again.read(Path("/c")) == Bookmark()


def test_the_archives_longest_not_left_are_forgotten(tmp_path: Path) -> None:
    file = BookmarkFile(tmp_path)
    for number in range(15):
        file.write(Path(f"/{number}"), Bookmark(front=str(number)))
    file.write(Path("/3"), SOME)

    assert [n for n in range(15) if file.read(Path(f"/{n}")) != Bookmark()] == [3, *range(4, 15)]
    assert file.read(Path("/3")) == SOME


@pytest.mark.logs
@pytest.mark.parametrize("damage", [b"{", b"\xff", b"[]", b"[" * 100_000])
def test_a_damaged_file_is_kept_aside_and_the_window_begins_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "places.json").write_bytes(damage)

    file = BookmarkFile(tmp_path)

    assert file.read(Path("/a")) == Bookmark()
    assert (tmp_path / "places.damaged.json").read_bytes() == damage
    file.write(Path("/a"), SOME)
    assert file.read(Path("/a")) == SOME


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["tabs", "story", "front", "recent", "cursor", "place", "at", "mine"]), inner)
    ),
)


@given(JSON)
def test_any_content_makes_a_bookmark(stored: object) -> None:
    found = _bookmark(stored)
    assert len(found.tabs) <= MOST_TABS
    assert len(found.recent) <= MOST_RECENT
    assert all(tab.story and tab.cursor >= 0 for tab in found.tabs)
    assert _bookmark(json.loads(json.dumps({"tabs": [{"story": "x", "cursor": 10**30}] * 99}))).tabs == (TabMark("x"),)
