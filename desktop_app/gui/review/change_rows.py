"""The rows of the Changes view: both languages of each segment or picture that differs, with its marks. No widgets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from desktop_app.domain.comparison import Op, TextChange, compare
from desktop_app.domain.story import Block, BlockKind, Content, Languages, Placement, Segment
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
    }
)
REPLACED = N_("The picture itself was replaced")


@dataclass(frozen=True, slots=True)
class Passage:
    """One text with its marks; ``label`` names it where a row has several. ``language`` chooses the type."""

    ops: tuple[Op, ...]
    language: str
    label: Message | None = None
    heading: bool = False
    replaced: bool = False

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
    """One segment or picture that differs; ``number`` is its number in the editor, None where it is gone."""

    key: str
    number: int | None
    source: tuple[Passage, ...]
    target: tuple[Passage, ...]

    def sides(self) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
        """Source and target."""
        return self.source, self.target


@dataclass(frozen=True, slots=True)
class Place:
    """Where one change stands: row, side (0 source, 1 target), passage, and its number in the passage."""

    row: int
    side: int
    passage: int
    run: int


def change_rows(old: Content, new: Content, languages: Languages) -> list[ChangeRow]:
    """Everything that differs between two texts, in the reading order of the new one, what is gone last."""
    changes: dict[str, dict[str, TextChange]] = {}
    replaced: set[str] = set()
    for change in compare(old, new):
        changes.setdefault(change.segment, {})[change.side] = change
        if change.side == "picture" and all(sign == "=" for sign, _ in change.ops):
            replaced.add(change.segment)
    numbers = row_numbers(new.blocks)
    known = {**_known(old.blocks), **_known(new.blocks)}
    return [
        _row(known[key], key, numbers.get(key), sides, languages, replaced=key in replaced)
        for key, sides in changes.items()
    ]


def places_of(rows: Sequence[ChangeRow]) -> list[Place]:
    """Every change in reading order."""
    return [
        Place(row, side, passage, run)
        for row, shown in enumerate(rows)
        for side, passages in enumerate(shown.sides())
        for passage, text in enumerate(passages)
        for run in range(len(text.runs()))
    ]


def _known(blocks: Sequence[Block]) -> dict[str, tuple[BlockKind, Segment | Placement]]:
    known: dict[str, tuple[BlockKind, Segment | Placement]] = {}
    for block in blocks:
        if block.placement is not None:
            known[block.id] = (block.kind, block.placement)
        known.update((segment.id, (block.kind, segment)) for segment in block.segments)
    return known


def _row(
    what: tuple[BlockKind, Segment | Placement],
    key: str,
    number: int | None,
    sides: Mapping[str, TextChange],
    languages: Languages,
    *,
    replaced: bool,
) -> ChangeRow:
    kind, text = what
    if isinstance(text, Segment):
        heading = kind in {BlockKind.HEADLINE, BlockKind.SUBHEADING}
        source = _passage(sides.get("source"), text.source, languages.source, heading=heading)
        target = _passage(sides.get("target"), text.target, languages.target, heading=heading)
        return ChangeRow(key, number, source, target)
    return ChangeRow(
        key,
        number,
        _picture_side(_SOURCE_SIDES, sides, text, languages.source, replaced=replaced),
        _picture_side(_TARGET_SIDES, sides, text, languages.target, replaced=False),
    )


def _passage(change: TextChange | None, text: str, language: str, *, heading: bool) -> tuple[Passage, ...]:
    """A segment's side with its marks, or as it is where only the other side differs."""
    ops: tuple[Op, ...] = change.ops if change is not None else ((("=", text),) if text else ())
    return (Passage(ops, language, heading=heading),) if ops else ()


def _picture_side(
    names: Sequence[str], sides: Mapping[str, TextChange], place: Placement, language: str, *, replaced: bool
) -> tuple[Passage, ...]:
    """A picture's texts of one side: those that differ, and the caption always, so that one sees which picture."""
    plain = {"caption-zh": place.caption.zh, "caption-en": place.caption.en}
    passages: list[Passage] = []
    for name in names:
        change = sides.get(name)
        if change is not None:
            label = REPLACED if name == "picture" and replaced else LABELS[name]
            passages.append(Passage(change.ops, language, label, replaced=name == "picture" and replaced))
        elif plain.get(name):
            passages.append(Passage((("=", plain[name]),), language, LABELS[name]))
    return tuple(passages)
