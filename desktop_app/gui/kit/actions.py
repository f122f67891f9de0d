"""The registry of actions: one table feeds menus, palette, shortcuts, tooltips and help."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop_app.foundation.errors import BugError
from desktop_app.foundation.messages import Message
from desktop_app.gui.kit.keymap import Keymap
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.reserved import INPUT_METHODS, portable
from desktop_app.gui.kit.texts import Texts

FORBIDDEN_KEYS = INPUT_METHODS


@dataclass(frozen=True)
class ActionSpec:
    """One thing a person can ask for. ``keys`` are our own, in Qt's portable spelling; ``Keymap`` has those in force.

    ``menu`` is the id of its menu, ``group`` that of the submenu in which it stands there; ``tip`` says more than the
    title where that helps; ``icon`` names a line icon; ``line``: a line stands before it, or before the submenu that it
    begins.
    """

    id: str
    title: Message
    keys: tuple[str, ...] = ()
    menu: str = ""
    tip: Message | None = None
    icon: str | None = None
    group: str = ""
    line: bool = False


class Actions(QObject):
    """Makes one ``QAction`` a spec, on the window that its shortcuts are good for, and goes with that window."""

    def __init__(self, window: QWidget, look: Look, texts: Texts) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._texts = texts
        self.keymap = Keymap.in_force()
        self._specs: dict[str, ActionSpec] = {}
        self._actions: dict[str, QAction] = {}
        look.changed.connect(self._on_look_changed)
        self.keymap.changed.connect(self._on_keys_changed)

    def register(self, spec: ActionSpec, handler: Callable[[], None]) -> QAction:
        """Add an action; its shortcuts work from now on wherever the focus is in the window.

        Raises:
            BugError: the id is taken, or a key belongs to input methods.
        """
        if spec.id in self._specs:
            raise BugError(f"two actions are called {spec.id}")
        for key in spec.keys:
            if portable(key) in FORBIDDEN_KEYS:
                raise BugError(f"{key} of {spec.id} belongs to input methods")
        action = QAction(self._texts(spec.title), self._window)
        action.setObjectName(spec.id)
        self._give_keys(spec, action)
        action.setIconVisibleInMenu(False)
        action.triggered.connect(lambda _checked=False: handler())
        self._specs[spec.id] = spec
        self._actions[spec.id] = action
        self._dress(spec, action)
        self._window.addAction(action)
        return action

    def tip(self, spec: ActionSpec) -> str:
        """What the action does and the key that does it: ``Split at the cursor (Ctrl+T)``."""
        text = self._texts(spec.tip or spec.title)
        key = self.key_text(spec)
        return f"{text} ({key})" if key else text

    def title(self, spec: ActionSpec) -> str:
        """What the action is called, without the mark of its menu letter."""
        return self._texts(spec.title).replace("&", "")

    def keys(self, spec: ActionSpec) -> tuple[str, ...]:
        """The keys in force, in portable spelling, the one shown first."""
        return self.keymap.keys(spec.id, spec.keys)

    def key_text(self, spec: ActionSpec) -> str:
        """The first key in force as this system writes it, empty where there is none."""
        return self.keymap.text(spec.id, spec.keys)

    def holder(self, key: str) -> ActionSpec | None:
        """The action that a key triggers now."""
        wanted = portable(key)
        return next((spec for spec in self._specs.values() if wanted in self.keys(spec)), None)

    def action(self, action_id: str) -> QAction:
        """The ``QAction`` of an id.

        Raises:
            BugError: nothing is registered under it.
        """
        try:
            return self._actions[action_id]
        except KeyError:
            raise BugError(f"no action is called {action_id}") from None

    def specs(self) -> list[ActionSpec]:
        """Every registered spec, in the order of registering: the palette and the help page."""
        return list(self._specs.values())

    def menu(self, menu: str) -> list[QAction]:
        """The actions of one menu, in the order of registering, those of its submenus among them."""
        return [self._actions[spec.id] for spec in self._specs.values() if spec.menu == menu]

    def duplicates(self) -> dict[str, list[str]]:
        """The keys that more than one registered action claims, with the ids."""
        return duplicates(self._specs.values(), self.keymap)

    def _give_keys(self, spec: ActionSpec, action: QAction) -> None:
        keys = self.keys(spec)
        action.setShortcuts([QKeySequence(key, QKeySequence.SequenceFormat.PortableText) for key in keys])
        action.setToolTip(self.tip(spec))

    def _on_keys_changed(self) -> None:
        for action_id, action in self._actions.items():
            self._give_keys(self._specs[action_id], action)

    def _dress(self, spec: ActionSpec, action: QAction) -> None:
        if spec.icon is not None:
            action.setIcon(self._look.icon(spec.icon))

    def _on_look_changed(self) -> None:
        for action_id, action in self._actions.items():
            self._dress(self._specs[action_id], action)


def duplicates(specs: Iterable[ActionSpec], keymap: Keymap | None = None) -> dict[str, list[str]]:
    """The keys that more than one spec claims, in portable spelling, with the ids; by ``keymap``, else by the table."""
    claims: dict[str, list[str]] = {}
    for spec in specs:
        for key in keymap.keys(spec.id, spec.keys) if keymap is not None else spec.keys:
            claims.setdefault(portable(key), []).append(spec.id)
    return {key: ids for key, ids in claims.items() if len(ids) > 1}
