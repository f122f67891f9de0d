"""What goes out is in the archive before it is in its place: whatever fails, no file is out that nobody knows of."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from journeys import home
from office import Office

from desktop_app.desk import embargoes
from desktop_app.desk.desk import Progress, opened
from desktop_app.desk.editing import edit_story
from desktop_app.desk.exporting import export
from desktop_app.desk.loans import list_loans, packages_out
from desktop_app.desk.operations import sentence_of
from desktop_app.desk.outputs import write_files
from desktop_app.desk.packing import pack
from desktop_app.desk.publishing import sent_out
from desktop_app.desk.small_archives import unpack
from desktop_app.desk.stories import open_story, story_history
from desktop_app.desk.verification import verify
from desktop_app.domain.edits import set_target
from desktop_app.domain.story import Story
from desktop_app.foundation.errors import ArchiveUnavailableError, NotAllowedError
from desktop_app.foundation.ids import stamp

APPROVED = ("li:submit", "wang:claim", "wang:sign", "zhao:sign")

# Kills itself at the moment when the system puts the file into its place: just before, or just after.
# Or, for "stuck", finds a folder in the place and the archive in use by another program.
CUT_SHORT = """
import os, signal, sqlite3, sys
from pathlib import Path
from desktop_app.desk.desk import Desk
from desktop_app.foundation.errors import ArchiveUnavailableError
from desktop_app.foundation.ids import new_id, utc_now
from desktop_app.store.archive import Archive
from desktop_app.desk.editing import edit_story
from desktop_app.desk.exporting import export
from desktop_app.desk.packing import pack
archive, what, moment, story, target = sys.argv[1:]
at_the_target = False
other = sqlite3.connect(Path(archive) / "archive.sqlite")
def watch(event, args):
    global at_the_target
    if event == "os.rename" and str(args[1]) == target:
        at_the_target = True
        if moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        if moment == "stuck":
            Path(target).mkdir()
            other.execute("BEGIN IMMEDIATE")
def after(_frame, event, called):
    if at_the_target and moment == "after" and event == "c_return" and called is os.replace:
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
desk = Desk(Archive(Path(archive), now=utc_now, new_id=new_id, account="tester", busy_ms=100), utc_now, new_id)
sys.setprofile(after)
try:
    if what == "pack":
        pack(desk, [story], Path(target), by=None)
    else:
        export(desk, [story], "nitf", Path(target))
except ArchiveUnavailableError as error:
    print(error, error.advice)
