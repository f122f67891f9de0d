"""What stands on the tabs of the open stories."""

from shell_room import *  # noqa: F403 - the fixtures
from shell_room import Room

from desktop_app.gui.shell.story_tabs import tab_texts


def cut(text: str) -> str:
    """An elision at the right in which every sign is one wide."""
    return text if len(text) <= 24 else f"{text[:23]}…"


def test_a_title_is_elided_at_its_end() -> None:
    assert tab_texts(["University opens a new library"], ["a"], cut) == ["University opens a new …"]


def test_titles_with_one_beginning_show_where_they_differ() -> None:
    titles = ["University hosts the conference on new materials", "University hosts the conference on old maps", "X"]
    assert tab_texts(titles, ["a", "b", "c"], cut) == [
        "University… new materials"[:23] + "…",
        "University… old maps",
        "X",
    ]


def test_where_tabs_are_narrow_what_differs_comes_first() -> None:
    titles = ["University hosts the conference on new materials", "University hosts the conference on old maps"]
    assert tab_texts(titles, ["a", "b"], lambda text: text[:9]) == ["Univ… new", "Univ… old"]
    assert tab_texts(titles, ["a", "b"], lambda text: text[:4]) == ["… ne", "… ol"]


def test_equal_titles_show_their_slugs() -> None:
    assert tab_texts(["University opens"] * 2, ["first", "second"], cut) == ["University… first", "University… second"]
    assert tab_texts(["", ""], ["", ""], cut) == ["", ""]
    chinese = [
        "云川理工大学新图书馆今天上午八点正式启用并对外开放甲",
        "云川理工大学新图书馆今天上午八点正式启用并对外开放乙",
    ]
    assert len(set(tab_texts(chinese, ["a", "b"], cut))) == 2


def test_the_tip_has_the_whole_title_and_the_slug(room: Room) -> None:
    page = room.open("qingling-materials-signing")
    bar = room.place.stories.tabs._bar
    assert bar.tabToolTip(0) == f"{page.title}\nqingling-materials-signing"
    assert bar.accessibleTabName(0) == page.title
