"""Commands that take a story through its steps; each answers where the story stands afterwards."""

from collections.abc import Callable

import click

from desktop_app.cli.commands import Option, command, story_argument
from desktop_app.cli.console import Console
from desktop_app.cli.stories import signoffs_json
from desktop_app.desk import workflow
from desktop_app.desk.desk import Desk
from desktop_app.desk.stories import open_story
from desktop_app.domain.people import Person
from desktop_app.domain.story import StoryState
from desktop_app.domain.workflow import STATE_NAMES
from desktop_app.foundation.messages import N_, Message

_Act = Callable[[Desk, str, Person, str | None, str], object]


def _kill(desk: Desk, story: str, by: Person, _step: str | None, note: str) -> object:
    return workflow.kill(desk, story, by=by, note=note)


# name, what it does, the act: desk, story, person, step, note
_ACTS: tuple[tuple[str, Message, _Act], ...] = (
    (
        "submit",
        N_("Sign the draft and hand the story to the reviewers."),
        lambda desk, story, by, _step, note: workflow.submit(desk, story, by=by, note=note),
    ),
    (
        "claim",
        N_("Take the next review of a story in hand."),
        lambda desk, story, by, _step, _note: workflow.claim(desk, story, by=by),
    ),
    (
        "return",
        N_("Give the story back to its drafter, with a note that says why."),
        lambda desk, story, by, _step, note: workflow.give_back(desk, story, by=by, note=note),
    ),
    (
        "sign",
        N_("Sign a step for the text exactly as it stands."),
        lambda desk, story, by, step, note: workflow.sign(desk, story, step=step, by=by, note=note),
    ),
    (
        "withdraw",
        N_("Take one's own sign-off back, with a note that says why."),
        lambda desk, story, by, step, note: workflow.withdraw(desk, story, by=by, note=note, step=step),
    ),
    (
        "release",
        N_("Release an approved story."),
        lambda desk, story, by, _step, _note: workflow.release(desk, story, by=by),
    ),
    (
        "correct",
        N_("Begin a correction of a released story, with a note that says why."),
        lambda desk, story, by, _step, note: workflow.correct(desk, story, by=by, note=note),
    ),
    (
        "unpublish",
        N_("Take a released story down quietly."),
        lambda desk, story, by, _step, note: workflow.unpublish(desk, story, by=by, note=note),
    ),
    (
        "kill",
        N_("Ask for a story's final withdrawal, or, as a second person, carry it out; a note says why."),
        _kill,
    ),
    (
        "drop",
        N_("Give work on a story up."),
        lambda desk, story, by, _step, note: workflow.drop(desk, story, by=by, note=note),
    ),
    (
        "resume",
        N_("Take a dropped story up again."),
        lambda desk, story, by, _step, _note: workflow.restore_dropped(desk, story, by=by),
    ),
)


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    for name, says, act in _ACTS:
        command(
            group,
            name,
            says,
            story_argument(),
            Option(["--step"], metavar="NAME", says=N_("The step of the policy; else the next one.")),
            Option(["--note"], default="", metavar="TEXT", says=N_("A note that stays in the history.")),
        )(_runs(act))


def _runs(act: _Act) -> Callable[..., None]:
    def run(console: Console, story: str, step: str | None, note: str) -> None:
        with console.desk() as desk:
            act(desk, story, console.require_actor(desk), step, note)
            file = open_story(desk, story)
        answer = {
            "story": file.story.id,
            "state": file.story.state.value,
            "version": str(file.story.version),
            "signoffs": signoffs_json(file),
        }
        lines = [
            N_(
                "{story}: {state}, version {version}.",
                story=file.story.slug,
                state=STATE_NAMES[file.story.state],
                version=str(file.story.version),
            )
        ]
        if act is _kill and file.story.state is not StoryState.KILLED:
            lines.append(N_("A second person must confirm this with the same command."))
        console.answer(answer, *lines)

    return run
