"""The sheets on their ground: scrolled, zoomed, clicked on. Only sheets in view are painted."""

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from desktop_app.desk.proofs import Proof, sharp_width
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import load_theme
from desktop_app.gui.proof.geometry import GAP, Sheets
from desktop_app.gui.proof.marking import bars, spot_at
from desktop_app.gui.proof.page_images import PageImages
from desktop_app.gui.proof.refreshing import Fresh

SMALLEST, LARGEST = 0.25, 4.0  # of the natural size
_NATURAL = 96 / 72  # pixels a point at 100 %
_WIDEST_FIT = 1000  # pixels at 100 %: more would only be blurred space
_A_NOTCH = 120  # eighths of a degree: a step of the wheel
_ZOOM_A_NOTCH = 1.1
_SETTLE = 120  # ms without zooming before pages are drawn anew
_PAPER = QColor("#ffffff")
_A4 = (595.28, 841.89)  # points, until the first proof says it


class PageCanvas(QAbstractScrollArea):
    """Shows a proof. ``opened(key)`` on a click, ``page_changed``, ``zoom_changed``, ``failed(KnownError)``."""

    opened = Signal(str)
    page_changed = Signal()
    zoom_changed = Signal()
    failed = Signal(object)

    NAME = N_("Pages as they will print")

    def __init__(self, look: Look, texts: Texts, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self._images = images
        self._proof: Proof | None = None
        self._numbers: dict[str, int] = {}
        self._zoom: float | None = None  # None: as wide as the view
        self._active = ""
        self._under = ""
        self._sheets = Sheets(0, _A4, 1, 1)
        self._accent = load_theme("light").color("accent")  # the paper is white in every theme
        self._drawing = QTimer(self)
        self._drawing.setSingleShot(True)
        self._drawing.setInterval(_SETTLE)
        self._drawing.timeout.connect(self._ask_images)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(texts(self.NAME))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # so that fitting does not swing
        self.viewport().setMouseTracking(True)
        images.came.connect(self._on_image)
        images.failed.connect(self.failed)
        look.changed.connect(self.viewport().update)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # What is shown

    def show_fresh(self, fresh: Fresh) -> None:
        """Show another proof where the one before was; the active part stays in view where it was in view."""
        followed = self._is_in_view(self._active)
        self._proof, self._numbers = fresh.proof, fresh.numbers
        self._images.show_proof(fresh.proof, fresh.images)
        self._lay_out()
        if followed:
            self._bring(self._active)
        self._look_under(self.viewport().mapFromGlobal(self.cursor().pos()).toPointF())
        self._on_scrolled()

    def show_active(self, key: str) -> None:
        """Mark a segment or picture and bring it into view."""
        if key != self._active:
            self._active = key
            self._bring(key)
            self.viewport().update()

    @property
    def page(self) -> int:
        """The page in the middle of the view, from 0."""
        return self._sheets.page_at(self._top + self.viewport().height() / 2)

    @property
    def pages_in_view(self) -> range:
        """The pages of which something shows; before the first proof those that will."""
        if not self._sheets.count:
            return range(2)
        return self._sheets.between(self._top, self._top + self.viewport().height())

    @property
    def pixels(self) -> int:
        """How many pixels of the screen a page is wide."""
        return max(1, round(self._sheets.width * self.devicePixelRatioF()))

    @property
    def scale(self) -> float:
        """The size of the pages: 1.0 is as on paper."""
        return self._sheets.scale / _NATURAL

    @property
    def fits(self) -> bool:
        """Whether the pages are as wide as the view."""
        return self._zoom is None

    def is_sharp(self) -> bool:
        """Whether every page in view is drawn at its size."""
        return self._images.is_complete() and not self._drawing.isActive()

    def place_of(self, key: str) -> QRectF | None:
        """Where the first line of a part lies in the viewport; None where it is on no page."""
        spot = next((spot for spot in self._proof.spots if spot.key == key), None) if self._proof else None
        if spot is None:
            return None
        return self._sheets.rect(spot.page, spot.x, spot.y, spot.width, spot.height).translated(self._shift)

    # Zoom

    def zoom_to(self, scale: float | None, at: QPointF | None = None) -> None:
        """Show the pages at this size, None: as wide as the view; the place under ``at`` stays where it is."""
        held = None if scale is None else min(LARGEST, max(SMALLEST, scale))
        if held == self._zoom:
            return
        at = at or QPointF(self.viewport().width() / 2, 0)
        before = self._sheets.place(at - self._shift)
        self._zoom = held
        self._lay_out()
        if before is not None:
            page, x, y = before
            now = self._sheets.rect(page, x, y, 0, 0).topLeft() - at
            self.verticalScrollBar().setValue(round(now.y()))
            self.horizontalScrollBar().setValue(round(now.x()))
        self.zoom_changed.emit()

    def go_to_page(self, page: int) -> None:
        """Bring the top of a page to the top."""
        self.verticalScrollBar().setValue(round(self._sheets.sheet(page).top() - GAP))

    # Inside

    @property
    def _top(self) -> float:
        return self.verticalScrollBar().value()

    @property
    def _shift(self) -> QPointF:
        return QPointF(-self.horizontalScrollBar().value(), -self._top)

    def _lay_out(self) -> None:
        """Reckon the sheets for this proof, width and zoom, and keep the page in view."""
        old, room = self._sheets, self.viewport().size()
        points = self._proof.size if self._proof is not None else old.points
        fit = min(room.width() - 2 * GAP, self._look.theme.px(_WIDEST_FIT))
        width = max(80.0, float(fit) if self._zoom is None else points[0] * _NATURAL * self._zoom)
        share = self._top / old.down if old.count else 0.0
        ratio = self.devicePixelRatioF()
        width = sharp_width(round(width * ratio), *points) / ratio
        self._sheets = Sheets(self._proof.count if self._proof else 0, points, width, room.width())
        bar, across = self.verticalScrollBar(), self.horizontalScrollBar()
        bar.setRange(0, max(0, math.ceil(self._sheets.down) - room.height()))
        bar.setPageStep(room.height())
        bar.setSingleStep(self._look.theme.px(40))
        across.setRange(0, max(0, math.ceil(self._sheets.across) - room.width()))
        across.setPageStep(room.width())
        if old.count and old.width != self._sheets.width:
            bar.setValue(round(share * self._sheets.down))
        self._drawing.start()
        self.viewport().update()

    def _ask_images(self) -> None:
        if self._proof is None or not self.isVisible():
            return
        seen = self.pages_in_view
        near = [page for page in (seen.stop, seen.start - 1) if 0 <= page < self._sheets.count]
        self._images.ask([*seen, *near], self.pixels)

    def _is_in_view(self, key: str) -> bool:
        place = self.place_of(key)
        return place is not None and place.intersects(QRectF(self.viewport().rect()))

    def _bring(self, key: str) -> None:
        place = self.place_of(key)
        room = self.viewport().height()
        if place is not None and (place.top() < 0 or place.bottom() > room):
            self.verticalScrollBar().setValue(round(self._top + place.top() - room / 3))

    def _key_under(self, at: QPointF) -> str:
        place = self._sheets.place(at - self._shift)
        spot = spot_at(self._proof.spots, *place) if self._proof is not None and place is not None else None
        return spot.key if spot is not None else ""

    def _look_under(self, at: QPointF) -> None:
        key = self._key_under(at) if self.viewport().underMouse() else ""
        if key != self._under:
            self._under = key
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if key else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def _on_scrolled(self) -> None:
        if not self._drawing.isActive():
            self._ask_images()
        self.page_changed.emit()

    def _on_image(self, _page: int) -> None:
        self.viewport().update()

    # Painting

    def _paint_sheet(self, painter: QPainter, page: int) -> None:
        sheet = self._sheets.sheet(page).translated(self._shift)
        ratio = self.devicePixelRatioF()
        at = QPointF(round(sheet.x() * ratio) / ratio, round(sheet.y() * ratio) / ratio)
        image = self._images.image(page)
        size = QSize(self.pixels, round(self._sheets.height * ratio)) if image is None else image.size()
        exact = QRectF(at, size.toSizeF() / ratio if size.width() == self.pixels else sheet.size())
        self._paint_edge(painter, exact)
        if image is None:
            painter.fillRect(exact, _PAPER)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=size.width() != self.pixels)
            painter.drawImage(exact, image)

    def _paint_edge(self, painter: QPainter, sheet: QRectF) -> None:
        """A hairline round the sheet and a breath of shadow below it."""
        dark = self._look.theme.name == "dark"
        painter.setPen(Qt.PenStyle.NoPen)
        for grown, alpha in ((3, 10), (2, 16), (1, 40)):
            painter.setBrush(QColor(0, 0, 0, alpha * (3 if dark else 1)))
            painter.drawRoundedRect(sheet.adjusted(-grown, 1 - grown, grown, 1 + grown), grown, grown)

    def _paint_marks(self, painter: QPainter, page: int) -> None:
        if self._proof is None:
            return
        on_page = [spot for spot in self._proof.spots if spot.page == page]
        painter.setPen(Qt.PenStyle.NoPen)
        if self._under and self._under != self._active:
            soft = QColor(self._accent)
            soft.setAlphaF(0.08)
            painter.setBrush(soft)
            for spot in on_page:
                if spot.key == self._under:
                    where = self._sheets.rect(page, spot.x, spot.y, spot.width, spot.height)
                    painter.drawRect(where.translated(self._shift))
        bar = QColor(self._accent)
        bar.setAlphaF(0.75)
        painter.setBrush(bar)
        wide = self._look.theme.px(3)
        for left, top, bottom in bars(on_page, self._active):
            place = self._sheets.rect(page, left, top, 0, bottom - top).translated(self._shift)
            painter.drawRoundedRect(QRectF(place.x() - 3 * wide, place.y(), wide, place.height()), wide / 2, wide / 2)

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._look.theme.color("ground"))
        for page in self.pages_in_view if self._proof is not None else ():
            self._paint_sheet(painter, page)
            self._paint_marks(painter, page)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        self.page_changed.emit()
        if self.fits:
            self.zoom_changed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turn:
            self.zoom_to(self.scale * _ZOOM_A_NOTCH ** (turn / _A_NOTCH), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        places = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        if event.key() in places:
            bar.setValue(places[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._active:
            self.opened.emit(self._active)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._look_under(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            key = self._key_under(event.position())
            if key:
                self.opened.emit(key)

    def leaveEvent(self, event: QEvent) -> None:
        self._under = ""
        self.viewport().update()
        super().leaveEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._look_under(event.position())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            key = self._key_under(event.pos().toPointF())
            text = self._texts(N_("Go to {number} in the text", number=self._numbers[key])) if key else ""
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)
