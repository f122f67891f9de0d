"""What the person at the desk has done: today in every story, and the last days as a row of bars."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.desk.progress import Work
from desktop_app.domain.progress import Day, Done
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import ui_font
from desktop_app.gui.kit.widgets import ElidedLabel

_DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


class DayBars(QWidget):
    """A bar a day, as high as its words; the figures stand over the bars, so that nobody has to guess."""

    def __init__(self, look: Look, texts: Texts, days: Sequence[Day], parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._texts = texts
        self._days = days
        told = [f"{texts.day(day.date)}: {texts(sentence(texts, day.done))}" for day in days]
        self.setAccessibleName(texts(N_("The last days")))
        self.setAccessibleDescription("; ".join(told))
        self.setToolTip("\n".join(told))
        self.setMinimumHeight(look.theme.px(132))

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(58) * len(self._days), self._look.theme.px(132))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(ui_font(theme.px(12)))
        line, wide = theme.px(18), self.width() / max(1, len(self._days))
        room = self.height() - 3 * line
        most = max([1, *(day.done.words for day in self._days)])
        for place, day in enumerate(self._days):
            left, today = round(place * wide), place == len(self._days) - 1
            high = round(room * day.done.words / most) if day.done.words else 0
            high = max(high, theme.px(2))
            bar = QRectF(left + wide / 2 - theme.px(11), line + room - high, theme.px(22), high)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent" if today else "outline" if day.done.words else "hairline"))
            painter.drawRoundedRect(bar, 2, 2)
            painter.setPen(theme.color("ink" if today else "muted"))
            above = QRect(left, round(bar.top()) - line, round(wide), line)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, self._texts.number(day.done.words))
            below = QRect(left, room + line, round(wide), line)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._texts(_DAYS[day.date.weekday()]))
            painter.setPen(theme.color("muted"))
            painter.drawText(below.translated(0, line), Qt.AlignmentFlag.AlignCenter, f"✓ {day.done.confirmed}")


class ProgressDialog(QDialog):
    """Shows the days of one person."""

    def __init__(self, look: Look, texts: Texts, name: str, work: Work, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts(N_("Progress of {name}", name=name)))
        today = work.today
        self.headline = QLabel(texts(N_("Today: {done}", done=sentence(texts, today.done))), self)
        self.headline.setProperty("role", "heading")
        self.bars = DayBars(look, texts, work.days, self)
        layout = QVBoxLayout(self)
        margin = look.theme.px(20)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(look.theme.px(14))
        layout.addWidget(self.headline)
        layout.addWidget(self.bars)
        layout.addLayout(self._stories(look, texts, work))
        note = QLabel(texts(N_("The bars are English words written or changed; ✓ are segments confirmed.")), self)
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        layout.addWidget(note)
        layout.addStretch(1)
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(texts(N_("Close")), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def _stories(self, look: Look, texts: Texts, work: Work) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.theme.px(28))
        grid.setVerticalSpacing(look.theme.px(6))
        grid.setColumnStretch(0, 1)
        rows = [(texts(N_("Story")), texts(N_("Confirmed")), texts(N_("Words")))] if work.today.stories else []
        rows += [
            (work.headlines.get(story, story), texts.number(done.confirmed), texts.number(done.words))
            for story, done in work.today.stories.items()
        ]
        if not rows:
            rows = [(texts(N_("Nothing was written today yet.")), "", "")]
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                label: QWidget
                role = "" if row else "muted"
                if column:
                    label = QLabel(text, self)
                    label.setProperty("role", role)
                    label.setAlignment(Qt.AlignmentFlag.AlignRight)
                else:
                    label = ElidedLabel(text, role, self)
                    label.setMaximumWidth(look.theme.px(380))
                grid.addWidget(label, row, column)
        return grid


def sentence(texts: Texts, done: Done) -> Message:
    """What was done, as a clause: ``12 segments confirmed, 340 words written``."""
    confirmed = NN_("{count} segment confirmed", "{count} segments confirmed", done.confirmed,
                    count=texts.number(done.confirmed))  # fmt: skip
    words = NN_("{count} word written", "{count} words written", done.words, count=texts.number(done.words))
    return N_("{confirmed}, {words}", confirmed=confirmed, words=words)
