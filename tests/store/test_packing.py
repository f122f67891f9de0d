"""Packing stories for offline work: one file and one note, whole or not at all; others go on working."""

import hashlib
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from office import Office, counting, ticking
from PIL import Image

from desktop_app.desk import pictures, publishing
from desktop_app.desk.comments import comment
from desktop_app.desk.desk import Desk, Progress
from desktop_app.desk.loans import ListedLoan, end_loan, end_loans, list_loans, out_by_story
from desktop_app.desk.memory import add_units
from desktop_app.desk.packing import pack, survey
from desktop_app.desk.verification import verify
from desktop_app.domain.digest import content_digest
from desktop_app.domain.loans import PACKED_AGAIN, STORY_DROPPED, STORY_RELEASED, ended
from desktop_app.domain.memory import MemoryUnit
from desktop_app.domain.story import Story
from desktop_app.exchange.packages.container import OpenContainer
from desktop_app.exchange.packages.work_package import WorkPackage, master_part, read_package
from desktop_app.foundation.errors import (
    ArchiveUnavailableError,
    CancelledError,
    NotAllowedError,
    WrongUsageError,
)
from desktop_app.foundation.messages import N_
from desktop_app.store import loans as loan_store
from desktop_app.store import people as people_store
from desktop_app.store.archive import Archive


def read(path: Path) -> WorkPackage:
    with OpenContainer(io.BytesIO(path.read_bytes()), path.name) as container:
        return read_package(container)


def loans(office: Office) -> list[ListedLoan]:
    return list_loans(office.desk, open_only=False)


def with_picture(office: Office, story: Story, folder: Path) -> str:
    """Put a picture of its own into a story; return its digest."""
    file = folder / "1.jpg"
    Image.new("RGB", (64, 48), (200, 30, 30)).save(file, quality=90)
    added = pictures.add_pictures(office.desk, [file], by=office["sun"])
    pictures.place_picture(office.desk, story.slug, added.pictures[0].picture.id, by=office["li"])
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_package_carries_the_story_with_all_that_is_said_about_it(office: Office, tmp_path: Path) -> None:
    story = office.story()
    digest = with_picture(office, story, tmp_path)
    office.through(story, ["li:submit", "wang:claim", "wang:edit"])
    noted = comment(office.desk, story.id, "1", "Is this his title?", by=office["wang"]).comment
    packed = pack(office.desk, [story.slug], tmp_path / "x.diptych", by=office["zhao"], made_for=office["wang"])
    package = read(tmp_path / "x.diptych")
    (carried,) = package.stories
    file = office.open(story)
    assert carried.content == carried.base == file.story.content
    assert carried.signoffs == file.signoffs
    assert carried.comments == (noted,)
    assert carried.facts.claim == file.situation.claim
    assert {version.digest for version, _ in carried.versions} >= {one.digest for one in file.signoffs}
    assert {row["person"] for row in carried.rows["wordings"]} >= {office["wang"].id}
    assert [one.picture.sha256 for one in package.pictures] == [digest]
    assert {person.id for person in package.people} == {person.id for person in office.people.values()}
    assert (package.made_by, package.made_for) == (office["zhao"].id, office["wang"].id)
    assert package.id == packed.package
    with OpenContainer(io.BytesIO((tmp_path / "x.diptych").read_bytes()), "x") as container:
        assert hashlib.sha256(container.read(master_part(digest))).hexdigest() == digest


def test_the_memory_that_matters_goes_along_and_the_rest_stays(office: Office, tmp_path: Path) -> None:
    story = office.story()
    units = [
        MemoryUnit("第0段第一句！", "Near."), MemoryUnit("第0段第一句。", "The same."),
        MemoryUnit("完全不同的一句话，关于天气预报。", "Far."),
    ]  # fmt: skip
    add_units(office.desk, units, origin="old.tmx", digest="0" * 64, by=office["sun"])
    pack(office.desk, [story.id], tmp_path / "x.diptych", by=None)
    assert {unit.target for unit in read(tmp_path / "x.diptych").memory} == {"Near.", "The same."}


