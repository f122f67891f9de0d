"""When the program itself is wrong: the traceback goes to the log, a sentence to the person, and the work goes on."""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Signal

_log = logging.getLogger(__name__)


class Trouble(QObject):
    """Stands in for ``sys.excepthook`` while the window runs; ``happened`` is told on the GUI thread, once a moment."""

    happened = Signal()

    def install(self) -> None:
        """Take over what nobody caught, on every thread."""
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self._on_exception(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.critical("nobody caught this", exc_info=(kind, error, trace))
        self.happened.emit()
