"""How many findings the stories have: checked in the background a few at a time, again only after a change."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.desk.desk import Desk
from desktop_app.desk.stories import ListedStory, open_story
from desktop_app.domain.findings import Severity
from desktop_app.domain.story import StoryState
from desktop_app.domain.workflow import WORKING
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.tasks import Progress, Tasks

if TYPE_CHECKING:  # the checks are loaded after the first list has been shown
    from desktop_app.desk.checking import Examiner

_AT_ONCE = 8  # stories a job, so that other readers get their turn
_Found = tuple[int, int]  # errors, and all that is more than a note


def _is_counted(listed: ListedStory) -> bool:
    early = listed.emergency is not None and listed.emergency.approved_by is None
    return early or listed.summary.state in WORKING | {StoryState.APPROVED}


class FindingCounts(QObject):
    """``counts`` by story id, and how many of them are ``errors``; ``changed`` when more is known.

    Counted are stories that have not gone out: what was approved with an error still has it. What is out is only
    mended by a correction, which is counted again; an emergency release is counted until it is approved.
    """

    changed = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._desk: Desk | None = None
        self._examiner: Examiner | None = None
        self._waiting: list[tuple[str, str]] = []
        self._known: dict[str, str] = {}
        self._busy = False
        self.counts: dict[str, int] = {}
        self.errors: dict[str, int] = {}

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk
        self._examiner = None
        self._waiting.clear()
        self._known.clear()
        self.counts.clear()
        self.errors.clear()
        self._busy = False

    def check_with(self, examiner: "Examiner | None") -> None:
        """Count with this examiner, the one that others ask too; what waited for it begins."""
        self._examiner = examiner
        self._go_on()

    def look_through(self, stories: Sequence[ListedStory]) -> None:
        """Check those of the stories that changed since they were last checked."""
        summaries = [listed.summary for listed in stories if _is_counted(listed)]
        self._waiting = [(s.id, s.updated_at) for s in summaries if self._known.get(s.id) != s.updated_at]
        working = {s.id for s in summaries}
        gone = [story for story in self.counts if story not in working]
        for story in gone:
            del self.counts[story], self.errors[story]
        if gone:
            self.changed.emit()
        self._go_on()

    def forget(self, stories: Iterable[str] | None = None) -> None:
        """Count these stories again when they are next looked through; None: all of them."""
        for story in list(self._known) if stories is None else stories:
            self._known.pop(story, None)

    def _go_on(self) -> None:
        desk, examiner = self._desk, self._examiner
        if self._busy or desk is None or examiner is None or not self._waiting:
            return
        batch, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]

        def count(progress: Progress) -> dict[str, _Found]:
            found: dict[str, _Found] = {}
            for story, _at in batch:
                progress.check()
                findings = examiner.examine(open_story(desk, story).story).findings
                errors = sum(finding.severity is Severity.ERROR for finding in findings)
                found[story] = errors, sum(finding.severity is not Severity.NOTE for finding in findings)
            return found

        self._busy = True
        self._tasks.run(
            count,
            title=N_("Checking the stories"),
            on_done=lambda found: self._take(desk, batch, found),
            on_error=lambda error: self._pass_over(desk, error),
            quiet=True,
        )

    def _take(self, desk: Desk, batch: Sequence[tuple[str, str]], found: dict[str, _Found]) -> None:
        if desk is not self._desk:
            return
        self._busy = False
        self._known.update(batch)
        if any((self.errors.get(story), self.counts.get(story)) != count for story, count in found.items()):
            self.errors.update({story: errors for story, (errors, _all) in found.items()})
            self.counts.update({story: count for story, (_errors, count) in found.items()})
            self.changed.emit()
        self._go_on()

    def _pass_over(self, desk: Desk, _error: KnownError) -> None:
        """A story that cannot be read now says so when it is opened; the list goes on without its count."""
        if desk is self._desk:
            self._busy = False
            self._go_on()
