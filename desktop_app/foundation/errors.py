"""What can go wrong: errors that the user's world causes carry fields, and an exit code of the command line."""

from typing import ClassVar

from desktop_app.foundation.messages import Message


class KnownError(Exception):
    """A problem of the user's world (input, archive, permission), not of the program.

    ``reason`` says what is wrong, ``advice`` what to do next; ``subject`` is the file, story or archive it is
    about and ``place`` where in it (a line, a page, an element).
    """

    exit_code: ClassVar[int] = 1

    def __init__(
        self, reason: Message, *, subject: str = "", place: Message | str = "", advice: Message | None = None
    ) -> None:
        """Keep the fields; the sentence is made where it is shown."""
        super().__init__(str(reason))
        self.reason = reason
        self.subject = subject
        self.place = place
        self.advice = advice


class WrongUsageError(KnownError):
    """The command or action was asked for in a way that cannot be carried out: no such story, no such person."""

    exit_code = 2


class InputRefusedError(KnownError):
    """A file cannot be taken in: empty, damaged, too large, hostile, or not what it says it is."""

    exit_code = 3


class ArchiveUnavailableError(KnownError):
    """The archive is missing, busy, read-only, full, damaged, or made by a newer program."""

    exit_code = 4


class NotAllowedError(KnownError):
    """Four eyes, the policy or the story's state forbid it; nothing was changed."""

    exit_code = 5


class CancelledError(KnownError):
    """The person stopped a running job; nothing was changed."""

    exit_code = 1


class BugError(Exception):
    """The program broke a promise of its own."""
