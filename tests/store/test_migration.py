"""The schema over time: migrations, models and schema.sql say the same; an upgrade keeps rows, guards and witnesses."""

import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from office import Office
from sqlalchemy import Connection

from desktop_app.desk.concordance import concordance
from desktop_app.desk.desk import open_desk
from desktop_app.desk.stories import search
from desktop_app.desk.verification import verify
from desktop_app.foundation.errors import ArchiveUnavailableError, BugError
from desktop_app.foundation.resources import migrations
from desktop_app.store import migration
from desktop_app.store.archive import DATABASE
from desktop_app.store.dialects import sqlite, sqlite_search
from desktop_app.store.models import Base

ROOT = Path(__file__).parents[2]
KNOWN = ["0001", "0002", "0003", "0004"]

# A hard one: SQLite has to copy the tables, which is where children and triggers get lost.
NEXT = """
import sqlalchemy as sa
from alembic import op
from desktop_app.store.dialects import sqlite, sqlite_search

revision, down_revision, branch_labels, depends_on = "9999", "{newest}", None, None

def upgrade():
    with op.batch_alter_table("stories") as table:
        table.add_column(sa.Column("desk", sa.Text(), nullable=False, server_default="news"))
        table.alter_column("slug", type_=sa.String(200))
    with op.batch_alter_table("signoffs", recreate="always") as table:
        table.add_column(sa.Column("stamp", sa.Text(), nullable=True))
    {after}
"""
GUARDS_BACK = """
    for statement in sqlite.guards():
        if " ON signoffs " in statement or " ON stories " in statement:
            op.execute(statement)
"""


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A program that knows one revision more, with a body of the test's choosing."""

    def write(after: str = GUARDS_BACK) -> Path:
        scripts = tmp_path / "migrations"
        shutil.copytree(migrations(), scripts, ignore=shutil.ignore_patterns("__pycache__"))
        newest = migration.revisions()[-1]
        (scripts / "versions" / "9999_next.py").write_text(NEXT.format(newest=newest, after=after), "utf-8")
        monkeypatch.setattr(migration, "migrations", lambda: scripts)
        return scripts

    return write


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    found = compare_metadata(context, Base.metadata)
    return [d for d in found if not (isinstance(d, tuple) and sqlite_search.is_full_text(str(d[1].name)))]


def rows(database: Path) -> dict[str, list[tuple]]:
    with closing(sqlite3.connect(database)) as connection:
        tables = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY 1")]
        kept = [t for t in tables if t not in {"alembic_version", "events"} and not sqlite_search.is_full_text(t)]
        return {t: connection.execute(f'SELECT * FROM "{t}" ORDER BY 1').fetchall() for t in kept}


