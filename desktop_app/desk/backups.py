"""Backups: one zip with the database, copied consistently while in use, and every picture master."""

import hashlib
import json
import lzma
import os
import re
import shutil
import struct
import tempfile
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from desktop_app.desk.desk import SILENT, Desk, Progress, open_desk
from desktop_app.desk.new_folders import new_folder
from desktop_app.desk.places import is_package
from desktop_app.foundation.errors import (
    ArchiveUnavailableError,
    InputRefusedError,
    WrongUsageError,
    reason_of,
    unreadable,
)
from desktop_app.foundation.messages import N_
from desktop_app.store.archive import DATABASE, ORIGINALS
from desktop_app.store.verification import Problem, masters

_MANIFEST = "diptych-backup.json"
_FORMAT = 1
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MAX_MANIFEST = 64 * 1024 * 1024
_MASTER = re.compile(rf"{ORIGINALS}/[0-9a-f]{{2}}/[0-9a-f]{{64}}\.[a-z0-9]{{1,8}}")
# All that zipfile, its decompressors and json raise for bytes that are no backup; RuntimeError is an encrypted entry.
_NO_BACKUP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    struct.error,
    ArithmeticError,
    LookupError,
    RuntimeError,
    ValueError,
    TypeError,
    AttributeError,
)


def back_up(desk: Desk, target: Path, *, progress: Progress = SILENT) -> tuple[Problem, ...]:
    """Write a backup of the whole archive; the file appears whole or not at all.

    Returns the originals that are missing or altered: the backup was written all the same, and has them as they are.

    Raises:
        WrongUsageError: ``target`` is a folder.
        ArchiveUnavailableError: the file cannot be written.
        CancelledError: the person stopped it.
    """
    if os.path.isdir(target):  # unlike Path.is_dir it never raises
        raise WrongUsageError(
            N_("This is a folder, and a backup is one file."),
            subject=str(target),
            advice=N_("Name a file, for example backup.zip in that folder."),
        )
    partial = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".diptych-", dir=target.parent) as scratch:
            copy = Path(scratch) / DATABASE
            desk.archive.copy_database(copy)
            problems = _write_zip(desk, copy, partial, progress)
        os.replace(partial, target)
        return problems
    except OSError as error:
        raise ArchiveUnavailableError(
            N_("The backup cannot be written: {why}.", why=reason_of(error)),
            subject=str(target),
            advice=N_("Choose another place with enough room."),
        ) from error
    finally:
        with suppress(OSError):  # a place that cannot be looked up has nothing to take away
            partial.unlink()


def _write_zip(desk: Desk, database: Path, target: Path, progress: Progress) -> tuple[Problem, ...]:
    # Before the folder is listed: a picture that is added meanwhile is not missing.
    with desk.archive.read() as session:
        recorded = masters(session)
    root = desk.archive.originals
    files = {f"{ORIGINALS}/{path.relative_to(root).as_posix()}": path for path in root.rglob("*")}
    originals = [(name, path) for name, path in sorted(files.items()) if _MASTER.fullmatch(name)]
    digests = {DATABASE: _sha256(database)}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as backup:
        _store(backup, DATABASE, database, zipfile.ZIP_DEFLATED)
        for done, (name, path) in enumerate(originals):
            progress.check()
            progress.report(done, len(originals))
            digests[name] = _sha256(path)
            _store(backup, name, path, zipfile.ZIP_STORED)
        manifest = json.dumps({"format": _FORMAT, "sha256": digests}, indent=1, sort_keys=True)
        backup.writestr(zipfile.ZipInfo(_MANIFEST, _EPOCH), manifest)
    progress.report(len(originals), len(originals))
    whole = {digest for name, digest in digests.items() if PurePosixPath(name).stem == digest}
    damaged = [(picture, sha256) for picture, sha256 in recorded if sha256 not in whole]
    reasons = [(picture, desk.originals.verify(sha256)) for picture, sha256 in damaged]
    return tuple(Problem("original", picture, reason) for picture, reason in reasons if reason is not None)


def _store(backup: zipfile.ZipFile, name: str, path: Path, compression: int) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = compression
    entry.file_size = path.stat().st_size
    with path.open("rb") as source, backup.open(entry, "w") as target:
        shutil.copyfileobj(source, target, 1 << 20)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def restore(backup: Path, folder: Path) -> None:
    """Make an archive of a backup in an empty or new folder; nothing is left behind when it does not hold.

    Raises:
        InputRefusedError: it is no backup, or a file in it is missing or altered.
        ArchiveUnavailableError: the folder is not empty or cannot be written.
    """
    if is_package(backup):
        raise InputRefusedError(
            N_("This is a work package, not a backup."),
            subject=str(backup),
            advice=N_("Make a small archive of it with “diptych unpack FILE DIR”."),
        )
    try:
        file = backup.open("rb")
    except OSError as error:
        raise unreadable(str(backup), error) from error
    with file, new_folder(
        folder, taken=N_("Restore into a new folder."), unwritable=N_("Restore into another place with enough room.")
    ) as scratch:  # fmt: skip
        _unpack(file, scratch)
        open_desk(scratch).close()


def _unpack(backup: BinaryIO, folder: Path) -> None:
    """Write masters first and the database last, so that half a restored archive is no archive."""
    refused = InputRefusedError(
        N_("This is not a whole backup of an archive."), subject=backup.name, advice=N_("Choose another backup.")
    )
    try:
        with zipfile.ZipFile(backup) as source:
            digests = _manifest(source)
            for name in sorted(digests, key=lambda name: name == DATABASE):
                target = folder / name
                part = target.with_name(target.name + ".part")
                target.parent.mkdir(parents=True, exist_ok=True)
                with source.open(name) as packed, part.open("wb") as out:
                    shutil.copyfileobj(packed, out, 1 << 20)
                    out.flush()
                    os.fsync(out.fileno())
                if _sha256(part) != digests[name]:
                    raise refused
                if name != DATABASE:
                    part.chmod(0o444)
                part.replace(target)
    except _NO_BACKUP as error:
        raise refused from error


def _manifest(source: zipfile.ZipFile) -> dict[str, str]:
    """Read what the backup says is in it: the database, and masters under the names that an archive gives them."""
    if source.getinfo(_MANIFEST).file_size > _MAX_MANIFEST:
        raise ValueError("the manifest is too large")
    digests: dict[str, str] = json.loads(source.read(_MANIFEST))["sha256"]
    if DATABASE not in digests:
        raise KeyError(DATABASE)
    strange = [name for name in digests if name != DATABASE and _MASTER.fullmatch(name) is None]
    if strange:
        raise ValueError(strange[0])
    return digests
