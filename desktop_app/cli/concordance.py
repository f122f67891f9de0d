"""The command that shows where words stand, with what they were translated by."""

import time

import click

from desktop_app.cli.commands import Option, command
from desktop_app.cli.console import Console
from desktop_app.cli.marked import marked
from desktop_app.desk.concordance import Concordance, concordance
from desktop_app.domain.memory import Layer
from desktop_app.foundation.messages import N_, NN_

LAYERS = {Layer.SIGNED: "signed", Layer.IMPORTED: "imported", Layer.DRAFT: "draft"}


def declare(memory: click.Group) -> None:
    """Declare the command among those of the memory."""
    command(
        memory,
        "concordance",
        N_("Show where words stand in the memory and in the stories, with their translations."),
        click.Argument(["text"]),
        Option(["--limit"], type=click.IntRange(1, 1000), default=50, says=N_("At most so many.")),
    )(_concordance)


def hit_json(hit: Concordance) -> dict[str, object]:
    """One line of the concordance as the contract has it, with the places of the hits beside it."""
    return {
        "source": hit.source,
        "target": hit.target,
        "story": hit.story,
        "story_id": hit.story_id,
        "source_marks": [list(span) for span in hit.source_spans],
        "target_marks": [list(span) for span in hit.target_spans],
        "origin": hit.origin,
        "layer": LAYERS[hit.layer],
        "segment": hit.segment,
    }


def _concordance(console: Console, text: str, limit: int) -> None:
    with console.desk() as desk:
        started = time.perf_counter()
        found = concordance(desk, text, limit=limit + 1)
        spent = (time.perf_counter() - started) * 1000
    more, found = len(found) > limit, found[:limit]
    lines: list[str] = []
    for hit in found:
        lines += [marked(hit.source, hit.source_spans), marked(hit.target, hit.target_spans), f"    {hit.origin}"]
    told = NN_("{n} pair.", "{n} pairs.", len(found))
    if more:
        told = N_("The first {n} pairs; --limit shows more.", n=len(found))
    console.answer({"hits": [hit_json(hit) for hit in found], "ms": round(spent, 2)}, *lines, told)
