"""The rail at the left edge: one button a page, the one shown marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts


@dataclass(frozen=True)
class Place:
    """One page of the window; ``low`` ones stand at the foot of the rail."""

    id: str
    title: Message
    icon: str
    low: bool = False


PLACES = (
    Place("stories", N_("Stories"), "stories"),
    Place("pictures", N_("Pictures"), "pictures"),
    Place("terms", N_("Terms"), "terms"),
    Place("memory", N_("Memory"), "memory"),
    Place("people", N_("People"), "people", low=True),
    Place("settings", N_("Settings"), "settings", low=True),
)


class Rail(QWidget):
    """Says ``chosen(place id)``; the window answers with ``show_place``."""

    chosen = Signal(str)

    def __init__(
        self, look: Look, texts: Texts, places: Sequence[Place] = PLACES, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._places = {place.id: place for place in places}
        self._buttons: dict[str, QToolButton] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "paper")
        group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 8, 4, 8)
        layout.setSpacing(4)
        for place in (*(p for p in places if not p.low), None, *(p for p in places if p.low)):
            if place is None:
                layout.addStretch(1)
                continue
            button = self._button(place, texts(place.title))
            group.addButton(button)
            layout.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)
        look.changed.connect(self._dress)
        self._dress()

    def show_place(self, place: str) -> None:
        """Mark the page that is shown."""
        self._buttons[place].setChecked(True)
        self._dress()

    def current(self) -> str:
        """The page that is marked, empty while there is none."""
        return next((place for place, button in self._buttons.items() if button.isChecked()), "")

    def show_usable(self, usable: set[str]) -> None:
        """Let only these pages be chosen: most need an open archive."""
        for place, button in self._buttons.items():
            button.setEnabled(place in usable)

    def _button(self, place: Place, title: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("rail", True)
        button.setText(title)
        button.setAccessibleName(title)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.clicked.connect(lambda _on=False: self.chosen.emit(place.id))
        self._buttons[place.id] = button
        return button

    def _dress(self) -> None:
        px = self._look.theme.px(20)
        for place, button in self._buttons.items():
            button.setIcon(self._look.icon(self._places[place].icon, "accent" if button.isChecked() else "muted"))
            button.setIconSize(QSize(px, px))
