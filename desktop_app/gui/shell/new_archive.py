"""Asks for what a new archive needs: where it lies, and the steps that its stories go by."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop_app.desk.places import has_other_files
from desktop_app.domain.policy import POLICIES
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.folders import documents
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import InlineMessage, SegmentedControl, push_button


class NewArchiveDialog(QDialog):
    """``asked(folder, policy)`` when the person has chosen."""

    asked = Signal(object, str)

    def __init__(self, look: Look, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._texts = texts
        self.setWindowTitle(texts(N_("Make an archive")))
        self.place = QLineEdit(str(documents() / texts(N_("News archive"))), self)
        browse = push_button(texts(N_("Browse…")), "", self)
        browse.clicked.connect(self._on_browse)
        self.policy = SegmentedControl(
            [(name, texts(policy.title)) for name, policy in POLICIES.items()], texts(N_("Steps of a story")), self
        )
        self.policy.chosen.connect(lambda _name: self._show_steps())
        self._steps = QLabel(self)
        self._steps.setProperty("role", "muted")
        self._steps.setWordWrap(True)
        self.go = push_button(texts(N_("Make it")), "primary", self)
        self.go.setDefault(True)
        self.go.clicked.connect(self._on_go)
        cancel = push_button(texts(N_("Cancel")), "", self)
        cancel.clicked.connect(self.reject)
        self._warning = InlineMessage(look, texts(N_("Close")), self)
        self.place.textChanged.connect(lambda _text: self._show_place())
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.place, 1)
        line.addWidget(browse)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.addRow(texts(N_("Folder")), line)
        form.addRow(self._warning)
        form.addRow(texts(N_("Steps of a story")), self.policy)
        form.addRow("", self._steps)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(14)
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addLayout(foot)
        self.setMinimumWidth(look.theme.px(600))
        self._show_steps()
        self._show_place()

    def _show_place(self) -> None:
        place = self.place.text().strip()
        among_others = bool(place) and has_other_files(Path(place))
        self.go.setEnabled(bool(place))
        self.go.setText(self._texts(N_("Make it here anyway") if among_others else N_("Make it")))
        if among_others:
            warning = N_("This folder has other files in it; the archive's would lie among them.")
            self._warning.show_text(self._texts(warning), "warning", closable=False)
        else:
            self._warning.hide()

    def _show_steps(self) -> None:
        steps = POLICIES[self.policy.current()].steps
        self._steps.setText(" → ".join(self._texts(step.title) for step in steps))

    def _on_browse(self) -> None:
        title = self._texts(N_("Folder of the new archive"))
        name = QFileDialog.getExistingDirectory(self, title, str(Path(self.place.text()).parent))
        if name:
            self.place.setText(name)

    def _on_go(self) -> None:
        self.asked.emit(Path(self.place.text().strip()), self.policy.current())
        self.accept()
