"""The rows of the Changes view: both languages of each segment or picture that differs, with its marks. No widgets."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from types import MappingProxyType

from desktop_app.domain.authors import Author, Made
from desktop_app.domain.changes import (
    FACTS,
    Comparison,
    Key,
    Moved,
    Regrouped,
    TextChanged,
)
from desktop_app.domain.story import Block, BlockKind, Placement, Segment
from desktop_app.domain.text_ops import Op
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.review.numbering import row_numbers

_SOURCE_SIDES = ("picture", "caption-zh", "alt-zh", "credit")
_TARGET_SIDES = ("caption-en", "alt-en")
LABELS: Mapping[str, Message] = MappingProxyType(
    {
        "picture": N_("Picture"),
        "caption-zh": N_("Caption"),
        "caption-en": N_("Caption"),
        "alt-zh": N_("Alternative text"),
        "alt-en": N_("Alternative text"),
        "credit": N_("Credit"),
        "byline": N_("Byline"),
        "dateline": N_("Dateline"),
        "topics": N_("Topics"),
    }
)
REPLACED = N_("The picture itself was replaced")
_NOTES = MappingProxyType(
    {
        "split": N_("A segment was split: {where}"),
        "joined": N_("Segments were joined: {where}"),
        "picture": N_("A picture was moved: {where}"),
        "moved": N_("Words moved between the segments {where}"),
    }
)
NOTE = 2  # the side of a change that is a sentence over both columns


@dataclass(frozen=True, slots=True)
class Passage:
    """One text with its marks; ``label`` names it where a row has several. ``language`` chooses the type.

    ``keys`` has the change that each run of marks belongs to.
    """

    ops: tuple[Op, ...]
    language: str
    label: Message | None = None
    heading: bool = False
    replaced: bool = False
    keys: tuple[Key, ...] = ()

    def runs(self) -> list[tuple[int, int]]:
        """The changes in it: half-open ranges of characters of the marked text, a deletion with its insertion."""
        if self.replaced:
            return [(0, sum(len(text) for _, text in self.ops))]
        found: list[tuple[int, int]] = []
        at = 0
        for sign, text in self.ops:
            end = at + len(text)
            if sign != "=":
                if found and found[-1][1] == at:
                    found[-1] = (found[-1][0], end)
                else:
                    found.append((at, end))
            at = end
        return found


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One segment or picture that differs; ``number`` is its number in the editor, None where it is gone.

    A row with a ``note``, and an ``icon`` for it, is about the segments themselves, or where a picture stands, and says
    it in a sentence. ``made`` has who made its changes and when, the first one first; ``comments`` what was said here.
    ``accepted`` tells that its changes are those that the person at the desk has accepted.
    """

    key: str
    number: int | None
    source: tuple[Passage, ...]
    target: tuple[Passage, ...]
    note: Message | None = None
    icon: str = ""
    note_key: Key | None = None
    made: tuple[Author, ...] = ()
    comments: tuple[str, ...] = ()
    accepted: bool = False

    def sides(self) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
        """Source and target."""
        return self.source, self.target

    @property
    def keys(self) -> list[Key]:
        """Every change in it."""
        noted = [self.note_key] if self.note_key is not None else []
        return noted + [key for passages in self.sides() for passage in passages for key in passage.keys]


@dataclass(frozen=True, slots=True)
class Place:
    """Where one change stands: row, side (0 source, 1 target, ``NOTE``), passage, and its number in the passage."""

    row: int
    side: int
    passage: int
    run: int
    key: Key = ("", "", 0)
    accepted: bool = False


