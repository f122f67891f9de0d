"""What the palette can find, and the order in which it offers it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from desktop_app.desk.stories import ListedStory
from desktop_app.domain.records import Hit
from desktop_app.gui.palette.fuzzy import score

_SHOWN = 40
_SNIPPET = 90  # characters


class Kind(Enum):
    """What an entry leads to."""

    ACTION = "action"
    STORY = "story"
    PART = "part"
    PICTURE = "picture"


@dataclass(frozen=True)
class Entry:
    """One line of the palette. ``id`` is an action, story or picture; ``part`` the segment or block in a story."""

    kind: Kind
    id: str
    title: str
    detail: str = ""
    icon: str = ""
    part: str = ""
    words: tuple[str, ...] = ()

    def fits(self, query: str) -> int:
        """How well what was typed fits any of its words."""
        return max(score(query, word) for word in (self.title, *self.words))


def story_entry(listed: ListedStory, no_english: str) -> Entry:
    """The entry of a story, found by either headline and by its slug."""
    headline = listed.summary.headline
    words = tuple(word for word in (headline.zh, listed.summary.slug) if word)
    return Entry(
        Kind.STORY, listed.summary.id, headline.en or headline.zh or no_english, headline.zh if headline.en else "",
        "stories", words=words,
    )  # fmt: skip


def hit_entry(hit: Hit, query: str, headlines: dict[str, str]) -> Entry:
    """The entry of a text that has the words."""
    snippet = _around(hit.text, query)
    if hit.kind == "picture":
        return Entry(Kind.PICTURE, hit.owner, snippet, "", "pictures")
    return Entry(Kind.PART, hit.owner, snippet, headlines.get(hit.owner, ""), "file-text", hit.part)


def _around(text: str, query: str) -> str:
    """The piece of a text around the first word that was looked for."""
    text = " ".join(text.split())
    first = (query.split() or [""])[0]
    at = max(0, text.casefold().find(first.casefold()))
    start = max(0, at - 30)
    piece = text[start : start + _SNIPPET]
    return f"{'…' if start else ''}{piece}{'…' if start + _SNIPPET < len(text) else ''}"


def best(query: str, entries: Iterable[Entry]) -> list[Entry]:
    """The entries that fit, best first; without a query, actions and stories as they come."""
    if not query.strip():
        return list(entries)[:_SHOWN]
    scored = [(entry.fits(query), entry) for entry in entries]
    fitting = [(points, entry) for points, entry in scored if points]
    fitting.sort(key=lambda pair: -pair[0])
    return [entry for _, entry in fitting[:_SHOWN]]


def without_doubles(hits: Sequence[Entry], shown: Sequence[Entry]) -> list[Entry]:
    """The text hits, but for headlines of stories that are offered already."""
    known = {entry.id for entry in shown if entry.kind is Kind.STORY}
    return [hit for hit in hits if not (hit.id in known and hit.title in {entry.title for entry in shown})]
