"""Rules of the house that no linter knows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

CODE = sorted((ROOT / "desktop_app").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
_NETWORK = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "QtNetwork"}
_VAGUE = re.compile(r"(Manager|Helper|Utils|Misc|Common)$")
_LONGEST_ROOM = 400


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_nothing_reaches_for_the_network(path: Path) -> None:
    for name in imports(path):
        assert name not in _NETWORK
        assert name.split(".")[0] not in _NETWORK - {"urllib.request"}
        assert not name.endswith("QtNetwork")


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_rooms_are_small_and_names_say_something(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= _LONGEST_ROOM
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            assert not _VAGUE.search(node.name)


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_nobody_turns_the_event_loop_by_hand(path: Path) -> None:
    assert "processEvents(" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_what_outlives_a_window_calls_no_lambda_of_it(path: Path) -> None:
    """Qt lets go of a method when its object goes, but of a lambda never: it would run for a widget that is gone."""
    assert not re.search(r"\b(look|bus)\.changed\.connect\(lambda", path.read_text("utf-8"))


def test_tests_do_not_sleep() -> None:
    for path in TESTS:
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        names = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
        assert not names & {"sleep", "qWait", "qSleep"}, name_of(path)


def test_every_bundled_folder_has_its_licence_on_record() -> None:
    recorded = (ROOT / "resources" / "LICENSES.md").read_text("utf-8")
    for folder in (ROOT / "resources").iterdir():
        if folder.is_dir():
            assert f"{folder.name}/" in recorded


def test_project_speaks_of_itself_alone() -> None:
    """No path of a developer's machine and no registry's host name stands in what is shipped."""
    shipped = [*CODE, *(ROOT / "packaging").rglob("*.*"), *(ROOT / "resources").rglob("*.md"), *ROOT.glob("*.*")]
    for path in shipped:
        if path.suffix not in {".py", ".md", ".sh", ".toml", ".spec", ".xml"}:
            continue
        text = path.read_text("utf-8")
        for word in ("/work/", "/root/", "pypi" + ".org", "files.pythonhosted" + ".org"):
            assert word not in text, f"{name_of(path)}: {word}"
