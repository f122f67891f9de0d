"""What comes home of what other people's programs were made to do: changes, authors, comments, made and found.

A story of 60 sentences goes out. In LibreOffice two people change and comment it, saved as DOCX and once more by way of
ODT; Lokalize, OmegaT and the Translate Toolkit write other words into every third sentence.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from real_tools import Act, lokalize, office, omegat, toolkit

from desktop_app.desk.desk import SILENT, Desk, create_desk
from desktop_app.desk.exporting import export
from desktop_app.desk.importing import import_pair
from desktop_app.desk.people import add_person
from desktop_app.desk.returning import Returning
from desktop_app.desk.returning_files import REVIEW_DOCUMENT, XLIFF
from desktop_app.domain.returned_texts import texts_in
from desktop_app.domain.text_ops import hunks, text_ops

SENTENCES = 60
FIRST, SECOND = ("Fang Wang", "WANG Fang"), ("赵敏", "ZHAO Min")


@contextmanager
def archive(folder: Path) -> Iterator[tuple[Desk, str, dict[str, str]]]:
    """An archive with two people and a story; also the ids of its people by name."""
    desk = create_desk(folder / "archive")
    try:
        people = {name: add_person(desk, name, zh=zh)[0] for name, zh in (("WANG Fang", "王芳"), ("ZHAO Min", "赵敏"))}
        numbers = range(SENTENCES)
        (folder / "zh.txt").write_text("标题\n\n" + "".join(f"这是第{n}句话。\n\n" for n in numbers))
        (folder / "en.txt").write_text(
            "Headline\n\n" + "".join(f"Here stands sentence w{n}x, whole.\n\n" for n in numbers)
        )
        imported = import_pair(desk, folder / "zh.txt", folder / "en.txt", by=people["WANG Fang"])
        yield desk, imported.stories[0].id, {person.id: name for name, person in people.items()}
    finally:
        desk.close()


def acts() -> tuple[list[Act], int, int]:
    """What two people do, with the number of changes and of comments."""
    made: list[Act] = []
    changes = comments = 0
    for turn, (given, _) in enumerate((FIRST, SECOND)):
        made += [
            ["author", *given.split()] if " " in given else ["author", given, ""],
            ["open", ("out.docx", "a.docx")[turn]],
        ]
        for n in range(turn, SENTENCES, 2):
            if n % 3 == 0:
                made.append(["replace", f"w{n}x", f"w{n}x, changed"])
            elif n % 3 == 1:
                made.append(["insert", f"sentence w{n}x", " indeed"])
            else:
                made.append(["delete", f" w{n}x"])
            changes += 1
            if n % 5 == 0:
                made.append(["comment", f"这是第{n}句话", FIRST[1] if not turn else SECOND[1], f"Comment {n}"])
                comments += 1
        made += [["save", ("a.docx", "b.docx")[turn]], ["close"]]
    made += [["open", "b.docx"], ["save", "b.odt"], ["close"], ["open", "b.odt"], ["save", "c.docx"], ["close"]]
    return made, changes, comments


def found_in(returning: Returning) -> int:
    """How many changes there are between what went out and what came home."""
    base, content = texts_in(returning.base), texts_in(returning.content)
    return sum(len(list(hunks(text_ops(base[spot].target, held.target)))) for spot, held in content.items())


def row(name: str, made: int, found: int, extra: str, seconds: float) -> None:
    print(f"{name:34} {made:6} {found:6}   {extra:34} {seconds * 1000:7.0f} ms")


@pytest.mark.bench
def bench_changes_made_and_found(tmp_path: Path) -> None:
    print(f"\n{'by way of':34} {'made':>6} {'found':>6}   {'authors · comments':34} {'reading':>10}")
    made, changes, comments = acts()
    with archive(tmp_path) as (desk, story, people):
        export(desk, [story], "docx-review", tmp_path / "out.docx", draft=True)
        office(tmp_path, made)
        for name, file in (("LibreOffice, DOCX", "b.docx"), ("LibreOffice, DOCX, ODT, DOCX", "c.docx")):
            begun = time.perf_counter()
            (home,) = REVIEW_DOCUMENT.read(desk, tmp_path / file, SILENT).stories
            taken = time.perf_counter() - begun
            order = [segment.id for segment in home.content.segments()]
            right = sum(
                people.get(who) == (SECOND if (order.index(part) - 1) % 2 else FIRST)[1]
                for (part, _), who in home.authors.items()
            )
            said = sum(len(one.notes) for one in home.comments)
            row(name, changes, found_in(home), f"{right} of {changes} · {said} of {comments}", taken)
            assert (found_in(home), right, said) == (changes, changes, comments)
        wanted = {f"这是第{n}句话。": f"Other words & “{n}”." for n in range(0, SENTENCES, 3)}
        (sent,) = export(desk, [story], "xliff", tmp_path / "out.xlf", draft=True)
        base = {held.source: held.target for held in texts_in(home.base).values()}
        at = {source: str(number) for number, source in enumerate(base)}
        edits = [("setEntryTarget", at[source], "0", text) for source, text in wanted.items()]
        for name, path in tools(sent.path, tmp_path, wanted, base, edits):
            begun = time.perf_counter()
            (home,) = XLIFF.read(desk, path, SILENT).stories
            taken = time.perf_counter() - begun
            texts = {held.source: held.target for held in texts_in(home.content).values()}
            right = sum(texts[source] == text for source, text in wanted.items())
            others = sum(texts[source] != base[source] for source in texts if source not in wanted)
            row(name, len(wanted), right, f"other sentences changed: {others}", taken)
            assert (right, others) == (len(wanted), 0)


def tools(
    sent: Path, folder: Path, wanted: dict[str, str], base: dict[str, str], edits: list[tuple[str, ...]]
) -> Iterator[tuple[str, Path]]:
    """What each tool makes of the file."""
    own = folder / "lokalize.xlf"
    own.write_bytes(sent.read_bytes())
    lokalize(own, edits, author="Fang Wang")
    yield "Lokalize, XLIFF", own
    own = folder / "omegat.xlf"
    own.write_bytes(omegat(sent, {base[source]: text for source, text in wanted.items()}, folder / "project"))
    yield "OmegaT, XLIFF", own
    po = folder / "a.po"
    toolkit("xliff2po", sent, po)
    lokalize(po, edits, author="Fang Wang")
    for name, more in (("Toolkit and Lokalize, PO", []), ("the same, with a template", ["-t", sent])):
        own = folder / f"po{len(more)}.xlf"
        toolkit("po2xliff", *more, po, own)
        yield name, own
