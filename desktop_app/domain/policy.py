"""The steps a story must pass, and the wording of the credits they leave: two that travel with the program, and a
house's own, which are data from outside.

A policy is named and has versions. What was signed under a version refers to it for ever, so none is ever changed: a
house that changes its policy makes the next version.
"""

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from desktop_app.domain.people import Person, Role
from desktop_app.domain.story import Bilingual
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message, own_words

_RULERS = frozenset({Role.EDITOR, Role.ARCHIVIST})
LONGEST_NAME = 40
LONGEST_TITLE = 60
MOST_STEPS = 12
MOST_INK_LINES = 12
_MOST_BLOCKING = 200
_MOST_VERSIONS = 1_000_000
_NAME_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_NO_STEP = "other"  # the step of an imported credit that no rule knows
_SEPARATORS = frozenset(":：;；")  # they part a credit's label from its names, and one credit from the next


class StepKind(StrEnum):
    """A draft is written, a review may change the text, an approval may not."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: ``name`` is the contract's word, ``titles`` the window's, ``credit`` the wording on the page, if any.

    ``roles`` are those of which a person needs one to sign it; none leaves it to the rule of its kind.
    """

    name: str
    kind: StepKind
    titles: Bilingual
    credit: Bilingual | None
    roles: frozenset[Role] = frozenset()

    @property
    def title(self) -> Message:
        """The title for a reader of either language."""
        return own_words(en=self.titles.en, zh=self.titles.zh)

    def allows(self, person: Person) -> bool:
        """Whether a person's roles let them sign it; somebody without a role may do everything."""
        if self.roles:
            return not person.roles or bool(person.roles & self.roles)
        if self.kind is StepKind.DRAFT:
            return True
        return person.may_review() if self.kind is StepKind.REVIEW else person.may_approve()


@dataclass(frozen=True, slots=True)
class Policy:
    """The steps in order, the draft first and the approval last.

    ``last_reviewer_may_approve`` lets the signer of the last review, if they left the text alone, also approve (common
    in 三审三校 offices).
    ``blocking`` has the ids of checks whose errors and warnings must be mended or set aside before a review or an
    approval is signed. ``ink_lines`` is how many empty lines the approval sheet has for signatures by hand.
    """

    name: str
    titles: Bilingual
    steps: tuple[Step, ...]
    last_reviewer_may_approve: bool = False
    version: int = 1
    blocking: frozenset[str] = frozenset()
    ink_lines: int = 0

    @property
    def title(self) -> Message:
        """The title for a reader of either language."""
        return own_words(en=self.titles.en, zh=self.titles.zh)

    def step(self, name: str) -> Step | None:
        """The step called ``name``, if the policy has it."""
        return next((step for step in self.steps if step.name == name), None)

    def index(self, name: str) -> int:
        """The place of a step; ``ValueError`` where the policy has none of that name."""
        return [step.name for step in self.steps].index(name)

    def reference(self) -> dict[str, object]:
        """Which policy this is, as events and statements name it."""
        return {"policy": self.name, "policy_version": self.version}

    def reviews(self) -> tuple[Step, ...]:
        """The review steps in order."""
        return tuple(step for step in self.steps if step.kind is StepKind.REVIEW)


_DRAFT = Step("draft", StepKind.DRAFT, Bilingual("初稿", "Draft"), Bilingual("翻译", "Draft"))
_APPROVAL = Step("approval", StepKind.APPROVAL, Bilingual("签发", "Approval"), None)


def _review(name: str, titles: Bilingual, credit: Bilingual) -> Step:
    return Step(name, StepKind.REVIEW, titles, credit)


DRAFT_REVISION = Policy(
    "draft-revision",
    Bilingual("初稿、审校、签发", "Draft, revision, approval"),
    (_DRAFT, _review("revision", Bilingual("审校", "Revision"), Bilingual("审校", "Revision")), _APPROVAL),
)
THREE_REVIEWS = Policy(
    "three-reviews",
    Bilingual("三审三校", "Three reviews, three proofs"),
    (
        _DRAFT,
        _review("first", Bilingual("一审", "First review"), Bilingual("一审一校", "First review")),
        _review("second", Bilingual("二审", "Second review"), Bilingual("二审二校", "Second review")),
        _review("final", Bilingual("终审", "Final review"), Bilingual("三审三校", "Final review")),
        _APPROVAL,
    ),
    last_reviewer_may_approve=True,
)
POLICIES: dict[str, Policy] = {policy.name: policy for policy in (DRAFT_REVISION, THREE_REVIEWS)}


