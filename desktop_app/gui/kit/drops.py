"""Files that are dragged over the window and let go there."""

from pathlib import Path

from PySide6.QtCore import QMimeData

from desktop_app.desk.places import is_package


def local_files(data: QMimeData) -> list[Path]:
    """The files and folders of this machine that a drag brings."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def files_of_page(data: QMimeData) -> list[Path]:
    """The same for a page that takes files of its own kind.

    None where a work package is among them: the page lets the drag go by, and the window asks what the package is to
    this archive, wherever it is let go.
    """
    files = local_files(data)
    return [] if any(is_package(file) for file in files) else files
