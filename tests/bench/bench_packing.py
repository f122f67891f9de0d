"""How long 500 stories of 40 segments take to be packed and unpacked, with a memory of 20,000 pairs and 100 pictures.

The measures of the same run: a plain zip of the same texts as JSON and of the pictures (what any package must cost),
and a backup of the whole archive (the other way to take everything along).
"""

import io
import json
import os
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image

from desktop_app.desk import pictures
from desktop_app.desk.backups import back_up
from desktop_app.desk.desk import Desk, Progress, create_desk, open_desk
from desktop_app.desk.memory import add_units
from desktop_app.desk.packing import pack
from desktop_app.desk.people import add_person
from desktop_app.desk.small_archives import unpack
from desktop_app.desk.stories import open_story
from desktop_app.desk.verification import verify
from desktop_app.domain.digest import content_digest, to_plain
from desktop_app.domain.memory import MemoryUnit
from desktop_app.domain.records import Version
from desktop_app.domain.story import (
    Block,
    BlockKind,
    Content,
    Placement,
    Segment,
    SegmentStatus,
    Story,
    StoryState,
    VersionNumber,
)
from desktop_app.foundation.errors import CancelledError
from desktop_app.foundation.messages import N_
from desktop_app.store import history
from desktop_app.store import stories as story_store

pytestmark = pytest.mark.bench
_STORIES, _BLOCKS, _SEGMENTS, _PAIRS, _PICTURES = 500, 10, 4, 20_000, 100
_HAN = "双方就进一步深化产学研合作进行了交流并签署三项框架协议金额学校实验室代表团访问参观学生教授大会"
_WORDS = [
    "the", "university", "delegation", "visited", "campus", "students", "research", "center", "joint", "agreement",
]  # fmt: skip
_T = TypeVar("_T")


def _chinese(chance: random.Random) -> str:
    return "".join(chance.choices(_HAN, k=30)) + "。"


def _english(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS, k=20)) + "."


def _house(folder: Path, chance: random.Random) -> tuple[Desk, list[str]]:
    desk = create_desk(folder / "house")
    person, _ = add_person(desk, "LI Wei")
    files = []
    for number in range(_PICTURES):
        files.append(folder / f"{number}.jpg")
        noise = Image.frombytes("RGB", (400, 300), chance.randbytes(400 * 300 * 3))
        noise.save(files[-1], quality=80)
    taken = [one.picture for one in pictures.add_pictures(desk, files, by=person).pictures]
    units = [MemoryUnit(_chinese(chance), _english(chance)) for _ in range(_PAIRS)]
    add_units(desk, units, origin="house.tmx", digest="0" * 64, by=person)
    ids = []
    with desk.archive.write() as unit:
        for number in range(_STORIES):
            blocks = [
                Block(
                    desk.new_id(),
                    BlockKind.PARAGRAPH if place else BlockKind.HEADLINE,
                    tuple(
                        Segment(desk.new_id(), _chinese(chance), _english(chance), SegmentStatus.DRAFT)
                        for _ in range(_SEGMENTS)
                    ),
                )
                for place in range(_BLOCKS)
            ]
            picture = taken[number % _PICTURES]
            place = Placement(picture.file, picture.id, payload=picture.payload)
            blocks.append(Block(desk.new_id(), BlockKind.PICTURE, placement=place))
            story = Story(desk.new_id(), f"story-{number}", Content(tuple(blocks)), StoryState.DRAFTING)
            story_store.add(unit.session, story, at=unit.at)
            version = Version(VersionNumber(), content_digest(story.content), unit.at, person.id, "imported")
            history.add_version(unit.session, story.id, story.content, version, identity=unit.new_id())
            ids.append(story.id)
        unit.record("stories imported", stories=ids)
    return desk, ids


def _timed(act: Callable[[], _T]) -> tuple[float, _T]:
    began = time.perf_counter()
    found = act()
    return time.perf_counter() - began, found


def _plain_zip(desk: Desk, stories: list[str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for story in stories:
            content = to_plain(open_story(desk, story).story.content)
            archive.writestr(f"{story}.json", json.dumps(content, ensure_ascii=False))
        for path in desk.archive.originals.rglob("*.jpg"):
            archive.write(path, compress_type=zipfile.ZIP_STORED)
    return file.getvalue()


def bench_packing_five_hundred_stories(tmp_path: Path) -> None:
    desk, stories = _house(tmp_path, random.Random(7))
    file = tmp_path / "out.diptych"
    reports: list[float] = []
    began = time.perf_counter()
    told = Progress(lambda _done, _total: reports.append(time.perf_counter() - began))
    packed, _ = _timed(lambda: pack(desk, stories, file, by=None, progress=told))
    waits = [later - sooner for sooner, later in zip([0.0, *reports], [*reports, packed], strict=False)]
    unpacked, _ = _timed(lambda: unpack(file, tmp_path / "small"))
    small = open_desk(tmp_path / "small")
    home, _ = _timed(lambda: pack(small, [], tmp_path / "home.diptych", by=None))
    proved, found = _timed(lambda: verify(small))
    assert found.problems == ()
    plain, data = _timed(lambda: _plain_zip(desk, stories))
    backup, _ = _timed(lambda: back_up(desk, tmp_path / "house.zip"))
    size = {name: os.path.getsize(tmp_path / name) / 2**20 for name in ("out.diptych", "home.diptych", "house.zip")}
    stop_at = time.perf_counter() + packed / 2

    def stop() -> None:
        if time.perf_counter() > stop_at:
            raise CancelledError(N_("stopped"))

    def stopped() -> None:
        with pytest.raises(CancelledError):
            pack(desk, stories, tmp_path / "never.diptych", by=None, progress=Progress(check=stop))

    stopping = _timed(stopped)[0] - packed / 2
    assert not (tmp_path / "never.diptych").exists()
    print(f"\n{_STORIES} stories of {_BLOCKS * _SEGMENTS} segments, {_PAIRS} pairs, {_PICTURES} pictures")
    print(f"  pack              {packed:6.1f} s   {size['out.diptych']:6.1f} MB")
    print(f"  unpack            {unpacked:6.1f} s")
    print(f"  pack to go home   {home:6.1f} s   {size['home.diptych']:6.1f} MB")
    print(f"  prove it          {proved:6.1f} s")
    print(f"  a plain zip       {plain:6.1f} s   {len(data) / 2**20:6.1f} MB   pack is {packed / plain:.1f} times that")
    print(f"  a whole backup    {backup:6.1f} s   {size['house.zip']:6.1f} MB")
    print(f"  longest wait between two reports {max(waits):.2f} s; stopped after {stopping:.2f} s")
    small.close()
    desk.close()
