"""Opening a foreign package: only the parts that are read, none larger than it may be, nothing fetched, nothing run."""

import io
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

from desktop_app.exchange.formats.review_docx.terms import RELATIONS
from desktop_app.exchange.limits import MEBIBYTE, check_size
from desktop_app.exchange.xml import MAX_XML_BYTES, empty, local_name, parse
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message

MAX_PACKAGE_BYTES = 100 * MEBIBYTE
MAX_PARTS = 5_000
MAX_MAPS = 20  # parts with data of other programs that are looked through for ours
_ENCRYPTED = 0x1
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN = N_("Open it in Word or LibreOffice and save it as DOCX.")


@dataclass(slots=True)
class OpenPackage:
    """The parts by what they are; ``None`` and empty where the file has none."""

    document: etree._Element
    comments: etree._Element | None = None
    threads: etree._Element | None = None
    footnotes: etree._Element | None = None
    endnotes: etree._Element | None = None
    properties: etree._Element | None = None
    headers: list[etree._Element] = field(default_factory=list)
    maps: list[etree._Element] = field(default_factory=list)


def open_package(data: bytes) -> OpenPackage:
    """Take the package apart.

    Raises:
        InputRefusedError: it is no DOCX, is protected by a password, damaged, or larger than allowed.
    """
    check_size(len(data), MAX_PACKAGE_BYTES)
    if not data.strip():
        raise empty()
    if data.startswith(_OLD_WORD):
        raise InputRefusedError(
            N_("The file is a document of an old Word, or protected by a password."),
            advice=N_("Open it in Word, take the password off, and save it as DOCX."),
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Parts(archive).open()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, struct.error) as error:
        raise _no_document() from error


def _no_document() -> InputRefusedError:
    return InputRefusedError(N_("The file is not a DOCX document, or it is damaged."), advice=_AGAIN)


class _Parts:
    """Finds the parts by their relationships (ECMA-376, part 2, 9.3), as every editor names them otherwise."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        entries = archive.infolist()
        if len(entries) > MAX_PARTS:
            raise InputRefusedError(N_("The document has more than {limit} parts.", limit=MAX_PARTS), advice=_AGAIN)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            if self._entries.setdefault(entry.filename.lstrip("/").lower(), entry) is not entry:
                raise self._refused(N_("The document has two parts of one name."), entry.filename)
        self._read = 0

    def open(self) -> OpenPackage:
        links = self._links("")
        name = next((target for kind, target in links if kind == "officeDocument"), "")
        document = self._part(name)
        if document is None or local_name(document) != "document":
            raise _no_document()
        found = OpenPackage(document)
        found.properties = self._named(links, "custom-properties", "customProperties")
        inner = self._links(name)
        found.comments = self._named(inner, "comments")
        found.threads = self._named(inner, "commentsExtended")
        found.footnotes, found.endnotes = self._named(inner, "footnotes"), self._named(inner, "endnotes")
        for kind, target in inner:
            into = {"header": found.headers, "customXml": found.maps}.get(kind)
            part = self._part(target) if into is not None and len(into) < MAX_MAPS else None
            if into is not None and part is not None:
                into.append(part)
        return found

    def _named(self, links: list[tuple[str, str]], *kinds: str) -> etree._Element | None:
        return next((self._part(target) for own, target in links if own in kinds), None)

    def _links(self, name: str) -> list[tuple[str, str]]:
        """The last words of the kinds of a part's relationships, with the parts; what is outside is passed over."""
        folder, _, base = name.rpartition("/")
        root = self._part(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels")
        found = []
        for link in root.iterchildren(f"{{{RELATIONS}}}Relationship") if root is not None else ():
            target = link.get("Target", "")
            if link.get("TargetMode", "Internal") != "Internal" or "://" in target:
                continue
            path = posixpath.normpath(posixpath.join("/" if target.startswith("/") else f"/{folder}", target))
            found.append((link.get("Type", "").rpartition("/")[2], path.lstrip("/")))
        return found

    def _part(self, name: str) -> etree._Element | None:
        """Parse a part; None where there is none of this name."""
        entry = self._entries.get(name.lower())
        if entry is None:
            return None
        if entry.flag_bits & _ENCRYPTED:
            raise self._refused(N_("The document is protected by a password."), name)
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise _no_document()
        with self._archive.open(entry) as opened:
            data = opened.read(MAX_XML_BYTES + 1)  # whatever size the package says it has
        self._read += len(data)
        if self._read > 2 * MAX_XML_BYTES or len(data) > MAX_XML_BYTES:
            raise self._refused(
                N_("The document unpacks to more than {limit} MB.", limit=MAX_XML_BYTES // MEBIBYTE), name
            )
        try:
            return parse(data)
        except InputRefusedError as error:
            raise InputRefusedError(
                error.reason, subject=error.subject, place=name, advice=error.advice or _AGAIN
            ) from error

    def _refused(self, reason: Message, name: str) -> InputRefusedError:
        return InputRefusedError(reason, place=name, advice=_AGAIN)
