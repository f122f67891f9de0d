"""Commands about the events of an archive: who did what and when, and files of it that others can check."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from desktop_app.cli.commands import OUTPUT, Group, Option, command, console_of
from desktop_app.cli.console import Console
from desktop_app.desk.auditing import FORMS, asked_for, chain_head, event_numbers, events, export_events, here
from desktop_app.desk.desk import Desk
from desktop_app.desk.event_checking import CheckedEvents
from desktop_app.desk.people import find_person
from desktop_app.domain.events import ChainHead, EventFilter, EventKind, ToldEvent
from desktop_app.domain.story_json import pair
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_, NN_, Message

_USUAL_LIMIT = 50
_MOST = 100_000  # lines of one answer; more is an export's


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    listing: list[click.Parameter] = [
        *_filters(),
        Option(["--limit"], type=click.IntRange(1, _MOST), default=_USUAL_LIMIT, says=N_("At most so many events.")),
        Option(["--after"], type=click.IntRange(1), metavar="NUMBER", says=N_("Go on after the event of this number.")),
    ]
    found = Group(
        "events",
        says=N_("List who did what and when, the newest first; or write it to a file that others can check."),
        invoke_without_command=True,
        callback=click.pass_context(_list),
        params=listing,
    )
    group.add_command(found)
    command(
        found,
        "export",
        N_("Write the events to a file, the oldest first: .csv for Excel, .jsonl to check the chain with."),
        *_filters(),
        Option(["-o", "--output"], type=OUTPUT, required=True, metavar="FILE", says=N_("The file to write.")),
        Option(
            ["--form"],
            type=click.Choice([ending.removeprefix(".") for ending in FORMS]),
            says=N_("The form of the file, where its name does not tell."),
        ),
    )(_export)


def _filters() -> list[click.Parameter]:
    return [
        Option(["--story"], metavar="STORY", says=N_("Only events of this story.")),
        Option(["--person"], metavar="PERSON", says=N_("Only what this person did.")),
        Option(
            ["--kind", "kinds"],
            multiple=True,
            type=click.Choice([kind.value for kind in EventKind]),
            says=N_("Only of this kind; may be given more than once."),
        ),
        Option(["--since"], metavar="DAY", says=N_("Only from this day on: 2024-01-29.")),
        Option(["--until"], metavar="DAY", says=N_("Only up to this day, which is included.")),
        Option(
            ["--text"], default="", metavar="WORDS", says=N_("Only with these words in the sentence, note or names.")
        ),
    ]


def _asked(console: Console, desk: Desk, given: dict[str, Any]) -> EventFilter:
    return asked_for(
        desk,
        story=given["story"],
        person=find_person(desk, given["person"]) if given["person"] else None,
        kinds=[EventKind(kind) for kind in given["kinds"]],
        since=_day(given["since"], "--since"),
        until=_day(given["until"], "--until"),
        text=given["text"],
        say=console.text,
    )


def _day(text: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise WrongUsageError(
            N_("“{text}” is not a day.", text=text), subject=option, advice=N_("Write it like 2024-01-29.")
        ) from error


def _list(ctx: click.Context, limit: int, after: int | None, **given: Any) -> None:
    if ctx.invoked_subcommand is not None:
        return
    console = console_of(ctx)
    with console.desk() as desk:
        asked = _asked(console, desk, given)
        total = len(event_numbers(desk, asked))
        found = events(desk, asked, after=after, limit=limit)
        head = chain_head(desk)
    titles = N_("Number"), N_("Time"), N_("Person"), N_("What was done"), N_("Story")
    said = NN_("{shown} of {n} event.", "{shown} of {n} events.", total, shown=len(found))
    console.answer(
        {
            "events": [_event_json(console, event) for event in found],
            "total": total,
            "head": head.plain() if head is not None else None,
        },
        console.table(*titles, rows=[_row(console, event) for event in found]),
        said,
        *head_lines(head),
    )


def _row(console: Console, event: ToldEvent) -> tuple[str, ...]:
    sentence = console.text(event.sentence)
    told = f"{sentence} “{event.note}”" if event.note else sentence
    return str(event.number), here(event.at), console.text(event.who), told, console.text(event.subject)


def _event_json(console: Console, event: ToldEvent) -> dict[str, object]:
    return {
        "number": event.number,
        "at": event.at,
        "person": event.person,
        "name": str(event.who),
        "account": event.account,
        "kind": event.kind.value,
        "operation": event.operation,
        "text": console.text(event.sentence),
        "note": event.note,
        "stories": list(event.stories),
        "slug": event.slug or None,
        "headline": pair(event.headline) if event.headline is not None else None,
        "hash": event.hash,
    }


def _export(console: Console, output: Path, form: str | None, **given: Any) -> None:
    parent = click.get_current_context().parent
    before = parent.params if parent is not None else {}  # “events --story S export” means the same
    given = {name: value or before.get(name) or value for name, value in given.items()}
    with console.desk() as desk, console.progress(N_("Writing events")) as progress:
        asked = _asked(console, desk, given)
        done = export_events(
            desk, asked, output, f".{form}" if form else None, say=console.text, progress=progress
        )  # fmt: skip
    console.answer(
        {
            "files": [{"path": str(done.path), "sha256": done.sha256}],
            "count": done.events,
            "head": done.head.plain() if done.head is not None else None,
        },
        NN_("{n} event written to {file}.", "{n} events written to {file}.", done.events, file=str(done.path)),
        *head_lines(done.head),
    )


def head_lines(head: ChainHead | None) -> list[Message]:
    """The chain's head for a person; nothing where there is none."""
    if head is None:
        return []
    return [N_("The chain's head is event {n} of {time}: {hash}", n=head.number, time=here(head.at), hash=head.hash)]


def file_json(found: CheckedEvents) -> dict[str, object]:
    """What a checked file of events holds, as the contract has it."""
    return {
        "events": found.events,
        "last": found.last,
        "whole": found.whole,
        "differs_from": found.differs_from,
    }


def file_lines(found: CheckedEvents) -> list[Message]:
    """The same for a person: what was compared, and what that proves."""
    if found.problems:
        return []
    if found.head is None:
        said = NN_(
            "The file's {n} event holds together; no archive was asked.",
            "The file's {n} events hold together; no archive was asked.",
            found.events,
        )
    else:
        said = NN_(
            "The file's {n} event is the archive's, and the archive goes on to event {head}.",
            "The file's {n} events are the archive's, and the archive goes on to event {head}.",
            found.events,
            head=found.head.number,
        )
    if found.whole:
        return [said]
    return [said, N_("The file is a filtered one: events that were left out of it cannot be checked with it.")]
