"""The change bus: what the desk says has changed, told to every view once."""

from PySide6.QtCore import QObject, Signal


class ChangeBus(QObject):
    """Views connect to ``changed(changes, sender)`` and pass over what carries their own tag.

    ``changes`` is a ``desk`` ``Changes`` value, ``sender`` the tag its view gave to ``publish`` (empty: nobody's own).
    """

    changed = Signal(object, str)

    def publish(self, changes: object, sender: str = "") -> None:
        """Tell every view what has changed."""
        self.changed.emit(changes, sender)
