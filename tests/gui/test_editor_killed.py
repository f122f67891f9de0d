"""Invariant 6 in the real window: a kill at any moment of typing loses at most the last second, and harms nothing."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from desktop_app.desk.desk import opened
from desktop_app.desk.people import find_person, set_current_person
from desktop_app.desk.stories import open_story
from desktop_app.desk.verification import verify

TYPIST = Path(__file__).with_name("typist.py")
STORY = "new-materials-conference"
LOST = 1.0  # seconds of typing that a kill may cost
PATIENCE = 30.0  # seconds that the window may take to come up
LONGEST = 4.0  # seconds of typing before the kill


def killed(folder: Path, config: Path, seed: int, after: float) -> tuple[list[dict], float]:
    """Let somebody type in a window on ``folder`` and kill it; return what stood on the screen, and the moment."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DIPTYCH_CONFIG_DIR": str(config)}
    told = folder.with_suffix(".jsonl")
    command = [sys.executable, str(TYPIST), str(folder), STORY, str(seed), str(told)]
    with subprocess.Popen(command, env=environment) as process:
        began = time.monotonic()
        while not (told.exists() and told.stat().st_size) and time.monotonic() < began + PATIENCE:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.02)
        with suppress(subprocess.TimeoutExpired):
            process.wait(after)  # it never ends by itself
        assert process.poll() is None, "the window was still there to be killed"
        moment = time.monotonic()
        process.kill()
    lines = told.read_text("utf-8").split("\n")[:-1]
    assert lines, "the window came up and somebody typed"
    return [json.loads(line) for line in lines], moment


def stored_rows(folder: Path) -> list[list[str]]:
    with opened(folder) as desk:
        assert verify(desk).problems == ()
        story = open_story(desk, STORY).story
        return [[s.id, s.source, s.target, s.status.value] for s in story.content.segments()]


def try_kill(sample: Path, tmp_path: Path, seed: int) -> int:
    """Kill one window; return how many acts were typed."""
    chance = random.Random(seed)
    folder = Path(shutil.copytree(sample, tmp_path / f"archive-{seed}"))
    screens, moment = killed(folder, tmp_path / f"config-{seed}", seed, chance.uniform(0.0, LONGEST))
    stored = stored_rows(folder)
    until = [screen["at"] for screen in screens[1:]] + [moment]
    recent = [screen["rows"] for screen, end in zip(screens, until, strict=True) if end >= moment - LOST]
    assert stored in recent, f"seed {seed}: what is stored stood on the screen within the last second"
    shutil.rmtree(folder)
    return len(screens)


@pytest.fixture(scope="session")
def draft(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive with the drafter of ``STORY`` at the desk."""
    folder = Path(shutil.copytree(sample_folder, tmp_path_factory.mktemp("draft") / "archive"))
    with opened(folder) as desk:
        set_current_person(desk, find_person(desk, "LI Wei"))
    return folder


def test_a_kill_while_typing_loses_at_most_a_second(draft: Path, tmp_path: Path) -> None:
    assert try_kill(draft, tmp_path, seed=1) > 0


@pytest.mark.proof
@pytest.mark.parametrize("batch", range(20))
def test_two_hundred_kills_while_typing(draft: Path, tmp_path: Path, batch: int) -> None:
    acts = sum(try_kill(draft, tmp_path, seed=100 + 10 * batch + number) for number in range(10))
    assert acts > 50
