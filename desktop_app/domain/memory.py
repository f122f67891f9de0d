"""Translation memory: pairs of sentences with where they come from, in layers of trust."""

from dataclasses import dataclass
from enum import IntEnum


class Layer(IntEnum):
    """How far a unit may be trusted; a lower number comes first among equal matches."""

    SIGNED = 0
    IMPORTED = 1
    DRAFT = 2


@dataclass(frozen=True, slots=True)
class MemoryUnit:
    """One pair. ``drafter`` and ``reviser`` are names as they stood at the sign-off, ``at`` an ISO moment or empty.

    ``origin`` is the slug of the story or the name of the file it came in with. ``before`` and ``after`` are the keys
    of the neighbouring source sentences (``language.memory.context_key``), None where there is no neighbour or none
    is known.
    """

    source: str
    target: str
    layer: Layer = Layer.IMPORTED
    story: str | None = None
    segment: str | None = None
    drafter: str = ""
    reviser: str = ""
    at: str = ""
    origin: str = ""
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A unit that resembles a text.

    ``score`` is what is shown, 0 to 101: 101 stands for the same text between the same neighbours, 100 for the same
    text. ``similarity`` is the plain one, 100 · (1 - Levenshtein / longer length) over characters. ``differs`` names
    what was looked past to reach the score (``numbers``, ``dates``, ``order``). ``ops`` turn the unit's source into
    the text asked for: ``("=", text)``, ``("-", text)``, ``("+", text)``.
    """

    unit: MemoryUnit
    score: int
    similarity: float
    differs: tuple[str, ...] = ()
    ops: tuple[tuple[str, str], ...] = ()
