"""What the program remembers of its user between two runs: one small JSON file, written whole or not at all."""

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from desktop_app.foundation.json_file import JsonFile

_log = logging.getLogger(__name__)

CONFIG_DIR = "DIPTYCH_CONFIG_DIR"
THEMES = ("system", "light", "dark")
SMALLEST_SCALE, LARGEST_SCALE = 1.0, 2.0
_RECENT = 8
_MOST_KEYS = 400  # actions with keys of their own; there are not as many actions
_NAME = "settings.json"


def config_dir() -> Path:
    """Return the folder of settings and log; ``$DIPTYCH_CONFIG_DIR`` goes before the system's own place."""
    chosen = os.environ.get(CONFIG_DIR)
    return Path(chosen) if chosen else user_config_path("diptych", appauthor=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """All that is remembered. ``language`` empty follows the system; ``people`` has person ids by archive folder.

    ``geometry`` is the window's own base64 text; ``widths`` has panel widths in pixels by panel name.
    ``keys`` is the id of the tool whose keys are in force, ``own_keys`` what the person put in their place, by action.
    ``completing``: words are proposed at the caret. ``folder`` is where a file was chosen last.
    """

    archive: str = ""
    recent: tuple[str, ...] = ()
    theme: str = "system"
    language: str = ""
    scale: float = 1.0
    people: Mapping[str, str] = field(default_factory=dict, hash=False)
    geometry: str = ""
    widths: Mapping[str, int] = field(default_factory=dict, hash=False)
    keys: str = "default"
    own_keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    completing: bool = True
    folder: str = ""

    def with_archive(self, folder: Path) -> "Settings":
        """The settings after ``folder`` was opened: it is the last one and the first of the recent ones."""
        name = os.path.abspath(folder)  # a program started elsewhere must find it too
        recent = (name, *(other for other in self.recent if other != name))
        return replace(self, archive=name, recent=recent[:_RECENT])

    def with_person(self, folder: Path, person: str) -> "Settings":
        """The settings after ``person`` sat down at the archive in ``folder``."""
        return replace(self, people={**self.people, os.path.abspath(folder): person})


class SettingsFile:
    """Holds the settings and writes each change at once."""

    def __init__(self, path: Path | None = None) -> None:
        """Read ``path``, else the file in ``config_dir()``; a damaged file is moved aside and everything is default."""
        self.path = path or config_dir() / _NAME
        self._file = JsonFile(self.path, "settings")
        self.settings = _settings(self._file.read())

    def change(self, **values: Any) -> Settings:
        """Take other values by field name and write them down."""
        return self.take(replace(self.settings, **values))

    def take(self, settings: Settings) -> Settings:
        """Take these settings and write them down; a disk that refuses costs the memory, never the work."""
        if settings != self.settings:
            self.settings = settings
            self._file.write(asdict(settings))
        return self.settings


def _settings(stored: Mapping[str, Any]) -> Settings:
    """Take every known field that holds what it should; the others keep their default and are named in the log."""
    taken: dict[str, Any] = {}
    for known in fields(Settings):
        if known.name not in stored:
            continue
        try:
            taken[known.name] = _READERS[known.name](stored[known.name])
        except (TypeError, ValueError):
            _log.warning("the setting %s has no use for what is stored; the default is taken", known.name)
    return Settings(**taken)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _theme(value: Any) -> str:
    if value not in THEMES:
        raise ValueError
    return str(value)


def _scale(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return min(LARGEST_SCALE, max(SMALLEST_SCALE, float(value)))


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_text(item) for item in value)[:_RECENT]


def _people(value: Any) -> dict[str, str]:
    return {_text(key): _text(one) for key, one in value.items()} if isinstance(value, dict) else {}


def _widths(value: Any) -> dict[str, int]:
    return {_text(key): int(one) for key, one in value.items()} if isinstance(value, dict) else {}


def _own_keys(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict) or len(value) > _MOST_KEYS:
        raise TypeError
    return {_text(action): _texts(keys) for action, keys in value.items()}


_READERS: dict[str, Callable[[Any], Any]] = {
    "archive": _text,
    "recent": _texts,
    "theme": _theme,
    "language": _text,
    "scale": _scale,
    "people": _people,
    "geometry": _text,
    "widths": _widths,
    "keys": _text,
    "own_keys": _own_keys,
    "completing": _flag,
    "folder": _text,
}
