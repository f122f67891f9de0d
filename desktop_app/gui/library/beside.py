"""The notes beside a story of the list in little room: what binds more stays longest, in fewer words where it must."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """One note in several lengths, the longest first; ``tone`` is a token of the theme.

    An empty form stands for ``icon`` alone; a note with an icon has it for its shortest.
    """

    words: tuple[str, ...]
    tone: str = "muted"
    bold: bool = False
    icon: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """All lengths, the longest first."""
        return (*self.words, "") if self.icon else self.words


def fit(
    notes: Sequence[Note], room: int, gap: int, width_of: Callable[[str, bool], int]
) -> list[tuple[Note, str, int]]:
    """Choose the form of each note and its width, so that all lie in ``room`` with ``gap`` between them.

    ``notes`` come with the most binding one first. In its shortest form each has its place as long as there is room;
    what is then left goes to words instead of signs and then to longer words, each time the most binding one first. The
    first note is never left out: where even its shortest form is too wide, it has all the room, to be elided in it.
    """
    if not notes:
        return []
    sizes = [[width_of(form, note.bold) for form in reversed(note.forms)] for note in notes]
    kept = len(notes)
    while kept > 1 and sum(widths[0] for widths in sizes[:kept]) + gap * (kept - 1) > room:
        kept -= 1
    left = room - sum(widths[0] for widths in sizes[:kept]) - gap * (kept - 1)
    if left < 0:
        return [(notes[0], notes[0].forms[-1], max(0, room))]
    chosen = [0] * kept
    for whole in (False, True):
        for place, (note, widths) in enumerate(zip(notes[:kept], sizes[:kept], strict=True)):
            most = len(widths) - 1 if whole else int(bool(note.icon))
            for step in range(most, chosen[place], -1):
                if widths[step] - widths[chosen[place]] <= left:
                    left -= widths[step] - widths[chosen[place]]
                    chosen[place] = step
                    break
    return [
        (note, note.forms[-1 - step], widths[step])
        for note, step, widths in zip(notes[:kept], chosen, sizes[:kept], strict=True)
    ]
