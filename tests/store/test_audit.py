"""Invariant 5: each act leaves one event, history cannot be changed, and verify finds whatever was altered outside."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from journeys import Roads, home
from office import Office
from PIL import Image
from sqlalchemy import func, select

from desktop_app.desk import embargoes, pictures, publishing, signing_keys, source_changes
from desktop_app.desk.backups import back_up
from desktop_app.desk.comments import comment, reply, resolve
from desktop_app.desk.desk import Desk, opened
from desktop_app.desk.duties import assign
from desktop_app.desk.editing import edit_story
from desktop_app.desk.memory import add_units
from desktop_app.desk.packing import pack
from desktop_app.desk.people import add_person, change_person, find_person, remove_person, set_current_person
from desktop_app.desk.policy_making import save_policy
from desktop_app.desk.repetitions import keep_own_translation
from desktop_app.desk.stories import list_stories, open_story, open_version, search, story_history
from desktop_app.desk.verification import verify
from desktop_app.domain.digest import content_digest
from desktop_app.domain.edits import ReplaceSegments, SetPlacement, set_status, set_target, split_segment
from desktop_app.domain.memory import MemoryUnit
from desktop_app.domain.policy import THREE_REVIEWS
from desktop_app.domain.story import Bilingual, Languages, SegmentStatus
from desktop_app.foundation import ed25519
from desktop_app.foundation.errors import ArchiveUnavailableError, NotAllowedError, WrongUsageError
from desktop_app.foundation.zones import moment_in
from desktop_app.store import audit
from desktop_app.store.dialects import sqlite
from desktop_app.store.dialects.sqlite import guards
from desktop_app.store.models import AcceptedChangeRow, Base, EventRow, TermRow, WaiverRow


def photograph(folder: Path, name: str = "1.jpg", colour: tuple[int, int, int] = (200, 30, 30)) -> Path:
    path = folder / name
    Image.new("RGB", (64, 48), colour).save(path, quality=90)
    return path


def events(desk: Desk) -> int:
    with desk.archive.read() as session:
        return session.scalar(select(func.count()).select_from(EventRow)) or 0


@pytest.fixture(scope="module")
def full(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with a row in every table: a released story, a returned one, a picture, a withdrawal."""
    folder = tmp_path_factory.mktemp("full")
    office = Office.moved(template, folder / "archive")
    pictures.add_pictures(office.desk, [photograph(folder)], by=office["sun"])
    released, returned = office.story(slug="released"), office.story(slug="returned")
    pictures.place_picture(office.desk, "released", pictures.list_pictures(office.desk)[0].id, by=office["li"])
    office.through(released, ["li:submit", "wang:claim", "wang:edit", "wang:sign", "zhao:sign", "zhao:release"])
    office.through(returned, ["li:submit", "chen:claim", "chen:return"])
    noted = comment(office.desk, released.id, "1", "Is this his title?", by=office["wang"], quote="Prof.").comment
    reply(office.desk, noted.id, "It is.", by=office["li"])
    resolve(office.desk, noted.id, by=office["wang"])
    with office.desk.archive.write() as unit:
        unit.session.add(
            TermRow(
                id=unit.new_id(), source="北京工业大学", target="Beijing University of Technology", kind="organisation",
                source_short=["北工大"], short="BJUT", allowed=[], forbidden=["Beijing Industry University"], note="",
            )
        )  # fmt: skip
        unit.session.add(
            AcceptedChangeRow(
                story=released.id, major=1, minor=0, part=released.id, field="target", text="Typed by wang.",
                person=office["li"].id, at=unit.at,
            )
        )  # fmt: skip
        unit.session.add(
            WaiverRow(
                id=unit.new_id(), story=released.id, segment=None, check_id="length", text="0" * 64, reason="short",
                person=office["wang"].id, at=unit.at,
            )
        )  # fmt: skip
        unit.record("house rows written", person=office["wang"].id)
    add_units(office.desk, [MemoryUnit("会议结束。", "It ended.")], origin="old.tmx", digest="0" * 64, by=office["sun"])
    office.write(office.story(slug="alike"), "Written over.", by="sun")  # leaves two wordings
    alike = office.segments(open_story(office.desk, "alike").story)[1]
    keep_own_translation(office.desk, "alike", alike.id, alone=True, by=office["li"])
    save_policy(office.desk, replace(THREE_REVIEWS, name="house"), by=office["zhao"])
    pack(office.desk, ["alike"], folder / "out.diptych", by=office["zhao"], made_for=office["li"])
    came_home, roads = office.story(slug="came-home"), Roads(folder)
    there = roads.out(office, [came_home])
    for place, words in ((there, "Theirs."), (office, "Mine.")):
        place.write(came_home, words, by="li")
    home(office, roads.back(there))  # leaves a conflict
    signing_keys.enrol(office.desk, office["sun"], by=office["sun"], public=ed25519.public_of(bytes(32)))
    assign(office.desk, "alike", by=office["zhao"], to=office["li"], note="Before the weekend.")
    early, new = office.story(slug="early"), source_changes.source_of_part
    office.act(early, "submit", "li")
    publishing.release_early(office.desk, early.id, by=office["zhao"], note="It cannot wait.")
    part = office.segments(early)[1].id
    source_changes.take_in(office.desk, early.id, new(part, "第0段第一句，改了。"), by=office["zhao"])
    until = moment_in("2099-12-01 08:00", "Asia/Shanghai")
    embargoes.set_embargo(office.desk, "alike", until, "Asia/Shanghai", by=office["zhao"], reason="It was asked for.")
    assert verify(office.desk).problems == ()
    office.desk.close()
    return folder / "archive"


