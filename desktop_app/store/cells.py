"""How a value lies in a cell of the database, and the hash that witnesses a row, cell by cell.

The hash is taken over what is stored and not over what the program makes of it, so that a cell altered from outside
shows even where both readings mean the same to the program (a truth value of 2, a number as text, broken UTF-8).
An empty (NULL) cell is left out: a later schema may add a column without touching the witnesses of older rows.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

Cell = tuple[str, str]  # its storage class ("integer", "text", "real", "blob") and its bytes as text
_ROW_HASH_DIGITS = 32


def json_text(value: object) -> str:
    """Write a JSON column, the same value always the same way."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def cell(value: Any) -> Cell | None:
    """The cell that a column's value will lie in; None for NULL."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "integer", str(int(value))
    if isinstance(value, int):
        return "integer", str(value)
    if isinstance(value, str):
        return "text", value
    return "text", json_text(value)


def stored_cell(storage: str, content: bytes | None) -> Cell | None:
    """The cell that was read as its storage class and its raw bytes; None for NULL."""
    return None if content is None else (storage, content.decode("utf-8", "surrogateescape"))


def digest_of(table: str, cells: Mapping[str, Cell | None]) -> str:
    """SHA-256 over a table's name and a row's cells, in hexadecimal digits."""
    filled = {column: found for column, found in cells.items() if found is not None}
    text = json.dumps([table, filled], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def row_hash(table: str, cells: Mapping[str, Cell | None]) -> str:
    """The hash that witnesses a row: the digest of its cells, cut to 128 bits."""
    return digest_of(table, cells)[:_ROW_HASH_DIGITS]
