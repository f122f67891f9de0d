"""What a person can ask for about the standing of a segment, its repetitions, its paragraph, and a picture's place."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.domain.people import Person
from desktop_app.domain.story import Segment, SegmentStatus
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.editor.acts import Acts
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.house_ways import HouseWays
from desktop_app.gui.editor.sheet import Sheet
from desktop_app.gui.kit.texts import Texts


class SegmentActs(Acts):
    """The methods carry the names of the actions of ``kit.keys``."""

    NO_SEGMENT = N_("Put the cursor in a segment first.")
    NO_PICTURE = N_("Put the cursor in a picture’s captions first.")
    NOT_CONFIRMED = N_("This segment is neither confirmed nor rejected.")
    NOTHING_TO_REJECT = N_("There is no English to reject here yet.")
    IS_REJECTED = N_("This segment is rejected already.")
    LOCKED_INSIDE = N_("A segment of this paragraph is locked. Unlock it to align the paragraph anew.")
    CHANGED_MEANWHILE = N_("The paragraph was changed while it was being aligned. Please ask again.")
    IS_ALIGNED = N_("The paragraph is aligned like this already.")
    REMOVED = N_("The picture is out of the story; it stays in the archive. Undo brings it back.")

    def __init__(self, texts: Texts, sheet: Sheet, ways: HouseWays, parent: QWidget | None = None) -> None:
        super().__init__(texts, sheet, ways, parent)
        self._person: Person | None = None
        ways.changed.connect(sheet.show_marks)

    # Standing

    def _here(self) -> tuple[StoryDocument, Segment] | None:
        """The open story and its active segment; says so where there is none."""
        document, key = self._document, self._sheet.key
        segment = document.segment(key) if document is not None else None
        if document is None or segment is None:
            self._say(self.NO_SEGMENT)
            return None
        self._sheet.leave()
        return document, document.segment(key) or segment

    def lock(self) -> None:
        """Lock the segment, or unlock it."""
        here = self._here()
        if here is None:
            return
        document, segment = here
        refusal = document.set_lock(segment.id, locked=not segment.locked)
        if refusal is not None:
            self._say(refusal)

    def reject(self) -> None:
        """Mark the segment as rejected: its translation is to be written anew."""
        here = self._here()
        if here is None:
            return
        document, segment = here
        if not segment.target.strip():
            self._say(document.refusal(segment.id) or self.NOTHING_TO_REJECT)
        elif segment.status is SegmentStatus.REJECTED:
            self._say(self.IS_REJECTED)
        else:
            self._set_status(document, segment, SegmentStatus.REJECTED)

    def unconfirm(self) -> None:
        """Make a draft again of a segment that is confirmed or rejected."""
        here = self._here()
        if here is None:
            return
        document, segment = here
        if segment.status in {SegmentStatus.DRAFT, SegmentStatus.UNTRANSLATED}:
            self._say(document.refusal(segment.id) or self.NOT_CONFIRMED)
        else:
            self._set_status(document, segment, SegmentStatus.DRAFT)

    def _set_status(self, document: StoryDocument, segment: Segment, status: SegmentStatus) -> None:
        refusal = document.set_status(segment.id, status)
        if refusal is not None:
            self._say(refusal)

    # Repetitions

    def keep_own_translation(self) -> None:
        """Let the segment keep a translation of its own where its source is said elsewhere too, or no longer."""
        here = self._here()
        if here is None:
            return
        document, segment = here
        if document.read_only is not None:
            self._say(document.read_only)
            return
        alone = segment.id not in document.repetitions.alone
        self._ways.keep_own(segment.id, alone=alone, by=self._person)
        told = (
            N_("This segment keeps a translation of its own.")
            if alone
            else N_("This segment follows its repetitions again.")
        )
        self.said.emit(self._texts(told), "good")

    def toggle_repetitions(self) -> None:
        """Put what is confirmed into its repetitions from now on, or leave them as they are."""
        document = self._document
        if document is None:
            return
        follow = not document.repetitions.follow
        self._ways.set_following(follow=follow, by=self._person)
        told = (
            N_("What is confirmed is put into its repetitions again.")
            if follow
            else N_("Repetitions are left as they are from now on, in the whole archive.")
        )
        self.said.emit(self._texts(told), "good")

    # The paragraph

    def realign(self) -> None:
        """Cut the paragraph of the segment into sentences again, and put both sides against each other anew."""
        here = self._here()
        if here is None:
            return
        document, segment = here
        given = document.paragraph(segment.id)
        if document.read_only is not None:
            self._say(document.read_only)
        elif any(one.locked for one in given):
            self._say(self.LOCKED_INSIDE)
        else:
            row = [one.id for one in given].index(segment.id)
            self._ways.realign(given, document.languages, partial(self._take_aligned, document, given, row))

    def _take_aligned(
        self, document: StoryDocument, given: tuple[Segment, ...], row: int, made: tuple[Segment, ...]
    ) -> None:
        if document is not self._document:
            return
        first = given[0].id
        if document.read_only is not None or not document.has(first) or document.paragraph(first) != given:
            self._say(document.read_only or self.CHANGED_MEANWHILE)
            return
        if made == given:
            self.said.emit(self._texts(self.IS_ALIGNED), "good")
            return
        was_here = self._sheet.key in {one.id for one in given}
        document.apply(document.replacing(first, len(given), made))
        if was_here:
            self._sheet.activate(made[min(row, len(made) - 1)].id, self._sheet.field)
        told = NN_("Aligned anew: {n} segment.", "Aligned anew: {n} segments.", len(made))
        self.said.emit(self._texts(told), "good")

    # Pictures

    def remove_picture(self) -> None:
        """Take the picture's place out of the story."""
        document, key = self._document, self._sheet.key
        if document is None or document.placement(key) is None:
            self._say(self.NO_PICTURE)
            return
        self._sheet.leave()
        row = document.row_of(key)
        refusal = document.remove_block(key)
        if refusal is not None:
            self._say(refusal)
            return
        rows = document.rows
        near = rows[row] if rows[row].editable or row == 0 else rows[row - 1]
        self.go_to(near.key)
        self.said.emit(self._texts(self.REMOVED), "good")
