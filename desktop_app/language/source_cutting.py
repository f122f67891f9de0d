"""Cutting new paragraphs: segments that are still there stay as they are, changed ones keep their English."""

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.domain.story import Languages, Segment, SegmentStatus, join_pieces, joiner
from desktop_app.foundation.ids import IdFactory
from desktop_app.language.sentences import split_for_story
from desktop_app.language.sentences.rules import SegmentationRules
from desktop_app.language.source_matching import Match, match_texts


def with_source(segment: Segment, source: str) -> Segment:
    """The segment with another source: its translation stays as a draft, and open to be changed."""
    if segment.source == source:
        return segment
    status = SegmentStatus.DRAFT if segment.target else SegmentStatus.UNTRANSLATED
    return replace(segment, source=source, status=status, locked=False)


def recut(
    old: Sequence[Segment],
    texts: Sequence[str],
    languages: Languages,
    new_id: IdFactory,
    rules: SegmentationRules,
    *,
    alone: bool,
) -> list[list[Segment]]:
    """The segments of some paragraphs after ``old`` took on their texts; ``alone``: one paragraph became one paragraph.

    Where the text begins and ends as it did, the segments there stay as they were cut, sentences or not.
    """
    blank = joiner(languages.source)
    speaking = [segment for segment in old if segment.source]
    head, head_at, front = _begin(speaking, texts, blank)
    tail, tail_at, back = _end(speaking[len(head) :], texts, blank, (head_at, front))
    middle = speaking[len(head) : len(speaking) - len(tail)]
    pieces: list[tuple[int, str]] = []
    for number, text in enumerate(texts):
        start = 0 if number > head_at else (front if number == head_at else len(text))
        end = len(text) if number < tail_at else (back if number == tail_at else 0)
        rest = text[start:end].strip() if blank else text[start:end]
        pieces += [(number, piece) for piece in split_for_story(rest, languages.source, rules)] if rest else []
    found = match_texts(
        [one.source for one in middle],
        [piece for _, piece in pieces],
        breaks=[number for number, _ in pieces],
        alone=alone or bool(head or tail),
    )
    blocks: list[list[Segment]] = [[] for _ in texts]
    for number, segment in head:
        blocks[number].append(segment)
    for match in found:
        _put(blocks, match, middle, pieces, languages, new_id)
    for number, segment in tail:
        blocks[number].append(segment)
    return _with_silent(blocks, old)


def _put(
    blocks: list[list[Segment]],
    match: Match,
    middle: Sequence[Segment],
    pieces: Sequence[tuple[int, str]],
    languages: Languages,
    new_id: IdFactory,
) -> None:
    """Put one match into its paragraph: a changed segment, several that became one, or a new one."""
    if not match.new:
        return
    blank = joiner(languages.source)
    number = pieces[match.new[0]][0]
    source = blank.join(pieces[n][1] for n in match.new)
    if not match.old:
        blocks[number].append(Segment(new_id(), source))
        return
    olds = [middle[n] for n in match.old]
    target = join_pieces([one.target for one in olds], languages.target)
    kept = olds[0] if len(olds) == 1 else replace(olds[0], source="", target=target)
    blocks[number].append(with_source(kept, source))


_Placed = list[tuple[int, Segment]]


def _begin(old: Sequence[Segment], texts: Sequence[str], blank: str) -> tuple[_Placed, int, int]:
    """The segments with which the texts begin as they did, with the paragraph of each; where what follows begins."""
    number = at = 0
    found: _Placed = []
    for segment in old:
        while number < len(texts) and at >= len(texts[number]):
            number, at = number + 1, 0
        if number >= len(texts) or not texts[number].startswith(segment.source, at):
            break
        end = at + len(segment.source)
        if blank and end < len(texts[number]):
            if not texts[number].startswith(blank, end):
                break
            end += len(blank)
        found.append((number, segment))
        at = end
    return found, number, at


def _end(old: Sequence[Segment], texts: Sequence[str], blank: str, start: tuple[int, int]) -> tuple[_Placed, int, int]:
    """As ``_begin`` from the end, down to ``start``; the place is where what stands before ends."""
    number, at = len(texts) - 1, len(texts[-1])
    found: _Placed = []
    for segment in reversed(old):
        while number > start[0] and at <= 0:
            number -= 1
            at = len(texts[number])
        lowest = start[1] if number == start[0] else 0
        begin = at - len(segment.source)
        if number < start[0] or begin < lowest or not texts[number].endswith(segment.source, lowest, at):
            break
        if blank and begin > lowest:
            if not texts[number].endswith(blank, lowest, begin):
                break
            begin -= len(blank)
        found.insert(0, (number, segment))
        at = begin
    return found, number, at


def _with_silent(blocks: list[list[Segment]], old: Sequence[Segment]) -> list[list[Segment]]:
    """The paragraphs with the segments that have no source, each behind the one it stood behind."""
    behind: dict[str | None, list[Segment]] = {}
    last: str | None = None
    there = {segment.id for block in blocks for segment in block}
    for segment in old:
        if segment.source:
            last = segment.id if segment.id in there else last
        else:
            behind.setdefault(last, []).append(segment)
    if not behind:
        return blocks
    made = [[one for segment in block for one in (segment, *behind.get(segment.id, ()))] for block in blocks]
    made[0][:0] = behind.get(None, [])
    return made
