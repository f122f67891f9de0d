"""The file around a work package: a zip with a manifest that names every part, its size and its SHA-256.

The manifest comes last, so that parts are written as they are made; it is sealed with a digest of its own and names the
SHA-256 of all bytes before it, so that not even the zip's own dates and padding can be changed. What follows it, the
zip's directory, can be worked out from the rest, and is. A package is read only as a whole: a part too many, one
missing, or one byte changed, and nothing of it is taken in. The digests prove that it came as it was written, not who
wrote it: that is what the signatures inside are for.
"""

import hashlib
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any

from desktop_app.domain.digest import canonical
from desktop_app.exchange.limits import MEBIBYTE
from desktop_app.exchange.packages.frame import EPOCH, RIGHTS, UNIX, end_of_package, entries_before
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message

FORMAT = "diptych-work-package"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
MAX_PARTS = 20_000
MAX_MANIFEST_BYTES = 20 * MEBIBYTE
MAX_PART_BYTES = 512 * MEBIBYTE
MAX_UNPACKED_BYTES = 8 * 1024 * MEBIBYTE
MAX_RATIO = 200  # how many times its packed size a part may be once it is larger than a mebibyte: text packs 3 to 20
_MOST_DIRECTORY = 4 * MEBIBYTE
_ENCRYPTED = 0x1
_PIECE = 1024 * 1024
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,127}(?:/[a-z0-9][a-z0-9._-]{0,127}){0,3}")
_PACKED = frozenset({"json", "jsonl", "tmx", "tbx", "txt"})  # pictures are packed already
_AGAIN = N_("Have the package sent again, or pack the stories once more.")
_UPDATE = N_("Bring this program up to date, and try again.")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError, struct.error)


@dataclass(frozen=True, slots=True)
class Part:
    """What the manifest says of one part; ``size`` in bytes."""

    size: int
    sha256: str


def write_container(file: IO[bytes], facts: Mapping[str, Any], parts: Iterable[tuple[str, bytes]]) -> None:
    """Write a package; ``facts`` are plain data that the manifest carries beside the parts.

    ``file`` is empty and can be read back: what was written is hashed before the manifest names it.

    Raises:
        ValueError: a part is named otherwise than parts may be, or two have one name.
    """
    written: dict[str, Part] = {}
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts:
            if name == MANIFEST or not _NAME.fullmatch(name) or name in written:
                raise ValueError(name)
            _add(archive, name, data)
            written[name] = Part(len(data), hashlib.sha256(data).hexdigest())
        manifest = {
            "format": FORMAT,
            "version": FORMAT_VERSION,
            "facts": dict(facts),
            "parts": {name: {"size": part.size, "sha256": part.sha256} for name, part in written.items()},
            "before": _digest_of(file, file.tell()),
        }
        seal = hashlib.sha256(canonical(manifest)).hexdigest()
        _add(archive, MANIFEST, canonical({**manifest, "seal": seal}))


def _digest_of(file: IO[bytes], end: int, check: Callable[[], None] = lambda: None) -> str:
    """The SHA-256 of the first ``end`` bytes; the file is left there."""
    digest, left = hashlib.sha256(), end
    file.seek(0)
    while left and (piece := file.read(min(left, _PIECE))):
        check()
        digest.update(piece)
        left -= len(piece)
    file.seek(end)
    return digest.hexdigest()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    packs = name.rpartition(".")[2] in _PACKED and name != MANIFEST  # a packed stream ends with bits that say nothing
    entry.compress_type = zipfile.ZIP_DEFLATED if packs else zipfile.ZIP_STORED
    entry.external_attr = RIGHTS
    entry.create_system = UNIX
    archive.writestr(entry, data)