def rows_of(
    comparison: Comparison,
    authors: Mapping[Key, Made] = MappingProxyType({}),
    wanted: Collection[Key] | None = None,
    comments: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> list[ChangeRow]:
    """The rows of a comparison; ``wanted`` leaves out those without one of these changes."""
    by_part: dict[str, dict[str, TextChanged]] = {}
    regrouped: list[Regrouped | Moved | str] = []
    for change in comparison.changes:
        if not isinstance(change, TextChanged):
            regrouped.append(change)
        else:
            if change.part not in by_part:
                regrouped.append(change.part)
            by_part.setdefault(change.part, {})[change.field] = change
    maker = _Rows(comparison, authors, comments)
    rows = [maker.row(one, by_part[one]) if isinstance(one, str) else maker.noted(one) for one in regrouped]
    return [row for row in rows if wanted is None or any(key in wanted for key in row.keys)]


def accepted_rows(
    comparison: Comparison, authors: Mapping[Key, Made], wanted: Collection[Key] | None, now: Sequence[Block]
) -> list[ChangeRow]:
    """The rows of accepted changes, with the numbers that their segments have in the blocks of now."""
    numbers = row_numbers(now)
    rows = rows_of(comparison, authors, wanted)
    return [replace(row, number=numbers.get(row.key), accepted=True) for row in rows]


def in_reading_order(rows: Sequence[ChangeRow], accepted: Sequence[ChangeRow]) -> list[ChangeRow]:
    """Both together; of one segment what is to be looked at first."""
    return [row for _rank, row in merge(_ranked(rows), _ranked(accepted), key=lambda ranked: ranked[0])]


def _ranked(rows: Sequence[ChangeRow]) -> Iterator[tuple[int, ChangeRow]]:
    """Each row with the number that it stands at; one without a number stands behind the row before it."""
    rank = 0
    for row in rows:
        rank = max(rank, row.number or 0)
        yield rank, row


def places_of(rows: Sequence[ChangeRow], wanted: Collection[Key] | None = None) -> list[Place]:
    """Every change in reading order; ``wanted`` leaves out the others."""
    found: list[Place] = []
    for number, row in enumerate(rows):
        if row.note_key is not None:
            found.append(Place(number, NOTE, 0, 0, row.note_key, row.accepted))
        found += [
            Place(number, side, index, run, key, row.accepted)
            for side, passages in enumerate(row.sides())
            for index, passage in enumerate(passages)
            for run, key in enumerate(passage.keys)
        ]
    return [place for place in found if wanted is None or place.key in wanted]


class _Rows:
    """Makes the rows of one comparison."""

    def __init__(
        self, comparison: Comparison, authors: Mapping[Key, Made], comments: Mapping[str, Sequence[str]]
    ) -> None:
        self._comparison = comparison
        self._authors, self._comments = authors, comments
        self._numbers = row_numbers(comparison.now.blocks)
        self._known = {**_known(comparison.base.blocks), **_known(comparison.now.blocks)}

    def _made(self, keys: Sequence[Key]) -> tuple[Author, ...]:
        """Who made these changes; of somebody's several changes the last."""
        found: dict[str | None, Author] = {}
        for key in keys:
            made = self._authors.get(key)
            for author in made.authors if made is not None else ():
                if author.at >= found.get(author.person, author).at:
                    found[author.person] = author
        return tuple(found.values())

    def noted(self, change: Regrouped | Moved) -> ChangeRow:
        """The row of segments that are cut otherwise, or of a picture that moved."""
        parts = _where(change)
        numbers = [str(self._numbers[part]) for part in parts if part in self._numbers]
        note = replace(
            _NOTES[change.kind if isinstance(change, Regrouped) else "picture"],
            values={"where": " – ".join(numbers[:1] + numbers[1:][-1:])},
        )
        key = parts[0]
        own = change.keys[0]
        icon = {"place": "pictures", "block": "join" if note.key.startswith("Segments") else "split"}[own[1]]
        return ChangeRow(key, self._numbers.get(key), (), (), note, icon, own, self._made([own]))

    def row(self, part: str, sides: Mapping[str, TextChanged]) -> ChangeRow:
        """The row of one segment or picture, or of the facts about the story."""
        languages = self._comparison.languages
        if part not in self._known:
            target = tuple(_whole(sides[name], languages.target) for name in FACTS if name in sides)
            return self._row(part, None, (), target)
        kind, text = self._known[part]
        number = self._numbers.get(part)
        if isinstance(text, Segment):
            heading = kind in {BlockKind.HEADLINE, BlockKind.SUBHEADING}
            source = _passage(sides.get("source"), text.source, languages.source, heading=heading)
            target = _passage(sides.get("target"), text.target, languages.target, heading=heading)
            return self._row(part, number, source, target)
        source = _picture_side(_SOURCE_SIDES, sides, text, languages.source)
        return self._row(part, number, source, _picture_side(_TARGET_SIDES, sides, text, languages.target))

    def _row(
        self, part: str, number: int | None, source: tuple[Passage, ...], target: tuple[Passage, ...]
    ) -> ChangeRow:
        keys = [key for passage in (*source, *target) for key in passage.keys]
        said = tuple(self._comments.get(part, ()))
        return ChangeRow(part, number, source, target, made=self._made(keys), comments=said)


def _where(change: Regrouped | Moved) -> list[str]:
    """The segments of now that were cut otherwise, or the picture that moved."""
    if isinstance(change, Moved):
        return [change.block]
    if change.kind == "split":
        came = [number for number, key in enumerate(change.after) if key not in change.before]
        return list(change.after[max(0, came[0] - 1) : came[-1] + 1])
    if change.kind == "joined":
        kept = [key for key in change.before if key in change.after]
        heirs = [
            next((key for key in reversed(change.before[:number]) if key in change.after), change.after[0])
            for number, gone in enumerate(change.before)
            if gone not in change.after
        ]
        return [key for key in kept if key in heirs] or list(change.after[:1])
    return list(change.after)


def _known(blocks: Sequence[Block]) -> dict[str, tuple[BlockKind, Segment | Placement]]:
    known: dict[str, tuple[BlockKind, Segment | Placement]] = {}
    for block in blocks:
        if block.placement is not None:
            known[block.id] = (block.kind, block.placement)
        known.update((segment.id, (block.kind, segment)) for segment in block.segments)
    return known


def _passage(change: TextChanged | None, text: str, language: str, *, heading: bool) -> tuple[Passage, ...]:
    """A segment's side with its marks, or as it is where only the other side differs."""
    if change is not None:
        return (Passage(change.ops, language, heading=heading, keys=tuple(change.keys)),)
    return (Passage((("=", text),), language, heading=heading),) if text else ()


def _whole(change: TextChanged, language: str) -> Passage:
    """A text that changes as a whole: a file name, a fact about the story."""
    if change.same_name:
        return Passage(change.ops, language, REPLACED, replaced=True, keys=tuple(change.keys))
    ops: tuple[Op, ...] = (("-", change.old), ("+", change.new))
    shown = tuple(op for op in ops if op[1])
    return Passage(shown, language, LABELS[change.field], keys=tuple(change.keys))


def _picture_side(
    names: Sequence[str], sides: Mapping[str, TextChanged], place: Placement, language: str
) -> tuple[Passage, ...]:
    """A picture's texts of one side: those that differ, and the caption always, so that one sees which picture."""
    plain = {"caption-zh": place.caption.zh, "caption-en": place.caption.en}
    passages: list[Passage] = []
    for name in names:
        change = sides.get(name)
        if change is not None and name == "picture":
            passages.append(_whole(change, language))
        elif change is not None:
            passages.append(Passage(change.ops, language, LABELS[name], keys=tuple(change.keys)))
        elif plain.get(name):
            passages.append(Passage((("=", plain[name]),), language, LABELS[name]))
    return tuple(passages)
