"""What every window test stands on: the offscreen platform, an English catalog, the light look."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator

import pytest
from babel.core import Locale
from babel.support import Translations
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from shell_room import archive, desk, room, sample_folder, settings, window  # noqa: F401 - fixtures

from desktop_app.foundation.i18n import Catalog
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.shell.window import MainWindow


@pytest.fixture
def texts() -> Texts:
    """The English of the source, whatever the catalogs say today."""
    return Texts(Catalog("en", Locale.parse("en"), Translations()))


@pytest.fixture
def look(qapp: QApplication) -> Look:
    """The light look at 100 per cent."""
    return Look(qapp, "light")


def pytest_configure(config: pytest.Config) -> None:
    """Pass over what the offscreen platform itself cannot do; every other Qt warning fails its test."""
    config.addinivalue_line("qt_log_ignore", r"This plugin does not support (propagateSizeHints|raise)\(\)")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Let go at once of the widgets that a test closed: else the next test styles them too."""
    yield
    for left in QApplication.topLevelWidgets():
        if isinstance(left, MainWindow) and not left.isVisible():
            left.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
