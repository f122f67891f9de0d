"""Who drafted a version: the one who answers for the draft, and everybody who had a hand in it beside.

It is kept with the story (``stories.drafters``) and not worked out from the events: a guard asks for it at every act,
a list for every story at once, and a story that comes home or is restored brings it along. Nobody who is named here
signs anything of the version but the draft. Who changed the source is kept beside them: they review nothing of the
version, but may approve it, because somebody else has then read it against the English. With a correction those who
only wrote in the draft or changed its source are free again, as what was approved was read by others; who had the draft
before them stays, because the credits name them.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from desktop_app.domain.digest import signed_text
from desktop_app.domain.edits import Edit, InsertBlock, MoveBlock, ReplaceSegments, SetPlacement, SetSegment
from desktop_app.domain.story import Block, Placement, Segment

DraftHands = Sequence[Sequence[str]]


class Part(StrEnum):
    """What somebody did beside the drafter: had the draft before them, wrote in it, or changed the source.

    The credits name the first of these.
    """

    DRAFTED = "drafted"
    WROTE = "wrote"
    SOURCE = "source"


def hands_of(stored: DraftHands | None) -> frozenset[str]:
    """Everybody who drafted beside the drafter, by id."""
    return frozenset(person for person, part in stored or () if part != Part.SOURCE)


def source_hands(stored: DraftHands | None) -> frozenset[str]:
    """Those who changed the source of the version, by id."""
    return frozenset(person for person, part in stored or () if part == Part.SOURCE)


def former_drafters(stored: DraftHands | None) -> tuple[str, ...]:
    """Those who had the draft before it was handed on, by id, the first one first."""
    return tuple(person for person, part in stored or () if part == Part.DRAFTED)


def having_written(stored: DraftHands | None, drafter: str | None, person: str) -> list[list[str]] | None:
    """The hands after ``person`` wrote in the open draft."""
    known = [list(one) for one in stored or ()]
    if person != drafter and person not in hands_of(stored):
        known.append([person, Part.WROTE.value])
    return known or None


def having_sourced(stored: DraftHands | None, drafter: str | None, person: str) -> list[list[str]] | None:
    """The hands after ``person`` changed the source of the version; the drafter answers for it with the draft."""
    known = [list(one) for one in stored or ()]
    if person != drafter and person not in source_hands(stored):
        known.append([person, Part.SOURCE.value])
    return known or None


def is_writing(stored: Block | Segment | None, edit: Edit) -> bool:
    """Whether an edit of ``stored`` changes what the story says: a translation, a caption, a description, a credit.

    By which way the words come is all one. Words that only go to another segment of their paragraph, as by a split or
    an alignment, are nobody's writing; nor is a status, a lock, or a block that goes to another place.
    """
    if isinstance(edit, MoveBlock):
        return False
    if isinstance(edit, SetSegment):
        return isinstance(stored, Segment) and signed_text(stored.target) != signed_text(edit.target)
    before = stored if isinstance(stored, Block) else None
    if isinstance(edit, SetPlacement):
        return _captions(before.placement if before else None) != _captions(edit.placement)
    if isinstance(edit, ReplaceSegments):
        return _letters(before.segments if before else ()) != _letters(edit.segments)
    block = edit.block if isinstance(edit, InsertBlock) else before
    return block is not None and (bool(_letters(block.segments)) or any(_captions(block.placement)))


def _letters(segments: Sequence[Segment]) -> str:
    """The translation of a paragraph without its blanks, which come and go where it is cut."""
    return "".join(signed_text("".join(segment.target for segment in segments)).split())


def _captions(place: Placement | None) -> tuple[str, ...]:
    if place is None:
        return ()
    said = (place.caption.zh, place.caption.en, place.alt.zh, place.alt.en, place.credit)
    return tuple(map(signed_text, said))


def who_answers(writers: Iterable[str | None], bringer: str | None, *, proven: bool) -> frozenset[str]:
    """Who counts as having written words that somebody brings in from elsewhere (ids).

    Those who are named as their ``writers`` do. For words of nobody known (None) whoever brings them does; and for all,
    beside those named, where nothing but a name in the file says who wrote them (not ``proven``).
    """
    named = set(writers)
    if not proven or not named or None in named:
        named.add(bringer)
    return frozenset(person for person in named if person is not None)


def begun_anew(stored: DraftHands | None) -> list[list[str]] | None:
    """The hands with which a correction begins."""
    return [list(one) for one in stored or () if one[1] == Part.DRAFTED] or None


def handed_on(stored: DraftHands | None, drafter: str | None, to: str, *, empty: bool) -> list[list[str]] | None:
    """The hands after the draft went from ``drafter`` to ``to``; an ``empty`` one leaves nothing to answer for."""
    known = [list(one) for one in stored or () if one[0] not in {drafter, to}]
    if drafter is not None and not empty:
        before = sum(part == Part.DRAFTED for _person, part in known)
        known.insert(before, [drafter, Part.DRAFTED.value])
    return known or None
