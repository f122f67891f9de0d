"""Work on plain texts that needs no archive: sentences, alignment, and checks of line against line."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.desk.cataloguing import read_file
from desktop_app.exchange.encoding import decode
from desktop_app.exchange.limits import MAX_TEXT_BYTES
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_
from desktop_app.language.alignment import Bead, align_blocks, aligner
from desktop_app.language.sentences import segmenter

# Paragraphs guide the alignment only where both texts are cut into about as many of them.
_ALIKE = 1.5


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two texts in sentences, and which answer which."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    beads: tuple[Bead, ...]


def read_lines(path: Path | None) -> list[str]:
    """The lines of a text file in any encoding we know, or of standard input where there is none.

    Only line feeds end a line (CR LF counts as one): other marks, such as U+2028, stay in the text.

    Raises:
        InputRefusedError: it cannot be read, is no text, or is too large.
    """
    if path is None:
        data = sys.stdin.buffer.read(MAX_TEXT_BYTES + 1)
        if len(data) > MAX_TEXT_BYTES:
            raise InputRefusedError(N_("The text is too large."), advice=N_("Split it, and read it in parts."))
    else:
        data = read_file(path, MAX_TEXT_BYTES)
    if not data.strip():
        return data.decode("ascii", "replace").splitlines()
    try:
        text = decode(data)
    except InputRefusedError as error:
        error.subject = error.subject or (str(path) if path else "")
        raise
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def sentences(lines: Sequence[str], language: str) -> list[list[str]]:
    """The sentences of each line; joined, a line's pieces give back the line exactly."""
    split = segmenter(language).split
    return [split(line) for line in lines]


def align_lines(
    source: Sequence[str], target: Sequence[str], source_language: str, target_language: str, *, presegmented: bool
) -> Aligned:
    """Put two texts against each other, sentence by sentence.

    With ``presegmented`` a line is a sentence; else it is a paragraph, and paragraphs guide the alignment.
    Empty lines are left out.
    """
    ours = [line for line in source if line.strip()]
    theirs = [line for line in target if line.strip()]
    if presegmented:
        beads = aligner(source_language, target_language).align(ours, theirs)
        return Aligned(tuple(ours), tuple(theirs), tuple(beads))
    return _in_paragraphs(ours, theirs, source_language, target_language)


def _in_paragraphs(source: Sequence[str], target: Sequence[str], source_language: str, target_language: str) -> Aligned:
    """Align paragraphs first and the sentences within them, where the texts are cut into about as many."""
    ours, theirs = sentences(source, source_language), sentences(target, target_language)
    align = aligner(source_language, target_language).align
    counts = sorted((len(ours), len(theirs)))
    paragraphs = [(tuple(range(len(ours))), tuple(range(len(theirs))))]
    if counts[0] > 1 and counts[1] <= _ALIKE * counts[0]:
        beads = align_blocks(source, target, source_language, target_language)
        paragraphs = [(bead.source, bead.target) for bead in beads]
    found = Aligned((), (), ())
    for mine, yours in paragraphs:
        a = tuple(piece.strip() for paragraph in mine for piece in ours[paragraph])
        b = tuple(piece.strip() for paragraph in yours for piece in theirs[paragraph])
        moved = [_moved(bead, len(found.source), len(found.target)) for bead in align(a, b)]
        found = Aligned(found.source + a, found.target + b, (*found.beads, *moved))
    return found


def _moved(bead: Bead, source: int, target: int) -> Bead:
    return Bead(tuple(i + source for i in bead.source), tuple(j + target for j in bead.target), bead.score)


def read_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """The pairs of a TSV file: source, a tab, target; what follows a second tab is left out.

    Raises:
        InputRefusedError: it cannot be read, or a line has no tab.
    """
    for number, line in enumerate(read_lines(path), start=1):
        source, tab, rest = line.partition("\t")
        if not tab:
            raise InputRefusedError(
                N_("There is no tab between source and target."),
                subject=str(path),
                place=N_("line {n}", n=number),
                advice=N_("Each line needs the source, a tab, and the target."),
            )
        yield source, rest.split("\t", 1)[0]
