"""The house's style: the one that travels with the program, and an archive's own, kept as one of its facts.

A style is data from outside. It is read, and its patterns are compiled, before it is written; so what lies in an
archive can be used, and where an archive was altered by other hands, its style gives way to the program's. Names that
were accepted one by one are a fact of their own: an archive that changed nothing else goes on with the program's style.
"""

import json
import logging
from functools import cache
from pathlib import Path

from desktop_app.desk.cataloguing import read_file
from desktop_app.desk.desk import Changes, Desk
from desktop_app.domain.house_style import HouseStyle, style_data, style_from
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import InputRefusedError, WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.foundation.resources import resource
from desktop_app.language.checks import CHECKS
from desktop_app.language.patterns import Compiled, compiled
from desktop_app.store import people as facts

_STYLE = "house-style"
_NAMES = "house-names"
_MAX_BYTES = 1 << 20
_log = logging.getLogger(__name__)


@cache
def default_style() -> HouseStyle:
    """The style that travels with the program, ``resources/rules/house.json``."""
    return style_from(json.loads(resource("rules", "house.json").read_text("utf-8")))


def house_style(desk: Desk) -> HouseStyle:
    """The archive's style, else the program's."""
    with desk.archive.read() as session:
        stored, names = facts.fact(session, _STYLE), facts.fact(session, _NAMES)
    style = default_style()
    try:
        if stored is not None:
            style = style_from(json.loads(stored))
            compile_patterns(style)
        return style.with_names(style_from({"names": json.loads(names)}).names if names else ())
    except (ValueError, RecursionError, InputRefusedError) as error:
        _log.warning("the house style of the archive cannot be used, the program's own is taken: %s", error)
        return default_style()


def set_house_style(desk: Desk, style: HouseStyle, *, by: Person | None = None) -> Changes:
    """Give the archive another style.

    Raises:
        InputRefusedError: a pattern is no regular expression, or could take too long; the place names it.
        WrongUsageError: it switches off a check that does not exist.
    """
    style = style_from(style_data(style))
    compile_patterns(style)
    known = {check.id for check in CHECKS}
    for name in style.switched_off:
        if name not in known:
            raise WrongUsageError(
                N_("There is no check called “{name}”.", name=name),
                subject="switched_off",
                advice=N_("The checks are: {known}.", known=", ".join(sorted(known))),
            )
    with desk.archive.write() as unit:
        facts.set_fact(unit.session, _STYLE, json.dumps(style_data(style), ensure_ascii=False, sort_keys=True))
        facts.set_fact(unit.session, _NAMES, "")
        unit.record("house style set", person=by.id if by else None)
    return Changes(style=True)


def add_name(desk: Desk, word: str, *, by: Person | None = None) -> Changes:
    """Accept a word in spelling from now on.

    Raises:
        InputRefusedError: it is no word, or there are too many.
    """
    word = " ".join(word.split())
    with desk.archive.write() as unit:
        known = house_style(desk)
        if word in known.names:
            return Changes()
        known.with_names([word])
        stored = facts.fact(unit.session, _NAMES)
        added = HouseStyle(names=tuple(json.loads(stored) if stored else ())).with_names([word])
        facts.set_fact(unit.session, _NAMES, json.dumps(added.names, ensure_ascii=False))
        unit.record("name added to the house style", person=by.id if by else None, name=word)
    return Changes(style=True)


def read_style(path: Path) -> HouseStyle:
    """Read a style of a JSON file.

    Raises:
        InputRefusedError: it cannot be read, or is no style; the error names the field.
    """
    data = read_file(path, _MAX_BYTES)
    try:
        return style_from(json.loads(data))
    except (ValueError, RecursionError) as error:
        raise InputRefusedError(
            N_("This is not JSON: {why}", why=str(error)),
            subject=str(path),
            advice=N_("“diptych style show” prints the style as it stands."),
        ) from error
    except InputRefusedError as error:
        error.subject = error.subject or str(path)
        raise


def style_text(style: HouseStyle) -> str:
    """Write a style as the JSON that ``read_style`` reads."""
    return json.dumps(style_data(style), ensure_ascii=False, indent=1)


def compile_patterns(style: HouseStyle) -> tuple[Compiled, ...]:
    """Compile the patterns of a style.

    Raises:
        InputRefusedError: one is no regular expression, or could take too long; the place names it.
    """
    return tuple(compiled(pattern) for pattern in style.patterns)
