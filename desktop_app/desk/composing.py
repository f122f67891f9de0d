"""Making a story of pages: one page alone, or a Chinese and an English page put against each other.

Paragraphs are cut, never merged, so that joining a block's source segments gives back its source text exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.domain.edits import edited_status
from desktop_app.domain.story import (
    Bilingual,
    Block,
    BlockKind,
    Content,
    Languages,
    Placement,
    Segment,
    joiner,
)
from desktop_app.exchange.page import Page, ReadBlock
from desktop_app.foundation.ids import IdFactory
from desktop_app.language.alignment import Bead, align_blocks, aligner
from desktop_app.language.alignment.lexicon import Lexicon
from desktop_app.language.sentences import split_for_story
from desktop_app.language.sentences.rules import NO_RULES, SegmentationRules


@dataclass(frozen=True, slots=True)
class _Pair:
    """Blocks of both pages that belong together; either side may be empty."""

    source: tuple[ReadBlock, ...]
    target: tuple[ReadBlock, ...]


def is_source(page: Page, languages: Languages) -> bool:
    """Whether a page is written in the source language of the archive."""
    return page.language.split("-", maxsplit=1)[0] == languages.source.split("-", maxsplit=1)[0]


def compose(page: Page, languages: Languages, new_id: IdFactory, rules: SegmentationRules = NO_RULES) -> Content:
    """Make the content of a story from one page, cut by the house's rules; the other side stays empty."""
    source_side = is_source(page, languages)
    pairs = [_Pair((block,), ()) if source_side else _Pair((), (block,)) for block in page.blocks]
    return Content(tuple(b for pair in pairs for b in _blocks(pair, languages, new_id, rules)), topics=page.topics)


def compose_pair(
    source: Page,
    target: Page,
    languages: Languages,
    new_id: IdFactory,
    rules: SegmentationRules = NO_RULES,
    lexicon: Lexicon | None = None,
) -> Content:
    """Make the content of a story from two pages of the same story, aligned by paragraph and by sentence."""
    blocks: list[Block] = []
    for pair in _match(source.blocks, target.blocks, languages, lexicon):
        blocks += _blocks(pair, languages, new_id, rules, lexicon)
    return Content(tuple(blocks), topics=target.topics or source.topics)


def _is_picture(block: ReadBlock) -> bool:
    return block.kind is BlockKind.PICTURE


def _match(
    source: Sequence[ReadBlock], target: Sequence[ReadBlock], languages: Languages, lexicon: Lexicon | None
) -> list[_Pair]:
    """Put blocks against each other: headline to headline, pictures by name in order, text by alignment between."""
    pairs: list[_Pair] = []
    rest_source, rest_target = list(source), list(target)
    if rest_source and rest_target and rest_source[0].kind is rest_target[0].kind is BlockKind.HEADLINE:
        pairs.append(_Pair((rest_source.pop(0),), (rest_target.pop(0),)))
    at_source = at_target = 0
    for i, j in [*_picture_anchors(rest_source, rest_target), (len(rest_source), len(rest_target))]:
        pairs += _match_stretch(rest_source[at_source:i], rest_target[at_target:j], languages, lexicon)
        if i < len(rest_source):
            pairs.append(_Pair((rest_source[i],), (rest_target[j],)))
        at_source, at_target = i + 1, j + 1
    return pairs


def _picture_anchors(source: Sequence[ReadBlock], target: Sequence[ReadBlock]) -> list[tuple[int, int]]:
    """Positions of the same picture in both pages, as far as they come in the same order.

    Pictures go by their file name; where the pages share no name but show equally many, by their order.
    """
    ours = [i for i, block in enumerate(source) if _is_picture(block)]
    theirs = [j for j, block in enumerate(target) if _is_picture(block)]
    names = {target[j].file.casefold(): j for j in theirs}
    anchors: list[tuple[int, int]] = []
    for i in ours:
        j = names.get(source[i].file.casefold())
        if j is not None and (not anchors or j > anchors[-1][1]):
            anchors.append((i, j))
    if not anchors and len(ours) == len(theirs):
        return list(zip(ours, theirs, strict=True))
    return anchors


def _match_stretch(
    source: Sequence[ReadBlock], target: Sequence[ReadBlock], languages: Languages, lexicon: Lexicon | None
) -> list[_Pair]:
    """Align the text between two anchors; a picture that only one page has stays where it stands in that page."""
    texts = [block for block in source if not _is_picture(block)]
    others = [block for block in target if not _is_picture(block)]
    beads = align_blocks([b.text for b in texts], [b.text for b in others], languages.source, languages.target, lexicon)
    pairs: list[_Pair] = []
    pending_source, pending_target = list(source), list(target)
    for bead in beads:
        pairs += _leading_pictures(pending_source, source_side=True) if bead.source else []
        pairs += _leading_pictures(pending_target, source_side=False) if bead.target else []
        mine = _take(pending_source, len(bead.source), pairs, source_side=True)
        yours = _take(pending_target, len(bead.target), pairs, source_side=False)
        pairs.append(_Pair(tuple(mine), tuple(yours)))
    pairs += _leading_pictures(pending_source, source_side=True)
    pairs += _leading_pictures(pending_target, source_side=False)
    return pairs


