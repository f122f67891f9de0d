"""Where private keys lie: sealed files that one passphrase opens, and a keyring reached through keyring itself."""

import json
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from desktop_app.domain.statements import fingerprint_of
from desktop_app.foundation import ed25519, sealed_key
from desktop_app.foundation.errors import (
    ArchiveUnavailableError,
    CancelledError,
    InputRefusedError,
    NotAllowedError,
    WrongUsageError,
)
from desktop_app.foundation.key_store import KeyPlace, KeyStore, keys_dir
from desktop_app.foundation.messages import N_

PRIVATE = bytes(range(32))
PUBLIC = ed25519.public_of(PRIVATE)
FINGERPRINT = fingerprint_of(PUBLIC)
CHEAP = 1 << 10
SEALED = sealed_key.seal(PRIVATE, "correct horse", cost=CHEAP)


class Keeping(KeyringBackend):
    """A keyring in this process, as a system's own is one in another."""

    priority = 5  # type: ignore[assignment] # a property of the class in keyring

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


class Plain(Keeping):
    priority = 0.5  # type: ignore[assignment] # below what keyring recommends: it hides nothing


class Locked(Keeping):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(f"{service} is locked")


class Forgetful(Keeping):
    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Silent(Keeping):
    def __init__(self) -> None:
        super().__init__()
        self.end = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.end.wait(60)
        return None


@pytest.fixture
def in_force() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_the_tests_have_no_keyring(tmp_path: Path) -> None:
    store = KeyStore(tmp_path)
    assert store.keyring_name() is None
    assert store.place(FINGERPRINT) is None


@pytest.mark.usefixtures("in_force")
def test_a_key_goes_into_the_keyring_and_out_of_it(tmp_path: Path) -> None:
    backend = Keeping()
    keyring.set_keyring(backend)
    store = KeyStore(tmp_path)
    store.keep_in_keyring(FINGERPRINT, PRIVATE)
    assert keyring.get_password("diptych", FINGERPRINT) == PRIVATE.hex()
    assert store.place(FINGERPRINT) is KeyPlace.KEYRING
    assert store.from_keyring(FINGERPRINT) == PRIVATE
    store.forget(FINGERPRINT)
    assert backend.kept == {}
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("in_force")
def test_a_keyring_that_hides_nothing_is_none(tmp_path: Path) -> None:
    keyring.set_keyring(Plain())
    assert KeyStore(tmp_path).keyring_name() is None


@pytest.mark.usefixtures("in_force")
def test_a_locked_keyring_refuses_and_says_so(tmp_path: Path) -> None:
    keyring.set_keyring(Locked())
    with pytest.raises(NotAllowedError, match="diptych is locked"):
        KeyStore(tmp_path).from_keyring(FINGERPRINT)


@pytest.mark.usefixtures("in_force")
def test_a_keyring_that_keeps_nothing_is_found_out_before_the_key_is_trusted(tmp_path: Path) -> None:
    keyring.set_keyring(Forgetful())
    with pytest.raises(NotAllowedError, match="did not keep"):
        KeyStore(tmp_path).keep_in_keyring(FINGERPRINT, PRIVATE)


@pytest.mark.usefixtures("in_force")
def test_a_keyring_that_never_answers_is_not_waited_for(tmp_path: Path) -> None:
    backend = Silent()
    keyring.set_keyring(backend)
    with pytest.raises(NotAllowedError, match="does not answer"):
        KeyStore(tmp_path, seconds=0.05).from_keyring(FINGERPRINT)
    backend.end.set()