def test_packing_notes_who_has_what_since_when_and_others_can_still_work(office: Office, tmp_path: Path) -> None:
    story = office.story()
    before = office.open(story)
    pack(office.desk, [story.id], tmp_path / "x.diptych", by=office["zhao"], made_for=office["li"])
    (out,) = loans(office)
    assert (out.slug, out.name, out.loan.open, out.late) == (story.slug, "LI Wei", True, False)
    assert (out.loan.file, out.loan.digest, out.loan.packed_by) == ("x.diptych", before.digest, office["zhao"].id)
    assert str(out.loan.version) == str(before.story.version)
    office.write(story, "Written meanwhile.")
    with office.desk.archive.read() as session:
        base = loan_store.base(session, out.loan.id)
    assert content_digest(base) == before.digest != office.open(story).digest
    assert verify(office.desk).problems == ()


def test_packing_again_for_the_same_person_takes_the_place_of_the_old_loan(office: Office, tmp_path: Path) -> None:
    story = office.story()
    for name, holder in (("1", "li"), ("2", "wang"), ("3", "li")):
        pack(office.desk, [story.id], tmp_path / f"{name}.diptych", by=office["zhao"], made_for=office[holder])
    assert [(one.name, one.loan.file) for one in list_loans(office.desk)] == [
        ("LI Wei", "3.diptych"),
        ("WANG Min", "2.diptych"),
    ]
    (old,) = [one for one in loans(office) if not one.loan.open]
    assert (old.loan.file, old.loan.ended_reason) == ("1.diptych", PACKED_AGAIN)
    assert "again" in str(ended(old.loan))
    assert [one.loan.file for one in out_by_story(office.desk)[story.id]] == ["3.diptych", "2.diptych"]


def test_two_packages_for_nobody_in_particular_are_two_loans(office: Office, tmp_path: Path) -> None:
    story = office.story()
    pack(office.desk, [story.id], tmp_path / "1.diptych", by=None)
    pack(office.desk, [story.id], tmp_path / "2.diptych", by=None)
    assert len(list_loans(office.desk)) == 2


def test_the_same_input_makes_the_same_bytes(office: Office, tmp_path: Path) -> None:
    story = office.story()
    with_picture(office, story, tmp_path)
    office.desk.archive.copy_database(tmp_path / "copy")
    made = []
    for number in (1, 2):
        ids, now = counting(10**9), ticking()
        office.desk.new_id, office.desk.now = ids, now
        pack(office.desk, [story.id], tmp_path / f"{number}.diptych", by=None)
        made.append((tmp_path / f"{number}.diptych").read_bytes())
        office.desk.close()
        office.desk.archive.database.write_bytes((tmp_path / "copy").read_bytes())
        office.desk = Desk(Archive(office.desk.folder, now=now, new_id=ids, account="tester"), now, ids)
    assert made[0] == made[1]


def test_a_loan_is_ended_by_hand_with_a_reason(office: Office, tmp_path: Path) -> None:
    story = office.story()
    for holder in ("li", "wang"):
        pack(office.desk, [story.id], tmp_path / "x.diptych", by=None, made_for=office[holder])
    with pytest.raises(NotAllowedError):
        end_loans(office.desk, story.id, reason=" ", by=office["zhao"])
    end_loans(office.desk, story.slug, reason="laptop lost", by=office["zhao"], holder=office["li"])
    assert [one.name for one in list_loans(office.desk)] == ["WANG Min"]
    end_loans(office.desk, story.slug, reason="gone", by=office["zhao"])
    assert list_loans(office.desk) == []
    with pytest.raises(WrongUsageError):
        end_loans(office.desk, story.slug, reason="gone", by=office["zhao"])
    assert verify(office.desk).problems == ()