@pytest.fixture
def copied(full: Path, tmp_path: Path) -> Iterator[Office]:
    office = Office.moved(full, tmp_path / "archive")
    yield office
    office.desk.close()


def raw(office: Office) -> sqlite3.Connection:
    """The archive's database as an outsider opens it, its guards taken off and put back around each change."""
    connection = sqlite3.connect(office.desk.archive.database, isolation_level=None)
    connection.execute("PRAGMA foreign_keys=OFF")
    return connection


def unguarded(connection: sqlite3.Connection, change: Callable[[], object]) -> None:
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'")]
    connection.execute("BEGIN")  # one transaction: the disk is waited for once
    for name in names:
        connection.execute(f"DROP TRIGGER {name}")
    change()
    for statement in guards():
        connection.execute(statement)
    connection.execute("COMMIT")


def test_every_act_leaves_exactly_one_event(office: Office, tmp_path: Path) -> None:
    desk, li, story = office.desk, office["li"], office.story()
    first = office.segments(story)[0]
    block = office.open(story).story.content.blocks[1]
    place = office.open(story).story.content.blocks[-1]
    assert place.placement is not None
    split = split_segment(block.segments[0], desk.new_id(), 2, 5, Languages())
    acts: list[Callable[[], object]] = [
        lambda: add_person(desk, "HE Jing"),
        lambda: change_person(desk, find_person(desk, "HE Jing"), name="HE Jingyi", by=office["sun"]),
        lambda: change_person(desk, find_person(desk, "HE Jingyi"), zh="何静怡", by=office["sun"]),
        lambda: remove_person(desk, find_person(desk, "HE Jingyi"), by=office["sun"]),
        lambda: set_current_person(desk, li),
        lambda: edit_story(desk, story.id, [set_target(first, "New words"), set_target(first, "Newer")], by=li),
        lambda: edit_story(desk, story.id, [set_status(office.segments(story)[0], SegmentStatus.CONFIRMED)], by=li),
        lambda: edit_story(desk, story.id, [ReplaceSegments(block.id, (*split, *block.segments[1:]))], by=li),
        lambda: edit_story(
            desk, story.id, [SetPlacement(place.id, replace(place.placement, alt=Bilingual("图", "A gate")))], by=li
        ),
        lambda: pictures.add_pictures(desk, [photograph(tmp_path)], by=li),
        lambda: pictures.update_picture(desk, replace(pictures.list_pictures(desk)[0], credit="SUN Yue"), by=li),
        lambda: pictures.place_picture(desk, story.id, pictures.list_pictures(desk)[0].id, by=li),
        *(
            lambda step=step: office.through(story, [step])  # type: ignore[misc]
            for step in (
                "li:submit", "li:withdraw", "li:drop", "li:restore", "li:submit", "wang:claim", "wang:edit",
                "wang:return", "li:edit", "li:submit", "chen:claim", "chen:sign", "zhao:sign", "zhao:release",
                "zhao:unpublish", "zhao:correct", "zhao:kill", "chen:kill",
            )
        ),
    ]  # fmt: skip
    for act in acts:
        before = events(desk)
        act()
        assert events(desk) == before + 1
    assert verify(desk).problems == ()


