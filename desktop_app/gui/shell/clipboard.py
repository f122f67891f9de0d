"""Cut, copy and paste of the menu: they go to the text field that has the keyboard, as its own keys do."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QMenuBar, QPlainTextEdit, QTextEdit, QWidget

from desktop_app.gui.kit.actions import Actions
from desktop_app.gui.kit.reserved import native

Field = QLineEdit | QTextEdit | QPlainTextEdit

CLIPBOARD = {"cut": "Ctrl+X", "copy": "Ctrl+C", "paste": "Ctrl+V"}  # the fields' own keys: shown, never registered


class Clipboard(QObject):
    """Knows the field that has, or had before a menu was opened, the keyboard."""

    def __init__(self, actions: Actions) -> None:
        super().__init__(actions)
        self._actions = actions
        self._field: Field | None = None

    def follow(self) -> None:
        """Begin, once the actions are registered."""
        for action_id, key in CLIPBOARD.items():
            action = self._actions.action(action_id)
            action.setText(f"{action.text()}\t{native(key)}")
            action.setEnabled(False)
        app = QApplication.instance()
        assert isinstance(app, QApplication), "actions are in windows"
        app.focusChanged.connect(self._on_focus)

    def act(self, action: str) -> None:
        """Cut, copy or paste in the field."""
        if self._field is None:
            return
        acts = {"cut": self._field.cut, "copy": self._field.copy, "paste": self._field.paste}
        acts[action]()

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(new, QMenuBar | QMenu):
            return  # the menu that was opened is about the field before
        self._field = new if isinstance(new, Field) else None  # a field that goes loses the keyboard first
        writes = self._field is not None and not self._field.isReadOnly()
        self._actions.action("copy").setEnabled(self._field is not None)
        for action in ("cut", "paste"):
            self._actions.action(action).setEnabled(writes)
