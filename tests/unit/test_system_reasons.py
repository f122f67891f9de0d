"""Why the system refused a file, in words of the catalogs."""

import errno

import pytest

from desktop_app.foundation.errors import reason_of
from desktop_app.foundation.messages import Message


@pytest.mark.parametrize(
    "code", ["ENOENT", "EACCES", "EPERM", "ENOSPC", "EROFS", "ENAMETOOLONG", "ENOTDIR", "EEXIST", "EBUSY", "EINVAL"]
)
def test_common_reasons_are_words_that_can_be_translated(code: str) -> None:
    number = getattr(errno, code)
    reason = reason_of(OSError(number, "whatever the system says"))
    assert isinstance(reason, Message)
    assert "whatever" not in str(reason)


def test_rare_reasons_are_what_the_system_says() -> None:
    assert reason_of(OSError(errno.EPIPE, "Broken pipe")) == "Broken pipe"
    assert reason_of(OSError("no number")) == "no number"


def test_a_file_in_use_on_windows_is_told_apart_from_one_that_is_forbidden() -> None:
    shared = OSError(errno.EACCES, "The process cannot access the file")
    shared.winerror = 32  # type: ignore[attr-defined]  # only Windows sets it
    assert "in use" in str(reason_of(shared))
    assert "permitted" in str(reason_of(OSError(errno.EACCES, "Access is denied")))
