"""What helps with a key, in the window's words: the desk serves the command line too, and its advice names commands."""

from collections.abc import Mapping
from types import MappingProxyType

from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, Message

WAYS: Mapping[str, Message] = MappingProxyType({
    "“diptych keys take”": N_(
        "Sign at the computer that has the key, or bring it here: People ▸ Signing key… ▸ Bring it here…. "
        "If it is lost, have it retired there and make a new one."
    ),
    "“diptych keys new”": N_("Make a new one under People ▸ Signing key…; an archivist confirms it."),
    "“diptych keys retire”": N_("Retire it first; what was signed with it stays valid."),
    "“diptych keys export”": N_("Take the file that was saved under Signing key… ▸ Export ▸ Public key."),
})  # fmt: skip


def for_the_window(error: KnownError) -> KnownError:
    """Let an error say what to do in the window where its advice names a command."""
    advice = error.advice
    if advice is not None:
        error.advice = next((way for command, way in WAYS.items() if command in advice.key), advice)
    return error
