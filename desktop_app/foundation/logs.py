"""The program's log: warnings and worse, in a file of the user's, never in the way of an answer."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from platformdirs import user_log_path


def log_file() -> Path:
    """Where the log is kept."""
    return user_log_path("diptych", appauthor=False) / "diptych.log"


def log_to_file() -> None:
    """Keep warnings in the user's log; where that cannot be written they go nowhere, which is no error."""
    root = logging.getLogger("desktop_app")
    if root.handlers:
        return
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(log_file(), maxBytes=1 << 20, backupCount=2, delay=True)
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
