import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli.program import run


@dataclass
class Answer:
    """What one command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Diptych = Callable[..., Answer]


def no_window(_archive: Path | None = None) -> int:
    raise AssertionError("a command opened the window")


@pytest.fixture
def diptych(capsys: pytest.CaptureFixture[str]) -> Diptych:
    """Run a command in this process, at the archive that the test made last."""

    def call(*words: object) -> Answer:
        capsys.readouterr()
        code = run([str(word) for word in words], window=no_window, probe_window=no_window)
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return call


@pytest.fixture
def archive(diptych: Diptych, tmp_path: Path) -> Path:
    """An archive with a translator, a reviser and an editor."""
    folder = tmp_path / "archive"
    assert diptych("init", folder).code == 0
    for name, role in (("LI Wen", "translator"), ("WANG Fang", "reviser"), ("ZHAO Min", "editor")):
        assert diptych("people", "add", name, "--role", role).code == 0
    return folder
