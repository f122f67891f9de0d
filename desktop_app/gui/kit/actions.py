"""The registry of actions: one table feeds menus, palette, shortcuts, tooltips and help."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop_app.foundation.errors import BugError
from desktop_app.foundation.messages import Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts

# They belong to Chinese input methods (design, part 7).
FORBIDDEN_KEYS = frozenset({"Ctrl+Space", "Shift+Space", "Ctrl+.", "Ctrl+Shift+F", "Return", "Enter"})


@dataclass(frozen=True)
class ActionSpec:
    """One thing a person can ask for. ``keys`` are in Qt's portable spelling, the first is the one shown.

    ``menu`` is the id of its menu; ``tip`` says more than the title where that helps; ``icon`` names a line icon.
    """

    id: str
    title: Message
    keys: tuple[str, ...] = ()
    menu: str = ""
    tip: Message | None = None
    icon: str | None = None


class Actions(QObject):
    """Makes one ``QAction`` a spec, on the window that its shortcuts are good for, and goes with that window."""

    def __init__(self, window: QWidget, look: Look, texts: Texts) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._texts = texts
        self._specs: dict[str, ActionSpec] = {}
        self._actions: dict[str, QAction] = {}
        look.changed.connect(self._on_look_changed)

    def register(self, spec: ActionSpec, handler: Callable[[], None]) -> QAction:
        """Add an action; its shortcuts work from now on wherever the focus is in the window.

        Raises:
            BugError: the id is taken, or a key belongs to input methods.
        """
        if spec.id in self._specs:
            raise BugError(f"two actions are called {spec.id}")
        sequences = [QKeySequence(key, QKeySequence.SequenceFormat.PortableText) for key in spec.keys]
        for sequence in sequences:
            if sequence.toString(QKeySequence.SequenceFormat.PortableText) in FORBIDDEN_KEYS:
                raise BugError(f"{sequence.toString()} of {spec.id} belongs to input methods")
        action = QAction(self._texts(spec.title), self._window)
        action.setObjectName(spec.id)
        action.setShortcuts(sequences)
        action.setToolTip(self.tip(spec))
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

    @staticmethod
    def key_text(spec: ActionSpec) -> str:
        """The first key as this system writes it, empty where there is none."""
        return QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if spec.keys else ""

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
        """The actions of one menu, in the order of registering."""
        return [self._actions[spec.id] for spec in self._specs.values() if spec.menu == menu]

    def duplicates(self) -> dict[str, list[str]]:
        """The keys that more than one registered action claims, with the ids."""
        return duplicates(self._specs.values())

    def _dress(self, spec: ActionSpec, action: QAction) -> None:
        if spec.icon is not None:
            action.setIcon(self._look.icon(spec.icon))

    def _on_look_changed(self) -> None:
        for action_id, action in self._actions.items():
            self._dress(self._specs[action_id], action)


def duplicates(specs: Iterable[ActionSpec]) -> dict[str, list[str]]:
    """The keys that more than one spec claims, in portable spelling, with the ids."""
    claims: dict[str, list[str]] = {}
    for spec in specs:
        for key in spec.keys:
            portable = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
            claims.setdefault(portable, []).append(spec.id)
    return {key: ids for key, ids in claims.items() if len(ids) > 1}
