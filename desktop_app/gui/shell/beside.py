"""The text of a story and what stands beside it: the panels, or the pages as they will print."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from desktop_app.gui.kit.look import Look
from desktop_app.gui.proof.view import ProofView

_LEAST_TEXT, _LEAST_PAGES = 400, 360  # pixels at 100 %; below both together the pages have the place to themselves
_MOST = 10_000  # what the splitter leaves of it is the text's
_SIDE, _PAGES = "side", "proof"


class Beside(QSplitter):
    """Lays the three out. Panels and pages keep their own widths; ``moved`` when a person changed one."""

    moved = Signal()

    def __init__(
        self, look: Look, text: QWidget, side: QWidget, pages: ProofView, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self._text, self._side, self._pages = text, side, pages
        self._side_shown, self._pages_shown = True, False
        self._widths: dict[str, int] = {}
        for part in (text, side, pages):
            self.addWidget(part)
            self.setStretchFactor(self.indexOf(part), int(part is text))
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(lambda _at, _index: self._on_moved())
        self._arrange()

    def show_side(self, *, shown: bool) -> None:
        """Show or hide the panels; the pages come before them."""
        self._side_shown = shown
        self._arrange()

    def show_pages(self, *, shown: bool) -> None:
        """Show the pages in the place of the panels."""
        self._pages_shown = shown
        self._arrange()

    @property
    def pages_shown(self) -> bool:
        """Whether the pages are there."""
        return self._pages_shown

    @property
    def pages_alone(self) -> bool:
        """Whether the pages are there, and the text is not for want of room."""
        least = self._look.theme.px(_LEAST_TEXT) + self._look.theme.px(_LEAST_PAGES)
        return self._pages_shown and self.width() < least

    def widths(self) -> dict[str, int]:
        """The widths of panels and pages as far as they are known, by ``side`` and ``proof``."""
        return dict(self._widths)

    def show_widths(self, widths: Mapping[str, int]) -> None:
        """Take the widths that ``widths`` gave."""
        self._widths.update({name: widths[name] for name in (_SIDE, _PAGES) if name in widths})
        self._share_out()

    def _arrange(self) -> None:
        alone = self.pages_alone
        self._pages.show_alone(alone=alone)
        if self._text.isHidden() is not alone:
            self._text.setVisible(not alone)
        self._side.setVisible(self._side_shown and not self._pages_shown)
        if self._pages.isHidden() is self._pages_shown:
            self._pages.setVisible(self._pages_shown)
            self._share_out()

    def _share_out(self) -> None:
        half = max(self._look.theme.px(_LEAST_PAGES), self.width() // 2)
        side = self._widths.get(_SIDE, self._side.minimumWidth())
        self.setSizes([_MOST, side, self._widths.get(_PAGES, half)])

    def _on_moved(self) -> None:
        _text, side, pages = self.sizes()
        if self._pages_shown:
            self._widths[_PAGES] = pages
        else:
            self._widths[_SIDE] = side
        self.moved.emit()

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
