"""Aligning one paragraph of a story anew: both sides cut into sentences and put against each other as at an import."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from desktop_app.desk.desk import Desk
from desktop_app.desk.lexicons import house_lexicon
from desktop_app.desk.sentence_rules import sentence_rules
from desktop_app.domain.edits import edited_status
from desktop_app.domain.story import Languages, Segment, join_pieces, joiner
from desktop_app.foundation.ids import IdFactory
from desktop_app.language.alignment import Bead, aligner
from desktop_app.language.alignment.lexicon import Lexicon
from desktop_app.language.sentences import split_for_story
from desktop_app.language.sentences.rules import SegmentationRules


def realign(desk: Desk, segments: Sequence[Segment], languages: Languages) -> tuple[Segment, ...]:
    """The segments of one paragraph, cut and aligned anew by the house's rules and words; nothing is written.

    Takes up to a second where the archive has a large memory.
    """
    rules, lexicon = sentence_rules(desk), house_lexicon(desk, languages)
    return aligned_anew(segments, languages, rules, lexicon, new_id=desk.new_id)


def aligned_anew(
    segments: Sequence[Segment], languages: Languages, rules: SegmentationRules, lexicon: Lexicon, *, new_id: IdFactory
) -> tuple[Segment, ...]:
    """Cut and align the texts of a paragraph; each side joined says what it said, character for character.

    A pair that was there before keeps its id, status and lock. Other ids go to the segments that have most of the same
    source, or the same translation; those segments are drafts.
    """

    def cut(some: Sequence[Segment]) -> tuple[list[str], list[str]]:
        source = join_pieces([segment.source for segment in some], languages.source)
        target = join_pieces([segment.target for segment in some], languages.target)
        ours = split_for_story(source, languages.source, rules) if source else []
        return ours, split_for_story(target, languages.target, rules) if target else []

    ours, theirs = cut(segments)
    begun = max((n for n, segment in enumerate(segments, start=1) if segment.target.strip()), default=0)
    first, rest = cut(segments[:begun])[0], cut(segments[begun:])[0]
    # What nobody has translated yet stays apart, unless its translation may stand further up.
    waits = bool(rest) and first + rest == ours and 0 < len(theirs) <= len(first)
    beads = aligner(languages.source, languages.target, lexicon).align(first if waits else ours, theirs)
    if waits:
        beads += [Bead((number,), (), 0.0) for number in range(len(first), len(ours))]
    pairs = [
        (
            joiner(languages.source).join(ours[i] for i in bead.source),
            joiner(languages.target).join(theirs[i] for i in bead.target),
        )
        for bead in beads
    ]
    return _with_known_ids(pairs, segments, new_id) if pairs else tuple(segments)


Pair = tuple[str, str]


def _with_known_ids(pairs: Sequence[Pair], old: Sequence[Segment], new_id: IdFactory) -> tuple[Segment, ...]:
    free = list(old)
    taken: dict[int, Segment] = {}

    def take(fits: Callable[[Pair, Segment], bool], *, whole: bool = False) -> None:
        for place, pair in enumerate(pairs):
            found = next((one for one in free if place not in taken and fits(pair, one)), None)
            if found is not None:
                free.remove(found)
                taken[place] = found if whole else _worded(found, pair)

    take(lambda pair, one: (one.source, one.target) == pair, whole=True)
    take(lambda pair, one: bool(pair[0]) and one.source == pair[0])
    for place, identity in _overlapping(pairs, old):
        found = next((one for one in free if one.id == identity), None)
        if found is not None and place not in taken:
            free.remove(found)
            taken[place] = _worded(found, pairs[place])
    take(lambda pair, one: bool(pair[1]) and one.target == pair[1])
    return tuple(taken[n] if n in taken else _worded(Segment(new_id()), pair) for n, pair in enumerate(pairs))


def _worded(segment: Segment, pair: Pair) -> Segment:
    source, target = pair
    return replace(segment, source=source, target=target, status=edited_status(Segment(""), target), locked=False)


def _overlapping(pairs: Sequence[Pair], old: Sequence[Segment]) -> Iterator[tuple[int, str]]:
    """Which new pair shares how much source with which old segment: place and id, the most shared first."""
    new_spans = _spans([source for source, _ in pairs])
    old_spans = _spans([segment.source for segment in old])
    shared: list[tuple[int, int, str]] = []
    place = 0
    for (start, end), segment in zip(old_spans, old, strict=True):
        while place < len(new_spans) and new_spans[place][1] <= start:
            place += 1
        for number in range(place, len(new_spans)):
            if new_spans[number][0] >= end:
                break
            size = min(end, new_spans[number][1]) - max(start, new_spans[number][0])
            if size > 0:
                shared.append((size, number, segment.id))
    for _, number, identity in sorted(shared, key=lambda one: -one[0]):
        yield number, identity


def _spans(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Where the texts lie when they are put together; blanks between them are too few to matter."""
    ends = list(accumulate(map(len, texts)))
    return [(end - len(text), end) for end, text in zip(ends, texts, strict=True)]
