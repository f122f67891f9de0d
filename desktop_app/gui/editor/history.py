"""What undo and redo go by: steps of edits with their inverses; typing grows the last step."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.domain.edits import Edit, SetPlacement, SetSegment

PAUSE = 1.5  # seconds without a key that end a step of typing


@dataclass(slots=True)
class Step:
    """Edits that go back together. ``typing`` names the text that grew it; empty: it never grows."""

    edits: tuple[Edit, ...]
    inverses: tuple[Edit, ...]
    at: float
    typing: str = ""


class History:
    """Two stacks of steps."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def add(self, edits: tuple[Edit, ...], inverses: tuple[Edit, ...], at: float, typing: str = "") -> None:
        """Remember what was just done; ``at`` is a moment of a clock that never goes back, in seconds."""
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last is not None and typing and last.typing == typing and at - last.at < PAUSE:
            last.edits = edits
            last.at = at
            return
        self._done.append(Step(edits, inverses, at, typing))

    def seal(self) -> None:
        """End the step of typing: what comes is a step of its own."""
        if self._done:
            self._done[-1].typing = ""

    def undo(self) -> tuple[Edit, ...]:
        """The edits that take the last step back, in order; empty where there is none."""
        if not self._done:
            return ()
        step = self._done.pop()
        self._undone.append(step)
        self.seal()
        return tuple(reversed(step.inverses))

    def redo(self) -> tuple[Edit, ...]:
        """The edits of the step last undone; empty where there is none."""
        if not self._undone:
            return ()
        step = self._undone.pop()
        step.typing = ""
        self._done.append(step)
        return step.edits

    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._undone)

    def forget(self, gone: Callable[[Edit], bool]) -> None:
        """Drop the steps that touch what was changed elsewhere: taking them back would undo somebody else's work.

        Where such a step divided or moved anything, those that come after it on its way go too: they were made for
        the rows that it would bring back.
        """
        for steps in (self._done, self._undone):
            kept: list[Step] = []
            broken = False
            for step in reversed(steps):
                edits = (*step.edits, *step.inverses)
                if broken or any(map(gone, edits)):
                    broken = broken or not all(isinstance(edit, SetSegment | SetPlacement) for edit in edits)
                else:
                    kept.append(step)
            steps[:] = reversed(kept)

    def clear(self) -> None:
        """Forget everything."""
        self._done.clear()
        self._undone.clear()
