"""The one line that answers Ctrl+C, and the language in which it is said; light, for it may come before all else."""

import os
import signal
import sys

from desktop_app.foundation.i18n import choose_language, load_catalog
from desktop_app.foundation.messages import N_
from desktop_app.foundation.settings import SettingsFile

STOPPED = N_("Stopped; nothing was changed.")


def tell_interrupted() -> None:
    """Say on stderr that the program was stopped; what comes now no longer stops it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    catalog = load_catalog(wanted_language(SettingsFile().settings.language))
    sys.stderr.write(f"diptych: {catalog.text(STOPPED)}\n")


def wanted_language(chosen: str) -> str:
    """The language of the interface: as set in the program, else as the system says."""
    system = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None)
    return choose_language(chosen or system)
