"""Rows that somebody wrote past the program, with values of every kind: refused, found, never stumbled over."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from office import Office

from desktop_app.desk.approval_sheets import approval_sheet
from desktop_app.desk.desk import Desk, open_desk, opened
from desktop_app.desk.exporting import export
from desktop_app.desk.memory import add_units
from desktop_app.desk.people import list_people
from desktop_app.desk.stories import list_stories, open_story
from desktop_app.desk.verification import verify
from desktop_app.domain.memory import MemoryUnit
from desktop_app.domain.story import Story
from desktop_app.foundation.errors import ArchiveUnavailableError
from desktop_app.store import audit
from desktop_app.store.cells import cell
from desktop_app.store.dialects import sqlite
from desktop_app.store.dialects.sqlite_kinds import odd_rows
from desktop_app.store.models import Audited, Base, EventRow

AUDITED = sorted(mapper.local_table.name for mapper in Base.registry.mappers if issubclass(mapper.class_, Audited))


def written_past(folder: Path, change: Callable[[sqlite3.Connection], object]) -> None:
    """Change the database with an editor of databases, the guards taken off and put back."""
    with closing(sqlite3.connect(folder / "archive.sqlite", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("BEGIN")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        change(connection)
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
        for statement in sqlite.guards():
            if statement.split()[statement.split().index("ON") + 1] in tables:
                connection.execute(statement)
        connection.execute("COMMIT")


def columns_of(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def forged_twin(connection: sqlite3.Connection, person: str) -> None:
    """A review nobody gave: its id is that of the draft's sign-off, as bytes, and it lies before it."""
    columns = columns_of(connection, "signoffs")
    row = dict(zip(columns, connection.execute("SELECT * FROM signoffs WHERE step='draft'").fetchone(), strict=True))
    row |= {"id": row["id"].encode(), "sequence": row["sequence"] + 1, "step": "revision", "person": person}
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO signoffs (rowid, {names}) VALUES (-1, {marks})", [*row.values()])


@pytest.fixture
def drafted(office: Office, story: Story) -> Office:
    office.through(story, ["li:submit"])
    return office


def test_the_database_refuses_a_key_of_another_kind(drafted: Office) -> None:
    with (
        closing(sqlite3.connect(drafted.desk.archive.database)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="signoffs has a value of the wrong kind"),
    ):
        forged_twin(connection, drafted["wang"].id)


@pytest.mark.parametrize("table", [*AUDITED, "events", "visits"])
def test_every_table_refuses_bytes_in_any_column(office: Office, table: str) -> None:
    with closing(sqlite3.connect(office.desk.archive.database)) as connection:
        columns = columns_of(connection, table)
        for odd in columns:
            values = [b"\xff" if column == odd else None for column in columns]
            marks = ", ".join("?" * len(values))
            with pytest.raises(sqlite3.IntegrityError, match=r"wrong kind|datatype mismatch"):
                connection.execute(f"INSERT INTO {table} VALUES ({marks})", values)


def test_a_twin_of_a_sign_off_is_found_and_lets_nothing_through(drafted: Office, story: Story, tmp_path: Path) -> None:
    written_past(drafted.desk.folder, lambda connection: forged_twin(connection, drafted["wang"].id))
    assert "signoffs" in {problem.kind for problem in verify(drafted.desk).problems}
    acts: list[Callable[[], object]] = [
        lambda: open_story(drafted.desk, story.id),
        lambda: list_stories(drafted.desk),
        lambda: approval_sheet(drafted.desk, story.id),
        lambda: drafted.act(story, "sign", "zhao"),
        lambda: export(drafted.desk, [story.id], "nitf", tmp_path / "out.xml"),
    ]
    for act in acts:
        with pytest.raises(ArchiveUnavailableError, match="damaged"):
            act()
    assert not (tmp_path / "out.xml").exists()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE people SET roles = '{'",
        "UPDATE people SET roles = CAST('[]' AS BLOB)",
        "UPDATE people SET name = CAST(name AS BLOB) WHERE zh = '李蔚'",
        "UPDATE stories SET major = 'one'",
        "UPDATE segments SET id = CAST(id AS BLOB)",
        "UPDATE facts SET value = x'00' WHERE key = 'policy'",
    ],
)
def test_a_value_of_another_kind_is_told_as_damage(drafted: Office, story: Story, change: str) -> None:
    written_past(drafted.desk.folder, lambda connection: connection.execute(change))
    with pytest.raises(ArchiveUnavailableError):
        _read_much(drafted.desk, story)
    assert verify(drafted.desk).problems


def _read_much(desk: Desk, story: Story) -> None:
    list_people(desk)
    desk.house()
    open_story(desk, story.id)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("visits", "INSERT INTO visits SELECT CAST(people.id AS BLOB), stories.id, 'x' FROM people, stories LIMIT 1"),
        ("memory_units", "UPDATE memory_units SET source = CAST(source AS BLOB)"),
        ("search_texts", "UPDATE search_texts SET owner = CAST(owner AS BLOB)"),
    ],
)
def test_a_value_of_another_kind_is_found_where_no_event_has_a_hash(
    office: Office, story: Story, table: str, change: str
) -> None:
    units = [MemoryUnit("会议结束。", "It ended.")]
    add_units(office.desk, units, origin="old.tmx", digest="0" * 64, by=office["sun"])
    with office.desk.archive.read() as session:
        assert odd_rows(session.connection(), table) == 0
    written_past(office.desk.folder, lambda connection: connection.execute(change))
    assert table in {problem.kind for problem in verify(office.desk).problems}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("CREATE VIEW people_now AS SELECT * FROM people", "people_now does not belong among the tables"),
        ("CREATE TABLE search_index_more (id)", "search_index_more does not belong among the tables"),
        ("ALTER TABLE waivers RENAME TO waived", "the table waivers is missing"),
    ],
)
def test_verify_knows_which_tables_belong_there(office: Office, change: str, told: str) -> None:
    """Whatever the last event about the schema says, which somebody can append."""
    written_past(office.desk.folder, lambda connection: connection.execute(change))
    assert told in [str(problem.reason) for problem in verify(office.desk).problems]


