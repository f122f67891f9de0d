"""When the program itself is wrong: the traceback goes to the log, a sentence to the person, and the work goes on."""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.texts import Texts

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

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.critical("nobody caught this", exc_info=(kind, error, trace))
        self.happened.emit()


def ask_to_lose(window: QWidget, texts: Texts, close: Callable[[], None]) -> None:
    """Ask whether to close although the last words cannot be saved: a full disk must not hold a person for ever."""
    box = QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(texts(N_("Not saved")))
    box.setText(texts(N_("The last words typed cannot be saved now.")))
    box.setInformativeText(texts(N_("Stay, and Diptych goes on trying. Or copy them, and close without them.")))
    lose = box.addButton(texts(N_("Close and lose them")), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(texts(N_("Stay")), QMessageBox.ButtonRole.RejectRole))
    lose.clicked.connect(close)
    box.open()
