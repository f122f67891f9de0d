"""Rules of the house that no linter knows."""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.conftest import ROOT

CODE = sorted((ROOT / "desktop_app").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
_NETWORK = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "QtNetwork"}
_VAGUE = ("Manager", "Helper", "Utils", "Misc", "Common")
_LONGEST_ROOM = 400


def imports(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def holding(words: re.Pattern[str], paths: Sequence[Path] = CODE) -> Iterator[tuple[Path, str]]:
    """The files that have one of the words anywhere: those alone are worth reading as Python."""
    for path in paths:
        text = path.read_text("utf-8")
        if words.search(text):
            yield path, text


def test_nothing_reaches_for_the_network() -> None:
    def reaches(name: str) -> bool:
        first = name.split(".", maxsplit=1)[0]
        return name in _NETWORK or first in _NETWORK - {"urllib.request"} or name.endswith("QtNetwork")

    words = re.compile("|".join(name.split(".", maxsplit=1)[0] for name in _NETWORK))
    found = [(name_of(path), name) for path, text in holding(words) for name in imports(text) if reaches(name)]
    assert not found


def test_rooms_are_small() -> None:
    lines = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in CODE}
    assert not {name: count for name, count in lines.items() if count > _LONGEST_ROOM}


def test_names_say_something() -> None:
    classes = re.compile(rf"class\s+\w*({'|'.join(_VAGUE)})\b")
    assert not [(name_of(path), found[0]) for path in CODE for found in classes.finditer(path.read_text("utf-8"))]


def test_nobody_turns_the_event_loop_by_hand() -> None:
    assert not [name_of(path) for path, _ in holding(re.compile(r"processEvents\("))]


def test_what_outlives_a_window_calls_no_lambda_of_it() -> None:
    """Qt lets go of a method when its object goes, but of a lambda never: it would run for a widget that is gone."""
    lasting = re.compile(r"\b(look|bus)\.changed\.connect\(lambda")
    assert not [name_of(path) for path, _ in holding(lasting)]


def test_tests_do_not_sleep() -> None:
    sleeps = {"sleep", "qWait", "qSleep"}
    for path, text in holding(re.compile("|".join(sleeps)), TESTS):
        calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
        names = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
        assert not names & sleeps, name_of(path)


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
