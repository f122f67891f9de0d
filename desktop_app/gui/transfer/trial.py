"""The trial run of an import: each file read without writing, so that a person sees what was recognised."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.desk.desk import Desk
from desktop_app.desk.importing import import_pages, import_pair
from desktop_app.domain.story import BlockKind, Story
from desktop_app.foundation.errors import KnownError
from desktop_app.gui.kit.tasks import Progress


@dataclass(frozen=True)
class Recognised:
    """What one file, or a pair, would become: a story, or the reason why not."""

    files: tuple[Path, ...]
    story: Story | None
    error: KnownError | None = None
    found: int = 0  # pictures that lie beside the page

    @property
    def one_sided(self) -> str:
        """``source`` or ``target`` where the story has text on that side alone; empty otherwise."""
        if self.story is None:
            return ""
        segments = list(self.story.content.segments())
        source, target = any(s.source for s in segments), any(s.target for s in segments)
        return "" if source and target else ("source" if source else "target")


def read_files(desk: Desk, files: Sequence[Path], progress: Progress) -> list[Recognised]:
    """Try each file for itself, so that one that is refused does not hide the others."""
    results: list[Recognised] = []
    for done, file in enumerate(files):
        progress.report(done, len(files))
        try:
            story = import_pages(desk, [file], by=None, dry_run=True).stories[0]
        except KnownError as error:
            progress.check()
            results.append(Recognised((file,), None, error))
        else:
            results.append(Recognised((file,), story, None, _beside(story, [file.parent])))
    return results


def read_pair(desk: Desk, source: Path, target: Path) -> Recognised:
    """Try a Chinese and an English page as one story."""
    try:
        story = import_pair(desk, source, target, by=None, dry_run=True).stories[0]
    except KnownError as error:
        return Recognised((source, target), None, error)
    return Recognised((source, target), story, None, _beside(story, [target.parent, source.parent]))


def _beside(story: Story, folders: Sequence[Path]) -> int:
    """How many of the pictures that the text names lie beside the page."""
    names = {place.file for place in story.content.placements() if place.file}
    return sum(any((folder / name).is_file() for folder in folders) for name in names if Path(name).name == name)


@dataclass(frozen=True)
class Shape:
    """The numbers of a story for its preview."""

    paragraphs: int
    segments: int
    pictures: int


def shape(story: Story) -> Shape:
    """Count what the text consists of."""
    blocks = story.content.blocks
    pictures = sum(block.kind is BlockKind.PICTURE for block in blocks)
    return Shape(len(blocks) - pictures, sum(1 for _ in story.content.segments()), pictures)
