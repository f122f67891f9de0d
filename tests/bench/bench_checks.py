"""How often the checks cry wolf over correct translations, and how many mistakes put into them they find.

The texts are halved by document: the checks were tuned on the first half; of the second only the figures count.
"""

import csv
import gzip
import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import faults
import pytest
from conftest import SHARED

from desktop_app.domain.findings import Finding, Severity
from desktop_app.language.checks import Pair, run_checks

_NEWS = SHARED / "data/alignment/news-wmt22/wmt22-en-zh-news.clean.json"
_MEMORY = SHARED / "data/memory/pairs.tsv.gz"
_SEED = 20240129
_SAMPLE = 1500  # pairs of a set of the memory
_STRONG = {Severity.ERROR, Severity.WARNING}


@dataclass(frozen=True, slots=True)
class Case:
    """A pair with a mistake in it, and the correct one."""

    kind: str
    wrong: Pair
    right: Pair


def news() -> list[list[Pair]]:
    """Documents of professional translations, line against line; two translations of one text stand together."""
    if not _NEWS.exists():
        pytest.skip(f"{_NEWS} is not here")
    documents = json.loads(_NEWS.read_text("utf-8"))
    return [
        [
            Pair(f"{place}.{number}", document["zh"][source[0]], document["en"][target[0]])
            for number, (source, target) in enumerate(document["beads"])
            if len(source) == len(target) == 1
        ]
        for place, document in enumerate(documents)
    ]


def halves(documents: list[list[Pair]]) -> tuple[list[list[Pair]], list[list[Pair]]]:
    """Part documents so that both translations of one text are on one side."""
    return (
        [document for place, document in enumerate(documents) if place // 2 % 2 == 0],
        [document for place, document in enumerate(documents) if place // 2 % 2 == 1],
    )


def sets_of_memory() -> dict[str, list[Pair]]:
    """A sample of each set of the memory."""
    if not _MEMORY.exists():
        return {}
    sets: dict[str, list[Pair]] = {}
    with gzip.open(_MEMORY, "rt", encoding="utf-8", newline="") as file:
        for number, (name, source, target) in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
            sets.setdefault(name, []).append(Pair(str(number), source, target))
    chance = random.Random(_SEED)
    return {name: chance.sample(pairs, min(_SAMPLE, len(pairs))) for name, pairs in sets.items()}


def findings_by_pair(documents: Sequence[Sequence[Pair]]) -> dict[str, list[Finding]]:
    """All findings of whole texts, by segment."""
    found: dict[str, list[Finding]] = {}
    for document in documents:
        for finding in run_checks(document):
            found.setdefault(finding.segment or "", []).append(finding)
    return found


def wrong_pairs(documents: Sequence[Sequence[Pair]]) -> Iterator[Case]:
    """Every pair with every kind of mistake that it has room for."""
    chance = random.Random(_SEED)
    others = [pair for document in documents for pair in document]
    for document in documents:
        for number, pair in enumerate(document):
            for kind, fault in faults.ENGLISH.items():
                if (target := fault.into(pair.target, chance)) is not None:
                    yield Case(kind, replace(pair, target=target), pair)
            for kind, fault in faults.CHINESE.items():
                if (source := fault.into(pair.source, chance)) is not None:
                    yield Case(f"zh {kind}", replace(pair, source=source), pair)
            if (target := faults.without_clause(pair.target, chance)) is not None:
                yield Case("clause left out", replace(pair, target=target), pair)
            stranger = chance.choice(others)
            yield Case("sentence added", replace(pair, target=f"{pair.target} {stranger.target}"), pair)
            if number + 1 < len(document):
                yield from _of_two(pair, document[number + 1], stranger)


def _of_two(first: Pair, second: Pair, stranger: Pair) -> Iterator[Case]:
    both = replace(first, source=first.source + second.source, target=f"{first.target} {second.target}")
    yield Case("sentence left out", replace(both, target=first.target), both)
    yield Case("sentence replaced", replace(both, target=f"{first.target} {stranger.target}"), both)


def recall(documents: Sequence[Sequence[Pair]]) -> list[tuple[str, int, float, float, float, str]]:
    """For each kind: cases, shares found with an error, with error or warning, with anything; and by which checks."""
    counts: Counter[str] = Counter()
    levels: dict[str, Counter[str]] = {}
    by: dict[str, Counter[str]] = {}
    for case in wrong_pairs(documents):
        before = {(f.check, str(f.message)) for f in run_checks([case.right])}
        new = [f for f in run_checks([case.wrong]) if (f.check, str(f.message)) not in before]
        counts[case.kind] += 1
        level = levels.setdefault(case.kind, Counter())
        level["error"] += any(f.severity is Severity.ERROR for f in new)
        level["strong"] += any(f.severity in _STRONG for f in new)
        level["any"] += bool(new)
        by.setdefault(case.kind, Counter()).update({f.check for f in new})
    return [
        (
            kind,
            count,
            *(levels[kind][level] / count for level in ("error", "strong", "any")),
            ", ".join(f"{check} {times}" for check, times in by[kind].most_common(4)),
        )
        for kind, count in counts.items()
    ]


def _print_false_alarms(name: str, documents: Sequence[Sequence[Pair]]) -> None:
    total = sum(len(document) for document in documents)
    found = findings_by_pair(documents)
    per: Counter[tuple[str, Severity]] = Counter()
    per_severity: Counter[Severity] = Counter()
    for findings in found.values():
        per.update({(finding.check, finding.severity) for finding in findings})
        per_severity.update({finding.severity for finding in findings})
    strong = sum(any(finding.severity in _STRONG for finding in findings) for findings in found.values())
    shares = ", ".join(f"{severity} {per_severity[severity] / total:.2%}" for severity in Severity)
    print(f"\n{name}: {total} correct pairs; {shares}; error or warning {strong / total:.2%}")
    for (check, severity), count in sorted(per.items()):
        print(f"  {check:18} {severity:8} {count:5} {count / total:7.2%}")


def _print_recall(name: str, documents: Sequence[Sequence[Pair]]) -> None:
    print(f"\n{name}: mistakes put in    cases   error  +warning   +note   found by")
    for kind, count, error, strong, anything, checks in recall(documents):
        print(f"  {kind:22} {count:7} {error:8.1%} {strong:8.1%} {anything:8.1%}   {checks}")


@pytest.mark.bench
def bench_checks() -> None:
    parts = dict(zip(("news, first half", "news, second half"), halves(news()), strict=True))
    for name, documents in parts.items():
        _print_false_alarms(f"{name}, whole stories", documents)
        _print_false_alarms(f"{name}, line by line", [[pair] for document in documents for pair in document])
    for name, pairs in sets_of_memory().items():
        _print_false_alarms(name, [[pair] for pair in pairs])
    for name, documents in parts.items():
        _print_recall(name, documents)


@pytest.mark.bench
def bench_speed_of_checks() -> None:
    pairs = [pair for document in news() for pair in document][:1000]
    seconds = [
        _seconds(lambda turn=turn: run_checks([replace(p, source=p.source + " " * turn) for p in pairs]))
        for turn in range(3)
    ]
    print(f"\nall checks over {len(pairs)} pairs, median of 3: {statistics.median(seconds):.2f} s")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
