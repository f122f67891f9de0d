"""What stands in the window while no archive is open: the ways in, and, where one failed, the reason."""

from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import ElidedLabel, InlineMessage, push_button

_RECENT = 5


class Way(Enum):
    """How a person can come to an archive."""

    OPEN = "open"
    NEW = "new"
    SAMPLE = "sample"
    RESTORE = "restore"
    PACKAGE = "package"


class Welcome(QWidget):
    """``asked(Way)`` for the buttons, ``recent_chosen(Path)`` for an archive of before."""

    asked = Signal(object)
    recent_chosen = Signal(object)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._title = QLabel(self)
        self._title.setProperty("role", "title")
        self._sentence = QLabel(self)
        self._sentence.setProperty("role", "muted")
        self._sentence.setWordWrap(True)
        self._trouble = InlineMessage(look, texts(N_("Close")), self)
        self.open_button = push_button(texts(N_("Open an archive…")), "outline", self)
        self.new_button = push_button(texts(N_("Make an archive…")), "primary", self)
        self.sample_button = push_button(texts(N_("Look around in a sample archive")), "flat", self)
        self.package_button = push_button(texts(N_("Open a work package…")), "flat", self)
        self.package_button.clicked.connect(lambda: self.asked.emit(Way.PACKAGE))
        self.restore_button = push_button(texts(N_("Restore a backup…")), "flat", self)
        self.restore_button.clicked.connect(lambda: self.asked.emit(Way.RESTORE))
        self.open_button.clicked.connect(lambda: self.asked.emit(Way.OPEN))
        self.new_button.clicked.connect(lambda: self.asked.emit(Way.NEW))
        self.sample_button.clicked.connect(lambda: self.asked.emit(Way.SAMPLE))
        self._recent_title = QLabel(texts(N_("Opened before")), self)
        self._recent_title.setProperty("role", "small")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._recent_buttons: list[QPushButton] = []
        self._lay_out(look)
        self.show_opening(None)

    def _lay_out(self, look: Look) -> None:
        column = QWidget(self)
        column.setFixedWidth(look.theme.px(440))
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self._title)
        inner.addWidget(self._sentence)
        inner.addWidget(self._trouble)
        inner.addSpacing(8)
        self._ways = (
            self.new_button, self.open_button, self.package_button, self.sample_button, self.restore_button,
        )  # fmt: skip
        for button in self._ways:
            inner.addWidget(button)
        inner.addSpacing(16)
        inner.addWidget(self._recent_title)
        inner.addLayout(self._recent)
        middle = QHBoxLayout()  # an alignment would keep wrapped lines from getting their height
        middle.addStretch(1)
        middle.addWidget(column)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(middle)
        outer.addStretch(3)

    def show_opening(self, folder: Path | None) -> None:
        """Say that an archive is being opened (None: nothing is said yet); no button can be pressed meanwhile."""
        self._title.setText(self._texts(N_("Opening…")) if folder is not None else "")
        self._sentence.setText(str(folder) if folder is not None else "")
        self._trouble.hide()
        self._show_ways(on=False)

    def show_ways(self, recent: Sequence[str]) -> None:
        """Offer the ways in."""
        self._title.setText(self._texts(N_("Welcome to Diptych")))
        self._sentence.setText(self._texts(N_(
            "An archive is one folder. It holds your stories in both languages, every version and sign-off of them, "
            "and the pictures as they came."
        )))  # fmt: skip
        self._show_ways(on=True)
        self._show_recent(recent)
        self.new_button.setFocus()

    def show_trouble(self, folder: Path, error: KnownError, recent: Sequence[str]) -> None:
        """Say why an archive cannot be opened, and offer the ways in."""
        self.show_ways(recent)
        self._title.setText(self._texts(N_("The archive cannot be opened")))
        self._sentence.setText(str(folder))
        self._trouble.show_text(self._texts.error(_for_the_window(error)), "error", closable=False)

    def _show_ways(self, *, on: bool) -> None:
        for button in self._ways:
            button.setVisible(on)
        for recent in self._recent_buttons:
            recent.setVisible(on)
        self._recent_title.setVisible(on and bool(self._recent_buttons))

    def _show_recent(self, folders: Sequence[str]) -> None:
        for old in self._recent_buttons:
            old.deleteLater()
        self._recent_buttons.clear()
        for folder in folders[:_RECENT]:
            self._recent_buttons.append(self._recent_button(Path(folder)))
            self._recent.addWidget(self._recent_buttons[-1])
        self._recent_title.setVisible(bool(self._recent_buttons))

    def _recent_button(self, folder: Path) -> QPushButton:
        button = push_button("", "flat", self)
        button.setAccessibleName(str(folder))
        label = ElidedLabel(f"{folder.name}  —  {folder.parent}", "", button)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inner = QVBoxLayout(button)
        inner.setContentsMargins(8, 2, 8, 2)
        inner.addWidget(label)
        button.clicked.connect(lambda: self.recent_chosen.emit(folder))
        return button


def _for_the_window(error: KnownError) -> KnownError:
    """The error without an advice that names a command: the buttons below are the same advice."""
    if error.advice is None or "“diptych " not in error.advice.key:
        return error
    return KnownError(error.reason, subject=error.subject, place=error.place)
