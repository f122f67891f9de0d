"""Commands about a whole archive: making one, proving it, saving it, and trying the program itself."""

from collections.abc import Sequence
from pathlib import Path

import click

from desktop_app.cli.commands import OUTPUT, PATH, Option, command
from desktop_app.cli.console import Console
from desktop_app.cli.events import file_json, file_lines, head_lines
from desktop_app.desk.auditing import chain_head
from desktop_app.desk.backups import back_up, restore
from desktop_app.desk.desk import create_desk
from desktop_app.desk.event_checking import check_events
from desktop_app.desk.places import has_other_files
from desktop_app.desk.samples import make_sample
from desktop_app.desk.self_test import self_test
from desktop_app.desk.stories import list_stories
from desktop_app.desk.verification import Problem, verify
from desktop_app.desk.verification import rebuild_search as make_search
from desktop_app.domain.policy import POLICIES
from desktop_app.domain.story import Languages
from desktop_app.foundation.errors import ArchiveUnavailableError, WrongUsageError
from desktop_app.foundation.messages import N_, NN_

_CHECKED = {
    "events": N_("events"),
    "rows": N_("records"),
    "versions": N_("versions"),
    "signoffs": N_("sign-offs"),
    "signatures": N_("signatures"),
    "search texts": N_("search texts"),
    "originals": N_("originals"),
    "emergencies": N_("emergencies"),
    "memory pairs": N_("memory pairs"),
}


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    command(
        group,
        "init",
        N_("Make an archive in a folder."),
        click.Argument(["folder"], type=PATH, metavar="DIR"),
        Option(
            ["--policy"],
            type=click.Choice(list(POLICIES)),
            default="draft-revision",
            says=N_("The steps its stories must pass: draft-revision or three-reviews."),
        ),
        Option(
            ["--name"], default="", metavar="TEXT", says=N_("The office's name, as pages print it; else the folder's.")
        ),
        Option(["--source-lang"], default="zh-Hans", says=N_("The language that stories come in.")),
        Option(["--target-lang"], default="en", says=N_("The language that they are turned into.")),
    )(_init)
    command(
        group,
        "sample",
        N_("Make an archive with sample stories and pictures."),
        click.Argument(["folder"], type=PATH, metavar="DIR"),
    )(_sample)
    command(
        group,
        "verify",
        N_("Prove that nothing in the archive was altered."),
        Option(["--rebuild-search"], is_flag=True, says=N_("First make the search texts anew from the records.")),
        Option(
            ["--events", "events_file"],
            type=PATH,
            metavar="FILE",
            says=N_("Check an exported file of events too, and that the archive's chain still leads through it."),
        ),
        Option(
            ["--sheet"],
            metavar="CODE|FILE",
            says=N_("Hold an approval sheet against the archive: its code, a file with it, or “-” for stdin."),
        ),
    )(_verify)
    command(
        group,
        "backup",
        N_("Save the whole archive as one file."),
        Option(["-o", "--output"], type=OUTPUT, required=True, metavar="FILE", says=N_("The file to write.")),
    )(_backup)
    command(
        group,
        "restore",
        N_("Make an archive of a backup in a new folder."),
        click.Argument(["backup"], type=PATH, metavar="FILE"),
        click.Argument(["folder"], type=PATH, metavar="DIR"),
    )(_restore)
    command(group, "self-test", N_("Try every part that the program needs."))(_self_test)


def _init(console: Console, folder: Path, policy: str, name: str, source_lang: str, target_lang: str) -> None:
    among_others = has_other_files(folder)
    create_desk(folder, policy=policy, languages=Languages(source_lang, target_lang), name=name).close()
    console.remember(folder)
    console.answer(
        {"archive": str(folder.resolve()), "policy": policy}, N_("Made an archive in {folder}.", folder=str(folder))
    )
    if among_others:
        console.note(N_("Note: the folder has other files in it; the archive's lie among them."))


