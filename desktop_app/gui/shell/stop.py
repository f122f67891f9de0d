"""Closing the window when the system asks the program to end (Ctrl+C in a terminal, the end of a session)."""

import os
import signal
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

_SIGNALS = tuple(
    number for name in ("SIGINT", "SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None
)


class Stop(QObject):
    """Calls ``close`` on the GUI thread for each such signal. Python alone would wait for its next own instruction."""

    def __init__(self, close: Callable[[], None]) -> None:
        super().__init__()
        self._close = close
        self._read, self._write = os.pipe()
        os.set_blocking(self._read, False)
        os.set_blocking(self._write, False)
        self._woken = QSocketNotifier(self._read, QSocketNotifier.Type.Read, self)
        self._woken.activated.connect(self._on_woken)
        self._handlers = {number: signal.signal(number, lambda *_: None) for number in _SIGNALS}
        self._descriptor = signal.set_wakeup_fd(self._write)

    def remove(self) -> None:
        """Let the signals do what they did before."""
        signal.set_wakeup_fd(self._descriptor)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._woken.setEnabled(False)
        os.close(self._read)
        os.close(self._write)

    def _on_woken(self) -> None:
        if set(os.read(self._read, 64)) & set(_SIGNALS):
            self._close()
