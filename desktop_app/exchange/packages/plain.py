"""Reading plain data of a foreign package value by value: each is of the kind it has to be, or is refused by place."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from desktop_app.exchange.limits import MAX_BLOCKS, MAX_LINE_CHARACTERS
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

_AGAIN = N_("Have the package sent again, or pack the stories once more.")
_Word = TypeVar("_Word", bound=StrEnum)


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

    def text_or_none(self) -> str | None:
        """A text, or none."""
        return None if self.value is None else self.text()

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