class Slow(Keeping):
    """Keeps a key when its ``end`` is set, as a keyring does whose question stands open; counts what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.end, self.gone = threading.Event(), threading.Event(), threading.Event()

    def set_password(self, service: str, username: str, password: str) -> None:
        self.begun.set()
        self.end.wait(60)
        super().set_password(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        super().delete_password(service, username)
        self.gone.set()


@pytest.mark.usefixtures("in_force")
def test_what_a_keyring_keeps_after_its_time_is_taken_away_again(tmp_path: Path) -> None:
    backend = Slow()
    keyring.set_keyring(backend)
    with pytest.raises(NotAllowedError, match="does not answer"):
        KeyStore(tmp_path, seconds=0.05).keep_in_keyring(FINGERPRINT, PRIVATE)
    backend.end.set()
    assert backend.gone.wait(10)
    assert backend.kept == {}


@pytest.mark.usefixtures("in_force")
def test_nobody_waits_for_a_keyring_who_has_given_up(tmp_path: Path) -> None:
    backend = Slow()
    keyring.set_keyring(backend)

    def give_up() -> None:
        assert backend.begun.wait(10)
        raise CancelledError(N_("The job was cancelled."))

    with pytest.raises(CancelledError):
        KeyStore(tmp_path, check=give_up).keep_in_keyring(FINGERPRINT, PRIVATE)
    backend.end.set()
    assert backend.gone.wait(10)
    assert backend.kept == {}


def test_garbage_in_the_keyring_is_no_key(tmp_path: Path, in_force: None) -> None:
    backend = Keeping()
    backend.kept["diptych", FINGERPRINT] = "no digits"
    keyring.set_keyring(backend)
    assert KeyStore(tmp_path).from_keyring(FINGERPRINT) is None


def test_sealed_keys_lie_in_the_user_s_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "diptych" in keys_dir().parts
    monkeypatch.setenv("DIPTYCH_KEYS_DIR", str(tmp_path))
    assert keys_dir() == tmp_path


def test_a_sealed_key_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = KeyStore(tmp_path / "keys").keep_file(FINGERPRINT, SEALED)
    assert KeyStore(tmp_path / "keys").sealed(FINGERPRINT) == SEALED
    assert KeyStore(tmp_path / "keys").place(FINGERPRINT) is KeyPlace.FILE
    if sys.platform != "win32":  # there the profile's own list of rights stands for them
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file")
    with pytest.raises(ArchiveUnavailableError):
        KeyStore(tmp_path / "keys").keep_file(FINGERPRINT, SEALED)


def test_one_passphrase_opens_a_sealed_key() -> None:
    assert sealed_key.unseal(SEALED, "correct horse", subject="key") == PRIVATE
    assert PRIVATE.hex() not in SEALED.decode()
    for wrong in ("", "correct horse ", "Correct horse"):
        with pytest.raises(NotAllowedError, match="does not open"):
            sealed_key.unseal(SEALED, wrong, subject="key")


def test_a_passphrase_may_be_chinese_and_typed_in_any_form() -> None:
    sealed = sealed_key.seal(PRIVATE, "café 正确的马", cost=CHEAP)
    assert sealed_key.unseal(sealed, "cafe\u0301 正确的马", subject="key") == PRIVATE


def test_two_seals_of_one_key_have_nothing_in_common() -> None:
    first, second = (json.loads(sealed_key.seal(PRIVATE, "correct horse", cost=CHEAP)) for _ in range(2))
    assert all(first[name] != second[name] for name in ("salt", "nonce", "sealed"))


@pytest.mark.parametrize("short", ["", "1234567", "       a   "])
def test_a_short_passphrase_is_refused(short: str) -> None:
    with pytest.raises(WrongUsageError):
        sealed_key.require_passphrase(short)


@settings(max_examples=60)
@given(st.data())
def test_whatever_is_altered_in_a_sealed_key_does_not_open(data: st.DataObject) -> None:
    row = json.loads(SEALED)
    name = data.draw(st.sampled_from(sorted(row)))
    old = row[name]
    row[name] = data.draw(
        st.one_of(
            st.sampled_from([CHEAP * 2, CHEAP + 1, 1 << 40, 0, -1, True]) if name == "cost" else st.nothing(),
            st.text("0123456789abcdef", min_size=len(str(old)), max_size=len(str(old))),
            st.none(),
            st.lists(st.integers()),
        ).filter(lambda value: value != old)
    )
    with pytest.raises((NotAllowedError, InputRefusedError)):
        sealed_key.unseal(json.dumps(row).encode(), "correct horse", subject="key")


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: json.dumps(text).encode()))
def test_any_bytes_are_refused_as_no_sealed_key(content: bytes) -> None:
    with pytest.raises(InputRefusedError):
        sealed_key.unseal(content, "correct horse", subject="key")


def test_a_deep_or_huge_file_is_refused_as_no_sealed_key() -> None:
    for content in (b"[" * 16_000, b" " * 20_000 + SEALED):
        with pytest.raises(InputRefusedError):
            sealed_key.unseal(content, "correct horse", subject="key")


def test_a_public_key_travels_as_a_file_that_other_programs_read() -> None:
    pem = ed25519.to_pem(PUBLIC, told="Diptych public key of 王敏").encode()
    assert pem.startswith("Diptych public key of 王敏\n-----BEGIN PUBLIC KEY-----\n".encode())
    assert ed25519.from_pem(pem, subject="k.pem") == PUBLIC


RSA_LIKE = b"-----BEGIN PUBLIC KEY-----\nMFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAK0=\n-----END PUBLIC KEY-----\n"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"-----BEGIN PUBLIC KEY-----",
        RSA_LIKE,
        b"-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----\n",
        b"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA" + b"A" * 43 + b"=\n-----END PUBLIC KEY-----\n",
        ed25519.to_pem(PUBLIC, told="x" * 20_000).encode(),
    ],
    ids=["empty", "cut", "other kind", "private", "small order", "huge"],
)
def test_a_file_without_a_sound_public_key_is_refused(content: bytes) -> None:
    with pytest.raises(InputRefusedError):
        ed25519.from_pem(content, subject="k.pem")


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_as_no_public_key(content: bytes) -> None:
    pem = b"-----BEGIN PUBLIC KEY-----\n" + content + b"\n-----END PUBLIC KEY-----\n"
    with pytest.raises(InputRefusedError):
        ed25519.from_pem(pem, subject="k.pem")
