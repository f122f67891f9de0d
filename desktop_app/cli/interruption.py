"""Ctrl+C: it is heard wherever it comes, and answered by one line; light, for it may come before all else.

What a destructor or the callback of a weak reference raises is reported and lost, a Ctrl+C that came just then too,
and the command would run on.
"""

import _thread
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from desktop_app.foundation.i18n import choose_language, load_catalog
from desktop_app.foundation.messages import N_
from desktop_app.foundation.settings import SettingsFile

STOPPED = N_("Stopped; nothing was changed.")
_SOON = 0.005  # seconds until what was lost is raised again: the callback is over by then


class Stop:
    """Whether Ctrl+C came while a command ran, and whether the command is over."""

    def __init__(self) -> None:
        """Nothing came yet."""
        self.heard = False
        self.over = False
        self.before = sys.unraisablehook

    def interrupt(self, _number: int, _frame: FrameType | None) -> None:
        """Stop what runs, as a handler of SIGINT."""
        self.heard = True
        raise KeyboardInterrupt

    def lost(self, unraisable: "sys.UnraisableHookArgs") -> None:
        """Say that something was lost, as ``sys.unraisablehook``; a Ctrl+C is raised again in a moment."""
        if issubclass(unraisable.exc_type, KeyboardInterrupt):
            _thread.start_new_thread(self._again, ())
        else:
            self.before(unraisable)

    def _again(self) -> None:
        time.sleep(_SOON)
        if not self.over:
            _thread.interrupt_main()


@contextmanager
def listening() -> Iterator[Stop]:
    """Lose no Ctrl+C while a command runs; whoever heeds the signal in another way already is left to it."""
    stop = Stop()
    heeds = (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    )
    handler = stop.interrupt
    if heeds:
        sys.unraisablehook = stop.lost
        signal.signal(signal.SIGINT, handler)
    try:
        yield stop
    finally:
        stop.over = True
        if heeds:
            sys.unraisablehook = stop.before
            if signal.getsignal(signal.SIGINT) is handler:  # else the window has taken it
                signal.signal(signal.SIGINT, signal.default_int_handler)


def heeded() -> None:
    """Keep the exit code ours: Python ends itself by the signal where that came in an ``exec``, until the next one."""
    exec("")


def tell_interrupted() -> None:
    """Say on stderr that the program was stopped; what comes now no longer stops it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    heeded()
    catalog = load_catalog(wanted_language(SettingsFile().settings.language))
    sys.stderr.write(f"diptych: {catalog.text(STOPPED)}\n")


def wanted_language(chosen: str) -> str:
    """The language of the interface: as set in the program, else as the system says."""
    system = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None)
    return choose_language(chosen or system)
