"""Paints one story of the list: stacked where the list is a column, in one line where it has the window to itself."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPixmap, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractScrollArea, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.desk.stories import ListedStory
from desktop_app.domain.counts import has_han
from desktop_app.domain.credits import line
from desktop_app.domain.people import called
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.states import Mark
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import ui_font
from desktop_app.gui.kit.weighing import weighed
from desktop_app.gui.library.beside import Note, fit
from desktop_app.gui.library.filters import hands
from desktop_app.gui.library.model import ERRORS, FINDINGS, LISTED, NOTES, OPEN, THUMBNAIL, UNSEEN, StoryModel
from desktop_app.gui.library.standing import mark_of

WIDE = 620  # pixels at 100 %, from which a story takes one line


@dataclass(frozen=True)
class _Facts:
    """All that a row shows."""

    listed: ListedStory
    english: str
    mark: Mark
    who: str
    findings: int
    errors: int
    thumbnail: QPixmap | None
    notes: tuple[Note, ...]


class StoryDelegate(QStyledItemDelegate):
    """Draws a row and says how high it is."""

    _NO_ENGLISH = N_("No English headline yet")
    _NOBODY = N_("Nobody yet")

    def __init__(self, look: Look, texts: Texts, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self._view = view
        self._look = look
        self._texts = texts

    def is_wide(self, width: int) -> bool:
        """Whether a list of this width shows its stories in one line each."""
        return width >= self._px(WIDE)

    def _px(self, length: float) -> int:
        return self._look.theme.px(length)

    def _font(self, px: float, *, bold: bool = False) -> QFont:
        return ui_font(self._px(px), bold=bold)

    def _color(self, token: str) -> QColor:
        return self._look.theme.color(token)

    def _facts(self, index: QModelIndex | QPersistentModelIndex, *, wide: bool) -> _Facts | None:
        listed = index.data(LISTED)
        model = index.model()
        if not isinstance(listed, ListedStory) or not isinstance(model, StoryModel):
            return None
        summary = listed.summary
        who = " → ".join(self._texts(name) for name in hands(summary, model.people))
        given = listed.assignment.person if listed.assignment is not None else None
        if not who and given is not None:
            who = self._texts(called(model.people, given))
        if wide and listed.credits:
            who = " · ".join(line(credit, chinese=has_han(credit.label)) for credit in listed.credits)
        return _Facts(
            listed,
            summary.headline.en,
            mark_of(listed),
            who or self._texts(self._NOBODY),
            index.data(FINDINGS) or 0,
            index.data(ERRORS) or 0,
            index.data(THUMBNAIL),
            tuple(index.data(NOTES) or ()),
        )

    # The two layouts

    def _paint_column(self, painter: QPainter, box: QRect, facts: _Facts) -> None:
        pad, gap = self._px(12), self._px(10)
        inner = box.adjusted(pad, self._px(10), -pad, -self._px(9))
        picture = QRect(inner.right() - self._px(56) + 1, inner.top() + 2, self._px(56), self._px(40))
        text = QRect(inner)
        if facts.listed.thumbnail is not None:
            self._picture(painter, picture, facts.thumbnail)
            text.setRight(picture.left() - gap)
        english = self._font(13, bold=bool(facts.english))
        metrics = QFontMetrics(english)
        headline = QRect(text.left(), text.top(), text.width(), 2 * metrics.height())
        used = self._wrapped(painter, headline, facts.english or self._texts(self._NO_ENGLISH), english,
                             "ink" if facts.english else "muted")  # fmt: skip
        chinese = QRect(text.left(), text.top() + used + self._px(2), text.width(), self._px(18))
        self._line(painter, chinese, facts.listed.summary.headline.zh, self._font(12.5), "muted")
        foot = QRect(inner.left(), inner.bottom() - self._px(20) + 1, inner.width(), self._px(20))
        left = self._pill(painter, foot.left(), foot, facts.mark) + self._px(8)
        right = foot.right()
        if facts.findings:
            right = self._findings(painter, foot, facts) - self._px(8)
        room = QRect(left, foot.top(), max(0, right - left), foot.height())
        used = self._notes(painter, room, facts.notes)
        rest = room.adjusted(used, 0, 0, 0)
        if not facts.notes or rest.width() >= self._px(56):  # beside a note two letters say nothing; the tip does
            self._line(painter, rest, facts.who, self._font(11.5), "muted")

    def _paint_line(self, painter: QPainter, box: QRect, facts: _Facts) -> None:
        pad = self._px(16)
        inner = box.adjusted(pad, self._px(9), -pad, -self._px(9))
        picture = QRect(inner.left(), inner.top(), self._px(70), inner.height())
        self._picture(painter, picture, facts.thumbnail)
        state, day = self._px(140), self._px(86)
        who = min(self._px(330), max(self._px(150), inner.width() // 4))
        right = inner.right() - day
        small = self._font(12)
        self._line(painter, QRect(right, inner.top(), day, inner.height()), facts.listed.summary.date or "", small,
                   "muted", Qt.AlignmentFlag.AlignRight)  # fmt: skip
        right -= who
        half = self._px(24)
        people = QRect(right, inner.top(), who - self._px(16), inner.height())
        if facts.notes:
            people = QRect(right, inner.center().y() - half + 1, who - self._px(16), half)
            self._notes(painter, people.translated(0, half), facts.notes)
        self._line(painter, people, facts.who, small, "muted")
        right -= state
        column = QRect(right, inner.top(), state, inner.height())
        if facts.findings:
            upper = QRect(right, inner.center().y() - half + 1, state, half)
            self._pill(painter, right, upper, facts.mark)
            found, tone = weighed(facts.errors, facts.findings - facts.errors)
            said = self._texts(found) if found is not None else ""
            self._line(painter, upper.translated(0, half), said, self._font(11.5), tone)
        else:
            self._pill(painter, right, column, facts.mark)
        left = picture.right() + self._px(14)
        text = QRect(left, inner.center().y() - half + 1, right - left - self._px(20), half)
        self._line(painter, text, facts.english or self._texts(self._NO_ENGLISH),
                   self._font(14, bold=bool(facts.english)), "ink" if facts.english else "muted")  # fmt: skip
        self._line(painter, text.translated(0, half), facts.listed.summary.headline.zh, self._font(13), "muted")

    # Their parts

    def _dot(self, painter: QPainter, box: QRect, *, wide: bool) -> None:
        """The dot beside a story that others have changed since the person last saw it."""
        size = self._px(6)
        top = box.center().y() - size // 2 if wide else box.top() + self._px(16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color("accent"))
        painter.drawEllipse(QRect(box.left() + self._px(4), top, size, size))

    def _notes(self, painter: QPainter, box: QRect, notes: tuple[Note, ...]) -> int:
        """Draw what stands about a story, the most binding first; return how much of the box is used."""
        fonts = {bold: self._font(11.5, bold=bold) for bold in (False, True)}
        gap, left, side = self._px(14), box.left(), self._px(14)

        def width_of(text: str, bold: bool) -> int:
            return QFontMetrics(fonts[bold]).horizontalAdvance(text) + 1 if text else side

        for place, (note, text, width) in enumerate(fit(notes, box.width(), gap, width_of)):
            if place:
                between = QRect(left, box.top(), gap, box.height())
                self._line(painter, between, "·", fonts[False], "muted", Qt.AlignmentFlag.AlignHCenter)
                left += gap
            area = QRect(left, box.top(), width, box.height())
            if text:
                self._line(painter, area, text, fonts[note.bold], note.tone)
            else:
                icon = QRect(left, box.center().y() - side // 2 + 1, side, side)
                self._look.icon(note.icon, note.tone).paint(painter, icon)
            left += width
        return left - box.left() + (self._px(8) if notes else 0)

    def _findings(self, painter: QPainter, box: QRect, facts: _Facts) -> int:
        """Draw the count of findings at the right end in the colour of the worst; return where it begins."""
        text = f"! {facts.findings}"
        font = self._font(11.5, bold=True)
        width = QFontMetrics(font).horizontalAdvance(text) + 2
        area = QRect(box.right() - width + 1, box.top(), width, box.height())
        self._line(painter, area, text, font, weighed(facts.errors, facts.findings - facts.errors)[1])
        return area.left()

    def _line(
        self, painter: QPainter, box: QRect, text: str, font: QFont, token: str,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:  # fmt: skip
        painter.setFont(font)
        painter.setPen(self._color(token))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(align | Qt.AlignmentFlag.AlignVCenter), shown)

    def _wrapped(self, painter: QPainter, box: QRect, text: str, font: QFont, token: str) -> int:
        """Draw at most two lines, the second with an ellipsis where more follows; return the height used."""
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        first = layout.createLine()
        first.setLineWidth(box.width())
        layout.endLayout()
        height = QFontMetrics(font).height()
        cut = first.textLength() if first.isValid() else len(text)
        upper = QRect(box.left(), box.top(), box.width(), height)
        self._line(painter, upper, text[:cut].rstrip(), font, token)
        if cut >= len(text):
            return height
        self._line(painter, upper.translated(0, height), text[cut:], font, token)
        return 2 * height

    def _pill(self, painter: QPainter, left: int, box: QRect, mark: Mark) -> int:
        """Draw a state in its frame; return where it ends."""
        font = self._font(11, bold=True)
        metrics, most = QFontMetrics(font), min(box.right() - left, self._px(150)) - self._px(16)
        whole = f"{mark.glyph} {self._texts(mark.word)}"
        text = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, max(0, most))
        size = QSize(metrics.horizontalAdvance(text) + self._px(16), self._px(20))
        frame = QRect(left, box.center().y() - size.height() // 2 + 1, size.width(), size.height())
        painter.setPen(self._color("outline" if mark.tone == "muted" else mark.tone))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame.adjusted(0, 0, -1, -1), frame.height() / 2, frame.height() / 2)
        painter.setPen(self._color(mark.tone))
        painter.setFont(font)
        painter.drawText(frame, int(Qt.AlignmentFlag.AlignCenter), text)
        return frame.right()

    def _picture(self, painter: QPainter, box: QRect, picture: QPixmap | None) -> None:
        """Draw the picture cut to the box, or an empty frame while there is none."""
        path = QPainterPath()
        path.addRoundedRect(box, 4, 4)
        painter.fillPath(path, self._color("hover"))
        if picture is None or picture.isNull():
            return
        painter.save()
        painter.setClipPath(path)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        scaled = picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        place = QRect(0, 0, scaled.width(), scaled.height())
        place.moveCenter(box.center())
        painter.drawPixmap(place, picture)
        painter.restore()

    # Qt overrides

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        wide = self.is_wide(box.width())
        facts = self._facts(index, wide=wide)
        if facts is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected, in_front = bool(state & QStyle.StateFlag.State_Selected), bool(index.data(OPEN))
        if selected:
            painter.fillRect(box, self._color("accent_soft"))
        elif in_front or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self._color("hover"))
        (self._paint_line if wide else self._paint_column)(painter, box, facts)
        if index.data(UNSEEN):
            self._dot(painter, box, wide=wide)
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), self._color("hairline"))
        if in_front:  # the bar says which is open, the ground which is chosen
            painter.fillRect(QRect(box.left(), box.top(), self._px(3), box.height() - 1), self._color("accent"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, -1, -2))
        painter.restore()

    def sizeHint(
        self,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        return QSize(0, self._px(66) if self.is_wide(self._view.viewport().width()) else self._px(104))
