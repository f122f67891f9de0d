"""The program with a window: one Qt application, one window at a time, and the trial run of ``self-test``."""

import gc
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from babel.core import Locale
from babel.support import Translations
from PySide6.QtCore import (
    QEventLoop,
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    QTranslator,
    qFormatLogMessage,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from desktop_app import __version__
from desktop_app.foundation.errors import BugError
from desktop_app.foundation.i18n import Catalog, choose_language, load_catalog
from desktop_app.foundation.logs import log_to_file
from desktop_app.foundation.settings import SettingsFile
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.qt_words import QtWords
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.shell.stop import Stop
from desktop_app.gui.shell.taste import theme_name
from desktop_app.gui.shell.trouble import Trouble
from desktop_app.gui.shell.window import MainWindow

_log = logging.getLogger(__name__)
_CHATTER = "This plugin does not support propagateSizeHints()"
_PROBE_PATIENCE = 20_000  # ms


class Program(QObject):
    """Holds what outlives a window: a change of language makes a new one."""

    def __init__(self, app: QApplication, settings: SettingsFile) -> None:
        super().__init__()
        self._app = app
        self._settings = settings
        self._translator = QTranslator(self)
        self._qt_words: QtWords | None = None
        self.trouble = Trouble(self)
        stored = settings.settings
        self.look = Look(app, theme_name(stored.theme), stored.scale)
        self.window: MainWindow | None = None

    def open_window(self, archive: Path | None) -> MainWindow:
        """Make a window in the language of the settings and show it."""
        texts = Texts(catalog(self._settings.settings.language or QLocale.system().name()))
        self._translate_qt(texts)
        window = MainWindow(self.look, texts, self._settings, self.trouble)
        window.language_chosen.connect(self._on_language)
        window.furnished.connect(self._on_furnished)
        window.archives.failed.connect(self._on_furnished)
        window.show()
        window.start(archive)
        self.window = window
        return window

    def close_window(self) -> None:
        """Save and close, as if the person had closed the window."""
        if self.window is not None:
            self.window.close()

    def _on_furnished(self) -> None:
        """Leave what start-up made out of every later garbage collection: a full one took over 100 ms."""
        gc.freeze()
        gc.enable()

    def _on_language(self, language: str) -> None:
        old = self.window
        if old is None:
            return
        place = old.workplace
        desk = place.desk if place is not None else None
        kept = place.stories.kept_undo() if place is not None and desk is not None else {}
        quits = self._app.quitOnLastWindowClosed()
        self._app.setQuitOnLastWindowClosed(False)
        if old.close():
            self._settings.change(language=language)
            window = self.open_window(desk.folder if desk is not None else None)
            window.keep_undo(kept)
            old.deleteLater()
        self._app.setQuitOnLastWindowClosed(quits)

    def _translate_qt(self, texts: Texts) -> None:
        """Let Qt's own dialogs speak the language too, where its translations are installed."""
        for old in (self._translator, self._qt_words):
            if old is not None:
                self._app.removeTranslator(old)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        chinese = texts.language.startswith("zh")
        name = "qtbase_zh_CN" if chinese else "qtbase_en"
        self._qt_words = QtWords(texts, self) if chinese else None
        if self._qt_words is not None:
            self._app.installTranslator(self._qt_words)  # asked after the one installed next
        if self._translator.load(name, folder):
            self._app.installTranslator(self._translator)


def catalog(wanted: str) -> Catalog:
    """The catalog of a language; without its file the window still opens, in the English of the source."""
    language = choose_language(wanted)
    try:
        return load_catalog(language)
    except FileNotFoundError:
        _log.warning("there is no catalog of %s", language)
        return Catalog("en", Locale.parse("en"), Translations())


def _application() -> QApplication:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise BugError("a Qt application without windows runs already")
    app.setApplicationName("diptych")
    app.setApplicationDisplayName("Diptych")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("diptych")
    return app


def run_window(archive: Path | None) -> int:
    """Open the window, on ``archive`` or on the one of the last time, and stay until it is closed."""
    gc.disable()  # start-up makes much that stays; see Program._on_furnished
    app = _application()
    opened: list[Program] = []

    def close() -> None:
        for program in opened:
            program.close_window()

    stop = Stop(close)  # before anything slow; what comes in earlier is answered when the window is there
    try:
        log_to_file()
        program = Program(app, SettingsFile())
        opened.append(program)
        app.setWindowIcon(program.look.icon("diptych"))
        program.trouble.install()
        try:
            program.open_window(archive)
            return app.exec()
        finally:
            program.trouble.remove()
    finally:
        stop.remove()


@contextmanager
def _without_chatter() -> Iterator[None]:
    """Leave out what Qt says of every window that it draws without a display; all else it says goes where it did."""

    def tell(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if message == _CHATTER:
            return
        if before is not None:
            before(kind, context, message)
        elif sys.stderr is not None:
            sys.stderr.write(f"{qFormatLogMessage(kind, context, message)}\n")

    before = qInstallMessageHandler(tell)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def probe_window() -> None:
    """Open the window on a new archive without a display, paint it once, and close it.

    Raises:
        BugError: it did not come to show the archive.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = _application()
    with _without_chatter(), tempfile.TemporaryDirectory(prefix="diptych-probe-") as scratch:
        program = Program(app, SettingsFile(Path(scratch) / "settings.json"))
        window = program.open_window(None)
        loop = QEventLoop()
        window.furnished.connect(loop.quit)
        window.archives.failed.connect(loop.quit)
        QTimer.singleShot(_PROBE_PATIENCE, loop, loop.quit)
        window.archives.create(Path(scratch) / "archive", "draft-revision")
        loop.exec()
        shown = window.workplace is not None and not window.grab().isNull()
        if not window.close() or not shown:
            raise BugError("the window did not open an archive")
