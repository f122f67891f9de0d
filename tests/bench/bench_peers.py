"""Diptych, Lokalize and OmegaT on one virtual display with one file of 10,000 segments: what a person waits for.

Everything is seen from outside: a key goes to the X server, and the time runs until the picture changes. Debian's
packages ``lokalize`` and ``omegat`` are measured where they are installed.
"""

import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from bench_editor import big_story
from display import Display, missing

from desktop_app.desk.desk import create_desk, opened
from desktop_app.desk.exporting import export
from desktop_app.desk.people import add_person
from desktop_app.domain.people import Role
from desktop_app.store import stories as store

pytestmark = pytest.mark.bench

KEYS = 20
_OMEGAT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>ZH-CN</source_lang><target_lang>EN-US</target_lang>
<sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
"""
_WINDOW = """
import sys
from pathlib import Path
from desktop_app.foundation.settings import SettingsFile
from desktop_app.gui.app import Program, _application
app = _application()
program = Program(app, SettingsFile())
program.open_window(Path(sys.argv[1]), ["big"])
app.exec()
"""


@dataclass
class Program:
    """How a program is begun on the file, and its keys: next segment, and what closes its first dialog."""

    name: str
    command: Sequence[str]
    following: tuple[str, ...]
    first: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def display() -> Iterator[Display]:
    lacking = missing()
    if lacking:
        pytest.skip(f"no virtual display can be made here: {lacking}")
    made = Display()
    yield made
    made.close()


def programs(folder: Path) -> Iterator[Program]:
    with opened(create(folder / "archive")) as desk:
        export(desk, ["big"], "xliff", folder / "big.xlf", draft=True)
    yield Program("Diptych", [sys.executable, "-c", _WINDOW, str(folder / "archive")], ("Control_L", "Down"))
    if shutil.which("lokalize") and shutil.which("dbus-run-session"):
        config = folder / "config"
        config.mkdir()
        (config / "lokalizerc").write_text(
            "[Identity]\nauthorName=Bench\nauthorEmail=b@example.org\nDefaultLangCode=en\n"
            "DefaultMailingList=b@example.org\n"
        )
        (config / "kdeglobals").write_text("[KDE]\nCursorBlinkRate=0\n")
        command = ["dbus-run-session", "--", "lokalize", str(folder / "big.xlf")]
        yield Program("Lokalize", command, ("Next",), environment={"XDG_CONFIG_HOME": str(config)})
    if shutil.which("omegat"):
        project = folder / "project"
        for name in ("source", "target", "omegat", "tm", "glossary", "dictionary"):
            (project / name).mkdir(parents=True)
        (project / "omegat.project").write_text(_OMEGAT)
        shutil.copy(folder / "big.xlf", project / "source")
        home = {"_JAVA_OPTIONS": f"-Duser.home={folder}"}
        yield Program("OmegaT", ["omegat", str(project)], ("Return",), ("Escape",), home)


def create(folder: Path) -> Path:
    desk = create_desk(folder)
    with desk.archive.write() as unit:
        store.add(unit.session, big_story(), at=unit.at)
        unit.record("story imported", story="big")
    add_person(desk, "BENCH One", roles={Role.TRANSLATOR})
    desk.close()
    return folder


def resident(group: int) -> float:
    """Megabytes that all processes of a group hold, each page counted once a process."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[2]) == group:
                total += int(stat.with_name("statm").read_text().split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
    return total * os.sysconf("SC_PAGE_SIZE") / 2**20


def measure(program: Program, display: Display) -> str:
    environment = {**display.environment, **program.environment}
    process = subprocess.Popen(
        program.command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        began = time.perf_counter()
        display.until_change(lambda: None, longest=60)
        shown = time.perf_counter() - began + display.settled(quiet=4)
        if program.first:
            display.key(*program.first)
            display.settled()
        following, typed = [], []
        for _ in range(KEYS):
            following.append(display.until_change(lambda: display.key(program.following[-1], *program.following[:-1])))
            display.settled(quiet=0.1, longest=0.5)
        for letter in "cooperation" * (KEYS // 10):
            typed.append(display.until_change(lambda letter=letter: display.key(letter)))
            display.settled(quiet=0.1, longest=0.5)
        memory = resident(process.pid)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    figures = (*_median_p95(following), *_median_p95(typed))
    return f"{program.name:<10}{shown:8.2f}{memory:9.0f}" + "".join(f"{figure:9.0f}" for figure in figures)


def _median_p95(times: Sequence[float]) -> tuple[float, float]:
    return statistics.median(times), sorted(times)[int(len(times) * 0.95)]


def bench_beside_the_peers(display: Display, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [f"{'':<10}{'shown s':>8}{'MB':>9}{'next p50':>9}{'p95':>9}{'key p50':>9}{'p95':>9}   (ms, from outside)"]
    lines += [measure(program, display) for program in programs(tmp_path)]
    with capsys.disabled():
        print("\n10,000 segments, from the command to the text; next segment and a letter to the picture")
        print("\n".join(lines))
    assert len(lines) > 1
