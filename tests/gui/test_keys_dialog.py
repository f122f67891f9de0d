"""Keys: other tools' and one's own, in force at once everywhere they are named, never those of input methods."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from shell_room import Room, soon, top

from desktop_app.foundation.settings import SettingsFile
from desktop_app.gui.keys.dialog import KeysDialog
from desktop_app.gui.kit.actions import Actions, duplicates
from desktop_app.gui.kit.keymap import Keymap
from desktop_app.gui.kit.keys import ACTIONS, key_of
from desktop_app.gui.kit.presets import PRESETS
from desktop_app.gui.kit.reserved import portable, refusal
from desktop_app.gui.shell.help_window import read_pages, with_keys

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip
IDS = [spec.id for spec in ACTIONS]


@pytest.fixture
def dialog(room: Room) -> KeysDialog:
    room.window.registry.action("shortcuts").trigger()
    return room.window.findChildren(KeysDialog)[-1]


def press(dialog: KeysDialog, action: str, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    dialog.list.select(action)
    dialog.field.setFocus()
    QTest.keyClick(dialog.field, key, modifier)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_no_preset_gives_a_key_twice_or_one_that_is_not_to_be_had(preset) -> None:
    keymap = Keymap()
    keymap.use(preset.id, {})
    assert duplicates(ACTIONS, keymap) == {}
    for spec in ACTIONS:
        for key in keymap.keys(spec.id, spec.keys):
            assert refusal(key) is None, f"{key} of {spec.id}"
    assert len({preset.id for preset in PRESETS}) == len(PRESETS) == 4


@given(
    preset=st.sampled_from([preset.id for preset in PRESETS]),
    steps=st.lists(
        st.tuples(
            st.sampled_from(["give", "none", "reset"]),
            st.sampled_from(IDS),
            st.sampled_from(["Ctrl+J", "Ctrl+Return", "Ctrl+T", "F8", "Alt+1", "Ctrl+Alt+X", "Ctrl+Space", "A", ""]),
        ),
        max_size=12,
    ),
)
def test_whatever_is_chosen_no_key_does_two_things(preset: str, steps: list[tuple[str, str, str]]) -> None:
    keymap = Keymap()
    keymap.use(preset, {})
    for act, action, key in steps:
        own = {"give": lambda a=action, k=key: keymap.with_key(a, k), "none": lambda a=action: keymap.without_key(a),
               "reset": lambda a=action: keymap.reset(a)}[act]()  # fmt: skip
        keymap.use(preset, own)
        if act == "give" and refusal(key) is None:
            assert portable(key) in keymap.keys(action, ())
        assert duplicates(ACTIONS, keymap) == {}


@pytest.mark.parametrize(
    "key",
    ["Ctrl+Space", "Shift+Space", "Ctrl+.", "Ctrl+,", "Ctrl+;", "Ctrl+Shift+F", "Ctrl+Alt+P", "Return", "Enter", "A",
     "Shift+A", "Left", "Ctrl+C", "Ctrl+Left", "Alt+F4", "Alt+S", "Meta+J", "Shift+Return", "Tab", "Esc", "", "nothing",
     "Ctrl+K, Ctrl+J"],
)  # fmt: skip
def test_reserved_keys_are_refused_with_a_reason(key: str) -> None:
    assert refusal(key) is not None


@pytest.mark.parametrize("key", ["Ctrl+J", "F8", "Shift+F8", "Alt+1", "Alt+Shift+T", "Ctrl+Return", "Ctrl+Alt+9"])
def test_the_others_are_free(key: str) -> None:
    assert refusal(key) is None


def test_a_preset_is_in_force_at_once_and_the_next_time(room: Room, dialog: KeysDialog, settings: SettingsFile) -> None:
    dialog.presets._buttons["omegat"].click()

    actions = room.window.registry
    assert actions.action("next-segment").shortcut() == QKeySequence("Ctrl+N")
    assert actions.action("new-archive").shortcut() == QKeySequence("Ctrl+Shift+N")
    assert actions.action("next-segment").toolTip().endswith("(Ctrl+N)")
    assert key_of("go-to") == "Ctrl+J"
    assert "OmegaT" in dialog.note.text()
    assert SettingsFile(settings.path).settings.keys == "omegat"
    assert "OmegaT" in room.window.settings_page._keys.text()
    dialog.accept()


def test_a_key_of_ones_own_takes_the_place_of_the_old_one(room: Room, dialog: KeysDialog, settings, qtbot) -> None:
    press(dialog, "palette", Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier)

    assert room.window.registry.action("palette").shortcuts() == [QKeySequence("F4")]
    assert "F4" in room.window.top._search.text()
    assert SettingsFile(settings.path).settings.own_keys == {"palette": ("F4",)}
    assert dialog.reset.isEnabled()
    press(dialog, "filter", Qt.Key.Key_F11, CTRL)
    assert "Ctrl+F11" in room.place.stories.library.bar.search.placeholderText()
    room.window.show_help("keys")
    assert "F4" in room.window._help.text.toPlainText()
    dialog.list.select("palette")
    dialog.reset.click()
    assert "F4" not in room.window._help.text.toPlainText()
    dialog.all.click()
    assert SettingsFile(settings.path).settings.own_keys == {}
    dialog.accept()


def test_a_key_that_another_has_is_named_and_may_be_taken_away(room: Room, dialog: KeysDialog) -> None:
    press(dialog, "split", Qt.Key.Key_J, CTRL)

    assert dialog.message.text() == "Ctrl+J is “Join with the next”."
    assert room.window.registry.action("split").shortcut() == QKeySequence("Ctrl+T"), "nothing is taken unasked"
    dialog.message._button.click()
    assert room.window.registry.action("split").shortcuts() == [QKeySequence("Ctrl+J")]
    assert room.window.registry.action("join").shortcuts() == []
    assert room.window.registry.duplicates() == {}
    assert "(" not in room.window.registry.action("join").toolTip()
    dialog.accept()


@pytest.mark.parametrize(
    ("key", "modifier", "reason"),
    [
        (Qt.Key.Key_Space, CTRL, "input methods"), (Qt.Key.Key_F, CTRL | SHIFT, "input methods"),
        (Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier, "alone"),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "input"),
        (Qt.Key.Key_V, CTRL, "writing"), (Qt.Key.Key_S, ALT, "menu"),
    ],
)  # fmt: skip
def test_a_reserved_key_is_refused(room: Room, dialog: KeysDialog, key, modifier, reason: str) -> None:
    press(dialog, "split", key, modifier)

    assert reason in dialog.message.text()
    assert room.window.registry.action("split").shortcut() == QKeySequence("Ctrl+T")
    dialog.accept()


def test_the_number_pad_goes_with_enter_and_holding_ctrl_alone_is_no_key(room: Room, dialog: KeysDialog) -> None:
    press(dialog, "split", Qt.Key.Key_Control, CTRL)
    assert dialog.message.isHidden()
    press(dialog, "split", Qt.Key.Key_Return, CTRL | ALT | SHIFT)
    keys = [one.toString() for one in room.window.registry.action("split").shortcuts()]
    assert sorted(keys) == ["Ctrl+Alt+Shift+Enter", "Ctrl+Alt+Shift+Return"]
    dialog.none.click()
    assert room.window.registry.action("split").shortcuts() == []
    dialog.accept()


@pytest.mark.parametrize(("typed", "action"), [("join", "join"), ("ctrl+j", "join"), ("f12", "side-panel")])
def test_an_action_is_found_by_name_and_by_key(dialog: KeysDialog, typed: str, action: str) -> None:
    dialog.search.setText(typed)
    shown = [one for one, item in dialog.list._items.items() if not item.isHidden()]
    assert action in shown
    assert len(shown) < 12
    dialog.search.setText("no such thing")
    assert dialog._none.isVisibleTo(dialog)
    dialog.accept()


def test_the_side_panels_name_the_keys_in_force(room: Room, dialog: KeysDialog, qtbot) -> None:
    dialog.accept()
    page = room.open("new-materials-conference")
    finding = next(f for f in page.findings if f.fix is not None)
    room.window._on_keys_chosen("default", {"apply-fix": ("Ctrl+F9",)})

    def tips() -> str:
        from PySide6.QtWidgets import QPushButton  # noqa: PLC0415 - this one question alone

        return " ".join(button.toolTip() for button in page.checks.findChildren(QPushButton))

    soon(qtbot, lambda: "Ctrl+F9" in tips() and "(Ctrl+F8" not in tips())
    assert finding in page.findings


def test_damaged_settings_of_keys_cost_only_themselves(window, tmp_path: Path) -> None:
    keymap = Keymap.in_force()
    keymap.use("unicorn", {"split": ("Ctrl+Space", "no key", "Ctrl+J"), "unicorn": ("Ctrl+T",)})
    assert keymap.preset == "default"
    assert keymap.keys("split", ("Ctrl+T",)) == ("Ctrl+J",)
    keymap.use("default", {})


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_help_names_only_actions_that_are_there(window, language: str) -> None:
    actions: Actions = window.registry
    for page in read_pages(language):
        for action in re.findall(r"\{key:([^}]*)\}", page.markdown):
            assert action in IDS, f"{page.id}: {action}"
        assert "{key:" not in with_keys(page.markdown, actions)
    assert with_keys("{key:split} {key:align} {key:unicorn}", actions) == "Ctrl+T Align two files… {key:unicorn}"


def test_it_opens_over_the_window_and_closes_by_escape(room: Room, dialog: KeysDialog) -> None:
    assert top("KeysDialog") is dialog
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
