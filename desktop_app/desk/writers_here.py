"""Who wrote what stands here, where it meets what came home."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from desktop_app.desk.desk import Desk
from desktop_app.domain.merging.changes import Key
from desktop_app.domain.wordings import Wording
from desktop_app.store import wordings as store

Writers = Mapping[str, Mapping[Key, str]]
"""The id of whoever wrote the words last, by story and by the key of the change; nobody is named whom nobody knows."""


def writers_here(desk: Desk, asked: Mapping[str, Sequence[Key]]) -> dict[str, dict[Key, str]]:
    """Who wrote the words that stand here, for the changes asked of each story.

    A passage that is several segments here goes by its first. Whoever only confirmed words did not write them.
    """
    found: dict[str, dict[Key, str]] = {}
    with desk.archive.read() as session:
        for story, keys in asked.items():
            wordings = store.of_story(session, story) if keys else []
            parts = {part: list(run) for part, run in groupby(sorted(wordings, key=_part), key=_part)}
            last = {key: _writer(parts.get(key[0], []), _field(key)) for key in keys}
            found[story] = {key: person for key, person in last.items() if person is not None}
    return found


def _part(wording: Wording) -> str:
    return wording.part


def _field(key: Key) -> str:
    return "target" if key[1] == "text" else key[1].replace("-", "_")


def _writer(wordings: Iterable[Wording], field: str) -> str | None:
    said = (one for one in wordings if one.field == field)
    runs = [next(run).person for _, run in groupby(said, key=lambda one: one.text)]
    return runs[-1] if runs else None
