"""The house's style as data: the variety of English, limits, accepted names, and patterns of the house's own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from desktop_app.domain.findings import Severity
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message

VARIETIES = ("", "en-GB", "en-US")
HEADLINE_CASES = ("", "sentence", "title")
CAPTION_STOPS = ("", "always", "never")
SIDES = ("source", "target")
NAME_PLACE = "{name}"
VERSION = 1

_MOST_NAMES = 20_000
_MOST_PATTERNS = 100
_LONGEST_NAME = 80
_LONGEST_PATTERN = 300
_LONGEST_ID = 40
_LARGEST_NUMBER = 10_000
_ID_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


@dataclass(frozen=True, slots=True)
class HousePattern:
    """One rule of the house as regular expressions.

    ``find`` is what must not stand on ``side`` (``source`` or ``target``), except where ``unless`` matches the same
    place. ``replacement`` may name groups of ``find`` (``\\1``); None offers no repair. ``message`` is the house's own
    sentence, in the house's own language.
    """

    id: str
    find: str
    message: str
    severity: Severity = Severity.NOTE
    side: str = "target"
    unless: str = ""
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """What a house has decided. What it left open (empty, or 0) is checked for consistency alone, or not at all.

    ``headline_limit`` counts characters, ``long_sentence`` words. ``caption_stop`` says whether a caption ends with a
    full stop. ``credit_form`` is how a caption names its photographer, with ``{name}`` in it. ``names`` are words that
    the spelling check accepts. ``switched_off`` holds ids of checks.
    """

    variety: str = ""
    headline_limit: int = 0
    headline_case: str = ""
    long_sentence: int = 0
    caption_stop: str = ""
    credit_form: str = ""
    names: tuple[str, ...] = ()
    patterns: tuple[HousePattern, ...] = ()
    switched_off: tuple[str, ...] = ()

    def with_names(self, words: Iterable[str]) -> "HouseStyle":
        """The style that accepts these words too, its names in order.

        Raises:
            InputRefusedError: one is no word, or there are too many.
        """
        new = set(words) - set(self.names)
        names = sorted({*self.names, *new}, key=lambda name: (name.casefold(), name))
        return replace(self, names=_names(names)) if new else self


NOTHING_DECIDED = HouseStyle()


def style_data(style: HouseStyle) -> dict[str, Any]:
    """Return a style as JSON data that ``style_from`` reads."""
    values: dict[str, Any] = {"version": VERSION}
    for field in fields(HouseStyle):
        value = getattr(style, field.name)
        values[field.name] = list(value) if isinstance(value, tuple) else value
    values["patterns"] = [_pattern_data(pattern) for pattern in style.patterns]
    return values


def _pattern_data(pattern: HousePattern) -> dict[str, Any]:
    return {field.name: getattr(pattern, field.name) for field in fields(HousePattern)} | {
        "severity": pattern.severity.value
    }


def style_from(data: object) -> HouseStyle:
    """Read a style of JSON data; what is not said there has its default.

    Raises:
        InputRefusedError: it is no style; the error's place names the field.
    """
    if not isinstance(data, Mapping):
        raise _refused(N_("A house style is a JSON object."), "")
    given = {str(key): value for key, value in data.items()}
    version = given.pop("version", VERSION)
    if version != VERSION:
        raise _refused(N_("This house style was written by a newer Diptych."), "version")
    unknown = sorted(given.keys() - _READERS.keys())
    if unknown:
        raise _refused(N_("A house style has no such field."), unknown[0])
    return HouseStyle(**{key: _read(key, read, given[key]) for key, read in _READERS.items() if key in given})


def _read(key: str, read: Callable[[Any], Any], value: object) -> Any:
    try:
        return read(value)
    except InputRefusedError as error:
        if not error.place:
            error.place = key
        raise


def _refused(reason: Message, place: str) -> InputRefusedError:
    return InputRefusedError(reason, place=place, advice=N_("“diptych style show” prints the style as it stands."))


def _one_of(choices: tuple[str, ...]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in choices:
            named = ", ".join(f"“{choice}”" for choice in choices)
            raise _refused(N_("The value must be one of {choices}.", choices=named), "")
        return str(value)

    return read


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LARGEST_NUMBER:
        raise _refused(N_("The value must be a whole number from 0 to {most}.", most=_LARGEST_NUMBER), "")
    return value


def _text(value: object, longest: int = _LONGEST_PATTERN) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise _refused(N_("The value must be a text of at most {n} characters.", n=longest), "")
    return value


def _list(value: object, most: int) -> list[object]:
    if not isinstance(value, list | tuple) or len(value) > most:
        raise _refused(N_("The value must be a list of at most {n} entries.", n=most), "")
    return list(value)


def _names(value: object) -> tuple[str, ...]:
    names = [_text(name, _LONGEST_NAME).strip() for name in _list(value, _MOST_NAMES)]
    for name in names:
        if not any(sign.isalpha() for sign in name) or any(sign in "\r\n\t\0" for sign in name):
            raise _refused(N_("“{name}” is no word.", name=name), "names")
    return tuple(dict.fromkeys(names))


def _credit_form(value: object) -> str:
    form = _text(value)
    if form and form.count(NAME_PLACE) != 1:
        raise _refused(N_("The form of a credit needs {place} once.", place=NAME_PLACE), "credit_form")
    return form


def _ids(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_text(one, _LONGEST_ID) for one in _list(value, _MOST_PATTERNS)))


def _patterns(value: object) -> tuple[HousePattern, ...]:
    patterns = tuple(_pattern(number, one) for number, one in enumerate(_list(value, _MOST_PATTERNS), start=1))
    ids = [pattern.id for pattern in patterns]
    for one in ids:
        if ids.count(one) > 1:
            raise _refused(N_("Two patterns have one id."), f"patterns: {one}")
    return patterns


def _pattern(number: int, data: object) -> HousePattern:
    if not isinstance(data, Mapping):
        raise _refused(N_("A pattern is a JSON object."), f"patterns: {number}")
    given = {str(key): value for key, value in data.items()}
    named = given.get("id")
    place = f"patterns: {named if isinstance(named, str) and named else number}"
    unknown = sorted(given.keys() - {field.name for field in fields(HousePattern)})
    if unknown:
        raise _refused(N_("A pattern has no field “{field}”.", field=unknown[0]), place)
    try:
        identity = _text(named, _LONGEST_ID)
        if not identity or not set(identity) <= _ID_SIGNS:
            raise _refused(N_("A pattern's id is written with small letters, digits and hyphens."), place)
        find, message = _text(given.get("find")), _text(given.get("message"))
        if not find or not message.strip():
            raise _refused(N_("A pattern needs what to find and a message."), place)
        replacement = given.get("replacement")
        return HousePattern(
            identity,
            find,
            message.strip(),
            Severity(_one_of(tuple(Severity))(given.get("severity", Severity.NOTE))),
            _one_of(SIDES)(given.get("side", "target")),
            _text(given.get("unless", "")),
            None if replacement is None else _text(replacement),
        )
    except InputRefusedError as error:
        error.place = error.place or place
        raise


_READERS: dict[str, Callable[[Any], Any]] = {
    "variety": _one_of(VARIETIES),
    "headline_limit": _number,
    "headline_case": _one_of(HEADLINE_CASES),
    "long_sentence": _number,
    "caption_stop": _one_of(CAPTION_STOPS),
    "credit_form": _credit_form,
    "names": _names,
    "patterns": _patterns,
    "switched_off": _ids,
}
