"""Draw the window's screens and states on the sample archive: every one in both themes and both languages.

    python packaging/make_screenshots.py [--size 1280x800] [--only NAME]

All go to out/screenshots; those that the README shows also to resources/screenshots. Run by ``make screenshots``.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog
from screens import ROOT, SCREENS, Stage, wait_until
from states import STATES, Prepared

from desktop_app.desk.samples import make_sample
from desktop_app.foundation.settings import SettingsFile
from desktop_app.gui.app import Program

OUT = ROOT / "out" / "screenshots"
SHOWN = ROOT / "resources" / "screenshots"
IN_README = {"matches-light-en", "changes-dark-en"}


def draw(sample: Path, name: str, theme: str, language: str, size: tuple[int, int]) -> Path:
    """Draw one screen or state in a fresh window on a copy of the sample, and return its file."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory(prefix="diptych-screens-") as scratch:
        archive = Path(shutil.copytree(sample, Path(scratch) / sample.name))
        prepared = STATES[name].prepare(archive) if name in STATES else Prepared(archive)
        settings = SettingsFile(Path(scratch) / "settings.json")
        settings.change(theme=theme, language=language)
        program = Program(app, settings)
        window = program.open_window(prepared.archive)
        window.resize(*size)
        stage = Stage(app, window)
        if prepared.opens:
            wait_until(lambda: window.workplace is not None and window.workplace.desk is not None)
        stage.rest()
        (STATES[name].act if name in STATES else SCREENS[name])(stage)
        stage.rest()
        short = language.split("_", maxsplit=1)[0]
        file = OUT / f"{name}-{theme}-{short}{'' if size == (1280, 800) else f'-{size[0]}'}.png"
        screen = window.grab()
        dialogs = [w for w in app.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
        for dialog in dialogs:
            dialog.grab().save(str(file.with_name(f"{file.stem}-dialog.png")))
        screen.save(str(file))
        for dialog in dialogs:
            dialog.close()
        window.close()
        window.deleteLater()
        stopped = QObject()
        stopped.deleteLater()
    return file


def main() -> int:
    """Draw what is asked for; return the exit code."""
    names = [*SCREENS, *STATES]
    parser = argparse.ArgumentParser(description="Draw the window's screens.")
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--only", choices=names)
    chosen = parser.parse_args()
    width, height = (int(part) for part in chosen.size.split("x"))
    OUT.mkdir(parents=True, exist_ok=True)
    SHOWN.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="diptych-sample-") as scratch:
        make_sample(Path(scratch) / "Campus News").close()
        for name in [chosen.only] if chosen.only else names:
            for theme in ("light", "dark"):
                for language in ("en", "zh_Hans"):
                    file = draw(Path(scratch) / "Campus News", name, theme, language, (width, height))
                    print(file.relative_to(ROOT))
                    if file.stem in IN_README:
                        shutil.copyfile(file, SHOWN / file.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
