"""The painted rows of the Changes view: number, source and target side by side, with the change in hand framed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from desktop_app.domain.authors import Author, Made
from desktop_app.domain.changes import Key
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import ui_font
from desktop_app.gui.review.change_rows import NOTE, ChangeRow, Passage, Place
from desktop_app.gui.review.marked_text import MarkedText

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_DIM = 0.6  # how strongly the texts of accepted changes are painted


class ChangeModel(QAbstractListModel):
    """The rows that differ, and which change is in hand."""

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self.rows: list[ChangeRow] = []
        self.here: Place | None = None
        self.places: list[Place] = []
        self._authors: Mapping[Key, Made] = MappingProxyType({})
        self._accepted: Mapping[Key, Made] = MappingProxyType({})
        self._names: Callable[[str | None], str] = lambda person: person or ""

    def show_rows(
        self,
        rows: Sequence[ChangeRow],
        places: Sequence[Place] = (),
        authors: Mapping[Key, Made] = MappingProxyType({}),
        accepted: Mapping[Key, Made] = MappingProxyType({}),
        names: Callable[[str | None], str] = lambda person: person or "",
    ) -> None:
        """Show other rows, with the changes that can be gone to; none is in hand then.

        ``authors`` made those to look at, ``accepted`` those that were; ``names`` of people by id.
        """
        self.beginResetModel()
        self.rows, self.here, self.places = list(rows), None, list(places)
        self._authors, self._accepted, self._names = authors, accepted, names
        self.endResetModel()

    def author(self, place: Place) -> Made | None:
        """Who made a change."""
        return (self._accepted if place.accepted else self._authors).get(place.key)

    def told(self, author: Author) -> str:
        """Who made a change, and when."""
        when = self._texts.moment(datetime.fromisoformat(author.at)) if author.at else ""
        name = self._names(author.person) or self._texts(N_("somebody"))
        return f"{name} · {when}" if when else name

    def footer(self, row: ChangeRow) -> str:
        """Who made the changes of a row, and that they were accepted."""
        made = "; ".join(self.told(author) for author in row.made)
        accepted = self._texts(N_("accepted by you")) if row.accepted else ""
        return " · ".join(part for part in (made, accepted) if part)

    def take(self, place: Place | None) -> None:
        """Take a change in hand."""
        before, self.here = self.here, place
        for row in {p.row for p in (before, place) if p is not None and p.row < len(self.rows)}:
            self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return "; ".join(part for part in (spoken(row, self._texts), self.footer(row), *row.comments) if part)
        return None


def spoken(row: ChangeRow, texts: Texts) -> str:
    """A row in words, for assistive technology."""
    if row.note is not None:
        return texts(row.note)
    said = [texts(N_("Segment {n}", n=row.number) if row.number is not None else N_("Removed"))]
    for passage in (*row.source, *row.target):
        for sign, text in passage.ops:
            if sign == "-":
                said.append(texts(N_("deleted “{text}”", text=text)))
            elif sign == "+":
                said.append(texts(N_("inserted “{text}”", text=text)))
    return "; ".join(said)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A passage in its place inside its row."""

    side: int
    passage: int
    shown: Passage
    text: MarkedText
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class _Row:
    """A row laid out: its passages, where its small lines begin, and its height."""

    laid: tuple[_Laid, ...]
    small: int
    height: int


