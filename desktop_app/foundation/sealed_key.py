"""A private key as a file that a passphrase opens: scrypt (RFC 7914) and ChaCha20-Poly1305 (RFC 8439), as JSON.

What the file says of itself (whose key, how it is sealed) is authenticated with the key: altered, it does not open.
"""

import json
import os
import unicodedata
from typing import Any

import rfc8785

from desktop_app.foundation import ed25519
from desktop_app.foundation.errors import InputRefusedError, NotAllowedError, WrongUsageError
from desktop_app.foundation.messages import N_

SHORTEST_PASSPHRASE = 8
LARGEST_FILE = 16_384
_KIND, _FORMAT = "diptych private key", 1
_COST = 1 << 16  # with r = 8: 64 MB and about 0.2 s for each guess
_COSTS = range(1 << 10, (1 << 18) + 1)  # what a file may ask of this computer: 256 MB at most
_BLOCK, _PARALLEL = 8, 1
_SALT_BYTES, _NONCE_BYTES = 16, 12


def require_passphrase(passphrase: str) -> str:
    """Return the passphrase for a new key.

    Raises:
        WrongUsageError: it is too short to keep anybody out.
    """
    if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
        raise WrongUsageError(
            N_("The passphrase needs {n} characters or more.", n=SHORTEST_PASSPHRASE),
            advice=N_("Several words in a row are easy to keep in mind."),
        )
    return passphrase


def seal(private: bytes, passphrase: str, *, cost: int = _COST) -> bytes:
    """Close a private key with a passphrase; ``cost`` is the N of scrypt."""
    head: dict[str, Any] = {
        "kind": _KIND,
        "format": _FORMAT,
        "public": ed25519.public_of(private).hex(),
        "cost": cost,
        "salt": os.urandom(_SALT_BYTES).hex(),
        "nonce": os.urandom(_NONCE_BYTES).hex(),
    }
    sealed = _cipher(passphrase, head).encrypt(bytes.fromhex(head["nonce"]), private, rfc8785.dumps(head))
    return json.dumps({**head, "sealed": sealed.hex()}, indent=1).encode("ascii") + b"\n"


def unseal(content: bytes, passphrase: str, *, subject: str) -> bytes:
    """Open what ``seal`` closed; ``subject`` is the file's name.

    Raises:
        InputRefusedError: it is no such file, or asks for too much.
        NotAllowedError: the passphrase is not the one, or the file was altered.
    """
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - loaded when it is needed

    head, sealed = _read(content, subject)
    try:
        private: bytes = _cipher(passphrase, head).decrypt(bytes.fromhex(head["nonce"]), sealed, rfc8785.dumps(head))
    except InvalidTag as error:
        raise NotAllowedError(
            N_("The passphrase does not open the key."), advice=N_("Try again; capital letters count.")
        ) from error
    if len(private) != ed25519.KEY_BYTES or ed25519.public_of(private).hex() != head["public"]:
        raise _no_sealed_key(subject)
    return private


def public_of_sealed(content: bytes, *, subject: str) -> bytes:
    """The public part that a sealed key says it has; opening it proves that.

    Raises:
        InputRefusedError: it is no such file.
    """
    return bytes.fromhex(_read(content, subject)[0]["public"])


def _cipher(passphrase: str, head: dict[str, Any]) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import (  # noqa: PLC0415 - loaded when it is needed
        ChaCha20Poly1305,
    )
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt  # noqa: PLC0415 - loaded when it is needed

    salt, cost = bytes.fromhex(head["salt"]), head["cost"]
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return ChaCha20Poly1305(Scrypt(salt=salt, length=32, n=cost, r=_BLOCK, p=_PARALLEL).derive(typed))


def _read(content: bytes, subject: str) -> tuple[dict[str, Any], bytes]:
    try:
        row = json.loads(content) if len(content) <= LARGEST_FILE else None
        if not isinstance(row, dict) or row.get("kind") != _KIND or row.get("format") != _FORMAT:
            raise _no_sealed_key(subject)
        sealed = bytes.fromhex(row.pop("sealed"))
        sizes = {"public": ed25519.KEY_BYTES, "salt": _SALT_BYTES, "nonce": _NONCE_BYTES}
        fits = all(len(bytes.fromhex(row[name])) == size for name, size in sizes.items())
        cost = row["cost"]
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise _no_sealed_key(subject) from error
    if not fits or type(cost) is not int or cost not in _COSTS or cost & (cost - 1):
        raise _no_sealed_key(subject)
    return row, sealed


def _no_sealed_key(subject: str) -> InputRefusedError:
    return InputRefusedError(
        N_("there is no private key of Diptych in this file"),
        subject=subject,
        advice=N_("retire the key if its file is damaged, and make a new one"),
    )
