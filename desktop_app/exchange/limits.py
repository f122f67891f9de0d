"""How much a reader takes in before it refuses; every reader of a foreign file keeps to these."""

import time
from collections.abc import Callable
from math import ceil

from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message

MEBIBYTE = 1024 * 1024
MAX_TEXT_BYTES = 20 * MEBIBYTE
MAX_LINE_CHARACTERS = 2_000_000
MAX_BLOCKS = 50_000
MAX_ELEMENTS = 400_000
MAX_DEPTH = 200
MAX_SECONDS = 20.0
# Translation memories are read piece by piece, so that their size costs time and no room.
MAX_TMX_BYTES = 2048 * MEBIBYTE
MAX_TABLE_BYTES = 1024 * MEBIBYTE
MAX_MEMORY_TEXT = 1_000_000  # characters of a source or target
MAX_UNIT_CHARACTERS = 8_000_000  # from one translation unit to the next, or of one row of a table
MAX_UNIT_ELEMENTS = 100_000
_SPLIT = N_("Split the file, or copy the story's text into a file of its own.")


def check_size(size: int, limit: int = MAX_TEXT_BYTES, advice: Message = _SPLIT) -> None:
    """Refuse a file of ``size`` bytes when it is larger than ``limit`` bytes.

    A caller that knows the size from the file system asks here before reading, so that the sentence names the
    true size; a reader asks again with the length of what it was given.

    Raises:
        InputRefusedError: the file is too large.
    """
    if size <= limit:
        return
    shown = ceil(size / MEBIBYTE * 10) / 10
    raise InputRefusedError(
        N_(
            "The file is {size} MB large; at most {limit} MB can be read.",
            size=f"{shown:g}",
            limit=f"{limit / MEBIBYTE:g}",
        ),
        advice=advice,
    )


def check_lines(text: str) -> None:
    """Refuse a text with a line that no story has.

    Raises:
        InputRefusedError: a line is longer than ``MAX_LINE_CHARACTERS``.
    """
    if len(text) <= MAX_LINE_CHARACTERS:
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MAX_LINE_CHARACTERS:
            raise InputRefusedError(
                N_(
                    "One line has {length} characters; at most {limit} can be read.",
                    length=len(line),
                    limit=MAX_LINE_CHARACTERS,
                ),
                place=N_("line {n}", n=number),
                advice=N_("Check that this is the text of a story and not a data file."),
            )


def check_blocks(count: int) -> None:
    """Refuse a page with more paragraphs than a story can have.

    Raises:
        InputRefusedError: there are more than ``MAX_BLOCKS``.
    """
    if count > MAX_BLOCKS:
        raise InputRefusedError(
            N_("The page has more than {limit} paragraphs.", limit=MAX_BLOCKS),
            advice=_SPLIT,
        )


class Deadline:
    """The time that a reader may take for one file, from now on."""

    def __init__(self, seconds: float = MAX_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._end = clock() + seconds

    def check(self) -> None:
        """Go on while there is time left.

        Raises:
            InputRefusedError: there is none.
        """
        if self._clock() > self._end:
            raise InputRefusedError(
                N_("The file takes longer than {seconds} seconds to read.", seconds=f"{self._seconds:g}"),
                advice=N_("Copy the story's text into a file of its own, and import that."),
            )