def _built_in() -> dict[tuple[str, int], Policy]:
    return {(policy.name, policy.version): policy for policy in POLICIES.values()}


@dataclass(frozen=True, slots=True)
class PolicyBook:
    """The policies that an archive knows, every version of each, by name and version."""

    known: Mapping[tuple[str, int], Policy] = field(default_factory=_built_in)

    def get(self, name: str, version: int | None) -> Policy | None:
        """One version of a policy; None as the version is the first."""
        return self.known.get((name, version or 1))

    def newest(self, name: str) -> Policy | None:
        """The last version of a policy."""
        return max(self.versions(name), key=lambda policy: policy.version, default=None)

    def versions(self, name: str) -> list[Policy]:
        """Every version of a policy, the first one first."""
        return sorted((one for one in self.known.values() if one.name == name), key=lambda one: one.version)

    def names(self) -> list[str]:
        """The names: those of the program first, then the house's own in alphabetical order."""
        own = {name for name, _ in self.known} - POLICIES.keys()
        return [*POLICIES, *sorted(own)]

    def told(self, data: Mapping[str, object], usual: Policy) -> Policy:
        """The policy that an event names, as ``Policy.reference`` wrote it; ``usual`` where it names none we know."""
        name, version = data.get("policy"), data.get("policy_version")
        known = self.get(name, version) if isinstance(name, str) and isinstance(version, int) else None
        return known or usual

    def own(self) -> list[Policy]:
        """Every version of the house's own policies, the newest ones first."""
        return sorted((one for one in self.known.values() if one.name not in POLICIES), key=lambda one: -one.version)

    def steps(self) -> Iterator[Step]:
        """The steps of all of them."""
        for policy in self.known.values():
            yield from policy.steps


def may_set_policies(person: Person | None, people: Collection[Person]) -> Message | None:
    """Whether ``person`` can say how the house works, in an archive with these ``people``; without any, all may."""
    if not people or (person is not None and (not person.roles or person.roles & _RULERS)):
        return None
    return N_("only an editor or an archivist sets the policies of the house")


def to_plain(policy: Policy) -> dict[str, Any]:
    """Return a policy as JSON data that ``from_plain`` reads."""
    return {
        "name": policy.name,
        "version": policy.version,
        "title": _pair(policy.titles),
        "steps": [_step_to_plain(step) for step in policy.steps],
        "last_reviewer_may_approve": policy.last_reviewer_may_approve,
        "blocking": sorted(policy.blocking),
        "ink_lines": policy.ink_lines,
    }


def _step_to_plain(step: Step) -> dict[str, Any]:
    return {
        "name": step.name,
        "kind": step.kind.value,
        "title": _pair(step.titles),
        "credit": _pair(step.credit) if step.credit is not None else None,
        "roles": sorted(role.value for role in step.roles),
    }


def _pair(words: Bilingual) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def from_plain(data: object) -> Policy:
    """Read a policy of JSON data from outside; what is not said there has its default.

    Raises:
        InputRefusedError: it is no policy, or none by which a story could go; the error's place names the field.
    """
    given = _fields(data, _POLICY_FIELDS, N_("A policy is a JSON object."), "")
    steps = _list(given.get("steps"), MOST_STEPS, "steps")
    policy = Policy(
        _name(given.get("name"), "name"),
        _words(given.get("title"), "title"),
        tuple(_step(number, step) for number, step in enumerate(steps, start=1)),
        _flag(given.get("last_reviewer_may_approve", False), "last_reviewer_may_approve"),
        _number(given.get("version", 1), 1, _MOST_VERSIONS, "version"),
        frozenset(_name(one, "blocking") for one in _list(given.get("blocking", []), _MOST_BLOCKING, "blocking")),
        _number(given.get("ink_lines", 0), 0, MOST_INK_LINES, "ink_lines"),
    )
    require_walkable(policy)
    return policy


def require_walkable(policy: Policy) -> None:
    """Refuse an order of steps that no story could go through, or that nobody could tell apart.

    Files that leave the house name the draft and the approval; so their names are always the same, as the program's.

    Raises:
        InputRefusedError: no draft first, no review, no approval last, or two steps of one name or title.
    """
    kinds = [step.kind for step in policy.steps]
    reviews = kinds[1:-1]
    if not kinds or kinds[0] is not StepKind.DRAFT or StepKind.DRAFT in kinds[1:]:
        raise _refused(N_("The first step, and no other, is the draft."), "steps")
    if kinds[-1] is not StepKind.APPROVAL or StepKind.APPROVAL in reviews:
        raise _refused(N_("The last step, and no other, is the approval."), "steps")
    if (policy.steps[0].name, policy.steps[-1].name) != (StepKind.DRAFT, StepKind.APPROVAL):
        reason = N_("The first step is named “draft” and the last one “approval”; their titles are free.")
        raise _refused(reason, "steps")
    if not reviews:
        raise _refused(N_("There must be a review between the draft and the approval."), "steps")
    _require_different([step.name for step in policy.steps], N_("Two steps have one name."))
    for words in ([step.titles.zh for step in policy.steps], [step.titles.en for step in policy.steps]):
        _require_different(words, N_("Two steps have one title."))


