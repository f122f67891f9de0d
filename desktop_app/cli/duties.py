"""Commands about who does what until when: assigning a step, handing a story to somebody else, and what waits."""

import click

from desktop_app.cli.commands import Option, command, story_argument
from desktop_app.cli.console import Console
from desktop_app.cli.standing import deadline_of, due_words, standing_json, standing_lines
from desktop_app.desk import duties, handing_on
from desktop_app.desk.people import find_person
from desktop_app.desk.stories import StoryFile, open_story
from desktop_app.domain.duties import DUTY_NAMES
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.ids import moment, utc_now
from desktop_app.foundation.messages import N_, Message


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    note = Option(["--note"], default="", metavar="TEXT", says=N_("A note that stays in the history."))
    command(
        group,
        "assign",
        N_("Give a story's next step to somebody, with a deadline."),
        story_argument(),
        Option(["--to"], metavar="PERSON", says=N_("Who is to do it; else whoever has it.")),
        Option(
            ["--deadline"], metavar="TIME",
            says=N_("Until when, as “2026-12-01 18:00” in this machine's zone; a day alone is its end."),
        ),
        note,
        Option(["--nobody"], is_flag=True, says=N_("Take the assignment and its deadline away.")),
    )(_assign)  # fmt: skip
    command(
        group,
        "reassign",
        N_("Hand a draft or a claimed review to somebody else, with a note that says why."),
        story_argument(),
        Option(["--to"], metavar="PERSON", required=True, says=N_("Who takes it over.")),
        note,
    )(_reassign)
    command(
        group,
        "waiting",
        N_("List what waits for a person, the most urgent first."),
        click.Argument(["person"], required=False, metavar="PERSON"),
    )(_waiting)


def _assign(console: Console, story: str, to: str | None, deadline: str | None, note: str, nobody: bool) -> None:
    if nobody and (to is not None or deadline is not None):
        raise WrongUsageError(
            N_("Either somebody is given the step, or nobody."), advice=N_("Leave --nobody out, or the others.")
        )
    until = None
    if deadline is not None:
        try:
            until = deadline_of(deadline)
        except (ValueError, OverflowError) as error:
            raise WrongUsageError(
                N_("“{text}” is no moment.", text=deadline),
                advice=N_("Write it as “2026-12-01 18:00” or “2026-12-01”."),
            ) from error
    with console.desk() as desk:
        by = console.require_actor(desk)
        if nobody:
            duties.unassign(desk, story, by=by)
        else:
            person = find_person(desk, to) if to is not None else None
            duties.assign(desk, story, by=by, to=person, deadline=until, note=note)
        file = open_story(desk, story)
    console.answer(standing_json(file), *standing_lines(file), *_assigned(file))


def _assigned(file: StoryFile) -> list[Message]:
    given = file.assignment
    step = file.situation.open_step()
    if given is None or step is None:
        return [N_("Nobody is assigned.")]
    who = file.people.get(given.person or "")
    name = who.name if who is not None else N_("whoever takes it")
    if given.deadline is None:
        return [N_("“{step}” is assigned to {name}.", step=step.title, name=name)]
    when = f"{moment(given.deadline).astimezone():%Y-%m-%d %H:%M}"
    return [N_("“{step}” is assigned to {name}, until {when}.", step=step.title, name=name, when=when)]


def _reassign(console: Console, story: str, to: str, note: str) -> None:
    with console.desk() as desk:
        by = console.require_actor(desk)
        handing_on.reassign(desk, story, to=find_person(desk, to), by=by, note=note)
        file = open_story(desk, story)
    console.answer(standing_json(file), *standing_lines(file))


def _waiting(console: Console, person: str | None) -> None:
    with console.desk() as desk:
        who = find_person(desk, person) if person is not None else console.require_actor(desk)
        found = duties.waiting_for(desk, who)
    now = utc_now()
    answer = [
        {
            "kind": duty.kind.value, "story": duty.story, "slug": duty.slug,
            "headline": {"zh": duty.headline.zh, "en": duty.headline.en}, "state": duty.state.value,
            "step": str(duty.step) if duty.step is not None else None, "deadline": duty.deadline, "since": duty.since,
            "note": duty.note,
        }
        for duty in found
    ]  # fmt: skip
    rows = [
        (
            console.text(due_words(duty.deadline, now)) if duty.deadline is not None else "",
            console.text(DUTY_NAMES[duty.kind]),
            console.text(duty.step) if duty.step is not None else "",
            duty.slug,
            duty.headline.en or duty.headline.zh,
        )
        for duty in found
    ]
    answered = {"person": who.name, "waiting": answer}
    if rows:
        console.answer(
            answered, console.table(N_("Until"), N_("Why"), N_("Step"), N_("Name"), N_("Headline"), rows=rows)
        )
    else:
        console.answer(answered, N_("Nothing waits for {name}.", name=who.name))
