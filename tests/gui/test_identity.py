"""Keys in the window: made, confirmed, retired and carried, and the passphrase that signing asks for once."""

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import keyring
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from shell_room import PATIENCE, Room, soon, top

from desktop_app.desk import publishing, workflow
from desktop_app.desk.people import list_people
from desktop_app.desk.signatures import signer_for
from desktop_app.desk.signing_keys import demand, list_keys, new_key
from desktop_app.desk.stories import open_story
from desktop_app.desk.verification import verify
from desktop_app.domain.people import Person, Role
from desktop_app.domain.statements import KeyEnd, fingerprint_of, grouped
from desktop_app.foundation import ed25519, sealed_key
from desktop_app.foundation.errors import NotAllowedError
from desktop_app.foundation.key_store import KeyStore
from desktop_app.foundation.messages import N_
from desktop_app.gui.identity.advice import WAYS, for_the_window
from desktop_app.gui.identity.key_dialog import KeyDialog
from desktop_app.gui.identity.signing import IDLE_MINUTES

PASSPHRASE = "four words in a row"
SLUG, DRAFTER, ARCHIVIST = "new-materials-conference", "LI Wei", "GU An"


def person(room: Room, name: str) -> Person:
    return next(one for one in list_people(room.desk) if one.name == name)


def show_key(room: Room, name: str) -> KeyDialog:
    """Press “Signing key…” beside a person."""
    room.window.show_place("people")
    row = room.place.people_page.rows[person(room, name).id]
    button = next(child for child in row.children() if getattr(child, "text", str)() == "Signing key…")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    soon(room.qtbot, lambda: bool([*shown("KeyDialog")]))
    dialog = top("KeyDialog")
    assert isinstance(dialog, KeyDialog)
    return dialog


def shown(kind: str) -> list[object]:
    return [one for one in QApplication.topLevelWidgets() if type(one).__name__ == kind and one.isVisible()]


def click(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def give_key(room: Room, name: str) -> str:
    """A key of a person in a cheap file; its fingerprint."""
    key, _ = new_key(room.desk, person(room, name), by=person(room, ARCHIVIST), store=KeyStore(),
                     passphrase=lambda: PASSPHRASE)  # fmt: skip
    private = sealed_key.unseal(KeyStore().sealed(key.fingerprint) or b"", PASSPHRASE, subject="")
    KeyStore().keep_file(key.fingerprint, sealed_key.seal(private, PASSPHRASE, cost=1 << 10))
    return key.fingerprint


def test_a_key_is_made_by_keyboard_alone_and_counts_at_once(room: Room) -> None:
    room.sit(ARCHIVIST)
    dialog = show_key(room, "WANG Fang")
    assert dialog.standing.text() == "WANG Fang has no key"
    assert dialog.focusWidget() is dialog.new
    QTest.keyClick(dialog.new, Qt.Key.Key_Space)
    question = top("NewKeyDialog")
    assert not question.yes.isEnabled()
    assert not question.in_file.isVisible()  # there is no keyring to choose
    QTest.keyClicks(question.passphrase.first, PASSPHRASE)
    QTest.keyClicks(question.passphrase.again, "four words in a roe")
    assert not question.yes.isEnabled()
    question.passphrase.again.clear()
    QTest.keyClicks(question.passphrase.again, PASSPHRASE)
    QTest.keyClick(question.passphrase.again, Qt.Key.Key_Return)

    soon(room.qtbot, lambda: dialog.standing.text().startswith("WANG Fang signs with this key since"))
    room.quiet()
    (key,) = list_keys(room.desk).keys
    assert dialog.fingerprint.text().replace("\n", " ") == grouped(key.fingerprint)
    assert KeyStore().sealed(key.fingerprint) is not None
    assert not shown("NewKeyDialog")
    dialog.close()


class Asking(KeyringBackend):
    """A keyring whose question to the person stands open until ``end``."""

    priority = 5  # type: ignore[assignment] # a property of the class in keyring
    name = "Asking"  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}
        self.begun, self.end = Event(), Event()

    def get_password(self, _service: str, username: str) -> str | None:
        return self.kept.get(username)

    def set_password(self, _service: str, username: str, password: str) -> None:
        self.begun.set()
        self.end.wait(60)
        self.kept[username] = password

    def delete_password(self, _service: str, username: str) -> None:
        del self.kept[username]


