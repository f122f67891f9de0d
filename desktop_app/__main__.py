"""Open the window or run a command; nothing else.

Each way loads only its own parts: the window must not wait for the commands, and commands run where Qt is absent.
"""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path


def main() -> int:
    """Run the program with the arguments of the process and return its exit code."""
    words = sys.argv[1:]
    if _only_an_archive(words):
        named = words[-1] if words else os.environ.get("DIPTYCH_ARCHIVE")
        return _open_window(Path(named) if named else None)
    from desktop_app.cli.program import run  # noqa: PLC0415 - see the module's docstring

    return run(words, window=_open_window, probe_window=_probe_window)


def _only_an_archive(words: Sequence[str]) -> bool:
    """Whether the words name no command and at most an archive, so that the window is wanted."""
    return not words or (len(words) == 2 and words[0] in {"-a", "--archive"})


def _open_window(archive: Path | None) -> int:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until the window has its own way to stop there is nothing to save
    from desktop_app.gui.app import run_window  # noqa: PLC0415 - see the module's docstring

    return run_window(archive)


def _probe_window() -> None:
    from desktop_app.gui.app import probe_window  # noqa: PLC0415 - see the module's docstring

    probe_window()


if __name__ == "__main__":
    sys.exit(main())