def test_looking_leaves_no_event(office: Office, tmp_path: Path) -> None:
    story = office.story()
    desk, before = office.desk, events(office.desk)
    open_story(desk, story.id)
    open_version(desk, story.id, "1.0")
    list_stories(desk, text="大学")
    search(desk, "大学")
    story_history(desk, story.id)
    verify(desk)
    back_up(desk, tmp_path / "backup.zip")
    assert edit_story(desk, story.id, [], by=None).stories == frozenset()
    assert events(desk) == before


def test_what_is_refused_or_fails_leaves_no_event_and_no_row(office: Office) -> None:
    story = office.story()
    before, segments = events(office.desk), office.segments(story)
    gone = [set_target(segments[0], "Kept?"), set_target(replace(segments[1], id="nothing"), "No")]
    with pytest.raises(WrongUsageError):
        edit_story(office.desk, story.id, gone, by=office["li"])
    with pytest.raises(NotAllowedError):
        publishing.release(office.desk, story.id, by=office["zhao"])
    unit = office.desk.archive.write()
    with pytest.raises(KeyboardInterrupt), unit as begun:  # noqa: PT012 - it is the block that breaks off
        begun.record("never")
        raise KeyboardInterrupt
    assert events(office.desk) == before
    assert office.segments(story) == segments


@pytest.mark.parametrize("table", ["events", "versions", "signoffs", "withdrawals"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {t} SET {c} = {c}", "DELETE FROM {t}", "INSERT OR REPLACE INTO {t} SELECT * FROM {t}"],
)
def test_history_refuses_to_be_changed(copied: Office, table: str, statement: str) -> None:
    column = next(iter(Base.metadata.tables[table].columns)).name
    with closing(raw(copied)) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement.format(t=table, c=column))


def test_a_version_is_never_written_again(copied: Office) -> None:
    """Invariant 2: whatever happens to the story, its frozen versions keep their words and their digests."""

    def frozen() -> dict[str, tuple[str, str]]:
        versions, _, _ = story_history(copied.desk, "released")
        return {
            str(v.number): (v.digest, content_digest(open_version(copied.desk, "released", str(v.number))))
            for v in versions
        }

    before = frozen()
    story = open_story(copied.desk, "released").story
    copied.through(story, ["zhao:correct", "li:edit", "li:submit", "wang:sign", "zhao:sign", "zhao:release"])
    after = frozen()
    assert len(after) > len(before)
    assert {number: after[number] for number in before} == before
    assert all(digest == again for digest, again in after.values())


# ---- tampering


UNWITNESSED = {
    "search_texts",
    "visits",
    "memory_units",
    "memory_parts",
    "memory_postings",
}  # derived, or too many; they have tests of their own


def tables() -> list[str]:
    return [table.name for table in Base.metadata.sorted_tables]


def altered(value: object) -> list[object]:
    """Other things that a cell might be made to hold: another value, another type, broken text, nothing."""
    if value is None:
        return ["x"]
    if isinstance(value, int):
        return [value + 1000, value + 2000, -1]
    text = str(value)
    others: list[object] = [text + " ", "", text.swapcase(), text.encode()]
    return [other for other in others if other != value]


