"""Full text on SQLite: FTS5 without content of its own, over texts spelled by ``language.searching``.

A contentless index keeps no text, so what is taken out must be told as it was put in (sqlite.org/fts5.html, section
4.4.3); ``contentless_delete`` would need SQLite 3.43, and 3.40 is still in use.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from typing import cast

from sqlalchemy import Connection

from desktop_app.language.searching import SEPARATOR, Phrase, spelled, spelled_phrase

_KIND = "tokenize='unicode61 remove_diacritics 2', detail=full"
_KINDS = {"search_index": _KIND, "concordance_index": f"{_KIND}, columnsize=0"}
_MOST_COMPARED = 100_000  # texts: some ten seconds
_TEXTS = {
    "search_index": "SELECT id, spelled(text) AS body FROM main.search_texts",
    "concordance_index": "SELECT id, spelled_unit(source, target) AS body FROM main.memory_units",
}


def search_schema() -> list[str]:
    """The statements that make the indexes: of stories and pictures, and of the memory, which is never ranked."""
    return [f"CREATE VIRTUAL TABLE {table} USING fts5(body, content='', {kind})" for table, kind in _KINDS.items()]


def is_full_text(table: str) -> bool:
    """Whether a table belongs to an index: it is derived, and its rows are SQLite's own."""
    return table.startswith(tuple(_KINDS))


def full_text_tables() -> frozenset[str]:
    """The tables of the indexes, and those that FTS5 makes for itself."""
    return frozenset({*_KINDS, *(f"{table}_{shadow}" for table in _KINDS for shadow in (*_shadows(table), "config"))})


def _shadows(table: str) -> tuple[str, ...]:
    return ("data", "idx") if "columnsize=0" in _KINDS[table] else ("data", "idx", "docsize")


def index_texts(connection: Connection, texts: Iterable[tuple[int, str]]) -> None:
    """Put documents into the index of stories and pictures, each under its id."""
    rows = ((row, spelled(text)) for row, text in texts)
    driver(connection).executemany("INSERT INTO search_index(rowid, body) VALUES (?, ?)", rows)


def unindex_texts(connection: Connection, texts: Iterable[tuple[int, str]]) -> None:
    """Take documents out, told exactly as they were put in."""
    rows = ((row, spelled(text)) for row, text in texts)
    driver(connection).executemany("INSERT INTO search_index(search_index, rowid, body) VALUES ('delete', ?, ?)", rows)


def documents(connection: Connection, ids: Sequence[int]) -> list[tuple[int, str, str, str]]:
    """Id, owner, places and text of documents, in no order, with no layer between: a search reads some at every key."""
    marks = ", ".join("?" * len(ids))
    statement = f"SELECT id, owner, places, text FROM search_texts WHERE id IN ({marks})"
    return driver(connection).execute(statement, list(ids)).fetchall()


def clear(connection: Connection, table: str) -> None:
    """Empty an index, whatever is in it."""
    driver(connection).execute(f"INSERT INTO {table}({table}) VALUES ('delete-all')")


def tidy(connection: Connection, table: str) -> None:
    """Merge an index into one piece, smaller and quicker to search."""
    driver(connection).execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")


def _unit(source: str, target: str) -> str:
    return spelled(f"{source}{SEPARATOR}{target}")


def index_units(connection: Connection, units: Iterable[tuple[int, str, str]]) -> None:
    """Put pairs of the memory into their index, each under its id."""
    rows = ((row, _unit(source, target)) for row, source, target in units)
    driver(connection).executemany("INSERT INTO concordance_index(rowid, body) VALUES (?, ?)", rows)


def unindex_units(connection: Connection, units: Iterable[tuple[int, str, str]]) -> None:
    """Take pairs out, told exactly as they were put in."""
    rows = ((row, _unit(source, target)) for row, source, target in units)
    driver(connection).executemany(
        "INSERT INTO concordance_index(concordance_index, rowid, body) VALUES ('delete', ?, ?)", rows
    )


def query_of(phrases: Iterable[Phrase]) -> str:
    """Write phrases as an FTS5 query for what has all of them.

    A last Chinese character that stands alone is looked for as the beginning of a bigram too.
    """
    parts: list[str] = []
    for phrase in phrases:
        parts.append(f'"{spelled_phrase(phrase)}"{"*" if phrase.unfinished else ""}')
    return " AND ".join(parts)


