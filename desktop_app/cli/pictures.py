"""Commands of the picture catalogue."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from desktop_app.cli.commands import OUTPUT, PATH, Group, Option, command, story_argument
from desktop_app.cli.console import Console
from desktop_app.desk import pictures as desk_pictures
from desktop_app.desk.copies import embed_copies
from desktop_app.desk.pictures import Words
from desktop_app.desk.stories import open_story
from desktop_app.domain.pictures import Picture
from desktop_app.domain.story import Bilingual
from desktop_app.domain.story_json import pair
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_, NN_, Message


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    pictures = Group("pictures", says=N_("The catalogue of photographs and their captions."))
    group.add_command(pictures)
    command(
        pictures,
        "add",
        N_("Take picture files, or folders of them, into the catalogue."),
        click.Argument(["files"], nargs=-1, required=True, type=PATH, metavar="FILE…"),
        *_words(),
    )(_add)
    picture = click.Argument(["picture"], metavar="PICTURE")
    command(pictures, "show", N_("Show what the catalogue says of a picture."), picture)(_show)
    command(
        pictures,
        "list",
        N_("List the pictures."),
        Option(["--query"], says=N_("Only with these words in what is said of them.")),
    )(_list)
    command(pictures, "describe", N_("Say what a picture shows."), picture, *_words())(_describe)
    command(
        pictures,
        "place",
        N_("Put a picture into its place in a story."),
        story_argument(),
        picture,
        Option(["--block"], metavar="ID", says=N_("The picture block; else the one of the picture's file name.")),
    )(_place)
    command(
        pictures,
        "link",
        N_("Fill a story's empty places with the pictures of those names in a folder."),
        story_argument(),
        click.Argument(["folder"], type=PATH, metavar="DIR"),
    )(_link)
    command(pictures, "duplicates", N_("Find pictures that show the same."))(_duplicates)
    command(pictures, "verify", N_("Compare every master with its digest."))(_verify)
    command(
        pictures,
        "embed",
        N_("Write copies of pictures that carry their captions and credits."),
        click.Argument(["wanted"], nargs=-1, metavar="[PICTURE…]"),
        Option(["-o", "--output"], type=OUTPUT, required=True, metavar="DIR", says=N_("The folder to write into.")),
    )(_embed)


def _words() -> list[click.Parameter]:
    return [
        Option(["--caption-zh"], metavar="TEXT", says=N_("The caption in Chinese.")),
        Option(["--caption-en"], metavar="TEXT", says=N_("The caption in English.")),
        Option(["--alt-zh"], metavar="TEXT", says=N_("The alternative text in Chinese.")),
        Option(["--alt-en"], metavar="TEXT", says=N_("The alternative text in English.")),
        Option(["--credit"], metavar="TEXT", says=N_("Who took it.")),
        Option(["--rights"], metavar="TEXT", says=N_("Who holds the rights.")),
        Option(["--person", "people"], multiple=True, metavar="NAME", says=N_("A person it shows; may be repeated.")),
        Option(["--date"], metavar="YYYY-MM-DD", says=N_("The day it was taken.")),
    ]


def _given(words: Mapping[str, Any]) -> dict[str, Any]:
    """The words that stand in the command; an empty one is there to clear what the catalogue says."""
    given = {name: value for name, value in words.items() if value not in (None, ())}
    if given.get("people") == ("",):
        given["people"] = ()
    return given


def _said(words: Mapping[str, Any]) -> Words:
    text = {name: words.get(name) or "" for name in words}
    return Words(
        Bilingual(text["caption_zh"], text["caption_en"]),
        Bilingual(text["alt_zh"], text["alt_en"]),
        text["credit"],
        text["rights"],
        tuple(words["people"]),
        desk_pictures.day(text["date"]),
    )


def picture_json(picture: Picture) -> dict[str, Any]:
    """One picture as the contract has it."""
    return {
        "id": picture.id,
        "sha256": picture.sha256,
        "payload": picture.payload,
        "file": picture.file,
        "mime": picture.mime,
        "width": picture.width,
        "height": picture.height,
        "captions": pair(picture.caption),
        "alt": pair(picture.alt),
        "credit": picture.credit,
        "rights": picture.rights,
        "people": list(picture.people),
        "date": picture.date,
        "metadata": dict(picture.metadata),
    }


def _answer(console: Console, pictures: list[Picture], *lines: Message | str, **more: Any) -> None:
    rows = [(p.id, p.file, f"{p.width} × {p.height}", p.caption.en or p.caption.zh, p.credit) for p in pictures]
    table = console.table(N_("Id"), N_("File"), N_("Size"), N_("Caption"), N_("Credit"), rows=rows)
    console.answer({"pictures": [picture_json(p) for p in pictures], **more}, *([table] if rows else []), *lines)


def _add(console: Console, files: tuple[Path, ...], **words: Any) -> None:
    said, given = _said(words), _given(words)
    with console.desk() as desk, console.progress(N_("Taking pictures in")) as progress:
        by = console.actor(desk)
        added = desk_pictures.add_pictures(desk, files, by=by, words=said, progress=progress)
        pictures = [
            one.picture if one.new or not given else desk_pictures.describe_picture(desk, one.picture.id, given, by=by)
            for one in added.pictures
        ]
    known = sum(not one.new for one in added.pictures)
    lines: list[Message | str] = [
        NN_("{n} picture is in the catalogue.", "{n} pictures are in the catalogue.", len(added.pictures))
    ]
    if known:
        lines.append(NN_("{n} was there already.", "{n} were there already.", known))
    if added.linked:
        lines.append(NN_("{n} place in a story was filled.", "{n} places in stories were filled.", added.linked))
    lines += [warning for one in added.pictures for warning in one.warnings]
    _answer(console, pictures, *lines, linked=added.linked)


def _show(console: Console, picture: str) -> None:
    with console.desk() as desk:
        found = desk_pictures.get_picture(desk, picture)
        stories = [summary.slug for summary in desk_pictures.used_in(desk, found.id)]
    facts: tuple[tuple[Message, str], ...] = (
        (N_("Id"), found.id),
        (N_("File"), found.file),
        (N_("Size"), f"{found.width} × {found.height}"),
        (N_("SHA-256"), found.sha256),
        (N_("Chinese caption"), found.caption.zh),
        (N_("English caption"), found.caption.en),
        (N_("Chinese alternative text"), found.alt.zh),
        (N_("English alternative text"), found.alt.en),
        (N_("Credit"), found.credit),
        (N_("Rights"), found.rights),
        (N_("People"), ", ".join(found.people)),
        (N_("Date"), found.date or ""),
        (N_("Used in"), ", ".join(stories)),
    )
    lines = [f"{console.text(name)}: {value}" for name, value in facts if value]
    console.answer({"pictures": [picture_json(found)], "used_in": stories}, *lines)


def _list(console: Console, query: str | None) -> None:
    with console.desk() as desk:
        found = desk_pictures.list_pictures(desk, text=query)
    _answer(console, found, NN_("{n} picture.", "{n} pictures.", len(found)))


def _describe(console: Console, picture: str, **words: Any) -> None:
    with console.desk() as desk:
        described = desk_pictures.describe_picture(desk, picture, _given(words), by=console.actor(desk))
    _answer(console, [described])


def _place(console: Console, story: str, picture: str, block: str | None) -> None:
    with console.desk() as desk:
        desk_pictures.place_picture(desk, story, picture, by=console.actor(desk), block=block)
        found = desk_pictures.get_picture(desk, picture)
        slug = open_story(desk, story).story.slug
    _answer(console, [found], N_("Placed {file} in {story}.", file=found.file, story=slug))


def _link(console: Console, story: str, folder: Path) -> None:
    if not folder.is_dir():
        raise WrongUsageError(N_("There is no such folder."), subject=str(folder))
    with console.desk() as desk, console.progress(N_("Taking pictures in")) as progress:
        added = desk_pictures.link_folder(desk, story, folder, by=console.actor(desk), progress=progress)
    filled = NN_("{n} place in a story was filled.", "{n} places in stories were filled.", added.linked)
    _answer(console, [one.picture for one in added.pictures], filled, linked=added.linked)


def _duplicates(console: Console) -> int:
    with console.desk() as desk:
        groups = desk_pictures.duplicates(desk)
    lines = [", ".join(f"{picture.file} ({picture.id})" for picture in group) for group in groups]
    console.answer(
        {
            "pictures": [picture_json(picture) for group in groups for picture in group],
            "groups": [[picture.id for picture in group] for group in groups],
        },
        *lines,
        NN_("{n} group of pictures that show the same.", "{n} groups of pictures that show the same.", len(groups)),
    )
    return 1 if groups else 0


def _verify(console: Console) -> int:
    with console.desk() as desk, console.progress(N_("Verifying")) as progress:
        problems = desk_pictures.verify_pictures(desk, progress=progress)
    lines = [f"{picture.file} ({picture.id}): {console.text(reason)}" for picture, reason in problems]
    console.answer(
        {
            "ok": not problems,
            "pictures": [picture_json(picture) for picture, _ in problems],
            "problems": [{"kind": "original", "id": p.id, "reason": console.text(reason)} for p, reason in problems],
        },
        *lines,
        NN_("{n} problem found.", "{n} problems found.", len(problems)),
    )
    return 1 if problems else 0


def _embed(console: Console, wanted: tuple[str, ...], output: Path) -> None:
    with console.desk() as desk, console.progress(N_("Writing copies")) as progress:
        files = embed_copies(desk, wanted, output, progress=progress)
    console.answer(
        {
            "pictures": [picture_json(picture) for picture, _ in files],
            "files": [{"path": str(file.path), "sha256": file.sha256} for _, file in files],
        },
        *(str(file.path) for _, file in files),
        NN_("{n} file written.", "{n} files written.", len(files)),
    )
