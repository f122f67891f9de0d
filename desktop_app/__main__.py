"""Open the window or run a command; nothing else.

Each way loads only its own parts: the window must not wait for the commands, and commands run where Qt is absent.
What is loaded here at once is little, and what comes after it may be interrupted at any moment.
"""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_INTERRUPTED = 130  # 128 + SIGINT, as shells have it


def main() -> int:
    """Run the program with the arguments of the process and return its exit code."""
    try:
        return _run(sys.argv[1:])
    except KeyboardInterrupt:  # before the command began, or after it was done
        from desktop_app.cli.interruption import tell_interrupted  # noqa: PLC0415 - see the module's docstring

        tell_interrupted()
        return _INTERRUPTED


def _run(words: Sequence[str]) -> int:
    from pathlib import Path  # noqa: PLC0415 - see the module's docstring

    if _only_an_archive(words) and _has_display():
        named = words[-1] if words else os.environ.get("DIPTYCH_ARCHIVE")
        return _open_window(Path(named) if named else None)
    from desktop_app.cli.program import run  # noqa: PLC0415 - see the module's docstring

    return run(words, window=_open_window, probe_window=_probe_window)


def _only_an_archive(words: Sequence[str]) -> bool:
    """Whether the words name no command and at most an archive, so that the window is wanted."""
    return not words or (len(words) == 2 and words[0] in {"-a", "--archive"})


def _has_display() -> bool:
    """Whether Qt finds something to draw on; where it does not, it ends the process."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _open_window(archive: "Path | None") -> int:
    import signal  # noqa: PLC0415 - see the module's docstring

    if not _has_display():
        from desktop_app.foundation.errors import ArchiveUnavailableError  # noqa: PLC0415
        from desktop_app.foundation.messages import N_  # noqa: PLC0415

        raise ArchiveUnavailableError(
            N_("There is no display for the window."),
            advice=N_("The commands need none; “diptych --help” lists them."),
        )
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until the window has its own way to stop there is nothing to save
    from desktop_app.gui.app import run_window  # noqa: PLC0415 - see the module's docstring

    return run_window(archive)


def _probe_window() -> None:
    from desktop_app.gui.app import probe_window  # noqa: PLC0415 - see the module's docstring

    probe_window()


if __name__ == "__main__":
    sys.exit(main())