def test_one_loan_is_ended_and_no_other(office: Office, tmp_path: Path) -> None:
    story = office.story()
    for number, holder in enumerate(("li", None, "wang", None)):
        made_for = office[holder] if holder else None
        pack(office.desk, [story.id], tmp_path / f"{number}.diptych", by=office["sun"], made_for=made_for)
    before = list_loans(office.desk)
    one = next(one for one in before if one.loan.holder is None)

    end_loan(office.desk, one.loan.id, reason="laptop  lost", by=office["zhao"])

    assert [left.loan.id for left in list_loans(office.desk)] == [
        left.loan.id for left in before if left.loan.id != one.loan.id
    ]
    with pytest.raises(WrongUsageError, match="not out"):
        end_loan(office.desk, one.loan.id, reason="again", by=office["zhao"])
    with pytest.raises(WrongUsageError, match="no such loan"):
        end_loan(office.desk, "nothing", reason="again", by=office["zhao"])
    (ended_one,) = [left for left in loans(office) if not left.loan.open]
    assert (ended_one.loan.ended_by, ended_one.loan.ended_reason) == (office["zhao"].id, "laptop lost")
    assert verify(office.desk).problems == ()


def test_whoever_neither_packed_nor_has_it_ends_no_loan(office: Office, tmp_path: Path) -> None:
    story = office.story()
    for holder in ("li", "wang"):
        pack(office.desk, [story.id], tmp_path / "x.diptych", by=office["sun"], made_for=office[holder])
    with pytest.raises(NotAllowedError, match="whoever packed it") as refused:
        end_loans(office.desk, story.id, reason="gone", by=office["li"])
    assert "SUN Yue" in str(refused.value.advice and refused.value.advice.values)
    assert len(list_loans(office.desk)) == 2, "none is ended where one may not be"
    end_loans(office.desk, story.id, reason="gone", by=office["li"], holder=office["li"])
    assert [one.name for one in list_loans(office.desk)] == ["WANG Min"]
    end_loans(office.desk, story.id, reason="gone", by=office["sun"])
    assert list_loans(office.desk) == []


def test_a_loan_that_is_over_stays_as_it_ended(office: Office, tmp_path: Path) -> None:
    story = office.story()
    pack(office.desk, [story.id], tmp_path / "x.diptych", by=None, made_for=office["li"])
    (one,) = list_loans(office.desk)
    end_loan(office.desk, one.loan.id, reason="laptop lost", by=office["li"])
    with office.desk.archive.write() as unit:
        loan_store.end(unit.session, one.loan.id, at=unit.at, by=office["zhao"].id, reason="another")
        unit.record("loan ended")
    (now,) = loans(office)
    assert (now.loan.ended_by, now.loan.ended_reason) == (office["li"].id, "laptop lost")


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        (["li:drop"], STORY_DROPPED),
        (["li:submit", "wang:claim", "wang:sign", "zhao:sign", "zhao:release"], STORY_RELEASED),
    ],
)
def test_nobody_has_a_story_any_more_that_is_settled_here(
    office: Office, tmp_path: Path, steps: list[str], reason: str
) -> None:
    story = office.story()
    for holder in ("li", "wang"):
        pack(office.desk, [story.id], tmp_path / "x.diptych", by=None, made_for=office[holder])
    office.through(story, steps[:-1])
    assert len(list_loans(office.desk)) == 2
    office.through(story, steps[-1:])
    assert list_loans(office.desk) == []
    assert {one.loan.ended_reason for one in loans(office)} == {reason}
    assert verify(office.desk).problems == ()


def test_what_cannot_be_packed_is_refused(office: Office, tmp_path: Path) -> None:
    story = office.story()
    with pytest.raises(WrongUsageError, match="no story to pack"):
        pack(office.desk, [], tmp_path / "x.diptych", by=None)
    with pytest.raises(WrongUsageError, match="no story"):
        pack(office.desk, ["nowhere"], tmp_path / "x.diptych", by=None)
    with pytest.raises(WrongUsageError, match="folder"):
        pack(office.desk, [story.id], tmp_path, by=None)
    office.through(story, ["li:submit", "wang:claim", "wang:sign", "zhao:sign", "zhao:release"])
    publishing.kill(office.desk, story.id, by=office["zhao"], note="wrong")
    publishing.kill(office.desk, story.id, by=office["wang"], note="wrong")
    with pytest.raises(NotAllowedError, match="killed"):
        pack(office.desk, [story.id], tmp_path / "x.diptych", by=None)
    assert list(tmp_path.glob("*.diptych*")) == []


