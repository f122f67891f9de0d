"""The commands for comments: list those of a story, write one, answer, resolve, open again, change, delete."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from desktop_app.cli.commands import Group, Option, command, story_argument
from desktop_app.cli.console import Console
from desktop_app.desk import comments as desk_comments
from desktop_app.desk.comments import Discussion, Made, discussion
from desktop_app.desk.desk import Desk
from desktop_app.domain.comments import Comment
from desktop_app.foundation.messages import N_, NN_, Message


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    comments = Group("comment", says=N_("Comments on the segments and pictures of a story."))
    group.add_command(comments)
    command(
        comments,
        "list",
        N_("Show the comments of a story, in reading order."),
        story_argument(),
        Option(["--open", "only_open"], is_flag=True, says=N_("Only those that nobody has resolved.")),
    )(_list)
    command(
        comments,
        "add",
        N_("Write a comment on a segment or picture, given by its id or its number."),
        story_argument(),
        click.Argument(["segment"], metavar="SEGMENT"),
        click.Argument(["text"], metavar="TEXT"),
        Option(["--quote"], default="", metavar="WORDS", says=N_("The words that it is about.")),
        Option(
            ["--side"], type=click.Choice(["source", "target"]), default="target", says=N_("The side of those words.")
        ),
    )(_add)
    for name, says, act in (
        ("reply", N_("Answer a comment."), desk_comments.reply),
        ("change", N_("Give one's own note another text; ID is that of the note or of its comment."),
         desk_comments.change_note),
    ):  # fmt: skip
        words = (click.Argument(["identity"], metavar="ID"), click.Argument(["text"], metavar="TEXT"))
        command(comments, name, says, *words)(_writes(act))
    for name, says, plain, done in (
        ("resolve", N_("Say that a comment is dealt with."), desk_comments.resolve, N_("Resolved.")),
        ("reopen", N_("Open a resolved comment again."), desk_comments.reopen, N_("Open again.")),
        ("delete", N_("Delete one's own comment while nobody else has answered."), desk_comments.delete,
         N_("Deleted.")),
    ):  # fmt: skip
        command(comments, name, says, click.Argument(["identity"], metavar="ID"))(_acts(plain, done))


def _list(console: Console, story: str, only_open: bool) -> None:
    with console.desk() as desk:
        found = discussion(desk, story)
    shown = [one for one in found.comments if one.open or not only_open]
    lines = [console.text(line) for one in shown for line in _lines(console, found, one)]
    said = NN_("{n} comment.", "{n} comments.", len(shown))
    console.answer({"comments": [comment_json(one, found) for one in shown]}, *lines, said)


def _add(console: Console, story: str, segment: str, text: str, quote: str, side: str) -> None:
    with console.desk() as desk:
        made = desk_comments.comment(
            desk, story, segment, text, by=console.require_actor(desk), side="source" if side == "source" else "target",
            quote=quote, as_quoted=True,
        )  # fmt: skip
        _answer(console, desk, made.comment, N_("Commented: {id}", id=made.comment.id))


def _writes(act: Callable[..., Made]) -> Callable[..., None]:
    def run(console: Console, identity: str, text: str) -> None:
        with console.desk() as desk:
            made = act(desk, identity, text, by=console.require_actor(desk))
            _answer(console, desk, made.comment, N_("Written."))

    return run


def _acts(act: Callable[..., Made], done: Message) -> Callable[..., None]:
    def run(console: Console, identity: str) -> None:
        with console.desk() as desk:
            made = act(desk, identity, by=console.require_actor(desk))
            _answer(console, desk, made.comment, done)

    return run


def _answer(console: Console, desk: Desk, comment: Comment, said: Message) -> None:
    found = discussion(desk, comment.story)
    console.answer({"comments": [comment_json(comment, found)]}, said)


def comment_json(comment: Comment, found: Discussion) -> dict[str, Any]:
    """A thread as JSON; ``segment`` and ``number`` are null where its place was taken out."""
    return {
        "id": comment.id,
        "segment": comment.place(found.numbers),
        "number": found.number(comment),
        "side": comment.side,
        "quote": comment.quote,
        "resolved": not comment.open,
        "resolved_by": found.name(comment.resolved_by) or None,
        "resolved_at": comment.resolved_at,
        "notes": [
            {
                "id": note.id,
                "person": found.name(note.person),
                "at": note.at,
                "changed_at": note.changed_at,
                "text": note.text,
            }
            for note in comment.notes
        ],
    }


def _lines(console: Console, found: Discussion, comment: Comment) -> list[Message | str]:
    number = found.number(comment)
    where = N_("segment {n}", n=number) if number is not None else N_("its place was taken out")
    state = N_("open") if comment.open else N_("resolved by {name}", name=found.name(comment.resolved_by))
    lines: list[Message | str] = [N_("{where}, {state}, {id}", where=where, state=state, id=comment.id)]
    if comment.quote:
        lines.append(N_("  “{words}”", words=comment.quote))
    for note in comment.notes:
        when = console.catalog.moment(datetime.fromisoformat(note.at))
        text = note.text.replace("\n", "\n    ")
        lines.append(N_("  {name}, {when}: {text}", name=found.name(note.person), when=when, text=text))
    return lines
