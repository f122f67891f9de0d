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