def find_every_altered_cell(copied: Office, table: str, chosen: Callable[[int, list[object]], list[object]]) -> None:
    """Alter one cell of each column in turn; ``chosen`` says in which of the ways that there are."""
    with closing(raw(copied)) as connection:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        rowids = [row for (row,) in connection.execute(f"SELECT rowid FROM {table} ORDER BY rowid")]
        assert rowids, f"{table} has no row to alter"
        for place, column in enumerate(columns):
            rowid = rowids[len(rowids) // 2]
            (value,) = connection.execute(f'SELECT "{column}" FROM {table} WHERE rowid = ?', (rowid,)).fetchone()
            number = column == "sequence" and table == "events"  # the rowid itself
            for other in [value + 1000] if number else chosen(place, altered(value)):
                set_to = f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?'
                at = other if number else rowid
                unguarded(connection, lambda: connection.execute(set_to, (other, rowid)))  # noqa: B023 - run at once
                assert verify(copied.desk).problems, f"{table}.{column}: {value!r} became {other!r}"
                unguarded(connection, lambda: connection.execute(set_to, (value, at)))  # noqa: B023
    assert verify(copied.desk).problems == (), "put back, all is well again"


@pytest.mark.parametrize("table", [t for t in tables() if t not in UNWITNESSED])
def test_verify_finds_every_altered_cell(copied: Office, table: str) -> None:
    """Each column is altered in one way, the ways taking turns."""
    find_every_altered_cell(copied, table, lambda place, ways: [ways[place % len(ways)]])


@pytest.mark.proof
@pytest.mark.parametrize("table", [t for t in tables() if t not in UNWITNESSED])
def test_verify_finds_every_altered_cell_however_it_was_altered(copied: Office, table: str) -> None:
    find_every_altered_cell(copied, table, lambda _place, ways: ways)


@pytest.mark.parametrize("table", [t for t in tables() if t not in UNWITNESSED])
def test_verify_finds_rows_taken_out(copied: Office, table: str) -> None:
    with closing(raw(copied)) as connection:
        (rowid,) = connection.execute(f"SELECT rowid FROM {table} ORDER BY rowid LIMIT 1").fetchone()
        unguarded(connection, lambda: connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,)))
    assert verify(copied.desk).problems


def test_verify_finds_rows_put_in(copied: Office) -> None:
    with closing(raw(copied)) as connection:
        connection.execute("INSERT INTO people (id, name, zh, roles) VALUES ('p', 'NOBODY', '', '[]')")
    found = verify(copied.desk).problems
    assert [(problem.kind, problem.id) for problem in found] == [("people", "p")]


def test_verify_finds_an_event_that_was_forged_with_a_fitting_hash(copied: Office) -> None:
    """Whoever rewrites one event and works out its hash again has to rewrite all that come after it."""
    with copied.desk.archive.read() as session:
        cells = list(sqlite.raw_rows(session.connection(), "events", order="sequence"))[5]
    forged = {**cells, "account": ("text", "somebody"), "hash": None}
    with closing(raw(copied)) as connection:
        change = "UPDATE events SET account = 'somebody', hash = ? WHERE sequence = 6"
        unguarded(connection, lambda: connection.execute(change, (audit.event_hash(forged),)))
    assert [str(p.reason) for p in verify(copied.desk).problems] == ["event 7 was altered"]


def test_verify_names_the_row_that_was_altered(copied: Office) -> None:
    with closing(raw(copied)) as connection:
        (segment,) = connection.execute("SELECT id FROM segments LIMIT 1").fetchone()
        connection.execute("UPDATE segments SET status = 'signed off' WHERE id = ?", (segment,))
    assert [(p.kind, p.id) for p in verify(copied.desk).problems] == [("segments", segment)]


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER events_refuse_delete",
        "CREATE TRIGGER sly AFTER INSERT ON versions BEGIN UPDATE stories SET state = 'approved'; END",
        "UPDATE search_texts SET text = replace(text, '第', '弟') WHERE id = (SELECT min(id) FROM search_texts)",
        "UPDATE search_texts SET places = '[]' WHERE id = (SELECT min(id) FROM search_texts)",
        "UPDATE search_texts SET places = '{' WHERE id = (SELECT min(id) FROM search_texts)",
        "UPDATE search_texts SET owner = 'another' WHERE id = (SELECT min(id) FROM search_texts)",
        "DELETE FROM search_texts WHERE id = (SELECT min(id) FROM search_texts)",
        "INSERT INTO search_texts SELECT max(id) + 1, owner, places, text FROM search_texts",
        "INSERT INTO search_index(rowid, body) VALUES (9999, 'nowhere')",
        "INSERT INTO search_index(search_index, rowid, body) SELECT 'delete', id, text FROM search_texts LIMIT 1",
        "INSERT INTO search_index(search_index) VALUES ('delete-all')",
        "DELETE FROM search_index_data WHERE id = (SELECT max(id) FROM search_index_data)",
        "INSERT INTO concordance_index(rowid, body) VALUES (1, 'nowhere')",
        "CREATE TABLE extra (id TEXT PRIMARY KEY); INSERT INTO extra VALUES ('x')",
    ],
)
def test_verify_finds_what_was_done_to_guards_and_search(copied: Office, change: str) -> None:
    with closing(raw(copied)) as connection:
        connection.executescript(change)
    assert verify(copied.desk).problems


