"""The Pictures page: found, described, saved, added by file and folder, and proved unaltered."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QMessageBox, QPushButton
from review_room import Room, opened_room
from test_editor_stage import counter

from desktop_app.desk import pictures
from desktop_app.desk.desk import create_desk
from desktop_app.domain.pictures import Picture
from desktop_app.foundation.resources import resource
from desktop_app.gui.kit.widgets import Chip, EmptyState
from desktop_app.gui.pictures.adding import batches
from desktop_app.gui.pictures.grid import PictureGrid
from desktop_app.gui.pictures.model import lacks
from desktop_app.gui.pictures.page import PicturesPage
from desktop_app.gui.pictures.thumbs import Thumbnails


@pytest.fixture
def room(tmp_path_factory, tmp_path, look, texts, qtbot) -> Iterator[Room]:
    with opened_room(tmp_path_factory, tmp_path / "archive", look, texts, qtbot) as made:
        yield made


@pytest.fixture
def page(room: Room) -> PicturesPage:
    page = PicturesPage(room.look, room.texts, room.tasks, room.bus)
    room.qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    room.hand_over(page)
    page.show_person(room.people["GU"])
    room.settle()
    return page


def files(page: PicturesPage) -> int:
    return page.grid.model().rowCount()


def seek(room: Room, page: PicturesPage, words: str) -> None:
    line = page.filter_line.findChild(QLineEdit)
    line.selectAll()
    room.compose(line, words)


def says(page: PicturesPage) -> set[str]:
    return {empty.accessibleName() for empty in page.findChildren(EmptyState) if empty.isVisible()}


def button(page: PicturesPage, text: str) -> QPushButton:
    return next(b for b in page.findChildren(QPushButton) if b.text() == text and b.isVisible())


def of_file(room: Room, predicate: Callable[[Picture], bool]) -> Picture:
    return next(picture for picture in pictures.list_pictures(room.desk) if predicate(picture))


def test_every_picture_stands_in_the_grid_and_the_first_one_is_described(room, page) -> None:
    assert files(page) == len(pictures.list_pictures(room.desk)) == 12
    shown = page.details.picture()
    assert shown == page.grid.current()
    assert page.details.form.caption_en.toPlainText() == shown.caption.en


def test_thumbnails_arrive_in_the_background(room, page) -> None:
    shown = page.grid.current()
    page.grid.viewport().repaint()
    room.settle()
    assert page._thumbnails.image(shown.sha256) is not None


@pytest.mark.parametrize("words", ["library", "图书馆", "LIN Yanqiu"])
def test_search_finds_captions_people_and_credits(room, page, words) -> None:
    wanted = len(pictures.list_pictures(room.desk, text=words))
    assert 0 < wanted < 12
    seek(room, page, words)
    room.qtbot.waitUntil(lambda: files(page) == wanted)


def test_nothing_found_offers_to_show_all_again(room, page) -> None:
    seek(room, page, "zeppelin")
    room.qtbot.waitUntil(lambda: files(page) == 0)
    assert "Nothing found" in says(page)
    room.qtbot.mouseClick(button(page, "Show all"), Qt.MouseButton.LeftButton)
    room.qtbot.waitUntil(lambda: files(page) == 12)


def test_escape_empties_the_filter(room, page) -> None:
    seek(room, page, "library")
    room.qtbot.waitUntil(lambda: 0 < files(page) < 12)
    room.qtbot.keyClick(page.filter_line.findChild(QLineEdit), Qt.Key.Key_Escape)
    room.qtbot.waitUntil(lambda: files(page) == 12)


def test_chip_leaves_what_still_lacks_words(room, page) -> None:
    lacking = [p for p in pictures.list_pictures(room.desk) if lacks(p) is not None]
    assert 0 < len(lacking) < 12
    chip = next(c for c in page.findChildren(Chip) if c.text() == "Texts missing")
    room.qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    room.qtbot.waitUntil(lambda: files(page) == len(lacking))


def test_save_writes_the_words_with_one_event_and_tells_the_bus(room, page) -> None:
    heard: list[str] = []
    room.bus.changed.connect(lambda _changes, sender: heard.append(sender))
    shown, form = page.details.picture(), page.details.form
    assert not page.details.save_button.isEnabled()
    form.caption_en.setFocus()
    form.caption_en.selectAll()
    room.qtbot.keyClicks(form.caption_en, "A new caption")
    form.people.selectAll()
    room.compose(form.people, "LIN Yanqiu， LI Wei")
    assert page.has_unsaved()
    room.qtbot.mouseClick(page.details.save_button, Qt.MouseButton.LeftButton)
    room.settle()
    kept = pictures.get_picture(room.desk, shown.id)
    assert kept.caption.en == "A new caption"
    assert kept.caption.zh == shown.caption.zh
    assert kept.people == ("LIN Yanqiu", "LI Wei")
    assert not page.has_unsaved()
    assert not page.details.save_button.isEnabled()
    assert heard == ["pictures"]


def test_taking_another_picture_saves_what_was_typed(room, page) -> None:
    first = page.details.picture()
    room.qtbot.keyClicks(page.details.form.credit, " and others")
    page.grid.setCurrentIndex(page.grid.model().index(1, 0))
    assert page.details.picture() != first
    room.settle()
    assert pictures.get_picture(room.desk, first.id).credit == f"{first.credit} and others"
    assert not page.has_unsaved()


def test_day_that_is_none_is_not_saved_and_not_lost(room, page) -> None:
    first, form = page.details.picture(), page.details.form
    form.date.selectAll()
    room.qtbot.keyClicks(form.date, "2025-02-30")
    assert not page.details.save_button.isEnabled()
    page.grid.setCurrentIndex(page.grid.model().index(1, 0))
    room.settle()
    assert pictures.get_picture(room.desk, first.id).date == first.date
    assert page.has_unsaved()
    assert "2025-03-20" in page.message.text()
    page.grid.setCurrentIndex(page.grid.model().index(0, 0))
    assert form.date.text() == "2025-02-30"
    room.qtbot.mouseClick(page.details.revert_button, Qt.MouseButton.LeftButton)
    assert form.date.text() == (first.date or "")
    assert not page.has_unsaved()


def test_words_that_the_archive_refuses_are_kept(room, page) -> None:
    room.qtbot.keyClicks(page.details.form.credit, " and others")
    room.desk.archive.writable = False
    room.qtbot.mouseClick(page.details.save_button, Qt.MouseButton.LeftButton)
    room.settle()
    assert page.has_unsaved()
    assert "are kept here" in page.message.text()
    room.desk.archive.writable = True
    page.details.save_all()
    room.settle()
    assert not page.has_unsaved()


def test_enter_in_a_caption_goes_on_to_the_next_field(room, page) -> None:
    form = page.details.form
    form.caption_zh.setFocus()
    room.qtbot.waitUntil(form.caption_zh.hasFocus)
    room.qtbot.keyClick(form.caption_zh, Qt.Key.Key_Return)
    assert form.caption_en.hasFocus()
    assert "\n" not in form.caption_zh.toPlainText()


def test_used_in_leads_to_the_story(room, page) -> None:
    shown = page.details.picture()
    (story,) = pictures.used_in(room.desk, shown.id)
    link = next(b for b in page.details.facts.findChildren(QPushButton) if story.headline.en in b.toolTip())
    with room.qtbot.waitSignal(page.open_story) as opened:
        room.qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert opened.args == [story.id]


def test_check_tells_a_whole_master_from_an_altered_one(room, page) -> None:
    shown = page.details.picture()

    def verdict() -> str:
        room.qtbot.mouseClick(button(page, "Check the original"), Qt.MouseButton.LeftButton)
        room.settle()
        return page.details.facts._verdict.text()

    assert verdict() == "✓ The original is unchanged."
    master = next(room.desk.archive.originals.rglob(f"*{shown.sha256}*"))
    master.chmod(0o644)
    master.write_bytes(master.read_bytes() + b"x")
    assert verdict().startswith("! The original")


def test_dropped_folder_is_taken_in_and_strangers_are_named(room, page, tmp_path) -> None:
    folder = tmp_path / "dropped" / "deeper"
    folder.mkdir(parents=True)
    shutil.copy(resource("fonts").parent / "sample" / "README.md", folder / "broken.jpg")
    made = resource("sample", "spring-sports-meeting") / "1.jpg"
    (folder / "fresh.jpg").write_bytes(made.read_bytes() + b"\0")
    (folder / "again.jpg").write_bytes(made.read_bytes())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "dropped"))])
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    entering = QDragEnterEvent(QPointF(50, 200), actions, data, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, entering)
    assert entering.isAccepted()
    dropping = QDropEvent(QPointF(50, 200), actions, data, buttons, Qt.KeyboardModifier.NoModifier)
    twice = counter(page.said)
    QApplication.sendEvent(page, dropping)
    room.qtbot.waitUntil(lambda: not page.message.isHidden())
    room.settle()
    text = page.message.text()
    assert page.message.property("tone") == "warning"
    assert twice() == 0, "the page says it itself"
    for part in ("1 picture added.", "1 was here already.", "1 file refused:", "broken.jpg"):
        assert part in text
    assert files(page) == 13
    assert page.grid.current().file == "fresh.jpg"


def test_text_that_is_dragged_is_not_taken(page) -> None:
    data = QMimeData()
    data.setText("a sentence")
    none = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    entering.ignore()
    QApplication.sendEvent(page, entering)
    assert not entering.isAccepted()


def test_files_of_one_name_stay_in_one_batch() -> None:
    paths = [Path(f"{folder}/{n}.jpg") for folder in "ab" for n in range(20)]
    made = batches(paths)
    assert sorted(path for batch in made for path in batch) == sorted(paths)
    for name in {path.name for path in paths}:
        assert sum(any(path.name == name for path in batch) for batch in made) == 1
    assert len(made) > 1


def test_no_pictures_at_all_show_the_way_in(room, page, tmp_path) -> None:
    empty = create_desk(tmp_path / "empty")
    page.open_desk(empty)
    room.settle()
    assert "No pictures yet" in says(page)
    assert not page.details.isVisible()
    page.open_desk(room.desk)
    room.settle()
    assert files(page) == 12
    empty.close()


def test_catalogue_that_cannot_be_read_says_so_and_tries_again(room, page) -> None:
    database = room.desk.folder / "archive.sqlite"
    room.desk.close()
    away = database.with_name("away")
    database.rename(away)
    for extra in ("-wal", "-shm"):
        database.with_name(database.name + extra).unlink(missing_ok=True)
    page.select("no-such-picture")
    room.settle()
    assert "The catalogue cannot be read" in says(page)
    away.rename(database)
    room.qtbot.mouseClick(button(page, "Try again"), Qt.MouseButton.LeftButton)
    room.settle()
    assert files(page) == 12
    assert page.grid.isVisible()


def test_select_lifts_a_filter_that_hides_the_picture(room, page) -> None:
    seek(room, page, "library")
    room.qtbot.waitUntil(lambda: 0 < files(page) < 12)
    other = of_file(room, lambda p: "library" not in (p.caption.en + p.alt.en).lower())
    page.select(other.id)
    room.settle()
    assert page.grid.current() == other
    assert page.details.picture() == other


def answer(kind: QMessageBox.StandardButton) -> None:
    """Press a button of the question as soon as it is asked."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            box.button(kind).click()
        else:
            QTimer.singleShot(0, press)

    QTimer.singleShot(0, press)


