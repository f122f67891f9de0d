"""Where a dialog that asks for a file begins: in the folder of the last one, else where documents lie."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QStandardPaths, Qt, Signal


class Folders(QObject):
    """One for the program. ``changed(folder)`` when another one is remembered."""

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = ""

    @staticmethod
    def in_force() -> "Folders":
        """The memory of the program; it lives and dies with the application."""
        app = QCoreApplication.instance()
        if app is None:
            return Folders()
        found = app.findChild(Folders, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return found if isinstance(found, Folders) else Folders(app)

    def use(self, last: str) -> None:
        """Take the folder of an earlier run; empty for none."""
        self._last = last

    def start(self, name: str = "") -> str:
        """Where to begin, with a name for the file where one is proposed; a folder that has gone is passed over."""
        last = Path(self._last) if self._last else None
        folder = last if last is not None and last.is_dir() else documents()
        return str(folder / name)

    def remember(self, file: Path) -> None:
        """Begin beside this file the next time."""
        folder = str(file.absolute().parent)
        if folder != self._last:
            self._last = folder
            self.changed.emit(folder)


def documents() -> Path:
    """The folder where a person's documents lie."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place else Path.home()
