"""Commands about a story's Chinese text that changes after the draft, and about its embargo."""

from pathlib import Path

import click

from desktop_app.cli.commands import PATH, Option, command, story_argument
from desktop_app.cli.console import Console
from desktop_app.cli.standing import standing_json, standing_lines
from desktop_app.desk import embargoes, source_changes
from desktop_app.desk.stories import open_story
from desktop_app.domain.publication import Judgement
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_, Message
from desktop_app.foundation.zones import USUAL_ZONE, moment_in
from desktop_app.language.source_update import Fate, Line, Update

_MARKS = {Fate.CHANGED: "~", Fate.NEW: "+", Fate.GONE: "-"}


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    note = Option(["--note"], default="", metavar="TEXT", says=N_("A note that stays in the history."))
    command(
        group,
        "source",
        N_("Take in a changed Chinese text: what is the same keeps its English, what changed becomes a draft."),
        story_argument(),
        click.Argument(["path"], type=PATH, required=False, metavar="[FILE]"),
        Option(["--segment"], metavar="ID", says=N_("Only of this segment, or of this block.")),
        Option(["--text"], metavar="TEXT", says=N_("Its new Chinese text.")),
        Option(["--dry-run"], is_flag=True, says=N_("Say what would happen and write nothing.")),
        note,
    )(_source)
    command(
        group,
        "source-judge",
        N_("Say what a change of the Chinese means for the English; a note says why."),
        story_argument(),
        click.Argument(["judgement"], type=click.Choice([Judgement.NO_EFFECT.value, Judgement.REOPEN.value])),
        note,
    )(_judge)
    reason = Option(["--reason", "--note"], default="", metavar="TEXT", says=N_("Why; it stays in the history."))
    command(
        group,
        "embargo",
        N_("Hold a story back until a moment; a second person confirms that it ends earlier."),
        story_argument(),
        Option(["--until"], metavar="TIME", says=N_("The day and time, like this: 2026-12-01 08:00.")),
        Option(["--zone"], default=USUAL_ZONE, metavar="ZONE", says=N_("The zone whose clocks show it.")),
        reason,
        Option(["--lift"], is_flag=True, says=N_("Ask to let it go out at any time.")),
        Option(["--confirm"], is_flag=True, says=N_("Confirm, as the second person, that it ends earlier.")),
        Option(["--refuse"], is_flag=True, says=N_("Leave it as it is, whatever was asked for.")),
    )(_embargo)


def _source(
    console: Console, story: str, path: Path | None, segment: str | None, text: str | None, dry_run: bool, note: str
) -> None:
    if (path is None) == (segment is None) or (segment is None) != (text is None):
        raise WrongUsageError(
            N_("Give either a file, or a segment and its text."), advice=N_("--segment and --text belong together.")
        )
    with console.desk() as desk:
        if path is not None:
            source = source_changes.source_of_file(desk, path, open_story(desk, story).story.languages)
        else:
            source = source_changes.source_of_part(segment or "", text or "")
        if dry_run:
            plan = source_changes.plan(desk, story, source)
        else:
            plan = source_changes.take_in(desk, story, source, by=console.require_actor(desk), note=note).plan
        file = open_story(desk, story)
    answer = {
        **standing_json(file),
        "applied": plan.update.changes and not plan.later and not dry_run,
        "changes": [
            {"segment": one.key, "fate": one.fate.value, "was": one.was, "now": one.now, "target": one.target}
            for one in plan.update.lines
            if one.fate is not Fate.SAME
        ],
    }
    console.answer(answer, *_told(plan.update), *standing_lines(file))


def _told(update: Update) -> list[Message]:
    if not update.changes:
        return [N_("The Chinese is the same as it was.")]
    lines = [_line(one) for one in update.lines if one.fate is not Fate.SAME]
    total = N_(
        "{changed} changed, {new} new, {gone} gone, {same} the same.",
        **{fate.value: update.count(fate) for fate in Fate},
    )
    return [*lines, total]


def _line(one: Line) -> Message:
    if one.fate is Fate.CHANGED:
        return N_("  ~ {was} → {now}", was=one.was, now=one.now)
    return N_("  {mark} {text}", mark=_MARKS[one.fate], text=one.now or one.was or one.target)


def _judge(console: Console, story: str, judgement: str, note: str) -> None:
    with console.desk() as desk:
        by, waited = console.require_actor(desk), source_changes.pending(open_story(desk, story))
        source_changes.judge(desk, story, Judgement(judgement), by=by, note=note)
        file = open_story(desk, story)
    lost = [one for one in waited if one.lost and judgement == Judgement.REOPEN]
    answer = {**standing_json(file), "lost": [{"was": one.was, "now": one.now} for one in lost]}
    console.answer(answer, *standing_lines(file))
    for one in lost:
        console.note(N_("This found no place in the text: {text}", text=one.now))


def _embargo(
    console: Console, story: str, until: str | None, zone: str, reason: str, lift: bool, confirm: bool, refuse: bool
) -> None:
    if sum((until is not None, lift, confirm, refuse)) != 1:
        raise WrongUsageError(
            N_("Say one thing about the embargo."), advice=N_("Give one of --until, --lift, --confirm and --refuse.")
        )
    with console.desk() as desk:
        by = console.require_actor(desk)
        if until is not None:
            embargoes.set_embargo(desk, story, moment_in(until, zone), zone, by=by, reason=reason)
        elif lift:
            embargoes.lift(desk, story, by=by, reason=reason)
        else:
            embargoes.answer(desk, story, confirm=confirm, by=by, note=reason)
        file = open_story(desk, story)
    console.answer(standing_json(file), *standing_lines(file))