class ChangeDelegate(QStyledItemDelegate):
    """Paints the rows; what was laid out is kept until the width, the theme or the rows change.

    ``pressed(place)`` when a change was clicked at.
    """

    pressed = Signal(object)

    def __init__(self, look: Look, texts: Texts, model: ChangeModel, view: QListView) -> None:
        super().__init__(view)
        self._look, self._texts, self._model, self._view = look, texts, model, view
        self._laid: dict[int, _Row] = {}
        self._for: tuple[int, object] = (0, None)
        model.modelReset.connect(self._laid.clear)

    def _columns(self) -> tuple[int, int, int]:
        """Where the source begins, where the target begins, and where it ends."""
        theme = self._look.theme
        gutter, width = theme.px(48), self._view.viewport().width()
        return gutter, gutter + (width - gutter) // 2, width

    def _lay_out(self, index: Index) -> _Row:
        theme = self._look.theme
        if self._for != (self._view.viewport().width(), theme):
            self._for = (self._view.viewport().width(), theme)
            self._laid.clear()
        found = self._laid.get(index.row())
        if found is None:
            found = self._laid[index.row()] = self._make(self._model.rows[index.row()])
        return found

    def _make(self, row: ChangeRow) -> _Row:
        theme = self._look.theme
        source, target, end = self._columns()
        pad, label = theme.px(14), self._line()
        laid: list[_Laid] = []
        height = theme.px(34) if row.note is not None else 0
        for side, (left, right, passages) in enumerate(((source, target, row.source), (target, end, row.target))):
            y = theme.px(10)
            for number, passage in enumerate(passages):
                if passage.label is not None:
                    y += label
                text = MarkedText(passage, right - left - 2 * pad, theme)
                laid.append(_Laid(side, number, passage, text, left + pad, y))
                y += text.height + (theme.px(6) if passage.label is not None else 0)
            height = max(height, y)
        lines = (1 if self._model.footer(row) else 0) + len(row.comments)
        small = height + theme.px(2)
        height = small + lines * self._line() if lines and row.note is None else height
        return _Row(tuple(laid), small, max(height + theme.px(8), theme.px(40)) + 1)

    def _line(self) -> int:
        return QFontMetrics(ui_font(self._look.theme.px(11.5))).height() + 1

    def top_of(self, place: Place) -> int:
        """How far below the top of its row a change begins."""
        laid = self._lay_out(self._model.index(place.row)).laid
        found = (piece for piece in laid if (piece.side, piece.passage) == (place.side, place.passage))
        return next((piece.y + piece.text.run_top(place.run) for piece in found), 0)

    def place_at(self, index: Index, at: QPoint) -> Place | None:
        """The change under a point that counts from the top left of its row; None where there is none."""
        for piece in self._lay_out(index).laid:
            inside = QPointF(at.x() - piece.x, at.y() - piece.y)
            for run in range(len(piece.shown.keys)):
                if any(box.adjusted(-2, -2, 2, 2).contains(inside) for box in piece.text.boxes(run)):
                    key = piece.shown.keys[run]
                    accepted = self._model.rows[index.row()].accepted
                    return Place(index.row(), piece.side, piece.passage, run, key, accepted)
        row = self._model.rows[index.row()]
        return Place(index.row(), NOTE, 0, 0, row.note_key, row.accepted) if row.note_key is not None else None

    # Painting

    def _draw_grid(self, painter: QPainter, rect: QRect, row: ChangeRow, *, here: bool) -> None:
        theme = self._look.theme
        source, target, _end = self._columns()
        gutter = QRect(rect.left(), rect.top(), source, rect.height())
        if here:
            painter.fillRect(rect, theme.color("active_row"))
        else:
            painter.fillRect(gutter, theme.color("gutter"))
        painter.setPen(QPen(theme.color("hairline"), 1))
        for x in (source, target) if row.note is None else (source,):
            painter.drawLine(x, rect.top(), x, rect.bottom())
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        painter.setFont(ui_font(theme.px(12)))
        painter.setPen(theme.color("muted"))
        about_all = row.number is None and bool(row.target) and not row.source and row.target[0].label is not None
        number = str(row.number) if row.number is not None else ("–" if about_all else "✕")
        top = gutter.adjusted(0, theme.px(13), 0, 0)
        painter.drawText(top, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, number)

    def _draw_note(self, painter: QPainter, rect: QRect, row: ChangeRow, *, here: bool) -> None:
        """A sentence about the segments themselves, with its author behind it."""
        theme = self._look.theme
        assert row.note is not None, "the caller looked"
        left = rect.left() + self._columns()[0] + theme.px(14)
        px = theme.px(14)
        icon = self._look.icon(row.icon, "muted")
        icon.paint(painter, left, rect.center().y() - px // 2, px, px)
        words = QRect(left + px + theme.px(8), rect.top(), rect.width() - left - px - theme.px(20), rect.height() - 1)
        font, small = ui_font(theme.px(13)), ui_font(theme.px(11.5))
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        text = QFontMetrics(font).elidedText(self._texts(row.note), Qt.TextElideMode.ElideRight, words.width())
        painter.setOpacity(_DIM if row.accepted else 1)
        painter.drawText(words, middle, text)
        painter.setOpacity(1)
        taken = QFontMetrics(font).horizontalAdvance(text)
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        rest = words.adjusted(taken + theme.px(12), 0, 0, 0)
        said = QFontMetrics(small).elidedText(
            self._model.footer(row), Qt.TextElideMode.ElideRight, max(0, rest.width())
        )
        painter.drawText(rest, middle, said)
        if here:
            painter.setPen(QPen(theme.color("accent"), 1.5))
            frame = QRect(left - theme.px(6), rect.top() + theme.px(6), taken + px + theme.px(20), 0)
            painter.drawRoundedRect(frame.adjusted(0, 0, 0, rect.height() - theme.px(13)), 4, 4)

    def _draw_small(self, painter: QPainter, rect: QRect, row: ChangeRow, top: int) -> None:
        """Who made the changes, and what was said here."""
        theme = self._look.theme
        _source, target, end = self._columns()
        pad, height, small = theme.px(14), self._line(), ui_font(theme.px(11.5))
        place = QRect(rect.left() + target + pad, rect.top() + top, end - target - 2 * pad, height)
        painter.setFont(small)
        made = self._model.footer(row)
        lines = [("muted", "check" if row.accepted else "user", made)] if made else []
        lines += [("accent", "comment", text) for text in row.comments]
        px = theme.px(11)
        for tone, icon, text in lines:
            self._look.icon(icon, tone).paint(painter, place.left(), place.top() + (height - px) // 2, px, px)
            words = place.adjusted(px + theme.px(5), 0, 0, 0)
            painter.setPen(theme.color(tone))
            shown = QFontMetrics(small).elidedText(text, Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            place.translate(0, height)

    # Qt overrides

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        if not isinstance(row, ChangeRow):
            return
        theme, rect = self._look.theme, option.rect
        here = self._model.here if self._model.here is not None and self._model.here.row == index.row() else None
        painter.save()
        self._draw_grid(painter, rect, row, here=here is not None)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.note is not None:
            self._draw_note(painter, rect, row, here=here is not None)
            painter.restore()
            return
        found = self._lay_out(index)
        small = ui_font(theme.px(11.5))
        painter.setOpacity(_DIM if row.accepted else 1)
        for piece in found.laid:
            at = QPointF(rect.left() + piece.x, rect.top() + piece.y)
            if piece.shown.label is not None:
                painter.setFont(small)
                painter.setPen(theme.color("muted"))
                painter.drawText(at - QPointF(0, QFontMetrics(small).descent()), self._texts(piece.shown.label))
            piece.text.draw(painter, at, theme.color("ink"))
            if here is not None and (piece.side, piece.passage) == (here.side, here.passage):
                piece.text.frame_run(painter, at, here.run)
        painter.setOpacity(1)
        self._draw_small(painter, rect, row, found.small)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, self._lay_out(index).height)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            place = self.place_at(index, event.position().toPoint() - option.rect.topLeft())
            first = next((one for one in self._model.places if one.row == index.row()), None)
            wanted = place if place in self._model.places else first
            if wanted is not None:
                self.pressed.emit(wanted)
        return super().editorEvent(event, model, option, index)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        if not index.isValid():
            return False
        place = self.place_at(index, event.pos() - option.rect.topLeft())
        made = self._model.author(place) if place is not None else None
        told = [self._model.told(author) for author in made.authors] if made is not None else []
        QToolTip.showText(event.globalPos(), "; ".join(told), view)
        return True
