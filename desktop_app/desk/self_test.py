"""Trying every part that the installed program needs, without touching anything of the user's."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from desktop_app.desk.desk import open_desk
from desktop_app.desk.exporting import FORMATS, export
from desktop_app.desk.lexicons import dictionary
from desktop_app.desk.samples import make_sample
from desktop_app.desk.spelling import speller
from desktop_app.desk.stories import list_stories
from desktop_app.desk.verification import verify
from desktop_app.domain.story import StoryState
from desktop_app.foundation import ed25519, sealed_key
from desktop_app.foundation.errors import BugError
from desktop_app.foundation.i18n import LANGUAGES, load_catalog
from desktop_app.foundation.key_store import KeyStore
from desktop_app.foundation.resources import migrations, resource, schema_file

_NEEDED = (
    ("fonts", "NotoSerif-Regular.ttf"),
    ("fonts", "NotoSerifSC-Regular.ttf"),
    ("fonts", "NotoSans-Regular.ttf"),
    ("fonts", "NotoSansSC-Regular.ttf"),
    ("fonts", "OFL.txt"),
    ("dictionaries", "en_GB.dic"),
    ("dictionaries", "en_US.dic"),
    ("icons", "diptych.svg"),
    ("styles", "tokens.json"),
    ("LICENSES.md",),
)


def self_test(probe_window: Callable[[], None]) -> dict[str, str]:
    """Try each part; return ``ok`` or the reason by its name. The window's trial is handed in by the caller."""
    parts: dict[str, Callable[[], None]] = {
        "resources": _resources,
        "catalogs": _catalogs,
        "dictionaries": _dictionaries,
        "archive and exports": _archive,
        "signatures": _signatures,
        "window": probe_window,
    }
    return {name: _tried(part) for name, part in parts.items()}


def _tried(part: Callable[[], None]) -> str:
    try:
        part()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a part is this function's answer
        return f"{type(error).__name__}: {error}"
    return "ok"


def _resources() -> None:
    missing = ["/".join(parts) for parts in _NEEDED if not resource(*parts).is_file()]
    missing += [str(path) for path in (migrations() / "env.py", schema_file()) if not path.is_file()]
    if missing:
        raise BugError(f"missing: {', '.join(missing)}")


def _catalogs() -> None:
    for language in LANGUAGES:
        load_catalog(language)


def _dictionaries() -> None:
    """Spell a word of each variety, and look a word up."""
    for variety in ("en-GB", "en-US"):
        if not speller(variety).known("university"):
            raise BugError(f"the dictionary of {variety} knows no words")
    if not dictionary().entries:
        raise BugError("CC-CEDICT is missing")


def _signatures() -> None:
    """Seal a key and open it, sign and check, and load what looks for the system's keyring."""
    private = ed25519.new_private()
    opened = sealed_key.unseal(sealed_key.seal(private, "self-test"), "self-test", subject="self-test")
    if not ed25519.holds(ed25519.public_of(private), ed25519.sign(opened, b"self-test"), b"self-test"):
        raise BugError("a signature does not hold")
    KeyStore().keyring_name()


def _archive() -> None:
    """Make the sample archive in a scratch folder, export an approved story to every format, and verify."""
    with tempfile.TemporaryDirectory(prefix="diptych-self-test-") as scratch:
        make_sample(Path(scratch) / "archive").close()
        desk = open_desk(Path(scratch) / "archive")
        try:
            approved = list_stories(desk, state=StoryState.APPROVED)[0].summary.id
            for to in FORMATS:
                export(desk, [approved], to, Path(scratch) / f"story.{to}")
            found = verify(desk)
            if found.problems:
                raise BugError(f"verify found: {found.problems[0].reason}")
        finally:
            desk.close()
