"""Where the sheets lie: one below the other, and which of them are in view."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

GAP = 14  # pixels between two sheets, and round all of them


@dataclass(frozen=True)
class Sheets:
    """``count`` sheets of one size. ``width`` is a sheet's in pixels, ``points`` its width and height in points.

    ``room`` is the width of the view: sheets that are narrower stand in its middle.
    """

    count: int
    points: tuple[float, float]
    width: float
    room: float
    gap: float = GAP

    @property
    def scale(self) -> float:
        """Pixels a point."""
        return self.width / self.points[0]

    @property
    def height(self) -> float:
        """Of a sheet, in pixels."""
        return self.points[1] * self.scale

    @property
    def across(self) -> float:
        """The width of all, with the gaps."""
        return self.width + 2 * self.gap

    @property
    def down(self) -> float:
        """The height of all, with the gaps."""
        return self.count * (self.height + self.gap) + self.gap

    def sheet(self, page: int) -> QRectF:
        """Where a sheet lies, before scrolling."""
        left = max(self.gap, (self.room - self.width) / 2)
        return QRectF(left, self.gap + page * (self.height + self.gap), self.width, self.height)

    def page_at(self, y: float) -> int:
        """The sheet at this height, or the nearest."""
        return min(max(0, int((y - self.gap / 2) // (self.height + self.gap))), max(0, self.count - 1))

    def between(self, top: float, bottom: float) -> range:
        """The sheets that show between two heights."""
        if not self.count:
            return range(0)
        return range(self.page_at(top), self.page_at(bottom) + 1)

    def place(self, at: QPointF) -> tuple[int, float, float] | None:
        """The page and the place on it in points; None beside the sheets."""
        if not self.count:
            return None
        page = self.page_at(at.y())
        sheet = self.sheet(page)
        if not sheet.contains(at):
            return None
        return page, (at.x() - sheet.x()) / self.scale, (at.y() - sheet.y()) / self.scale

    def rect(self, page: int, x: float, y: float, width: float, height: float) -> QRectF:
        """Where a part of a page, given in points, lies."""
        sheet, scale = self.sheet(page), self.scale
        return QRectF(sheet.x() + x * scale, sheet.y() + y * scale, width * scale, height * scale)
