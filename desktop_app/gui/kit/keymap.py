"""The keys in force: our own or another tool's, and what the person put in their place."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from desktop_app.gui.kit.presets import DEFAULT, preset_of
from desktop_app.gui.kit.reserved import native, portable, refusal, with_twins

OwnKeys = Mapping[str, tuple[str, ...]]


class Keymap(QObject):
    """One for the program, as its style and palette are. ``changed`` when other keys are in force.

    A key that the person gave to an action is that action's alone: no other keeps it from the table or the preset.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preset = DEFAULT
        self.own: OwnKeys = {}
        self._taken: dict[str, str] = {}

    @staticmethod
    def in_force() -> "Keymap":
        """The keymap of the program; it lives and dies with the application."""
        app = QCoreApplication.instance()
        if app is None:
            return Keymap()
        found = app.findChild(Keymap, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return found if isinstance(found, Keymap) else Keymap(app)

    def use(self, preset: str, own: OwnKeys) -> None:
        """Put other keys in force; of ``own``, what no action may have is left out."""
        sound = {
            action: tuple(dict.fromkeys(portable(key) for key in keys if refusal(key) is None))
            for action, keys in own.items()
        }
        if (preset_of(preset).id, sound) == (self.preset, self.own):
            return
        self.preset, self.own = preset_of(preset).id, sound
        self._taken = {key: action for action, keys in sound.items() for key in keys}
        self.changed.emit()

    def keys(self, action: str, default: Iterable[str]) -> tuple[str, ...]:
        """The keys of an action, the one to be shown first; ``default`` is what the table gives it."""
        if action in self.own:
            keys: Iterable[str] = (key for key in self.own[action] if self._taken[key] == action)
        else:
            stated = preset_of(self.preset).keys.get(action, default)
            keys = (key for key in map(portable, stated) if key not in self._taken)
        return tuple(keys)

    def text(self, action: str, default: Iterable[str]) -> str:
        """The first key of an action as this system writes it, empty where there is none."""
        keys = self.keys(action, default)
        return native(keys[0]) if keys else ""

    def with_key(self, action: str, key: str) -> dict[str, tuple[str, ...]]:
        """What the person's own keys are once ``action`` has ``key`` and nothing else, taken from whoever had it."""
        keys = tuple(portable(one) for one in with_twins(portable(key)))
        left = {one: tuple(k for k in those if k not in keys) for one, those in self.own.items()}
        return {**left, action: keys}

    def without_key(self, action: str) -> dict[str, tuple[str, ...]]:
        """What the person's own keys are once ``action`` has none."""
        return {**self.own, action: ()}

    def reset(self, action: str) -> dict[str, tuple[str, ...]]:
        """What the person's own keys are once ``action`` has those of the preset again."""
        return {one: keys for one, keys in self.own.items() if one != action}