@pytest.mark.parametrize(
    ("kind", "leaves", "written"),
    [
        (QMessageBox.StandardButton.Save, True, True),
        (QMessageBox.StandardButton.Discard, True, False),
        (QMessageBox.StandardButton.Cancel, False, False),
    ],
)
def test_leaving_asks_about_unsaved_words(room, page, kind, leaves, written) -> None:
    assert page.confirm_leave()
    shown = page.details.picture()
    room.qtbot.keyClicks(page.details.form.credit, " and others")
    answer(kind)
    assert page.confirm_leave() is leaves
    assert ("others" in pictures.get_picture(room.desk, shown.id).credit) is written
    assert page.has_unsaved() is not leaves


def test_picture_described_elsewhere_is_shown_anew(room, page) -> None:
    shown = page.details.picture()
    pictures.describe_picture(room.desk, shown.id, {"credit": "Somebody Else"}, by=None)
    room.bus.publish(pictures.Changes(pictures=frozenset({shown.id})), "cli")
    room.qtbot.waitUntil(lambda: page.details.form.credit.text() == "Somebody Else")


def test_picture_described_elsewhere_does_not_take_away_what_is_being_typed(room, page) -> None:
    shown = page.details.picture()
    room.qtbot.keyClicks(page.details.form.rights, "All rights reserved")
    pictures.describe_picture(room.desk, shown.id, {"credit": "Somebody Else"}, by=None)
    room.bus.publish(pictures.Changes(pictures=frozenset({shown.id})), "cli")
    room.qtbot.waitUntil(lambda: page.grid.current().credit == "Somebody Else")
    assert page.details.form.rights.text() == "All rights reserved"


