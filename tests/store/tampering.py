"""For the proof of tampering: a small archive with something of everything, and what can be read of it as a whole."""

import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

import pytest
from office import Office
from PIL import Image

from desktop_app.desk import packing, pictures, policy_making, publishing, workflow
from desktop_app.desk.comments import comment, reply
from desktop_app.desk.desk import Desk, open_desk, opened
from desktop_app.desk.memory import add_units
from desktop_app.desk.signatures import Signer
from desktop_app.desk.signing_keys import enrol
from desktop_app.desk.terms import add_term
from desktop_app.desk.verification import verify
from desktop_app.domain.memory import MemoryUnit
from desktop_app.domain.policy import THREE_REVIEWS
from desktop_app.foundation import ed25519
from desktop_app.foundation.errors import ArchiveUnavailableError
from desktop_app.store import migration

SHADOWS = ("search_index", "concordance_index")
# SQLite's record of the ids that were given: with a number too low it goes by the highest id there is
# (sqlite.org/autoinc.html), so it holds nothing that anybody could read.
_NOT_READ = frozenset({"sqlite_sequence"})
_WAL_MARKS = (18, 19)  # places in the file that say how it is written; in memory there is no such log


class Answer(StrEnum):
    """What became of an alteration."""

    REPORTED = "reported"
    REFUSED = "refused"
    HARMLESS = "harmless"
    MISSED = "MISSED"


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed archive with something of everything; beside it ``out.diptych``."""
    folder = tmp_path_factory.mktemp("tampering") / "archive"
    furnish(folder).desk.close()
    return folder


@pytest.fixture(name="folder")
def furnished_copy(furnished: Path, tmp_path: Path) -> Path:
    """A copy of it to be altered."""
    shutil.copytree(furnished, tmp_path / "archive")
    return tmp_path / "archive"


def private_key(name: str) -> bytes:
    """A key that is the same in every run."""
    return sha256(name.encode()).digest()


def furnish(folder: Path) -> Office:
    """Make an archive: two stories, one released, a picture, a comment, a memory, a term, a policy, four keys."""
    office = Office.founded(folder)
    desk = office.desk
    for key in ("li", "wang", "zhao", "chen"):
        enrol(desk, office[key], by=office["sun"], public=ed25519.public_of(private_key(key)))
    signer = {key: Signer.of(private_key(key)) for key in ("li", "wang", "zhao", "chen")}
    photograph = folder.parent / "1.jpg"
    Image.new("RGB", (48, 32), (200, 30, 30)).save(photograph, quality=60)
    pictures.add_pictures(desk, [photograph], by=office["sun"])
    released, waiting = office.story(slug="released"), office.story(slug="waiting", paragraphs=1)
    pictures.place_picture(desk, released.id, pictures.list_pictures(desk)[0].id, by=office["li"])
    workflow.submit(desk, released.id, by=office["li"], signer=signer["li"])
    workflow.claim(desk, released.id, by=office["wang"])
    office.write(released, "Typed by the reviser.", by="wang")
    workflow.sign(desk, released.id, step="revision", by=office["wang"], signer=signer["wang"])
    workflow.sign(desk, released.id, step="approval", by=office["zhao"], signer=signer["zhao"])
    publishing.release(desk, released.id, by=office["zhao"])
    workflow.submit(desk, waiting.id, by=office["li"], signer=signer["li"])
    workflow.withdraw(desk, waiting.id, by=office["li"], note="I overlooked something.", signer=signer["li"])
    workflow.submit(desk, waiting.id, by=office["li"], signer=signer["li"])
    noted = comment(desk, waiting.id, "1", "Is this his title?", by=office["wang"]).comment
    reply(desk, noted.id, "It is.", by=office["li"])
    add_units(desk, [MemoryUnit("会议结束。", "It ended.")], origin="old.tmx", digest="0" * 64, by=office["sun"])
    add_term(desk, "北京工业大学", "Beijing University of Technology", by=office["sun"])
    policy_making.save_policy(desk, replace(THREE_REVIEWS, name="house-three", ink_lines=2), by=office["zhao"])
    packing.pack(desk, ["released", "waiting"], folder.parent / "out.diptych", by=office["zhao"])
    assert verify(desk).problems == ()
    return office


def settle(database: Path) -> None:
    """Bring everything that was written into the one file."""
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0


# ---- everything that can be read


@contextmanager
def in_memory(data: bytes) -> Iterator[sqlite3.Connection]:
    """A database file's bytes as a database, as SQLite alone reads them."""
    plain = bytearray(data)
    for place in _WAL_MARKS:
        plain[place] = 1
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.text_factory = bytes
        connection.deserialize(bytes(plain))
        yield connection


def everything(data: bytes) -> dict[str, object]:
    """Every row of every table, by table, and the definitions; raises ``sqlite3.Error`` where it cannot be read."""
    with in_memory(data) as connection:
        defined = connection.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        ).fetchall()
        read: dict[str, object] = {"": defined}
        for kind, name, _table, sql in defined:
            table = name.decode()
            if kind == b"table" and table not in _NOT_READ and not sql.upper().startswith(b"CREATE VIRTUAL"):
                read[table] = connection.execute(f'SELECT * FROM "{table}"').fetchall()
        return read


