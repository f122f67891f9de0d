"""The window's way to the catalog: called with a ``Message``, it returns the sentence in the reader's language."""

from datetime import date, datetime

from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.i18n import Catalog
from desktop_app.foundation.messages import Message


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
        return self._catalog.text(message)

    def error(self, error: KnownError) -> str:
        """What is wrong and what to do next, in one breath."""
        reason = self(error.reason)
        return reason if error.advice is None else f"{reason} {self(error.advice)}"

    def time(self, moment: datetime) -> str:
        """A moment's time of day, to the second."""
        return self._catalog.time(moment)

    def moment(self, moment: datetime) -> str:
        """Day and time."""
        return self._catalog.moment(moment)

    def day(self, day: date) -> str:
        """A date in full."""
        return self._catalog.day(day)

    def number(self, value: float) -> str:
        """A number with this language's separators."""
        return self._catalog.number(value)
