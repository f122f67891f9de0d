"""Where the work stood in each archive when it was left: one JSON file beside the settings.

It holds ids and places, and of the stories' words their headlines alone. Whatever in it makes no sense is left out.
"""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from desktop_app.foundation.json_file import JsonFile

MOST_TABS = 20
MOST_RECENT = 12
_MOST_ARCHIVES = 12
_LONGEST = 400  # characters of one text
_LARGEST = 2**31
_NAME = "places.json"


@dataclass(frozen=True, slots=True)
class TabMark:
    """One open story. ``segment``, ``side`` and ``cursor`` say where the keyboard was; ``row`` lay ``at`` px below the
    top of the view.
    """

    story: str
    title: str = ""
    view: str = "edit"
    panel: str = ""
    segment: str = ""
    side: str = ""
    cursor: int = 0
    row: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One archive. ``front`` is the story in front, ``recent`` what was last chosen in the palette, newest first."""

    place: str = "stories"
    tabs: tuple[TabMark, ...] = ()
    front: str = ""
    list_shown: bool = True
    side_shown: bool = True
    state: str = ""
    topic: str = ""
    words: str = ""
    mine: bool = False
    findings: bool = False
    recent: tuple[str, ...] = ()


@dataclass
class BookmarkFile:
    """Reads and writes one archive's bookmark; the others in the file stay as they are."""

    folder: Path
    _file: JsonFile = field(init=False)
    _writing: Lock = field(default_factory=Lock, init=False)

    def __post_init__(self) -> None:
        self._file = JsonFile(self.folder / _NAME, "places", indent=None)

    def read(self, archive: Path) -> Bookmark:
        """Return where the work stood, the beginning where nothing is known."""
        return _bookmark(self._file.read().get(os.path.abspath(archive)))

    def write(self, archive: Path, bookmark: Bookmark) -> None:
        """Remember where the work stands; the archives longest not left are forgotten."""
        with self._writing:  # on leaving, while the writer's thread may be at it
            self._write(os.path.abspath(archive), bookmark)

    def _write(self, name: str, bookmark: Bookmark) -> None:
        stored = self._file.read()
        others = {key: value for key, value in stored.items() if key != name and isinstance(value, dict)}
        newest = sorted(others, key=lambda key: _number(others[key].get("order")), reverse=True)[: _MOST_ARCHIVES - 1]
        order = 1 + max((_number(others[key].get("order")) for key in newest), default=0)
        self._file.write({**{key: others[key] for key in newest}, name: {**asdict(bookmark), "order": order}})


def _bookmark(stored: Any) -> Bookmark:
    if not isinstance(stored, dict):
        return Bookmark()
    texts = [_text(stored.get(name)) for name in ("front", "state", "topic", "words")]
    tabs = (_tab(one) for one in _list(stored.get("tabs"))[:MOST_TABS] if isinstance(one, dict))
    recent = tuple(filter(None, map(_text, _list(stored.get("recent"))[:MOST_RECENT])))
    once = {tab.story: tab for tab in tabs if tab.story}
    return Bookmark(
        place=_text(stored.get("place")) or "stories", tabs=tuple(once.values()), recent=recent,
        list_shown=stored.get("list_shown") is not False, side_shown=stored.get("side_shown") is not False,
        mine=stored.get("mine") is True, findings=stored.get("findings") is True,
        front=texts[0], state=texts[1], topic=texts[2], words=texts[3],
    )  # fmt: skip


def _tab(stored: Mapping[str, Any]) -> TabMark:
    texts = {name: _text(stored.get(name)) for name in ("story", "title", "panel", "segment", "side", "row")}
    return TabMark(
        **texts, view=_text(stored.get("view")) or "edit", cursor=max(0, _number(stored.get("cursor"))),
        at=_number(stored.get("at")),
    )  # fmt: skip


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) and len(value) <= _LONGEST else ""


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST else 0
