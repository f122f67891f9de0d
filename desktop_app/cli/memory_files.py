"""Commands that take translation memories in and give them out as files."""

from collections.abc import Mapping
from pathlib import Path

import click

from desktop_app.cli.commands import OUTPUT, PATH, Option, command
from desktop_app.cli.console import Console
from desktop_app.desk.memory_files import ImportedFile, export_memory, import_memory
from desktop_app.domain.memory import Layer
from desktop_app.foundation.messages import N_, NN_, Message

_LAYERS = {layer.name.lower(): layer for layer in Layer}
_USUAL = (Layer.SIGNED, Layer.IMPORTED)


def declare(group: click.Group) -> None:
    """Declare the commands of this module in the group ``memory``."""
    command(
        group,
        "import",
        N_("Take pairs in from TMX, TSV or CSV files."),
        click.Argument(["files"], nargs=-1, required=True, type=PATH, metavar="FILE…"),
    )(_import)
    command(
        group,
        "export",
        N_("Write the memory to a file: .tmx, .tsv or .csv."),
        Option(["-o", "--output"], type=OUTPUT, required=True, metavar="FILE", says=N_("The file to write.")),
        Option(
            ["--layer", "layers"],
            type=click.Choice(list(_LAYERS)),
            multiple=True,
            says=N_("Which pairs: signed, imported, or drafts; may be given more than once. Else signed and imported."),
        ),
    )(_export)


def _import(console: Console, files: tuple[Path, ...]) -> None:
    with console.desk() as desk:
        by = console.actor(desk)
        with console.progress(N_("Importing")) as progress:
            done = import_memory(desk, files, by=by, progress=progress)
    answer = {
        "added": done.added,
        "known": done.known,
        "skipped": done.skipped,
        "files": [
            {
                "path": str(file.path),
                "sha256": file.sha256,
                "added": file.added,
                "known": file.known,
                "skipped": file.skipped,
                "languages": dict(file.languages),
                "related": dict(file.relatives),
            }
            for file in done.files
        ],
    }
    console.answer(answer, *(line for file in done.files for line in _told(file)))


def _told(file: ImportedFile) -> list[Message]:
    """What a person is told of one file: what came in, and what did not and why."""
    lines = [
        N_(
            "{file}: {added}, {known}.",
            file=str(file.path),
            added=NN_("{n} new pair", "{n} new pairs", file.added),
            known=NN_("{n} known before", "{n} known before", file.known),
        )
    ]
    if file.skipped:
        lines.append(
            NN_(
                "{n} unit without both languages was left out.",
                "{n} units without both languages were left out.",
                file.skipped,
            )
        )
    if file.languages:
        lines.append(N_("Texts in other languages: {languages}.", languages=_counted(file.languages)))
    if file.relatives:
        lines.append(N_("Texts in a related variant were taken: {languages}.", languages=_counted(file.relatives)))
    return lines


def _counted(languages: Mapping[str, int]) -> str:
    """``de (12), fr (3)``, the most frequent first."""
    ordered = sorted(languages.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{tag or '?'} ({count})" for tag, count in ordered[:8]) + (" …" if len(ordered) > 8 else "")


def _export(console: Console, output: Path, layers: tuple[str, ...]) -> None:
    wanted = [_LAYERS[layer] for layer in layers] or list(_USUAL)
    with console.desk() as desk:
        by = console.actor(desk)
        with console.progress(N_("Exporting")) as progress:
            done = export_memory(desk, output, layers=wanted, by=by, progress=progress)
    console.answer(
        {"files": [{"path": str(done.path), "sha256": done.sha256}], "units": done.units},
        str(done.path),
        NN_("{n} pair written.", "{n} pairs written.", done.units),
    )
