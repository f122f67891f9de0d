"""The pages of a story while it is being written: set as they would be printed, with the places of its parts."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock

from desktop_app.desk.desk import SILENT, Desk
from desktop_app.desk.exporting import both_languages, edition_on_screen
from desktop_app.desk.thumbnails import thumbnail_cache
from desktop_app.domain.edition import Edition
from desktop_app.domain.pictures import Picture
from desktop_app.domain.story import Story
from desktop_app.foundation.errors import BugError, KnownError
from desktop_app.foundation.messages import N_, Message
from desktop_app.press.pages import PageOptions, layout_for
from desktop_app.press.proofs import ProofPages, page_image, printed_shape, set_proof, sharp_width
from desktop_app.press.sheet import languages_of
from desktop_app.press.spots import Spot

__all__ = ["NO_CHINESE", "NO_ENGLISH", "PagesFailedError", "Proof", "ProofPress", "Spot", "sharp_width"]

logger = logging.getLogger(__name__)

_EDGE = 1600  # pixels of a picture's copy: sharp on a screen of ratio 2 across the whole page
_KEPT = 64 * 2**20  # bytes of copies kept

NO_ENGLISH = N_("There is no English yet: the Chinese stands alone.")
NO_CHINESE = N_("There is no Chinese: the English stands alone.")


class PagesFailedError(KnownError):
    """The pages cannot be set. The text is safe, and the reason stands in the log."""


@dataclass(frozen=True)
class Proof:
    """The pages of a story. Points are 1/72 inch from a page's upper left corner; pages count from 0.

    ``draft`` says that every page is marked; ``notes`` what a reader should know of these pages.
    """

    layout: str
    draft: bool
    notes: tuple[Message, ...]
    pages: ProofPages = field(repr=False)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self.pages.count

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of every page, in points."""
        return self.pages.width, self.pages.height

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Where every segment, picture and caption stands, page by page."""
        return self.pages.spots


@dataclass(frozen=True, slots=True)
class _Copy:
    """A picture as the screen shows it; without ``data`` the pages have a box in its place."""

    data: bytes = b""
    shape: float = 0.0
    why: Message | None = None


class ProofPress:
    """Sets the stories of one archive. May be asked on any thread; keeps small copies of the pictures."""

    def __init__(self, desk: Desk) -> None:
        """Take the archive; nothing is read yet."""
        self._desk = desk
        self._words = both_languages()
        self._copies: OrderedDict[str, _Copy] = OrderedDict()
        self._lock = Lock()

    def proof(
        self, story: Story, layout: str = "side-by-side", *, check: Callable[[], None] = SILENT.check
    ) -> Proof | None:
        """Set the pages of ``story`` as it stands on the screen; None where they would have no text of the story.

        ``check`` is called now and then; it raises where nobody wants the answer any more.

        Raises:
            WrongUsageError: no such story or layout.
            NotAllowedError: the story was killed.
            ArchiveUnavailableError: the temporary files cannot be written.
            CancelledError: nobody wants it any more.
            PagesFailedError: the pages cannot be set.
        """
        edition = edition_on_screen(self._desk, story)
        options = PageOptions(layout)
        printed = layout_for(edition, options)
        there = dict(zip(("zh", "en"), languages_of(edition.story), strict=True))
        pictures_alone = not any(there.values()) and any(edition.story.content.placements())
        if not pictures_alone and not any(there[side] for side in printed.sides):
            return None
        copies = self._copies_for(edition, check)
        check()
        files = {key: copy.data for key, copy in copies.items() if copy.data}
        shapes = {key: copy.shape for key, copy in copies.items() if copy.data}
        try:
            pages = set_proof(replace(edition, files=files), options, self._words, shapes)
        except BugError as problem:
            raise _failed(problem) from problem
        notes = [copy.why for copy in copies.values() if copy.why is not None]
        if layout not in {"english", "chinese"} and len(printed.sides) == 1:
            notes.insert(0, NO_ENGLISH if printed.sides == ("zh",) else NO_CHINESE)
        return Proof(layout, edition.draft, tuple(notes), pages)

    def page(self, proof: Proof, number: int, pixels: int) -> bytes:
        """Return the image of a page as PNG, ``pixels`` wide; in a ``sharp_width`` nothing of it is left out.

        Raises:
            ArchiveUnavailableError: the temporary files cannot be written.
            PagesFailedError: it cannot be drawn.
        """
        try:
            return page_image(proof.pages, number, pixels)
        except BugError as problem:
            raise _failed(problem) from problem

    def _copies_for(self, edition: Edition, check: Callable[[], None]) -> Mapping[str, _Copy]:
        found: dict[str, _Copy] = {}
        for placement in edition.story.content.placements():
            picture = edition.pictures.get(placement.picture or "")
            if picture is not None and picture.id not in found:
                check()
                found[picture.id] = self._copy(picture)
        return found

    def _copy(self, picture: Picture) -> _Copy:
        with self._lock:
            if picture.sha256 in self._copies:
                self._copies.move_to_end(picture.sha256)
                return self._copies[picture.sha256]
        copy = self._made(picture)
        with self._lock:
            self._copies[picture.sha256] = copy
            while sum(len(kept.data) for kept in self._copies.values()) > _KEPT and len(self._copies) > 1:
                self._copies.popitem(last=False)
        return copy

    def _made(self, picture: Picture) -> _Copy:
        """Ask whether the master can be printed, and make a small one. A picture that cannot be read is a box."""
        try:
            master = self._desk.originals.read(picture.sha256)
            shape = printed_shape(master, picture)
            if shape is None:
                return _Copy()
            return _Copy(thumbnail_cache().fetch(picture.sha256, _EDGE, lambda: master), shape)
        except KnownError as problem:
            logger.info("a picture is left out of the proof: %s", problem.reason.key)
            return _Copy(why=N_("The picture {file} cannot be read.", file=picture.file))


def _failed(problem: BugError) -> PagesFailedError:
    logger.error("the pages cannot be set: %s", problem)
    return PagesFailedError(
        N_("The pages cannot be set."),
        advice=N_("Your text is safe. The reason is in the log; go on writing, or choose another layout."),
    )
