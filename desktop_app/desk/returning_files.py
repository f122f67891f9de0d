"""The files from other programs that come home by the merge: review documents, and XLIFF of translation tools."""

from desktop_app.desk.returned_reviews import read_review_file
from desktop_app.desk.returned_translations import read_translation
from desktop_app.desk.returning import Reader

_DOCUMENT = "word/"  # every editor puts the text of a document there
_OLD_WORD = b"\xd0\xcf\x11\xe0"  # also of a document with a password; its reader says so


def _is_document(head: bytes, names: frozenset[str]) -> bool:
    return head.startswith(_OLD_WORD) or any(name.lstrip("/").lower().startswith(_DOCUMENT) for name in names)


def _is_xliff(head: bytes, _names: frozenset[str]) -> bool:
    return b"<xliff" in head.replace(b"\0", b"")  # also in UTF-16


REVIEW_DOCUMENT = Reader("docx", _is_document, read_review_file)
XLIFF = Reader("xliff", _is_xliff, read_translation)
READERS = (REVIEW_DOCUMENT, XLIFF)
