"""Kinds of values on SQLite, whose columns take any: what is written is refused by guards, what is read is looked at.

A key that is bytes where a text belongs would stand beside the key of the same letters as another one, and what reads
it would stumble. SQLite has tables that are strict about it; the guards need no table to be made anew.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Connection, Dialect, Integer, LargeBinary, String, Table, text
from sqlalchemy.dialects import sqlite as sqlalchemy_sqlite
from sqlalchemy.types import TypeEngine

from desktop_app.foundation.messages import N_, Message
from desktop_app.store.models import Base

# Many rows at once, which bear a seal or are held against the texts that they were made of.
_UNGUARDED = frozenset({"memory_units", "memory_parts", "memory_postings", "search_texts"})


class OddValueError(sqlite3.DatabaseError):
    """A cell holds a value of another kind than its column is for. No program of ours wrote it."""


def _kind(column_type: TypeEngine[Any]) -> str:
    if isinstance(column_type, Integer | Boolean):
        return "integer"
    return "blob" if isinstance(column_type, LargeBinary) else "text"


def _odd(table: Table, row: str = "") -> str:
    """The condition that one of a row's cells is of the wrong kind; an empty one is for NOT NULL to refuse."""
    return " OR ".join(
        f"typeof({row}\"{column.name}\") NOT IN ('{_kind(column.type)}', 'null')" for column in table.columns
    )


def kind_guards(append_only: frozenset[str]) -> Iterator[str]:
    """The statements that make tables refuse values of the wrong kind; ``append_only`` ones refuse every update."""
    for table in Base.metadata.sorted_tables:
        if table.name in _UNGUARDED:
            continue
        for action in ("INSERT",) if table.name in append_only else ("INSERT", "UPDATE"):
            yield (
                f"CREATE TRIGGER {table.name}_refuse_kinds_{action.lower()} BEFORE {action} ON {table.name} "
                f"WHEN {_odd(table, 'NEW.')} "
                f"BEGIN SELECT RAISE(ABORT, '{table.name} has a value of the wrong kind'); END"
            )


def table_problems(connection: Connection, others: frozenset[str]) -> list[Message]:
    """Which tables are missing, and what else was put among them; ``others`` are there beside those of rows."""
    found = {name: kind for kind, name in connection.execute(text("SELECT type, name FROM sqlite_master"))}
    wanted = Base.metadata.tables.keys()
    odd = sorted(n for n, kind in found.items() if kind == "view" or (kind == "table" and n not in {*wanted, *others}))
    missing = sorted(name for name in wanted if found.get(name) != "table")
    return [
        *(N_("the table {name} is missing", name=name) for name in missing),
        *(N_("{name} does not belong among the tables", name=name) for name in odd),
    ]


def odd_rows(connection: Connection, table: str) -> int:
    """How many rows of a table have a value of the wrong kind."""
    statement = f'SELECT count(*) FROM "{table}" WHERE {_odd(Base.metadata.tables[table])}'
    return int(connection.execute(text(statement)).scalar_one())


def _looked_at(kind: type) -> Callable[[Any], Any]:
    def looked_at(value: Any) -> Any:
        if value.__class__ is kind or value is None:
            return value
        raise OddValueError(f"{value.__class__.__name__} found where {kind.__name__} belongs")

    return looked_at


class _Text(String):
    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:  # noqa: ARG002
        return _looked_at(str)


class _Integer(Integer):
    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:  # noqa: ARG002
        return _looked_at(int)


class _BigInteger(BigInteger):
    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:  # noqa: ARG002
        return _looked_at(int)


class _Json(sqlalchemy_sqlite.JSON):
    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:  # noqa: ARG002
        def read(value: Any) -> Any:
            if value is None:
                return None
            try:
                return json.loads(_looked_at(str)(value))
            except (ValueError, RecursionError) as error:
                raise OddValueError("no JSON found where JSON belongs") from error

        return read


# How SQLAlchemy is to read each type, beside those that SQLite's own dialect names.
COLUMN_TYPES: dict[type[TypeEngine[Any]], type[TypeEngine[Any]]] = {
    String: _Text,
    Integer: _Integer,
    BigInteger: _BigInteger,
    JSON: _Json,
}
