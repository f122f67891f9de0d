"""The dialog of shortcuts: what is in force, another tool's, one's own; every change is in force at once."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop_app.foundation.messages import N_
from desktop_app.gui.keys.key_field import KeyField
from desktop_app.gui.keys.key_list import KeyList
from desktop_app.gui.kit.actions import Actions
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.presets import PRESETS, preset_of
from desktop_app.gui.kit.reserved import native, refusal
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import Hairline, InlineMessage, SegmentedControl, push_button


class KeysDialog(QDialog):
    """``chosen(preset, own keys)`` with every change; whoever takes it puts it in force."""

    chosen = Signal(str, object)

    def __init__(self, look: Look, texts: Texts, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._texts, self._actions, self._keymap = texts, actions, actions.keymap
        self.setWindowTitle(texts(N_("Shortcuts")))
        self.setModal(True)
        self.resize(look.theme.px(680), min(look.theme.px(640), parent.height()))
        self.search = QLineEdit(self)
        self.search.setProperty("search", True)
        self.search.setPlaceholderText(texts(N_("Filter by name or shortcut")))
        self.search.setAccessibleName(texts(N_("Filter by name or shortcut")))
        self.search.setClearButtonEnabled(True)
        self.presets = SegmentedControl(
            [(one.id, texts(one.title)) for one in PRESETS], texts(N_("Shortcuts as in")), self
        )
        self.note = QLabel(self)
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.list = KeyList(look, texts, actions, self)
        self._none = QLabel(texts(N_("No action is called that, and none has that shortcut.")), self)
        self._none.setProperty("role", "muted")
        self._none.setContentsMargins(20, 12, 20, 12)
        self.message = InlineMessage(look, texts(N_("Close")), self)
        self._make_editing()
        self.all = push_button(texts(N_("Reset all")), "", self)
        self.all.setToolTip(texts(N_("Forget every shortcut of your own")))
        self.close_button = push_button(texts(N_("Close")), "primary", self)
        self._lay_out()
        self._connect()
        self._show()
        self.list.select(self.list_order()[0])
        self.search.setFocus()

    def list_order(self) -> list[str]:
        """The actions in the order in which they stand."""
        return [spec.id for spec in self._actions.specs() if spec.menu]

    def _make_editing(self) -> None:
        texts = self._texts
        self.name = QLabel(self)
        self.name.setProperty("role", "heading")
        self.field = KeyField(texts(N_("Press the new shortcut here")), texts(N_("New shortcut")), self)
        self.none = push_button(texts(N_("No shortcut")), "", self)
        self.none.setToolTip(texts(N_("Leave this action without a shortcut")))
        self.reset = push_button(texts(N_("Reset")), "", self)
        self.reset.setToolTip(texts(N_("Give this action its shortcut back")))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.search, 1)
        top.addWidget(self.presets)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.setSpacing(8)
        head.addLayout(top)
        head.addWidget(self.note)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.name, 1)
        line.addWidget(self.field, 1)
        line.addWidget(self.none)
        line.addWidget(self.reset)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 12, 16, 14)
        foot.setSpacing(10)
        foot.addWidget(self.message)
        foot.addLayout(line)
        buttons = QHBoxLayout()
        buttons.addWidget(self.all)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        foot.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(Hairline(parent=self))
        layout.addWidget(self.list, 1)
        layout.addWidget(self._none, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(Hairline(parent=self))
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.presets.chosen.connect(lambda preset: self.chosen.emit(preset, self._keymap.own))
        self.list.chosen.connect(lambda _spec: self._show_chosen())
        self.list.opened.connect(self.field.setFocus)
        self.list.cleared.connect(self._on_none)
        self.field.pressed.connect(self._on_pressed)
        self.none.clicked.connect(self._on_none)
        self.reset.clicked.connect(self._on_reset)
        self.all.clicked.connect(lambda _on=False: self.chosen.emit(self._keymap.preset, {}))
        self.close_button.clicked.connect(self.accept)
        self._keymap.changed.connect(self._show)

    def _show(self) -> None:
        """Show what is in force now."""
        preset = preset_of(self._keymap.preset)
        self.presets.choose(preset.id)
        self.note.setText(self._texts(preset.note))
        self.list.show_keys()
        self.all.setEnabled(bool(self._keymap.own))
        self._show_chosen()
        self._on_search(self.search.text())

    def _show_chosen(self) -> None:
        spec = self.list.spec()
        self.message.hide()
        self.field.show_key("")
        self.name.setText(self._actions.title(spec) if spec is not None else "")
        for widget in (self.field, self.none):
            widget.setEnabled(spec is not None)
        self.reset.setEnabled(spec is not None and spec.id in self._keymap.own)

    def _on_search(self, text: str) -> None:
        some = bool(self.list.show_only(text.strip()))
        self.list.setVisible(some)
        self._none.setVisible(not some)

    def _on_pressed(self, key: str) -> None:
        spec = self.list.spec()
        if spec is None:
            return
        self.field.show_key(key)
        why = refusal(key)
        holder = self._actions.holder(key)
        if why is not None:
            self.message.show_text(self._texts(why), "error", closable=False)
        elif holder is not None and holder.id != spec.id:
            text = N_("{key} is “{action}”.", key=native(key), action=self._actions.title(holder))
            self.message.show_text(
                self._texts(text), "warning", button=self._texts(N_("Take it away from there")),
                act=partial(self._give, spec.id, key), closable=False,
            )  # fmt: skip
        else:
            self._give(spec.id, key)

    def _give(self, action: str, key: str) -> None:
        self.chosen.emit(self._keymap.preset, self._keymap.with_key(action, key))
        text = N_("{key} is “{action}” now.", key=native(key), action=self.name.text())
        self.message.show_text(self._texts(text), "good", closable=False)

    def _on_none(self) -> None:
        spec = self.list.spec()
        if spec is not None:
            self.chosen.emit(self._keymap.preset, self._keymap.without_key(spec.id))

    def _on_reset(self) -> None:
        spec = self.list.spec()
        if spec is not None:
            self.chosen.emit(self._keymap.preset, self._keymap.reset(spec.id))
