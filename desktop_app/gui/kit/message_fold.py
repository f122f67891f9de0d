"""One place for what stands over a text: the most urgent message in full, the others named on a button that opens them.

A message stands while it is shown, as ``InlineMessage`` is shown and hidden by whoever has something to say; this place
only orders and folds. Which of two is more urgent is ``Urgency``, the same for all stories.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import InlineMessage, push_button


class Urgency(IntEnum):
    """What a message is about, the most urgent first: what waits for a decision before what is only good to know."""

    KILL = 1
    EMERGENCY = 2
    SOURCE = 3
    WISH = 4
    NOBODY = 5
    TAKEN_DOWN = 6
    CONFLICTS = 7
    NEWS = 8
    EMBARGO = 9
    CLOSED = 10
    CORRECTION = 11
    OUT = 12
    LATE = 13


SHORT_NAMES: Mapping[Urgency, Message] = MappingProxyType(
    {
        Urgency.KILL: N_("kill asked for"),
        Urgency.EMERGENCY: N_("emergency release"),
        Urgency.SOURCE: N_("source changed"),
        Urgency.WISH: N_("change of the embargo"),
        Urgency.NOBODY: N_("nobody at the desk"),
        Urgency.TAKEN_DOWN: N_("taken down"),
        Urgency.CONFLICTS: N_("changes to decide"),
        Urgency.NEWS: N_("what was done"),
        Urgency.EMBARGO: N_("embargo"),
        Urgency.CLOSED: N_("reading only"),
        Urgency.CORRECTION: N_("correction"),
        Urgency.OUT: N_("away offline"),
        Urgency.LATE: N_("approved afterwards"),
    }
)
_PRESSING = frozenset({"warning", "error"})  # tones that are marked on the button too
_BLANK = 100  # pixels at 100 %: margins and spacing of the line, the button's own blank and its icon


@dataclass
class _Slot:
    """A message, the widget that lets it be folded away without being hidden, and how urgent it is."""

    message: InlineMessage
    holder: QWidget
    urgency: Urgency


class MessageFold(QWidget):
    """Hidden where nothing stands. It stays as a person unfolded it."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self._slots: list[_Slot] = []
        self._brought: InlineMessage | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.button: QPushButton = push_button("", "flat", self)
        self.button.setCheckable(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
        self.button.toggled.connect(self._arrange)
        self.button.hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._arrange)
        look.changed.connect(self._name)
        self.hide()

    def add(self, message: InlineMessage, urgency: Urgency) -> None:
        """Take a message in, shown or not."""
        holder = QWidget(self)
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(message)
        message.installEventFilter(self)
        self._slots.append(_Slot(message, holder, urgency))
        self._slots.sort(key=lambda slot: slot.urgency)
        self._arrange()

    def weigh(self, message: InlineMessage, urgency: Urgency) -> None:
        """Say that a message is now about something more or less urgent."""
        slot = next(slot for slot in self._slots if slot.message is message)
        if slot.urgency is not urgency:
            slot.urgency = urgency
            self._slots.sort(key=lambda one: one.urgency)
            self._arrange()

    def bring(self, message: InlineMessage) -> bool:
        """Show a message before all others for as long as it stands; False where it does not stand."""
        if message.isHidden():
            return False
        self._brought = message
        self._arrange()
        return True

    def standing(self) -> list[InlineMessage]:
        """The messages that stand, folded away or not, the most urgent first."""
        return [slot.message for slot in self._standing()]

    def _standing(self) -> list[_Slot]:
        return [slot for slot in self._in_order() if not slot.message.isHidden()]

    def _in_order(self) -> list[_Slot]:
        return sorted(self._slots, key=lambda slot: slot.message is not self._brought)

    def _arrange(self) -> None:
        """Put what stands in its order and the button into the first message."""
        self._soon.stop()
        found = self._standing()
        shown = found if self.button.isChecked() else found[:1]
        for place, slot in enumerate(self._in_order()):
            if self._column.indexOf(slot.holder) != place:
                self._column.removeWidget(slot.holder)
                self._column.insertWidget(place, slot.holder)
            slot.holder.setVisible(slot in shown)
        more = len(found) > 1
        if more and self.button.parent() is not found[0].message:
            had = self.button.hasFocus()
            found[0].message.end_with(self.button)
            if had:
                self.button.setFocus()
        self.button.setVisible(more)
        self.setVisible(bool(found))
        self._name()

    def _name(self) -> None:
        """Say on the button what it opens: by name where there is room, by number where there is not."""
        found = self._standing()
        if len(found) < 2:
            return
        first, rest = found[0].message, found[1:]
        texts, folded = self._texts, not self.button.isChecked()
        count = texts(NN_("{n} more", "{n} more", len(rest)))
        names = " · ".join(texts(SHORT_NAMES[slot.urgency]) for slot in rest)
        named = texts(N_("{count}: {names}", count=count, names=names))
        pressing = next((t for slot in rest if (t := slot.message.property("tone")) in _PRESSING), "") if folded else ""
        mark = "! " if pressing else ""
        metrics = QFontMetrics(self.button.font())
        room = self._spare(first) - self._look.theme.px(_BLANK)
        whole = f"{mark}{named}"
        if not folded:
            self.button.setText(texts(N_("Show less")))
        else:
            self.button.setText(whole if metrics.horizontalAdvance(whole) <= room else f"{mark}{count}")
        self.button.setAccessibleName(named)
        self.button.setToolTip("\n".join([named, *(slot.message.text() for slot in rest)]) if folded else "")
        self.button.setIcon(self._look.icon("chevron-down" if folded else "chevron-up", pressing or "accent"))
        self.button.setIconSize(QSize(self._look.theme.px(14), self._look.theme.px(14)))
        color = self._look.theme.color(pressing or "accent").name()
        self.button.setStyleSheet(f"QPushButton {{ color: {color}; }}")

    def _spare(self, first: InlineMessage) -> int:
        """How wide the button may be so that the sentence before it stays on one line."""
        inner, taken = first.layout(), 0
        for place in range(inner.count()) if inner is not None else ():
            item = inner.itemAt(place) if inner is not None else None
            widget = item.widget() if item is not None else None
            if widget is None or widget is self.button or widget.isHidden():
                continue
            if isinstance(widget, QLabel):
                taken += QFontMetrics(widget.font()).horizontalAdvance(widget.text())
            else:
                taken += max(widget.sizeHint().width(), widget.minimumWidth())
        return self.width() - taken

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            if watched is self._brought and event.type() is QEvent.Type.HideToParent:
                self._brought = None
            self._arrange()
        elif event.type() is QEvent.Type.LayoutRequest:
            self._soon.start()  # another sentence: the button may find less room
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name()
