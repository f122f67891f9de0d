"""What a person signs: the statement of a sign-off in one canonical form, and whether a signature over it holds.

A signature covers the statement and nothing else; the statement names the digest of the text. The keys that the
archive trusts are enrolled by an archivist (``may_enrol``). A key that was retired proves what was signed before.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop_app.domain.digest import canonical
from desktop_app.domain.people import Person, Role
from desktop_app.domain.signoff import SignOff
from desktop_app.foundation.messages import N_, Message

STATEMENT_FORMAT = 1
_KIND = "diptych sign-off"  # a signature for one purpose must not serve another
_SHORT = 8

# Takes a public key, a signature and what was signed.
Check = Callable[[bytes, bytes, bytes], bool]


class KeyEnd(StrEnum):
    """Why a key was retired."""

    LOST = "lost"
    REPLACED = "replaced"
    LEFT = "left"


KEY_ENDS: Mapping[KeyEnd, Message] = {
    KeyEnd.LOST: N_("lost"),
    KeyEnd.REPLACED: N_("replaced"),
    KeyEnd.LEFT: N_("the person left"),
}


@dataclass(frozen=True, slots=True)
class PersonKey:
    """A public key (Ed25519) of a person: 32 bytes as hexadecimal digits; ``fingerprint`` is its SHA-256.

    It was asked for at ``asked_at`` and is trusted from ``enrolled_at`` on (None: nobody confirmed it yet) until
    ``retired_at``. People are ids, moments ISO.
    """

    fingerprint: str
    person: str
    public: str
    asked_at: str
    enrolled_at: str | None = None
    enrolled_by: str | None = None
    retired_at: str | None = None
    retired_by: str | None = None
    reason: str = ""

    @property
    def active(self) -> bool:
        """Whether the person signs with it now."""
        return self.enrolled_at is not None and self.retired_at is None

    @property
    def waiting(self) -> bool:
        """Whether it was asked for, and neither confirmed nor taken back."""
        return self.enrolled_at is None and self.retired_at is None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a signature covers. ``version`` is the number that the signer was shown, which a merge may not keep."""

    signoff: str
    story: str
    version: str
    digest: str
    handed: str
    step: str
    person: str
    at: str
    policy: str
    policy_version: int
    note: str

    def plain(self) -> dict[str, Any]:
        """The statement as data, for whoever checks it elsewhere."""
        return {
            "kind": _KIND,
            "format": STATEMENT_FORMAT,
            "signoff": self.signoff,
            "story": self.story,
            "version": self.version,
            "digest": self.digest,
            "handed": self.handed,
            "step": self.step,
            "person": self.person,
            "at": self.at,
            "policy": self.policy,
            "policy_version": self.policy_version,
            "note": self.note,
        }

    def message(self) -> bytes:
        """The bytes that are signed: canonical JSON (RFC 8785)."""
        return canonical(self.plain())


def statement_of(story: str, signoff: SignOff) -> Statement:
    """The statement that a sign-off of the story with this id makes."""
    return Statement(
        signoff=signoff.id,
        story=story,
        version=signoff.stated_version or str(signoff.version),
        digest=signoff.digest,
        handed=signoff.handed,
        step=signoff.step,
        person=signoff.person,
        at=signoff.at,
        policy=signoff.policy or "",
        policy_version=signoff.policy_version or 1,
        note=signoff.note,
    )


def fingerprint_of(public: bytes) -> str:
    """The fingerprint of a public key: SHA-256 in hexadecimal digits."""
    return hashlib.sha256(public).hexdigest()


def grouped(fingerprint: str) -> str:
    """A fingerprint as people compare it: capitals in groups of four."""
    digits = fingerprint.upper()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def shortened(fingerprint: str) -> str:
    """The beginning of a fingerprint, to tell keys apart by; it proves nothing."""
    return grouped(fingerprint[:_SHORT]) + " …"


def check_signature(statement: Statement, signature: str, public: str, check: Check) -> bool:
    """Whether ``signature`` was made over this very statement with the private part of ``public`` (both in hex)."""
    try:
        return check(bytes.fromhex(public), bytes.fromhex(signature), statement.message())
    except ValueError:  # no hexadecimal digits, or text that no JSON can carry: nobody signed that
        return False


def fault_of(story: str, signoff: SignOff, keys: Mapping[str, PersonKey], check: Check) -> Message | None:
    """Why the signature of a sign-off proves nothing; None where it holds, or where there is none.

    Whether the key was retired before is ``signed_too_late``: that needs the order of events.
    """
    if signoff.key is None and signoff.signature is None:
        return None
    if signoff.key is None or signoff.signature is None:
        return N_("half of its signature is missing")
    key = keys.get(signoff.key)
    if key is None:
        return N_("the key {key} is not known here", key=shortened(signoff.key))
    if fingerprint_of(_bytes(key.public)) != key.fingerprint:
        return N_("the key {key} was altered", key=shortened(key.fingerprint))
    if key.person != signoff.person:
        return N_("the key {key} belongs to another person", key=shortened(key.fingerprint))
    if key.enrolled_at is None:
        return N_("nobody confirmed the key {key}", key=shortened(key.fingerprint))
    if not check_signature(statement_of(story, signoff), signoff.signature, key.public, check):
        return N_("the signature does not fit the statement: one of the two was altered")
    return None


def _bytes(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError:
        return b""


def signed_too_late(key: PersonKey, at: str, *, place: int | None, retired_place: int | None) -> Message | None:
    """Whether a statement came after its key was retired.

    ``place`` is the number of the event that brought the sign-off in, ``retired_place`` of the one that retired the
    key: their order is what counts, because a lost key can write any time into a statement. A key that came here
    retired has no such event, and leaves the time ``at`` alone to go by.
    """
    if key.retired_at is None:
        return None
    late = place > retired_place if place is not None and retired_place is not None else at >= key.retired_at
    return N_("the key {key} was retired before", key=shortened(key.fingerprint)) if late else None


def may_enrol(person: Person | None, everybody: Iterable[Person]) -> Message | None:
    """Whether ``person`` can say whose key a key is: an archivist, or anybody as long as there is no archivist.

    Somebody without a role may do everything, as everywhere.
    """
    archivists = [other for other in everybody if Role.ARCHIVIST in other.roles]
    if not archivists or (person is not None and (not person.roles or Role.ARCHIVIST in person.roles)):
        return None
    return N_("only an archivist confirms keys")


def may_retire(person: Person | None, key: PersonKey, everybody: Iterable[Person]) -> Message | None:
    """Whether ``person`` can retire a key: everybody their own, and those who enrol keys any."""
    if person is not None and person.id == key.person:
        return None
    reason = may_enrol(person, everybody)
    return N_("only an archivist, or the person whose key it is, retires a key") if reason is not None else None
