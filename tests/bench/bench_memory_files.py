"""How fast memory files are read and written: ours, and TMX beside the Translate Toolkit in the same run."""

import gzip
import io
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest

from desktop_app.domain.memory import MemoryUnit
from desktop_app.domain.story import Languages
from desktop_app.exchange.memory_formats import READERS, WRITERS
from desktop_app.exchange.memory_formats.tally import Tally
from tests.conftest import SHARED

PAIRS = SHARED / "data" / "memory" / "pairs.tsv.gz"
UNITS = 50_000
RUNS = 3
pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not PAIRS.is_file(), reason="the pairs are not beside the checkout"),
]


def taken(act: Callable[[], object]) -> float:
    """Seconds of CPU for a million units, the median of some runs."""
    seconds = []
    for _ in range(RUNS):
        begun = time.process_time()
        act()
        seconds.append(time.process_time() - begun)
    return statistics.median(seconds) * 1_000_000 / UNITS


def units() -> list[MemoryUnit]:
    found = []
    with gzip.open(PAIRS, "rt", encoding="utf-8") as lines:
        for line, _ in zip(lines, range(UNITS), strict=False):
            origin, source, target = line.rstrip("\n").split("\t")
            found.append(MemoryUnit(source, target, origin=origin))
    return found


def bench_memory_files() -> None:
    """Print seconds per million units for each format, and how many times faster than the peer TMX is read."""
    own = units()
    rows: list[tuple[str, float]] = []
    files: dict[str, bytes] = {}
    for writer in WRITERS.values():
        files[writer.id] = b"".join(writer.write(own, Languages()))
        rows.append((f"write {writer.id}", taken(lambda writer=writer: list(writer.write(own, Languages())))))
    for reader in READERS:
        data = files[reader.id]
        rows.append((f"read {reader.id}", taken(lambda reader=reader, data=data: drained(reader, data))))
    toolkit: Any = pytest.importorskip("translate.storage.tmx", reason="the Translate Toolkit is in the bench group")

    def peer() -> None:
        store = toolkit.tmxfile(sourcelanguage="zh-CN", targetlanguage="en")
        store.parse(files["tmx"])
        assert sum(bool(unit.source and unit.target) for unit in store.units) == UNITS

    rows.append(("read tmx, Translate Toolkit", taken(peer)))
    print(f"\nseconds of CPU for a million units, from {UNITS:,}")
    for name, seconds in rows:
        print(f"{name:<30} {seconds:8.1f}")
    ours = dict(rows)
    print(f"{'ratio to the Translate Toolkit':<30} {ours['read tmx, Translate Toolkit'] / ours['read tmx']:8.1f}")


def drained(reader: Any, data: bytes) -> None:
    tally = Tally()
    for _ in reader.read(io.BytesIO(data), len(data), Languages(), tally):
        pass
    assert tally.units == UNITS
