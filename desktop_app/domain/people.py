"""The people of the office."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from desktop_app.foundation.messages import N_, NN_, Message, own_words

_MOST_NAMES = 8  # in one sentence; who else there is, is counted


class Role(StrEnum):
    """What a person does in the house; somebody without a role may do everything (a small office)."""

    TRANSLATOR = "translator"
    REVISER = "reviser"
    EDITOR = "editor"
    ARCHIVIST = "archivist"


ROLE_NAMES: Mapping[Role, Message] = MappingProxyType(
    {
        Role.TRANSLATOR: N_("Translator"),
        Role.REVISER: N_("Reviser"),
        Role.EDITOR: N_("Editor"),
        Role.ARCHIVIST: N_("Archivist"),
    }
)


def role_list(roles: Collection[Role]) -> Message:
    """The names of some roles in one line, in the order of the class; there must be one."""
    first, *rest = [ROLE_NAMES[role] for role in Role if role in roles]
    for one in rest:
        first = N_("{before}, {after}", before=first, after=one)
    return first


def name_list(people: Collection["Person"]) -> Message:
    """The names of some people in one line, for a reader of either language; there must be one. Many are counted."""
    first, *rest = [person.called for person in people]
    for one in rest[: _MOST_NAMES - 1]:
        first = N_("{before}, {after}", before=first, after=one)
    more = len(rest) - _MOST_NAMES + 1
    return NN_("{line}, and {n} more", "{line}, and {n} more", more, line=first) if more > 0 else first


def called(people: Mapping[str, "Person"], person: str | None, *, full: bool = False) -> Message:
    """The name of a person by id, a question mark for one that is not among ``people``."""
    found = people.get(person or "")
    if found is None:
        return own_words(en="?", zh="?")
    return found.called_in_full if full else found.called


@dataclass(frozen=True, slots=True)
class Person:
    """One person: ``name`` in the credits' form (``LI Wei``), ``zh`` in Chinese.

    ``key`` is the fingerprint of the key that they sign with now; None: they sign without one.
    """

    id: str
    name: str
    zh: str = ""
    roles: frozenset[Role] = frozenset()
    key: str | None = None

    @property
    def called(self) -> Message:
        """The name for a reader of either language: in Chinese the Chinese one, where there is one."""
        return own_words(en=self.name, zh=self.zh)

    @property
    def called_in_full(self) -> Message:
        """The same with the credits' form behind the Chinese name."""
        return own_words(en=self.name, zh=f"{self.zh} {self.name}" if self.zh and self.zh != self.name else self.name)

    def may_review(self) -> bool:
        """Whether the person's roles let them revise."""
        return not self.roles or bool(self.roles & {Role.REVISER, Role.EDITOR})

    def may_direct(self) -> bool:
        """Whether the person's roles let them hand work from one to another: an editor's."""
        return not self.roles or Role.EDITOR in self.roles

    def may_approve(self) -> bool:
        """Whether the person's roles let them approve."""
        return not self.roles or bool(self.roles & {Role.REVISER, Role.EDITOR})
