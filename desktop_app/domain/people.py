"""The people of the office."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person does in the house; somebody without a role may do everything (a small office)."""

    TRANSLATOR = "translator"
    REVISER = "reviser"
    EDITOR = "editor"
    ARCHIVIST = "archivist"


@dataclass(frozen=True, slots=True)
class Person:
    """One person: ``name`` in the credits' form (``LI Wei``), ``zh`` in Chinese, ``key`` the public key if any."""

    id: str
    name: str
    zh: str = ""
    roles: frozenset[Role] = frozenset()
    key: str | None = None

    def may_review(self) -> bool:
        """Whether the person's roles let them revise."""
        return not self.roles or bool(self.roles & {Role.REVISER, Role.EDITOR})

    def may_approve(self) -> bool:
        """Whether the person's roles let them approve."""
        return not self.roles or bool(self.roles & {Role.REVISER, Role.EDITOR})
