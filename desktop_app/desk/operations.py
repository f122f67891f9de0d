"""The operations of the audit trail in words: their names are codes, and here each has its sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from desktop_app.desk.people_told import told_in_full
from desktop_app.domain.policy import Policy
from desktop_app.domain.records import Event
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.foundation.zones import told

EDITED = "story edited"
_MERGED, _CAME_HOME = "story merged", "work came home"
EXPORTED = "stories exported"
NOT_WRITTEN = "files not written"
"""What was noted as going out, with the same words, and could not be put in its place after all."""
COMES_HOME = frozenset({"docx-review", "xliff"})
"""The formats whose files come home through the merge, so that the text that left has to be known then."""

OPERATIONS: Mapping[str, Message] = MappingProxyType(
    {
        "archive made": N_("Made the archive"),
        "archive upgraded": N_("Brought the archive up to a newer version of Diptych"),
        "stories imported": N_("Imported the story from {files}"),
        EDITED: N_("Edited the story"),
        _MERGED: N_("Merged what came back in {files}"),
        _CAME_HOME: N_("Took home {files}"),
        "conflict decided": N_("Decided about a change that had come home: {decision}"),
        "story claimed": N_("Claimed “{step}”"),
        "step signed": N_("Signed “{step}” of version {version}"),
        "story returned": N_("Returned the story to its drafter"),
        "claim given back": N_("Gave “{step}” back"),
        "claim taken away": N_("Took “{step}” out of the hands of {name}"),
        "draft recalled": N_("Recalled the draft"),
        "draft handed on": N_("Handed the draft from {was} to {name}"),
        "review handed on": N_("Handed “{step}” from {was} to {name}"),
        "step assigned": N_("Assigned “{step}” to {name}"),
        "deadline set": N_("Set the deadline of “{step}”"),
        "assignment ended": N_("Took the assignment of “{step}” away"),
        "sign-off withdrawn": N_("Withdrew the sign-off “{step}”"),
        "story released": N_("Released the story"),
        "emergency release": N_("Released version {version} in an emergency, without the reviews that are missing"),
        "emergency approved": N_("Approved what went out in an emergency: version {version}"),
        "correction begun": N_("Began a correction"),
        "correction given up": N_("Gave the correction up; version {version} stands, the draft is kept as {kept}"),
        "story unpublished": N_("Unpublished the story"),
        "story republished": N_("Released version {version} again, unchanged"),
        "story dropped": N_("Dropped the story"),
        "story restored": N_("Took the story up again"),
        "story killed": N_("Killed the story: withdrawn for good"),
        "kill asked for": N_("Asked to kill the story; a second person must confirm"),
        "kill withdrawn": N_("Withdrew the request to kill the story"),
        "embargo set": N_("Set an embargo until {until}"),
        "embargo change asked for": N_("Asked to shorten the embargo until {until}; a second person must confirm"),
        "embargo lifting asked for": N_("Asked to lift the embargo; a second person must confirm"),
        "embargo changed": N_("Shortened the embargo until {until}, as the second person"),
        "embargo lifted": N_("Lifted the embargo, as the second person"),
        "embargo change refused": N_("Left the embargo as it was"),
        "source changed": N_("Took in a changed Chinese text: {changed} changed, {new} new, {gone} gone"),
        "source change without effect": N_("Found that the change of the Chinese has no effect"),
        "source change reopened": N_("Reopened the story, because the Chinese had changed"),
        "version kept": N_("Kept version {version}, which goes out"),
        EXPORTED: N_("Exported as {format}: {files}"),
        "pictures added": N_("Added pictures: {files}"),
        "pictures linked": N_("Linked pictures from a folder: {count}"),
        "changes accepted": N_("Accepted changes since version {version}"),
        "acceptance taken back": N_("Took back what was accepted since version {version}"),
        "version restored": N_("Restored version {version}"),
        "picture placed": N_("Placed a picture"),
        "picture described": N_("Described a picture"),
        "person added": N_("Added {name} to the people of the archive"),
        "person renamed": N_("Corrected the name {was} to {name}"),
        "roles changed": N_("Changed the roles of {name}"),
        "person confirmed": N_("Confirmed the entry of {name} among the people of the archive"),
        "person changed": N_("Corrected the entry of {name} among the people of the archive"),
        "person removed": N_("Removed {name} from the people of the archive"),
        "person at the desk": N_("Sat down at the desk"),
        "key asked for": N_("Asked for a key of {name} to be confirmed"),
        "key enrolled": N_("Confirmed the key of {name}"),
        "key made for another": N_("Made a key for {name}, who did not make it, and confirmed it"),
        "key retired": N_("Retired the key of {name}"),
        "signatures demanded": N_("Let no sign-off count without a signature from now on"),
        "signatures left free": N_("Let sign-offs be given without a signature again"),
        "term added": N_("Added the term {name}"),
        "term changed": N_("Changed the term {name}"),
        "term removed": N_("Removed the term {name}"),
        "terms imported": N_("Imported terms from {files}"),
        "memory imported": N_("Imported pairs into the memory from {files}"),
        "memory forgotten": N_("Took the pairs of {files} out of the memory"),
        "memory exported": N_("Exported the memory to {files}"),
        "policy saved": N_("Saved the policy {name} as version {version}"),
        "usual policy set": N_("Let new stories go by the policy {name}"),
        "story policy set": N_("Put the story under the policy {name}, version {version}"),
        "house style set": N_("Changed the house style"),
        "name added to the house style": N_("Accepted {name} in spelling"),
        "finding waived": N_("Set aside a finding of “{name}”"),
        "waiver lifted": N_("Took back what set aside a finding of “{name}”"),
        "comment added": N_("Commented on segment {number}"),
        "comment answered": N_("Answered a comment on segment {number}"),
        "comment resolved": N_("Resolved a comment on segment {number}"),
        "comment reopened": N_("Opened a comment on segment {number} again"),
        "comment changed": N_("Changed a comment on segment {number}"),
        "comment deleted": N_("Deleted a comment on segment {number}"),
        "comment brought back": N_("Brought a deleted comment on segment {number} back"),
        "translation kept apart": N_("Let a segment keep a translation of its own"),
        "translation follows again": N_("Let a segment follow its repetitions again"),
        "repetitions follow": N_("Let repetitions follow what is confirmed"),
        "repetitions left alone": N_("Left repetitions as they are"),
        "sentence rules set": N_("Changed the rules for sentences"),
        "words replaced": N_("Replaced “{name}” throughout the archive"),
        "replacement undone": N_("Took back the replacing of “{name}”"),
        "replacement given up": N_("Gave up taking back the replacing of “{name}”: nothing of it stands any more"),
        "stories packed": N_("Packed for offline work: {files}"),
        "stories packed to go home": N_("Packed to be sent home: {files}"),
        NOT_WRITTEN: N_("Could not write {files}: nothing went out"),
        "package unpacked": N_("Made of a work package from {name}: {files}"),
        "story unpacked": N_("Brought along in a work package from {name}"),
        "loan ended": N_("Ended the loan of the story by hand"),
        "search rebuilt": N_("Rebuilt the search texts"),
    }
)

_DECISIONS: Mapping[str, Message] = MappingProxyType(
    {
        "ours": N_("what stands here was kept"),
        "theirs": N_("what came home was taken"),
        "written": N_("words of one's own were written"),
        "newer": N_("newer words came home in its place"),
    }
)

# They touch their story and nothing else: no terms, no memory, no people.
OF_ONE_STORY = frozenset({EDITED, *(operation for operation in OPERATIONS if operation.startswith("comment "))})


def told_once(events: Sequence[Event]) -> list[Event]:
    """A story's events without those that another one tells of: a file came home, and what of it went into the story.

    Where nothing of the file went into it, that it came home stands alone.
    """
    merged = {str(event.data.get("homecoming")) for event in events if event.operation == _MERGED}
    return [one for one in events if one.operation != _CAME_HOME or str(one.data.get("homecoming")) not in merged]


def sentence_of(event: Event, policy: Policy) -> Message:
    """What an event did, as a sentence without its subject."""
    known = OPERATIONS.get(event.operation)
    if known is None:
        return N_("Did something that this version of Diptych does not know: {operation}", operation=event.operation)
    data = event.data
    step = policy.step(str(data.get("step", "")))
    values: dict[str, object] = {
        "step": step.title if step else str(data.get("step", "")),
        "version": str(data.get("version", "")),
        "format": str(data.get("format", "")),
        "name": str(data.get("name", "")),
        "was": str(data.get("was", "")),
        "number": str(data.get("number") or "–"),
        "files": _files(data.get("files")),
        "count": len(linked) if isinstance(linked := data.get("pictures"), list) else 0,
        "kept": str(data.get("kept", "")),
        "until": _until(data),
        "decision": _DECISIONS.get(str(data.get("decision", "")), ""),
        **{fate: str(data.get(fate, 0)) for fate in ("changed", "new", "gone")},
    }
    if event.operation == EXPORTED and data.get("format") in COMES_HOME:
        known = N_("Sent out as {format}, which can come home: {files}")
    said = told_in_full(event.operation, data, replace(known, values=values))
    if isinstance(lost := data.get("lost"), list) and lost:
        said = N_("{act}; this found no place in the text: {texts}", act=said, texts=" / ".join(map(str, lost)))
    if stale := _steps(data.get("stale"), policy):
        said = N_("{act}, by which these sign-offs stopped counting: {steps}", act=said, steps=stale)
    left_open = data.get("open_comments")
    if not isinstance(left_open, list) or not left_open:
        return said
    reason = str(data.get("reason", ""))
    return NN_(
        "{act}, with {n} open comment: {reason}", "{act}, with {n} open comments: {reason}", len(left_open), act=said,
        reason=reason,
    )  # fmt: skip


def _steps(value: object, policy: Policy) -> Message | str:
    """The titles of the steps whose sign-offs (id and step) an event names."""
    rows = value if isinstance(value, list) else []
    names = [str(row[1]) for row in rows if isinstance(row, list) and len(row) == 2]
    titles = [step.title if (step := policy.step(name)) is not None else name for name in names]
    if not titles:
        return ""
    said: Message | str = titles[0]
    for title in titles[1:]:
        said = N_("{some}, {more}", some=said, more=title)
    return said


def _until(data: Mapping[str, object]) -> str:
    """The end of an embargo as the clocks of its zone show it."""
    until, zone = data.get("until"), data.get("zone")
    try:
        return told(until, str(zone)) if isinstance(until, str) else ""
    except ValueError:
        return str(until)


def _files(value: object) -> str:
    """File names of an event: plain, or with their digests."""
    if not isinstance(value, list):
        return ""
    names = [str(row[0]) if isinstance(row, list) and row else str(row) for row in value]
    return ", ".join(names) if len(names) <= 4 else ", ".join(names[:3]) + f" … ({len(names)})"
