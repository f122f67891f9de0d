"""Sentences for people, kept as a catalog key and its values until an edge (window, terminal) translates them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for a person: the English catalog key and the values that go into its ``{braces}``.

    A value may itself be a ``Message``; it is translated with the sentence around it. ``plural`` and
    ``count`` choose the plural form where a language has one. ``own`` has words that no catalog knows, because
    people of the house wrote them: by interface language, with ``key`` for every language that it lacks. They are
    finished texts: braces in them are braces.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)
    plural: str | None = None
    count: int = 1
    own: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        """The English sentence, for logs and for tests."""
        key = self.plural if self.plural is not None and self.count != 1 else self.key
        return key.format(**self.values) if self.values else key


def N_(key: str, /, **values: object) -> Message:  # noqa: N802 - the gettext marker that Babel extracts
    """Mark ``key`` for the catalogs and keep it with its values."""
    return Message(key, values)


def NN_(key: str, plural: str, count: int, /, **values: object) -> Message:  # noqa: N802 - as above
    """Mark a sentence that has a plural; ``{n}`` in it is the count."""
    return Message(key, {"n": count, **values}, plural, count)


def own_words(*, en: str, zh: str) -> Message:
    """Words that people of the house wrote in both languages; an empty one gives way to the other."""
    return Message(en or zh, own={"zh_Hans": zh or en})
