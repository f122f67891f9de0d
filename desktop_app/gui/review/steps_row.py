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
_TO_COME = 2
_RANKS = {**dict.fromkeys(_IN_VIEW, 0), "later": _TO_COME}  # who gets room first; what is signed comes between


Size = tuple[int, int, int, int]


def allot(room: int, sizes: Sequence[Size], ranks: Sequence[int]) -> list[int]:
    """Share ``room`` among steps, each of which can be a mark, have its name, have a detail, or be whole.

    All marks stand; then names are granted, then details, then the times that make them whole. Nothing is granted in
    part. Those of rank 0 come first, each for itself; details are granted to all of another rank or to none, and times
    to all steps or to none, so that what is alike looks alike.
    """
    widths = [size[0] for size in sizes]
    left = room - sum(widths)

    def grant(level: int, group: Sequence[int]) -> bool:
        nonlocal left
        more = sum(sizes[one][level] - widths[one] for one in group)
        if more > left or any(widths[one] < sizes[one][level - 1] for one in group):
            return False
        left -= more
        for one in group:
            widths[one] = sizes[one][level]
        return True

    order = sorted(range(len(sizes)), key=lambda index: ranks[index])
    for index in order:
        grant(1, [index])
    several = [[index] for index in order if not ranks[index]]
    several += [found for rank in (1, 2) if (found := [index for index in order if ranks[index] == rank])]
    granted = [grant(2, group) for group in several]
    if all(granted):
        grant(3, order)
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
        ranks = [_RANKS.get(cell.view.kind, 1) for cell in self._cells]
        link, x, sizes = self._link(), 0, self._sizes()
        widths = allot(self.width() - link * (len(ranks) - 1), sizes, ranks)
        for cell, width, size, rank in zip(self._cells, widths, sizes, ranks, strict=True):
            cell.detailed = rank < _TO_COME or width >= size[2]
            cell.setGeometry(x, 0, width, self.height())
            x += width + link
        self.update()

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self._place()

    def _width(self, kept: Sequence[int], link: int) -> int:
        return sum(kept) + self._look.theme.px(link) * max(0, len(kept) - 1)

    def brief_width(self) -> int:
        """How wide it is with every step's name, and what is done, current or next with what it says but for times."""
        pairs = zip(self._cells, self._sizes(), strict=True)
        return self._width([size[1 if cell.view.kind == "later" else 2] for cell, size in pairs], _SHORT_LINK)

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
