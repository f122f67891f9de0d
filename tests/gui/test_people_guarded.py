"""Who may do what about people in the window, keys that others made, and keys that are forgotten with their person."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from shell_room import Room, soon, top
from test_identity import ARCHIVIST, DRAFTER, PASSPHRASE, SLUG, give_key, person, show_key, shown, sign_draft

from desktop_app.desk.people import add_person, change_person
from desktop_app.desk.signing_keys import list_keys, retire, view_key
from desktop_app.domain.people import Role
from desktop_app.domain.statements import KeyEnd
from desktop_app.foundation.i18n import load_catalog
from desktop_app.foundation.key_store import KeyStore
from desktop_app.foundation.messages import N_
from desktop_app.gui.identity.key_dialog import KeyDialog
from desktop_app.gui.identity.key_questions import NewKeyDialog, NewPassphraseDialog
from desktop_app.gui.identity.passphrases import PassphraseDialog
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import ElidedLabel
from desktop_app.gui.shell.people import PersonDialog


def reread(room: Room) -> None:
    room.place.people.reload()
    room.quiet()


def words(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisibleTo(part))


def change(room: Room, name: str) -> PersonDialog:
    dialog = room.place.people.ask_change(person(room, name))
    assert isinstance(dialog, PersonDialog)
    return dialog


def test_a_translator_corrects_their_own_name_and_nothing_else(room: Room) -> None:
    room.sit("LI Wei")
    room.window.show_place("people")
    own = change(room, "LI Wei")
    assert not own.name.isReadOnly()
    assert not any(box.isEnabled() for box in own.boxes.values())
    assert "only an archivist or editor changes roles" in words(own)
    own.zh.setText("李维")
    own.asked.emit()
    soon(room.qtbot, lambda: person(room, "LI Wei").zh == "李维")

    other = change(room, "WANG Fang")
    assert other.name.isReadOnly()
    assert not other._add.isEnabled()
    assert not other.remove.isEnabled()
    assert "corrects the name of somebody else" in words(other)
    other.removal_asked.emit()
    soon(room.qtbot, lambda: "only an archivist or editor removes" in other._trouble.text())
    other.reject()
    assert not room.place.people_page.demanded.isEnabled()
    assert "only an archivist or editor" in room.place.people_page.demanded.toolTip()
    room.quiet()


def test_an_archivist_gives_others_roles_and_themselves_no_more(room: Room) -> None:
    room.sit(ARCHIVIST)
    room.window.show_place("people")
    assert room.place.people_page.demanded.isEnabled()
    other = change(room, "LI Wei")
    other.boxes[Role.REVISER].setChecked(True)
    other.asked.emit()
    soon(room.qtbot, lambda: Role.REVISER in person(room, "LI Wei").roles)

    own = change(room, ARCHIVIST)
    own.boxes[Role.EDITOR].setChecked(True)
    own.asked.emit()
    soon(room.qtbot, lambda: "nobody gives themselves more roles" in own._trouble.text())
    own.reject()
    room.quiet()


def test_whom_a_translator_added_is_shown_until_an_archivist_saves_the_entry(room: Room) -> None:
    room.sit("LI Wei")
    dialog = room.place.people.ask_new()
    dialog.name.setText("HE Jing")
    dialog.boxes[Role.ARCHIVIST].setChecked(True)
    dialog.asked.emit()
    soon(room.qtbot, lambda: any(one.name == "HE Jing" for one in room.place.people.people))
    room.quiet()
    room.window.show_place("people")
    added = person(room, "HE Jing")
    page = room.place.people_page
    assert "Added by LI Wei; not confirmed by an archivist or editor" in words(page.rows[added.id])

    room.sit(ARCHIVIST)
    confirming = change(room, "HE Jing")
    assert "Saving it does" in words(confirming)
    confirming.asked.emit()

    soon(room.qtbot, lambda: person(room, "HE Jing").unconfirmed is None)
    room.quiet()
    assert "confirmed" not in words(page.rows[added.id])


def test_a_chinese_name_that_two_share_is_said_while_it_is_typed(room: Room) -> None:
    room.sit(ARCHIVIST)
    dialog = room.place.people.ask_new()
    dialog.name.setText("WANG Fangfang")
    assert not dialog.same.isVisible()
    dialog.zh.setText("王舫")
    assert dialog.same.isVisible()
    assert dialog.same.text() == "Also called so in Chinese: WANG Fang"
    dialog.asked.emit()  # it is no reason to refuse them
    soon(room.qtbot, lambda: any(one.name == "WANG Fangfang" for one in room.place.people.people))
    room.quiet()


def test_a_key_that_somebody_else_made_is_told_for_ever(room: Room) -> None:
    fingerprint = give_key(room, "WANG Fang")
    room.sit(ARCHIVIST)
    reread(room)
    room.window.show_place("people")
    wang = person(room, "WANG Fang")
    assert f"made by {ARCHIVIST}, not by its owner" in words(room.place.people_page.rows[wang.id])
    dialog = show_key(room, "WANG Fang")
    assert f"made by {ARCHIVIST}, not by its owner" == dialog.origin.text().replace("Made", "made")
    dialog.close()

    retire(room.desk, wang, by=wang, reason=KeyEnd.REPLACED)
    reread(room)
    later = show_key(room, "WANG Fang")
    assert f"made by {ARCHIVIST}, not by its owner" in later.earlier.text()
    later.close()
    assert list_keys(room.desk).origins.keys() == {fingerprint}


def test_whoever_sits_down_again_is_asked_for_the_passphrase_anew(room: Room) -> None:
    give_key(room, DRAFTER)
    room.sit(DRAFTER)
    sign_draft(room)
    soon(room.qtbot, lambda: bool(shown("PassphraseDialog")))
    QTest.keyClicks(top("PassphraseDialog").field, PASSPHRASE)
    QTest.keyClick(top("PassphraseDialog").field, Qt.Key.Key_Return)
    signing = room.place.rooms.signing
    soon(room.qtbot, lambda: bool(signing._opened))
    room.quiet()
    li, archivist = person(room, DRAFTER), person(room, ARCHIVIST)
    change_person(room.desk, li, zh="李未", by=li)
    reread(room)
    assert signing._opened  # the same person, whose entry was corrected

    room.place.people.choose(archivist)

    assert not signing._opened
    assert not signing.idle.isActive()
    room.quiet()
    room.sit(DRAFTER)
    asked = []
    signing.with_signer(person(room, DRAFTER), asked.append, asked.append)
    soon(room.qtbot, lambda: bool(shown("PassphraseDialog")))
    assert asked == []
    top("PassphraseDialog").reject()
    room.quiet()
    assert asked == [None]
    assert room.story(SLUG)


@pytest.mark.parametrize("name", ["Alexandra Konstantinopoulos-Wolfeschlegelsteinhausenbergerdorff", "W" * 100])
def test_a_long_name_gives_way_and_is_whole_in_its_tooltip(room: Room, name: str) -> None:
    add_person(room.desk, name, zh="名" * 60, roles=list(Role), by=person(room, ARCHIVIST))
    reread(room)
    room.window.resize(1000, 700)
    room.window.show_place("people")
    page = room.place.people_page
    row = page.rows[person(room, name).id]
    soon(room.qtbot, lambda: row.width() > 100)
    lines = row.findChildren(ElidedLabel)
    assert lines[0].text() == name
    assert lines[0].toolTip() in {"", name}
    for part in row.findChildren(QWidget):
        if part.isVisible():
            right = part.mapTo(row, part.rect().topRight()).x()
            assert right <= row.width()
    assert row.mapTo(page, row.rect().topRight()).x() <= page.width()
    if len(name) == 100:
        assert lines[0].toolTip() == name


def test_the_chinese_window_calls_people_by_their_chinese_names(room: Room, look) -> None:
    give_key(room, "WANG Fang")
    chinese = Texts(load_catalog("zh_Hans"))
    wang, by = person(room, "WANG Fang"), person(room, ARCHIVIST)
    view = view_key(room.desk, wang, by=by, store=KeyStore())
    dialog = KeyDialog(look, chinese, room.window, view, writable=True)
    questions = [
        NewKeyDialog(look, chinese, dialog, view), NewPassphraseDialog(look, chinese, dialog, view),
        PassphraseDialog(look, chinese, dialog, wang, "ABCD", N_("Sign")),
    ]  # fmt: skip
    assert "王舫" in dialog.windowTitle()
    assert "顾安" in dialog.origin.text()
    for part in (dialog, *questions):
        assert "王舫" in words(part)
        assert not any(name in words(part) for name in ("WANG Fang", ARCHIVIST))
