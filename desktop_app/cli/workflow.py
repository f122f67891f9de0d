"""Commands that take a story through its steps; each answers where the story stands afterwards."""

from collections.abc import Callable
from typing import NamedTuple

import click

from desktop_app.cli.commands import Option, command, story_argument
from desktop_app.cli.console import Console
from desktop_app.cli.stories import signoffs_json
from desktop_app.desk import workflow
from desktop_app.desk.desk import Desk
from desktop_app.desk.stories import open_story
from desktop_app.domain.comments import CommentWaiver
from desktop_app.domain.people import Person
from desktop_app.domain.story import StoryState
from desktop_app.domain.workflow import STATE_NAMES
from desktop_app.foundation.messages import N_, NN_, Message


class _Said(NamedTuple):
    """What the person said beside the story's name; ``waiver`` is why comments may stay open."""

    step: str | None
    note: str
    waiver: CommentWaiver


_Act = Callable[[Desk, str, Person, _Said], object]
_SIGNING = frozenset({"submit", "sign", "release"})  # refused while a comment is open, and noted what is missing


def _kill(desk: Desk, story: str, by: Person, said: _Said) -> object:
    return workflow.kill(desk, story, by=by, note=said.note)


_ACTS: tuple[tuple[str, Message, _Act], ...] = (
    (
        "submit",
        N_("Sign the draft and hand the story to the reviewers."),
        lambda desk, story, by, said: workflow.submit(desk, story, by=by, note=said.note, waiver=said.waiver),
    ),
    (
        "claim",
        N_("Take the next review of a story in hand."),
        lambda desk, story, by, _said: workflow.claim(desk, story, by=by),
    ),
    (
        "return",
        N_("Give the story back to its drafter, with a note that says why."),
        lambda desk, story, by, said: workflow.give_back(desk, story, by=by, note=said.note),
    ),
    (
        "sign",
        N_("Sign a step for the text exactly as it stands."),
        lambda desk, story, by, said: workflow.sign(
            desk, story, step=said.step, by=by, note=said.note, waiver=said.waiver
        ),
    ),
    (
        "withdraw",
        N_("Take one's own sign-off back, with a note that says why."),
        lambda desk, story, by, said: workflow.withdraw(desk, story, by=by, note=said.note, step=said.step),
    ),
    (
        "release",
        N_("Release an approved story."),
        lambda desk, story, by, said: workflow.release(desk, story, by=by, waiver=said.waiver),
    ),
    (
        "correct",
        N_("Begin a correction of a released story, with a note that says why."),
        lambda desk, story, by, said: workflow.correct(desk, story, by=by, note=said.note),
    ),
    (
        "unpublish",
        N_("Take a released story down quietly."),
        lambda desk, story, by, said: workflow.unpublish(desk, story, by=by, note=said.note),
    ),
    (
        "kill",
        N_("Ask for a story's final withdrawal, or, as a second person, carry it out; a note says why."),
        _kill,
    ),
    (
        "drop",
        N_("Give work on a story up."),
        lambda desk, story, by, said: workflow.drop(desk, story, by=by, note=said.note),
    ),
    (
        "resume",
        N_("Take a dropped story up again."),
        lambda desk, story, by, _said: workflow.restore_dropped(desk, story, by=by),
    ),
)


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    step = Option(["--step"], metavar="NAME", says=N_("The step of the policy; else the next one."))
    note = Option(["--note"], default="", metavar="TEXT", says=N_("A note that stays in the history."))
    why = N_("Do it though comments are open; says why they may stay so.")
    waive = Option(["--waive-comments"], default="", metavar="REASON", says=why)
    for name, says, act in _ACTS:
        options = (step, note, waive) if name in _SIGNING else (step, note)
        command(group, name, says, story_argument(), *options)(_runs(act, signs=name in _SIGNING))


def _runs(act: _Act, *, signs: bool) -> Callable[..., None]:
    def run(console: Console, story: str, step: str | None, note: str, waive_comments: str = "") -> None:
        with console.desk() as desk:
            act(desk, story, console.require_actor(desk), _Said(step, note, CommentWaiver(waive_comments)))
            file = open_story(desk, story)
        missing = file.story.content.untranslated()
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
        if signs and missing:
            sentence = NN_("Note: {n} segment has no translation.", "Note: {n} segments have no translation.", missing)
            console.note(sentence)

    return run
