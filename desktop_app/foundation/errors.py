"""What can go wrong: errors that the user's world causes carry fields, and an exit code of the command line."""

import errno
from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from desktop_app.foundation.messages import N_, Message

_FULL = N_("there is no room left on the disk")
_FORBIDDEN = N_("that is not permitted")
_IN_USE = N_("it is in use by another program")
_SYSTEM_REASONS: Mapping[int, Message] = MappingProxyType({
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: N_("the file would be too large for the disk"),
    errno.EROFS: N_("the disk can only be read"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EEXIST: N_("it exists already"),
    errno.ENOTEMPTY: N_("the folder is not empty"),
    errno.EBUSY: _IN_USE,
    errno.ETXTBSY: _IN_USE,
    errno.EINVAL: N_("the path is not valid"),
    errno.ELOOP: N_("the path leads round in a circle"),
    errno.EIO: N_("the disk reported an error"),
    errno.EMFILE: N_("too many files are open"),
})  # fmt: skip
_WINDOWS_REASONS: Mapping[int, Message] = MappingProxyType({32: _IN_USE, 33: _IN_USE})  # reported as EACCES


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


class ArchiveBusyError(ArchiveUnavailableError):
    """Another program has been writing to the archive for too long; the same may be tried again at once."""


class NotAllowedError(KnownError):
    """Four eyes, the policy or the story's state forbid it; nothing was changed."""

    exit_code = 5


class CancelledError(KnownError):
    """The person stopped a running job; nothing was changed."""

    exit_code = 1


class BugError(Exception):
    """The program broke a promise of its own."""


def unreadable(file: str, error: OSError) -> InputRefusedError:
    """What to say of a file that the system does not give."""
    return InputRefusedError(
        N_("The file cannot be read: {why}.", why=reason_of(error)),
        subject=file,
        advice=N_("Check the name and the folder."),
    )


def reason_of(error: OSError) -> Message | str:
    """Why the system refused, in words that the catalogs have; what it says itself where it is something rare."""
    known = _WINDOWS_REASONS.get(getattr(error, "winerror", None) or 0) or _SYSTEM_REASONS.get(error.errno or 0)
    return known or error.strerror or str(error)
