"""The credits of a page: those made from the sign-offs that count, never typed, and those that came with the page.

A sign-off credits work on the English. So an English credit that came with a page gives way to ours of the same step;
a Chinese one is a fact of the source page and stays beside ours.
"""

from collections.abc import Mapping, Sequence

from desktop_app.domain.counts import has_han
from desktop_app.domain.people import Person
from desktop_app.domain.policy import POLICIES, Policy, StepKind
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import Credit

# A line in the wording of the program's own policies says the English again wherever it came from.
_OURS_IN_CHINESE = frozenset(
    (step.name, step.credit.zh) for policy in POLICIES.values() for step in policy.steps if step.credit is not None
)


def made_here(
    policy: Policy, signed: Mapping[str, SignOff], people: Mapping[str, Person], *, chinese: bool,
    drafted: Sequence[str] = (),
) -> tuple[Credit, ...]:  # fmt: skip
    """The credits of the steps in ``signed``, in the policy's order and wording.

    ``drafted`` are those who had the draft before its signer, who are credited with it too.
    """
    credits: list[Credit] = []
    for step in policy.steps:
        signoff = signed.get(step.name)
        if step.credit is None or signoff is None:
            continue
        before = [one for one in drafted if one != signoff.person] if step.kind is StepKind.DRAFT else []
        names = tuple(_name(people.get(one), chinese=chinese) for one in (*before, signoff.person))
        credits.append(Credit(step.name, step.credit.zh if chinese else step.credit.en, names, made=True))
    return tuple(credits)


def _name(person: Person | None, *, chinese: bool) -> str:
    return (person.zh or person.name) if person and chinese else (person.name if person else "")


def effective(imported: Sequence[Credit], made: Sequence[Credit], *, chinese: bool) -> tuple[Credit, ...]:
    """Credits as one side of the page shows them: ours, then the imported ones that ours do not replace."""
    steps = {credit.step for credit in made}
    if chinese:
        kept = [credit for credit in imported if has_han(credit.label) and credit not in made]
    else:
        kept = [credit for credit in imported if not has_han(credit.label) and credit.step not in steps]
    return (*made, *kept)


def told(english: Sequence[Credit], chinese: Sequence[Credit]) -> tuple[Credit, ...]:
    """One list of all credits: in English, and in Chinese those that do not merely say the English again."""
    return (*english, *only_in_chinese(english, chinese))


def only_in_chinese(english: Sequence[Credit], chinese: Sequence[Credit]) -> tuple[Credit, ...]:
    """The Chinese credits without our own wording of steps that English names; ours stand before the page's."""
    said = {credit.step for credit in english}
    kept: list[Credit] = []
    for credit in chinese:
        if credit.step in said and (credit.made or (credit.step, credit.label) in _OURS_IN_CHINESE):
            said.remove(credit.step)  # a second one in the same wording is the source page's
        else:
            kept.append(credit)
    return tuple(kept)


def line(credit: Credit, *, chinese: bool) -> str:
    """One credit as it is printed: ``Draft: LI Wei`` or ``翻译：李蔚``."""
    return f"{credit.label}：{'、'.join(credit.names)}" if chinese else f"{credit.label}: {', '.join(credit.names)}"
