"""The command that sets findings aside, lists what was set aside, and takes it back."""

from collections.abc import Mapping
from typing import Any

import click

from desktop_app.cli.commands import Option, command
from desktop_app.cli.console import Console
from desktop_app.desk.checking import Examiner
from desktop_app.desk.desk import Desk
from desktop_app.desk.people import list_people
from desktop_app.desk.stories import open_story
from desktop_app.desk.waivers import lift, waive_at, waivers
from desktop_app.domain.findings import Waiver
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_, NN_


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
    holding = {
        waiver.id
        for key in {one.story for one in found}
        for _finding, waiver in examiner.examine(open_story(desk, key).story).waived
    }
    rows = [
        [one.id, one.check, one.segment or "", _name(people, one.person), one.at[:10], one.reason]
        + ([] if one.id in holding else [console.text(N_("the text has changed"))])
        for one in found
    ]
    answers = [_json(one, people, holds=one.id in holding) for one in found]
    said = NN_("{n} waiver.", "{n} waivers.", len(found))
    console.answer({"waivers": answers}, *("\t".join(row) for row in rows), said)


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
