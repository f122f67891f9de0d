"""The program as a process: stopped by hand, without a display, and with nobody who takes its answer."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.desk.desk import opened
from desktop_app.desk.memory import memory_facts
from desktop_app.desk.verification import verify
from desktop_app.foundation.settings import CONFIG_DIR
from tests.conftest import ROOT
from tests.e2e.conftest import Diptych

PROGRAM = [sys.executable, "-m", "desktop_app"]
# Sends Ctrl+C to itself when a module begins to load.
AT_IMPORT = """
import os, signal, sys
wanted = sys.argv[1]
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == wanted:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
from desktop_app.__main__ import main
sys.argv[1:] = ["list"]
sys.exit(main())
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and devices of POSIX")


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """The environment of a process without a display."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    kept.pop("QT_QPA_PLATFORM", None)
    return kept | {CONFIG_DIR: str(tmp_path / "config"), "LC_ALL": "C.UTF-8"}


@pytest.mark.parametrize("module", ["desktop_app.cli.program", "desktop_app.domain.story", "click", "babel.core"])
def test_ctrl_c_while_the_program_loads_is_one_line(surroundings: dict[str, str], module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AT_IMPORT, module],
        capture_output=True, text=True, cwd=ROOT, env=surroundings, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "diptych: Stopped; nothing was changed.\n"


@pytest.mark.parametrize("name", ["pairs.tsv", "pairs.csv", "pairs.tmx"])
def test_ctrl_c_in_an_import_is_one_line_and_takes_nothing_in(
    archive: Path, surroundings: dict[str, str], tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    if file.suffix == ".tmx":
        unit = "<tu><tuv xml:lang='zh'><seg>句{n}</seg></tuv><tuv xml:lang='en'><seg>One {n}</seg></tuv></tu>\n"
        head = "<tmx version='1.4'><header srclang='zh'/><body>"
        file.write_text(head + "".join(unit.format(n=n) for n in range(30_000)) + "</body></tmx>", "utf-8")
    else:
        mark = "\t" if file.suffix == ".tsv" else ","
        file.write_text("".join(f"句{n}{mark}Sentence {n}\n" for n in range(30_000)), "utf-8")
    # The third batch is stopped between two units, where the reader of the file waits.
    stopped = """
import os, signal, sys
from desktop_app.store import memory
insert, calls = memory._insert, []
def interrupted(*words):
    calls.append(1)
    if len(calls) == 3:
        os.kill(os.getpid(), signal.SIGINT)
    insert(*words)
memory._insert = interrupted
from desktop_app.__main__ import main
sys.exit(main())
"""
    done = subprocess.run(
        [sys.executable, "-c", stopped, "-a", str(archive), "memory", "import", str(file)],
        capture_output=True, text=True, cwd=ROOT, env=surroundings, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "diptych: Stopped; nothing was changed.\n"
    with opened(archive) as desk:
        assert memory_facts(desk).imported == 0


# Ctrl+C comes in a destructor, where Python reports it and goes on.
IN_A_DESTRUCTOR = """
import os, signal, sys
from desktop_app.desk import samples
make, calls = samples._make_story, []
class Dying:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(10):
            pass
def interrupted(*words):
    calls.append(1)
    if len(calls) == 2:
        Dying()
    make(*words)
samples._make_story = interrupted
from desktop_app.__main__ import main
sys.exit(main())
"""
# Ctrl+C comes in a function that SQLite calls, which tells of it in words of its own, and there in an ``exec``, after
# which Python would end by the signal.
IN_SQLITE = """
import os, signal, sys
from desktop_app.store.dialects import sqlite_search
def interrupted(text):
    exec("os.kill(os.getpid(), signal.SIGINT)")
    return text.strip()
