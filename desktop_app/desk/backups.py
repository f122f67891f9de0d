"""Backups: one zip with the database, copied consistently while in use, and every picture master."""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from pathlib import Path

from desktop_app.desk.desk import SILENT, Desk, Progress, open_desk
from desktop_app.foundation.errors import ArchiveUnavailableError, InputRefusedError
from desktop_app.foundation.messages import N_
from desktop_app.store.archive import DATABASE, ORIGINALS
from desktop_app.store.dialects.sqlite import backup_to

_MANIFEST = "diptych-backup.json"
_FORMAT = 1
_EPOCH = (1980, 1, 1, 0, 0, 0)


def back_up(desk: Desk, target: Path, *, progress: Progress = SILENT) -> None:
    """Write a backup of the whole archive; the file appears whole or not at all.

    Raises:
        ArchiveUnavailableError: the file cannot be written.
        CancelledError: the person stopped it.
    """
    partial = target.with_name(target.name + ".part")
    try:
        with tempfile.TemporaryDirectory(prefix="diptych-") as scratch:
            copy = Path(scratch) / DATABASE
            backup_to(desk.archive.database, copy)
            _write_zip(desk, copy, partial, progress)
        os.replace(partial, target)
    except OSError as error:
        raise ArchiveUnavailableError(
            N_("The backup cannot be written: {why}.", why=error.strerror or str(error)),
            subject=str(target),
            advice=N_("Choose another place with enough room."),
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def _write_zip(desk: Desk, database: Path, target: Path, progress: Progress) -> None:
    root = desk.archive.originals
    originals = sorted(p for p in root.rglob("*") if p.is_file() and p.suffix != ".part")
    digests = {DATABASE: _sha256(database)}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as backup:
        _store(backup, DATABASE, database, zipfile.ZIP_DEFLATED)
        for done, path in enumerate(originals):
            progress.check()
            progress.report(done, len(originals))
            name = f"{ORIGINALS}/{path.relative_to(root).as_posix()}"
            digests[name] = _sha256(path)
            _store(backup, name, path, zipfile.ZIP_STORED)
        manifest = json.dumps({"format": _FORMAT, "sha256": digests}, indent=1, sort_keys=True)
        backup.writestr(zipfile.ZipInfo(_MANIFEST, _EPOCH), manifest)
    progress.report(len(originals), len(originals))


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
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ArchiveUnavailableError(
            N_("The folder is not empty."), subject=str(folder), advice=N_("Restore into a new folder.")
        )
    created = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        _unpack(backup, folder)
        open_desk(folder).close()
    except BaseException:
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if created:
            folder.rmdir()
        raise


def _unpack(backup: Path, folder: Path) -> None:
    refused = InputRefusedError(
        N_("This is not a whole backup of an archive."), subject=str(backup), advice=N_("Choose another backup.")
    )
    try:
        with zipfile.ZipFile(backup) as source:
            digests: dict[str, str] = json.loads(source.read(_MANIFEST))["sha256"]
            for name, digest in digests.items():
                target = (folder / name).resolve()
                if not target.is_relative_to(folder.resolve()) or target == folder.resolve():
                    raise refused
                target.parent.mkdir(parents=True, exist_ok=True)
                with source.open(name) as packed, target.open("wb") as out:
                    shutil.copyfileobj(packed, out, 1 << 20)
                if _sha256(target) != digest:
                    raise refused
                if name.startswith(ORIGINALS):
                    target.chmod(0o444)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
        raise refused from error
    except FileNotFoundError as error:
        raise InputRefusedError(N_("There is no such file."), subject=str(backup)) from error
