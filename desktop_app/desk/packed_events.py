"""Holding a package that comes home against the events that it brings: they say what was signed and taken back there.

Whoever carries a package can write it anew with right digests. Each event of the small archive hashes every row that it
wrote, so that what stands in the package has to be what stood there: the sign-offs with their order and withdrawals,
the state, who drafted and who wrote. Nobody's key is in that chain: whoever works all of it out anew is found only by
what is missing of signatures, and what is left out of statements and events alike leaves no trace.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desktop_app.desk.packed_stories import story_row_of
from desktop_app.domain.events import EventLink
from desktop_app.exchange.packages.work_package import PackedStory, WorkPackage
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import carried, witnessed
from desktop_app.store.history import signoff_rows
from desktop_app.store.models import Audited

UNPACKED = "package unpacked"
_PART = "audit.jsonl"
_TABLES = ("stories", "signoffs", "withdrawals", *carried.columns())
_AGAIN = N_(
    "Have the package sent once more, by another way, and ask those who worked in it; “diptych verify” there says"
    " whether that archive was altered."
)
_NAMES: Mapping[str, Message] = {
    "stories": N_("the story's own record"),
    "signoffs": N_("a sign-off"),
    "withdrawals": N_("the withdrawal of a sign-off"),
    "emergencies": N_("the release in an emergency"),
    "embargoes": N_("the embargo"),
    "wordings": N_("who wrote which words"),
}


def require_borne_out(package: WorkPackage) -> None:
    """Refuse a package on its way home that its own events contradict.

    Raises:
        InputRefusedError: the chain is broken or of another package, or a story has other statements, another state or
            another history than the events say.
    """
    if package.answers is None:
        return
    links = package.audit
    broken = witnessed.broken_at(links)
    if broken is not None:
        raise _refused(N_("The events in the package were altered."), f"{_PART}: {broken}")
    if not links or (links[-1].sequence, links[-1].hash) != (package.head.number, package.head.hash):
        raise _refused(N_("The events in the package do not lead up to the moment when it was packed."), _PART)
    if not _is_of(package, links):
        raise _refused(N_("The events in the package are those of another archive."), _PART)
    key = witnessed.not_borne_out(witnessed.last_told(links), _rows(package.stories), _TABLES)
    if key is not None:
        raise _contradicted(key, package.stories)


def _is_of(package: WorkPackage, links: Sequence[EventLink]) -> bool:
    """Whether the archive of these events was made of the package that is answered."""
    answers = package.answers
    told = [_data(link) for link in links if link.operation == UNPACKED]
    return answers is not None and [(one.get("package"), one.get("origin"), one.get("head")) for one in told] == [
        (answers.package, answers.origin, answers.head.plain())
    ]


def _data(link: EventLink) -> dict[str, Any]:
    try:
        data = json.loads(link.data)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _rows(stories: Sequence[PackedStory]) -> Iterator[Audited]:
    for story in stories:
        yield story_row_of(story)
        yield from signoff_rows(story.id, story.signoffs)
        yield from carried.made(story.id, story.rows)


def _contradicted(key: str, stories: Sequence[PackedStory]) -> InputRefusedError:
    table, _, identity = key.partition("/")
    what = _NAMES.get(table, N_("what is said about the story"))
    owner = next((one.slug for one in stories if key in _keys_of(one)), "")
    return _refused(
        N_("The package says something else of {what} than its own events.", what=what),
        ": ".join(part for part in (owner, identity) if part),
    )


def _keys_of(story: PackedStory) -> set[str]:
    names = {one.id for one in story.signoffs}
    return {f"stories/{story.id}"} | {f"{table}/{name}" for table in ("signoffs", "withdrawals") for name in names}


def _refused(reason: Message, place: str) -> InputRefusedError:
    return InputRefusedError(reason, place=place, advice=_AGAIN)
