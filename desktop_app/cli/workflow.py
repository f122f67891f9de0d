"""Commands that take a story through its steps; each answers where the story stands afterwards."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click

from desktop_app.cli.commands import Option, command, story_argument
from desktop_app.cli.console import Console
from desktop_app.cli.signing import passphrase_option, signer
from desktop_app.cli.standing import conflicts_note, require_step, standing_json, standing_lines
from desktop_app.desk import handing_on, workflow
from desktop_app.desk.desk import Desk
from desktop_app.desk.open_conflicts import count_open
from desktop_app.desk.signatures import Signer
from desktop_app.desk.stories import open_story
from desktop_app.domain.comments import CommentWaiver
from desktop_app.domain.people import Person
from desktop_app.foundation.messages import N_, NN_, Message


class _Said(NamedTuple):
    """What the person said beside the story's name; ``waiver`` is why comments may stay open."""

    step: str | None
    note: str
    waiver: CommentWaiver
    signer: Signer | None = None


_Act = Callable[[Desk, str, Person, _Said], object]
_SIGNING = frozenset({"submit", "sign"})  # refused while a comment is open, and noted what is missing
_STATED = _SIGNING | {"withdraw"}  # what somebody who has a key puts a signature under


_ACTS: tuple[tuple[str, Message, _Act], ...] = (
    (
        "submit",
        N_("Sign the draft and hand the story to the reviewers."),
        lambda desk, story, by, said: workflow.submit(
            desk, story, by=by, note=said.note, waiver=said.waiver, signer=said.signer
        ),
    ),
    (
        "claim",
        N_("Take the next review of a story in hand."),
        lambda desk, story, by, _said: workflow.claim(desk, story, by=by),
    ),
    (
        "unclaim",
        N_("Give a claimed review back; what was typed stays. An editor does it for somebody else, with a note."),
        lambda desk, story, by, said: handing_on.unclaim(desk, story, by=by, note=said.note),
    ),
    (
        "return",
        N_("Give the story back to its drafter, with a note that says why."),
        lambda desk, story, by, said: workflow.give_back(desk, story, by=by, note=said.note),
    ),
    (
        "recall",
        N_("Take the submitted draft back before a reviser claims it."),
        lambda desk, story, by, said: handing_on.recall(desk, story, by=by, note=said.note),
    ),
    (
        "sign",
        N_("Sign a step for the text exactly as it stands."),
        lambda desk, story, by, said: workflow.sign(
            desk, story, step=said.step, by=by, note=said.note, waiver=said.waiver, signer=said.signer
        ),
    ),
    (
        "withdraw",
        N_("Take one's own sign-off back, with a note that says why."),
        lambda desk, story, by, said: workflow.withdraw(
            desk, story, by=by, note=said.note, step=said.step, signer=said.signer
        ),
    ),
)


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    step = Option(["--step"], metavar="NAME", says=N_("The step of the policy; else the next one."))
    note = Option(["--note"], default="", metavar="TEXT", says=N_("A note that stays in the history."))
    why = N_("Do it though comments are open; says why they may stay so.")
    waive = Option(["--waive-comments"], default="", metavar="REASON", says=why)
    for name, says, act in _ACTS:
        waiving = (waive,) if name in _SIGNING else ()
        keyed = (passphrase_option(),) if name in _STATED else ()
        made = _runs(act, signs=name in _SIGNING, states=name in _STATED)
        command(group, name, says, story_argument(), step, note, *waiving, *keyed)(made)


def _runs(act: _Act, *, signs: bool, states: bool) -> Callable[..., None]:
    def run(
        console: Console, story: str, step: str | None, note: str, waive_comments: str = "",
        passphrase_file: Path | None = None,
    ) -> None:  # fmt: skip
        with console.desk() as desk:
            by = console.require_actor(desk)
            require_step(desk, story, step)
            key = signer(console, desk, by, passphrase_file) if states else None
            act(desk, story, by, _Said(step, note, CommentWaiver(waive_comments), key))
            file = open_story(desk, story)
            waiting = count_open(desk, file.story.id) if signs else 0
        missing = file.story.content.untranslated()
        answer = standing_json(file)
        console.answer({**answer, "conflicts_open": waiting} if signs else answer, *standing_lines(file))
        if signs and missing:
            sentence = NN_("Note: {n} segment has no translation.", "Note: {n} segments have no translation.", missing)
            console.note(sentence)
        if waiting:
            console.note(conflicts_note(waiting))

    return run