@pytest.fixture
def asking() -> Iterator[Asking]:
    before, backend = keyring.get_keyring(), Asking()
    keyring.set_keyring(backend)
    yield backend
    backend.end.set()
    keyring.set_keyring(before)


def ask_for_key(room: Room, asking: Asking) -> KeyDialog:
    """Say yes to a new key in the keyring, which begins to ask for its own password."""
    room.sit(ARCHIVIST)
    dialog = show_key(room, "WANG Fang")
    click(dialog.new)
    click(top("NewKeyDialog").yes)
    soon(room.qtbot, asking.begun.is_set)
    return dialog


def test_typing_is_saved_while_a_keyring_asks_for_its_password(room: Room, asking: Asking) -> None:
    room.sit(DRAFTER)
    page = room.open(SLUG)
    dialog = ask_for_key(room, asking)
    segment = next(s for s in page.editor.story().content.segments() if not s.target)
    page.editor.write_target(segment.id, "Typed meanwhile.")
    soon(room.qtbot, page.editor.is_saved)
    assert not asking.end.is_set()
    assert list_keys(room.desk).keys == ()
    asking.end.set()
    soon(room.qtbot, lambda: dialog.standing.text().startswith("WANG Fang signs"))
    room.quiet()
    assert [*asking.kept] == [key.fingerprint for key in list_keys(room.desk).keys]
    dialog.close()


def test_a_question_that_is_closed_waits_for_no_keyring(room: Room, asking: Asking) -> None:
    dialog = ask_for_key(room, asking)
    top("NewKeyDialog").reject()
    room.quiet()
    assert not asking.end.is_set()
    asking.end.set()
    soon(room.qtbot, lambda: asking.kept == {})
    assert list_keys(room.desk).keys == ()
    dialog.close()


def test_a_key_waits_until_an_archivist_confirms_it(room: Room) -> None:
    room.sit("WANG Fang")
    new_key(
        room.desk, person(room, "WANG Fang"), by=person(room, "WANG Fang"), store=KeyStore(),
        passphrase=lambda: PASSPHRASE,
    )  # fmt: skip
    room.place.people.reload()
    room.quiet()
    theirs = show_key(room, "WANG Fang")
    assert "waits to be confirmed" in theirs.standing.text()
    assert not theirs.confirm.isVisible()
    theirs.close()
    room.sit(ARCHIVIST)

    dialog = show_key(room, "WANG Fang")
    assert dialog.confirm.isDefault()
    click(dialog.confirm)

    soon(room.qtbot, lambda: dialog.standing.text().startswith("WANG Fang signs"))
    room.quiet()
    assert list_keys(room.desk).keys[0].enrolled_by == person(room, ARCHIVIST).id
    dialog.close()


def test_a_key_is_retired_with_a_reason_and_said_among_the_earlier_ones(room: Room) -> None:
    give_key(room, "WANG Fang")
    room.sit("WANG Fang")
    dialog = show_key(room, "WANG Fang")
    click(dialog.retire)
    question = top("RetireDialog")
    assert not question.yes.isEnabled()
    QTest.keyClick(question.reasons[KeyEnd.LOST], Qt.Key.Key_Space)
    click(question.yes)

    soon(room.qtbot, lambda: dialog.standing.text() == "WANG Fang has no key")
    room.quiet()
    assert "lost" in dialog.earlier.text()
    assert dialog.new.isVisible()
    dialog.close()


