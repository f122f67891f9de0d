"""Bring the catalogs up to date with the sentences in the code, or, with ``--check``, say what is missing.

A sentence is what stands in ``N_("…")`` or ``NN_("…", "…", n)``. English is written from the code; Chinese keeps what
is translated, and sentences that left the code leave the catalog. ``--missing`` prints the untranslated ones.
"""

import argparse
import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
KEYWORDS = {"N_": None, "NN_": (1, 2)}
LANGUAGES = ("en", "zh_Hans")
_FIELD = re.compile(r"\{(\w+)[^}]*\}")


def main() -> int:
    """Write the catalogs, or check them; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when something is missing or stale")
    parser.add_argument("--missing", action="store_true", help="print the sentences without a Chinese translation")
    chosen = parser.parse_args()
    template = extract()
    problems: list[str] = []
    for language in LANGUAGES:
        made = updated(template, language)
        data = as_bytes(made)
        path = catalog_path(language)
        problems += [f"{language}: {text}" for text in incomplete(made)]
        if chosen.check:
            if not path.is_file() or path.read_bytes() != data:
                problems.append(f"{language}: the catalog is not up to date; run python packaging/make_catalogs.py")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    if chosen.check or chosen.missing:
        print("\n".join(problems) or f"{len(template)} sentences, complete in {', '.join(LANGUAGES)}")
        return 1 if problems and chosen.check else 0
    print(f"{len(template)} sentences, {len(problems)} without a translation")
    return 0


def catalog_path(language: str) -> Path:
    """The catalog file of a language."""
    return LOCALE / language / "LC_MESSAGES" / "diptych.po"


def extract() -> Catalog:
    """Read every sentence out of the code."""
    template = Catalog(project="Diptych", domain="diptych", charset="utf-8")
    found = extract_from_dir(ROOT / "desktop_app", method_map=[("**.py", "python")], keywords=KEYWORDS)
    for file, _line, key, _comments, _context in found:
        template.add(key, locations=[(f"desktop_app/{Path(file).as_posix()}", None)])  # type: ignore[list-item]
    return template


def updated(template: Catalog, language: str) -> Catalog:
    """The catalog of a language with the template's sentences and what is translated of them."""
    path = catalog_path(language)
    old = Catalog()
    if path.is_file():
        with path.open("rb") as file:
            old = read_po(file, locale=language, domain="diptych")
    made = Catalog(locale=language, domain="diptych", project="Diptych", fuzzy=False)
    for message in sorted((m for m in template if m.id), key=as_key):
        known = old.get(as_key(message))
        text = message.id if language == "en" else (known.string if known is not None else None)
        locations = sorted({(name, None) for name, _ in message.locations})
        made.add(message.id, string=text, locations=locations)  # type: ignore[arg-type]
    return made


def as_key(message: Message) -> str:
    """The sentence, or the singular of a sentence with plural."""
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def as_bytes(catalog: Catalog) -> bytes:
    """The catalog as a file without dates, so that the same sentences give the same bytes."""
    catalog.mime_headers = [
        (name, value)
        for name, value in catalog.mime_headers
        if name in {"Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"}
    ]
    buffer = BytesIO()
    write_po(buffer, catalog, width=120, omit_header=True)
    header = f'msgid ""\nmsgstr ""\n"Language: {catalog.locale_identifier}\\n"\n'
    header += '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    header += f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    return header.encode() + buffer.getvalue()


def incomplete(catalog: Catalog) -> list[str]:
    """What is wrong with the translations: missing ones, and values that are not those of the sentence."""
    problems: list[str] = []
    for message in catalog:
        if not message.id:
            continue
        texts = [
            text or "" for text in (message.string if isinstance(message.string, tuple | list) else (message.string,))
        ]
        if not all(texts):
            problems.append(f"not translated: {as_key(message)!r}")
            continue
        wanted = {name for text in _sides(message) for name in _FIELD.findall(text)}
        plural = isinstance(message.id, tuple | list)
        for text in texts:
            found = set(_FIELD.findall(text))
            if found - wanted or (wanted - found and not plural):  # one form of a plural may do without a value
                problems.append(f"other values than the sentence: {as_key(message)!r} -> {text!r}")
    return problems


def _sides(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, tuple | list) else (message.id,)


if __name__ == "__main__":
    sys.exit(main())
