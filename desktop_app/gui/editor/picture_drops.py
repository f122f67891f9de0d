"""Pictures that are dropped on the sheet or pasted: into the catalogue, and to the place where they were put down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.desk.desk import Desk
from desktop_app.desk.desk import Progress as DeskProgress
from desktop_app.desk.picture_intake import Snapshot, placed, take_in
from desktop_app.desk.pictures import PICTURE_SUFFIXES, Added
from desktop_app.domain.edits import Edit, SetPlacement
from desktop_app.domain.people import Person
from desktop_app.domain.story import Block, BlockKind
from desktop_app.foundation.errors import InputRefusedError, KnownError
from desktop_app.foundation.ids import new_id
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.pasting import image_of
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.editor.sheet import Sheet
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.drops import local_files
from desktop_app.gui.kit.folders import Folders
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts

SENDER = "picture-drops"
_REFUSALS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Spot:
    """Where pictures go: behind the block of a row (None: behind the headline), or into the empty place of a row."""

    row: str | None
    fills: bool = False


class PictureDrops(QObject):
    """Takes pictures in and puts them where they belong; ``said(text, tone)`` tells what became of them."""

    said = Signal(str, str)

    GONE = N_("The pictures are in the catalogue; the story was closed before they could be placed.")

    def __init__(self, texts: Texts, tasks: Tasks, bus: ChangeBus, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self._texts, self._tasks, self._bus, self._sheet = texts, tasks, bus, sheet
        self._document: StoryDocument | None = None
        self._desk: Desk | None = None
        self._person: Callable[[], Person | None] = lambda: None

    def use(self, desk: Desk | None, person: Callable[[], Person | None]) -> None:
        """Take them into this archive, in the name of whoever is at the desk then."""
        self._desk, self._person = desk, person

    def show_document(self, document: StoryDocument | None) -> None:
        """Put them into another story, or into none."""
        self._document = document

    def refusal(self) -> Message | None:
        """Why the open story takes no pictures now."""
        return self._document.read_only if self._document is not None else None

    def spot_here(self) -> Spot:
        """The place of the active row."""
        return self.spot_of(self._sheet.key) if self._sheet.key else Spot(None)

    def spot_of(self, key: str) -> Spot:
        """The place that a row stands for: its own where it waits for a picture, else the one behind its block."""
        place = self._document.placement(key) if self._document is not None else None
        return Spot(key, fills=place is not None and place.picture is None)

    def ask(self, over: QWidget) -> None:
        """Let the person choose picture files, which go behind the active row."""
        refusal = self.refusal()
        if refusal is not None:
            self.said.emit(self._texts(refusal), "warning")
            return
        folders, endings = Folders.in_force(), " ".join(f"*{suffix}" for suffix in PICTURE_SUFFIXES)
        kinds = f"{self._texts(N_('Pictures'))} ({endings} {endings.upper()})"
        title = self._texts(N_("Put pictures into the story"))
        chosen, _ = QFileDialog.getOpenFileNames(over, title, folders.start(), kinds)
        if chosen:
            folders.remember(Path(chosen[0]))
            self._bring([Path(name) for name in chosen], None, self.spot_here())

    def bring(self, source: QMimeData, spot: Spot) -> None:
        """Take in what was dropped or pasted, and place it; says why where that cannot be done."""
        self._bring(local_files(source), image_of(source), spot)

    def _bring(self, files: Sequence[Path], image: QImage | None, spot: Spot) -> None:
        document, desk = self._document, self._desk
        if document is None or desk is None:
            return
        refusal = self.refusal()
        if refusal is not None:
            self.said.emit(self._texts(refusal), "warning")
            return
        person = self._person()

        def job(progress: Progress) -> Added:
            things: Sequence[Path | Snapshot] = files or [_snapshot(image)]
            return take_in(desk, things, by=person, progress=DeskProgress(progress.report, progress.check))

        if files or image is not None:
            self._tasks.run(
                job,
                title=N_("Taking pictures in"),
                on_done=lambda added: self._on_taken(added, document, spot),
                on_error=self._on_error,
                writer=True,
            )

    def _on_taken(self, added: Added, document: StoryDocument, spot: Spot) -> None:
        if added.pictures:
            self._bus.publish(added.changes, SENDER)
        sentences = [f"{Path(one.subject).name}: {self._texts(one.reason)}" for one in added.refused[:_REFUSALS_NAMED]]
        tone = "warning" if sentences else "good"
        if added.pictures and (document is not self._document or document.read_only is not None):
            sentences, tone = [self._texts(self.GONE), *sentences], "warning"
        elif added.pictures:
            self._place(added, document, spot)
            count = len(added.pictures)
            sentences.insert(0, self._texts(NN_("{n} picture placed.", "{n} pictures placed.", count)))
        if sentences:
            self.said.emit(" ".join(sentences), tone)

    def _place(self, added: Added, document: StoryDocument, spot: Spot) -> None:
        pictures = [one.picture for one in added.pictures]
        self._sheet.leave()
        behind = spot.row if spot.row is not None and document.has(spot.row) else None
        place = document.placement(behind) if behind is not None and spot.fills else None
        shown = behind
        if behind is not None and place is not None and place.picture is None:
            first: Edit = SetPlacement(behind, placed(pictures.pop(0), place))
            document.apply(first)
        blocks = [Block(new_id(), BlockKind.PICTURE, (), placed(picture)) for picture in pictures]
        if blocks:
            document.insert_blocks(blocks, after=behind)
            shown = blocks[0].id
        if shown is not None:
            self._sheet.activate(shown, Field.CAPTION_SOURCE)

    def _on_error(self, error: KnownError) -> None:
        self.said.emit(self._texts.error(error), "error")


def _snapshot(image: QImage | None) -> Snapshot:
    """A picture from the clipboard as a PNG file that is named for the moment.

    Raises:
        InputRefusedError: it cannot be written as PNG.
    """
    data, moment = QByteArray(), datetime.now()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # Qt names the format as text, PySide's stubs as bytes.
    if image is None or not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise InputRefusedError(N_("The picture on the clipboard cannot be read."))
    return Snapshot(f"pasted-{moment:%Y%m%d-%H%M%S}.png", bytes(data.data()))
