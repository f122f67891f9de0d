"""Where this computer keeps private keys: the system's keyring, else sealed files of the user's; never in an archive.

``keyring`` is loaded by the first call, and each call is given a time: a keyring that asks for its own password where
nobody sits would never answer.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from desktop_app.foundation.errors import ArchiveUnavailableError, NotAllowedError, reason_of
from desktop_app.foundation.messages import N_
from desktop_app.foundation.sealed_key import LARGEST_FILE

_log = logging.getLogger(__name__)

KEYS_DIR = "DIPTYCH_KEYS_DIR"
_SERVICE = "diptych"
_SECONDS = 90.0
_GLANCE = 0.1  # seconds between two looks whether anybody still waits
_LEAST_PRIORITY = 1  # what keyring recommends; below it are those that hide nothing


class KeyPlace(StrEnum):
    """Where a private key lies."""

    KEYRING = "keyring"
    FILE = "file"


def keys_dir() -> Path:
    """Return the folder of sealed keys; ``$DIPTYCH_KEYS_DIR`` goes before the system's own place."""
    chosen = os.environ.get(KEYS_DIR)
    return Path(chosen) if chosen else user_data_path("diptych", appauthor=False) / "keys"


def write_private(path: Path, content: bytes) -> None:
    """Write a file that this user alone can read, whole or not at all.

    Raises:
        ArchiveUnavailableError: it cannot be written.
    """
    part = Path(f"{path}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            part.unlink()
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError as error:
        raise ArchiveUnavailableError(
            N_("The key cannot be written: {why}.", why=reason_of(error)),
            subject=str(path),
            advice=N_("Make room or give the folder write permission, then try again."),
        ) from error


class KeyStore:
    """The private keys of this computer's user, each by the fingerprint of its public part."""

    def __init__(
        self, folder: Path | None = None, *, seconds: float = _SECONDS, check: Callable[[], None] = lambda: None
    ) -> None:
        """Take ``folder`` for sealed keys, else the user's own; ``seconds`` is how long the keyring may take.

        ``check`` is called while it takes its time, and raises where nobody waits for the answer any more.
        """
        self.folder = folder or keys_dir()
        self._seconds = seconds
        self._check = check

    def keyring_name(self) -> str | None:
        """What the system's keyring is called; None where there is none that keeps secrets."""
        backend = self._backend()
        return str(backend.name) if backend is not None else None

    def place(self, fingerprint: str) -> KeyPlace | None:
        """Where the private key lies; None: not on this computer.

        Raises:
            NotAllowedError: the keyring does not answer.
        """
        if self._file(fingerprint).is_file():
            return KeyPlace.FILE
        return KeyPlace.KEYRING if self.from_keyring(fingerprint) is not None else None

    def from_keyring(self, fingerprint: str) -> bytes | None:
        """The private key that the keyring has; None where it has none.

        Raises:
            NotAllowedError: it does not answer, or is locked.
        """
        backend = self._backend()
        if backend is None:
            return None
        found = self._asked(lambda: backend.get_password(_SERVICE, fingerprint))
        with suppress(ValueError, TypeError):
            return bytes.fromhex(found)
        return None

    def keep_in_keyring(self, fingerprint: str, private: bytes) -> None:
        """Let the keyring keep a private key.

        Raises:
            NotAllowedError: it does not, or does not give it back.
        """
        backend = self._backend()

        def keep() -> bool:
            backend.set_password(_SERVICE, fingerprint, private.hex())
            return bool(backend.get_password(_SERVICE, fingerprint) == private.hex())

        def take_away() -> None:
            backend.delete_password(_SERVICE, fingerprint)

        if backend is None or not self._asked(keep, undo=take_away):
            raise _unwilling(N_("it did not keep the key"))

    def sealed(self, fingerprint: str) -> bytes | None:
        """The sealed file of a private key; None where there is none.

        Raises:
            ArchiveUnavailableError: it cannot be read.
        """
        path = self._file(fingerprint)
        try:
            with path.open("rb") as file:
                return file.read(LARGEST_FILE + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ArchiveUnavailableError(
                N_("The key cannot be read: {why}.", why=reason_of(error)), subject=str(path)
            ) from error

    def keep_file(self, fingerprint: str, sealed: bytes) -> Path:
        """Keep a sealed private key as a file that this user alone can read; return where.

        Raises:
            ArchiveUnavailableError: it cannot be written.
        """
        path = self._file(fingerprint)
        write_private(path, sealed)
        return path

    def forget(self, fingerprint: str) -> None:
        """Take a private key away from here, where it is; the archive keeps its public part."""
        with suppress(OSError):
            self._file(fingerprint).unlink()
        backend = self._backend()
        if backend is not None and self.from_keyring(fingerprint) is not None:
            self._asked(lambda: backend.delete_password(_SERVICE, fingerprint))

    def _file(self, fingerprint: str) -> Path:
        return self.folder / f"{fingerprint}.json"

    def _backend(self) -> Any:
        """The keyring in force, None where it is one that keeps nothing or hides nothing."""
        import keyring  # noqa: PLC0415 - it looks for its backends, which takes its time

        try:
            backend = keyring.get_keyring()
            return backend if backend.priority >= _LEAST_PRIORITY and hasattr(backend, "name") else None
        except Exception as error:  # noqa: BLE001 - each backend has errors of its own; a file does instead
            _log.info("no keyring: %s", error)
            return None

    def _asked(self, call: Callable[[], Any], undo: Callable[[], None] = lambda: None) -> Any:
        """What the keyring answers within its time; ``undo`` follows an answer that comes after it.

        Raises:
            NotAllowedError: nothing, or an error.
        """
        answers: list[Any] = []
        errors: list[Exception] = []
        answered, given_up = threading.Event(), threading.Event()

        def ask() -> None:
            try:
                answers.append(call())
                if given_up.is_set():
                    undo()
            except Exception as error:  # noqa: BLE001 - each backend has errors of its own
                errors.append(error)
            answered.set()

        asking = threading.Thread(target=ask, daemon=True)  # one that never answers must not keep the program
        asking.start()
        until = time.monotonic() + self._seconds
        try:
            while not answered.wait(max(0.0, min(_GLANCE, until - time.monotonic()))) and time.monotonic() < until:
                self._check()
        finally:
            if not answered.is_set():
                given_up.set()
        if errors:
            raise _unwilling(str(errors[0]) or type(errors[0]).__name__) from errors[0]
        if not answers:
            raise _unwilling(N_("it does not answer"))
        return answers[0]


def _unwilling(why: object) -> NotAllowedError:
    return NotAllowedError(
        N_("The system's keyring refused: {why}.", why=why),
        advice=N_("Unlock it and try again, or keep the key in a file with a passphrase."),
    )
