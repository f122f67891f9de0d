"""Our memories opened by the Translate Toolkit, which other tools of the trade are built on."""

from pathlib import Path
from typing import Any

import pytest
from editions import edition
from hypothesis import given
from hypothesis import strategies as st
from memory_files import LEGAL, pairs, read, write

from desktop_app.domain.memory import MemoryUnit
from desktop_app.exchange.formats.tmx import TmxStoryWriter

toolkit: Any = pytest.importorskip("translate.storage.tmx", reason="the Translate Toolkit is in the bench group alone")
# Its writer and reader both strip the ends of texts and know LF alone.
PLAIN = st.text(LEGAL, min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool)


def opened(data: bytes) -> list[tuple[str, str]]:
    store = toolkit.tmxfile(sourcelanguage="zh-CN", targetlanguage="en")
    store.parse(data)
    return [(str(unit.source), str(unit.target)) for unit in store.units]


def test_story_has_all_its_pairs_there() -> None:
    data = TmxStoryWriter().write(edition())
    assert opened(data) == pairs(read(data))


@given(texts=st.lists(st.tuples(PLAIN, PLAIN), min_size=1, max_size=5))
def test_any_pairs_are_all_there(texts: list[tuple[str, str]]) -> None:
    data = write([MemoryUnit(source, target, drafter="LI", origin="a") for source, target in texts])
    assert opened(data) == texts


def test_memory_of_the_toolkit_is_read_here(tmp_path: Path) -> None:
    store = toolkit.tmxfile(sourcelanguage="zh-CN", targetlanguage="en")
    texts = [
        ("学校召开会议。", "The university held a meeting."),
        ("<b>是</b> & 否", 'Yes & "no" <i>'),
        ("空", "two\nlines"),
    ]
    for source, target in texts:
        store.addtranslation(source, "zh-CN", target, "en", comment="a note")
    path = tmp_path / "toolkit.tmx"
    store.savefile(str(path))
    assert pairs(read(path.read_bytes())) == texts