def guards(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        return {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")}


def worked(office: Office) -> None:
    office.through(office.story(), ["li:submit", "wang:claim", "wang:edit", "wang:sign", "wang:withdraw"])


def test_the_models_are_what_the_migrations_make(office: Office) -> None:
    with office.desk.archive.read() as session:
        assert differences(session.connection()) == []


def test_the_schema_file_is_what_the_migrations_make(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    make_schema = pytest.importorskip("make_schema")
    assert (ROOT / "db" / "schema.sql").read_text("utf-8") == make_schema.newest_schema(), "make it again"
    sys.modules.pop("make_schema")


def test_the_guards_of_the_first_schema_are_those_that_verify_looks_for(office: Office) -> None:
    assert guards(office.desk.archive.database) == set(sqlite.guards())


def test_no_foreign_key_deletes_children() -> None:
    keys = [key for table in Base.metadata.sorted_tables for key in table.foreign_keys]
    assert keys
    assert {key.ondelete for key in keys} == {"RESTRICT"}


def test_every_revision_is_known_and_leads_on() -> None:
    assert migration.revisions()[: len(KNOWN)] == KNOWN


def test_an_upgrade_keeps_rows_guards_and_witnesses(office: Office, later) -> None:
    worked(office)
    folder, database = office.desk.folder, office.desk.archive.database
    office.desk.close()
    before = rows(database)
    later()
    upgraded = open_desk(folder)
    after = rows(database)
    assert {t: len(found) for t, found in after.items()} == {t: len(found) for t, found in before.items()}
    old, new = before.pop("stories"), after.pop("stories")
    assert [row[: len(old[0])] for row in new] == old
    assert {row[-1] for row in new} == {"news"}
    assert [row[:-1] for row in after.pop("signoffs")] == before.pop("signoffs")
    assert after == before
    assert guards(database) == set(sqlite.guards())
    assert verify(upgraded).problems == ()
    upgraded.close()


def test_a_backup_is_made_before_an_upgrade(office: Office, later) -> None:
    worked(office)
    database = office.desk.archive.database
    office.desk.close()
    before = rows(database)
    later()
    open_desk(office.desk.folder).close()
    (backup,) = (office.desk.folder / "backups").iterdir()
    assert rows(backup) == before
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(KNOWN[-1],)]


def test_an_upgrade_does_not_whitewash_what_was_altered_before(office: Office, later) -> None:
    worked(office)
    database = office.desk.archive.database
    office.desk.close()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE stories SET slug = 'altered'")
        connection.commit()
    later()
    upgraded = open_desk(office.desk.folder)
    assert [p.kind for p in verify(upgraded).problems] == ["stories"]
    upgraded.close()


@pytest.mark.parametrize(
    ("after", "complaint"),
    [
        ("", "unguarded"),
        ("op.execute('DROP TRIGGER withdrawals_refuse_delete'); op.execute('DELETE FROM withdrawals')", "unguarded"),
        (GUARDS_BACK + "\n    op.execute('DELETE FROM search_texts')", "lost rows of search_texts"),
        ("raise RuntimeError('broken')", "broken"),
    ],
)
def test_a_bad_migration_changes_nothing(office: Office, later, after: str, complaint: str) -> None:
    worked(office)
    database = office.desk.archive.database
    office.desk.close()
    before = rows(database)
    later(after)
    with pytest.raises((BugError, RuntimeError), match=complaint):
        open_desk(office.desk.folder)
    assert rows(database) == before
    assert guards(database) == set(sqlite.guards())


def test_an_archive_of_a_newer_program_is_refused(office: Office, later, monkeypatch: pytest.MonkeyPatch) -> None:
    office.desk.close()
    later()
    open_desk(office.desk.folder).close()
    monkeypatch.undo()
    before = office.desk.archive.database.read_bytes()
    with pytest.raises(ArchiveUnavailableError, match="newer version of Diptych") as refusal:
        open_desk(office.desk.folder)
    assert refusal.value.subject == str(office.desk.folder)
    assert refusal.value.advice is not None
    assert office.desk.archive.database.read_bytes() == before


def test_two_programs_may_open_an_old_archive_at_once(office: Office, later) -> None:
    office.desk.close()
    later()
    first, second = open_desk(office.desk.folder), open_desk(office.desk.folder)
    assert verify(first).problems == verify(second).problems == ()
    first.close()
    second.close()


def test_full_text_of_the_first_schema_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripts = tmp_path / "migrations"
    shutil.copytree(migrations(), scripts, ignore=shutil.ignore_patterns("__pycache__", "000[2-9]*"))
    folder = tmp_path / "archive"
    folder.mkdir()
    with monkeypatch.context() as earlier:
        earlier.setattr(migration, "migrations", lambda: scripts)
        earlier.setattr(sqlite, "guards", sqlite.append_only_triggers)  # that program knew no others
        migration.create(folder / DATABASE)
    with closing(sqlite3.connect(folder / DATABASE)) as connection, connection:
        columns = [row[1:4] for row in connection.execute("PRAGMA table_info(stories)") if row[3]]
        story = {name: 0 if kind in {"INTEGER", "BOOLEAN"} else "[]" for name, kind, _ in columns}
        story |= {"id": "s", "slug": "old", "state": "drafting", "policy": "draft-revision"}
        names = ", ".join(story)
        connection.execute(f"INSERT INTO stories ({names}) VALUES ({', '.join('?' * len(story))})", [*story.values()])
        connection.execute("INSERT INTO blocks VALUES ('b', 's', 0, 'paragraph')")
        segment = ("p", "s", "b", 0, "北京大学", "Peking University", "draft", 0)
        connection.execute("INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?, ?, ?)", segment)
        connection.execute("INSERT INTO search_rows VALUES (1, 'story', 's', 'p', 'target', 'Peking University')")
    upgraded = open_desk(folder)
    assert [(hit.owner, hit.part, hit.field) for hit in search(upgraded, "京大")] == [("s", "p", "source")]
    assert [line.target for line in concordance(upgraded, "peking")] == ["Peking University"]
    assert not [problem for problem in verify(upgraded).problems if problem.kind == "search"]
    upgraded.close()
