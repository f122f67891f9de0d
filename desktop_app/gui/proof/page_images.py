"""The images of pages: drawn away from the window, those in view first, the least used let go."""

from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop_app.desk.proofs import Proof, ProofPress
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.tasks import Progress, Tasks

_MOST = 192 * 2**20  # bytes of images kept, those in view apart


def drawn(press: ProofPress, proof: Proof, page: int, pixels: int) -> QImage:
    """Draw a page ``pixels`` wide; for jobs."""
    return QImage.fromData(press.page(proof, page, pixels)).convertToFormat(QImage.Format.Format_RGB32)


class PageImages(QObject):
    """Gives what it has at once, be it of the proof before or of another size, and draws what is asked for.

    ``came`` when a page was drawn. One page is drawn at a time, so that scrolling on overtakes what went by.
    """

    came = Signal(int)
    failed = Signal(object)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._press: ProofPress | None = None
        self._proof: Proof | None = None
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._fresh: set[int] = set()  # those of this proof; others are of the one before
        self._asked: list[int] = []
        self._pixels = 0
        self._drawing = Latest(tasks, N_("Drawing a page"), self)

    def open_press(self, press: ProofPress | None) -> None:
        """Draw with this from now on; None: nothing any more."""
        self._press = press
        self.show_proof(None, {})
        self._images.clear()

    def show_proof(self, proof: Proof | None, images: dict[int, QImage]) -> None:
        """Take another proof and what is drawn of it; the images of the one before stay until their pages come."""
        self._drawing.forget()
        self._proof = proof
        self._fresh = set(images)
        self._images.update(images)
        for page in [page for page in self._images if proof is None or page >= proof.count]:
            del self._images[page]

    def image(self, page: int) -> QImage | None:
        """The page as it is there now, perhaps of another size."""
        if page in self._images:
            self._images.move_to_end(page)
        return self._images.get(page)

    def ask(self, pages: Iterable[int], pixels: int) -> None:
        """Have these pages drawn, in this order, unless they are there at this size."""
        self._asked, self._pixels = list(pages), pixels
        if not self._drawing.waiting:
            self._draw_next()

    def stop(self) -> None:
        """Want nothing any more."""
        self._asked = []
        self._drawing.forget()

    def is_complete(self) -> bool:
        """Whether all that was asked for is there."""
        return not self._missing()

    def _missing(self) -> list[int]:
        return [page for page in self._asked if page not in self._fresh or self._images[page].width() != self._pixels]

    def _draw_next(self) -> None:
        press, proof, missing = self._press, self._proof, self._missing()
        if press is None or proof is None or not missing:
            return
        page, pixels = missing[0], self._pixels

        def job(_progress: Progress) -> QImage:
            return drawn(press, proof, page, pixels)

        def done(image: QImage) -> None:
            self._keep(page, image)
            self.came.emit(page)
            self._draw_next()

        self._drawing.ask(job, done, self._on_failed)

    def _on_failed(self, error: KnownError) -> None:
        self._asked = []
        self.failed.emit(error)

    def _keep(self, page: int, image: QImage) -> None:
        self._images[page] = image
        self._images.move_to_end(page)
        self._fresh.add(page)
        room = sum(kept.sizeInBytes() for kept in self._images.values())
        for old in [page for page in self._images if page not in self._asked]:
            if room <= _MOST:
                break
            room -= self._images.pop(old).sizeInBytes()
            self._fresh.discard(old)
