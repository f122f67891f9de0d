"""The people of the office."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from desktop_app.foundation.messages import N_, Message


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

    def may_review(self) -> bool:
        """Whether the person's roles let them revise."""
        return not self.roles or bool(self.roles & {Role.REVISER, Role.EDITOR})

    def may_direct(self) -> bool:
        """Whether the person's roles let them hand work from one to another: an editor's."""
        return not self.roles or Role.EDITOR in self.roles

    def may_approve(self) -> bool:
        """Whether the person's roles let them approve."""
        return not self.roles or bool(self.roles & {Role.REVISER, Role.EDITOR})
