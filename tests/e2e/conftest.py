import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli.program import run
from desktop_app.desk.desk import create_desk
from desktop_app.desk.people import add_person
from desktop_app.domain.people import Role
from desktop_app.foundation.settings import SettingsFile
from tests.founding import made_sample


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


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed archive with a translator, a reviser and an editor, to copy from: made anew, each would take longer."""
    folder = tmp_path_factory.mktemp("founded") / "archive"
    desk = create_desk(folder)
    for name, role in (("LI Wen", Role.TRANSLATOR), ("WANG Fang", Role.REVISER), ("ZHAO Min", Role.EDITOR)):
        add_person(desk, name, zh="", roles=[role])
    desk.close()
    return folder


@pytest.fixture
def archive(founded: Path, tmp_path: Path) -> Path:
    """An archive with a translator, a reviser and an editor; commands without ``--archive`` mean this one."""
    return opened_last(Path(shutil.copytree(founded, tmp_path / "archive")))


@pytest.fixture
def sample(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """The sample archive; commands without ``--archive`` mean this one."""
    return opened_last(Path(shutil.copytree(made_sample(tmp_path_factory), tmp_path / "sample")))


def opened_last(folder: Path) -> Path:
    """Let the settings remember an archive, as opening it does."""
    settings = SettingsFile()
    settings.take(settings.settings.with_archive(folder.resolve()))
    return folder
