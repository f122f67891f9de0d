"""Commands of the termbase: what a Chinese term is in the house's English, and what it is not."""

from pathlib import Path
from typing import Any

import click

from desktop_app.cli.commands import OUTPUT, PATH, Group, Option, command
from desktop_app.cli.console import Console
from desktop_app.desk.terms import (
    TermConflict,
    add_term,
    all_terms,
    export_terms,
    find_term,
    find_terms,
    import_terms,
    remove_term,
    search_terms,
    suggest_person,
)
from desktop_app.domain.terms import Term, TermKind
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_, NN_, Message


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    terms = Group("terms", says=N_("The house's terms: what they are in English, and what they are not."))
    group.add_command(terms)
    command(
        terms,
        "add",
        N_("Add a term, or add forms to one that is there."),
        click.Argument(["source"], metavar="ZH"),
        click.Argument(["target"], metavar="EN", required=False, default=""),
        Option(["--forbid", "forbidden"], multiple=True, metavar="WORD", says=N_("A translation not to be used.")),
        Option(["--allow", "allowed"], multiple=True, metavar="WORD", says=N_("A translation that may be used too.")),
        Option(["--kind"], type=click.Choice([kind.value for kind in TermKind]), says=N_("What the term names.")),
        Option(["--short"], default="", metavar="TEXT", says=N_("The short form: BJUT.")),
        Option(["--zh-short", "source_short"], multiple=True, metavar="TEXT", says=N_("The Chinese short form.")),
        Option(["--note"], default="", metavar="TEXT", says=N_("A note for whoever meets the term.")),
    )(_add)
    command(
        terms,
        "list",
        N_("List the terms."),
        Option(["--query"], default="", metavar="TEXT", says=N_("Only those that have this text.")),
        Option(["--kind"], type=click.Choice([kind.value for kind in TermKind]), says=N_("Only those of this kind.")),
    )(_list)
    command(terms, "find", N_("Show the terms that a Chinese text mentions."), click.Argument(["text"]))(_find)
    command(
        terms, "remove", N_("Remove a term."), click.Argument(["term"], metavar="TERM")
    )(_remove)  # fmt: skip
    command(
        terms,
        "import",
        N_("Take in terms from TBX or CSV files."),
        click.Argument(["files"], nargs=-1, required=True, type=PATH, metavar="FILE…"),
    )(_import)
    command(
        terms,
        "export",
        N_("Write all terms to a file: .tbx, .csv or .tsv."),
        Option(["-o", "--output"], type=OUTPUT, required=True, metavar="FILE", says=N_("The file to write.")),
    )(_export)


def term_json(term: Term) -> dict[str, Any]:
    """One term as the contract has it."""
    return {
        "id": term.id,
        "zh": term.source,
        "en": term.target,
        "kind": term.kind.value,
        "short": term.short,
        "zh_short": list(term.source_short),
        "allowed": list(term.allowed),
        "forbidden": list(term.forbidden),
        "note": term.note,
    }


def _add(console: Console, source: str, target: str, kind: str | None, **given: Any) -> None:
    with console.desk() as desk:
        if not target and kind == TermKind.PERSON:
            target = suggest_person(desk, source)
        if not target:
            raise WrongUsageError(
                N_("{parameter} is missing.", parameter="EN"),
                advice=N_("Give the term and its translation; a person's name may be left to pinyin."),
            )
        by = console.actor(desk)
        term, changes = add_term(desk, source, target, kind=TermKind(kind or TermKind.TERM), by=by, **given)
    name = f"{term.source} = {term.target}"
    said = N_("{name} is in the termbase.", name=name) if changes.terms else N_("{name} was there.", name=name)
    console.answer({"terms": [term_json(term)]}, said)


def _list(console: Console, query: str, kind: str | None) -> None:
    with console.desk() as desk:
        found = search_terms(desk, query) if query else all_terms(desk)
    _show(console, [term for term in found if kind is None or term.kind == kind])


def _find(console: Console, text: str) -> None:
    with console.desk() as desk:
        found = find_terms(desk, text)
    console.answer(
        {
            "terms": [term_json(mention.term) for mention in found],
            "mentions": [{"id": one.term.id, "span": list(one.span), "short": one.short} for one in found],
        },
        *(f"{text[slice(*one.span)]} = {one.term.target}" for one in found),
        NN_("{n} term.", "{n} terms.", len(found)),
    )


def _remove(console: Console, term: str) -> None:
    with console.desk() as desk:
        found = find_term(desk, term)
        remove_term(desk, found.id, by=console.actor(desk))
    console.answer({"terms": [term_json(found)]}, N_("Removed {name}.", name=f"{found.source} = {found.target}"))


def _import(console: Console, files: tuple[Path, ...]) -> int:
    terms: list[Term] = []
    conflicts: list[TermConflict] = []
    added = changed = unchanged = incomplete = 0
    with console.desk() as desk, console.progress(N_("Importing terms")) as progress:
        by = console.actor(desk)
        for file in files:
            taken = import_terms(desk, file, by=by, progress=progress)
            terms += [*taken.added, *taken.changed]
            conflicts += taken.conflicts
            added, changed = added + len(taken.added), changed + len(taken.changed)
            unchanged, incomplete = unchanged + taken.unchanged, incomplete + taken.incomplete
    console.answer(
        {
            "terms": [term_json(term) for term in terms],
            "added": added,
            "changed": changed,
            "unchanged": unchanged,
            "incomplete": incomplete,
            "conflicts": [_conflict_json(one) for one in conflicts],
        },
        *(_conflict_line(one) for one in conflicts),
        N_("Terms: {added} added, {changed} changed, {unchanged} unchanged.",
           added=added, changed=changed, unchanged=unchanged),
        *([NN_("{n} entry lacks one of the languages.", "{n} entries lack one of the languages.", incomplete)]
          if incomplete else []),
    )  # fmt: skip
    return 1 if conflicts else 0


def _conflict_json(conflict: TermConflict) -> dict[str, Any]:
    return {"word": conflict.word, "ours": term_json(conflict.ours), "theirs": term_json(conflict.theirs)}


def _conflict_line(conflict: TermConflict) -> Message:
    return N_(
        "Left out {name}: “{word}” cannot be approved and forbidden at once.",
        name=f"{conflict.theirs.source} = {conflict.theirs.target}",
        word=conflict.word,
    )


def _export(console: Console, output: Path) -> None:
    with console.desk() as desk:
        count = len(all_terms(desk))
        written = export_terms(desk, output)
    console.answer(
        {"file": str(written.path), "sha256": written.sha256, "count": count},
        NN_("Wrote {n} term to {file}.", "Wrote {n} terms to {file}.", count, file=str(output)),
    )


def _show(console: Console, terms: list[Term]) -> None:
    rows = [
        (term.source, term.target, term.short, ", ".join(term.forbidden), term.kind.value if term.kind else "")
        for term in terms
    ]
    titles = (N_("Chinese"), N_("English"), N_("Short form"), N_("Not to be used"), N_("Kind"))
    console.answer({"terms": [term_json(term) for term in terms]}, console.table(*titles, rows=rows))
