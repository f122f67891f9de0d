"""Several at one archive: readers see whole states while somebody writes, writers take their turns."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from office import Office
from sqlalchemy import func, select

from desktop_app.desk.desk import Desk, account_name
from desktop_app.desk.editing import edit_story
from desktop_app.desk.people import list_people
from desktop_app.desk.stories import list_stories, open_story
from desktop_app.desk.verification import verify
from desktop_app.domain.edits import set_target
from desktop_app.foundation.errors import ArchiveBusyError
from desktop_app.foundation.ids import new_id, utc_now
from desktop_app.store.archive import Archive
from desktop_app.store.dialects.sqlite import BUSY_MS
from desktop_app.store.models import EventRow, PersonRow


def another(office: Office, busy_ms: int = BUSY_MS) -> Archive:
    return Archive(office.desk.folder, now=utc_now, new_id=new_id, account=account_name(), busy_ms=busy_ms)


def test_a_reader_sees_one_state_while_somebody_writes(office: Office) -> None:
    story = office.story()
    with office.desk.archive.read() as session:
        before = session.scalar(select(func.count()).select_from(EventRow))
        office.write(story, "Meanwhile.")
        assert session.scalar(select(func.count()).select_from(EventRow)) == before
    with office.desk.archive.read() as session:
        assert session.scalar(select(func.count()).select_from(EventRow)) == (before or 0) + 1


def test_readers_never_see_half_an_edit(office: Office) -> None:
    story = office.story(paragraphs=5)
    segments = office.segments(story)
    stop = threading.Event()

    def read() -> int:
        looks = 0
        while not stop.is_set():
            targets = {s.target.split()[0] for s in open_story(office.desk, story.id).story.content.segments()}
            assert len(targets) == 1 or looks == 0
            list_stories(office.desk, text="Edit")
            looks += 1
        return looks

    edit_story(office.desk, story.id, [set_target(s, "Edit-0 .") for s in segments], by=office["li"])
    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        try:
            for number in range(1, 30):
                edits = [set_target(s, f"Edit-{number} .") for s in segments]
                edit_story(office.desk, story.id, edits, by=office["li"])
        finally:
            stop.set()
        assert all(reader.result() > 0 for reader in readers)
    assert verify(office.desk).problems == ()


def test_two_archives_on_one_file_write_in_turn(office: Office) -> None:
    """Two programs at one archive: no event is lost and the chain stays one chain."""
    story = office.story(paragraphs=4)
    segments = office.segments(story)
    desk, other = Desk(another(office)), another(office)

    def add(archive: Archive, name: str) -> None:
        with archive.write() as unit:
            unit.session.add(PersonRow(id=unit.new_id(), name=name, zh="", roles=[], key=None))
            unit.record("person added", name=name)

    def write_here(number: int) -> None:
        edit_story(desk, story.id, [set_target(segments[number % 4], f"Edit {number}.")], by=office["li"])

    before = len(list_people(office.desk))
    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(add, other, f"PERSON {n}") for n in range(20)]
        done += [pool.submit(write_here, n) for n in range(20)]
        for future in done:
            future.result()
    desk.close()
    other.close()
    assert len(list_people(office.desk)) == before + 20
    found = verify(office.desk)
    assert found.problems == ()


def test_writers_of_one_program_wait_for_each_other_as_long_as_it_takes(office: Office) -> None:
    """Longer than one waits for another program: typing is saved after the longest work that comes home."""
    story = office.story()
    segment = office.segments(story)[0]
    desk = Desk(another(office, busy_ms=1))
    with ThreadPoolExecutor(1) as pool:
        with desk.archive.write() as unit:
            unit.session.connection()
            saving = pool.submit(edit_story, desk, story.id, [set_target(segment, "Typed.")], by=office["li"])
            with pytest.raises(TimeoutError):
                saving.result(0.3)
            unit.leave_no_event()
        saving.result()
    assert office.segments(story)[0].target == "Typed."
    desk.close()


def test_another_program_that_writes_too_long_is_told_apart(office: Office) -> None:
    story = office.story()
    segment = office.segments(story)[0]
    desk = Desk(another(office, busy_ms=1))
    with office.desk.archive.write() as unit:
        unit.session.connection()
        with pytest.raises(ArchiveBusyError):
            edit_story(desk, story.id, [set_target(segment, "Typed.")], by=office["li"])
        unit.leave_no_event()
    edit_story(desk, story.id, [set_target(segment, "Typed.")], by=office["li"])
    desk.close()


def test_what_one_writes_the_other_sees(office: Office, tmp_path: Path) -> None:
    story = office.story()
    other = another(office)
    office.write(story, "From here.")
    with other.read() as session:
        (event,) = session.scalars(select(EventRow.operation).order_by(EventRow.sequence.desc()).limit(1))
    assert event == "story edited"
    other.close()