def _require_different(words: Sequence[str], reason: Message) -> None:
    told: set[str] = set()
    for word in map(str.casefold, words):
        if word in told:
            raise _refused(reason, f"steps: {word}")
        told.add(word)


def _refused(reason: Message, place: str) -> InputRefusedError:
    return InputRefusedError(reason, place=place, advice=N_("“diptych policy show” prints a policy as it is read."))


def _fields(data: object, known: frozenset[str], reason: Message, place: str) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise _refused(reason, place)
    given = {str(key): value for key, value in data.items()}
    unknown = sorted(given.keys() - known)
    if unknown:
        told = unknown[0][:LONGEST_NAME]
        raise _refused(N_("There is no field of this name."), f"{place}: {told}" if place else told)
    return given


def _list(value: object, most: int, place: str) -> list[object]:
    if not isinstance(value, list | tuple) or len(value) > most:
        raise _refused(N_("The value must be a list of at most {n} entries.", n=most), place)
    return list(value)


def _number(value: object, least: int, most: int, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _refused(N_("The value must be a whole number from {least} to {most}.", least=least, most=most), place)
    return value


def _flag(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise _refused(N_("The value must be true or false."), place)
    return value


def _name(value: object, place: str) -> str:
    fits = isinstance(value, str) and 0 < len(value) <= LONGEST_NAME and set(value) <= _NAME_SIGNS
    if not isinstance(value, str) or not fits or value.strip("-") != value or value == _NO_STEP:
        sentence = N_("A name is 1 to {n} small letters, digits and hyphens, such as “house-2”.", n=LONGEST_NAME)
        raise _refused(sentence, place)
    return value


def _words(value: object, place: str, forbidden: frozenset[str] = frozenset()) -> Bilingual:
    """Read words in both languages: one line each, without signs that cannot be seen."""
    given = _fields(value, frozenset({"zh", "en"}), N_("It needs words in both languages."), place)
    return Bilingual(*(_line(given.get(side), f"{place}: {side}", forbidden) for side in ("zh", "en")))


def _line(value: object, place: str, forbidden: frozenset[str]) -> str:
    if not isinstance(value, str) or len(value) > 4 * LONGEST_TITLE:
        raise _refused(N_("It needs words of 1 to {n} characters in both languages.", n=LONGEST_TITLE), place)
    text = " ".join(unicodedata.normalize("NFC", value).split())
    if not 0 < len(text) <= LONGEST_TITLE:
        raise _refused(N_("It needs words of 1 to {n} characters in both languages.", n=LONGEST_TITLE), place)
    if any(unicodedata.category(sign)[0] == "C" for sign in text):
        raise _refused(N_("There is a character in it that cannot be seen or printed."), place)
    if forbidden & set(text):
        raise _refused(N_("The wording of a credit has no colon and no semicolon."), place)
    return text


def _step(number: int, data: object) -> Step:
    place = f"steps: {number}"
    given = _fields(data, _STEP_FIELDS, N_("A step is a JSON object."), place)
    kind, credit = given.get("kind"), given.get("credit")
    if not isinstance(kind, str) or kind not in set(StepKind):
        raise _refused(N_("A step is a draft, a review or an approval."), f"{place}: kind")
    named = _list(given.get("roles", []), len(Role), f"{place}: roles")
    roles = frozenset(Role(role) for role in named if isinstance(role, str) and role in set(Role))
    if len(roles) != len(named):
        reason = N_("There is no such role, or it stands twice; the roles are: {roles}.", roles=", ".join(Role))
        raise _refused(reason, f"{place}: roles")
    return Step(
        _name(given.get("name"), f"{place}: name"),
        StepKind(kind),
        _words(given.get("title"), f"{place}: title"),
        None if credit is None else _words(credit, f"{place}: credit", _SEPARATORS),
        roles,
    )


_POLICY_FIELDS = frozenset(
    {"name", "version", "title", "steps", "last_reviewer_may_approve", "blocking", "ink_lines"}
)  # fmt: skip
_STEP_FIELDS = frozenset({"name", "kind", "title", "credit", "roles"})
