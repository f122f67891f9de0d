"""SQLite: pragmas, the triggers that make tables append-only, and FTS5 over character bigrams."""

import re
import sqlite3
import unicodedata
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import QueuePool

APPEND_ONLY = ("events", "versions", "signoffs", "withdrawals")
_BUSY_MS = 5000
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_TOKEN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+", re.UNICODE)
_IS_HAN = re.compile(rf"[{_HAN}]")


def make_engine(database: Path, *, read_only: bool = False, immutable: bool = False) -> Engine:
    """Return the engine of one archive file: WAL, foreign keys, full synchronisation, a busy timeout.

    Transactions are begun here and not by the driver: a writer takes its lock at once, so that two writers wait
    for each other instead of failing in the middle. ``immutable`` reads media that nothing can write.
    """
    mode = "mode=ro" + ("&immutable=1" if immutable else "") if read_only else "mode=rw"
    location = f"file:{quote(str(database.resolve()))}?{mode}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            location, uri=True, timeout=_BUSY_MS / 1000, isolation_level=None, check_same_thread=False
        )

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=4)
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
        pragmas = [f"busy_timeout={_BUSY_MS}", "foreign_keys=ON", "trusted_schema=OFF"]
        if not read_only:
            pragmas += ["journal_mode=WAL", "synchronous=FULL"]
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def append_only_triggers() -> list[str]:
    """The statements that make history unchangeable from inside the database."""
    return [
        f"CREATE TRIGGER {table}_refuse_{action.lower()} BEFORE {action} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in APPEND_ONLY
        for action in ("UPDATE", "DELETE")
    ]


def search_schema() -> list[str]:
    """The statements that make the full-text index; ``detail=full`` keeps ranking right."""
    return ["CREATE VIRTUAL TABLE search_index USING fts5(body, tokenize='unicode61 remove_diacritics 2', detail=full)"]


def _han_bigrams(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)]


def indexed(content: str) -> str:
    """Write a text the way the index holds it: NFKC, lower case, Chinese as overlapping character bigrams.

    ``unicode61`` takes a run of Chinese for one word and ``trigram`` cannot find two characters; bigrams find all.
    The last character of a run is added alone, so that a search for one character finds it everywhere.
    """
    words: list[str] = []
    for found in _TOKEN.finditer(unicodedata.normalize("NFKC", content).lower()):
        run = found.group()
        if _IS_HAN.match(run):
            words += _han_bigrams(run)
            if len(run) > 1:
                words.append(run[-1])
        else:
            words.append(run)
    return " ".join(words)


def query_of(search: str) -> str:
    """Turn what a person typed into an FTS5 query: all words, Chinese as a phrase of bigrams, the last word open."""
    tokens = [found.group() for found in _TOKEN.finditer(unicodedata.normalize("NFKC", search).lower())]
    parts: list[str] = []
    for token in tokens:
        if _IS_HAN.match(token):
            phrase = " ".join(_han_bigrams(token))
            parts.append(f'"{phrase}"*' if len(token) == 1 else f'"{phrase}"')
        else:
            parts.append(f'"{token}"*')
    return " AND ".join(parts)


def index_text(connection: Connection, row: int, content: str) -> None:
    """Put one text into the index under the id of its search row."""
    connection.execute(
        text("INSERT INTO search_index(rowid, body) VALUES (:row, :body)"), {"row": row, "body": indexed(content)}
    )


def unindex(connection: Connection, rows: list[int]) -> None:
    """Take texts out of the index."""
    for row in rows:
        connection.execute(text("DELETE FROM search_index WHERE rowid = :row"), {"row": row})


def matching_rows(connection: Connection, search: str, limit: int) -> list[int]:
    """Ids of the search rows that match, best first; only the newest 5,000 matches are ranked."""
    query = query_of(search)
    if not query:
        return []
    statement = text(
        "SELECT rowid FROM (SELECT rowid, rank FROM search_index WHERE search_index MATCH :query "
        "ORDER BY rowid DESC LIMIT 5000) ORDER BY rank LIMIT :limit"
    )
    return [row for (row,) in connection.execute(statement, {"query": query, "limit": limit})]


def integrity_problems(connection: Connection) -> list[str]:
    """What SQLite itself finds wrong with the file; empty when all is well."""
    rows = [row for (row,) in connection.execute(text("PRAGMA integrity_check"))]
    problems = [row for row in rows if row != "ok"]
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    problems += [f"{table} row {row} refers to a missing row of {parent}" for table, row, parent, _ in broken]
    present = {name for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type='trigger'"))}
    wanted = {f"{table}_refuse_{action}" for table in APPEND_ONLY for action in ("update", "delete")}
    problems += [f"the trigger {name} is missing" for name in sorted(wanted - present)]
    return problems


def backup_to(database: Path, copy: Path) -> None:
    """Write a consistent copy of a live database with SQLite's own backup."""
    source = sqlite3.connect(f"file:{quote(str(database.resolve()))}?mode=ro", uri=True)
    try:
        target = sqlite3.connect(copy)
        try:
            source.backup(target)
        finally:
            target.close()
    finally:
        source.close()
