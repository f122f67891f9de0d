"""The few words of Qt's own dialogs that its Chinese translation lacks; seen where the system has no file dialog."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QObject, QTranslator

from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.texts import Texts

_WORDS: Mapping[tuple[str, str], Message] = MappingProxyType(
    {
        ("QFileDialog", "&Look in:"): N_("&Look in:"),
        ("QFileDialog", "Files of &type:"): N_("Files of &type:"),
        ("QAbstractFileIconProvider", "Folder"): N_("Folder"),
        ("QAbstractFileIconProvider", "File Folder"): N_("Folder"),
        ("QAbstractFileIconProvider", "%1 File"): N_("%1 file"),
        ("QAbstractFileIconProvider", "File"): N_("File"),
        ("QAbstractFileIconProvider", "Drive"): N_("Drive"),
        ("QAbstractFileIconProvider", "Shortcut"): N_("Shortcut"),
        ("QAbstractFileIconProvider", "Unknown"): N_("Unknown"),
    }
)


class QtWords(QTranslator):
    """Answers for what the translator installed after it does not know."""

    def __init__(self, texts: Texts, parent: QObject) -> None:
        super().__init__(parent)
        self._words = {place: texts(message) for place, message in _WORDS.items()}

    # Qt overrides

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """Our word, or None, which is Qt's null string: it asks the next translator."""
        return self._words.get((context, source))
