"""What is said about a story in tables of its own, carried row by row as it stands there: columns and their kinds.

The column ``story`` is left out: a row belongs to the story in whose part it stands.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from desktop_app.exchange.packages.content_parts import read_new_source
from desktop_app.exchange.packages.contents import Cell, Row
from desktop_app.exchange.packages.plain import Plain

_SIGNATURE = 1024  # characters
_WORD = 300  # characters of names, digests and states


class _Kind(NamedTuple):
    """How a cell is read, whether it may be empty, and whether it names a person."""

    read: Callable[[Plain], Cell]
    empty: bool = False
    person: bool = False


def _word(value: Plain) -> str:
    return value.short(_WORD)


_ID, _PERSON = _Kind(Plain.identity), _Kind(Plain.identity, person=True)
_ID_OR_NONE, _PERSON_OR_NONE = _Kind(Plain.identity, empty=True), _Kind(Plain.identity, empty=True, person=True)
_TEXT, _TEXT_OR_NONE = _Kind(Plain.text), _Kind(Plain.text, empty=True)
_WORDS, _WORD_OR_NONE = _Kind(_word), _Kind(_word, empty=True)
_MOMENT, _MOMENT_OR_NONE = _Kind(Plain.moment), _Kind(Plain.moment, empty=True)
_PEOPLE = _Kind(lambda value: [one.identity() for one in value.items()], person=True)
_SOURCE_OR_NONE = _Kind(read_new_source, empty=True)
_NUMBER = _Kind(Plain.number)
_SIGNATURE_OR_NONE = _Kind(lambda value: value.short(_SIGNATURE), empty=True)

TABLES: Mapping[str, Mapping[str, _Kind]] = MappingProxyType(
    {
        "accepted_changes": {
            "person": _PERSON, "major": _NUMBER, "minor": _NUMBER, "part": _ID, "field": _WORDS, "text": _TEXT,
            "at": _MOMENT,
        },
        "assignments": {
            "person": _PERSON_OR_NONE, "step": _WORDS, "deadline": _MOMENT_OR_NONE, "note": _TEXT,
            "given_by": _PERSON_OR_NONE, "at": _MOMENT,
        },
        "embargoes": {
            "until": _MOMENT_OR_NONE, "zone": _WORDS, "reason": _TEXT, "person": _PERSON, "at": _MOMENT,
            "asked_until": _MOMENT_OR_NONE, "asked_zone": _WORD_OR_NONE, "asked_reason": _TEXT_OR_NONE,
            "asked_by": _PERSON_OR_NONE, "asked_at": _MOMENT_OR_NONE,
        },
        "emergencies": {
            "id": _ID, "major": _NUMBER, "minor": _NUMBER, "digest": _WORDS, "handed": _WORDS,
            "hands": _PEOPLE, "reason": _TEXT, "person": _PERSON, "at": _MOMENT, "approved_by": _PERSON_OR_NONE,
            "approved_at": _MOMENT_OR_NONE, "approval_note": _TEXT, "approval_key": _WORD_OR_NONE,
            "approval_signature": _SIGNATURE_OR_NONE,
        },
        "lone_segments": {"segment": _ID},
        "source_changes": {
            "id": _ID, "major": _NUMBER, "was": _WORDS, "now": _WORDS, "released": _WORD_OR_NONE, "note": _TEXT,
            "content": _SOURCE_OR_NONE, "person": _PERSON_OR_NONE, "at": _MOMENT, "judgement": _WORDS,
            "judged_note": _TEXT, "judged_by": _PERSON_OR_NONE, "judged_at": _MOMENT_OR_NONE,
        },
        "waivers": {
            "id": _ID, "segment": _ID_OR_NONE, "check_id": _WORDS, "text": _WORDS, "reason": _TEXT, "person": _PERSON,
            "at": _MOMENT,
        },
        "wordings": {
            "id": _ID, "part": _ID, "field": _WORDS, "text": _TEXT, "status": _WORDS, "person": _PERSON_OR_NONE,
            "began_at": _MOMENT, "at": _MOMENT,
        },
    }
)  # fmt: skip


def read_rows(tables: Plain) -> dict[str, tuple[Row, ...]]:
    """Read the rows of a story.

    Raises:
        InputRefusedError: there is a table that no story has, or a cell is not of its column's kind.
    """
    for name in tables.mapping():
        if name not in TABLES:
            raise tables[name].refused()
    return {name: tuple(_row(row, TABLES[name]) for row in tables[name].items()) for name in TABLES if tables.has(name)}


def _row(row: Plain, columns: Mapping[str, _Kind]) -> Row:
    if row.mapping().keys() != columns.keys():
        raise row.refused()
    return {
        name: None if kind.empty and row[name].value is None else kind.read(row[name]) for name, kind in columns.items()
    }


def people_in(rows: Mapping[str, tuple[Row, ...]]) -> set[object]:
    """The people whom rows name."""
    found: set[object] = set()
    for table in rows:
        for column in (column for column, kind in TABLES[table].items() if kind.person):
            for row in rows[table]:
                cell = row[column]
                found |= set(cell) if isinstance(cell, list) else {cell}
    return found - {None}
