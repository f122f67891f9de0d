"""Write db/schema.sql: the newest schema as SQLite holds it, for people to read and for a test to compare.

Run after adding a migration: ``python packaging/make_schema.py``. With ``--check`` it writes nothing and fails where
the file differs.
"""

import sqlite3
import sys
import tempfile
from pathlib import Path

from desktop_app.foundation.resources import schema_file
from desktop_app.store import migration

_HEAD = """\
-- The schema of an archive, revision {revision}. Made by packaging/make_schema.py from the migrations: do not edit.
-- What the full-text indexes make for themselves and Alembic's own table are left out.

"""


def schema_of(database: Path) -> str:
    """Write the tables, indexes and triggers of a database, in an order that does not depend on how it was made."""
    connection = sqlite3.connect(database)
    try:
        rows = connection.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL "
            "AND name NOT LIKE 'search_index\\_%' ESCAPE '\\' AND name NOT LIKE 'concordance_index\\_%' ESCAPE '\\' "
            "AND name <> 'alembic_version' AND tbl_name NOT LIKE 'sqlite_%' "
            "ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name"
        ).fetchall()
    finally:
        connection.close()
    statements = ["\n".join(line.rstrip() for line in sql.replace("\t", "  ").splitlines()) + ";" for (sql,) in rows]
    return "\n\n".join(statements) + "\n"


def newest_schema() -> str:
    """Make an archive in a scratch folder by all migrations and write its schema."""
    with tempfile.TemporaryDirectory(prefix="diptych-schema-") as scratch:
        database = Path(scratch) / "archive.sqlite"
        migration.create(database)
        return _HEAD.format(revision=migration.revisions()[-1]) + schema_of(database)


def main() -> int:
    """Write the file, or check it."""
    schema = newest_schema()
    if "--check" in sys.argv[1:]:
        return 0 if schema_file().read_text("utf-8") == schema else 1
    schema_file().write_text(schema, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
