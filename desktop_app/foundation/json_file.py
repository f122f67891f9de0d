"""Small JSON files of the user's own folder: read as far as they make sense, written whole or not at all."""

import json
import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)


class JsonFile:
    """One file that holds one object. What is damaged is kept aside, and the work goes on without it."""

    def __init__(self, path: Path, what: str, *, indent: int | None = 1) -> None:
        """``what`` names the content in the log: ``settings``."""
        self.path = path
        self._what = what
        self._indent = indent

    def read(self) -> dict[str, Any]:
        """Return what is stored; nothing where there is no file, or none that can be read."""
        try:
            stored = json.loads(self.path.read_text("utf-8"))
            if not isinstance(stored, dict):
                raise ValueError("not an object")
        except FileNotFoundError:
            return {}
        except OSError as error:
            _log.warning("the %s cannot be read from %s: %s", self._what, self.path, error)
            return {}
        except (ValueError, RecursionError) as error:  # bad JSON and bad UTF-8 are both ValueErrors
            self._move_aside(error)
            return {}
        return stored

    def write(self, values: Mapping[str, Any]) -> None:
        """Write it down; a disk that refuses costs the memory, never the work."""
        try:
            self._write(values)
        except OSError as error:
            _log.warning("the %s cannot be written to %s: %s", self._what, self.path, error)

    def _write(self, values: Mapping[str, Any]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        part = self.path.with_name(f"{self.path.name}.{os.getpid()}.part")
        try:
            with part.open("w", encoding="utf-8") as file:
                json.dump(values, file, ensure_ascii=False, indent=self._indent, sort_keys=True)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, self.path)
        finally:
            part.unlink(missing_ok=True)

    def _move_aside(self, error: Exception) -> None:
        aside = self.path.with_name(f"{self.path.stem}.damaged.json")
        _log.warning("the %s in %s are damaged (%s); the file is kept as %s", self._what, self.path, error, aside.name)
        try:
            os.replace(self.path, aside)
        except OSError as refused:
            _log.warning("the damaged %s cannot be moved aside: %s", self._what, refused)
