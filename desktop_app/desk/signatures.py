"""Signing: the key that a person at this computer signs with, put under what they state: mostly a sign-off."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from desktop_app.desk.desk import Desk
from desktop_app.domain.people import Person
from desktop_app.domain.publication import Emergency
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.statements import (
    PersonKey,
    Signed,
    Statement,
    fault_of,
    fingerprint_of,
    shortened,
    signed_approval,
    signed_signoff,
    signed_withdrawal,
)
from desktop_app.domain.statements import check_signature as check
from desktop_app.foundation import ed25519, sealed_key
from desktop_app.foundation.errors import InputRefusedError, NotAllowedError
from desktop_app.foundation.key_store import KeyPlace, KeyStore
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import people as people_store
from desktop_app.store import person_keys
from desktop_app.store.archive import Session
from desktop_app.store.signatures import faults, signed_data, statements_of

__all__ = [
    "DEMANDED",
    "FoundKey",
    "Signer",
    "active_key",
    "check_signature",
    "demands",
    "fault_coming_in",
    "faults",
    "find_signer",
    "open_sealed",
    "signed",
    "signed_data",
    "signed_later",
    "signer_for",
    "statements_of",
    "withdrawn",
]

DEMANDED = "signatures"  # the archive's fact of this name
_ON = "demanded"
# Asked for the passphrase of a sealed key; raises a KnownError where there is nobody to ask.
Passphrase = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key in this program's memory, ready to sign."""

    fingerprint: str
    sign: Callable[[bytes], bytes]

    @classmethod
    def of(cls, private: bytes) -> "Signer":
        """The signer that signs with these 32 bytes."""
        return cls(fingerprint_of(ed25519.public_of(private)), lambda message: ed25519.sign(private, message))


def active_key(desk: Desk, person: Person) -> PersonKey | None:
    """The key that a person signs with now, if any."""
    with desk.archive.read() as session:
        return person_keys.active(session, person.id)


@dataclass(frozen=True, slots=True)
class FoundKey:
    """A person's key on this computer: ready to sign, or sealed with a passphrase."""

    fingerprint: str
    signer: Signer | None = None
    sealed: bytes | None = None


def find_signer(desk: Desk, person: Person, store: KeyStore) -> FoundKey | None:
    """The key that a person signs with at this computer; None where they have no key and sign without one.

    Raises:
        NotAllowedError: the person has a key and it is not on this computer, or the keyring does not give it.
        InputRefusedError: there is another key in its place.
    """
    key = active_key(desk, person)
    if key is None:
        return None
    sealed = store.sealed(key.fingerprint)
    if sealed is not None:
        return FoundKey(key.fingerprint, sealed=sealed)
    private = store.from_keyring(key.fingerprint)
    if private is None:
        raise missing(person, key.fingerprint)
    return FoundKey(key.fingerprint, _checked(private, key.fingerprint, KeyPlace.KEYRING.value))


def signer_for(desk: Desk, person: Person, store: KeyStore, passphrase: Passphrase) -> Signer | None:
    """The signer of a person at this computer; None where they have no key and sign without one.

    ``passphrase`` is called only where the key lies in a sealed file.

    Raises:
        NotAllowedError: the person has a key and it is not on this computer, or does not open.
        InputRefusedError: the key's file is damaged.
    """
    found = find_signer(desk, person, store)
    if found is None or found.sealed is None:
        return found.signer if found is not None else None
    return open_sealed(found.sealed, found.fingerprint, passphrase())


def open_sealed(sealed: bytes, fingerprint: str, passphrase: str) -> Signer:
    """Open a sealed key.

    Raises:
        NotAllowedError: the passphrase is not the one.
        InputRefusedError: the file is damaged, or has another key in it.
    """
    subject = f"{shortened(fingerprint)}"
    return _checked(sealed_key.unseal(sealed, passphrase, subject=subject), fingerprint, subject)


def _checked(private: bytes, fingerprint: str, subject: str) -> Signer:
    if len(private) == ed25519.KEY_BYTES and (signer := Signer.of(private)).fingerprint == fingerprint:
        return signer
    raise InputRefusedError(
        N_("there is another key in its place"), subject=subject, advice=N_("retire the key and make a new one")
    )


