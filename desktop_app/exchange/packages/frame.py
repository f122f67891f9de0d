"""The end of a package's zip, byte for byte: the manifest's entry, the directory, and the end of the directory.

A reader of zips looks at few of these bytes, so a change in the others would go unseen: dates, attributes, versions,
comments, and sizes that stand twice. All of them follow from what stands before each part, and so the reader works out
what the writer must have written. Source:
APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16 and 4.5.3; in these bounds as Python's ``zipfile`` writes
what a ``ZipInfo`` of the year 1980 and with the rights ``rw-r--r--`` says.
"""

import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

EPOCH = (1980, 1, 1, 0, 0, 0)  # the same input makes the same bytes
RIGHTS = 0o644 << 16
UNIX = 3
_TIME, _DAY = 0, 0x21  # the first of January 1980, as MS-DOS counts
_VERSION, _VERSION_64 = 20, 45
_FAR = 2**31 - 1  # beyond this offset Python writes the long form
_MOST_32 = 2**32 - 1
_LOCAL = struct.Struct("<4s5H3L2H")
_DIRECTORY = struct.Struct("<4s2B5H3L5H2L")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_END = struct.Struct("<4s4H2LH")


@dataclass(frozen=True, slots=True)
class Entry:
    """A part as its own header says: where that stands, name, way of packing, checksum, sizes in bytes."""

    offset: int
    name: bytes
    packing: int
    crc: int
    packed: int
    size: int

    def header(self) -> bytes:
        """The header that stands before the part."""
        fixed = _LOCAL.pack(
            b"PK\x03\x04", _VERSION, 0, self.packing, _TIME, _DAY, self.crc, self.packed, self.size, len(self.name), 0
        )
        return fixed + self.name


def entries_before(file: IO[bytes], end: int) -> list[Entry]:
    """Walk from header to header up to the offset ``end``.

    Raises:
        ValueError: they are not as the writer makes them, one behind the other.
    """
    found: list[Entry] = []
    at = 0
    while at < end:
        file.seek(at)
        fixed = file.read(_LOCAL.size)
        if len(fixed) < _LOCAL.size:
            raise ValueError(at)
        fields = _LOCAL.unpack(fixed)
        entry = Entry(at, file.read(fields[9]), fields[3], *fields[6:9])
        header = entry.header()
        if header != fixed + entry.name:
            raise ValueError(at)
        found.append(entry)
        at += len(header) + entry.packed
    if at != end:
        raise ValueError(at)
    return found


def end_of_package(entries: Sequence[Entry], offset: int, name: str, manifest: bytes) -> bytes:
    """The bytes from the manifest's header at ``offset`` to the end of the file; ``entries`` are those before it."""
    size = len(manifest)
    own = Entry(offset, name.encode("ascii"), zipfile.ZIP_STORED, zlib.crc32(manifest), size, size)
    header = own.header()
    directory = b"".join(map(_directory_entry, [*entries, own]))
    return header + manifest + directory + _end(offset + len(header) + size, len(directory), len(entries) + 1)


def _directory_entry(entry: Entry) -> bytes:
    name, offset = entry.name, entry.offset
    far = offset > _FAR
    extra = struct.pack("<HHQ", 1, 8, offset) if far else b""
    version = _VERSION_64 if far else _VERSION
    fixed = _DIRECTORY.pack(
        b"PK\x01\x02", version, UNIX, version, 0, entry.packing, _TIME, _DAY, entry.crc, entry.packed,
        entry.size, len(name), len(extra), 0, 0, 0, RIGHTS, _MOST_32 if far else offset,
    )  # fmt: skip
    return fixed + name + extra


def _end(start: int, size: int, count: int) -> bytes:
    long_form = b""
    if start > _FAR or size > _FAR:
        long_form = _END_64.pack(b"PK\x06\x06", 44, _VERSION_64, _VERSION_64, 0, 0, count, count, size, start)
        long_form += _LOCATOR_64.pack(b"PK\x06\x07", 0, start + size, 1)
    where, large = min(start, _MOST_32), min(size, _MOST_32)
    return long_form + _END.pack(b"PK\x05\x06", 0, 0, count, count, large, where, 0)
