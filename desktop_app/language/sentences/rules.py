"""A house's own rules for sentences: words, and pairs of expressions for what stands before and after a break.

They come from ``resources/rules/sentences.json``, from an archive, or from an SRX file, and are asked before the rules
that the program has of itself; where none of them matches, the program's decide.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache

from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message
from desktop_app.language.sentences.automaton import Automaton, full_match
from desktop_app.language.sentences.syntax import Node, PatternError, parse, size

MAX_RULES = 6000
MAX_WORDS = 5000
MAX_WORD_LENGTH = 60
# All rules of one language together, written out as states.
MAX_STATES = 150_000
_MAX_SETS = 200


@dataclass(frozen=True, slots=True)
class BreakRule:
    """Between what ``before`` and ``after`` match is a break, or is none; the first rule that matches decides."""

    breaks: bool
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """What a house says of one language.

    ``language`` is an expression that a whole language tag must match. Words are written without their full stop:
    ``titles`` never end a sentence, ``abbreviations`` end one only before a word that begins sentences, ``numbered``
    ones do not before a number, and ``ordinary`` are no abbreviations, whatever the program thinks. A quotation of up
    to ``whole_quotation`` characters is not cut; None leaves the program's measure.
    """

    language: str
    name: str = ""
    titles: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()
    semicolon: bool | None = None
    whole_quotation: int | None = None
    rules: tuple[BreakRule, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentationRules:
    """The rules of a house for all its languages.

    With ``cascade`` every set that fits a language counts, in order; without, only the first (SRX 2.0, section 2.2).
    """

    languages: tuple[LanguageRules, ...] = ()
    cascade: bool = True

    def of(self, tag: str) -> LanguageRules:
        """The rules for a language tag, in one."""
        tag = tag.replace("_", "-")
        fitting = [rules for rules in self.languages if full_match(_parsed(rules.language), tag)]
        if not self.cascade:
            fitting = fitting[:1]
        return LanguageRules(
            language=tag,
            titles=tuple(word for rules in fitting for word in rules.titles),
            abbreviations=tuple(word for rules in fitting for word in rules.abbreviations),
            numbered=tuple(word for rules in fitting for word in rules.numbered),
            ordinary=tuple(word for rules in fitting for word in rules.ordinary),
            semicolon=next((r.semicolon for r in fitting if r.semicolon is not None), None),
            whole_quotation=next((r.whole_quotation for r in fitting if r.whole_quotation is not None), None),
            rules=tuple(rule for rules in fitting for rule in rules.rules),
        )

    def __or__(self, other: "SegmentationRules") -> "SegmentationRules":
        """These rules, and those of ``other`` where none of these matches."""
        return SegmentationRules(self.languages + other.languages, self.cascade and other.cascade)


NO_RULES = SegmentationRules()


@dataclass
class RuleMatcher:
    """The break rules of one language, ready to be asked about places in a text."""

    rules: tuple[BreakRule, ...]
    _before: Automaton = field(init=False)
    _after: Automaton = field(init=False)
    _has_breaks: bool = field(init=False)

    def __post_init__(self) -> None:
        """Build the automata.

        Raises:
            PatternError: an expression cannot be read.
        """
        self._before = Automaton((_parsed(rule.before) for rule in self.rules), leftward=True)
        self._after = Automaton(_parsed(rule.after) for rule in self.rules)
        self._has_breaks = any(rule.breaks for rule in self.rules)

    def decide(self, text: str, place: int) -> bool | None:
        """Whether a sentence ends at ``place`` of ``text``; None where no rule says."""
        before = self._before.backward(text, place)
        if not before:
            return None
        both = before & self._after.forward(text, place)
        return self.rules[min(both)].breaks if both else None

    def breaks(self, text: str) -> Iterator[int]:
        """The places inside ``text`` that the rules call breaks, in order."""
        if not self._has_breaks:
            return
        promising: dict[str, bool] = {}
        for place in range(1, len(text)):
            char = text[place - 1]
            may = promising.get(char)
            if may is None:
                may = promising[char] = self._before.may_meet(char)
            if may and self.decide(text, place):
                yield place


@lru_cache(maxsize=8)
def matcher(rules: tuple[BreakRule, ...]) -> RuleMatcher | None:
    """The matcher for some rules; None where there are none."""
    return RuleMatcher(rules) if rules else None


@lru_cache(maxsize=1024)
def _parsed(pattern: str) -> Node:
    return parse(pattern)


def corrected(text: str, ends: Sequence[int], house: RuleMatcher | None) -> list[int]:
    """Apply the house's rules to the ends of sentences that the program found, each behind its whitespace.

    A house's break may stand before or within the whitespace; the end is behind it all the same.
    """
    if house is None:
        return list(ends)
    kept = {end for end in ends if _verdict(text, end, house) is not False}
    begins = after_space(text, 0)
    kept.update(end for place in house.breaks(text) if (end := after_space(text, place)) > begins)
    return sorted(kept)


def _verdict(text: str, end: int, house: RuleMatcher) -> bool | None:
    place = end
    while place > 0 and text[place - 1].isspace():
        place -= 1
    while place <= end:
        said = house.decide(text, place)
        if said is not None:
            return said
        place += 1
    return None


def after_space(text: str, place: int) -> int:
    """Where the whitespace at ``place`` ends."""
    while place < len(text) and text[place].isspace():
        place += 1
    return place


# --- as data -------------------------------------------------------------------------------------------------------

_WORD_LISTS = ("titles", "abbreviations", "numbered", "ordinary")
_KEYS = frozenset(f.name for f in fields(LanguageRules))


def checked(rules: SegmentationRules) -> SegmentationRules:
    """Return the rules if every expression can be used.

    Raises:
        InputRefusedError: one cannot, or there are too many; the place names the rule.
    """
    if len(rules.languages) > _MAX_SETS:
        raise InputRefusedError(N_("There are more than {n} sets of rules.", n=_MAX_SETS))
    if sum(len(one.rules) for one in rules.languages) > MAX_RULES:
        raise InputRefusedError(N_("There are more than {n} rules.", n=MAX_RULES))
    for one in rules.languages:
        name = one.name or one.language
        _check(one.language, N_("language pattern of “{name}”", name=name))
        for number, rule in enumerate(one.rules, start=1):
            _check(rule.before, N_("rule {n} of “{name}”, before the break", n=number, name=name))
            _check(rule.after, N_("rule {n} of “{name}”, after the break", n=number, name=name))
        if sum(size(_parsed(part)) for rule in one.rules for part in (rule.before, rule.after)) > MAX_STATES:
            raise InputRefusedError(
                N_("The rules are too large with their repetitions written out."), place=name, advice=_SIMPLER
            )
    return rules


_SIMPLER = N_("Write the rule more simply, or leave it out.")


def _check(pattern: str, place: Message) -> None:
    try:
        parse(pattern)
    except PatternError as error:
        raise InputRefusedError(
            N_("{why} (character {n} of {pattern})", why=error.reason, n=error.place, pattern=pattern[:60]),
            place=place,
            advice=_SIMPLER,
        ) from error


def rules_of(data: object) -> SegmentationRules:
    """Read rules from parsed JSON, as ``data_of`` makes it.

    Raises:
        InputRefusedError: something in it is not as it should be; the place names it.
    """
    if not isinstance(data, Mapping) or not isinstance(data.get("languages"), list):
        raise InputRefusedError(N_("These are no rules for sentences: a list “languages” is missing."))
    languages = tuple(_language(one, number) for number, one in enumerate(data["languages"], start=1))
    return checked(SegmentationRules(languages, data.get("cascade", True) is not False))


def _language(data: object, number: int) -> LanguageRules:
    place = N_("language {n}", n=number)
    if not isinstance(data, Mapping) or not isinstance(data.get("language"), str):
        raise InputRefusedError(N_("The language is missing."), place=place)
    strange = sorted(str(key) for key in data if key not in _KEYS and key != "about")
    if strange:
        raise InputRefusedError(N_("“{key}” is not known here.", key=strange[0][:40]), place=place)
    whole, semicolon = data.get("whole_quotation"), data.get("semicolon")
    if not (whole is None or (isinstance(whole, int) and 0 <= whole <= 10_000)):
        raise InputRefusedError(N_("“{key}” needs a number.", key="whole_quotation"), place=place)
    if not (semicolon is None or isinstance(semicolon, bool)):
        raise InputRefusedError(N_("“{key}” needs true or false.", key="semicolon"), place=place)
    return LanguageRules(
        language=data["language"],
        name=str(data.get("name") or "")[:100],
        semicolon=semicolon,
        whole_quotation=whole,
        rules=_rules(data.get("rules", []), place),
        **{key: _word_list(data.get(key, []), key, place) for key in _WORD_LISTS},
    )


def _word_list(data: object, key: str, place: Message) -> tuple[str, ...]:
    if not isinstance(data, list) or len(data) > MAX_WORDS:
        raise InputRefusedError(N_("“{key}” needs a list of at most {n} words.", key=key, n=MAX_WORDS), place=place)
    words = [word.strip().rstrip(".") if isinstance(word, str) else "" for word in data]
    for word, given in zip(words, data, strict=True):
        if not word or len(word) > MAX_WORD_LENGTH or any(char.isspace() for char in word):
            raise InputRefusedError(N_("“{word}” in “{key}” is no word.", word=str(given)[:40], key=key), place=place)
    return tuple(words)


def _rules(data: object, place: Message) -> tuple[BreakRule, ...]:
    if not isinstance(data, list):
        raise InputRefusedError(N_("“{key}” needs a list.", key="rules"), place=place)
    found = []
    for rule in data:
        known = isinstance(rule, Mapping) and set(rule) <= {"break", "before", "after"}
        if not known or not isinstance(rule.get("break"), bool):
            raise InputRefusedError(N_("A rule needs “break” (true or false), “before” and “after”."), place=place)
        before, after = rule.get("before", ""), rule.get("after", "")
        if not isinstance(before, str) or not isinstance(after, str):
            raise InputRefusedError(N_("A rule needs “break” (true or false), “before” and “after”."), place=place)
        found.append(BreakRule(rule["break"], before, after))
    return tuple(found)


def data_of(rules: SegmentationRules) -> dict[str, object]:
    """The rules as JSON can hold them; what says nothing is left out."""
    languages: list[dict[str, object]] = []
    for one in rules.languages:
        data: dict[str, object] = {"language": one.language}
        for key in ("name", *_WORD_LISTS, "semicolon", "whole_quotation"):
            value = getattr(one, key)
            if value not in ("", (), None):
                data[key] = list(value) if isinstance(value, tuple) else value
        if one.rules:
            data["rules"] = [{"break": r.breaks, "before": r.before, "after": r.after} for r in one.rules]
        languages.append(data)
    return {"cascade": rules.cascade, "languages": languages}
