"""The catalogs: gettext through Babel, chosen once at the edge and handed on as a ``Catalog``.

Catalogs are kept as ``.po`` text in ``resources/locale`` and read directly, so that a checkout needs no compile step.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from io import BytesIO

from babel.core import Locale
from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog as Messages
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

from desktop_app.foundation.messages import Message
from desktop_app.foundation.resources import resource

LANGUAGES = ("en", "zh_Hans")
_DOMAIN = "diptych"
_MOMENTS = {"en": "MMM d, HH:mm", "zh_Hans": "M月d日 HH:mm"}


def choose_language(wanted: str | None) -> str:
    """Return the interface language for a locale name such as ``zh-CN``, ``zh_Hans`` or ``en_GB``."""
    return "zh_Hans" if wanted and wanted.lower().startswith("zh") else "en"


@dataclass(frozen=True)
class Catalog:
    """One interface language: its texts, dates and numbers."""

    language: str
    locale: Locale
    _texts: Translations = field(repr=False)

    def text(self, message: Message | str) -> str:
        """Return the sentence in this language, with its values filled in; a ``str`` is finished text and stays."""
        if isinstance(message, str):
            return message
        if message.own:
            return message.own.get(self.language, message.key)
        if message.plural is not None:
            sentence = self._texts.ngettext(message.key, message.plural, message.count)
        else:
            sentence = self._texts.gettext(message.key)
        if not message.values:
            return sentence
        values = {k: self.text(v) if isinstance(v, Message) else v for k, v in message.values.items()}
        return sentence.format(**values)

    def time(self, moment: datetime) -> str:
        """Write a moment's time of day, to the second, in the machine's own zone."""
        return moment.astimezone().strftime("%H:%M:%S")

    def moment(self, moment: datetime) -> str:
        """Write day and time, in the machine's own zone."""
        return format_datetime(moment.astimezone(), _MOMENTS[self.language], locale=self.locale)

    def day(self, day: date) -> str:
        """Write a date in full."""
        return format_date(day, "long", locale=self.locale)

    def short_day(self, day: date) -> str:
        """Write a date of this year in a few characters."""
        return format_date(day, "M月d日" if self.language.startswith("zh") else "d MMM", locale=self.locale)

    def number(self, value: float) -> str:
        """Write a number with this language's separators."""
        return format_decimal(value, locale=self.locale)


def read_messages(language: str) -> Messages:
    """Read one catalog file.

    Raises:
        FileNotFoundError: the language has no catalog.
    """
    with resource("locale", language, "LC_MESSAGES", f"{_DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=language, domain=_DOMAIN)


@cache
def load_catalog(language: str) -> Catalog:
    """Load the catalog of ``language`` (one of ``LANGUAGES``), once a process: reading it is a good part of a start."""
    compiled = BytesIO()
    write_mo(compiled, read_messages(language))
    compiled.seek(0)
    return Catalog(language, Locale.parse(language), Translations(compiled, domain=_DOMAIN))