"""


def cut_short(office: Office, what: str, moment: str, story: Story, target: Path) -> subprocess.CompletedProcess[str]:
    """Let something happen to another process as it puts a file into its place."""
    words = [sys.executable, "-c", CUT_SHORT, str(office.desk.folder), what, moment, story.id, str(target)]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)


def killed(office: Office, what: str, moment: str, story: Story, target: Path) -> None:
    """Let another process be killed as it puts a file into its place."""
    done = cut_short(office, what, moment, story, target)
    assert done.returncode == -signal.SIGKILL, done.stderr


def refuse_events(office: Office, operation: str) -> None:
    """Let the database take no event of this kind."""
    with closing(sqlite3.connect(office.desk.archive.database)) as connection:
        connection.execute(
            f"CREATE TRIGGER refused BEFORE INSERT ON events WHEN NEW.operation = '{operation}' "
            "BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
        connection.commit()


def once_written(target: Path, act: Callable[[], object]) -> Progress:
    """Do something once, when the file lies whole beside its place."""
    done: list[int] = []

    def check() -> None:
        if not done and Path(f"{target}.part").exists():
            done.append(1)
            act()

    return Progress(check=check)


def at_the_end(act: Callable[[], object]) -> Progress:
    """Do something once, when everything is ready to go out: at the last look whether the person stopped it."""
    done: list[int] = []

    def check() -> None:
        if reported == [1] and not done:
            done.append(1)
            act()

    reported: list[int] = []

    def report(count: int, total: int) -> None:
        if total and count + 1 >= total:
            reported[:] = [1]

    return Progress(report, check)


# Packages


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_killed_packing_leaves_no_package_without_its_loan(office: Office, tmp_path: Path, moment: str) -> None:
    story, target = office.story(), tmp_path / "x.diptych"
    pack(office.desk, [story.id], target, by=None)
    before = target.read_bytes()

    killed(office, "pack", moment, story, target)

    assert len(list_loans(office.desk)) == 2, "it is noted before it is there"
    assert (target.read_bytes() == before) is (moment == "before")
    unpack(target, tmp_path / "small")
    assert verify(office.desk).problems == ()


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_work_in_a_package_whose_packing_was_killed_comes_home(office: Office, tmp_path: Path) -> None:
    story, target = office.story(), tmp_path / "x.diptych"
    killed(office, "pack", "after", story, target)
    unpack(target, tmp_path / "small")
    with opened(tmp_path / "small") as away:
        first = next(open_story(away, story.id).story.content.segments())
        edit_story(away, story.id, [set_target(first, "Written away.")], by=office["li"])
        pack(away, [], tmp_path / "home.diptych", by=office["li"])

    home(office, tmp_path / "home.diptych")

    assert office.segments(story)[0].target == "Written away."


def test_a_loan_that_cannot_be_noted_leaves_the_older_package(office: Office, tmp_path: Path) -> None:
    story, target = office.story(), tmp_path / "x.diptych"
    pack(office.desk, [story.id], target, by=None, made_for=office["li"])
    before = target.read_bytes()
    refuse_events(office, "stories packed")

    with pytest.raises(Exception, match="refused"):
        pack(office.desk, [story.id], target, by=None, made_for=office["li"])

    assert target.read_bytes() == before
    assert [one.loan.open for one in list_loans(office.desk, open_only=False)] == [True]
    assert [path.name for path in tmp_path.glob("*.diptych*")] == ["x.diptych"]


def test_a_package_that_cannot_be_placed_is_no_loan_and_the_older_one_is_out_still(
    office: Office, tmp_path: Path
) -> None:
    story, place = office.story(), tmp_path / "new.diptych"
    pack(office.desk, [story.id], tmp_path / "old.diptych", by=None, made_for=office["li"])

    with pytest.raises(ArchiveUnavailableError, match="cannot be written"):
        pack(
            office.desk, [story.id], place, by=office["zhao"], made_for=office["li"],
            progress=once_written(place, place.mkdir),
        )  # fmt: skip

    (out,) = packages_out(office.desk, story.id)
    assert (out.loan.file, out.loan.open, out.loan.ended_reason) == ("old.diptych", True, "")
    assert "nothing went out" in str(
        sentence_of(story_history(office.desk, story.id)[1][-1], office.open(story).policy)
    )
    assert sorted(path.name for path in tmp_path.glob("*.diptych*")) == ["new.diptych", "old.diptych"]
    assert verify(office.desk).problems == ()
    place.rmdir()
    pack(office.desk, [story.id], place, by=office["zhao"], made_for=office["li"])
    assert [one.loan.file for one in list_loans(office.desk)] == ["new.diptych"]


def test_a_story_that_is_killed_while_it_is_packed_does_not_go_out(office: Office, tmp_path: Path) -> None:
    story, target = office.story(), tmp_path / "x.diptych"
    office.through(story, [*APPROVED, "zhao:release", "zhao:kill"])

    killing = once_written(target, lambda: office.through(story, ["wang:kill"]))
    with pytest.raises(NotAllowedError, match="killed"):
        pack(office.desk, [story.id], target, by=None, progress=killing)

    assert not target.exists()
    assert list_loans(office.desk) == []


def test_a_package_that_cannot_be_sent_home_is_packed_again(office: Office, tmp_path: Path) -> None:
    story, place = office.story(), tmp_path / "home.diptych"
    pack(office.desk, [story.id], tmp_path / "x.diptych", by=None)
    unpack(tmp_path / "x.diptych", tmp_path / "small")
    with opened(tmp_path / "small") as away:
        with pytest.raises(ArchiveUnavailableError, match="cannot be written"):
            pack(away, [], place, by=None, progress=once_written(place, place.mkdir))
        place.rmdir()
        first = next(open_story(away, story.id).story.content.segments())
        edit_story(away, story.id, [set_target(first, "Written away.")], by=office["li"])
        pack(away, [], place, by=office["li"])
        assert verify(away).problems == ()
    home(office, place)
    assert office.segments(story)[0].target == "Written away."


@pytest.mark.parametrize(("what", "advice"), [("pack", "end the loan"), ("export", "to another place")])
def test_what_can_neither_be_written_nor_taken_back_is_told(
    office: Office, tmp_path: Path, what: str, advice: str
) -> None:
    story, target = office.story(), tmp_path / "x.out"
    office.through(story, APPROVED)

    done = cut_short(office, what, "stuck", story, target)

    assert done.returncode == 0, done.stderr
    assert "cannot be written" in done.stdout
    assert advice in done.stdout
    assert len(list_loans(office.desk) if what == "pack" else sent_out(office.desk, story.id)) == 1


# Exports


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_killed_export_leaves_no_file_that_a_kill_would_not_name(office: Office, tmp_path: Path, moment: str) -> None:
    story, target = office.story(), tmp_path / "x.xml"
    office.through(story, APPROVED)

    killed(office, "export", moment, story, target)

    assert [one.files for one in sent_out(office.desk, story.id)] == [("x.xml",)]
    assert target.exists() is (moment == "after")


def test_an_export_that_cannot_be_recorded_leaves_the_house_as_it_was(office: Office, tmp_path: Path) -> None:
    stories = [office.story(), office.story()]
    for story in stories:
        office.through(story, APPROVED)
    (tmp_path / f"{stories[0].slug}.nitf.xml").write_text("of before")
    refuse_events(office, "stories exported")

    with pytest.raises(Exception, match="refused"):
        export(office.desk, [story.id for story in stories], "nitf", tmp_path)

    assert (tmp_path / f"{stories[0].slug}.nitf.xml").read_text() == "of before"
    assert not (tmp_path / f"{stories[1].slug}.nitf.xml").exists()
    assert not list(tmp_path.glob("*.part"))


def test_an_export_that_cannot_be_written_is_not_told_as_sent(office: Office, tmp_path: Path) -> None:
    stories = [office.story(), office.story()]
    for story in stories:
        office.through(story, APPROVED)
    first, second = (tmp_path / f"{story.slug}.nitf.xml" for story in stories)
    first.write_text("of before")
    second.mkdir()

    with pytest.raises(ArchiveUnavailableError, match="cannot be written"):
        export(office.desk, [story.id for story in stories], "nitf", tmp_path)

    assert first.read_text() == "of before"
    assert sent_out(office.desk, stories[0].id) == []
    assert sorted(path.name for path in tmp_path.glob("story-*")) == sorted([first.name, second.name])
    second.rmdir()
    export(office.desk, [story.id for story in stories], "nitf", tmp_path)
    assert [one.files for one in sent_out(office.desk, stories[0].id)] == [(first.name,)]
    assert verify(office.desk).problems == ()


def embargoed(office: Office, story: Story) -> None:
    until = stamp(office.desk.now() + timedelta(days=1))
    embargoes.set_embargo(office.desk, story.id, until=until, zone="UTC", by=office["zhao"], reason="The visit.")


MEANWHILE: dict[str, tuple[tuple[str, ...], Callable[[Office, Story], object], str]] = {
    "killed": ((*APPROVED, "zhao:release", "zhao:kill"), lambda o, s: o.through(s, ["wang:kill"]), "killed"),
    "withdrawn": (APPROVED, lambda o, s: o.through(s, ["zhao:withdraw"]), "not approved"),
    "embargoed": (APPROVED, embargoed, "changed while"),
    "corrected": (
        (*APPROVED, "zhao:release", "zhao:correct", "li:edit", "li:submit", "wang:claim", "wang:sign", "zhao:sign"),
        lambda o, s: o.through(s, ["zhao:release"]),
        "changed while",
    ),
}


@pytest.mark.parametrize("what", MEANWHILE)
def test_what_may_not_leave_any_more_stays_in(office: Office, tmp_path: Path, what: str) -> None:
    story, (steps, meanwhile, why) = office.story(), MEANWHILE[what]
    office.through(story, steps)

    with pytest.raises(NotAllowedError, match=why):
        export(
            office.desk, [story.id], "nitf", tmp_path / "x.xml", progress=at_the_end(lambda: meanwhile(office, story))
        )

    assert list(tmp_path.glob("x.xml*")) == []
    assert sent_out(office.desk, story.id) == []


def test_a_draft_goes_out_though_somebody_types_meanwhile(office: Office, tmp_path: Path) -> None:
    story = office.story()
    typing = at_the_end(lambda: office.write(story, "Typed meanwhile."))
    (file,) = export(office.desk, [story.id], "nitf", tmp_path / "x.xml", draft=True, progress=typing)
    assert "Typed meanwhile" not in file.path.read_text("utf-8")
    assert office.segments(story)[1].target == "Typed meanwhile."


# Files


def test_of_several_files_all_are_written_or_none(tmp_path: Path) -> None:
    (tmp_path / "1").write_text("of before")
    (tmp_path / "3").mkdir()

    with pytest.raises(ArchiveUnavailableError) as refused:
        write_files([(tmp_path / name, b"new") for name in ("1", "2", "3", "4")])

    assert refused.value.subject == str(tmp_path / "3")
    assert (tmp_path / "1").read_text() == "of before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "3"]
    (tmp_path / "3").rmdir()
    write_files([(tmp_path / name, b"new") for name in ("1", "2", "3", "4")])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys("1234", b"new")