def test_a_public_key_goes_out_and_comes_in_as_a_file(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = ed25519.new_private()
    public = ed25519.public_of(private)
    file = tmp_path / "wang.pem"
    file.write_text(ed25519.to_pem(public, told="WANG Fang"), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    room.sit(ARCHIVIST)
    dialog = show_key(room, "WANG Fang")
    click(dialog.enrol)
    soon(room.qtbot, lambda: dialog.standing.text().startswith("WANG Fang signs"))
    room.quiet()
    assert list_keys(room.desk).keys[0].fingerprint == fingerprint_of(public)
    assert "not on this computer" in dialog.told.text()
    assert dialog.take.isVisible()
    assert not dialog.private.isVisible()

    out = tmp_path / "out"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    dialog.public.trigger()
    soon(room.qtbot, lambda: dialog.message.text() == "Saved as out.pem.")
    room.quiet()
    assert ed25519.from_pem(out.with_suffix(".pem").read_bytes(), subject="") == public
    dialog.close()


def test_a_private_key_is_brought_to_another_computer(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fingerprint = give_key(room, "WANG Fang")
    out = tmp_path / "wang.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(out), ""))
    room.sit("WANG Fang")
    dialog = show_key(room, "WANG Fang")
    dialog.private.trigger()
    soon(room.qtbot, lambda: dialog.message.text() == "Saved as wang.json.")
    dialog.close()
    KeyStore().forget(fingerprint)

    elsewhere = show_key(room, "WANG Fang")
    assert "not on this computer" in elsewhere.told.text()
    click(elsewhere.take)
    question = top("PassphraseDialog")
    QTest.keyClicks(question.field, "not this one")
    QTest.keyClick(question.field, Qt.Key.Key_Return)
    soon(room.qtbot, lambda: "does not open" in question.trouble.text())
    QTest.keyClicks(question.field, PASSPHRASE)
    QTest.keyClick(question.field, Qt.Key.Key_Return)

    soon(room.qtbot, lambda: "in a file" in elsewhere.told.text())
    room.quiet()
    assert KeyStore().sealed(fingerprint) == out.read_bytes()
    elsewhere.close()


def test_the_house_demands_signatures_by_a_box(room: Room) -> None:
    room.sit(ARCHIVIST)
    room.window.show_place("people")
    click_box(room)
    soon(room.qtbot, lambda: list_keys(room.desk).demanded)
    room.quiet()
    assert room.place.people_page.demanded.isChecked()


def click_box(room: Room) -> None:
    box = room.place.people_page.demanded
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)


def sign_draft(room: Room) -> list[str]:
    """Press the primary button of the strip, and sign in its dialog; what that said before."""
    page = room.open(SLUG)
    soon(room.qtbot, lambda: page.strip.next_action == ("submit", "draft"))
    page.strip.request_next()
    soon(room.qtbot, lambda: bool(shown("SignDialog")))
    dialog = top("SignDialog")
    said = [label.text() for label in dialog.findChildren(QLabel)]
    dialog.yes_button.click()
    return said


def withdraw(room: Room) -> None:
    by = person(room, DRAFTER)
    signer = signer_for(room.desk, by, KeyStore(), lambda: PASSPHRASE)
    changes = workflow.withdraw(room.desk, room.story(SLUG), by=by, note="again", signer=signer)
    room.window.bus.publish(changes, "test")
    room.quiet()


def test_signing_asks_for_the_passphrase_once_a_session(room: Room) -> None:
    fingerprint = give_key(room, DRAFTER)
    room.sit(DRAFTER)
    assert f"with key {grouped(fingerprint[:8])} …" in sign_draft(room)
    soon(room.qtbot, lambda: bool(shown("PassphraseDialog")))
    question = top("PassphraseDialog")
    QTest.keyClicks(question.field, "not this one")
    QTest.keyClick(question.field, Qt.Key.Key_Return)
    soon(room.qtbot, lambda: "does not open" in question.trouble.text())
    assert not open_story(room.desk, SLUG).situation.standing.valid
    QTest.keyClicks(question.field, PASSPHRASE)
    QTest.keyClick(question.field, Qt.Key.Key_Return)
    soon(room.qtbot, lambda: "draft" in open_story(room.desk, SLUG).situation.standing.valid)
    room.quiet()

    file = open_story(room.desk, SLUG)
    assert file.situation.standing.valid["draft"].key == fingerprint
    assert file.unproven == {}
    found = verify(room.desk)
    assert found.problems == ()
    assert found.checked["signatures"] == 1
    page = room.open(SLUG)
    soon(room.qtbot, lambda: page.strip._steps.views()[0].proof == f"signed with key {grouped(fingerprint[:8])} …")
    assert room.place.rooms.signing.idle.interval() == IDLE_MINUTES * 60_000

    withdraw(room)
    sign_draft(room)
    soon(room.qtbot, lambda: len(open_story(room.desk, SLUG).signoffs) == 2)
    room.quiet()
    assert not shown("PassphraseDialog")

    withdraw(room)
    room.place.rooms.signing.idle.timeout.emit()  # a quarter of an hour went by
    sign_draft(room)
    soon(room.qtbot, lambda: bool(shown("PassphraseDialog")))
    QTest.keyClick(top("PassphraseDialog"), Qt.Key.Key_Escape)
    room.quiet()
    assert len(open_story(room.desk, SLUG).signoffs) == 2
    sign_draft(room)  # giving the question up left the story free to be signed
    soon(room.qtbot, lambda: bool(shown("PassphraseDialog")))
    top("PassphraseDialog").reject()


def answer(room: Room, kind: str, note: str = "") -> None:
    """Agree to a question, with a note."""
    soon(room.qtbot, lambda: bool(shown(kind)))
    dialog = top(kind)
    QTest.keyClicks(dialog.note_field, note)
    dialog.yes_button.click()


def type_passphrase(room: Room) -> None:
    soon(room.qtbot, lambda: bool(shown("PassphraseDialog")))
    QTest.keyClicks(top("PassphraseDialog").field, PASSPHRASE)
    QTest.keyClick(top("PassphraseDialog").field, Qt.Key.Key_Return)


def test_taking_a_sign_off_back_asks_for_the_passphrase_too(room: Room) -> None:
    by = person(room, DRAFTER)
    workflow.submit(room.desk, room.story(SLUG), by=by)
    fingerprint = give_key(room, DRAFTER)
    room.sit(DRAFTER)
    file = open_story(room.desk, SLUG)
    room.place.rooms._review.request("withdraw", "draft", file, file.people[by.id], ())
    answer(room, "NoteDialog", "A slip.")
    type_passphrase(room)
    soon(room.qtbot, lambda: open_story(room.desk, SLUG).signoffs[0].withdrawn_key == fingerprint)
    room.quiet()
    assert verify(room.desk).problems == ()


def test_nobody_without_a_key_is_kept_from_taking_a_sign_off_back(room: Room) -> None:
    by = person(room, DRAFTER)
    workflow.submit(room.desk, room.story(SLUG), by=by)
    demand(room.desk, on=True, by=person(room, ARCHIVIST))
    room.sit(DRAFTER)
    file = open_story(room.desk, SLUG)
    room.place.rooms._review.request("withdraw", "draft", file, file.people[by.id], ())
    answer(room, "NoteDialog", "A slip.")
    soon(room.qtbot, lambda: open_story(room.desk, SLUG).signoffs[0].withdrawn_at is not None)
    room.quiet()


def test_what_went_out_early_is_approved_with_a_signature(room: Room) -> None:
    workflow.submit(room.desk, room.story(SLUG), by=person(room, DRAFTER))
    first, second = [one for one in list_people(room.desk) if Role.REVISER in one.roles or Role.EDITOR in one.roles][:2]
    publishing.release_early(room.desk, room.story(SLUG), by=first, note="The minister comes.")
    demand(room.desk, on=True, by=person(room, ARCHIVIST))
    room.sit(second.name)
    desk = room.place.rooms._publishing
    desk.request("approve-later", open_story(room.desk, SLUG), second)
    soon(room.qtbot, lambda: bool(shown("ActDialog")))
    dialog = top("ActDialog")
    soon(room.qtbot, dialog.trouble.isVisible)
    assert f"{second.name} has no key" in dialog.trouble.text()
    assert not dialog.yes_button.isEnabled()
    dialog.reject()
    room.quiet()

    fingerprint = give_key(room, second.name)
    desk.request("approve-later", open_story(room.desk, SLUG), person(room, second.name))
    answer(room, "ActDialog")
    type_passphrase(room)
    soon(room.qtbot, lambda: not open_story(room.desk, SLUG).publication.unapproved)
    room.quiet()
    early = open_story(room.desk, SLUG).publication.emergency
    assert early is not None
    assert (early.approved_by, early.approval_key) == (second.id, fingerprint)
    assert verify(room.desk).problems == ()
    page = room.open(SLUG)
    soon(room.qtbot, lambda: f"signed with key {grouped(fingerprint[:8])} …" in page.strip._steps.views()[-1].proof)


def test_nobody_signs_silently_without_a_key_that_they_have(room: Room) -> None:
    fingerprint = give_key(room, DRAFTER)
    KeyStore().forget(fingerprint)
    room.sit(DRAFTER)
    page = room.open(SLUG)
    soon(room.qtbot, lambda: page.strip.next_action == ("submit", "draft"))
    page.strip.request_next()
    soon(room.qtbot, lambda: bool(shown("SignDialog")))
    dialog = top("SignDialog")
    soon(room.qtbot, dialog.trouble.isVisible)
    assert "not on this computer" in dialog.trouble.text()
    assert "People ▸ Signing key… ▸ Bring it here…" in dialog.trouble.text()
    assert "diptych" not in dialog.trouble.text()
    assert not dialog.yes_button.isEnabled()
    with room.qtbot.waitSignal(room.place.said, timeout=PATIENCE, check_params_cb=lambda text, _: "not on" in text):
        dialog.accept()  # as if it had been answered before that was known
    room.quiet()
    assert not open_story(room.desk, SLUG).situation.standing.valid


def test_without_a_key_a_sign_off_is_shown_as_one_without_a_signature(room: Room) -> None:
    room.sit(DRAFTER)
    assert "none: there is no key to sign with" in sign_draft(room)
    soon(room.qtbot, lambda: "draft" in open_story(room.desk, SLUG).situation.standing.valid)
    room.quiet()
    assert not shown("PassphraseDialog")
    page = room.open(SLUG)
    soon(room.qtbot, lambda: page.strip._steps.views()[0].proof == "without a signature")


def test_where_signatures_are_demanded_nobody_is_let_sign_without_a_key(room: Room) -> None:
    room.sit(DRAFTER)
    demand(room.desk, on=True, by=person(room, ARCHIVIST))
    room.place.people.reload()
    room.quiet()
    room.window.show_place("people")
    row = room.place.people_page.rows[person(room, DRAFTER).id]
    assert "No signing key: cannot sign" in [label.text() for label in row.findChildren(QLabel)]
    page = room.open(SLUG)
    soon(room.qtbot, lambda: page.strip.next_action == ("submit", "draft"))
    page.strip.request_next()
    soon(room.qtbot, lambda: bool(shown("SignDialog")))
    dialog = top("SignDialog")
    soon(room.qtbot, dialog.trouble.isVisible)
    assert f"{DRAFTER} has no key" in dialog.trouble.text()
    assert "People ▸ Signing key…" in dialog.trouble.text()
    assert "diptych" not in dialog.trouble.text()
    assert not dialog.yes_button.isEnabled()
    dialog.reject()


def test_every_advice_about_keys_that_names_a_command_has_its_way_in_the_window() -> None:
    desk = Path(__file__).parents[2] / "desktop_app"
    sources = [desk / "desk" / "signatures.py", desk / "desk" / "signing_keys.py", desk / "foundation" / "ed25519.py"]
    named = {name for path in sources for name in re.findall("“diptych keys [a-z]+”", path.read_text("utf-8"))}
    assert named == set(WAYS)
    told = for_the_window(NotAllowedError(N_("no"), advice=N_("make a new key with “diptych keys new”")))
    assert told.advice == WAYS["“diptych keys new”"]
