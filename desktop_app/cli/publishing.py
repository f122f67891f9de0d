"""Commands that let a story out and take it back; each answers where the story stands afterwards."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from desktop_app.cli.commands import Option, command, story_argument
from desktop_app.cli.console import Console
from desktop_app.cli.signing import passphrase_option, signer
from desktop_app.cli.standing import conflicts_note, require_step, standing_json, standing_lines
from desktop_app.desk import correcting, publishing
from desktop_app.desk.loans import ListedLoan, out_line, packages_out
from desktop_app.desk.open_conflicts import count_open
from desktop_app.desk.people import list_people
from desktop_app.desk.publishing import SentOut
from desktop_app.desk.stories import open_story
from desktop_app.domain.comments import CommentWaiver
from desktop_app.domain.publication import Emergency
from desktop_app.domain.records import StorySummary
from desktop_app.domain.story import StoryState
from desktop_app.foundation.messages import N_, NN_, Message

_Act = Callable[..., object]  # of the desk and a story, with who acts and their note

_ACTS: tuple[tuple[str, Message, _Act], ...] = (
    (
        "unpublish",
        N_("Take a released story down quietly."),
        publishing.unpublish,
    ),
    (
        "republish",
        N_("Release what was taken down again, unchanged; no step has to be signed for that."),
        publishing.republish,
    ),
    (
        "drop",
        N_("Give work on a story up; a note may say why."),
        publishing.drop,
    ),
    (
        "resume",
        N_("Take a dropped story up again; a note may say why."),
        publishing.restore_dropped,
    ),
)


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    note = Option(["--note"], default="", metavar="TEXT", says=N_("A note that stays in the history."))
    step = Option(["--step"], metavar="NAME", says=N_("A step of the story's policy; any other name is refused."))
    why = N_("Do it though comments are open; says why they may stay so.")
    command(
        group,
        "release",
        N_("Release an approved story, or one in an emergency."),
        story_argument(),
        step,
        note,
        Option(["--waive-comments"], default="", metavar="REASON", says=why),
        Option(["--emergency"], is_flag=True, says=N_("Without the reviews that are missing; the note says why.")),
    )(_release)
    command(
        group,
        "correct",
        N_("Begin a correction of a released story, or give it up, with a note that says why."),
        story_argument(),
        step,
        note,
        Option(["--give-up"], is_flag=True, says=N_("Give the correction up: what is released stands as it was.")),
    )(_correct)
    for name, says, act in _ACTS:
        command(group, name, says, story_argument(), step, note)(_runs(act))
    command(
        group,
        "approve-later",
        N_("Approve, as the second person, what went out in an emergency."),
        story_argument(),
        step,
        note,
        passphrase_option(),
    )(_approve_later)
    command(
        group,
        "kill",
        N_("Ask for a story's final withdrawal, or, as a second person, carry it out; a note says why."),
        story_argument(),
        step,
        note,
        Option(["--withdraw"], is_flag=True, says=N_("Take the request back, or refuse it.")),
    )(_kill)
    command(
        group,
        "emergencies",
        N_("List what went out in an emergency and nobody else has approved yet."),
        Option(["--all", "every"], is_flag=True, says=N_("Also those that were approved.")),
    )(_emergencies)


def _runs(act: _Act) -> Callable[..., None]:
    def run(console: Console, story: str, step: str | None, note: str) -> None:
        with console.desk() as desk:
            require_step(desk, story, step)
            act(desk, story, by=console.require_actor(desk), note=note)
            file = open_story(desk, story)
        console.answer(standing_json(file), *standing_lines(file))

    return run


def _approve_later(console: Console, story: str, step: str | None, note: str, passphrase_file: Path | None) -> None:
    with console.desk() as desk:
        require_step(desk, story, step)
        by = console.require_actor(desk)
        publishing.approve_later(desk, story, by=by, note=note, signer=signer(console, desk, by, passphrase_file))
        file = open_story(desk, story)
    console.answer(standing_json(file), *standing_lines(file))


def _release(
    console: Console,
    story: str,
    step: str | None,
    note: str,
    waive_comments: str,
    emergency: bool,
) -> None:
    waiver = CommentWaiver(waive_comments)
    with console.desk() as desk:
        require_step(desk, story, step)
        by = console.require_actor(desk)
        if emergency:
            publishing.release_early(desk, story, by=by, note=note, waiver=waiver)
        else:
            publishing.release(desk, story, by=by, note=note, waiver=waiver)
        file = open_story(desk, story)
        waiting = count_open(desk, file.story.id)
    console.answer({**standing_json(file), "conflicts_open": waiting}, *standing_lines(file))
    if waiting:
        console.note(conflicts_note(waiting))
    missing = file.story.content.untranslated()
    if missing:
        console.note(NN_("Note: {n} segment has no translation.", "Note: {n} segments have no translation.", missing))


def _correct(console: Console, story: str, step: str | None, note: str, give_up: bool) -> None:
    with console.desk() as desk:
        require_step(desk, story, step)
        by = console.require_actor(desk)
        act = correcting.give_up if give_up else correcting.correct
        act(desk, story, by=by, note=note)
        file = open_story(desk, story)
    console.answer(standing_json(file), *standing_lines(file))


def _kill(console: Console, story: str, step: str | None, note: str, withdraw: bool) -> None:
    with console.desk() as desk:
        require_step(desk, story, step)
        by = console.require_actor(desk)
        if withdraw:
            publishing.spare(desk, story, by=by, note=note)
        else:
            publishing.kill(desk, story, by=by, note=note)
        file = open_story(desk, story)
        sent = publishing.sent_out(desk, story)
        packages = packages_out(desk, story)
    lines = list(standing_lines(file))
    if file.story.state is StoryState.KILLED:
        lines += _to_be_told(sent, packages)
    elif not withdraw:
        lines.append(N_("A second person must confirm this with the same command."))
    answer = {
        **standing_json(file),
        "exports": [_sent_json(one) for one in sent],
        "packages": [_package_json(one) for one in packages],
    }
    console.answer(answer, *lines)


def _to_be_told(sent: list[SentOut], packages: list[ListedLoan]) -> list[Message]:
    if not sent and not packages:
        return [N_("Nothing of it was ever exported.")]
    return [*_exports(sent), *_packages(packages)]


def _packages(packages: list[ListedLoan]) -> list[Message]:
    if not packages:
        return []
    head = NN_(
        "{n} work package went out, and does not come home any more; tell whoever has it:",
        "{n} work packages went out, and do not come home any more; tell whoever has them:",
        len(packages),
    )
    lines = (N_("  {line}: {file}", line=out_line(one, one.loan.at[:10]), file=one.loan.file) for one in packages)
    return [head, *lines]


def _exports(sent: list[SentOut]) -> list[Message]:
    if not sent:
        return []
    head = NN_("{n} export went out; tell whoever has it:", "{n} exports went out; tell whoever has them:", len(sent))
    return [
        head,
        *(
            N_(
                "  {at} {person}: {format}, {files}", at=one.at[:16].replace("T", " "), person=one.person,
                format=one.format, files=", ".join(one.files),
            )
            for one in sent
        ),
    ]  # fmt: skip


def _sent_json(one: SentOut) -> dict[str, Any]:
    return {
        "at": one.at, "person": one.person, "format": one.format, "files": list(one.files), "version": one.version,
    }  # fmt: skip


def _package_json(one: ListedLoan) -> dict[str, Any]:
    return {
        "at": one.loan.at, "person": one.name or None, "file": one.loan.file, "version": str(one.loan.version),
        "package": one.loan.package, "open": one.loan.open,
    }  # fmt: skip


def _emergencies(console: Console, every: bool) -> None:
    with console.desk() as desk:
        found = publishing.emergencies(desk, waiting=not every)
        people = {one.id: one for one in list_people(desk)}

    def name(person: str | None) -> str | None:
        known = people.get(person or "")
        return known.name if known is not None else person

    def line(story: StorySummary, one: Emergency) -> Message:
        told = N_(
            "{story}: version {version}, released by {person}: {reason}", story=story.slug, version=str(one.version),
            person=name(one.person), reason=one.reason,
        )  # fmt: skip
        return N_("{line} (approved by {name})", line=told, name=name(one.approved_by)) if one.approved_by else told

    rows = [
        {
            "story": story.id,
            "slug": story.slug,
            "state": story.state.value,
            "version": str(one.version),
            "digest": one.digest,
            "reason": one.reason,
            "person": name(one.person),
            "at": one.at,
            "approved_by": name(one.approved_by),
            "approved_at": one.approved_at,
            "note": one.approval_note,
            "key": one.approval_key,
            "signature": one.approval_signature,
        }
        for story, one in found
    ]
    console.answer({"emergencies": rows}, *(line(*one) for one in found))
    if not rows:
        console.note(N_("No emergency release waits for an approval."))
