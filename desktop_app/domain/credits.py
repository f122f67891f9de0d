"""The credits of a page, made from the sign-offs that count and never typed."""

from collections.abc import Mapping, Sequence

from desktop_app.domain.counts import has_han
from desktop_app.domain.people import Person
from desktop_app.domain.policy import Policy
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import Credit


def made_here(
    policy: Policy, signed: Mapping[str, SignOff], people: Mapping[str, Person], *, chinese: bool
) -> tuple[Credit, ...]:
    """The credits of the steps in ``signed``, in the policy's order and wording."""
    credits: list[Credit] = []
    for step in policy.steps:
        signoff = signed.get(step.name)
        if step.credit is None or signoff is None:
            continue
        person = people.get(signoff.person)
        name = (person.zh or person.name) if person and chinese else (person.name if person else "")
        credits.append(Credit(step.name, step.credit.zh if chinese else step.credit.en, (name,)))
    return tuple(credits)


def effective(imported: Sequence[Credit], made: Sequence[Credit], *, chinese: bool) -> tuple[Credit, ...]:
    """Credits as the page shows them: ours, and of the imported ones those that no step of ours replaces."""
    ours = {credit.step for credit in made}
    kept = [c for c in imported if has_han(c.label) is chinese and c.step not in ours]
    return (*made, *kept)


def told(english: Sequence[Credit], chinese: Sequence[Credit]) -> tuple[Credit, ...]:
    """One list of all credits: in English, and in Chinese those of the steps that English does not name."""
    named = {credit.step for credit in english}
    return (*english, *(credit for credit in chinese if credit.step not in named))


def line(credit: Credit, *, chinese: bool) -> str:
    """One credit as it is printed: ``Draft: LI Wei`` or ``供稿：李蔚``."""
    return f"{credit.label}：{'、'.join(credit.names)}" if chinese else f"{credit.label}: {', '.join(credit.names)}"
