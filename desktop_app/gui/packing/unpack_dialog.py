"""Asks where the small archive of a work package is to lie. Loads nothing of the store: no archive may be open yet."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop_app.desk.places import holds_anything
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.folders import documents
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import ElidedLabel, InlineMessage, push_button


class UnpackDialog(QDialog):
    """``asked(file, folder)`` when the person has chosen."""

    asked = Signal(object, object)

    def __init__(self, look: Look, texts: Texts, file: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._texts = texts
        self._file = file
        self.setWindowTitle(texts(N_("Open a work package")))
        title = ElidedLabel(file.name, "heading", self)
        promise = QLabel(texts(N_(
            "A small archive is made of it, with the stories, pictures, comments and sign-offs that it carries. Work "
            "there as you do at home; when you are done, “Pack to send home…” makes the file that goes back."
        )), self)  # fmt: skip
        promise.setProperty("role", "muted")
        promise.setWordWrap(True)
        self.place = QLineEdit(str(_free(documents() / file.stem)), self)
        self.place.setAccessibleName(texts(N_("Folder of the small archive")))
        self.place.textChanged.connect(lambda _text: self._show_place())
        browse = push_button(texts(N_("Browse…")), "", self)
        browse.clicked.connect(self._on_browse)
        self.message = InlineMessage(look, texts(N_("Close")), self)
        self.go = push_button(texts(N_("Unpack and open")), "primary", self)
        self.go.setDefault(True)
        self.go.clicked.connect(self._on_go)
        cancel = push_button(texts(N_("Cancel")), "", self)
        cancel.clicked.connect(self.reject)
        label = QLabel(texts(N_("Folder")), self)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label)
        line.addWidget(self.place, 1)
        line.addWidget(browse)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(14)
        layout.addWidget(title)
        layout.addWidget(promise)
        layout.addLayout(line)
        layout.addWidget(self.message)
        layout.addStretch(1)
        layout.addLayout(foot)
        self.resize(look.theme.px(600), look.theme.px(220))
        self._show_place()

    def _show_place(self) -> None:
        place = self.place.text().strip()
        taken = bool(place) and holds_anything(Path(place))
        self.go.setEnabled(bool(place) and not taken)
        if taken:
            said = N_("There is something in this folder already. A small archive needs a new or an empty one.")
            self.message.show_text(self._texts(said), "warning", closable=False)
        else:
            self.message.hide()

    def _on_browse(self) -> None:
        title = self._texts(N_("Choose a new or empty folder"))
        name = QFileDialog.getExistingDirectory(self, title, str(Path(self.place.text()).parent))
        if name:
            chosen = Path(name)
            self.place.setText(str(_free(chosen / self._file.stem) if holds_anything(chosen) else chosen))

    def _on_go(self) -> None:
        self.asked.emit(self._file, Path(self.place.text().strip()))
        self.accept()


def _free(folder: Path) -> Path:
    """The folder, with a number behind it where it is in use."""
    place, number = folder, 1
    while holds_anything(place):
        number += 1
        place = folder.with_name(f"{folder.name}-{number}")
    return place
