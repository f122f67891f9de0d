"""What a conflict shows: three texts side by side, whose they are, and the sentence that they translate."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.desk.home_plan import HomePlan, PlannedStory
from desktop_app.desk.open_conflicts import BEARINGS, PARTS, REASONS, OpenConflict
from desktop_app.domain.comments import place_numbers
from desktop_app.domain.merging.carrying import Bearing
from desktop_app.domain.merging.changes import (
    BlockChange,
    Change,
    FactChange,
    FieldChange,
    Key,
    OrderChange,
    PassageChange,
    PictureChange,
    PlaceChange,
)
from desktop_app.domain.merging.deciding import texts_of
from desktop_app.domain.people import Person
from desktop_app.domain.story import Block, Content, Languages
from desktop_app.domain.text_ops import text_ops
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.texts import Texts

_SIDES = {"base": "base", "mine": "ours", "theirs": "theirs"}
_ORDER = tuple(_SIDES)
_APART = N_("Its Chinese is not the same here and there; it is decided later, in the story.")
_LONG = 24  # letters of a word that may need a line of its own, like a digest
_NOBODY: Mapping[Key, str] = {}
_SHORT = 70  # characters by which a paragraph is known again


@dataclass(frozen=True, slots=True)
class Shown:
    """One conflict before a person. ``language`` is that of its texts; ``source`` may be empty.

    ``author`` wrote what came home, ``here`` what stands here: their names, empty where nobody knows.

    ``lines`` is the number of texts that words of one's own take (a line each), 0 where it takes one side or the other,
    None where any number will do. ``marked`` says that its texts are words that are compared; ``absent`` stands where
    a side has none. ``takes`` is False where what came home cannot be put in any more, ``waits`` True where nothing of
    it can be decided now. ``pictures`` are the ids of those that base, mine and theirs have.
    """

    key: str
    label: Message
    source: str
    source_language: str
    base: str
    mine: str
    theirs: str
    language: str
    author: str
    lines: int | None
    note: Message | None = None
    marked: bool = True
    absent: Message = N_("No text")  # noqa: RUF009 - a message never changes
    takes: bool = True
    waits: bool = False
    pictures: tuple[str, ...] = ("", "", "")
    here: str = ""

    def picture(self, side: str) -> str:
        """The id of the picture that a side has, empty for none."""
        return self.pictures[_ORDER.index(side)]

    def text(self, side: str) -> str:
        """What a side says: ``mine``, ``base`` or ``theirs``."""
        return {"mine": self.mine, "base": self.base, "theirs": self.theirs}[side]

    def ops(self, side: str) -> tuple[tuple[str, str], ...]:
        """How a side differs from what went out, for painting."""
        text = self.text(side)
        if side == "base" or not self.marked:
            return (("=", text),) if text else ()
        return text_ops(self.base, text)


def label_of(change: Change, numbers: Mapping[str, int]) -> Message:
    """What a change is about: the number of its segment, or the field of a picture or of the story."""
    part, side = change.key
    number = numbers.get(part)
    if number is None:
        return PARTS[side]
    if isinstance(change, PassageChange):
        return N_("Segment {number}", number=number)
    return N_("Row {number}, {what}", what=PARTS[side], number=number)


def numbers_of(content: Content) -> dict[str, int]:
    """The numbers of rows as the sheet counts them; a paragraph has that of its first segment."""
    numbers = place_numbers(content)
    heads = {block.id: numbers[block.segments[0].id] for block in content.blocks if block.segments}
    return heads | numbers


def from_plan(
    plan: HomePlan,
    story: PlannedStory,
    changes: Sequence[Change],
    people: Mapping[str, Person],
    texts: Texts,
    here: Mapping[Key, str] = _NOBODY,
) -> list[Shown]:
    """The conflicts of a story of a plan; ``here`` says who wrote what stands here."""
    numbers = numbers_of(story.merge.theirs) | numbers_of(story.merge.ours)
    teller = _Teller(texts, (story.merge.base, story.merge.theirs, story.merge.ours))
    found = []
    for change in changes:
        author = story.returning.author_of(change)
        person = people.get(author or "") or plan.file.people.get(author or "")
        name = texts(person.called) if person is not None else author or ""
        key = f"{story.story}/{'/'.join(change.key)}"
        one = teller.shown(change, story.languages, key, label_of(change, numbers), name)
        one = replace(one, here=_name(people, here.get(change.key), texts))
        found.append(replace(one, note=_APART, waits=True) if change in story.apart else one)
    return found


def _name(people: Mapping[str, Person], identity: str | None, texts: Texts) -> str:
    person = people.get(identity or "")
    return texts(person.called) if person is not None else ""


def from_waiting(
    one: OpenConflict,
    people: Mapping[str, Person],
    content: Content,
    languages: Languages,
    texts: Texts,
    here: str | None = None,
) -> Shown:
    """A conflict that was left to be decided later; ``content`` is that of its story as it stands, by ``here``."""
    numbers = {one.key[0]: one.number} if one.number else {}
    notes = [REASONS[one.reason]] if one.reason in {"state", "approved", "source"} else []
    if one.bearing is not Bearing.OPEN:
        notes.append(BEARINGS[one.bearing])
    note = N_("{one}; {other}", one=notes[0], other=notes[1]) if len(notes) > 1 else next(iter(notes), None)
    gone = one.bearing is Bearing.GONE
    author = _name(people, one.author, texts)
    made = _Teller(texts, (content,)).shown(
        one.change, languages, one.id, label_of(one.change, numbers), author, note, gone=gone
    )
    return replace(made, here=_name(people, here, texts))


class _Teller:
    """Tells the sides of changes of one story, those too that are no words."""

    def __init__(self, texts: Texts, contents: Iterable[Content]) -> None:
        self._texts = texts
        self._blocks = {block.id: block for content in contents for block in content.blocks}

    def shown(
        self, change: Change, languages: Languages, key: str, label: Message, author: str, note: Message | None = None,
        *, gone: bool = False,
    ) -> Shown:  # fmt: skip
        source, lines, language = "", _lines_of(change), languages.target
        if isinstance(change, PassageChange):
            run = change.ours or change.theirs or change.base
            source = ("" if languages.source.startswith("zh") else " ").join(segment.source for segment in run)
        elif isinstance(change, FieldChange) and change.field.endswith("zh"):
            language = languages.source
        elif isinstance(change, FieldChange) and change.field.endswith("en"):
            source = self._caption(change.block)
        base, mine, theirs = (self._text(change, _SIDES[side]) for side in ("base", "mine", "theirs"))
        return Shown(
            key, label, source, languages.source, base, mine, theirs, language, author, 0 if gone else lines, note,
            marked=isinstance(change, PassageChange | FieldChange | FactChange),
            absent=N_("Not in the story") if isinstance(change, BlockChange) else N_("No text"), takes=not gone,
            pictures=tuple(_picture(change, side) for side in _SIDES.values()),
        )  # fmt: skip

    def _text(self, change: Change, side: str) -> str:
        if isinstance(change, FactChange):
            return "\n".join(getattr(change, side))
        if isinstance(change, BlockChange):
            block = getattr(change, side)
            return _words(block) if block is not None else ""
        if isinstance(change, PlaceChange):
            anchor = getattr(change, side)
            return self._place(anchor) if anchor is not None else ""
        if isinstance(change, OrderChange):
            return "\n".join(f"{n}. {self._name(block)}" for n, block in enumerate(getattr(change, side), 1))
        if isinstance(change, PictureChange):
            return str(getattr(change, side).file)
        return texts_of(change, side)

    def _place(self, anchor: str) -> str:
        if not anchor:
            return self._texts(N_("At the top of the story"))
        return self._texts(N_("Behind “{words}”", words=self._name(anchor)))

    def _caption(self, identity: str) -> str:
        """The Chinese caption of a picture: what its English texts go by."""
        block = self._blocks.get(identity)
        return block.placement.caption.zh if block is not None and block.placement is not None else ""

    def _name(self, identity: str) -> str:
        """The words by which a person knows a block again."""
        block = self._blocks.get(identity)
        words = " ".join(_words(block).split()) if block is not None else ""
        return words if len(words) <= _SHORT else f"{words[:_SHORT].rstrip()}…"


def _lines_of(change: Change) -> int | None:
    if isinstance(change, PassageChange):
        return len(change.ours or change.theirs)
    if isinstance(change, FieldChange):
        return 1
    if isinstance(change, FactChange):
        return 1 if change.name == "dateline" else None
    return 0


def _picture(change: Change, side: str) -> str:
    if not isinstance(change, PictureChange | BlockChange):
        return ""
    value = getattr(change, side)
    placement = value.placement if isinstance(value, Block) else value
    return (placement.picture or "") if placement is not None else ""


def _words(block: Block) -> str:
    if block.placement is not None:
        return block.placement.file
    return "\n".join(segment.target or segment.source for segment in block.segments)


def own_texts(shown: Shown, written: str) -> tuple[str, ...] | None:
    """The texts that somebody wrote, a line each; None where they are not as many as there are segments."""
    lines = tuple(line.strip() for line in written.split("\n"))
    if shown.lines is None:
        return tuple(line for line in lines if line)
    return lines if shown.lines and len(lines) == shown.lines else None


def breakable(text: str) -> str:
    """The text with places in words of great length where a line may end: a label breaks at spaces alone."""
    return re.sub(rf"(\w{{{_LONG}}})(?=\w)", "\\1\u200b", text)


def sentence(text: str) -> str:
    """A clause as it begins a sentence."""
    return text[:1].upper() + text[1:]