def everything_that_search_reads(data: bytes) -> list[object]:
    """Every word of both indexes with each place where it stands, and the sizes that ranking goes by."""
    with in_memory(data) as connection:
        read: list[object] = []
        for index in SHADOWS:
            connection.execute(f"CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, {index}, 'instance')")
            read += connection.execute("SELECT term, doc, col, offset FROM temp.words ORDER BY 1, 2, 3, 4").fetchall()
            connection.execute("DROP TABLE temp.words")
        # The averages; nobody reads those of the concordance, which is never ranked.
        read += connection.execute("SELECT block FROM search_index_data WHERE id = 1").fetchall()
        read += connection.execute("SELECT id, sz FROM search_index_docsize ORDER BY id").fetchall()
        return read


# ---- altering one byte and asking


@dataclass
class Trial:
    """An archive whose bytes are altered one at a time and put back."""

    folder: Path

    def __post_init__(self) -> None:
        self.database = self.folder / "archive.sqlite"
        settle(self.database)
        self.source = self.database.read_bytes()
        self.whole = everything(self.source)
        self.found = everything_that_search_reads(self.source)
        self.desk: Desk = open_desk(self.folder)
        assert verify(self.desk).problems == ()
        self.handle = os.open(self.database, os.O_RDWR)
        self.answers: Counter[Answer] = Counter()
        self.missed: list[int] = []

    def close(self) -> None:
        os.close(self.handle)
        self.desk.close()

    def flip(self, place: int, pattern: int, *, quickly: bool = True) -> Answer:
        """Alter one byte of the database, ask, and put it back."""
        altered = bytearray(self.source)
        altered[place] ^= pattern
        os.pwrite(self.handle, bytes([altered[place]]), place)
        try:
            answer = self._answer(bytes(altered), place, quickly=quickly)
        finally:
            os.pwrite(self.handle, bytes([self.source[place]]), place)
            assert self.database.stat().st_size == len(self.source), "asking wrote nothing"
        self.answers[answer] += 1
        if answer is Answer.MISSED:
            self.missed.append(place)
        return answer

    def _answer(self, altered: bytes, place: int, *, quickly: bool) -> Answer:
        try:
            differs = {name for name, rows in everything(altered).items() if rows != self.whole.get(name, ())}
            readable = True
        except (sqlite3.Error, UnicodeError, MemoryError):
            differs, readable = {"it cannot be read"}, False
        if readable and quickly and not differs and place not in _WAL_MARKS and self._sound(altered):
            return Answer.HARMLESS
        answer = self._ask_quickly() if quickly else None
        if answer is None:
            answer = self._ask_through_the_door(altered)
        if answer is not None:
            return answer
        if not differs and (place in _WAL_MARKS or self._sound(altered)):
            return Answer.HARMLESS
        shadows = all(name.startswith(SHADOWS) for name in differs)
        return Answer.HARMLESS if shadows and self._search_reads_the_same(altered) else Answer.MISSED

    def _search_reads_the_same(self, altered: bytes) -> bool:
        try:
            return everything_that_search_reads(altered) == self.found
        except sqlite3.Error:
            return False

    def _sound(self, altered: bytes) -> bool:
        """Whether the indexes say what the tables say."""
        try:
            with in_memory(altered) as connection:
                return connection.execute("PRAGMA integrity_check").fetchall() == [(b"ok",)]
        except sqlite3.Error:
            return False

    def _ask_quickly(self) -> Answer | None:
        """Ask the open archive anew, on fresh connections: the statements stay compiled, and nothing else is kept."""
        try:
            if migration.check(self.database, read_only=False) is not migration.SchemaState.CURRENT:
                return None
        except (sqlite3.Error, UnicodeDecodeError, ArchiveUnavailableError):
            return None  # the door says how it takes that
        self.desk.archive._reader.dispose()  # with the page cache of the open archive
        try:
            return Answer.REPORTED if verify(self.desk).problems else None
        except ArchiveUnavailableError:
            return Answer.REFUSED
        finally:
            self.desk.archive._reader.dispose()

    def _ask_through_the_door(self, altered: bytes) -> Answer | None:
        """Open a copy of the altered archive as every command does, and verify it."""
        copy = self.folder.parent / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.folder, copy, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
        (copy / "archive.sqlite").write_bytes(altered)
        try:
            with opened(copy) as desk:
                return Answer.REPORTED if verify(desk).problems else None
        except ArchiveUnavailableError:
            return Answer.REFUSED


def used_places(source: bytes) -> set[int]:
    """The places of the file that hold something: page 1's header, b-tree pages without their gaps, overflow pages."""
    with in_memory(source) as connection:
        rows = connection.execute("SELECT pageno, pagetype FROM dbstat").fetchall()
    pages = dict(rows)
    size = int.from_bytes(source[16:18], "big")
    used = set(range(100))
    for page, kind in pages.items():
        start = (page - 1) * size
        body = source[start : start + size]
        header = 100 if page == 1 else 0
        gone = _unused(body, header) if kind in {b"leaf", b"internal"} else set()
        used |= {start + at for at in range(header, size) if at not in gone}
    return used


def _unused(page: bytes, header: int) -> set[int]:
    """The places of a b-tree page that hold nothing (SQLite file format, section 1.6): its gap and its free blocks."""

    def number(at: int) -> int:
        return int.from_bytes(page[at : at + 2], "big")

    pointers = header + (12 if page[header] in {2, 5} else 8)
    empty = set(range(pointers + 2 * number(header + 3), number(header + 5) or len(page)))
    block = number(header + 1)
    while block:
        empty |= set(range(block + 4, block + number(block + 2)))
        block = number(block)
    return empty
