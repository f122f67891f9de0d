"""What every test stands on: its own folders for settings, cache and log, so that none touches the user's."""

import gc
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# How busy the machine is says nothing of the program. What the suite says depends on the code alone, so its examples
# are the same in every run; `make proof` searches with many others.
settings.register_profile("diptych", deadline=None, max_examples=40, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("diptych")
gc.set_threshold(100_000, 50, 1_000)  # a test process holds many objects that live on: looking through them is dear


def pytest_xdist_auto_num_workers() -> int:
    """Half as many test processes again as processors: a window or a subprocess that is waited for takes none."""
    return (os.cpu_count() or 1) * 3 // 2


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("DIPTYCH_CONFIG_DIR", str(home / "config"))
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.delenv("DIPTYCH_ARCHIVE", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")  # never the keyring of this machine
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which the program logs a warning or worse, unless it says so with the marker ``logs``."""
    kept = _Kept()
    logger = logging.getLogger("desktop_app")
    logger.addHandler(kept)
    try:
        yield
    finally:
        logger.removeHandler(kept)
    if kept.records and request.node.get_closest_marker("logs") is None:
        pytest.fail("unexpected log: " + "; ".join(record.getMessage() for record in kept.records))
