"""Hits set off in a line: bold on a terminal, in brackets elsewhere."""

import sys
from collections.abc import Iterable

import click


def marked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text as one line with what was looked for set off; the spans are in order and do not overlap."""
    bold = sys.stdout.isatty()
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        hit = text[start:end]
        pieces += [text[done:start], click.style(hit, bold=True) if bold else f"[{hit}]"]
        done = end
    return " ".join("".join([*pieces, text[done:]]).split())
