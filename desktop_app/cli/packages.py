"""Commands about going offline: packing stories, unpacking a package, and who has what since when."""

from pathlib import Path
from typing import Any

import click

from desktop_app.cli.commands import OUTPUT, PATH, Group, Option, command, story_argument
from desktop_app.cli.console import Console
from desktop_app.desk.auditing import here
from desktop_app.desk.loans import ListedLoan, end_loans, list_loans
from desktop_app.desk.packing import Packed, pack
from desktop_app.desk.people import find_person
from desktop_app.desk.small_archives import unpack
from desktop_app.desk.stories import open_story
from desktop_app.domain.loans import ended
from desktop_app.foundation.messages import N_, NN_, Message


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    command(
        group,
        "pack",
        N_(
            "Write stories as a work package for somebody who works offline; in a small archive, write all that it"
            " holds as one file to be sent home."
        ),
        story_argument(many=True),
        Option(
            ["-o", "--output"], type=OUTPUT, required=True, metavar="FILE", says=N_("The file to write: NAME.diptych.")
        ),
        Option(["--for", "holder"], metavar="PERSON", says=N_("Who takes it along, and is at the desk there.")),
    )(_pack)
    command(
        group,
        "unpack",
        N_("Make a small archive of a work package in a new folder."),
        click.Argument(["file"], type=PATH, metavar="FILE"),
        click.Argument(["folder"], type=PATH, metavar="DIR"),
    )(_unpack)
    loans = Group("loans", says=N_("Who has which story offline, since when."))
    group.add_command(loans)
    command(
        loans,
        "list",
        N_("List the stories that are out."),
        Option(["--story"], metavar="STORY", says=N_("Of one story.")),
        Option(["--all", "everything"], is_flag=True, says=N_("List those too that ended.")),
    )(_list)
    command(
        loans,
        "end",
        N_("Say that a story does not come home any more, with a note that says why."),
        click.Argument(["story"], metavar="STORY"),
        Option(["--note"], default="", metavar="TEXT", says=N_("Why: a laptop was lost, say.")),
        Option(["--person", "holder"], metavar="PERSON", says=N_("With whom it is; else with whomever.")),
    )(_end)


def _pack(console: Console, stories: tuple[str, ...], output: Path, holder: str | None) -> None:
    with console.desk() as desk:
        made_for = find_person(desk, holder) if holder is not None else None
        by = console.actor(desk)
        with console.progress(N_("Packing")) as progress:
            packed = pack(desk, stories, output, by=by, made_for=made_for, progress=progress)
    file = packed.file
    answer: dict[str, Any] = {
        "files": [{"path": str(file.path), "sha256": file.sha256}],
        "stories": list(packed.stories),
        "package": packed.package,
        "for": made_for.name if made_for is not None else None,
        "edition": packed.edition,
    }
    console.answer(answer, str(file.path), _said(packed))
    if packed.edition and stories and len(packed.stories) > len(set(stories)):
        console.note(N_("Note: a small archive goes home as a whole; the stories that were not named are in it too."))


def _said(packed: Packed) -> Message:
    count = len(packed.stories)
    if packed.edition:
        return NN_("Packed {n} story to be sent home.", "Packed {n} stories to be sent home.", count)
    return NN_("Packed {n} story for offline work.", "Packed {n} stories for offline work.", count)


def _unpack(console: Console, file: Path, folder: Path) -> int:
    with console.progress(N_("Unpacking")) as progress:
        made = unpack(file, folder, progress=progress)
    problems = [{"kind": one.kind, "id": one.id, "reason": console.text(one.reason)} for one in made.problems]
    answer = {
        "archive": str(folder.resolve()),
        "package": made.package,
        "house": made.house,
        "for": made.made_for.name if made.made_for is not None else None,
        "stories": list(made.stories),
        "problems": problems,
    }
    said = NN_(
        "Made a small archive with {n} story from {house} in {folder}.",
        "Made a small archive with {n} stories from {house} in {folder}.",
        len(made.stories),
        house=made.house,
        folder=str(folder),
    )
    console.answer(answer, *(": ".join(problem.values()) for problem in problems), said)
    return 1 if problems else 0


def _list(console: Console, story: str | None, everything: bool) -> None:
    with console.desk() as desk:
        wanted = [open_story(desk, story).story.id] if story is not None else []
        found = list_loans(desk, stories=wanted, open_only=not everything)
    _answer(console, found)


def _end(console: Console, story: str, note: str, holder: str | None) -> None:
    with console.desk() as desk:
        person = find_person(desk, holder) if holder is not None else None
        found, _changes = end_loans(desk, story, reason=note, by=console.require_actor(desk), holder=person)
    _answer(console, found)


def _answer(console: Console, found: list[ListedLoan]) -> None:
    rows = [
        (
            one.slug,
            one.name,
            here(one.loan.at),
            one.loan.file,
            str(one.loan.version),
            console.text(_state(one)),
        )
        for one in found
    ]
    titles = (N_("Story"), N_("With"), N_("Since"), N_("File"), N_("Version"), N_("State"))
    lines = [console.table(*titles, rows=rows)] if rows else [N_("No story is out.")]
    console.answer({"loans": [_json(console, one) for one in found]}, *lines)


def _state(one: ListedLoan) -> Message:
    if not one.loan.open:
        return ended(one.loan)
    if one.late:
        return N_("late")
    if one.loan.returned_at is not None:
        return N_("came home on {day}, and is still out", day=here(one.loan.returned_at)[:10])
    return N_("out")


def _json(console: Console, one: ListedLoan) -> dict[str, Any]:
    loan = one.loan
    return {
        "id": loan.id,
        "story": loan.story,
        "slug": one.slug,
        "kind": loan.kind.value,
        "person": one.name or None,
        "since": loan.at,
        "package": loan.package,
        "file": loan.file,
        "version": str(loan.version),
        "digest": loan.digest,
        "edition": loan.edition,
        "returned_at": loan.returned_at,
        "open": loan.open,
        "late": one.late,
        "ended_at": loan.ended_at,
        "ended": console.text(ended(loan)) if not loan.open else None,
    }
