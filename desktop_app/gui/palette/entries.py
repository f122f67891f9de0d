"""What the palette can find: entries for its lines, and shelves of many things that become entries when they fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from desktop_app.desk.stories import ListedStory
from desktop_app.domain.pictures import Picture
from desktop_app.domain.records import Hit
from desktop_app.domain.terms import Term

_SNIPPET = 90  # characters
_LONGEST = 300  # characters of one text that are looked at


class Kind(Enum):
    """What an entry leads to."""

    ACTION = "action"
    STORY = "story"
    TERM = "term"
    PICTURE = "picture"
    PART = "part"


ICONS = {Kind.STORY: "stories", Kind.TERM: "terms", Kind.PICTURE: "pictures", Kind.PART: "file-text"}


@dataclass(frozen=True)
class Entry:
    """One line of the palette. ``id`` is an action, story, term or picture; ``part`` the segment or block in a story.

    ``key`` is the key of an action; ``words`` are looked for and not shown. ``tip`` says more of an action, and is
    shown where nothing but it has what was typed.
    """

    kind: Kind
    id: str
    title: str
    detail: str = ""
    icon: str = ""
    part: str = ""
    words: tuple[str, ...] = ()
    key: str = ""
    tip: str = ""

    @property
    def name(self) -> str:
        """What it is remembered by."""
        return f"{self.kind.value}:{self.id}"

    def texts(self) -> list[str]:
        """What is looked for, in small letters, the title first."""
        return [text.lower() for text in (self.title, self.detail, *self.words)]


@dataclass(frozen=True, eq=False)
class Shelf:
    """Many things of one kind as two columns of text, for 100,000 objects would cost what 100,000 texts do not.

    A text has a title, a detail and further words in lines; ``small`` is the same in small letters.
    """

    kind: Kind
    ids: Sequence[str] = ()
    texts: Sequence[str] = ()
    small: Sequence[str] = ()
    rows: dict[str, int] = field(default_factory=dict, repr=False)

    def entry(self, row: int) -> Entry:
        """The entry of one row."""
        title, detail, *words = self.texts[row].split("\n")
        return Entry(self.kind, self.ids[row], title, detail, ICONS[self.kind], words=tuple(words))

    def find(self, name: str) -> Entry | None:
        """The entry that is remembered by a name, None where it is not (any more) here."""
        kind, _, identity = name.partition(":")
        row = self.rows.get(identity) if kind == self.kind.value else None
        return self.entry(row) if row is not None else None


def shelf(kind: Kind, things: Iterable[tuple[str, Sequence[str]]]) -> Shelf:
    """Put things on a shelf: (id, (title, detail, further words …)) each."""
    ids: list[str] = []
    texts: list[str] = []
    for identity, words in things:
        ids.append(identity)
        texts.append("\n".join([" ".join(word[:_LONGEST].split()) for word in words]))
    return Shelf(kind, ids, texts, [text.lower() for text in texts], {one: row for row, one in enumerate(ids)})


def story_words(listed: ListedStory, no_headline: str) -> tuple[str, ...]:
    """A story by either headline and its slug."""
    headline = listed.summary.headline
    title = headline.en or headline.zh or no_headline
    return title, headline.zh if headline.en else "", listed.summary.slug


def picture_words(picture: Picture) -> tuple[str, ...]:
    """A picture by its captions, its file's name, who is on it, and who took it."""
    caption = picture.caption.en or picture.caption.zh or picture.file
    other = picture.caption.zh if picture.caption.en else ""
    return caption, other or picture.file, picture.file, picture.alt.en, picture.credit, *picture.people


def term_words(term: Term) -> tuple[str, ...]:
    """A term by both languages and every form that is right."""
    return term.source, term.target, term.short, *term.source_short, *term.allowed


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


def without_doubles(hits: Sequence[Entry], shown: Sequence[Entry]) -> list[Entry]:
    """The text hits, but for headlines of stories and for pictures that are offered already."""
    stories = {entry.id for entry in shown if entry.kind is Kind.STORY}
    pictures = {entry.id for entry in shown if entry.kind is Kind.PICTURE}
    titles = {entry.title for entry in shown}
    return [hit for hit in hits if not (hit.id in stories and hit.title in titles) and hit.id not in pictures]
