"""Showing in the text itself what changed since an older text."""

from PySide6.QtCore import QObject

from desktop_app.domain.story import Content
from desktop_app.gui.editor.sheet import Sheet


class Tracks(QObject):
    """Marks the changes on one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self._sheet = sheet

    @property
    def shown(self) -> bool:
        """Whether changes are marked."""
        return self._sheet.since.on

    def show(self, base: Content | None) -> None:
        """Mark what changed since ``base``; None shows the text plain."""
        if base is not None or self.shown:
            self._sheet.show_since(base)