def invented(number: int) -> Picture:
    return Picture(f"p{number}", f"{number:064x}", f"{number:064x}", f"{number}.jpg", "image/jpeg", 40, 30)


def test_grid_loads_its_rows_as_it_comes_to_them(room) -> None:
    grid = PictureGrid(room.look, room.texts, Thumbnails(room.tasks, 90))
    room.qtbot.addWidget(grid)
    grid.show_pictures([invented(n) for n in range(300)], {})
    model = grid.model()
    assert model.rowCount() == 120
    assert grid.select("p250")
    assert 250 < model.rowCount() < 300 + 1
    assert grid.current() == invented(250)
    assert not grid.select("p999")
    grid.show_pictures([invented(n) for n in range(200, 260)], {"p250": 2})
    assert grid.current() == invented(250)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_master_that_is_gone_shows_a_mark_and_not_an_endless_wait(room) -> None:
    missing = of_file(room, lambda _: True)
    master = next(room.desk.archive.originals.rglob(f"*{missing.sha256}*"))
    master.chmod(0o644)
    master.unlink()
    thumbnails = Thumbnails(room.tasks, 90)
    room.hand_over(thumbnails)
    assert thumbnails.image(missing.sha256) is None
    room.settle()
    assert thumbnails.failure(missing.sha256) is not None
    with room.qtbot.assertNotEmitted(thumbnails.ready, wait=0):
        assert thumbnails.image(missing.sha256) is None
        room.settle()


