"""The line that goes to a place: a number of the gutter, a picture, or how far down the story it is."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.editor.bars import Bar
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import restyle

_PLACE = re.compile(r"(?P<picture>[pP图]\s*)?(?P<number>\d{1,9})\s*(?P<share>[%％])?")


def place_of(text: str, last: int, pictures: Sequence[int]) -> int | Message:
    """The number in the gutter that ``12``, ``p3`` (the third picture) or ``50%`` means; else why it means none.

    ``last`` is the highest number, ``pictures`` are the numbers of the rows with pictures.
    """
    found = _PLACE.fullmatch(text.strip())
    if found is None or (found["picture"] and found["share"]):
        return N_("Type a number, p3 for the third picture, or 50% for the middle.")
    number = int(found["number"])
    if found["share"]:
        return max(1, round(min(number, 100) * last / 100))
    if found["picture"]:
        if 1 <= number <= len(pictures):
            return pictures[number - 1]
        return NN_("The story has {n} picture.", "The story has {n} pictures.", len(pictures))
    if 1 <= number <= last:
        return number
    return N_("The numbers go from 1 to {last}.", last=last)


class GoToBar(Bar):
    """Asks for the place; ``asked(number)`` has the number in the gutter. What means no place is explained."""

    asked = Signal(int)

    NAME = N_("Go to segment number")
    HINT = N_("12, p3, 50%")
    TIP = N_("A number, p3 for the third picture, 50% for the middle of the story")

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, texts, texts(self.NAME), None, parent)
        self._last = 1
        self._pictures: Sequence[int] = ()
        label = QLabel(texts(self.NAME), self)
        label.setBuddy(self.line)
        self.line.setFixedWidth(look.theme.px(110))
        self.line.setPlaceholderText(texts(self.HINT))
        self.line.setToolTip(texts(self.TIP))
        self.line.textEdited.connect(lambda _text: self._tell(N_("of {last}", last=self._last)))
        self.told = QLabel(self)
        for widget in (label, self.line, self.told):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._button("close", texts(self.CLOSE)).clicked.connect(self.close_bar)
        self._dress()

    def open_for(self, number: int, last: int, pictures: Sequence[int]) -> None:
        """Show it with the present number chosen."""
        self._last, self._pictures = last, pictures
        self._tell(N_("of {last}", last=last))
        self.line.setText(str(number))
        self.show()
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _tell(self, message: Message, role: str = "muted") -> None:
        self.told.setText(self._texts(message))
        restyle(self.told, role=role)

    def _go(self) -> None:
        place = place_of(self.line.text(), self._last, self._pictures)
        if isinstance(place, Message):
            self._tell(place, "error")
            self.line.selectAll()
            return
        self.close_bar()
        self.asked.emit(place)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._go()
        else:
            super().keyPressEvent(event)
