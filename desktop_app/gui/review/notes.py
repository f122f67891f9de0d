"""What people wrote when they signed, returned or withdrew, since the version that a text is compared with."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from desktop_app.desk.comparing import Compared
from desktop_app.domain.people import called
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.texts import Texts

_MOST = 3
_TOLD: Mapping[str, Message] = MappingProxyType(
    {
        "story returned": N_("{name} returned it, {when}: “{note}”"),
        "step signed": N_("{name} signed, {when}: “{note}”"),
        "sign-off withdrawn": N_("{name} withdrew a sign-off, {when}: “{note}”"),
        "correction begun": N_("{name} began a correction, {when}: “{note}”"),
    }
)


def notes_since(seen: Compared, texts: Texts) -> list[str]:
    """The last notes between the two versions, the newest first."""
    moments = {str(version.number): version.at for version in seen.versions}
    since, until = moments.get(seen.old, ""), moments.get(seen.new, "~")
    found: list[str] = []
    for event in reversed(seen.events):
        note = event.data.get("note")
        told = _TOLD.get(event.operation)
        if told is not None and isinstance(note, str) and note.strip() and since <= event.at <= until:
            when = texts.moment(datetime.fromisoformat(event.at))
            known = event.person in seen.people
            name = called(seen.people, event.person) if known else seen.name(event.person) or event.account
            found.append(texts(Message(told.key, {"name": name, "when": when, "note": " ".join(note.split())})))
    return found[:_MOST]
