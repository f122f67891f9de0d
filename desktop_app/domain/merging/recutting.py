"""A passage that somebody cut otherwise: split, joined, re-aligned, or words moved between neighbours.

Where one side cut it and the other wrote in it, the words of the other go into the cut, provided that each of its
changes falls wholly into one piece, and that the outcome has every word of both; else the passage is a conflict. Cut
by both sides in one way, it is merged piece by piece; cut in two ways it is a conflict.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.domain.changes import recut_texts
from desktop_app.domain.merging.changes import Outcome, alike
from desktop_app.domain.merging.passages import Passage, Run, costs, same_words
from desktop_app.domain.merging.segments import is_locked_against, merge_segment, merged_lock, merged_status
from desktop_app.domain.story import Segment, SegmentStatus, join_pieces, joiner
from desktop_app.domain.text_ops import Hunk, hunks, raw_pieces, text_ops

_SLIDES = 500  # characters that a change is slid at most; one that could go further may be anywhere
_WORDS = re.compile(r"[\u3005\u3007\u3400-\u9fff]|[^\W_\u3005\u3007\u3400-\u9fff]+|[^\w\s]|_")


def merge_passage(passage: Passage, language: str) -> tuple[Run, Outcome | None]:
    """Return what comes of a passage, and what became of ``theirs``: None where it is as it went out.

    ``language`` is that of the target. A conflict leaves ours as it is.
    """
    base, ours, theirs = passage.base, passage.ours, passage.theirs
    if _is_single(passage):
        merged, outcome = merge_segment(base[0], ours[0], theirs[0])
        return (merged,), outcome
    if _is_locked_against(base, ours, theirs):
        return ours, Outcome.CONFLICT
    if same_words(theirs, base):
        result: Run | None = _following(ours, theirs, base)
    elif same_words(ours, base):
        result = _following(theirs, ours, base)
    else:
        result = _combined(passage, language)
    if result is None:
        return ours, Outcome.CONFLICT
    if result != ours:
        return result, Outcome.TAKEN
    return ours, Outcome.MET if theirs != base else None


def _combined(passage: Passage, language: str) -> Run | None:
    """The words of both sides in one; None where they do not go together.

    Nor where the outcome does not show that it has either: when the same comes back again, nothing must be left to do.
    """
    result = _both(passage, language)
    if result is None:
        return None
    cut = passage.recut_here or passage.recut_there
    for side, recut in ((passage.ours, passage.recut_here), (passage.theirs, passage.recut_there)):
        again = _both(replace(passage, ours=result, theirs=side, recut_here=cut, recut_there=recut), language)
        if again != result:
            return None
    return result


def _both(passage: Passage, language: str) -> Run | None:
    base, ours, theirs = passage.base, passage.ours, passage.theirs
    if passage.recut_here and passage.recut_there:
        return _cut_alike(passage, language)
    if not (passage.recut_here or passage.recut_there) and _letters([s.target for s in ours]) == _letters(
        [s.target for s in theirs]
    ):
        return _following(ours, theirs, base)  # the same words, otherwise between neighbours: ours stay where they are
    here = _cut_once(base, ours, theirs, language) if not passage.recut_there else None
    there = _cut_once(base, theirs, ours, language) if not passage.recut_here else None
    return here if there is None or here == there else None if here is not None else there


def _is_single(passage: Passage) -> bool:
    return not (passage.recut_here or passage.recut_there) and len(passage.base) == 1


def _is_locked_against(base: Run, ours: Run, theirs: Run) -> bool:
    """Whether one side locked a segment anew that the other changed or cut."""
    here, there = {s.id: s for s in ours}, {s.id: s for s in theirs}
    for was in base:
        one, other = (side.get(was.id, Segment(was.id)) for side in (here, there))
        if (one.source, one.target) != (other.source, other.target) and is_locked_against(was, one, other):
            return True
    return False


def _following(writer: Run, other: Run, base: Run) -> Run:
    """The segments of the side that changed the words, with the other side's statuses of words that stayed."""
    stood, stands = {s.id: s for s in base}, {s.id: s for s in other}

    def followed(segment: Segment) -> Segment:
        was, now = stood.get(segment.id), stands.get(segment.id)
        if was is None or now is None:
            return segment
        same = was.source == segment.source and alike(was.target, segment.target)
        status = merged_status(was.status, segment.status, now.status) if same else segment.status
        return replace(segment, status=status, locked=merged_lock(was.locked, segment.locked, now.locked))

    return tuple(followed(segment) for segment in writer)


