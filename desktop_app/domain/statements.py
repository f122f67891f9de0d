"""What a person signs: statements in one canonical form, and whether a signature over one of them holds.

A sign-off is such a statement, so is its withdrawal, and the approval of what went out in an emergency. A signature
covers the statement and nothing else; what is about a text names its digest. The keys that the archive trusts are
enrolled by an archivist or editor (``key_rules``). A key that was retired proves what was signed before.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Protocol

from desktop_app.domain.digest import canonical
from desktop_app.domain.publication import Emergency
from desktop_app.domain.signoff import SignOff
from desktop_app.foundation.messages import N_, Message

STATEMENT_FORMAT = 1
# A signature for one purpose must not serve another.
_KIND, _WITHDRAWAL, _LATER = "diptych sign-off", "diptych withdrawal", "diptych later approval"
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


class Stated(Protocol):
    """What a person said at a moment, and the bytes of it that are signed."""

    @property
    def person(self) -> str:
        """Whose statement it is, as an id."""

    @property
    def at(self) -> str:
        """When it was made."""

    def message(self) -> bytes:
        """The bytes that are signed: canonical JSON (RFC 8785)."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sign-off states. ``version`` is the number that the signer was shown, which a merge may not keep."""

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


@dataclass(frozen=True, slots=True)
class WithdrawalStatement:
    """What somebody states who takes a sign-off back; ``signoff`` is its id."""

    signoff: str
    story: str
    person: str
    at: str
    reason: str

    def message(self) -> bytes:
        """The bytes that are signed: canonical JSON (RFC 8785)."""
        return canonical({"kind": _WITHDRAWAL, "format": STATEMENT_FORMAT, **asdict(self)})


@dataclass(frozen=True, slots=True)
class LaterApproval:
    """What somebody states who approves what went out in an emergency; ``emergency`` is the id of that release."""

    emergency: str
    story: str
    version: str
    digest: str
    person: str
    at: str
    note: str

    def message(self) -> bytes:
        """The bytes that are signed: canonical JSON (RFC 8785)."""
        return canonical({"kind": _LATER, "format": STATEMENT_FORMAT, **asdict(self)})


@dataclass(frozen=True, slots=True)
class Signed:
    """A statement with the signature under it, if there is one. ``row`` is where the archive keeps it: table and id."""

    row: str
    stated: Stated
    key: str | None = None
    signature: str | None = None


def signed_signoff(story: str, signoff: SignOff) -> Signed:
    """A sign-off as its signer stated it."""
    return Signed(f"signoffs/{signoff.id}", statement_of(story, signoff), signoff.key, signoff.signature)


def signed_withdrawal(story: str, signoff: SignOff) -> Signed | None:
    """The withdrawal of a sign-off; None where nobody took it back."""
    person, at = signoff.withdrawn_by, signoff.withdrawn_at
    if person is None or at is None:
        return None
    stated = WithdrawalStatement(signoff.id, story, person, at, signoff.withdrawn_reason)
    return Signed(f"withdrawals/{signoff.id}", stated, signoff.withdrawn_key, signoff.withdrawn_signature)


def signed_approval(early: Emergency) -> Signed | None:
    """The approval afterwards of what went out in an emergency; None while nobody gave it."""
    if early.approved_by is None or early.approved_at is None:
        return None
    stated = LaterApproval(
        early.id, early.story, str(early.version), early.digest, early.approved_by, early.approved_at,
        early.approval_note,
    )  # fmt: skip
    return Signed(f"emergencies/{early.id}", stated, early.approval_key, early.approval_signature)


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


def check_signature(stated: Stated, signature: str, public: str, check: Check) -> bool:
    """Whether ``signature`` was made over this very statement with the private part of ``public`` (both in hex)."""
    try:
        return check(bytes.fromhex(public), bytes.fromhex(signature), stated.message())
    except ValueError:  # no hexadecimal digits, or text that no JSON can carry: nobody signed that
        return False


def fault_of(signed: Signed, keys: Mapping[str, PersonKey], check: Check) -> Message | None:
    """Why the signature under a statement proves nothing; None where it holds, or where there is none.

    Whether the key was retired before is ``signed_too_late``: that needs the order of events.
    """
    if signed.key is None and signed.signature is None:
        return None
    if signed.key is None or signed.signature is None:
        return N_("half of its signature is missing")
    key = keys.get(signed.key)
    if key is None:
        return N_("the key {key} is not known here", key=shortened(signed.key))
    if fingerprint_of(_bytes(key.public)) != key.fingerprint:
        return N_("the key {key} was altered", key=shortened(key.fingerprint))
    if key.person != signed.stated.person:
        return N_("the key {key} belongs to another person", key=shortened(key.fingerprint))
    if key.enrolled_at is None:
        return N_("nobody confirmed the key {key}", key=shortened(key.fingerprint))
    if not check_signature(signed.stated, signed.signature, key.public, check):
        return N_("the signature does not fit the statement: one of the two was altered")
    return None


def _bytes(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError:
        return b""


def signed_too_late(key: PersonKey, at: str, *, place: int | None, retired_place: int | None) -> Message | None:
    """Whether a statement came after its key was retired.

    ``place`` is the number of the event that brought the statement in, ``retired_place`` of the one that retired the
    key: their order is what counts, because a lost key can write any time into a statement. A key that came here
    retired has no such event, and leaves the time ``at`` alone to go by.
    """
    if key.retired_at is None:
        return None
    late = place > retired_place if place is not None and retired_place is not None else at >= key.retired_at
    return N_("the key {key} was retired before", key=shortened(key.fingerprint)) if late else None
