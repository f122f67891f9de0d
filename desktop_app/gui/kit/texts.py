"""The window's way to the catalog: called with a ``Message``, it returns the sentence in the reader's language."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.i18n import Catalog
from desktop_app.foundation.messages import Message

_HAN = re.compile("[\u3400-\u9fff，。：；！？、“”（）《》]")


class Texts:
    """Handed on by constructor; every visible string is a ``Message`` made with ``N_`` or ``NN_``."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    @property
    def language(self) -> str:
        """The interface language, ``en`` or ``zh_Hans``."""
        return self._catalog.language

    def __call__(self, message: Message) -> str:
        """The sentence in the reader's language."""
        text = self._catalog.text(message)
        return _closed_up(text, _own_words(message, self.language)) if self.language.startswith("zh") else text

    def alone(self, clause: Message) -> str:
        """A clause that stands on a line by itself: with a capital, and without a stop."""
        return _sentence(self(clause), "")

    def error(self, error: KnownError) -> str:
        """What is wrong and what to do next, each as a whole sentence however its message was written."""
        parts = [self(error.reason), *([self(error.advice)] if error.advice is not None else [])]
        chinese = self.language.startswith("zh")
        return ("" if chinese else " ").join(_sentence(part, "。" if chinese else ".") for part in parts)

    def located(self, error: KnownError) -> str:
        """The same with the file it is about and the place in it before."""
        file = error.subject.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
        place = self(error.place) if isinstance(error.place, Message) else error.place
        where = [part for part in (file, place) if part]
        return f"{': '.join(where)}: {self.error(error)}" if where else self.error(error)

    def time(self, moment: datetime) -> str:
        """A moment's time of day, to the second."""
        return self._catalog.time(moment)

    def moment(self, moment: datetime) -> str:
        """Day and time."""
        return self._catalog.moment(moment)

    def day(self, day: date) -> str:
        """A date in full."""
        return self._catalog.day(day)

    def short_day(self, day: date) -> str:
        """A date of this year, for where there is little room."""
        return self._catalog.short_day(day)

    def number(self, value: float) -> str:
        """A number with this language's separators."""
        return self._catalog.number(value)


def _own_words(message: Message, language: str) -> Iterator[str]:
    """The words in a sentence that no catalog knows, in one language."""
    for value in message.values.values():
        if isinstance(value, Message):
            yield from [value.own[language]] if language in value.own else _own_words(value, language)


def _closed_up(text: str, words: Iterable[str]) -> str:
    """Take out the spaces that a Chinese sentence has for Latin names, where a Chinese name stands in its place."""
    for word in words:
        if word and _HAN.match(word[0]):
            text = re.sub(f"(?<={_HAN.pattern}) (?={re.escape(word)})", "", text)
        if word and _HAN.match(word[-1]):
            text = re.sub(f"(?<={re.escape(word)}) (?={_HAN.pattern})", "", text)
    return text


def _sentence(text: str, stop: str) -> str:
    """Begin with a capital and end with a stop; reasons are written as clauses, for the command line's one line."""
    text = text.strip()
    closed = text.rstrip("”’\"')）")[-1:] in ".!?…。！？"
    return f"{text[:1].upper()}{text[1:]}{'' if closed or not text else stop}"
