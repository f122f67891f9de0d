"""Ed25519 signatures (RFC 8032), and public keys as files (RFC 8410, PEM).

``cryptography`` is loaded by the first call: most runs of the program sign and check nothing.
"""

from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

KEY_BYTES = 32
_LARGEST_FILE = 16_384
_SIGN_BIT = 0x7F
# The points of small order, by their y: with one of them as a key, a signature holds for words nobody signed.
_SMALL = frozenset(
    bytes.fromhex(digits)
    for digits in (
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    )
)


def new_private() -> bytes:
    """Make a private key: 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - loaded when it is needed

    return ed25519.Ed25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public part of a private key: 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - loaded when it is needed

    return ed25519.Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(private: bytes, message: bytes) -> bytes:
    """Sign ``message``: 64 bytes, the same ones every time."""
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - loaded when it is needed

    return ed25519.Ed25519PrivateKey.from_private_bytes(private).sign(message)


def holds(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether ``signature`` was made over ``message`` with the private part of ``public``; no input raises."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - loaded when it is needed
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - loaded when it is needed

    if not is_sound(public):
        return False
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_sound(public: bytes) -> bool:
    """Whether these bytes can stand for one person: a key's length, and no point of small order."""
    return len(public) == KEY_BYTES and public[:-1] + bytes([public[-1] & _SIGN_BIT]) not in _SMALL


def to_pem(public: bytes, *, told: str) -> str:
    """Write a public key as PEM, which other programs read too; ``told`` are lines for people above it."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - loaded when it is needed
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - loaded when it is needed

    key = ed25519.Ed25519PublicKey.from_public_bytes(public)
    pem = key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return f"{told}\n{pem.decode('ascii')}"


def from_pem(content: bytes, *, subject: str) -> bytes:
    """Read a public key from a PEM file; ``subject`` is the file's name.

    Raises:
        InputRefusedError: there is no public Ed25519 key in it, or a private one.
    """
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - loaded when it is needed
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - loaded when it is needed
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - loaded when it is needed

    if b"PRIVATE KEY" in content:
        raise InputRefusedError(
            N_("this file has a private key in it, which belongs to one person alone"),
            subject=subject,
            advice=N_("take the file that “diptych keys export” writes"),
        )
    begin = content.find(b"-----BEGIN PUBLIC KEY-----")
    try:
        if begin < 0 or len(content) > _LARGEST_FILE:
            raise ValueError(subject)
        key = serialization.load_pem_public_key(content[begin:])
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _no_key(subject) from error
    if not isinstance(key, ed25519.Ed25519PublicKey) or not is_sound(public := key.public_bytes_raw()):
        raise _no_key(subject)
    return public


def _no_key(subject: str) -> InputRefusedError:
    return InputRefusedError(
        N_("there is no public key (Ed25519) in this file"),
        subject=subject,
        advice=N_("take the file that “diptych keys export” writes"),
    )
