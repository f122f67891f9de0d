"""Reading plain data of a foreign package value by value: each is of the kind it has to be, or is refused by place."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from desktop_app.exchange.limits import MAX_BLOCKS, MAX_LINE_CHARACTERS
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

_AGAIN = N_("Have the package sent again, or pack the stories once more.")
_Word = TypeVar("_Word", bound=StrEnum)
_Read = TypeVar("_Read")
_IDENTITY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,35}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LONGEST_MOMENT = 32
LARGEST = 2**31 - 1


def plain_of(data: bytes, place: str) -> "Plain":
    """Read JSON; a number that is none (NaN) is no JSON.

    Raises:
        ValueError: it is no JSON.
        RecursionError: it is nested beyond all measure.
    """
    return Plain(json.loads(data, parse_constant=_refuse), place)


def _refuse(word: str) -> None:
    raise ValueError(word)


def bytes_of(data: object) -> bytes:
    """Write plain data as JSON: the same data makes the same bytes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class Plain:
    """A value and where it stands: the part of the package, and the keys that lead to it."""

    value: Any
    place: str

    def __getitem__(self, key: str) -> "Plain":
        if not isinstance(self.value, dict) or key not in self.value:
            raise self._inside(key).refused()
        return self._inside(key, self.value[key])

    def _inside(self, key: str, value: object = None) -> "Plain":
        return Plain(value, f"{self.place}: {key}" if ": " not in self.place else f"{self.place}.{key}")

    def items(self) -> Iterator["Plain"]:
        """The values of a list, at most ``MAX_BLOCKS``."""
        if not isinstance(self.value, list) or len(self.value) > MAX_BLOCKS:
            raise self.refused()
        for number, value in enumerate(self.value):
            yield Plain(value, f"{self.place}[{number}]")

    def fields(self, count: int) -> list["Plain"]:
        """The values of a list of so many."""
        found = list(self.items())
        if len(found) != count:
            raise self.refused()
        return found

    def has(self, key: str) -> bool:
        """Whether a mapping has a key."""
        return isinstance(self.value, dict) and key in self.value

    def text(self) -> str:
        """A text that every format can carry: no half of a surrogate pair, no line beyond all measure."""
        if not isinstance(self.value, str) or len(self.value) > MAX_LINE_CHARACTERS:
            raise self.refused()
        if any("\ud800" <= sign <= "\udfff" for sign in self.value):
            raise self.refused()
        return self.value

    def or_none(self, read: Callable[["Plain"], _Read]) -> _Read | None:
        """The value as ``read`` reads it, or none."""
        return None if self.value is None else read(self)

    def text_or_none(self) -> str | None:
        """A text, or none."""
        return self.or_none(Plain.text)

    def short(self, limit: int = 300) -> str:
        """A text of one line of at most ``limit`` characters."""
        text = self.text()
        if len(text) > limit or any(sign < " " or sign == "\x7f" for sign in text):
            raise self.refused()
        return text

    def identity(self) -> str:
        """An id, as ids are written."""
        if not _IDENTITY.fullmatch(text := self.text()):
            raise self.refused()
        return text

    def identity_or_none(self) -> str | None:
        """An id, or none."""
        return self.or_none(Plain.identity)

    def digest(self) -> str:
        """A SHA-256: 64 hexadecimal digits."""
        if not _DIGEST.fullmatch(text := self.text()):
            raise self.refused()
        return text

    def moment(self) -> str:
        """A moment with its zone, in the form that it came in."""
        text = self.short(_LONGEST_MOMENT)
        try:
            if datetime.fromisoformat(text).tzinfo is None:
                raise self.refused()
        except ValueError as error:
            raise self.refused() from error
        return text

    def number(self, least: int = 0, most: int = LARGEST) -> int:
        """A whole number within bounds."""
        if type(self.value) is not int or not least <= self.value <= most:
            raise self.refused()
        return self.value

    def mapping(self) -> dict[str, Any]:
        """A mapping, whatever is in it."""
        if not isinstance(self.value, dict):
            raise self.refused()
        return self.value

    def texts_by_name(self) -> dict[str, str]:
        """A mapping of texts by short names."""
        found = self.mapping()
        if len(found) > MAX_BLOCKS:
            raise self.refused()
        return {Plain(name, self.place).text(): self[name].text() for name in found}

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(one.text() for one in self.items())

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.refused()
        return self.value

    def word(self, kind: type[_Word]) -> _Word:
        """One of the words of an enumeration."""
        try:
            return kind(self.text())
        except ValueError as error:
            raise self.refused() from error

    def refused(self) -> InputRefusedError:
        """The refusal that names this value."""
        return InputRefusedError(N_("A value is not what it has to be."), place=self.place, advice=_AGAIN)
