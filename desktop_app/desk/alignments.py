"""Aligning two files that were published already, and putting their pairs to use."""

from pathlib import Path

from desktop_app.desk.composing import is_source
from desktop_app.desk.desk import SILENT, Desk, Progress
from desktop_app.desk.importing import read_page
from desktop_app.desk.lexicons import house_lexicon
from desktop_app.desk.memory import Taken, add_units
from desktop_app.desk.memory_files import write_units
from desktop_app.desk.sentence_rules import sentence_rules
from desktop_app.desk.texts import align_lines
from desktop_app.domain.memory import Layer, MemoryUnit
from desktop_app.domain.people import Person
from desktop_app.domain.story import joiner
from desktop_app.exchange.page import Page
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.ids import stamp
from desktop_app.foundation.messages import N_
from desktop_app.language.alignment.pairing import Pairing
from desktop_app.language.memory import context_key


def align_files(desk: Desk, one: Path, other: Path, *, progress: Progress = SILENT) -> tuple[Pairing, Path, Path]:
    """Read two pages, whichever is which, and put their sentences against each other.

    Returns the pairing, the source file and the target file. Boilerplate and credits are left out as at an import.

    Raises:
        InputRefusedError: a file cannot be read, or both are in one language.
    """
    languages = desk.house().languages
    progress.report(0, 3)
    pages = [(read_page(path), path) for path in (one, other)]
    ours = [(page, path) for page, path in pages if is_source(page, languages)]
    theirs = [(page, path) for page, path in pages if not is_source(page, languages)]
    if len(ours) != 1:
        raise InputRefusedError(
            N_("Both files are in one language."),
            subject=str(other),
            advice=N_("Choose a Chinese page and its English translation."),
        )
    progress.report(1, 3)
    progress.check()
    aligned = align_lines(
        _lines(ours[0][0]),
        _lines(theirs[0][0]),
        languages.source,
        languages.target,
        presegmented=False,
        lexicon=house_lexicon(desk, languages),
        rules=sentence_rules(desk),
    )
    progress.report(3, 3)
    return Pairing.of(aligned.source, aligned.target, aligned.beads), ours[0][1], theirs[0][1]


def _lines(page: Page) -> list[str]:
    return [text for block in page.blocks if (text := block.text or block.caption).strip()]


def take_pairs(desk: Desk, pairing: Pairing, origin: str, *, by: Person | None, progress: Progress = SILENT) -> Taken:
    """Put the pairs into the memory, as imported ones of ``origin``.

    Raises:
        ArchiveUnavailableError: the archive cannot be written.
    """
    return add_units(desk, _units(desk, pairing, origin), origin=origin, digest="", by=by, progress=progress)


def write_pairs(desk: Desk, pairing: Pairing, origin: str, path: Path, *, progress: Progress = SILENT) -> int:
    """Write the pairs to a memory file, of the kind that the name's ending says; returns how many.

    Raises:
        WrongUsageError: no format has this ending.
        ArchiveUnavailableError: the file cannot be written.
    """
    units = _units(desk, pairing, origin)
    return write_units(desk, units, path, total=len(units), progress=progress).units


def _units(desk: Desk, pairing: Pairing, origin: str) -> list[MemoryUnit]:
    languages = desk.house().languages
    pairs = pairing.pairs(joiner(languages.source), joiner(languages.target))
    keys: list[int | None] = [None, *(context_key(source) for source, _ in pairs), None]
    moment = stamp(desk.now())
    return [
        MemoryUnit(source, target, Layer.IMPORTED, at=moment, origin=origin, before=keys[n], after=keys[n + 2])
        for n, (source, target) in enumerate(pairs)
    ]
