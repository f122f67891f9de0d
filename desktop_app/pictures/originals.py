"""Keep picture masters by their digest, byte-identical for ever, and thumbnails that may be lost at any time."""

import errno
import hashlib
import logging
import os
import re
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop_app.foundation.errors import ArchiveUnavailableError, reason_of
from desktop_app.foundation.messages import N_, Message

_log = logging.getLogger(__name__)

_DIGEST = re.compile(r"[0-9a-f]{64}")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_PART = ".part"
_PART_LIVES = 24 * 3600  # seconds after which an unfinished file is a dead program's

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


class Originals:
    """The folder ``originals/``: each master once, as ``aa/aabbcc….jpg``, read-only, never rewritten."""

    def __init__(self, root: Path) -> None:
        """Take the folder; it is made with the first master."""
        self._root = root

    def put(self, data: bytes, suffix: str) -> Path:
        """Store a master durably and return where it is; one that is already there is kept as it is.

        The file appears whole or not at all: it is written beside its place, synchronised, and renamed.

        Raises:
            ArchiveUnavailableError: no space, no right to write, or the stored file was altered meanwhile.
            ValueError: ``suffix`` is not a dot and a few small letters.
        """
        if not _SUFFIX.fullmatch(suffix):
            raise ValueError(f"not a file suffix: {suffix!r}")
        sha256 = hashlib.sha256(data).hexdigest()
        target = self._root / sha256[:2] / (sha256 + suffix)
        try:
            kept = self.path(sha256)
            if kept is not None:
                self._check(kept, sha256)
                return kept
            _make_folder(target.parent)
            _write_whole(target, data, mode=0o444, durable=True)
        except OSError as error:
            raise _unavailable(error, target) from error
        return target

    def path(self, sha256: str) -> Path | None:
        """Return where the master with this digest lies, or nothing."""
        if not _DIGEST.fullmatch(sha256):
            return None
        found = sorted((self._root / sha256[:2]).glob(sha256 + ".*"))
        return next((path for path in found if _SUFFIX.fullmatch(path.suffix) and path.suffix != _PART), None)

    def read(self, sha256: str) -> bytes:
        """Return the master's bytes, checked against the digest.

        Raises:
            ArchiveUnavailableError: it is missing, altered, or cannot be read.
        """
        path = self.path(sha256)
        if path is None:
            raise _damaged(_missing(sha256), sha256)
        try:
            return self._check(path, sha256)
        except OSError as error:
            raise _unavailable(error, path) from error

    def verify(self, sha256: str) -> Message | None:
        """Return what is wrong with a master (missing, altered, not readable), or nothing."""
        path = self.path(sha256)
        if path is None:
            return _missing(sha256)
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            return N_("The original {file} cannot be read: {problem}", file=path.name, problem=reason_of(error))
        return None if found == sha256 else _altered(path)

    def remove_unreferenced(self, keep: set[str]) -> tuple[str, ...]:
        """Delete masters whose digest is not in ``keep``, and files that a crash left half written.

        Returns the removed digests. A file whose name is no digest is never touched.

        Raises:
            ArchiveUnavailableError: the folder cannot be written to.
        """
        removed: list[str] = []
        for path in list(self._files()):
            try:
                if path.suffix == _PART:
                    if time.time() - path.stat().st_mtime > _PART_LIVES:
                        _remove(path)
                elif _DIGEST.fullmatch(path.stem) and path.stem not in keep:
                    _remove(path)
                    removed.append(path.stem)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise _unavailable(error, path) from error
        return tuple(removed)

    def _files(self) -> Iterator[Path]:
        for folder in sorted(self._root.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())

    @staticmethod
    def _check(path: Path, sha256: str) -> bytes:
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise _damaged(_altered(path), str(path))
        return data


class ThumbnailCache:
    """Thumbnails by the master's digest and edge in pixels. May be emptied at any time; never fails its caller."""

    # Counts up when thumbnails are made differently, so that old ones are not shown.
    _RECIPE = 1

    def __init__(self, root: Path) -> None:
        """Take the folder; it is made with the first thumbnail."""
        self._root = root

    def get(self, sha256: str, edge: int) -> bytes | None:
        """Return a stored thumbnail, or nothing; one that a crash cut short counts as nothing."""
        try:
            data = self._place(sha256, edge).read_bytes()
        except OSError:
            return None
        return data if data.endswith((b"\xff\xd9", b"IEND\xaeB`\x82")) else None

    def fetch(self, sha256: str, edge: int, read: Callable[[], bytes]) -> bytes:
        """Return the thumbnail, made from ``read()`` where it is not stored yet.

        Raises:
            InputRefusedError: the picture cannot be decoded. What ``read`` raises passes through.
        """
        kept = self.get(sha256, edge)
        if kept is not None:
            return kept
        # Pillow takes a while to load; a list whose pictures are kept already does not need it.
        from desktop_app.pictures.thumbnails import thumbnail  # noqa: PLC0415

        made = thumbnail(read(), edge)
        place = self._place(sha256, edge)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(place, made, mode=0o644, durable=False)
        except OSError as error:
            _log.info("thumbnail not kept: %s", error.strerror)
        return made

    def _place(self, sha256: str, edge: int) -> Path:
        if not _DIGEST.fullmatch(sha256):
            raise ValueError("not a SHA-256 digest")
        return self._root / sha256[:2] / f"{sha256}-{edge}-{self._RECIPE}"


def _make_folder(folder: Path) -> None:
    """Make a folder, and make its name survive a power cut."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _sync_folder(folder.parent)


def _write_whole(target: Path, data: bytes, *, mode: int, durable: bool) -> None:
    """Write a file beside its place and rename it, so that nobody ever sees half of it."""
    part = target.with_name(f".{uuid.uuid4().hex}{_PART}")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        part.chmod(mode)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    if durable:
        _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":  # Windows cannot open a folder, and needs no such thing.
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove(path: Path) -> None:
    path.chmod(0o644)  # Windows does not delete read-only files.
    path.unlink()


def _missing(sha256: str) -> Message:
    return N_("The original {digest}… is missing.", digest=sha256[:12])


def _altered(path: Path) -> Message:
    return N_("The original {file} was altered: its bytes do not give its digest.", file=path.name)


def _damaged(reason: Message, subject: str) -> ArchiveUnavailableError:
    return ArchiveUnavailableError(
        reason, subject=subject, advice=N_("Put the file back from a backup of the archive, then verify the archive.")
    )


def _unavailable(error: OSError, path: Path) -> ArchiveUnavailableError:
    if error.errno in _FULL:
        reason = N_("There is no space left for the originals.")
        advice = N_("Free some space on that disk and try again; nothing was changed.")
    elif error.errno in _CLOSED:
        reason = N_("The folder of the originals cannot be written to.")
        advice = N_(
            "Ask for the right to write there, or move the archive to a disk that allows it; nothing was changed."
        )
    else:
        reason = N_("The originals cannot be reached: {problem}", problem=reason_of(error))
        advice = N_("Check that the disk or network folder of the archive is connected.")
    return ArchiveUnavailableError(reason, subject=str(path), advice=advice)
