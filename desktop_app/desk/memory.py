"""The translation memory at the desk: looking up, taking units in, telling what there is, forgetting a file."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.desk.desk import SILENT, Changes, Desk, Progress
from desktop_app.domain.comparison import text_ops
from desktop_app.domain.memory import Layer, Match, MemoryUnit
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.language.memory import Asked, Judged, context_key
from desktop_app.language.memory.similarity import compared
from desktop_app.store import memory as store
from desktop_app.store.memory import Origin

if TYPE_CHECKING:
    from desktop_app.store.memory_reader import MemoryReader

__all__ = [
    "MemoryFacts",
    "Origin",
    "Taken",
    "add_units",
    "all_units",
    "forget_origin",
    "look_up",
    "memory_facts",
]

LEAST = 70
_MOST = 100
# A difference is worked out for texts up to this size; beyond it, it would take time and memory that grow with the
# product of both, and nobody would read it.
_LONGEST_DIFFERENCE = 20_000


@dataclass(frozen=True, slots=True)
class MemoryFacts:
    """What the memory holds: units by layer, and the files they came in with."""

    signed: int
    imported: int
    draft: int
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking units in: how many are new, and how many pairs were there already."""

    added: int
    known: int
    changes: Changes


def look_up(
    desk: Desk,
    text: str,
    *,
    least: int = LEAST,
    limit: int = 5,
    before: str | None = None,
    after: str | None = None,
    but: str | None = None,
) -> list[Match]:
    """Find the units whose source is like ``text``, best first: at most ``limit``, at least ``least`` per cent alike.

    ``language.memory`` says which are chosen and with what score. White space round the text counts where that brings
    it nearer to a unit, and else not. ``before`` and ``after`` are the source texts next
    to it, None at the story's ends; without either nothing is known of its place. ``but`` is a segment whose own unit
    is not wanted. Safe on any thread.

    Raises:
        WrongUsageError: ``least`` is not 1 to 100, or ``limit`` is not positive.
    """
    if not 1 <= least <= _MOST:
        raise WrongUsageError(N_("The least likeness is a number from 1 to 100."))
    if limit < 1:
        raise WrongUsageError(N_("At least one match must be asked for."))
    placed = before is not None or after is not None
    ahead = context_key(before or "") if placed else None
    behind = context_key(after or "") if placed else None
    forms = dict.fromkeys((compared(text.strip()), compared(text))) if text.strip() else {}
    best: dict[int, tuple[int, float, Match]] = {}
    with desk.archive.read() as session:
        for form in forms:
            for judged, unit in _reader(desk).look_up(session, Asked(form, least, limit, ahead, behind, but)):
                scores = (judged.score, judged.similarity)
                if scores > best.get(judged.entry.id, (0, 0.0))[:2]:
                    best[judged.entry.id] = (*scores, _match(form, judged, unit))
    matches = [match for _, _, match in best.values()]
    return sorted(matches, key=_place)[:limit]


def _place(match: Match) -> tuple[int, float, Layer]:
    return -match.score, -match.similarity, match.unit.layer


def _reader(desk: Desk) -> "MemoryReader":
    """The reader that this desk keeps, made by its first look-up."""
    if desk.memory is None:
        # NumPy takes a tenth of a second to load, and most commands look nothing up.
        from desktop_app.store.memory_reader import MemoryReader  # noqa: PLC0415

        desk.memory = MemoryReader()
    return desk.memory


def _match(text: str, judged: Judged, unit: MemoryUnit) -> Match:
    source = compared(unit.source)
    if max(len(source), len(text)) <= _LONGEST_DIFFERENCE:
        ops = tuple(text_ops(source, text))
    else:
        ops = (("-", source), ("+", text)) if source != text else (("=", source),)
    return Match(unit, judged.score, judged.similarity, judged.differs, ops)


def memory_facts(desk: Desk) -> MemoryFacts:
    """Count what the memory holds."""
    with desk.archive.read() as session:
        counts, origins = store.counts_of_stories(session), store.origins(session)
    imported = sum(origin.count for origin in origins)
    return MemoryFacts(counts.get(Layer.SIGNED, 0), imported, counts.get(Layer.DRAFT, 0), tuple(origins))


def add_units(
    desk: Desk,
    units: Iterable[MemoryUnit],
    *,
    origin: str,
    digest: str,
    by: Person | None,
    progress: Progress = SILENT,
) -> Taken:
    """Take units in as imported ones of the file ``origin``, in one transaction; pairs that are there are left out.

    A pair that is only a draft so far counts as new. ``units`` may be a generator; it is read while the archive is
    being written, and what it raises stops everything with nothing taken in. ``digest`` is the file's SHA-256.

    Raises:
        CancelledError: the person stopped it; nothing was taken in.
    """
    with desk.archive.write() as unit:

        def told(count: int) -> None:
            progress.check()
            progress.report(count, 0)

        added, known = store.add_imported(unit.session, units, origin, told=told)
        if not added:  # then there is nothing to tell of
            return Taken(0, known, Changes())
        store.note_origin(unit.session, origin, digest=digest, at=unit.at, added=added)
        store.keep_index(unit.session, many=True, check=progress.check)
        unit.record(
            "memory imported",
            person=by.id if by else None,
            files=[[origin, digest]],
            added=added,
            known=known,
        )
    return Taken(added, known, Changes(memory=True))


def all_units(desk: Desk, layers: Collection[Layer] = (Layer.SIGNED, Layer.IMPORTED)) -> Iterator[MemoryUnit]:
    """Every unit of some layers, in the order in which they were added, from one consistent state of the archive."""
    with desk.archive.read() as session:
        yield from store.every(session, layers)


def forget_origin(desk: Desk, origin: str, *, by: Person | None, progress: Progress = SILENT) -> Changes:
    """Take out all units that came in with one file.

    Raises:
        WrongUsageError: no such file was taken in.
        CancelledError: the person stopped it; nothing was taken out.
    """
    with desk.archive.write() as unit:
        if origin not in {one.name for one in store.origins(unit.session)}:
            raise WrongUsageError(
                N_("Nothing in the memory came in with “{name}”.", name=origin),
            )
        count = store.forget_origin(unit.session, origin, check=progress.check)
        unit.record("memory forgotten", person=by.id if by else None, files=[origin], count=count)
    return Changes(memory=True)
