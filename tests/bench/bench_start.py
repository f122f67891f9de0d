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
# Each prints the moment at which it could be used; what the interpreter does on its way out is not waited for.
_BARE = """
import sys
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1280, 800)
window.show()
QTimer.singleShot(0, lambda: (window.grab(), print(time.time(), flush=True), app.quit()))
app.exec()
"""
# The program's own way in, as ``run_window`` goes it. It says when the stories have been read and painted, and when
# everything else is there as well.
_OURS = """
import gc
import sys
import time
gc.disable()
from pathlib import Path
from PySide6.QtCore import QTimer
from desktop_app.foundation.settings import SettingsFile
from desktop_app.gui import app as program
application = program._application()
made = program.Program(application, SettingsFile())
window = made.open_window(Path(sys.argv[1]))
usable = lambda: (window.grab(), print(time.time(), flush=True))
window.archive_shown.connect(lambda: window.workplace.library.listed.connect(usable))
whole = lambda: (window.grab(), print(time.time(), flush=True), application.quit())
window.furnished.connect(lambda: QTimer.singleShot(0, whole))
application.exec()
window.close()
"""


def _seconds(code: str, *arguments: str) -> list[float]:
    """How long after its start a program printed each of its moments."""
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    started = time.time()  # the clock that two processes share
    command = [sys.executable, "-c", code, *arguments]
    answer = subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True)
    return [float(moment) - started for moment in answer.stdout.split()]


@pytest.mark.bench
def bench_window_open_to_usable(tmp_path: Path) -> None:
    make_sample(tmp_path / "archive").close()
    _seconds(_BARE)
    _seconds(_OURS, str(tmp_path / "archive"))
    bare, usable, whole = [], [], []
    for _ in range(_STARTS):  # by turns, so that what else the machine does meets both
        bare += _seconds(_BARE)
        listed, furnished = _seconds(_OURS, str(tmp_path / "archive"))
        usable.append(listed)
        whole.append(furnished)
    ratio = statistics.median(usable) / statistics.median(bare)
    print(
        f"\nwindow open to usable, from the command on, median of {_STARTS}: {statistics.median(usable) * 1000:.0f} ms "
        f"(everything there {statistics.median(whole) * 1000:.0f} ms); "
        f"bare QMainWindow {statistics.median(bare) * 1000:.0f} ms; ratio {ratio:.1f}"
    )