class OpenContainer:
    """A package that is whole; ``close`` it when done. Opening it reads every part once, ``read`` once more."""

    def __init__(
        self, file: IO[bytes], name: str, *, check: Callable[[], None] = lambda: None, whole: bool = True
    ) -> None:
        """Open a package and hold every part against the manifest.

        ``name`` is the file in a refusal; ``check`` is asked between pieces and may raise to stop. Where not the
        ``whole`` is asked for nothing but the manifest is read: what it says may have been written by anybody.

        Raises:
            InputRefusedError: it is no package, is of a newer program, damaged, changed, or larger than allowed.
        """
        self._name = name
        self._check = check
        try:
            self._archive = zipfile.ZipFile(file)
        except (*_DAMAGE, ValueError) as error:
            raise self._refused(N_("The file is no work package, or it is damaged.")) from error
        try:
            self._entries = self._listed()
            manifest = self._manifest()
            self.facts: Mapping[str, Any] = manifest["facts"]
            self.parts: Mapping[str, Part] = self._parts(manifest["parts"])
            if whole:
                self._require_whole(file, manifest)
        except BaseException:
            self._archive.close()
            raise

    def __enter__(self) -> "OpenContainer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._archive.close()

    def read(self, part: str) -> bytes:
        """The bytes of one part.

        Raises:
            KeyError: the package has no such part.
            InputRefusedError: the file was changed since it was opened.
        """
        if part not in self.parts:
            raise KeyError(part)
        return b"".join(self._pieces(part))

    def _listed(self) -> dict[str, zipfile.ZipInfo]:
        entries = self._archive.infolist()
        if len(entries) > MAX_PARTS + 1:
            raise self._refused(N_("The package has more than {limit} parts.", limit=MAX_PARTS))
        found: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            if not _NAME.fullmatch(entry.filename):
                raise self._refused(N_("A part has a name that no package gives."), entry.filename[:100])
            if found.setdefault(entry.filename, entry) is not entry:
                raise self._refused(N_("The package has two parts of one name."), entry.filename)
            if entry.flag_bits & _ENCRYPTED:
                raise self._refused(N_("The package is protected by a password."), entry.filename)
            if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                raise self._refused(N_("The file is no work package, or it is damaged."), entry.filename)
        if MANIFEST not in found:
            raise self._refused(N_("The file is no work package, or it is damaged."))
        return found

    def _manifest(self) -> dict[str, Any]:
        data = b"".join(self._raw(MANIFEST, MAX_MANIFEST_BYTES))
        try:
            manifest = json.loads(data)
            seal = manifest.pop("seal")
            whole = canonical({**manifest, "seal": seal}) == data
            sound = whole and hashlib.sha256(canonical(manifest)).hexdigest() == seal
        except (ValueError, RecursionError, AttributeError, KeyError, TypeError) as error:
            raise self._refused(N_("The manifest cannot be read."), MANIFEST) from error
        if manifest.get("format") != FORMAT or not isinstance(manifest.get("version"), int):
            raise self._refused(N_("The file is no work package, or it is damaged."), MANIFEST)
        if manifest["version"] > FORMAT_VERSION:
            raise self._refused(N_("The package was made by a newer version of the program."), MANIFEST, _UPDATE)
        if not sound or not isinstance(manifest.get("facts"), dict) or not isinstance(manifest.get("parts"), dict):
            raise self._refused(N_("The manifest was changed after the package was made."), MANIFEST)
        return {**manifest, "seal": seal}

    def _parts(self, rows: Mapping[str, Any]) -> dict[str, Part]:
        found: dict[str, Part] = {}
        for name, row in rows.items():
            if name not in self._entries:
                raise self._refused(N_("A part is missing from the package."), name[:100])
            try:
                found[name] = Part(int(row["size"]), str(row["sha256"]))
            except (TypeError, KeyError, ValueError) as error:
                raise self._refused(N_("The manifest cannot be read."), MANIFEST) from error
        for name in self._entries:
            if name not in found and name != MANIFEST:
                raise self._refused(N_("The package has a part that its manifest does not name."), name)
        if max((part.size for part in found.values()), default=0) > MAX_PART_BYTES:
            raise self._refused(N_("A part is larger than {limit} MB.", limit=MAX_PART_BYTES // MEBIBYTE))
        if sum(part.size for part in found.values()) > MAX_UNPACKED_BYTES:
            raise self._refused(
                N_("The package unpacks to more than {limit} MB.", limit=MAX_UNPACKED_BYTES // MEBIBYTE)
            )
        return found

    def _require_whole(self, file: IO[bytes], manifest: Mapping[str, Any]) -> None:
        for part in self.parts:
            for _ in self._pieces(part):
                self._check()
        self._check_frame(file, manifest)

    def _check_frame(self, file: IO[bytes], manifest: Mapping[str, Any]) -> None:
        """Hold what lies round the parts against what the writer makes: the zip's own bytes say nothing else either."""
        start = self._entries[MANIFEST].header_offset
        sound = _digest_of(file, start, self._check) == manifest.get("before")
        end = file.read(MAX_MANIFEST_BYTES + _MOST_DIRECTORY)
        whole = not file.read(1)
        try:
            entries = entries_before(file, start)
        except ValueError:
            sound = False
        if not (sound and whole and end == end_of_package(entries, start, MANIFEST, canonical(manifest))):
            raise self._refused(N_("The package was changed after it was made."))

    def _pieces(self, name: str) -> Iterator[bytes]:
        """One part, piece by piece; the last piece only when all of it is as the manifest says."""
        part, digest, size = self.parts[name], hashlib.sha256(), 0
        held = b""
        for piece in self._raw(name, part.size):
            digest.update(piece)
            size += len(piece)
            if held:
                yield held
            held = piece
        if size != part.size or digest.hexdigest() != part.sha256:
            raise self._refused(N_("A part was changed after the package was made."), name)
        yield held

    def _raw(self, name: str, limit: int) -> Iterator[bytes]:
        """The bytes of an entry, never more than ``limit``, whatever it says of itself."""
        entry, size = self._entries[name], 0
        try:
            with self._archive.open(entry) as opened:
                while piece := opened.read(_PIECE):
                    size += len(piece)
                    if size > max(MEBIBYTE, MAX_RATIO * entry.compress_size):
                        raise self._refused(N_("A part unpacks to far more than its packed size."), name)
                    if size > limit:
                        raise self._refused(N_("A part is larger than its manifest says."), name)
                    yield piece
        except (*_DAMAGE, ValueError, OSError) as error:
            raise self._refused(N_("A part of the package is damaged."), name) from error

    def _refused(self, reason: Message, place: str = "", advice: Message = _AGAIN) -> InputRefusedError:
        return InputRefusedError(reason, subject=self._name, place=place, advice=advice)
