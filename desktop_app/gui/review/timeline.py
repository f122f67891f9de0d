"""A story's past in words: its events with the versions they froze and whether their sign-offs still count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from desktop_app.desk.operations import EDITED, sentence_of, told_once
from desktop_app.desk.stories import StoryFile
from desktop_app.domain.people import Person, called
from desktop_app.domain.records import Event, Version
from desktop_app.foundation.messages import N_, NN_, Message, own_words
from desktop_app.gui.review.steps import proof_of

_ONE_SITTING = timedelta(minutes=30)  # edits of one person that lie closer than this are told as one
_GLYPHS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "step signed": ("✓", "good"),
        "story returned": ("↩", "warning"),
        "sign-off withdrawn": ("↩", "warning"),
        "story released": ("✓✓", "good"),
        "story dropped": ("✕", "muted"),
        "story unpublished": ("–", "warning"),
        "story killed": ("✕", "error"),
        "kill asked for": ("!", "error"),
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history. ``standing`` says what became of a sign-off, in ``standing_tone``; newest first.

    ``version`` is the version that came to be here, ``before`` the one it followed; both empty where none did.
    """

    at: datetime
    person: Message
    sentence: Message
    glyph: str = ""
    tone: str = "muted"
    note: str = ""
    standing: Message | None = None
    standing_tone: str = "muted"
    version: str = ""
    before: str = ""


def entries(
    file: StoryFile, versions: Sequence[Version], events: Sequence[Event], people: Mapping[str, Person]
) -> list[Entry]:
    """A story's history, the newest first; a version stands with the event that froze it."""
    told: list[Entry] = []
    frozen = {version.at: (version, versions[i - 1] if i else None) for i, version in enumerate(versions)}
    sitting: list[Event] = []
    for event in told_once(events):
        if sitting and not _continues(sitting[-1], event):
            told.append(_edits(sitting, people))
            sitting = []
        if event.operation == EDITED:
            sitting.append(event)
        else:
            told.append(_with_version(_entry(file, event, people), frozen.pop(event.at, None)))
    if sitting:
        told.append(_edits(sitting, people))
    for version, before in frozen.values():
        at = datetime.fromisoformat(version.at)
        lone = Entry(at, _name(people, version.person, ""), N_("Froze version {n}", n=str(version.number)))
        told.append(_with_version(lone, (version, before)))
    return sorted(told, key=lambda entry: entry.at, reverse=True)


def _continues(last: Event, event: Event) -> bool:
    """Whether an edit belongs to the sitting of the one before."""
    near = datetime.fromisoformat(event.at) - datetime.fromisoformat(last.at) <= _ONE_SITTING
    return event.operation == EDITED and event.person == last.person and near


def _edits(sitting: Sequence[Event], people: Mapping[str, Person]) -> Entry:
    """One entry for all edits of one sitting: how many segments or pictures they touched."""
    touched = {(str(edit[0]), str(edit[1])) for event in sitting for edit in _rows(event.data.get("edits"))}
    count = max(1, len(touched))
    if any(event.data.get("text_changed", True) for event in sitting):
        sentence = NN_("Edited {n} passage", "Edited {n} passages", count)
    else:
        sentence = NN_("Set the status of {n} segment", "Set the status of {n} segments", count)
    return Entry(datetime.fromisoformat(sitting[-1].at), _name(people, sitting[0].person, sitting[0].account), sentence)


def _rows(value: object) -> list[list[object]]:
    return [row for row in value if isinstance(row, list) and len(row) > 1] if isinstance(value, list) else []


def _entry(file: StoryFile, event: Event, people: Mapping[str, Person]) -> Entry:
    at = datetime.fromisoformat(event.at)
    glyph, tone = _GLYPHS.get(event.operation, ("", "muted"))
    note = event.data.get("note")
    said = sentence_of(event, file.policies.told(event.data, file.policy))
    person = _name(people, event.person, event.account)
    entry = Entry(at, person, said, glyph, tone, note if isinstance(note, str) else "")
    return _with_standing(entry, file, event, people) if event.operation == "step signed" else entry


def _with_standing(entry: Entry, file: StoryFile, event: Event, people: Mapping[str, Person]) -> Entry:
    """Say of a sign-off whether it counts, went stale, was replaced, or was taken back."""
    step = str(event.data.get("step", ""))
    found = next((s for s in file.signoffs if s.step == step and s.at == event.at), None)
    if found is None:
        return entry
    if found.withdrawn_at is not None:
        name = _name(people, found.withdrawn_by, "")
        said = N_("↩ withdrawn by {name}: {reason}", name=name, reason=found.withdrawn_reason)
        return replace(entry, glyph="↩", tone="warning", standing=said, standing_tone="warning")
    if found.id in file.unproven:
        broken = N_("! {proof}", proof=proof_of(file, found))
        return replace(entry, glyph="!", tone="error", standing=broken, standing_tone="error")
    if file.counts(found):
        return replace(entry, standing=N_("✓ counts · {proof}", proof=proof_of(file, found)), standing_tone="good")
    if not found.under(file.policy):
        then = file.policies.get(found.policy or "", found.policy_version) or file.policy
        under = N_("– given under the policy “{name}”, version {n}", name=then.title, n=then.version)
        return replace(entry, tone="muted", standing=under)
    if any(later.step == step and later.at > found.at for later in file.signoffs):
        return replace(entry, tone="muted", standing=N_("– replaced by a later sign-off"))
    stale = N_("! stale: the text was changed after this")
    return replace(entry, glyph="!", tone="error", standing=stale, standing_tone="error")


def _with_version(entry: Entry, frozen: tuple[Version, Version | None] | None) -> Entry:
    if frozen is None:
        return entry
    version, before = frozen
    return replace(entry, version=str(version.number), before=str(before.number) if before else "")


def _name(people: Mapping[str, Person], person: str | None, account: str) -> Message:
    return called(people, person) if person in people else own_words(en=account, zh=account)
