"""Commands of the translation memory: what was translated before, and what is like it."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from desktop_app.cli import concordance, memory_files
from desktop_app.cli.commands import PATH, Group, Option, command
from desktop_app.cli.console import Console
from desktop_app.desk.desk import Desk
from desktop_app.desk.memory import LEAST, look_up
from desktop_app.desk.texts import read_lines
from desktop_app.domain.memory import Layer, Match
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_, NN_, Message

# Each module beside this one that has commands of the memory declares them on the group.
_BESIDE: tuple[Callable[[click.Group], None], ...] = (memory_files.declare, concordance.declare)
_LAYERS = {Layer.SIGNED: "signed", Layer.IMPORTED: "imported", Layer.DRAFT: "draft"}
_DIFFERS: dict[str, Message] = {
    "numbers": N_("numbers differ"),
    "dates": N_("dates differ"),
    "order": N_("clauses in another order"),
}


def declare(group: click.Group) -> None:
    """Declare the commands of this module and of those beside it that belong to the memory."""
    memory = Group("memory", says=N_("The translation memory: pairs of sentences that were translated before."))
    group.add_command(memory)
    command(
        memory,
        "lookup",
        N_("Find what was translated before and is like a text."),
        click.Argument(["text"], required=False, metavar="[TEXT]"),
        Option(["--batch"], type=PATH, metavar="FILE", says=N_("Look up every line of a file, in order.")),
        Option(
            ["--min", "least"],
            type=click.IntRange(1, 100),
            default=LEAST,
            metavar="N",
            says=N_("How like it must be at least, in per cent."),
        ),
        Option(
            ["--limit"],
            type=click.IntRange(1, 1000),
            default=5,
            metavar="N",
            says=N_("How many matches at most."),
        ),
    )(_lookup)
    for declare_beside in _BESIDE:
        declare_beside(memory)


def _lookup(console: Console, text: str | None, batch: Path | None, least: int, limit: int) -> None:
    if (text is None) == (batch is None):
        raise WrongUsageError(N_("It is not clear what to look up."), advice=N_("Give a text, or --batch FILE."))
    lines = read_lines(batch) if batch is not None else []
    with console.desk() as desk:
        if text is not None:
            matches, milliseconds = _timed(desk, text, least, limit)
            console.answer(_answer(matches, milliseconds), *_lines(console, matches))
            return
        for line in lines:
            console.write_json(_answer(*_timed(desk, line.rstrip("\r"), least, limit)))


def _timed(desk: Desk, text: str, least: int, limit: int) -> tuple[list[Match], float]:
    started = time.perf_counter()
    matches = look_up(desk, text, least=least, limit=limit)
    return matches, 1000 * (time.perf_counter() - started)


def _answer(matches: list[Match], milliseconds: float) -> dict[str, Any]:
    return {"matches": [match_json(match) for match in matches], "ms": round(milliseconds, 3)}


def match_json(match: Match) -> dict[str, Any]:
    """One match as the contract has it."""
    unit = match.unit
    return {
        "score": match.score,
        "similarity": match.similarity,
        "source": unit.source,
        "target": unit.target,
        "origin": unit.origin,
        "layer": _LAYERS[unit.layer],
        "drafter": unit.drafter,
        "reviser": unit.reviser,
        "date": unit.at or None,
        "story": unit.story,
        "differs": list(match.differs),
        "ops": [list(op) for op in match.ops],
    }


def _lines(console: Console, matches: list[Match]) -> list[Message | str]:
    lines: list[Message | str] = []
    for match in matches:
        notes = [console.text(_DIFFERS[one]) for one in match.differs]
        if match.unit.layer is Layer.DRAFT:
            notes.append(console.text(N_("not signed")))
        said = f"{match.score} %" + "".join(f" – {note}" for note in notes)
        lines += [f"{said}  {match.unit.source}", f"      {match.unit.target}  ({match.unit.origin})"]
    return [*lines, NN_("{n} match.", "{n} matches.", len(matches))]