# One side cut the passage


def _cut_once(base: Run, cutter: Run, writer: Run, language: str) -> Run | None:
    """The words of the writer in the segments of the cutter; None where they do not fit."""
    if _has_all(base, cutter, writer):
        return _following(cutter, writer, base)
    ground = _ground(base, cutter, language)
    written = _written(base, writer, ground, language) if ground is not None else None
    if ground is None or written is None:
        return None
    return _piecewise(base, cutter, writer, ground, written)


def _has_all(base: Run, cutter: Run, writer: Run) -> bool:
    """Whether the cutter made each change of the writer too, as where what came back was merged before."""
    was, cut, now = ([s.target for s in run] for run in (base, cutter, writer))
    return _letters(cut) == _letters(now) or _made(was, now) <= _made(was, cut)


def _made(old: Sequence[str], new: Sequence[str]) -> set[tuple[int, str, str]]:
    """The words that were deleted, each by its place, and what was put in at each place.

    A word that was put in again right there, perhaps grown together with its neighbour, was not deleted.
    """
    was, now = (_WORDS.findall(" ".join(texts)) for texts in (old, new))
    made: set[tuple[int, str, str]] = set()
    at = 0
    for piece in raw_pieces(was, now):
        at += len(piece.equal)
        inserted = " ".join(piece.inserted)
        made |= {(at + number, word, "") for number, word in enumerate(piece.deleted) if word not in inserted}
        if inserted:
            made.add((at, "", inserted))
        at += len(piece.deleted)
    return made


def _piecewise(base: Run, cutter: Run, writer: Run, ground: Sequence[str], written: Sequence[str]) -> Run | None:
    stood, stands = _Run.of(base), _Run.of(writer)
    found = []
    for segment, was, now in zip(cutter, ground, written, strict=True):
        merged, outcome = merge_segment(stood.piece(segment, was), segment, stands.piece(segment, now))
        if outcome is Outcome.CONFLICT:
            return None
        found.append(merged)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of segments by their names and by their sources."""

    names: Mapping[str, Segment]
    sources: Mapping[str, Segment]

    @classmethod
    def of(cls, run: Run) -> "_Run":
        return cls({s.id: s for s in run}, {s.source: s for s in reversed(run)})

    def piece(self, like: Segment, target: str) -> Segment:
        """A piece of the run in another cut: its own segment where it has that, else a draft of these words."""
        found = self.names.get(like.id) or self.sources.get(like.source)
        if found is not None and found.source == like.source and alike(found.target, target):
            return replace(found, id=like.id)
        return replace(like, target=target, status=_draft(target), locked=found is not None and found.locked)


def _draft(target: str) -> SegmentStatus:
    return SegmentStatus.DRAFT if target else SegmentStatus.UNTRANSLATED


def _ground(base: Run, cutter: Run, language: str) -> list[str] | None:
    """The words of base in the pieces of the cutter; None where it cannot be told which belong to which."""
    old, new = [s.target for s in base], [s.target for s in cutter]
    if _letters(old) == _letters(new):
        return new
    pieces = [_trimmed(text, language) for text in recut_texts(old, new, language)] if new else []
    return pieces if _letters(pieces) == _letters(old) and not _moved(pieces, new) else None


def _moved(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether a word may have gone from one piece to another."""
    apart, together = costs(old, new)
    return apart > together


def _trimmed(text: str, language: str) -> str:
    return text.strip() if joiner(language) else text


def _letters(texts: Sequence[str]) -> str:
    return "".join("".join(text.split()) for text in texts)


