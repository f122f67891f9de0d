"""Findings that were set aside: each for exactly the text it was about, so that a changed text brings it back."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from desktop_app.domain.findings import Finding, Waiver
from desktop_app.foundation.messages import Message
from desktop_app.language.checks import CHECKS
from desktop_app.language.checks.pairs import Pair, Scope

_WHOLE_STORY = frozenset(check.id for check in CHECKS if check.scope is not Scope.SEGMENT)


def text_key(pairs: Sequence[Pair], finding: Finding) -> str:
    """Return the key of the text that a finding is about: SHA-256 over the check's id and the texts, in hexadecimal.

    The texts are both sides of the segment, in NFC, and in them the words that the finding points at. A check that
    compares segments says in its sentence what it compared (the other translation, the other habit), so the values of
    the sentence count too. A finding without a segment is about every text.
    """
    return _key({pair.id: pair for pair in pairs}, finding)


def waived(
    findings: Iterable[Finding], waivers: Iterable[Waiver], pairs: Sequence[Pair]
) -> tuple[list[Finding], list[tuple[Finding, Waiver]]]:
    """Part findings in those that stand and those that a waiver sets aside, each with its waiver."""
    given = {(waiver.check, waiver.segment, waiver.text): waiver for waiver in waivers}
    if not given:
        return list(findings), []
    asked = {(check, segment) for check, segment, _ in given}
    by_id = {pair.id: pair for pair in pairs}
    standing: list[Finding] = []
    set_aside: list[tuple[Finding, Waiver]] = []
    for finding in findings:
        place = (finding.check, finding.segment)
        waiver = given.get((*place, _key(by_id, finding))) if place in asked else None
        if waiver is None:
            standing.append(finding)
        else:
            set_aside.append((finding, waiver))
    return standing, set_aside


def _key(pairs: Mapping[str, Pair], finding: Finding) -> str:
    pair = pairs.get(finding.segment) if finding.segment is not None else None
    texts = [(pair.source, pair.target)] if pair else [(one.source, one.target) for one in pairs.values()]
    parts: list[object] = [finding.check, texts]
    if pair is not None:
        parts.append([_slice(pair.source, finding.source_span), _slice(pair.target, finding.target_span)])
    if pair is None or finding.check in _WHOLE_STORY:
        parts.append(_values(finding.message))
    written = unicodedata.normalize("NFC", json.dumps(parts, ensure_ascii=False))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def _slice(text: str, span: tuple[int, int] | None) -> str:
    return text[slice(*span)] if span is not None else ""


def _values(message: Message) -> list[object]:
    """The values of a sentence, without its wording: another release may word it otherwise."""
    return [
        [name, _values(value) if isinstance(value, Message) else str(value)]
        for name, value in sorted(message.values.items())
    ]
