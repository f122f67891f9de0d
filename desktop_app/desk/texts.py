"""Work on plain texts that needs no archive: sentences, alignment, and checks of line against line."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.desk.cataloguing import read_file
from desktop_app.desk.lexicons import lexicon_for
from desktop_app.desk.sentence_rules import default_rules
from desktop_app.domain.story import Languages
from desktop_app.exchange.encoding import decode
from desktop_app.exchange.limits import MAX_TEXT_BYTES
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_
from desktop_app.language.alignment import Bead, aligner
from desktop_app.language.alignment.lexicon import Lexicon
from desktop_app.language.sentences import segmenter
from desktop_app.language.sentences.rules import SegmentationRules


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


def sentences(lines: Sequence[str], language: str, rules: SegmentationRules | None = None) -> list[list[str]]:
    """The sentences of each line, by the program's rules or others; joined, a line's pieces give it back exactly."""
    split = segmenter(language, default_rules() if rules is None else rules).split
    return [split(line) for line in lines]


def align_lines(
    source: Sequence[str],
    target: Sequence[str],
    source_language: str,
    target_language: str,
    *,
    presegmented: bool,
    lexicon: Lexicon | None = None,
    rules: SegmentationRules | None = None,
) -> Aligned:
    """Put two texts against each other, sentence by sentence.

    With ``presegmented`` a line is a sentence; else it is a paragraph, and paragraphs guide the alignment.
    Empty lines are left out. ``lexicon`` and ``rules`` are an archive's; else they are the program's.
    """
    ours = [line for line in source if line.strip()]
    theirs = [line for line in target if line.strip()]
    known = lexicon or lexicon_for(Languages(source_language, target_language))
    align = aligner(source_language, target_language, known).align
    if presegmented:
        return Aligned(tuple(ours), tuple(theirs), tuple(align(ours, theirs)))
    one, first = _in_paragraphs(ours, source_language, rules)
    other, second = _in_paragraphs(theirs, target_language, rules)
    return Aligned(tuple(one), tuple(other), tuple(align(one, other, (first, second))))


def _in_paragraphs(lines: Sequence[str], language: str, rules: SegmentationRules | None) -> tuple[list[str], list[int]]:
    """All sentences of the lines, and for each the number of its line."""
    split = sentences(lines, language, rules)
    pieces = [piece.strip() for line in split for piece in line]
    return pieces, [number for number, line in enumerate(split) for _ in line]


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