def _written(base: Run, writer: Run, ground: Sequence[str], language: str) -> list[str] | None:
    """What the writer made of base, in pieces: every change of theirs goes into the piece that it falls into."""
    whole = join_pieces([s.target for s in base], language)
    pieces = list(_spans(whole, ground))
    if len(pieces) < len(ground) or len(base) != len(writer):
        return None
    changes: list[list[tuple[int, Hunk]]] = [[] for _ in ground]
    at = 0
    for was, now in zip(base, writer, strict=True):
        if not was.target and now.target:
            return None  # words where there were none: there is no telling which piece they are for
        for hunk in hunks(text_ops(was.target, now.target)):
            placed = _placed(was.target, hunk, at, pieces)
            if placed is None:
                return None
            place, inside = placed
            changes[place].append((at + inside.old_at - pieces[place][0], inside))
        at += len(was.target) + len(joiner(language)) if was.target else 0
    found = [_trimmed(_changed(text, some), language) for text, some in zip(ground, changes, strict=True)]
    return found if _letters(found) == _letters([s.target for s in writer]) else None


def _spans(whole: str, pieces: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where each piece stands in the joined text; ends before the first that does not follow the one before."""
    at = 0
    for piece in pieces:
        begin = at
        if piece:
            begin = whole.find(piece, at)
            if begin < 0 or whole[at:begin].strip():
                return
            at = begin + len(piece)
        yield begin, begin + len(piece)


def _placed(text: str, hunk: Hunk, at: int, pieces: Sequence[tuple[int, int]]) -> tuple[int, Hunk] | None:
    """The piece that a change is in, and the change; words deleted at a cut go without the blank that is the cut."""
    place = _piece_of(text, hunk, at, pieces)
    if place is None and hunk.deleted.strip() and not hunk.inserted:
        bare = hunk.deleted.strip()
        hunk = replace(hunk, deleted=bare, old_at=hunk.old_at + hunk.deleted.index(bare))
        place = _piece_of(text, hunk, at, pieces)
    return (place, hunk) if place is not None else None


def _piece_of(text: str, hunk: Hunk, at: int, pieces: Sequence[tuple[int, int]]) -> int | None:
    """The one piece that a change of ``text``, which begins at ``at``, can be in, wherever equal letters let it slide.

    None where it reaches over a cut; also for an insertion that stands right at one, which could go to either side.
    """
    first, last = _slide(text, hunk)
    begin, end = at + first, at + last
    edges = {at, at + len(text)}  # the writer's own cuts leave no doubt
    for place, (start, stop) in enumerate(pieces):
        if start < stop and start <= begin and end <= stop:
            doubt = {start, stop} - edges
            return None if not hunk.deleted and (begin in doubt or end in doubt) else place
    return None


def _slide(text: str, hunk: Hunk) -> tuple[int, int]:
    """The first and last character that a change may touch: one word put in beside its like may be either."""
    begin, end = hunk.old_at, hunk.old_at + len(hunk.deleted)
    if hunk.deleted and hunk.inserted:
        return begin, end
    moving, first, last = hunk.deleted or hunk.inserted, begin, end
    while first and begin - first < _SLIDES and text[first - 1] == moving[-1 - (begin - first) % len(moving)]:
        first -= 1
    while last < len(text) and last - end < _SLIDES and text[last] == moving[(last - end) % len(moving)]:
        last += 1
    return (first, last) if max(begin - first, last - end) < _SLIDES else (0, len(text))


def _changed(text: str, changes: Sequence[tuple[int, Hunk]]) -> str:
    for at, hunk in reversed(changes):
        text = text[:at] + hunk.inserted + text[at + len(hunk.deleted) :]
    return text


# Both sides cut the passage


def _cut_alike(passage: Passage, language: str) -> Run | None:
    """Merge piece by piece what both sides cut in one way; None where they did not, or changed one piece otherwise."""
    base, ours, theirs = passage.base, passage.ours, passage.theirs
    if [s.source for s in ours] != [s.source for s in theirs]:
        return None
    here, there = [s.target for s in ours], [s.target for s in theirs]
    if all(alike(one, other) for one, other in zip(here, there, strict=True)):
        return _piecewise(base, ours, _named(theirs, ours), here, there)
    for cutter in (ours, theirs):
        ground = _ground(base, cutter, language)
        if ground is not None and not _moved(ground, here) and not _moved(ground, there):
            merged = _piecewise(base, ours, _named(theirs, ours), ground, there)
            if merged is not None:
                return merged
    return None


def _named(run: Run, like: Run) -> Run:
    return tuple(replace(segment, id=other.id) for segment, other in zip(run, like, strict=True))
