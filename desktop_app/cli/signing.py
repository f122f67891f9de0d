"""Signing by command: where the passphrase of a key comes from, without ever waiting for somebody who is not there."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from desktop_app.cli.commands import PATH, Option
from desktop_app.cli.console import Console
from desktop_app.desk.desk import Desk
from desktop_app.desk.signatures import Signer, signer_for
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import InputRefusedError, WrongUsageError, reason_of
from desktop_app.foundation.key_store import KeyStore
from desktop_app.foundation.messages import N_, Message

PASSPHRASE_FILE = "DIPTYCH_PASSPHRASE_FILE"
_LONGEST = 4096


def passphrase_option() -> Option:
    """The option that names a file with the passphrase."""
    return Option(
        ["--passphrase-file"],
        type=PATH,
        metavar="FILE",
        says=N_(
            "A file whose first line is the passphrase of the key; else $DIPTYCH_PASSPHRASE_FILE, else it is asked."
        ),
    )


def signer(console: Console, desk: Desk, by: Person, passphrase_file: Path | None) -> Signer | None:
    """The signer of whoever acts; None where they have no key.

    Raises:
        NotAllowedError: the key is not on this computer, or does not open.
        WrongUsageError: it needs a passphrase, and none was named or can be asked for.
    """
    asked = passphrase(console, passphrase_file, N_("Passphrase of the key of {name}", name=by.name))
    return signer_for(desk, by, KeyStore(), asked)


def named_file(passphrase_file: Path | None) -> Path | None:
    """The file with the passphrase: the one given, else the environment's."""
    named = os.environ.get(PASSPHRASE_FILE)
    return passphrase_file or (Path(named) if named else None)


def passphrase(
    console: Console, passphrase_file: Path | None, question: Message, *, twice: bool = False
) -> Callable[[], str]:
    """How to get a passphrase: from its file, else from the terminal, where a new one is asked for twice."""

    def ask() -> str:
        path = named_file(passphrase_file)
        if path is not None:
            return _first_line(path)
        if sys.stdin is None or not sys.stdin.isatty():
            raise WrongUsageError(
                N_("A new passphrase is needed, and there is nobody to ask for it.")
                if twice
                else N_("The key is closed with a passphrase, and there is nobody to ask for it."),
                advice=N_("Name a file that has it with --passphrase-file or $DIPTYCH_PASSPHRASE_FILE."),
            )
        again: bool | str = console.text(N_("Once more")) if twice else False
        told: str = click.prompt(console.text(question), hide_input=True, confirmation_prompt=again, err=True)
        return told

    return ask


def _first_line(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST + 1)
    except OSError as error:
        raise InputRefusedError(
            N_("The file cannot be read: {why}.", why=reason_of(error)), subject=str(path)
        ) from error
    try:
        line = content.decode("utf-8-sig").split("\n", 1)[0].rstrip("\r")
    except UnicodeDecodeError:
        line = ""
    if not line or len(content) > _LONGEST:
        raise WrongUsageError(
            N_("There is no passphrase in this file."),
            subject=str(path),
            advice=N_("Its first line, as UTF-8, is the passphrase."),
        )
    return line
