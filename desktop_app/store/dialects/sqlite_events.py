"""Looking into what events tell, with SQLite's own functions for JSON."""

import json
from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

# The condition of the events that touched a row of the house; an index has them, and is used where it is asked for so.
TOUCHES_HOUSE = (
    "instr(touched, '\"people/') + instr(touched, '\"person_keys/') + instr(touched, '\"policies/') "
    "+ instr(touched, '\"facts/signatures\"') + instr(touched, '\"facts/unconfirmed/') > 0"
)
_TOLD = ("name", "note", "reason", "version", "format")  # what sentences are made of, beside the names of files


def mentions(text: InstrumentedAttribute[str], words: str) -> ColumnElement[bool]:
    """Whether a text has these words, to the letter: much quicker than LIKE."""
    return func.instr(text, words) > 0


def _readable(data: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """An event's details; those that are no JSON any more tell nothing."""
    return case((func.json_valid(data) == 1, data), else_=literal("null"))


def tells(data: InstrumentedAttribute[str], name: str, values: Collection[str]) -> ColumnElement[bool]:
    """Whether one of an event's details has one of these values."""
    return func.json_extract(_readable(data), f"$.{name}").in_(values)


def shows(data: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    """Whether an event's details have a word where a person would read it: no id, no digest, no name of a field.

    Capitals count for nothing in ASCII letters, as LIKE has it. The whole text is looked at first, which is quick, and
    taken apart only where the word is in it.
    """
    written = json.dumps(word, ensure_ascii=False)[1:-1]
    node = func.json_tree(_readable(data)).table_valued("key", "atom", "path", name="told")
    shown = or_(
        and_(node.c.path == "$", node.c.key.in_(_TOLD)),
        node.c.path == "$.files",
        and_(node.c.path.like("$.files[%"), node.c.key == 0),
    )
    found = exists(select(1).select_from(node).where(shown, node.c.atom.contains(word, autoescape=True)))
    return and_(data.contains(written, autoescape=True), found)
