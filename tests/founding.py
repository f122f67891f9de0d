"""Archives to start a test with: copies of what was made once, for making each takes a tenth of a second or two."""

import tempfile
from functools import cache
from pathlib import Path

import pytest

from desktop_app.desk.desk import Desk, create_desk
from desktop_app.desk.samples import make_sample
from desktop_app.foundation.ids import Clock, IdFactory, new_id, utc_now
from desktop_app.store.archive import BACKUPS, BAGS, DATABASE, ORIGINALS, Archive


@cache
def _made(policy: str) -> bytes:
    """The closed database of an archive that has only just been made."""
    with tempfile.TemporaryDirectory(prefix="founding-") as scratch:
        desk = create_desk(Path(scratch) / "archive", policy=policy)
        desk.close()
        return (desk.folder / DATABASE).read_bytes()


def found_desk(folder: Path, *, policy: str = "draft-revision", now: Clock = utc_now, ids: IdFactory = new_id) -> Desk:
    """What ``create_desk`` gives for a folder called “archive”; the event of making has a time of its own."""
    for part in (ORIGINALS, BACKUPS, BAGS):
        (folder / part).mkdir(parents=True)
    (folder / DATABASE).write_bytes(_made(policy))
    return Desk(Archive(folder, now=now, new_id=ids, account="test"), now, ids)


def made_sample(factory: pytest.TempPathFactory) -> Path:
    """The closed sample archive of this test process, to be copied."""
    folder = factory.getbasetemp() / "sample-archive"
    if not folder.exists():
        make_sample(folder).close()
    return folder
