"""The people of the office."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from desktop_app.foundation.messages import N_, NN_, Message, own_words

EVERY_ROLE = N_("every role")
_MOST_NAMES = 8  # in one sentence; who else there is, is counted


class Role(StrEnum):
    """What a person does in the house; in the work on stories somebody without a role may do everything."""

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
_IN_SENTENCES: Mapping[Role, Message] = MappingProxyType(
    {
        Role.TRANSLATOR: N_("translator"),
        Role.REVISER: N_("reviser"),
        Role.EDITOR: N_("editor"),
        Role.ARCHIVIST: N_("archivist"),
    }
)
_KEEPING = frozenset({Role.EDITOR, Role.ARCHIVIST})


def role_list(roles: Collection[Role]) -> Message:
    """The names of some roles in one line, in the order of the class; there must be one."""
    return _listed([ROLE_NAMES[role] for role in Role if role in roles])


def said_roles(roles: Collection[Role]) -> Message:
    """The roles of a person as a sentence has them; who has none has every one."""
    return _listed([_IN_SENTENCES[role] for role in Role if role in roles]) if roles else EVERY_ROLE


def _listed(words: Iterable[Message]) -> Message:
    first, *rest = words
    for one in rest:
        first = N_("{before}, {after}", before=first, after=one)
    return first


def name_list(people: Collection["Person"], *, full: bool = False) -> Message:
    """The names of some people in one line, for a reader of either language; there must be one. Many are counted."""
    first, *rest = [person.called_in_full if full else person.called for person in people]
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


def told_unconfirmed(person: "Person", people: Mapping[str, "Person"]) -> Message:
    """Who added a person whom no archivist or editor has confirmed yet."""
    if not person.unconfirmed:
        return N_("added by nobody who said their name; not confirmed by an archivist or editor")
    return N_("added by {name}; not confirmed by an archivist or editor", name=called(people, person.unconfirmed))


@dataclass(frozen=True, slots=True)
class Person:
    """One person: ``name`` in the credits' form (``LI Wei``), ``zh`` in Chinese.

    ``key`` is the fingerprint of the key that they sign with now; None: they sign without one. ``unconfirmed`` is the
    id of whoever added them without being an archivist or editor ("": nobody said who it was) as long as none of
    those has confirmed the entry; None: it needs none.
    """

    id: str
    name: str
    zh: str = ""
    roles: frozenset[Role] = frozenset()
    key: str | None = None
    unconfirmed: str | None = None

    @property
    def called(self) -> Message:
        """The name for a reader of either language: in Chinese the Chinese one, where there is one."""
        return own_words(en=self.name, zh=self.zh)

    @property
    def called_in_full(self) -> Message:
        """The same with the credits' form behind the Chinese name."""
        return own_words(en=self.name, zh=f"{self.zh} {self.name}" if self.zh and self.zh != self.name else self.name)

    @property
    def keeps(self) -> bool:
        """Whether the person decides about people and keys: an archivist or editor by role, and no unconfirmed one."""
        return self.unconfirmed is None and bool(self.roles & _KEEPING)

    def may_review(self) -> bool:
        """Whether the person's roles let them revise."""
        return not self.roles or bool(self.roles & {Role.REVISER, Role.EDITOR})

    def may_direct(self) -> bool:
        """Whether the person's roles let them hand work from one to another: an editor's."""
        return not self.roles or Role.EDITOR in self.roles

    def may_approve(self) -> bool:
        """Whether the person's roles let them approve."""
        return not self.roles or bool(self.roles & {Role.REVISER, Role.EDITOR})


def keepers(everybody: Iterable[Person]) -> list[Person]:
    """Those who decide about people and keys. As long as there are none, anybody does."""
    return [person for person in everybody if person.keeps]


def may_keep(by: Person | None, everybody: Collection[Person], reason: Message) -> Message | None:
    """Why ``by`` cannot decide about people and keys; ``reason`` says it of somebody who is no archivist or editor.

    What counts are the roles in ``everybody``: those that ``by`` has may be of an earlier moment.
    """
    if _decides(by, everybody):
        return None
    if by is None:
        return N_("nobody says who they are, and {reason}", reason=reason)
    now = _now(by, everybody)
    if now is not None and now.unconfirmed is not None and now.roles & _KEEPING:
        return N_("no archivist or editor has confirmed the entry of {name} yet", name=now.called)
    return reason


def may_rename(by: Person | None, person: Person, everybody: Collection[Person]) -> Message | None:
    """Why ``by`` cannot correct the names of a person: their own anybody can."""
    if by is not None and by.id == person.id:
        return None
    return may_keep(by, everybody, N_("only an archivist or editor corrects the name of somebody else"))


def may_remove(by: Person | None, person: Person, everybody: Collection[Person]) -> Message | None:
    """Why ``by`` cannot remove a person: themselves anybody can."""
    if by is not None and by.id == person.id:
        return None
    return may_keep(by, everybody, N_("only an archivist or editor removes somebody else"))


def may_set_roles(
    by: Person | None, person: Person, roles: Collection[Role], everybody: Collection[Person]
) -> Message | None:
    """Why ``by`` cannot give a person just these ``roles``.

    Nobody gives themselves more than they have, but where they are the only archivist or editor; without a role one
    has all.
    """
    reason = may_keep(by, everybody, N_("only an archivist or editor changes roles"))
    if reason is not None:
        return reason
    others = [one for one in keepers(everybody) if one.id != person.id]
    now = _now(person, everybody) or person
    more = frozenset(roles or Role) - (now.roles or frozenset(Role))
    if by is not None and by.id == person.id and others and more:
        return N_("nobody gives themselves more roles")
    return None


def needs_confirming(by: Person | None, everybody: Collection[Person]) -> bool:
    """Whether somebody whom ``by`` adds is to be confirmed by an archivist or editor."""
    return not _decides(by, everybody)


def same_in_chinese(name: str, zh: str, others: Iterable[Person]) -> list[Person]:
    """Whom a Chinese name does not tell from the person of this ``name`` and ``zh``."""
    own = {zh.casefold(), name.casefold()} - {""}
    return [one for one in others if own & ({one.zh.casefold(), one.name.casefold()} - {""})]


def _decides(by: Person | None, everybody: Collection[Person]) -> bool:
    able = keepers(everybody)
    return not able or _now(by, able) is not None


def _now(person: Person | None, everybody: Iterable[Person]) -> Person | None:
    return next((one for one in everybody if person is not None and one.id == person.id), None)
