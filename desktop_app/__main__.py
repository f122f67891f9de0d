"""Open the window or run a command; nothing else."""

import sys
from pathlib import Path

from desktop_app.cli.program import run


def _window(archive: Path | None) -> int:
    from desktop_app.gui.app import run_window  # noqa: PLC0415 - Qt is heavy, and commands run where it is absent

    return run_window(archive)


def _probe_window() -> None:
    from desktop_app.gui.app import probe_window  # noqa: PLC0415 - as above

    probe_window()


def main() -> int:
    """Run the program with the arguments of the process and return its exit code."""
    return run(sys.argv[1:], window=_window, probe_window=_probe_window)


if __name__ == "__main__":
    sys.exit(main())
