"""How long from typing the command to a usable window, beside a bare Qt window in the same run."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop_app.desk.samples import make_sample

_STARTS = 5
_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1280, 800)
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""
# The program's own way in; it ends as soon as the list of stories has been painted.
_OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from desktop_app.foundation.settings import SettingsFile
from desktop_app.gui import app as program
application = program._application()
made = program.Program(application, SettingsFile())
window = made.open_window(Path(sys.argv[1]))
window.archive_shown.connect(lambda: QTimer.singleShot(0, lambda: (window.grab(), application.quit())))
application.exec()
window.close()
"""


def _seconds(code: str, *arguments: str) -> float:
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, env=environment)
    return time.perf_counter() - started


@pytest.mark.bench
def bench_window_open_to_usable(tmp_path: Path) -> None:
    make_sample(tmp_path / "archive").close()
    _seconds(_BARE)
    _seconds(_OURS, str(tmp_path / "archive"))
    bare = [_seconds(_BARE) for _ in range(_STARTS)]
    ours = [_seconds(_OURS, str(tmp_path / "archive")) for _ in range(_STARTS)]
    ratio = statistics.median(ours) / statistics.median(bare)
    print(
        f"\nwindow open to usable, whole process, median of {_STARTS}: {statistics.median(ours) * 1000:.0f} ms; "
        f"bare QMainWindow {statistics.median(bare) * 1000:.0f} ms; ratio {ratio:.1f}"
    )