def _leading_pictures(pending: list[ReadBlock], *, source_side: bool) -> list[_Pair]:
    taken: list[_Pair] = []
    while pending and _is_picture(pending[0]):
        block = pending.pop(0)
        taken.append(_Pair((block,), ()) if source_side else _Pair((), (block,)))
    return taken


def _take(pending: list[ReadBlock], count: int, pairs: list[_Pair], *, source_side: bool) -> list[ReadBlock]:
    """Take the next ``count`` text blocks; pictures between them come out as pairs of their own, before."""
    taken: list[ReadBlock] = []
    while len(taken) < count:
        pairs += _leading_pictures(pending, source_side=source_side)
        taken.append(pending.pop(0))
    return taken


def _blocks(
    pair: _Pair,
    languages: Languages,
    new_id: IdFactory,
    rules: SegmentationRules,
    lexicon: Lexicon | None = None,
) -> list[Block]:
    first = (pair.source or pair.target)[0]
    if _is_picture(first):
        return [_picture(pair, new_id)]
    return _text_blocks(pair, languages, new_id, rules, lexicon)


def _picture(pair: _Pair, new_id: IdFactory) -> Block:
    zh = pair.source[0] if pair.source else None
    en = pair.target[0] if pair.target else None
    placement = Placement(
        file=(zh or pair.target[0]).file,
        caption=Bilingual(zh.caption if zh else "", en.caption if en else ""),
        alt=Bilingual(zh.alt if zh else "", en.alt if en else ""),
    )
    return Block(new_id(), BlockKind.PICTURE, placement=placement)


@dataclass(frozen=True, slots=True)
class _Sentences:
    """One side of a pair: all sentences in order, and for each the paragraph that it belongs to."""

    pieces: tuple[str, ...]
    paragraph: tuple[int, ...]


def _sentences(blocks: Sequence[ReadBlock], language: str, rules: SegmentationRules) -> _Sentences:
    split = [split_for_story(block.text, language, rules) for block in blocks]
    pieces = tuple(piece for paragraph in split for piece in paragraph)
    return _Sentences(pieces, tuple(i for i, paragraph in enumerate(split) for _ in paragraph))


def _text_blocks(
    pair: _Pair, languages: Languages, new_id: IdFactory, rules: SegmentationRules, lexicon: Lexicon | None
) -> list[Block]:
    """Align the sentences of a pair and cut it into blocks where either side begins a new paragraph.

    Sentences that alignment puts into one segment across a paragraph break are parted again, so a block never holds
    text of two source paragraphs.
    """
    source = _sentences(pair.source, languages.source, rules)
    target = _sentences(pair.target, languages.target, rules)
    beads = aligner(languages.source, languages.target, lexicon).align(source.pieces, target.pieces)
    blocks: list[Block] = []
    begun: tuple[int, int] = (0, 0)
    segments: list[Segment] = []
    kinds = [block.kind for block in (pair.source or pair.target)]
    by_source = bool(pair.source)
    for bead in _within_paragraphs(beads, source, target):
        place = (
            source.paragraph[bead.source[0]] if bead.source else begun[0],
            target.paragraph[bead.target[0]] if bead.target else begun[1],
        )
        if segments and place != begun:
            blocks.append(Block(new_id(), kinds[begun[0] if by_source else begun[1]], tuple(segments)))
            segments = []
        begun = place
        segments.append(_segment(bead, source, target, languages, new_id))
    if segments:
        blocks.append(Block(new_id(), kinds[begun[0] if by_source else begun[1]], tuple(segments)))
    return blocks


def _within_paragraphs(beads: Sequence[Bead], source: _Sentences, target: _Sentences) -> list[Bead]:
    """Part beads that reach over a paragraph break on either side."""
    parted: list[Bead] = []
    for bead in beads:
        ours = _runs(bead.source, source.paragraph)
        theirs = _runs(bead.target, target.paragraph)
        for index in range(max(len(ours), len(theirs))):
            mine = ours[index] if index < len(ours) else ()
            yours = theirs[index] if index < len(theirs) else ()
            parted.append(Bead(mine, yours, bead.score))
    return parted


def _runs(indexes: Sequence[int], paragraph: Sequence[int]) -> list[tuple[int, ...]]:
    runs: list[tuple[int, ...]] = []
    for index in indexes:
        if runs and paragraph[runs[-1][-1]] == paragraph[index]:
            runs[-1] = (*runs[-1], index)
        else:
            runs.append((index,))
    return runs


def _segment(bead: Bead, source: _Sentences, target: _Sentences, languages: Languages, new_id: IdFactory) -> Segment:
    source_text = joiner(languages.source).join(source.pieces[i] for i in bead.source)
    target_text = joiner(languages.target).join(target.pieces[i] for i in bead.target)
    empty = Segment(new_id(), source_text)
    return Segment(empty.id, source_text, target_text, edited_status(empty, target_text))
