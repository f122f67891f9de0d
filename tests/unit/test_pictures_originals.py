"""Masters are stored once, durably, and never rewritten; the thumbnail cache never fails its caller."""

import hashlib
import io
import os
import shutil
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.foundation.errors import ArchiveUnavailableError
from desktop_app.pictures.originals import Originals, ThumbnailCache

DATA = b"\xff\xd8\xff the bytes of a photograph"
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    return Originals(tmp_path / "originals")


def photograph() -> bytes:
    written = io.BytesIO()
    Image.radial_gradient("L").save(written, "JPEG")
    return written.getvalue()


def leftovers(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.suffix == ".part"]


def test_put_names_by_digest_and_makes_read_only(originals: Originals, tmp_path: Path) -> None:
    path = originals.put(DATA, ".jpg")
    assert path == tmp_path / "originals" / SHA[:2] / f"{SHA}.jpg"
    assert path.read_bytes() == DATA
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert originals.path(SHA) == path
    assert originals.read(SHA) == DATA
    assert originals.verify(SHA) is None
    assert leftovers(tmp_path) == []


def test_put_again_never_rewrites(originals: Originals) -> None:
    path = originals.put(DATA, ".jpg")
    os.utime(path, ns=(1, 1))
    before = path.stat()
    assert originals.put(DATA, ".jpeg") == path
    after = path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert len(list(path.parent.iterdir())) == 1


def test_altered_and_missing_originals_are_told_and_not_handed_out(originals: Originals) -> None:
    missing = originals.verify(SHA)
    assert missing is not None
    assert "missing" in str(missing)
    with pytest.raises(ArchiveUnavailableError, match="missing"):
        originals.read(SHA)
    path = originals.put(DATA, ".jpg")
    path.chmod(0o644)
    path.write_bytes(DATA[:-1] + b"X")
    altered = originals.verify(SHA)
    assert altered is not None
    assert "altered" in str(altered)
    for call in (lambda: originals.read(SHA), lambda: originals.put(DATA, ".jpg")):
        with pytest.raises(ArchiveUnavailableError, match="altered"):
            call()
    assert path.read_bytes() != DATA


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a" * 63, "A" * 64, "*" * 64])
def test_path_takes_digests_alone(originals: Originals, name: str) -> None:
    assert originals.path(name) is None


@pytest.mark.parametrize("suffix", ["jpg", "", ".JPG", "/../x", ".a/b"])
def test_put_takes_suffixes_alone(originals: Originals, suffix: str) -> None:
    with pytest.raises(ValueError, match="suffix"):
        originals.put(DATA, suffix)


def test_put_from_many_threads_gives_one_file(originals: Originals) -> None:
    threads = [threading.Thread(target=originals.put, args=(DATA, ".jpg")) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    path = originals.path(SHA)
    assert path is not None
    assert list(path.parent.iterdir()) == [path]
    assert originals.verify(SHA) is None


def test_remove_unreferenced_keeps_what_is_used_and_what_is_not_ours(originals: Originals) -> None:
    kept = originals.put(DATA, ".jpg")
    gone = originals.put(b"other", ".png")
    note = kept.parent / "note.txt"
    note.write_text("mine")
    dead, alive = kept.parent / ".dead.part", kept.parent / ".alive.part"
    for part in (dead, alive):
        part.write_bytes(b"half")
    os.utime(dead, (time.time() - 90_000,) * 2)
    assert originals.remove_unreferenced({SHA}) == (gone.stem,)
    assert sorted(path.name for path in kept.parent.iterdir()) == sorted([kept.name, "note.txt", ".alive.part"])
    assert not gone.exists()


FULL_DISK = """
import resource, sys
from pathlib import Path
from desktop_app.foundation.errors import ArchiveUnavailableError
from desktop_app.pictures.originals import Originals, ThumbnailCache
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
root = Path(sys.argv[1])
originals = Originals(root / "originals")
originals.put(b"small", ".png")
try:
    originals.put(bytes(200_000), ".jpg")
except ArchiveUnavailableError as error:
    assert "no space" in str(error.reason), error.reason
    assert error.advice is not None
else:
    sys.exit("not refused")
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100_000))
photograph = sys.stdin.buffer.read()
assert len(ThumbnailCache(root / "cache").fetch("ab" * 32, 200, lambda: photograph)) > 100
"""


def test_full_disk_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="file size limits are POSIX")
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path)],
        input=photograph(), capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in files] == [b"small"]


def test_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "originals").write_text("not a folder")
    with pytest.raises(ArchiveUnavailableError) as told:
        Originals(tmp_path / "originals").put(DATA, ".jpg")
    assert told.value.advice is not None


def test_thumbnail_is_made_once_and_again_when_cut_short(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "cache")
    reads: list[int] = []

    def read() -> bytes:
        reads.append(1)
        return photograph()

    first = cache.fetch(SHA, 64, read)
    assert cache.fetch(SHA, 64, read) == first == cache.get(SHA, 64)
    assert len(reads) == 1
    assert cache.get(SHA, 128) is None
    stored = next(path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    stored.write_bytes(first[: len(first) // 2])
    assert cache.get(SHA, 64) is None
    assert cache.fetch(SHA, 64, read) == first
    assert len(reads) == 2
    assert leftovers(tmp_path) == []


def test_cache_that_cannot_be_written_still_gives_the_thumbnail(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("not a folder")
    assert ThumbnailCache(tmp_path / "cache").fetch(SHA, 64, photograph).startswith(b"\xff\xd8")


NO_SPACE = """
import sys
from pathlib import Path
from desktop_app.foundation.errors import ArchiveUnavailableError
from desktop_app.pictures.originals import Originals
originals = Originals(Path(sys.argv[1]))
kept = originals.put(b"small", ".png")
try:
    originals.put(bytes(200_000), ".jpg")
except ArchiveUnavailableError as error:
    assert "no space" in str(error.reason), error.reason
else:
    sys.exit("not refused")
assert [path for path in Path(sys.argv[1]).rglob("*") if path.is_file()] == [kept]
"""


def test_no_space_on_the_device_is_told(tmp_path: Path) -> None:
    mount = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o size=64k tmpfs "$0" && exec "$@"', str(tmp_path)]
    if shutil.which("unshare") is None or subprocess.run([*mount, "true"], capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    done = subprocess.run(
        [*mount, sys.executable, "-c", NO_SPACE, str(tmp_path)],
        capture_output=True, check=False, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