def test_thumbnails_of_a_closed_archive_are_not_shown_in_the_next(room, tmp_path) -> None:
    thumbnails = Thumbnails(room.tasks, 90)
    room.hand_over(thumbnails)
    sha256 = of_file(room, lambda _: True).sha256
    thumbnails.image(sha256)
    thumbnails.open_desk(None)
    room.settle()
    assert thumbnails.image(sha256) is None


def test_stopped_addition_says_so_and_keeps_what_is_in(room, page, tmp_path) -> None:
    made = (resource("sample", "spring-sports-meeting") / "1.jpg").read_bytes()
    for number in range(20):
        (tmp_path / f"new{number}.jpg").write_bytes(made + bytes([number]))

    def stop_after_the_first_batch() -> None:
        if len(pictures.list_pictures(room.desk)) > 12:
            for task in room.tasks.running():
                task.cancel()

    room.tasks.running_changed.connect(stop_after_the_first_batch)
    page.add_files([tmp_path / f"new{n}.jpg" for n in range(20)])
    room.qtbot.waitUntil(lambda: not page.message.isHidden())
    assert "Stopped" in page.message.text()
    added = len(pictures.list_pictures(room.desk)) - 12
    assert 0 < added < 20
    assert f"{added} pictures added." in page.message.text()


def test_nothing_but_strangers_is_told_with_their_names(room, page, tmp_path) -> None:
    (tmp_path / "notes.txt").write_text("no picture")
    page.add_files([tmp_path / "notes.txt"])
    room.qtbot.waitUntil(lambda: not page.message.isHidden())
    assert page.message.property("tone") == "warning"
    assert "notes.txt" in page.message.text()


def test_what_was_added_is_told_elsewhere_where_the_page_is_left(room, page, tmp_path) -> None:
    (tmp_path / "notes.txt").write_text("no picture")
    page.hide()
    with room.qtbot.waitSignal(page.said) as said:
        page.add_files([tmp_path / "notes.txt"])
    assert "notes.txt" in said.args[0]


def test_other_look_is_taken_at_once(room, page) -> None:
    before = page.grid.gridSize()
    page.resize(1300, 800)
    room.look.use("dark", 1.5)
    assert page.grid.gridSize() != before
    assert page.details.form.caption_en.font().pixelSize() == 21
    page.grab()


# The menu of a picture


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
@pytest.mark.parametrize("by_key", [False, True])
def test_a_picture_has_a_menu_with_its_stories(room: Room, page: PicturesPage, qtbot, by_key: bool) -> None:
    grid = page.grid
    used = next(row for row in range(files(page)) if room_uses(room, grid, row))
    index = grid.model().index(used, 0)
    if by_key:
        grid.setCurrentIndex(index)
        grid.setFocus()
        QTest.keyClick(grid, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    else:
        grid.setCurrentIndex(grid.model().index((used + 1) % files(page), 0))
        at = grid.visualRect(index).center()
        asking = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, grid.viewport().mapToGlobal(at))
        QApplication.sendEvent(grid.viewport(), asking)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    picture = grid.current()
    assert picture is not None
    assert grid.currentIndex() == index
    assert menu.accessibleName() == f"Picture {picture.file}"
    titles = {action.text(): action for action in menu.actions() if not action.isSeparator()}
    story = pictures.used_in(room.desk, picture.id)[0]
    assert list(titles)[-4:] == [
        "Check the original", "Copy the file name", "Copy the English caption", "Copy the Chinese caption",
    ]  # fmt: skip
    titles["Copy the file name"].trigger()
    assert QApplication.clipboard().text() == picture.file
    with qtbot.waitSignal(page.open_story) as opened:
        menu.actions()[0].trigger()
    assert opened.args == [story.id]
    titles["Check the original"].trigger()
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    room.settle()
    assert any("unchanged" in label.text() for label in page.findChildren(QLabel))


def room_uses(room: Room, grid: PictureGrid, row: int) -> bool:
    picture = grid._pictures.picture(grid.model().index(row, 0))
    return picture is not None and bool(pictures.used_in(room.desk, picture.id))