def test_a_stopped_packing_leaves_no_file_and_no_loan(office: Office, tmp_path: Path) -> None:
    stories = [office.story() for _ in range(3)]
    with_picture(office, stories[0], tmp_path)
    asked = 0

    def stop_at(last: int) -> Progress:
        nonlocal asked
        asked = 0

        def check() -> None:
            nonlocal asked
            asked += 1
            if asked > last:
                raise CancelledError(N_("stopped"))

        return Progress(check=check)

    target = tmp_path / "x.diptych"
    stops = 0
    for last in range(50):
        try:
            pack(office.desk, [s.id for s in stories], target, by=None, progress=stop_at(last))
            break
        except CancelledError:
            stops += 1
            assert list(tmp_path.glob("*.diptych*")) == []
            assert loans(office) == []
    assert stops > 4
    assert len(loans(office)) == 3


def test_a_target_that_cannot_be_written_leaves_no_loan(office: Office, tmp_path: Path) -> None:
    story = office.story()
    (tmp_path / "file").write_text("in the way")
    targets = (tmp_path / "file" / "x.diptych", Path("/proc/none/x.diptych"), tmp_path / ("x" * 300))
    for target in targets:
        with pytest.raises(ArchiveUnavailableError) as refused:
            pack(office.desk, [story.id], target, by=None)
        assert refused.value.subject == str(target)
    assert loans(office) == []


def test_names_of_earlier_times_that_do_not_print_are_not_packed(office: Office, tmp_path: Path) -> None:
    story = office.story()
    with office.desk.archive.write() as unit:
        people_store.change(unit.session, replace(office["li"], name="LI\u202e Wei"))
        unit.record("person changed")
    with pytest.raises(NotAllowedError, match=re.escape("LI<U+202E> Wei")):
        pack(office.desk, [story.id], tmp_path / "x.diptych", by=None)


def test_a_full_disk_leaves_no_file_and_no_loan(office: Office, tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    story = office.story()
    target = tmp_path / "x.diptych"
    Path(f"{target}.part").symlink_to("/dev/full")
    with pytest.raises(ArchiveUnavailableError, match="room"):
        pack(office.desk, [story.id], target, by=None)
    assert list(tmp_path.glob("*.diptych*")) == []
    assert loans(office) == []


def test_an_archive_that_can_only_be_read_packs_nothing(office: Office, tmp_path: Path) -> None:
    story = office.story()
    office.desk.archive.writable = False
    with pytest.raises(ArchiveUnavailableError):
        pack(office.desk, [story.id], tmp_path / "x.diptych", by=None)
    assert list(tmp_path.glob("*.diptych*")) == []


def test_a_damaged_master_stops_the_packing(office: Office, tmp_path: Path) -> None:
    story = office.story()
    digest = with_picture(office, story, tmp_path)
    path = office.desk.originals.path(digest)
    assert path is not None
    path.chmod(0o644)
    path.write_bytes(b"altered")
    with pytest.raises(ArchiveUnavailableError):
        pack(office.desk, [story.id], tmp_path / "x.diptych", by=None)
    assert list(tmp_path.glob("*.diptych*")) == []
    assert loans(office) == []


def test_a_survey_counts_what_goes_along(office: Office, tmp_path: Path) -> None:
    story = office.story(paragraphs=3)
    digest = with_picture(office, story, tmp_path)
    path = office.desk.originals.path(digest)
    assert path is not None
    found = survey(office.desk, [story.slug])
    assert (found.stories, found.segments, found.pictures, found.picture_bytes) == (1, 7, 1, path.stat().st_size)
