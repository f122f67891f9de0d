"""Running the checks over a story, or over lines that need no archive."""

from collections.abc import Collection, Iterator, Sequence

from desktop_app.domain.findings import Finding
from desktop_app.domain.story import Languages, Story
from desktop_app.language.checks import CAPTION, Pair, run_checks


def story_pairs(story: Story) -> Iterator[Pair]:
    """Everything in a story that checks look at: segments, and the captions of placed pictures."""
    languages = story.languages
    for block in story.content.blocks:
        for segment in block.segments:
            yield Pair(segment.id, segment.source, segment.target, languages.source, languages.target, block.kind.value)
        if block.placement is not None:
            caption = block.placement.caption
            yield Pair(block.id, caption.zh, caption.en, languages.source, languages.target, CAPTION)


def check_story(story: Story, *, only: Collection[str] = ()) -> list[Finding]:
    """All findings of a story, in reading order.

    A story that is not translated yet has none; one that came in English alone is not told that its Chinese captions
    are missing.
    """
    segments = list(story.content.segments())
    if not any(segment.target for segment in segments):
        return []
    pairs = story_pairs(story)
    if not any(segment.source for segment in segments):
        pairs = (pair for pair in pairs if pair.kind != CAPTION or pair.source)
    return run_checks(list(pairs), only=only)


def check_lines(
    sources: Sequence[str], targets: Sequence[str], languages: Languages, *, only: Collection[str] = ()
) -> list[Finding]:
    """Findings of line n of one text against line n of another; a finding's segment is its line number from 1."""
    count = max(len(sources), len(targets))
    pairs = [
        Pair(
            str(i + 1),
            sources[i] if i < len(sources) else "",
            targets[i] if i < len(targets) else "",
            languages.source,
            languages.target,
            "paragraph",
        )
        for i in range(count)
    ]
    return run_checks(pairs, only=only)
