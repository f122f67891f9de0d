"""Work on plain texts that needs no archive: sentences, alignment, and checks of line against line."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.core import Locale

from desktop_app.desk.cataloguing import read_file
from desktop_app.desk.lexicons import lexicon_for
from desktop_app.desk.sentence_rules import default_rules
from desktop_app.domain.story import Languages
from desktop_app.exchange.encoding import decode_exactly
from desktop_app.exchange.limits import MAX_TEXT_BYTES
from desktop_app.foundation.errors import InputRefusedError, WrongUsageError, reason_of
from desktop_app.foundation.messages import N_, Message
from desktop_app.language.alignment import Bead, aligner
from desktop_app.language.alignment.lexicon import Lexicon
from desktop_app.language.sentences import segmenter
from desktop_app.language.sentences.rules import SegmentationRules

STANDARD_INPUT = Path("-")
_PLAIN = N_("Choose a plain text file.")
_PAIRS = N_("Each line needs the source, a tab, and the target.")


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two texts in sentences, and which answer which."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    beads: tuple[Bead, ...]


def read_lines(path: Path | None, *, advice: Message = _PLAIN) -> list[str]:
    """The lines of a text file in any encoding we know, or of standard input where there is none or it is ``-``.

    Only a line feed ends a line, and a carriage return right before it goes with it; every other character stays as
    it is: lone carriage returns, form feeds, controls, U+2028. Only a byte order mark that begins the file is no text
    of it. ``advice`` is what a person is told whose file is no text.

    Raises:
        InputRefusedError: it cannot be read, is no text (it has zero bytes, say), or is too large.
    """
    if path is None or path == STANDARD_INPUT:
        data = _standard_input()
    else:
        data = read_file(path, MAX_TEXT_BYTES)
    try:
        text = decode_exactly(data, advice=advice)
    except InputRefusedError as error:
        error.subject = error.subject or (str(path) if path else "")
        raise
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _standard_input() -> bytes:
    """What standard input holds, to its end."""
    try:
        data = sys.stdin.buffer.read(MAX_TEXT_BYTES + 1) if sys.stdin is not None else b""  # None where it is closed
    except OSError as error:
        raise InputRefusedError(
            N_("The file cannot be read: {why}.", why=reason_of(error)), subject=str(STANDARD_INPUT)
        ) from error
    if len(data) > MAX_TEXT_BYTES:
        raise InputRefusedError(N_("The text is too large."), advice=N_("Split it, and read it in parts."))
    return data


def require_language(tag: str) -> None:
    """Refuse a BCP 47 tag whose language nobody knows: a slip of the fingers would be answered with poor sentences.

    Raises:
        WrongUsageError: there is no such language.
    """
    primary = tag.replace("_", "-").split("-")[0].lower()
    if primary not in Locale("en").languages:
        raise WrongUsageError(
            N_("There is no language “{tag}”.", tag=tag),
            advice=N_("Chinese (zh) and English (en) have rules of their own; other languages go by their usual tags."),
        )


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

    A blank line is a pair of empty texts.

    Raises:
        InputRefusedError: it cannot be read, or a line has no tab.
    """
    for number, line in enumerate(read_lines(path, advice=_PAIRS), start=1):
        source, tab, rest = line.partition("\t")
        if not tab and line.strip():
            raise InputRefusedError(
                N_("There is no tab between source and target."),
                subject=str(path),
                place=N_("line {n}", n=number),
                advice=_PAIRS,
            )
        yield source, rest.split("\t", 1)[0]
