"""Memory files by command: what comes in goes out again, and a file that is refused leaves nothing behind."""

import hashlib
import json
from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import select

from desktop_app.desk import memory_files
from desktop_app.desk.desk import Desk, Progress, opened
from desktop_app.desk.memory import all_units
from desktop_app.desk.memory_files import export_memory, import_memory, write_units
from desktop_app.domain.memory import Layer, MemoryUnit
from desktop_app.exchange.xml import XML_LANG
from desktop_app.foundation.errors import ArchiveUnavailableError, CancelledError, InputRefusedError, WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.store.models import EventRow
from tests.conftest import SHARED
from tests.e2e.conftest import Diptych

HOSTILE = SHARED / "data" / "interop" / "hostile"
PAIRS = [("学校召开会议。", "The university held a meeting."), ("会议结束。", "The meeting ended.")]
TMX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
 srclang="zh-CN" datatype="plaintext"/><body>
<tu creationid="A" changeid="B" changedate="20240312T070005Z"><prop type="x-diptych-layer">signed</prop>
<prop type="x-diptych-story">018d5000-0000-7000-8000-000000000001</prop>
<tuv xml:lang="zh-CN"><seg>学校召开会议。</seg></tuv>
<tuv xml:lang="en-US"><seg>The university held a meeting.</seg></tuv></tu>
<tu><tuv xml:lang="zh-TW"><seg>會議結束。</seg></tuv><tuv xml:lang="en"><seg>The meeting ended.</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Hallo</seg></tuv><tuv xml:lang="en"><seg>Hello</seg></tuv></tu>
</body></tmx>
"""


@pytest.fixture
def tmx(tmp_path: Path) -> Path:
    path = tmp_path / "partner.tmx"
    path.write_text(TMX, "utf-8")
    return path


@pytest.fixture
def tsv(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f"{source}\t{target}\n" for source, target in PAIRS), "utf-8")
    return path


def units(archive: Path) -> list[MemoryUnit]:
    with opened(archive) as desk:
        return list(all_units(desk, tuple(Layer)))


def test_import_tells_what_came_in_and_what_did_not(diptych: Diptych, archive: Path, tmx: Path) -> None:
    done = diptych("memory", "import", tmx, "--json")
    assert done.code == 0
    assert {key: done.json[key] for key in ("added", "known", "skipped")} == {"added": 2, "known": 0, "skipped": 1}
    (file,) = done.json["files"]
    assert file["path"] == str(tmx)
    assert file["sha256"] == hashlib.sha256(tmx.read_bytes()).hexdigest()
    assert file["languages"] == {"de": 1}
    assert file["related"] == {"zh-TW": 1}
    again = diptych("memory", "import", tmx, "--json").json
    assert (again["added"], again["known"]) == (0, 2)


def test_import_is_told_to_a_person_in_words(diptych: Diptych, archive: Path, tmx: Path) -> None:
    said = diptych("memory", "import", tmx).out
    assert "2 new pairs" in said
    assert "1 unit" in said
    assert "de (1)" in said


def test_word_of_a_file_on_signatures_and_stories_is_not_believed(diptych: Diptych, archive: Path, tmx: Path) -> None:
    diptych("memory", "import", tmx)
    first = units(archive)[0]
    assert first.layer is Layer.IMPORTED
    assert (first.story, first.segment) == (None, None)
    assert (first.drafter, first.reviser, first.at) == ("A", "B", "2024-03-12T07:00:05.000000Z")
    assert first.origin == "partner.tmx"


@pytest.mark.parametrize("ending", ["tmx", "tsv", "csv"])
def test_memory_goes_from_archive_to_archive(
    diptych: Diptych, archive: Path, tsv: Path, tmp_path: Path, ending: str
) -> None:
    diptych("memory", "import", tsv)
    file = tmp_path / "out" / f"memory.{ending}"
    done = diptych("memory", "export", "-o", file, "--json")
    assert done.code == 0
    assert done.json == {
        "files": [{"path": str(file), "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}],
        "units": 2,
    }
    first = file.read_bytes()
    assert diptych("memory", "export", "-o", file).code == 0
    assert file.read_bytes() == first
    assert diptych("init", tmp_path / "other").code == 0
    assert diptych("memory", "import", file, "--json").json["added"] == 2
    assert [(unit.source, unit.target) for unit in units(tmp_path / "other")] == PAIRS


def test_only_the_layers_asked_for_go_out(diptych: Diptych, archive: Path, tsv: Path, tmp_path: Path) -> None:
    diptych("memory", "import", tsv)
    counts = {}
    for layer in ("signed", "imported", "draft"):
        counts[layer] = diptych("memory", "export", "-o", tmp_path / "a.tmx", "--layer", layer, "--json").json["units"]
    assert counts == {"signed": 0, "imported": 2, "draft": 0}
    both = diptych("memory", "export", "-o", tmp_path / "a.tmx", "--layer", "signed", "--layer", "imported", "--json")
    assert both.json["units"] == 2
    assert diptych("memory", "export", "-o", tmp_path / "a.tmx", "--layer", "secret").code == 2


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("bad.tsv", "学校\tuniversity\nno tab here\n", "line 2"),
        ("bad.tmx", TMX[:-40], "line"),
        ("bad.tmx", '<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>', "line 1"),
        ("bad.docx", "x", ""),
        ("empty.tsv", "", ""),
    ],
)
def test_file_that_is_refused_leaves_nothing_behind(
    diptych: Diptych, archive: Path, tsv: Path, tmp_path: Path, name: str, text: str, place: str
) -> None:
    bad = tmp_path / name
    bad.write_text(text, "utf-8")
    for files in ([bad], [tsv, bad], [bad, tsv]):
        done = diptych("memory", "import", *files, "--json")
        assert done.code == 3
        assert done.out == ""
        assert len(done.err.splitlines()) == 1
        assert str(bad) in done.err
        assert place in done.err
    assert units(archive) == []


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile files are not beside the checkout")
def test_hostile_files_leave_the_archive_as_it_was(diptych: Diptych, archive: Path) -> None:
    rows = (line.split("\t") for line in (HOSTILE / "expected.tsv").read_text("utf-8").splitlines()[1:])
    taken = 0
    for name, what in rows:
        if name.endswith(".tmx"):
            done = diptych("memory", "import", HOSTILE / name, "--json")
            assert done.code == (3 if what.startswith("refuse") else 0), name
            assert not done.code or (len(done.err.splitlines()) == 1 and name in done.err)
            taken += done.json["added"] if done.code == 0 else 0
    assert taken == len(units(archive)) == 1
    assert diptych("verify").code == 0


def test_missing_file_and_folder_are_refused(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    assert diptych("memory", "import", tmp_path / "none.tmx").code == 3
    assert diptych("memory", "import", tmp_path).code == 3
    assert diptych("memory", "import").code == 2


def test_place_that_cannot_be_written_is_said(diptych: Diptych, archive: Path, tsv: Path, tmp_path: Path) -> None:
    diptych("memory", "import", tsv)
    assert diptych("memory", "export", "-o", tmp_path / "memory.docx").code == 2
    assert diptych("memory", "export", "-o", tmp_path).code == 2
    assert diptych("memory", "export", "-o", tsv / "memory.tmx").code == 4


class TestAtTheDesk:
    def test_progress_goes_up_to_the_whole(self, archive: Path, tsv: Path, tmx: Path) -> None:
        told: list[tuple[int, int]] = []
        with opened(archive) as desk:
            progress = Progress(report=lambda done, total: told.append((done, total)))
            import_memory(desk, [tmx, tsv], by=None, progress=progress)
        whole = 2 * (tmx.stat().st_size + tsv.stat().st_size)
        assert {total for _, total in told} == {whole}
        assert [done for done, _ in told] == sorted(done for done, _ in told)
        assert told[-1][0] == whole

    def test_cancelled_import_leaves_nothing(self, archive: Path, tmp_path: Path) -> None:
        path = tmp_path / "long.tsv"
        path.write_text("".join(f"第{n}句。\tSentence {n}.\n" for n in range(5000)), "utf-8")
        for stop_at in (1, 3, 6):
            with opened(archive) as desk, pytest.raises(CancelledError):
                import_memory(desk, [path], by=None, progress=stopping(stop_at))
        assert units(archive) == []

    def test_cancelled_export_leaves_no_file(self, archive: Path, tsv: Path, tmp_path: Path) -> None:
        target = tmp_path / "out" / "memory.tmx"
        with opened(archive) as desk:
            import_memory(desk, [tsv], by=None)
            with pytest.raises(CancelledError):
                export_memory(desk, target, progress=stopping(2))
        assert list(target.parent.iterdir()) == []

    def test_failed_export_leaves_the_old_file(self, archive: Path, tmp_path: Path) -> None:
        target = tmp_path / "memory.tmx"
        target.write_text("old")

        def failing() -> list[MemoryUnit]:
            raise OSError(28, "No space left on device")

        with opened(archive) as desk, pytest.raises(ArchiveUnavailableError):
            write_units(desk, (unit for part in [failing] for unit in part()), target)
        assert target.read_text() == "old"
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith("memory")] == ["memory.tmx"]

    def test_any_units_can_be_written(self, archive: Path, tmp_path: Path) -> None:
        target = tmp_path / "pairs.tsv"
        with opened(archive) as desk:
            done = write_units(desk, (MemoryUnit(source, target) for source, target in PAIRS), target)
        assert done.units == 2
        assert len(target.read_text("utf-8").splitlines()) == 3

    def test_nothing_to_import_is_wrong_usage(self, archive: Path) -> None:
        with opened(archive) as desk, pytest.raises(WrongUsageError):
            import_memory(desk, [], by=None)

    def test_endings_for_a_file_dialog_are_known(self) -> None:
        assert list(memory_files.OUT) == [".tmx", ".tsv", ".csv"]
        assert set(memory_files.IN) >= {".tmx", ".tsv", ".csv"}

    def test_both_events_are_on_record(self, archive: Path, tsv: Path, tmp_path: Path) -> None:
        with opened(archive) as desk:
            import_memory(desk, [tsv], by=None)
            export_memory(desk, tmp_path / "a.tmx")
            assert operations(desk)[-1] == "memory exported"


def operations(desk: Desk) -> list[str]:
    with desk.archive.read() as session:
        return list(session.scalars(select(EventRow.operation).order_by(EventRow.sequence)))


def stopping(after: int) -> Progress:
    """A progress that is stopped at its so-manieth look."""
    looks = 0

    def check() -> None:
        nonlocal looks
        looks += 1
        if looks >= after:
            raise CancelledError(N_("Stopped; nothing was changed."))

    return Progress(check=check)


def test_story_is_exported_as_a_memory(diptych: Diptych, tmp_path: Path) -> None:
    sample = tmp_path / "sample"
    story = diptych("sample", sample, "--json").json["stories"][0]
    done = diptych("export", story, "--to", "tmx", "--draft", "-o", tmp_path / "story.tmx", "--json")
    assert done.code == 0, done.err
    diptych("init", tmp_path / "other")
    taken = diptych("memory", "import", tmp_path / "story.tmx", "--json").json
    assert taken["added"] > 3
    found = json.loads(diptych("memory", "lookup", units(tmp_path / "other")[0].source, "--json").out)
    assert found["matches"][0]["score"] >= 100


@pytest.mark.usefixtures("sample")
def test_story_is_exported_with_its_terms(diptych: Diptych, tmp_path: Path) -> None:
    story = diptych("list", "--json").json["stories"][0]["id"]
    shown = diptych("show", story, "--json").out
    assert diptych("terms", "add", "没有人提到的词", "Nothing").code == 0
    done = diptych("export", story, "--to", "tbx", "--draft", "-o", tmp_path / "story.tbx", "--json")
    assert done.code == 0, done.err
    entries = list(etree.parse(tmp_path / "story.tbx").iterfind(".//{*}conceptEntry"))
    assert entries
    for entry in entries:
        sections = (one for one in entry.iterfind("{*}langSec") if str(one.get(XML_LANG)).startswith("zh"))
        assert any(str(term.text) in shown for section in sections for term in section.iterfind(".//{*}term"))


def test_refusal_keeps_its_class(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    path.write_bytes(b"hello")
    with opened(archive) as desk, pytest.raises(InputRefusedError) as caught:
        import_memory(desk, [path], by=None)
    assert caught.value.subject == str(path)


def test_a_file_that_adds_nothing_leaves_no_event(diptych: Diptych, archive: Path, tsv: Path, tmp_path: Path) -> None:
    other = tmp_path / "german.tmx"
    other.write_text(TMX.replace("zh-CN", "de").replace("zh-TW", "de"), "utf-8")
    assert diptych("memory", "import", tsv).code == 0

    def events() -> int:
        with opened(archive) as desk, desk.archive.read() as session:
            return len(session.scalars(select(EventRow.id)).all())

    before = events()
    for file in (other, tsv, other):
        done = diptych("memory", "import", file, "--json")
        assert (done.code, done.json["added"]) == (0, 0)
    assert events() == before
