"""The command that sets findings aside, lists what was set aside, and takes it back."""

from collections.abc import Mapping
from typing import Any

import click

from desktop_app.cli.commands import Option, command
from desktop_app.cli.console import Console
from desktop_app.cli.texts import place_numbers
from desktop_app.desk.checking import Examiner
from desktop_app.desk.desk import Desk
from desktop_app.desk.people import list_people
from desktop_app.desk.stories import open_story
from desktop_app.desk.waivers import lift, waive_at, waivers
from desktop_app.domain.findings import Waiver
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_, NN_
from desktop_app.language.checks import CHECKS

_COLUMNS = (
    N_("Story"),
    N_("Sentence"),
    N_("Check"),
    N_("Finding"),
    N_("Reason"),
    N_("By"),
    N_("Date"),
    N_("Waiver (for --lift)"),
)


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    command(
        group,
        "waive",
        N_("Set a finding aside, for the text as it stands, with a note that says why."),
        click.Argument(["story"], required=False, metavar="[STORY]"),
        click.Argument(["check"], required=False, metavar="[CHECK]"),
        click.Argument(["place"], required=False, metavar="[SEGMENT]"),
        Option(["--note"], default="", metavar="TEXT", says=N_("Why the text is right as it is.")),
        Option(["--list", "listing"], is_flag=True, says=N_("List what was set aside, in a story or everywhere.")),
        Option(["--lift", "lifted"], metavar="ID", says=N_("Take a waiver back.")),
    )(_waive)


def _waive(
    console: Console,
    story: str | None,
    check: str | None,
    place: str | None,
    note: str,
    listing: bool,
    lifted: str | None,
) -> None:
    wants_waiver = story is not None and check is not None and place is not None
    if [wants_waiver and not listing, listing and check is None, lifted is not None and story is None].count(True) != 1:
        raise WrongUsageError(
            N_("It is not clear what to set aside."),
            advice=N_("Name a story, a check and a segment; or give --list, or --lift with an id."),
        )
    if wants_waiver and not note.strip():
        raise WrongUsageError(
            N_("{parameter} is missing.", parameter="--note"),
            advice=N_("Say in a note why the text is right as it is."),
        )
    with console.desk() as desk:
        people = {person.id: person for person in list_people(desk)}
        if lifted is not None:
            lift(desk, lifted, by=console.require_actor(desk))
            console.answer({"lifted": lifted}, N_("Taken back; the finding stands again."))
        elif story is not None and check is not None and place is not None:
            made, _changes = waive_at(desk, story, check, place, note, by=console.require_actor(desk))
            said = NN_("Set {n} finding aside.", "Set {n} findings aside.", len(made))
            console.answer({"waivers": [_json(one, people, holds=True) for one in made]}, said)
        else:
            _list(console, desk, story, people)


def _list(console: Console, desk: Desk, story: str | None, people: Mapping[str, Person]) -> None:
    found = waivers(desk, story)
    examiner = Examiner(desk)
    stories = {key: open_story(desk, key).story for key in dict.fromkeys(one.story for one in found)}
    numbers = {key: place_numbers(story) for key, story in stories.items()}
    messages = {
        waiver.id: finding.message for story in stories.values() for finding, waiver in examiner.examine(story).waived
    }
    titles = {check.id: check.title for check in CHECKS}
    answers: list[dict[str, Any]] = []
    rows: list[list[str]] = []
    for one in found:
        slug, number = stories[one.story].slug, numbers[one.story].get(one.segment)
        holds = one.id in messages
        answers.append(_json(one, people, holds=holds) | {"slug": slug, "number": number})
        cells = (
            slug,
            "" if number is None else str(number),
            titles.get(one.check, one.check),
            messages.get(one.id, N_("the text has changed")),
            one.reason,
            _name(people, one.person),
            one.at[:10],
            one.id,
        )
        rows.append([console.text(cell) for cell in cells])
    said = NN_("{n} waiver.", "{n} waivers.", len(found))
    shown = [console.table(*_COLUMNS, rows=rows)] if rows else []
    console.answer({"waivers": answers}, *shown, said)


def _json(waiver: Waiver, people: Mapping[str, Person], *, holds: bool) -> dict[str, Any]:
    return {
        "id": waiver.id,
        "story": waiver.story,
        "segment": waiver.segment,
        "check": waiver.check,
        "reason": waiver.reason,
        "person": _name(people, waiver.person),
        "at": waiver.at,
        "holds": holds,
    }


def _name(people: Mapping[str, Person], identity: str) -> str:
    person = people.get(identity)
    return person.name if person is not None else identity