def test_quick_hashes_of_events_are_their_hashes(drafted: Office) -> None:
    columns = sorted(set(EventRow.__table__.columns.keys()) - {"hash"})
    odd = {"id": 'a"b\\c\n\u2028\x00é', "at": None, "sequence": 7, "account": "李", "data": "\udcff"}
    for row in (odd, {**odd, "sequence": -1}):
        values = [row.get(column) for column in columns]
        cells = {column: cell(value) for column, value in zip(columns, values, strict=True)}
        assert audit.quick_event_hash(columns, values) == audit.event_hash(cells)
    assert audit.quick_event_hash(["id"], [b"bytes"]) is None


# ---- one row of any table, put in, changed or taken out


TIMES = 25
KINDS: list[Callable[[object], object]] = [
    lambda value: str(value).encode(),
    lambda value: f"{value}\x00",
    lambda value: f"{value} ",
    lambda value: f"{value}/x",
    lambda value: str(value).upper() + "É",
    lambda value: str(value).upper() + "E\u0301",
    lambda _value: 7,
    lambda _value: 7.5,
    lambda _value: b"",
    lambda _value: "",
    lambda value: sqlite3.Binary(str(value).encode("utf-16")),
]


UNLIKE = {"sequence", "minor", "slug", "name", "sha256", "person", "id"}  # what no two rows have alike


def put_in(connection: sqlite3.Connection, table: str, chance: random.Random) -> str:
    """A copy of a row with another key, of any kind, and other values that must be unlike elsewhere."""
    columns = columns_of(connection, table)
    keys = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[5]]
    while True:
        (row,) = connection.execute(f"SELECT * FROM {table} ORDER BY random() LIMIT 1").fetchall()
        values = dict(zip(columns, row, strict=True))
        odd = chance.choice(keys)
        for column in {odd, *(UNLIKE & values.keys())}:
            values[column] = chance.choice(KINDS)(values[column])
        if table == "events":
            values["sequence"] = chance.choice([-1, 0, 10_000])
        marks = ", ".join("?" * len(values))
        names = ", ".join(f'"{name}"' for name in values)
        try:
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", [*values.values()])
        except sqlite3.IntegrityError:  # a key that was there already; try another
            continue
        return f"{odd} = {values[odd]!r}"


def changed(connection: sqlite3.Connection, table: str, chance: random.Random) -> str:
    """One cell of a row made another value or of another kind."""
    while True:
        column = chance.choice(columns_of(connection, table))
        rowid, *before = connection.execute(
            f'SELECT rowid, typeof("{column}"), CAST("{column}" AS BLOB), "{column}" FROM {table} '
            "ORDER BY random() LIMIT 1"
        ).fetchone()
        other = chance.choice([*KINDS, lambda _value: None])(before.pop())
        try:
            (*after,) = connection.execute(
                f'UPDATE {table} SET "{column}" = ? WHERE rowid = ? '
                f'RETURNING typeof("{column}"), CAST("{column}" AS BLOB)',
                (other, rowid),
            ).fetchone()
        except sqlite3.IntegrityError:
            continue
        if after != before:
            return f"{column}: {before} became {after}"


def taken_out(connection: sqlite3.Connection, table: str, _chance: random.Random) -> str:
    """A row gone."""
    connection.execute(f"DELETE FROM {table} WHERE rowid = (SELECT rowid FROM {table} ORDER BY random() LIMIT 1)")
    return "a row gone"


@pytest.fixture
def trials(folder: Path, tmp_path: Path) -> Iterator[Callable[[], Path]]:
    """The furnished archive, anew for each trial."""
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = (folder / "archive.sqlite").read_bytes()

    def again() -> Path:
        for path in folder.glob("archive.sqlite*"):
            path.unlink()
        (folder / "archive.sqlite").write_bytes(data)
        return folder

    yield again
    shutil.rmtree(tmp_path / "archive")


def test_any_row_put_in_changed_or_taken_out_is_found(
    trials: Callable[[], Path], record_property: Callable[[str, object], None]
) -> None:
    seed = random.randrange(1 << 30)
    record_property("seed", seed)
    chance = random.Random(seed)
    for _ in range(TIMES):
        folder, attack = trials(), chance.choice([put_in, put_in, changed, taken_out])
        done: list[str] = []

        def attacked(connection: sqlite3.Connection, attack=attack, done=done) -> None:
            there = [t for t in [*AUDITED, "events"] if connection.execute(f"SELECT 1 FROM {t}").fetchone()]
            table = chance.choice(there)
            done.append(f"{attack.__name__} {table}: {attack(connection, table, chance)} (seed {seed})")

        written_past(folder, attacked)
        try:
            with opened(folder) as desk:
                assert verify(desk).problems, done
        except ArchiveUnavailableError:
            pass  # it cannot even be opened


def test_the_archive_of_the_trials_is_whole(trials: Callable[[], Path]) -> None:
    """The attacks above are what verify finds, and not something of its own."""
    folder = trials()
    written_past(folder, lambda _connection: None)
    desk = open_desk(folder)
    assert verify(desk).problems == ()
    desk.close()