def _sample(console: Console, folder: Path) -> None:
    with console.progress(N_("Making the sample stories")) as progress:
        desk = make_sample(folder, progress=progress)
    try:
        stories = [listed.summary.id for listed in list_stories(desk)]
    finally:
        desk.close()
    console.remember(folder)
    console.answer(
        {"archive": str(folder.resolve()), "stories": stories},
        NN_(
            "Made an archive with {n} story in {folder}.",
            "Made an archive with {n} stories in {folder}.",
            len(stories),
            folder=str(folder),
        ),
    )


def _verify(console: Console, rebuild_search: bool, events_file: Path | None, sheet: str | None) -> int:
    if sheet is not None:
        if rebuild_search or events_file is not None:
            raise WrongUsageError(N_("A sheet is checked by itself."), advice=N_("Leave the other options out."))
        # With it comes all that prints, which takes a fifth of a second to load.
        from desktop_app.cli.sheets import verify_sheet  # noqa: PLC0415

        return verify_sheet(console, sheet)
    alone = console.archive is None and not console.settings.settings.archive
    if events_file is not None and alone and not rebuild_search:
        return _verify_file(console, events_file)
    with console.desk() as desk, console.progress(N_("Verifying")) as progress:
        if rebuild_search:
            make_search(desk, by=console.actor(desk))
        file = check_events(events_file, desk, progress=progress) if events_file is not None else None
        found = verify(desk, progress=progress)
        try:
            head = chain_head(desk)
        except ArchiveUnavailableError:  # what is wrong with the database is among the problems
            head = None
    problems, lines = _problems(console, (*found.problems, *(file.problems if file is not None else ())))
    checked = ", ".join(f"{console.text(_CHECKED.get(kind, kind))} {count}" for kind, count in found.checked.items())
    said = (
        NN_("{n} problem found.", "{n} problems found.", len(problems))
        if problems
        else N_("Nothing was altered. Checked: {checked}.", checked=checked)
    )
    answer = {"ok": not problems, "checked": found.checked, "problems": problems}
    answer["head"] = head.plain() if head is not None else None
    if file is not None:
        answer["file"] = file_json(file)
        lines += map(console.text, file_lines(file))
    console.answer(answer, *lines, said, *head_lines(head))
    return 1 if problems else 0


def _verify_file(console: Console, events_file: Path) -> int:
    """Check a file of events where there is no archive to hold it against."""
    with console.progress(N_("Verifying")) as progress:
        file = check_events(events_file, progress=progress)
    problems, lines = _problems(console, file.problems)
    said = [NN_("{n} problem found.", "{n} problems found.", len(problems))] if problems else file_lines(file)
    console.answer({"ok": not problems, "problems": problems, "file": file_json(file)}, *lines, *said)
    return 1 if problems else 0


def _backup(console: Console, output: Path) -> int:
    with console.desk() as desk, console.progress(N_("Saving")) as progress:
        found = back_up(desk, output, progress=progress)
    problems, lines = _problems(console, found)
    console.answer(
        {"file": str(output), "problems": problems}, *lines, N_("Saved the archive as {file}.", file=str(output))
    )
    return 1 if problems else 0


def _problems(console: Console, found: Sequence[Problem]) -> tuple[list[dict[str, str]], list[str]]:
    """Problems for the answer and for a person."""
    problems = [{"kind": p.kind, "id": p.id, "reason": console.text(p.reason)} for p in found]
    return problems, [": ".join(part for part in problem.values() if part) for problem in problems]


def _restore(console: Console, backup: Path, folder: Path) -> None:
    restore(backup, folder)
    console.answer({"archive": str(folder.resolve())}, N_("Restored the archive in {folder}.", folder=str(folder)))


def _self_test(console: Console) -> int:
    parts = self_test(console.probe_window)
    ok = all(result == "ok" for result in parts.values())
    console.answer({"ok": ok, "parts": parts}, *(f"{name}: {result}" for name, result in parts.items()))
    return 0 if ok else 1
