"""Work that went out from the sample archive and came back, so that there is something to bring home on a screen."""

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from desktop_app.desk.comments import comment
from desktop_app.desk.desk import Desk, open_desk
from desktop_app.desk.editing import edit_story
from desktop_app.desk.packing import pack
from desktop_app.desk.people import find_person
from desktop_app.desk.small_archives import unpack
from desktop_app.desk.stories import open_story
from desktop_app.domain.edits import SetPlacement, set_target

STORIES = ("new-materials-conference", "spring-sports-meeting", "qingling-materials-signing")
_AWAY = {
    1: "The Third Yunchuan International Conference on New Materials took place at Yunchuan University of Chemical "
    "Technology (YCUT) from March 28 to 30.",
    3: "In her opening address, Prof. LIN Yanqiu, President of YCUT, called new materials the cornerstone of modern "
    "manufacturing: universities have to answer the questions of science and to serve the needs of industry.",
    4: "After the opening ceremony, five scholars gave keynote lectures.",
    9: "The conference has eight sub-forums, on light alloys, energy materials and biomedical materials among others.",
    10: "The young scholars’ forum received 212 abstracts and gave 12 awards for excellent talks.",
}
_HERE = {
    1: "The Third Yunchuan International Conference on New Materials was held at YCUT from March 28 to 30.",
    3: "President LIN Yanqiu said at the opening ceremony that new materials are the bedrock of modern manufacturing.",
    9: "Eight parallel forums cover light alloys, energy materials and biomedical materials.",
}
_AWAY_SPORTS = {0: "YCUT Holds Its Spring Sports Meeting", 1: "The sports meeting opened on a bright morning."}
_HERE_SPORTS = {0: "Spring Sports Meeting Opens at YCUT"}


def send_home(desk: Desk, *, by: str = "LI Wei", to: str = "CHEN Xihe", stories: Sequence[str] = STORIES) -> Path:
    """Pack stories, let ``to`` work on them elsewhere and ``by`` here, and return the package that comes home.

    It lies beside the archive.
    """
    folder = desk.folder.parent / "travelled"
    folder.mkdir()
    here, there = find_person(desk, by), find_person(desk, to)
    out, small, home = folder / "out.diptych", folder / "small", folder / f"{to.replace(' ', '-')}-1.diptych"
    pack(desk, list(stories), out, by=here, made_for=there)
    unpack(out, small)
    with closing(open_desk(small)) as away:
        holder = find_person(away, to)
        _write(away, stories[0], _AWAY, holder.name)
        _write(away, stories[1], _AWAY_SPORTS, holder.name)
        _caption(away, stories[0], "Delegates look at samples of a new alloy.", "Photo by CHEN Xihe", holder.name)
        first = next(open_story(away, stories[0]).story.content.segments())
        comment(away, stories[0], first.id, "Shall we say “unveils”? The desk style is present tense.", by=holder)
        pack(away, [], home, by=holder)
    _write(desk, stories[0], _HERE, by)
    _write(desk, stories[1], _HERE_SPORTS, by)
    _caption(desk, stories[0], "Visitors at the opening of the conference.", "Photo by LI Wei", by)
    shutil.rmtree(small)
    return home


def _write(desk: Desk, story: str, texts: dict[int, str], name: str) -> None:
    segments = list(open_story(desk, story).story.content.segments())
    edits = [set_target(segments[at], text) for at, text in texts.items() if at < len(segments)]
    edit_story(desk, story, edits, by=find_person(desk, name))


def _caption(desk: Desk, story: str, caption: str, credit: str, name: str) -> None:
    for block in open_story(desk, story).story.content.blocks:
        if block.placement is not None:
            now = block.placement
            made = replace(now, caption=replace(now.caption, en=caption), credit=credit)
            edit_story(desk, story, [SetPlacement(block.id, made)], by=find_person(desk, name))
            return
