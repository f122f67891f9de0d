"""The command that sends stories out."""

from pathlib import Path

import click

from desktop_app.cli.commands import OUTPUT, Option, command, story_argument
from desktop_app.cli.console import Console
from desktop_app.desk.exporting import FORMATS, PAGE_LAYOUTS, PAGES, USUAL_LAYOUT, export
from desktop_app.desk.stories import list_stories
from desktop_app.domain.story import StoryState
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_, NN_


def declare(group: click.Group) -> None:
    """Declare the command of this module."""
    command(
        group,
        "export",
        N_("Write approved stories as XML or as pages."),
        story_argument(many=True),
        Option(["--to"], type=click.Choice(list(FORMATS)), required=True, says=N_("The format.")),
        Option(
            ["-o", "--output"],
            type=OUTPUT,
            required=True,
            metavar="PATH",
            says=N_("The file to write, or the folder for several."),
        ),
        Option(
            ["--layout"],
            type=click.Choice(list(PAGE_LAYOUTS)),
            says=N_("How pages are laid out."),
        ),
        Option(
            ["--state"],
            type=click.Choice([StoryState.APPROVED.value, StoryState.RELEASED.value]),
            says=N_("Take all stories in this state."),
        ),
        Option(["--draft"], is_flag=True, says=N_("Let stories out that are not approved; every page is marked.")),
        Option(
            ["--tracked"],
            is_flag=True,
            says=N_("In review documents, show what changed since the draft was signed as tracked changes."),
        ),
    )(_export)


def _export(
    console: Console,
    stories: tuple[str, ...],
    to: str,
    output: Path,
    layout: str | None,
    state: str | None,
    draft: bool,
    tracked: bool,
) -> None:
    if layout is not None and to != PAGES:
        raise WrongUsageError(
            N_("Files of the format “{format}” have no layout.", format=to),
            advice=N_("Leave --layout out, or write pages with “--to {pages}”.", pages=PAGES),
        )
    with console.desk() as desk:
        wanted = list(stories)
        if state is not None:
            found = [one.summary.id for one in list_stories(desk, state=StoryState(state))]
            if not found and not wanted:
                raise WrongUsageError(
                    N_("No story is in the state “{state}”.", state=state),
                    advice=N_("“diptych list” shows the stories of this archive."),
                )
            wanted += found
        by = console.actor(desk)
        with console.progress(N_("Exporting")) as progress:
            files = export(
                desk, wanted, to, output, draft=draft, layout=layout or USUAL_LAYOUT, tracked=tracked,
                several=state is not None, by=by, progress=progress,
            )  # fmt: skip
    console.answer(
        {"files": [{"path": str(file.path), "sha256": file.sha256} for file in files]},
        *(str(file.path) for file in files),
        NN_("{n} file written.", "{n} files written.", len(files)),
    )