def missing(person: Person, fingerprint: str) -> NotAllowedError:
    """What to say where a person's private key is not on this computer."""
    return NotAllowedError(
        N_("{name} signs with the key {key}, and it is not on this computer.", name=person.name,
           key=shortened(fingerprint)),
        advice=N_(
            "Sign where the key is, or bring it here under People, “Signing key…” (“diptych keys take”). "
            "If it is lost, have it retired."
        ),
    )  # fmt: skip


def signed(session: Session, story: str, signoff: SignOff, by: Person, signer: Signer | None) -> SignOff:
    """Put a person's signature under the statement of a sign-off; without a key it stays as it is.

    Raises:
        NotAllowedError: the person has a key and does not sign with it, or the house demands a signature.
    """
    made = _signed(session, signed_signoff(story, signoff), by, signer)
    return replace(signoff, key=made.key, signature=made.signature)


def signed_later(session: Session, approved: Emergency, by: Person, signer: Signer | None) -> Emergency:
    """Put a person's signature under the approval of what went out in an emergency, as ``signed`` does.

    Raises:
        NotAllowedError: as there.
    """
    stated = signed_approval(approved)
    assert stated is not None, "it says who approved"
    made = _signed(session, stated, by, signer)
    return replace(approved, approval_key=made.key, approval_signature=made.signature)


def withdrawn(session: Session, story: str, signoff: SignOff, by: Person, signer: Signer | None) -> SignOff:
    """Put a person's signature under the withdrawal of a sign-off; without a key it stays as it is.

    Nobody is kept from taking a statement back for want of a key, whatever the house demands.

    Raises:
        NotAllowedError: the person has a key and does not sign with it.
    """
    stated = signed_withdrawal(story, signoff)
    assert stated is not None, "it says who took it back"
    made = _signed(session, stated, by, signer, demanded=False)
    return replace(signoff, withdrawn_key=made.key, withdrawn_signature=made.signature)


def _signed(session: Session, stated: Signed, by: Person, signer: Signer | None, *, demanded: bool = True) -> Signed:
    key = person_keys.active(session, by.id)
    if key is None:
        if demanded and people_store.fact(session, DEMANDED) == _ON:
            raise NotAllowedError(
                N_("This archive demands a signature, and {name} has no key.", name=by.name),
                advice=N_("Make one with “diptych keys new”, or under People; an archivist confirms it."),
            )
        return stated
    if signer is None or signer.fingerprint != key.fingerprint:
        raise missing(by, key.fingerprint)
    made = replace(stated, key=key.fingerprint, signature=signer.sign(stated.stated.message()).hex())
    reason = fault_of(made, {key.fingerprint: key}, ed25519.holds)
    if reason is not None:
        raise NotAllowedError(
            N_("The signature does not hold: {reason}.", reason=reason), advice=N_("Retire the key and make a new one.")
        )
    return made


def demands(desk: Desk) -> bool:
    """Whether a sign-off without a signature is refused here."""
    with desk.archive.read() as session:
        return people_store.fact(session, DEMANDED) == _ON


def set_demand(session: Session, *, on: bool) -> bool:
    """Write down whether signatures are demanded; return whether that is another answer than before."""
    was = people_store.fact(session, DEMANDED) == _ON
    if was != on:
        people_store.set_fact(session, DEMANDED, _ON if on else "welcome")
    return was != on


def check_signature(statement: Statement, signature: str, public: str) -> bool:
    """Whether ``signature`` was made over this very statement with the private part of ``public`` (both in hex)."""
    return check(statement, signature, public, ed25519.holds)


def fault_coming_in(session: Session, signed: Signed) -> Message | None:
    """Why the signature of a statement that comes into the archive now proves nothing; None where it holds or is none.

    The key must be active now: for one that was retired meanwhile nothing shows that the statement is older.
    """
    keys: Mapping[str, PersonKey] = person_keys.known(session)
    reason = fault_of(signed, keys, ed25519.holds)
    if reason is not None or signed.key is None:
        return reason
    key = keys[signed.key]
    if key.active:
        return None
    return N_("its key {key} was retired here before it came home", key=shortened(key.fingerprint))
