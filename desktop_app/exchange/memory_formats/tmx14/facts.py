"""What a ``tu`` says beside its texts: who, when, where from, and what stood next to it."""

import re
from collections.abc import Mapping

from desktop_app.domain.memory import Layer, MemoryUnit
from desktop_app.exchange.memory_formats.moments import read_moment
from desktop_app.exchange.memory_formats.tmx14.terms import (
    AFTER,
    BEFORE,
    FOREIGN_AFTER,
    FOREIGN_BEFORE,
    LAYER,
    LAYERS,
    ORIGIN,
    SEGMENT,
    STORY,
)
from desktop_app.language.memory import context_key

_MAX_NAME = 200
_MAX_ID = 36
_MAX_KEY = 2**63
_TAGS = re.compile(r"<[^<>]*>")


class Facts:
    """What a ``tu`` says in its attributes, ``whole``, and properties, ``told``."""

    def __init__(self, whole: Mapping[str, str], told: Mapping[str, str]) -> None:
        self._whole = whole
        self._told = told

    def unit(self, source: str, target: str, attributes: Mapping[str, str]) -> MemoryUnit:
        """The unit of one pair. What a variant says of its making goes before what the whole ``tu`` says."""
        told, own, whole = self._told, attributes.get, self._whole.get
        drafter = own("creationid") or whole("creationid") or ""
        reviser = own("changeid") or whole("changeid") or ""
        if reviser == drafter and LAYER not in told:
            reviser = ""  # other tools repeat the name of who made a unit
        at = own("changedate") or whole("changedate") or own("creationdate") or whole("creationdate")
        return MemoryUnit(
            source,
            target,
            layer=LAYERS.get(told.get(LAYER, ""), Layer.IMPORTED),
            story=told[STORY][:_MAX_ID] if STORY in told else None,
            segment=told[SEGMENT][:_MAX_ID] if SEGMENT in told else None,
            drafter=drafter[:_MAX_NAME],
            reviser=reviser[:_MAX_NAME],
            at=read_moment(at) if at else "",
            origin=told.get(ORIGIN, "")[:_MAX_NAME],
            before=_key(told.get(BEFORE), told.get(FOREIGN_BEFORE)),
            after=_key(told.get(AFTER), told.get(FOREIGN_AFTER)),
        )


def _key(own: str | None, text: str | None) -> int | None:
    """The key of a neighbour: as a file of ours has it, or made of the neighbour's text."""
    if own is None and text is None:
        return None
    if own is not None:
        try:
            key = int(own)
        except ValueError:
            return None
        return key if -_MAX_KEY <= key < _MAX_KEY else None
    plain = _TAGS.sub("", text).strip() if text else ""
    return context_key(plain) if plain else None
