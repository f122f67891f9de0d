"""Commands for going through changes: list them with their authors, accept them, bring an old version back."""

from datetime import datetime
from typing import Any

import click

from desktop_app.cli.commands import Option, command, story_argument
from desktop_app.cli.console import Console
from desktop_app.desk.accepting import accept_changes
from desktop_app.desk.comparing import Compared, compared
from desktop_app.desk.people import find_person
from desktop_app.desk.restoring import restore_version
from desktop_app.domain.changes import Change, Moved, Regrouped
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_, NN_

_MARKS = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
_REGROUPED = {
    "split": N_("a segment was split"),
    "joined": N_("segments were joined"),
    "moved": N_("words moved between segments"),
}


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    since = Option(["--since"], default="", metavar="V", says=N_("Since this version; else since the signed draft."))
    command(
        group,
        "changes",
        N_("Show what changed since a version, who changed it and when, without what you have accepted."),
        story_argument(),
        since,
        Option(["--all", "all_of_it"], is_flag=True, says=N_("All changes, accepted or not.")),
    )(_changes)
    command(
        group,
        "accept",
        N_("Accept changes since a version: you have seen them and agree. The text stays, and others see them still."),
        story_argument(),
        since,
        Option(["--by", "author"], metavar="PERSON", says=N_("Those whose words are all this person's.")),
        Option(["--segment", "segments"], multiple=True, metavar="ID", says=N_("Those in this segment or picture.")),
        Option(["--all", "everything"], is_flag=True, says=N_("All of them.")),
    )(_accept)
    command(
        group,
        "restore-version",
        N_("Make the text that of an old version again, as a new version."),
        story_argument(),
        click.Argument(["version"], metavar="V"),
        Option(["--signed"], is_flag=True, says=N_("In a signed story too: its sign-offs become stale.")),
    )(_restore)


def _changes(console: Console, story: str, since: str, all_of_it: bool) -> None:
    with console.desk() as desk:
        mine = compared(desk, story, since, person=console.actor(desk))
        found = compared(desk, story, since) if all_of_it else mine
    changes, accepted = found.comparison.changes, len(mine.accepted.keys)
    answer = {
        "story": found.file.story.id,
        "since": found.old or None,
        "accepted": accepted,
        "changes": [_change_json(found, change) for change in changes],
    }
    told = [NN_("{n} change.", "{n} changes.", len(found.comparison.keys))]
    if accepted and not all_of_it:
        told.append(NN_("{n} accepted change is not shown.", "{n} accepted changes are not shown.", accepted))
    console.answer(answer, *(_line(console, found, change) for change in changes), *told)


def _change_json(found: Compared, change: Change) -> dict[str, Any]:
    """A changed text in the shape of ``diff``, with who made each change in it and when.

    ``change`` tells which of its changes somebody is an author of, counted from 0. Several may be of one change: who
    wrote the words of now comes before who took out the older ones.
    """
    authors = [
        {"person": found.name(author.person) or None, "at": author.at or None, "change": number}
        for number, key in enumerate(change.keys)
        for author in found.authors[key].authors
    ]
    if isinstance(change, Moved):
        return {
            "segment": change.block, "side": "place", "kind": "picture moved", "before": change.before or None,
            "after": change.after or None, "ops": [], "authors": authors,
        }  # fmt: skip
    if isinstance(change, Regrouped):
        before, after = list(change.before), list(change.after)
        return {
            "segment": change.touched()[0], "side": "segments", "kind": change.kind, "block": change.block,
            "before": before, "after": after, "ops": [], "authors": authors,
        }  # fmt: skip
    return {
        "segment": change.part, "side": change.field, "kind": "text", "ops": [list(op) for op in change.ops],
        "authors": authors,
    }  # fmt: skip


def _line(console: Console, found: Compared, change: Change) -> str:
    if isinstance(change, Moved):
        moved = N_("a picture was moved")
        said = f"place: {console.text(moved)}"
    elif isinstance(change, Regrouped):
        said = f"segments: {console.text(_REGROUPED[change.kind])}"
    else:
        said = f"{change.field}: " + "".join(_MARKS[sign].format(text) for sign, text in change.ops)
    made = [author for key in change.keys for author in found.authors[key].authors]
    names = dict.fromkeys(found.name(author.person) or "–" for author in made)
    at = max(found.authors[key].at for key in change.keys)
    when = datetime.fromisoformat(at).astimezone().strftime(" · %Y-%m-%d %H:%M") if at else ""
    return f"{said}  ({', '.join(names)}{when})"


def _accept(
    console: Console, story: str, since: str, author: str | None, segments: tuple[str, ...], everything: bool
) -> None:
    if everything == bool(author is not None or segments):
        raise WrongUsageError(
            N_("Say which changes."), advice=N_("Give --all, or --by PERSON, or --segment ID as often as you like.")
        )
    with console.desk() as desk:
        person = console.require_actor(desk)
        count, _ = accept_changes(
            desk,
            story,
            since=since,
            author=find_person(desk, author) if author is not None else None,
            segments=segments,
            by=person,
        )
        left = len(compared(desk, story, since, person=person).comparison.keys)
    console.answer(
        {"accepted": count, "left": left},
        NN_("{n} change accepted.", "{n} changes accepted.", count),
        NN_("{n} change left.", "{n} changes left.", left),
    )


def _restore(console: Console, story: str, version: str, signed: bool) -> None:
    with console.desk() as desk:
        done = restore_version(desk, story, version, by=console.require_actor(desk), signed=signed)
    answer = {"restored": version, "before": str(done.before), "version": str(done.version)}
    if done.before == done.version:
        console.answer(answer, N_("The text is that of version {v} already.", v=version))
        return
    console.answer(
        answer,
        N_("The text is that of version {v} again, as version {now}.", v=version, now=str(done.version)),
        N_("What stood before is version {before}.", before=str(done.before)),
    )
