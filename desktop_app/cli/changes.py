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
        N_("Show what changed since a version, who changed it and when, without what was accepted."),
        story_argument(),
        since,
        Option(["--accepted", "all_of_it"], is_flag=True, says=N_("With what was accepted.")),
    )(_changes)
    command(
        group,
        "accept",
        N_("Accept changes since a version: they are not shown any more. The text stays as it is."),
        story_argument(),
        since,
        Option(["--by", "author"], metavar="PERSON", says=N_("Those that this person made.")),
        Option(["--segment", "segments"], multiple=True, metavar="ID", says=N_("Those in this segment or picture.")),
        Option(["--all", "everything"], is_flag=True, says=N_("All of them.")),
    )(_accept)
    command(
        group,
        "restore-version",
        N_("Make the text that of an old version again, as a new version."),
        story_argument(),
        click.Argument(["version"], metavar="V"),
    )(_restore)


def _changes(console: Console, story: str, since: str, all_of_it: bool) -> None:
    with console.desk() as desk:
        found = compared(desk, story, since, all_of_it=all_of_it)
    changes = found.comparison.changes
    answer = {
        "story": found.file.story.id,
        "since": found.old or None,
        "changes": [_change_json(found, change) for change in changes],
    }
    told = NN_("{n} change.", "{n} changes.", len(found.comparison.keys))
    console.answer(answer, *(_line(console, found, change) for change in changes), told)


def _change_json(found: Compared, change: Change) -> dict[str, Any]:
    """A changed text in the shape of ``diff``, with who made each change in it and when."""
    authors = [
        {"person": found.name(found.authors[key].person) or None, "at": found.authors[key].at or None}
        for key in change.keys
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
        said = f"place: {console.text(N_('a picture was moved'))}"
    elif isinstance(change, Regrouped):
        said = f"segments: {console.text(_REGROUPED[change.kind])}"
    else:
        said = f"{change.field}: " + "".join(_MARKS[sign].format(text) for sign, text in change.ops)
    names = dict.fromkeys(found.name(found.authors[key].person) or "–" for key in change.keys)
    at = max(found.authors[key].at for key in change.keys)
    when = datetime.fromisoformat(at).astimezone().strftime(" · %Y-%m-%d %H:%M") if at else ""
    return f"{said}  ({', '.join(names)}{when})"


def _accept(
    console: Console, story: str, since: str, author: str | None, segments: tuple[str, ...], everything: bool
) -> None:
    if everything == bool(author or segments):
        raise WrongUsageError(
            N_("Say which changes."), advice=N_("Give --all, or --by PERSON, or --segment ID as often as you like.")
        )
    with console.desk() as desk:
        count, _ = accept_changes(
            desk,
            story,
            since=since,
            author=find_person(desk, author) if author else None,
            segments=segments,
            by=console.require_actor(desk),
        )
        left = len(compared(desk, story, since).comparison.keys)
    console.answer(
        {"accepted": count, "left": left},
        NN_("{n} change accepted.", "{n} changes accepted.", count),
        NN_("{n} change left.", "{n} changes left.", left),
    )


def _restore(console: Console, story: str, version: str) -> None:
    with console.desk() as desk:
        done = restore_version(desk, story, version, by=console.require_actor(desk))
    answer = {"restored": version, "before": str(done.before), "version": str(done.version)}
    if done.before == done.version:
        console.answer(answer, N_("The text is that of version {v} already.", v=version))
        return
    console.answer(
        answer,
        N_("The text is that of version {v} again, as version {now}.", v=version, now=str(done.version)),
        N_("What stood before is version {before}.", before=str(done.before)),
    )
