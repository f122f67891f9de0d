"""What the program does of itself while a person writes: whatever of it can be switched off."""

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal


class Habits(QObject):
    """One for the program, as its style and its keys are. ``completing``: words are proposed at the caret."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.completing = True

    @staticmethod
    def in_force() -> "Habits":
        """The habits of the program; they live and die with the application."""
        app = QCoreApplication.instance()
        if app is None:
            return Habits()
        found = app.findChild(Habits, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return found if isinstance(found, Habits) else Habits(app)

    def use(self, *, completing: bool) -> None:
        """Take other ones."""
        if completing != self.completing:
            self.completing = completing
            self.changed.emit()
