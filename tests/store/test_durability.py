"""Invariant 6: what was acknowledged is there after a kill at any moment, and nothing else is half there."""

import random
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from office import Office

from desktop_app.desk.desk import opened
from desktop_app.desk.stories import list_stories, open_story, search
from desktop_app.desk.verification import verify

TYPING = """
import sys
from pathlib import Path
from desktop_app.desk.desk import open_desk
from desktop_app.desk.editing import edit_story
from desktop_app.desk.people import list_people
from desktop_app.desk.stories import list_stories, open_story
from desktop_app.domain.edits import set_target
desk = open_desk(Path(sys.argv[1]))
story = open_story(desk, list_stories(desk)[0].summary.id).story
by = next(person for person in list_people(desk) if person.id == story.drafter)
segments = list(story.content.segments())
print("ready", flush=True)
for number in range(1_000_000):
    edits = [set_target(segment, f"Edit {number} of {place}.") for place, segment in enumerate(segments)]
    edit_story(desk, story.id, edits, by=by)
    print(number, flush=True)
"""


def killed_while_typing(folder: Path, after: float) -> int:
    """Let another process type until it is killed; return the last edit that it was told is written, or -1."""
    with subprocess.Popen([sys.executable, "-c", TYPING, str(folder)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        with suppress(subprocess.TimeoutExpired):
            process.wait(after)  # it never ends by itself
        process.kill()
        told = process.stdout.read().split("\n")[:-1]
    return int(told[-1]) if told else -1


def whole(folder: Path, acknowledged: int) -> None:
    with opened(folder) as desk:
        assert verify(desk).problems == ()
        story = open_story(desk, list_stories(desk)[0].summary.id).story
        targets = [segment.target for segment in story.content.segments()]
        if targets[0] == "Peking University Opens":
            assert acknowledged == -1
            return
        number = int(targets[0].split()[1])
        assert number in (acknowledged, acknowledged + 1), "the last acknowledged edit, or the one in the pipe"
        assert targets == [f"Edit {number} of {place}." for place in range(len(targets))], "an edit is whole or absent"
        assert search(desk, f"Edit {number}")


def try_kills(template: Path, tmp_path: Path, seed: int, times: int) -> None:
    chance = random.Random(seed)
    office = Office.moved(template, tmp_path / "archive")
    office.story(paragraphs=20)
    office.desk.close()
    for number in range(times):
        folder = tmp_path / f"killed-{number}"
        shutil.copytree(tmp_path / "archive", folder)
        whole(folder, killed_while_typing(folder, chance.uniform(0.0, 0.25)))


def test_a_kill_in_the_middle_of_a_write_loses_nothing_acknowledged(template: Path, tmp_path: Path) -> None:
    try_kills(template, tmp_path, seed=1, times=2)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(4))
def test_a_kill_at_any_moment_loses_nothing_acknowledged(template: Path, tmp_path: Path, seed: int) -> None:
    try_kills(template, tmp_path, seed=seed, times=10)


def test_a_write_ahead_log_cut_at_any_byte_gives_an_earlier_whole_state(office: Office, tmp_path: Path) -> None:
    """What a power cut leaves of the log: some first part of it, and perhaps rubbish after that."""
    story = office.story()
    archive = office.desk.archive
    for number in range(6):
        office.write(story, f"Edit {number} of 1.")
    log = archive.database.with_name("archive.sqlite-wal").read_bytes()
    base = archive.database.read_bytes()
    chance = random.Random(3)
    for number, end in enumerate(sorted(chance.sample(range(len(log)), 12))):
        folder = tmp_path / f"cut-{number}"
        (folder / "originals").mkdir(parents=True)
        (folder / "archive.sqlite").write_bytes(base)
        (folder / "archive.sqlite-wal").write_bytes(log[:end] + chance.randbytes(200))
        with opened(folder) as desk:
            assert verify(desk).problems == ()
            for listed in list_stories(desk):
                open_story(desk, listed.summary.id)