def newest(connection: Connection, table: str, query: str, limit: int, ids: range) -> list[int]:
    """The highest ids within ``ids`` of documents that match, highest first; their number does not slow it down."""
    rows = driver(connection).execute(
        f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?",
        (query, ids.start, ids.stop - 1, limit),
    )
    return [row for (row,) in rows]


def ranked(connection: Connection, query: str, limit: int, ids: range) -> list[int]:
    """Ids within ``ids`` of documents that match, best first by bm25: it reads every match, so ask for rare ones."""
    rows = driver(connection).execute(
        "SELECT rowid FROM search_index WHERE search_index MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rank LIMIT ?",
        (query, ids.start, ids.stop - 1, limit),
    )
    return [row for (row,) in rows]


def is_sound(connection: Connection, table: str) -> bool:
    """Whether an index holds what its texts say, every word in its place.

    FTS5's own check compares an index with its content. A copy of the index among the temporary tables is given the
    texts for its content, so that it can be asked on a connection that may only read. It compares by a sum in which two
    like changes cancel out (fts5_index.c, ``sqlite3Fts5IndexEntryCksum``): up to ``_MOST_COMPARED`` texts the index is
    therefore made again, and compared word by word.
    """
    raw, kind = driver(connection), _KINDS[table]
    stops: list[KeyboardInterrupt] = []
    raw.create_function("spelled", 1, _telling(spelled, stops), deterministic=True)
    raw.create_function("spelled_unit", 2, _telling(_unit, stops), deterministic=True)
    raw.execute(f"CREATE TEMP VIEW proof_texts AS {_TEXTS[table]}")
    try:
        raw.execute(
            f"CREATE VIRTUAL TABLE temp.proof USING fts5(body, content='proof_texts', content_rowid='id', {kind})"
        )
        for shadow in _shadows(table):
            raw.execute(f"DELETE FROM temp.proof_{shadow}")
            raw.execute(f"INSERT INTO temp.proof_{shadow} SELECT * FROM main.{table}_{shadow}")
        raw.execute("INSERT INTO temp.proof(proof, rank) VALUES ('integrity-check', 1)")
        (texts,) = raw.execute("SELECT count(*) FROM proof_texts").fetchone()
        return texts > _MOST_COMPARED or _is_the_same_again(raw, table, kind)
    except sqlite3.DatabaseError as error:
        if stops:
            raise stops[0] from None
        # An error of the logic: a text that cannot be read, for one that is no UTF-8 any more.
        if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR}:
            raise
        return False
    finally:
        for made in ("there", "made_again", "again", "proof"):
            raw.execute(f"DROP TABLE IF EXISTS temp.{made}")
        raw.execute("DROP VIEW temp.proof_texts")


def _telling(function: Callable[..., str], stops: list[KeyboardInterrupt]) -> Callable[..., str]:
    """The function, for SQLite to call: it would take a Ctrl+C in there for an error of the logic, so that is noted."""

    def called(*words: str) -> str:
        try:
            return function(*words)
        except KeyboardInterrupt as stop:
            stops.append(stop)
            raise

    return called


def _is_the_same_again(raw: sqlite3.Connection, table: str, kind: str) -> bool:
    """Whether an index of the same texts, made now, has the same words in the same places."""
    raw.execute(f"CREATE VIRTUAL TABLE temp.again USING fts5(body, content='', {kind})")
    raw.execute("INSERT INTO temp.again(rowid, body) SELECT id, body FROM proof_texts")
    raw.execute("CREATE VIRTUAL TABLE temp.there USING fts5vocab(temp, proof, instance)")
    raw.execute("CREATE VIRTUAL TABLE temp.made_again USING fts5vocab(temp, again, instance)")
    words = [raw.execute(f"SELECT term, doc, col, offset FROM temp.{index}") for index in ("there", "made_again")]
    try:
        same = all(one == other for one, other in zip_longest(*words))
    finally:
        for read in words:
            read.close()
    forms = [
        raw.execute(f"SELECT v FROM {index}_config WHERE k = 'version'").fetchall()
        for index in (f"main.{table}", "temp.again")
    ]
    return same and forms[0] == forms[1]


def driver(connection: Connection) -> sqlite3.Connection:
    """SQLite's own connection under SQLAlchemy's: for a million rows, and for answers in parts of a millisecond."""
    return cast("sqlite3.Connection", connection.connection.driver_connection)
