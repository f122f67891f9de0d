"""The menus: short enough to be read, grey where nothing can be done, and one on the lists, by mouse and by key."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu
from shell_room import *  # noqa: F403 - the fixtures
from shell_room import PATIENCE, Room, soon

from desktop_app.gui.kit.keys import ACTIONS, GROUPS, MENUS
from desktop_app.gui.kit.menus import Submenu
from desktop_app.gui.publishing.asking import ActDialog
from desktop_app.gui.review.dialogs import NoteDialog, SignDialog
from desktop_app.gui.review.release_dialog import ReleaseDialog
from desktop_app.gui.shell.top_bar import TopBar

SUBMITTED, REVISING, APPROVED = "students-design-contest", "qingling-materials-signing", "battery-recycling-progress"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
MOST = 18  # entries of a menu that are still found at a glance


def entries(menu: QMenu) -> list[QAction]:
    return [action for action in menu.actions() if not action.isSeparator()]


def titles(menu: QMenu) -> list[str]:
    return [action.text() for action in entries(menu)]


def menu_bar(room: Room) -> dict[str, QMenu]:
    top: TopBar = room.window.top
    return dict(zip((menu for menu, _ in MENUS), (action.menu() for action in top.menus.actions()), strict=True))


def submenu(menu: QMenu, title: str) -> QMenu:
    return next(action.menu() for action in entries(menu) if action.text() == title)


def test_every_group_has_a_title_and_stands_in_one_menu() -> None:
    menus = {group: {spec.menu for spec in ACTIONS if spec.group == group} for group, _ in GROUPS}
    assert all(len(found) == 1 for found in menus.values()), menus
    assert {spec.group for spec in ACTIONS} - {""} == set(menus)


def test_no_menu_is_long_and_every_action_is_in_one(room: Room) -> None:
    found: list[str] = []
    for name, menu in menu_bar(room).items():
        assert len(entries(menu)) <= (14 if name in {"story", "archive"} else MOST), name
        for action in entries(menu):
            inner = action.menu()
            assert not isinstance(inner, Submenu) or 1 < len(entries(inner)) <= MOST
            found += [one.objectName() for one in (entries(inner) if isinstance(inner, QMenu) else [action])]
        shown = menu.actions()
        assert not shown[0].isSeparator()
        assert not shown[-1].isSeparator()
        assert not any(one.isSeparator() and two.isSeparator() for one, two in pairwise(shown))
    assert sorted(found) == sorted(spec.id for spec in ACTIONS)


def test_a_picture_is_put_in_by_the_menu_where_the_text_can_be_written(room: Room) -> None:
    action = room.window.registry.action("insert-picture")
    assert not action.isEnabled()
    room.open(APPROVED)
    assert not action.isEnabled()
    room.open("new-materials-conference")
    assert action.isEnabled()
    assert "insert-picture" in [one.objectName() for one in entries(menu_bar(room)["insert"])]
    room.quiet()


def test_a_submenu_is_grey_as_long_as_nothing_in_it_can_be_done(room: Room) -> None:
    room.sit("ZHAO Mingyuan")
    hands = submenu(menu_bar(room)["story"], "Hand over")
    offline = submenu(menu_bar(room)["story"], "Going offline")
    assert not hands.menuAction().isEnabled()
    assert offline.menuAction().isEnabled()
    room.open(APPROVED)
    assert hands.menuAction().isEnabled()
    room.place.stories.close_front()
    assert not hands.menuAction().isEnabled()
    room.quiet()


def test_an_act_of_the_menu_asks_as_the_strip_does(room: Room) -> None:
    room.sit("WANG Fang")
    for slug, action, dialog in (
        (APPROVED, "release", ReleaseDialog),  # the button of the strip
        (APPROVED, "drop", ActDialog),
        (REVISING, "return", NoteDialog),
    ):
        room.open(slug)
        room.window.registry.action(action).trigger()
        soon(room.qtbot, lambda dialog=dialog: isinstance(QApplication.activeModalWidget(), dialog))
        QTest.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape)
        soon(room.qtbot, lambda: QApplication.activeModalWidget() is None)
    room.quiet()


def test_an_act_without_use_says_why(room: Room) -> None:
    room.sit("WANG Fang")
    reasons = {
        "release": "the story is “Submitted”",
        "unassign": "the next step of this story is not assigned",
        "restore": "the story is “Submitted”",
        "give-up": "no correction of this story is being drafted",
        "approve-later": "no emergency release of this story waits for an approval",
        "republish": "the story is “Submitted”",
    }
    room.open(SUBMITTED)
    for action, reason in reasons.items():
        with room.qtbot.waitSignal(room.place.said) as said:
            room.window.registry.action(action).trigger()
        assert reason in said.args[0]
    room.quiet()


# The menu of the list


def choose(room: Room, slugs: Sequence[str]) -> None:
    library = room.place.library
    rows = [library._model.row_of(room.story(slug)) for slug in slugs]
    library.list.select_rows([row for row in rows if row is not None])


def right_click(view: QAbstractItemView, at: QPoint) -> None:
    """What a system sends for a right click: the press, the release, and that a menu is asked for."""
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, at)
    asking = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), asking)


def place_of(room: Room, slug: str) -> QPoint:
    library = room.place.library
    row = library._model.row_of(room.story(slug))
    assert row is not None
    return library.list.visualRect(library._model.index(row)).center()


def shown_menu(room: Room) -> QMenu:
    soon(room.qtbot, lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def close(room: Room, menu: QMenu) -> None:
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    soon(room.qtbot, lambda: QApplication.activePopupWidget() is None)


def test_a_right_click_chooses_the_story_under_the_pointer_and_offers_what_is_its_turn(room: Room) -> None:
    room.sit("WANG Fang")
    choose(room, [APPROVED])
    right_click(room.place.library.list, place_of(room, SUBMITTED))
    menu = shown_menu(room)
    assert room.place.library.selected() == [room.story(SUBMITTED)]
    assert titles(menu) == [
        "Open the story", "Claim revision", "Return to the drafter…", "Hand over", "Publication",
        "The Chinese source has changed…", "Export…", "Approval sheet…", "Pack for offline work…",
    ]  # fmt: skip
    assert menu.accessibleName() == "1 chosen story"
    assert all(action.isEnabled() for action in entries(menu))
    close(room, menu)


def test_a_right_click_on_a_chosen_story_keeps_the_others_chosen(room: Room) -> None:
    room.sit("WANG Fang")
    choose(room, [SUBMITTED, APPROVED])
    right_click(room.place.library.list, place_of(room, APPROVED))
    menu = shown_menu(room)
    assert set(room.place.library.selected()) == {room.story(SUBMITTED), room.story(APPROVED)}
    assert titles(menu) == ["Open 2 stories", "Export…", "Approval sheet…", "Pack for offline work…"]
    entries(menu)[0].trigger()
    close(room, menu)
    assert len(room.place.stories.tabs.stories()) == 2
    room.quiet()


def test_beside_the_stories_there_is_no_menu(room: Room) -> None:
    view = room.place.library.list
    right_click(view, QPoint(5, view.viewport().height() - 3))
    room.quiet()
    assert QApplication.activePopupWidget() is None


@pytest.mark.parametrize("key", ["shift+f10", "menu"])
def test_the_keys_for_it_open_it_at_the_chosen_story(room: Room, key: str) -> None:
    room.sit("LI Wei")
    view = room.place.library.list
    view.setFocus()
    choose(room, [APPROVED])
    asked: list[QPoint] = []
    room.place.library.menu_asked.connect(asked.append)
    if key == "menu":  # the system makes this of the Menu key
        QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    else:
        QTest.keyClick(view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = shown_menu(room)
    assert room.place.library.selected() == [room.story(APPROVED)]
    assert view.visualRect(view.selectedIndexes()[0]).contains(view.viewport().mapFromGlobal(asked[0]))
    step = entries(menu)[1]
    assert step.text() == "Release…"
    assert not step.isEnabled()
    assert "only a reviser or an editor releases a story" in step.toolTip()
    assert "Kill the story…" not in titles(menu)
    close(room, menu)


def test_a_claim_from_the_list_opens_the_story_and_claims_it(room: Room) -> None:
    room.sit("WANG Fang")
    right_click(room.place.library.list, place_of(room, SUBMITTED))
    menu = shown_menu(room)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(menu, key)
    soon(room.qtbot, lambda: room.place.front() is not None)
    page = room.place.front()
    assert page is not None
    soon(room.qtbot, lambda: page.file is not None and page.file.situation.holder is not None)
    assert page.story_id == room.story(SUBMITTED)
    room.quiet()


def test_signing_from_the_list_shows_the_findings_that_are_there(room: Room, qtbot) -> None:
    """The story is not open yet: its checks and comments are waited for, then asked over the words."""
    room.sit("WANG Fang")
    right_click(room.place.library.list, place_of(room, REVISING))
    menu = shown_menu(room)
    assert titles(menu)[1] == "Sign revision…"
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entries(menu)[1]).center())
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SignDialog), timeout=PATIENCE)
    page = room.place.front()
    assert page is not None
    assert page.status.findings == len(page.findings)
    assert page.comments.known
    dialog = QApplication.activeModalWidget()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    room.quiet()
