"""What the archive says that the acts go by: its rules for sentences, and how repetitions are treated.

It is read away from the window when a story opens; until it is there, the program's own ways hold.
"""

from collections.abc import Callable, Container, Sequence

from PySide6.QtCore import QObject, Signal

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.lexicons import dictionary
from desktop_app.desk.realigning import realign
from desktop_app.desk.repetitions import Repetitions, keep_own_translation, repetitions, set_following
from desktop_app.desk.sentence_rules import default_rules, sentence_rules
from desktop_app.domain.people import Person
from desktop_app.domain.story import Languages, Segment
from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.language.sentences.rules import SegmentationRules

SENDER = "editor"


class HouseWays(QObject):
    """Reads them for the open story and changes them. ``changed`` when the marks of a row may look different."""

    changed = Signal()
    failed = Signal(object)

    READING = N_("Reading the story")
    ALIGNING = N_("Aligning the paragraph")
    SAVING = N_("Saving")

    def __init__(self, tasks: Tasks, bus: ChangeBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._bus = bus
        self._desk: Desk | None = None
        self._document: StoryDocument | None = None
        self._reading = Latest(tasks, self.READING, self)
        self._aligning = Latest(tasks, self.ALIGNING, self)
        self._wording = Latest(tasks, self.READING, self)
        self._rules: SegmentationRules | None = None
        self._words: Container[str] | None = None
        bus.changed.connect(self._on_changed)

    def watch(self, document: StoryDocument | None, desk: Desk | None) -> None:
        """Read for this document from now on; None lets everything go."""
        self._document, self._desk = document, desk
        for latest in (self._reading, self._aligning, self._wording):
            latest.forget()
        self.read()

    def read(self) -> None:
        """Read again what others may have changed."""
        document, desk = self._document, self._desk
        if document is None or desk is None:
            return
        story = document.story_id

        def done(found: tuple[SegmentationRules, Repetitions]) -> None:
            self._rules = found[0]
            self._show(document, found[1])

        self._reading.ask(lambda _: (sentence_rules(desk), repetitions(desk, story)), done, on_error=self.failed.emit)

    @property
    def rules(self) -> SegmentationRules:
        """The house's rules for sentences."""
        return self._rules if self._rules is not None else default_rules()

    def words(self) -> Container[str]:
        """The Chinese words that are known to the aligner; none while they are being read for the first time."""
        if self._words is None and not self._wording.waiting:
            self._wording.ask(lambda _: dictionary(), self._on_words, self.failed.emit)
        return self._words if self._words is not None else frozenset()

    def realign(
        self, segments: Sequence[Segment], languages: Languages, then: Callable[[tuple[Segment, ...]], None]
    ) -> None:
        """Align a paragraph anew and hand its segments over."""
        desk, given = self._desk, tuple(segments)
        if desk is not None:
            self._aligning.ask(lambda _: realign(desk, given, languages), then, self.failed.emit)

    def keep_own(self, segment: str, *, alone: bool, by: Person | None) -> None:
        """Let a segment of the open story keep a translation of its own, or follow its repetitions again."""
        desk, document = self._desk, self._document
        if desk is None or document is None:
            return
        story, ways = document.story_id, document.repetitions
        kept = ways.alone | {segment} if alone else ways.alone - {segment}
        self._show(document, ways._replace(alone=kept))
        self._write(lambda: keep_own_translation(desk, story, segment, alone=alone, by=by))

    def set_following(self, *, follow: bool, by: Person | None) -> None:
        """Put what is confirmed into its repetitions from now on, or leave them as they are."""
        desk, document = self._desk, self._document
        if desk is None or document is None:
            return
        self._show(document, document.repetitions._replace(follow=follow))
        self._write(lambda: set_following(desk, follow=follow, by=by))

    # Inside

    def _write(self, act: Callable[[], Changes]) -> None:
        self._reading.forget()  # what was read before is out of date

        def failed(error: object) -> None:
            self.failed.emit(error)
            self.read()

        self._tasks.run(
            lambda _: act(),
            title=self.SAVING,
            on_done=lambda changes: self._bus.publish(changes, SENDER),
            on_error=failed,
            writer=True,
            quiet=True,
        )

    def _show(self, document: StoryDocument, ways: Repetitions) -> None:
        if document.repetitions != ways:
            document.repetitions = ways
            self.changed.emit()

    def _on_words(self, found: Container[str]) -> None:
        self._words = found

    def _on_changed(self, changes: object, _sender: str) -> None:
        if isinstance(changes, Changes) and changes.style:
            self.read()