sqlite_search.spelled = interrupted
from desktop_app.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize("stood", [(), ("mine.txt", "originals/mine.txt")])
def test_ctrl_c_that_python_loses_stops_the_command_and_leaves_nothing_half_made(
    surroundings: dict[str, str], tmp_path: Path, stood: tuple[str, ...]
) -> None:
    folder = tmp_path / "new" / "sample"
    for name in stood:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Mine.", "utf-8")
    before = sorted(tmp_path.rglob("*"))
    done = subprocess.run(
        [sys.executable, "-c", IN_A_DESTRUCTOR, "sample", str(folder)],
        capture_output=True, text=True, cwd=ROOT, env=surroundings, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "diptych: Stopped; nothing was changed.\n"
    assert sorted(path for path in tmp_path.rglob("*") if "config" not in path.parts) == before


def test_ctrl_c_in_what_sqlite_calls_is_one_line_and_finds_no_damage(
    archive: Path, diptych: Diptych, surroundings: dict[str, str]
) -> None:
    pair = ROOT / "resources" / "sample" / "battery-recycling-progress"
    assert diptych("import", "--source", pair / "zh.txt", "--target", pair / "en.txt").code == 0
    done = subprocess.run(
        [sys.executable, "-c", IN_SQLITE, "-a", str(archive), "verify"],
        capture_output=True, text=True, cwd=ROOT, env=surroundings, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "diptych: Stopped; nothing was changed.\n"


@pytest.mark.parametrize("words", [[], ["-q"], ["--archive", "nowhere"]])
def test_without_a_display_the_window_says_so(surroundings: dict[str, str], words: list[str]) -> None:
    if sys.platform == "darwin":
        pytest.skip("there is always a display")
    done = subprocess.run([*PROGRAM, *words], capture_output=True, text=True, cwd=ROOT, env=surroundings, check=False)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.count("\n") == 1
    assert "no display" in done.stderr
    assert "diptych --help" in done.stderr


def _proof(*values: object) -> object:
    """A case that is as good as one beside it, and for which two processes more are not started every day."""
    return pytest.param(*values, marks=pytest.mark.proof)


@pytest.mark.parametrize(
    ("words", "unbuffered"),
    [
        (["--help"], ""),
        _proof(["--help"], "1"),
        (["--version"], "1"),
        _proof(["--version"], ""),
        _proof(["style", "show", "--default"], ""),
        _proof(["style", "show", "--default"], "1"),
        (["people", "list"], ""),
        _proof(["people", "list"], "1"),
    ],
)
def test_a_full_stdout_and_one_that_nobody_reads(
    archive: Path, surroundings: dict[str, str], words: list[str], unbuffered: str
) -> None:
    around = surroundings | {"PYTHONUNBUFFERED": unbuffered, "DIPTYCH_ARCHIVE": str(archive)}
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=around, check=False
        )
    assert done.returncode == 4
    assert done.stderr.startswith("diptych: The answer cannot be written: there is no room left")
    assert done.stderr.count("\n") == 1
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*PROGRAM, *words], stdout=write, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=around, check=False
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_folder_that_cannot_be_made_is_no_archive(diptych: Diptych, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", tmp_path / ("n" * 300)):
        refused = diptych("init", folder)
        assert (refused.code, refused.out) == (4, "")
        assert str(folder) in refused.err
    if sys.platform == "linux":
        assert diptych("init", "/proc/foo").code == 4
    assert [path.name for path in tmp_path.iterdir() if path.is_dir() and path.name != "config"] == []


def test_a_file_that_cannot_be_written_is_named_as_it_was_given(
    diptych: Diptych, archive: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    folder = tmp_path / "folder.csv"
    (folder / "full").mkdir(parents=True)
    for words in (["terms", "export"], ["memory", "export"], ["rules", "export"]):
        for place in (tmp_path / "file" / "out.csv", tmp_path / ("n" * 251 + ".csv")):
            refused = diptych(*words, "-o", place)
            assert refused.code == 4
            assert refused.err.startswith(f"diptych: {place}: The file cannot be written")
    refused = diptych("terms", "export", "-o", folder)
    assert refused.code == 4
    assert refused.err.startswith(f"diptych: {folder}: ")
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["list"], _proof(["list", "--json"]), _proof(["people", "list"])]
)
def test_a_closed_stdout_is_refused_and_the_archive_stays_whole(
    archive: Path, surroundings: dict[str, str], words: list[str]
) -> None:
    around = surroundings | {"DIPTYCH_ARCHIVE": str(archive)}
    closed = ["sh", "-c", 'exec "$@" >&-', "sh", *PROGRAM]
    done = subprocess.run([*closed, *words], stderr=subprocess.PIPE, text=True, cwd=ROOT, env=around, check=False)
    assert done.returncode == 4
    assert done.stderr.startswith("diptych: The answer cannot be written: it is closed.")
    assert done.stderr.count("\n") == 1
    with opened(archive) as desk:
        assert verify(desk).problems == ()


def test_who_asks_for_no_answer_needs_no_stdout(archive: Path, surroundings: dict[str, str]) -> None:
    around = surroundings | {"DIPTYCH_ARCHIVE": str(archive)}
    closed = ["sh", "-c", 'exec "$@" >&-', "sh", *PROGRAM]
    quiet = subprocess.run(
        [*closed, "list", "-q"], stderr=subprocess.PIPE, text=True, cwd=ROOT, env=around, check=False
    )
    assert (quiet.returncode, quiet.stderr) == (0, "")
    silent = ["sh", "-c", 'exec "$@" 2>&- <&-', "sh", *PROGRAM, "verify", "--json"]
    done = subprocess.run(silent, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=around, check=False)
    assert (done.returncode, '"ok": true' in done.stdout) == (0, True)
