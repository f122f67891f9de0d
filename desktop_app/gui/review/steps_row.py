"""The steps of the strip side by side. Where it is narrow details give way first, then the names of settled steps."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.gui.kit.look import Look
from desktop_app.gui.review.step_cell import StepCell
from desktop_app.gui.review.steps import StepView

_LINK, _LINK_MARGIN = 30, 8  # from one step to the next, and what of it stays blank at either end
_SHORT_LINK = 18  # where it is narrow
_IN_VIEW = frozenset({"open", "stale"})  # these steps keep their names to the last


Size = tuple[int, int, int, int]


def allot(room: int, sizes: Sequence[Size], first: Sequence[bool]) -> list[int]:
    """Share ``room`` among steps, each of which can be a mark, have its name, have a detail, or be whole.

    All marks stand; then names are granted whole or not at all, then details as far as the room goes, then the times
    that make them whole, or none; within each round the steps marked ``first`` come first.
    """
    widths = [size[0] for size in sizes]
    left = room - sum(widths)
    order = sorted(range(len(sizes)), key=lambda index: not first[index])
    for level, in_part in ((1, False), (2, True), (3, False)):
        for index in order:
            if widths[index] < sizes[index][level - 1]:
                continue
            more = sizes[index][level] - widths[index]
            if more > left:
                more = max(0, left) if in_part else 0
            widths[index] += more
            left -= more
    return widths


class StepsRow(QWidget):
    """Cells are put up again only where a step has changed, so that nothing flickers while a person types."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._cells: list[StepCell] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        look.changed.connect(self._on_look_changed)

    def views(self) -> list[StepView]:
        """The steps shown."""
        return [cell.view for cell in self._cells]

    def show_views(self, views: Sequence[StepView]) -> None:
        """Show other steps."""
        if list(views) == self.views():
            return
        for cell in self._cells:
            cell.hide()
            cell.deleteLater()
        self._cells = [StepCell(view, self._look, self) for view in views]
        self._place()
        for cell in self._cells:
            cell.show()
        self.updateGeometry()

    def _sizes(self) -> list[Size]:
        return [cell.widths() for cell in self._cells]

    def _link(self) -> int:
        """The length of a link: the long one where everything fits."""
        theme = self._look.theme
        return theme.px(_LINK if self.sizeHint().width() <= self.width() else _SHORT_LINK)

    def _place(self) -> None:
        first = [cell.view.kind in _IN_VIEW for cell in self._cells]
        link, x = self._link(), 0
        for cell, width in zip(
            self._cells, allot(self.width() - link * (len(first) - 1), self._sizes(), first), strict=True
        ):
            cell.setGeometry(x, 0, width, self.height())
            x += width + link
        self.update()

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self._place()

    def _width(self, kept: Sequence[int], link: int) -> int:
        return sum(kept) + self._look.theme.px(link) * max(0, len(kept) - 1)

    def named_width(self) -> int:
        """How wide it is with every step's name and no details."""
        return self._width([size[1] for size in self._sizes()], _SHORT_LINK)

    def sizeHint(self) -> QSize:
        return QSize(self._width([size[-1] for size in self._sizes()], _LINK), self._look.theme.px(36))

    def minimumSizeHint(self) -> QSize:
        pairs = zip(self._cells, self._sizes(), strict=True)
        kept = [size[1] if cell.view.kind in _IN_VIEW else size[0] for cell, size in pairs]
        return QSize(self._width(kept, _SHORT_LINK), self._look.theme.px(36))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setPen(QPen(theme.color("outline"), 1))
        margin, middle = theme.px(_LINK_MARGIN), self.height() // 2
        for cell, following in zip(self._cells, self._cells[1:], strict=False):
            start, end = cell.geometry().right() + margin, following.geometry().left() - margin
            painter.drawLine(min(start, end - 2), middle, end, middle)
