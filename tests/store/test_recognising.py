"""What a file is to an archive: told by little, so that a large package is read when something is done with it."""

from pathlib import Path

import pytest
from journeys import Roads, home, send
from office import Office

from desktop_app.desk.desk import SILENT, Progress
from desktop_app.desk.exporting import export
from desktop_app.desk.recognising import Errand, errand_of
from desktop_app.foundation.errors import CancelledError, InputRefusedError
from desktop_app.foundation.messages import N_


@pytest.fixture
def roads(tmp_path: Path) -> Roads:
    return Roads(tmp_path)


def damaged(path: Path, at: int) -> Path:
    """The file with one byte of its first part turned round."""
    data = bytearray(path.read_bytes())
    data[at] ^= 0xFF
    path.write_bytes(data)
    return path


def test_what_went_out_from_here_comes_home_and_any_other_package_is_opened(office: Office, roads: Roads) -> None:
    there = roads.out(office, [office.story()])
    foreign = send(there, [there.story()], roads.file(), by="li")
    ours = roads.back(there)
    other = Office.founded(roads.folder())
    assert [errand_of(office.desk, path) for path in (ours, foreign)] == [Errand.HOME, Errand.HOME]
    assert [errand_of(other.desk, path) for path in (ours, foreign)] == [Errand.OPEN, Errand.OPEN]
    other.desk.close()


def test_a_package_is_told_by_its_manifest_and_nothing_of_it_is_trusted(office: Office, roads: Roads) -> None:
    path = damaged(roads.back(roads.out(office, [office.story()])), 60)
    assert errand_of(office.desk, path) is Errand.HOME
    with pytest.raises(InputRefusedError):
        home(office, path)


def test_a_package_that_says_nothing_is_brought_home_to_be_told_what_is_wrong(office: Office, roads: Roads) -> None:
    path = roads.file()
    path.write_bytes(b"PK\x03\x04 and no more")
    assert errand_of(office.desk, path) is Errand.HOME


def test_a_text_is_imported_and_a_review_document_of_here_comes_home(office: Office, tmp_path: Path) -> None:
    story = office.story()
    (made,) = export(office.desk, [story.id], "docx-review", tmp_path / "a.docx", draft=True, by=office["li"])
    plain = tmp_path / "plain.xliff"
    plain.write_text("no such thing")
    assert [errand_of(office.desk, path) for path in (made.path, plain)] == [Errand.HOME, Errand.IMPORT]


def test_a_person_can_stop_it(office: Office, tmp_path: Path) -> None:
    (made,) = export(office.desk, [office.story().id], "docx-review", tmp_path / "a.docx", draft=True, by=office["li"])

    def stop() -> None:
        raise CancelledError(N_("stopped"))

    with pytest.raises(CancelledError):
        errand_of(office.desk, made.path, progress=Progress(SILENT.report, stop))
