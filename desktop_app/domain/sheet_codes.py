"""The code of an approval sheet: what the paper says, in so few characters that a square of 34 mm holds them.

The code is plain text, so any reader of QR codes shows it and a person can type it. Its fields stand between colons::

    DIPTYCH1 : STORY : VERSION : DIGEST : EVENT : SIGNOFFS : SEAL : CHECK

- STORY is the story's id, 32 hexadecimal digits.
- VERSION is the version, such as ``2.1``, ``0`` where the text was not frozen; a ``D`` behind it says draft.
- DIGEST is the digest of the text in full, 64 digits.
- EVENT is the number of the event that the sheet was made after, a full stop, and the first 32 digits of its hash.
- SIGNOFFS are the sign-offs that counted, the last 12 digits of each id with ``+`` between them, or ``-`` for none.
- SEAL is the first 32 digits of the SHA-256 over those sign-offs, see ``seal``.
- CHECK is the first 4 digits of the SHA-256 of all that stands before it: it finds slips of the pen, not forgeries.

Letters are capitals, so that all of it is of the alphanumeric kind of ISO/IEC 18004 (5.5 bits a character).
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from desktop_app.domain.digest import canonical
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import VersionNumber

PREFIX = "DIPTYCH1"
LONGEST = 4096  # characters that are looked at, blanks included
MOST_SIGNOFFS = 64
_SHORT_HASH = 32
_TAIL = 12
_CHECK = 4
_ANY = re.compile(r"DIPTYCH(\d{1,4}):")
_SHAPE = re.compile(
    r"DIPTYCH1:(?P<story>[0-9A-F]{32}):(?P<version>0|[1-9]\d{0,5}\.(?:0|[1-9]\d{0,5}))(?P<draft>D?):(?P<digest>[0-9A-F]{64})"
    r":(?P<event>\d{1,12})\.(?P<hash>[0-9A-F]{32}):(?P<signoffs>-|[0-9A-F]{12}(?:\+[0-9A-F]{12}){0,63})"
    r":(?P<seal>[0-9A-F]{32}):(?P<check>[0-9A-F]{4})"
)
# What a copy from a page may have between its signs: zero-width spaces, soft hyphens, byte order marks.
_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_NO_SIGN = re.compile("[^!-~\uff01-\uff5e。]+")  # what no code is typed with: blanks, other scripts, accents
_HYPHENATED = re.compile(r"(?<=[0-9A-Fa-f])[-\u00ad\u2010][ \t]*\r?\n[ \t]*(?=[0-9A-Fa-f])")
_MOST = 256  # codes that are tried in one text
_MISREAD = str.maketrans("OIL", "011")  # letters that no field has, and the digits they are misread from


class NoSheetCodeError(ValueError):
    """The text holds no code of an approval sheet, or several (``kind``: absent, newer, mistyped, long, several)."""

    def __init__(self, kind: str) -> None:
        """Keep what is wrong."""
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class SheetCode:
    """What the code of one sheet says. ``event_hash`` and ``seal`` are shortened to 128 bits, ``signoffs`` to 48."""

    story: str
    version: VersionNumber | None
    digest: str
    draft: bool
    event: int
    event_hash: str
    signoffs: tuple[str, ...]
    seal: str

    def text(self) -> str:
        """The code as it stands in the square and under it."""
        fields = (
            PREFIX,
            UUID(self.story).hex,
            f"{self.version or 0}{'D' if self.draft else ''}",
            self.digest,
            f"{self.event}.{self.event_hash[:_SHORT_HASH]}",
            "+".join(self.signoffs) or "-",
            self.seal,
        )
        body = ":".join(fields).upper()
        return f"{body}:{_check(body)}"


def parse(text: str) -> SheetCode:
    """Read a code that was scanned or typed: blanks, small letters and full-width signs in it do no harm.

    Raises:
        NoSheetCodeError: it is none, or one of a later kind, or has a slip in it.
    """
    if len(text) > LONGEST:
        raise NoSheetCodeError("long")
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text).replace("。", ".")).upper()
    known = _ANY.match(plain)
    if known is None:
        raise NoSheetCodeError("absent")
    found = _shaped(plain, known)
    if found.end() != len(plain):
        raise NoSheetCodeError("mistyped")
    return _read(found)


def find(text: str) -> SheetCode:
    """Find the code in a longer text, such as all the words of a sheet: it may be broken at any line.

    Raises:
        NoSheetCodeError: there is none in it, or several that are not the same.
    """
    signs = _NO_SIGN.sub("", _HYPHENATED.sub("", text)).replace("。", ".")
    plain = unicodedata.normalize("NFKC", signs).upper()
    codes: set[SheetCode] = set()
    problem = NoSheetCodeError("absent")
    for known in islice(_ANY.finditer(plain), _MOST):
        try:
            codes.add(_read(_shaped(plain[known.start() : known.start() + LONGEST], known)))
        except NoSheetCodeError as error:
            problem = error
    if not codes:
        raise problem
    if len(codes) > 1:
        raise NoSheetCodeError("several")
    return codes.pop()


def _shaped(plain: str, known: re.Match[str]) -> re.Match[str]:
    """The code that ``plain`` begins with, its check proven; what stands behind it is not looked at."""
    if known[1] != "1":
        raise NoSheetCodeError("newer")
    head = len(known[0])
    found = _SHAPE.match(plain[:head] + plain[head:].translate(_MISREAD))
    if found is None or _check(found[0].rpartition(":")[0]) != found["check"]:
        raise NoSheetCodeError("mistyped")
    return found


def _read(found: re.Match[str]) -> SheetCode:
    tails = found["signoffs"].lower()
    return SheetCode(
        str(UUID(found["story"])),
        None if found["version"] == "0" else VersionNumber.parse(found["version"]),
        found["digest"].lower(),
        bool(found["draft"]),
        int(found["event"]),
        found["hash"].lower(),
        () if tails == "-" else tuple(tails.split("+")),
        found["seal"].lower(),
    )


def tail(signoff: str) -> str:
    """The end of a sign-off's id by which a code names it: random in a UUIDv7, so it is its story's alone."""
    return UUID(signoff).hex[-_TAIL:]


def short_hash(digest: str) -> str:
    """As much of a hash as a code has room for: 128 bits."""
    return digest[:_SHORT_HASH]


def seal(signoffs: Sequence[SignOff]) -> str:
    """Bind everything that the sign-offs say, their signatures included, into 32 digits.

    It is the beginning of the SHA-256 over the canonical JSON (RFC 8785) of a list for each: id, step, person, moment,
    digest, digest handed, version, note, policy, version of the policy, key and signature.
    """
    said = [
        [s.id, s.step, s.person, s.at, s.digest, s.handed, str(s.version), s.note, s.policy, s.policy_version, s.key,
         s.signature]
        for s in signoffs
    ]  # fmt: skip
    return short_hash(hashlib.sha256(canonical(said)).hexdigest())


def _check(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8")).hexdigest()[:_CHECK].upper()