def test_verify_finds_a_guard_that_was_hollowed_out(copied: Office) -> None:
    with closing(raw(copied)) as connection:
        connection.executescript(
            "DROP TRIGGER events_refuse_update;"
            "CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events BEGIN SELECT 1; END"
        )
    assert "the trigger events_refuse_update was altered" in [str(p.reason) for p in verify(copied.desk).problems]


def test_broken_text_is_a_finding_and_no_crash(copied: Office) -> None:
    with closing(raw(copied)) as connection:
        connection.execute("UPDATE segments SET target = CAST(x'ff41' AS TEXT) WHERE rowid = 1")
        connection.execute("UPDATE people SET roles = '{' WHERE rowid = 1")
    assert {"segments", "people"} <= {problem.kind for problem in verify(copied.desk).problems}


@pytest.mark.parametrize("at", [0, 200, -1])
def test_verify_finds_a_flipped_byte_of_an_original(copied: Office, at: int) -> None:
    (master,) = [path for path in copied.desk.archive.originals.rglob("*") if path.is_file()]
    data = bytearray(master.read_bytes())
    data[at] ^= 0x01
    master.chmod(0o644)
    master.write_bytes(data)
    assert [problem.kind for problem in verify(copied.desk).problems] == ["original"]
    master.unlink()
    assert [problem.kind for problem in verify(copied.desk).problems] == ["original"]


def found_damage(folder: Path) -> bool:
    try:
        with opened(folder) as desk:
            return bool(verify(desk).problems)
    except ArchiveUnavailableError:
        return True


def unused(page: bytes, header: int) -> set[int]:
    """The places of a b-tree page that hold nothing (SQLite file format, section 1.6): its gap and its free blocks."""

    def number(at: int) -> int:
        return int.from_bytes(page[at : at + 2], "big")

    if page[header] not in {2, 5, 10, 13}:
        return set()
    pointers = header + (12 if page[header] in {2, 5} else 8)
    empty = set(range(pointers + 2 * number(header + 3), number(header + 5) or len(page)))
    block = number(header + 1)
    while block:
        empty |= set(range(block + 4, block + number(block + 2)))
        block = number(block)
    return empty


@pytest.mark.proof
def test_verify_finds_or_refuses_any_flipped_byte_of_the_database(full: Path, tmp_path: Path) -> None:
    """Every 61st byte of every page but the full-text index's own, unused space left out.

    Left out too is SQLite's record of the ids that were given: it is no content, and with a number too low SQLite goes
    by the highest id there is (sqlite.org/autoinc.html).
    """
    shutil.copytree(full, tmp_path / "archive")
    database = tmp_path / "archive" / "archive.sqlite"
    source = database.read_bytes()
    with closing(sqlite3.connect(database)) as connection:
        pages = connection.execute(
            "SELECT pageno FROM dbstat WHERE name NOT LIKE 'search_index%' AND name NOT LIKE 'concordance_index%' "
            "AND name <> 'sqlite_sequence'"
        ).fetchall()
    missed: list[int] = []
    places: list[int] = []
    for (page,) in pages:
        start = (page - 1) * 4096
        header = 100 if page == 1 else 0  # before it are the file's own counters and hints, no content
        empty = unused(source[start : start + 4096], header)
        places += [start + at for at in range(header, 4096, 61) if at not in empty]
    for at in places:
        data = bytearray(source)
        data[at] ^= 0x01
        database.write_bytes(data)
        if not found_damage(tmp_path / "archive"):
            missed.append(at)
    assert missed == []
