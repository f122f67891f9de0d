"""What findings weigh, in words and colour: the same rule in strip, panel, status bar and list."""

from desktop_app.foundation.messages import N_, NN_, Message


def weighed(errors: int, others: int) -> tuple[Message | None, str]:
    """Return the sentence and the role of its colour, by the worst: errors by their name, None where there is nothing.

    Everything else is a finding.
    """
    if errors and others:
        return N_("{errors} · {others}", errors=_errors(errors), others=NN_("{n} other", "{n} others", others)), "error"
    if errors:
        return _errors(errors), "error"
    return (NN_("{n} finding", "{n} findings", others), "warning") if others else (None, "muted")


def _errors(count: int) -> Message:
    return NN_("{n} error", "{n} errors", count)
