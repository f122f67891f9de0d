"""How well and how fast sentences are paired, beside a Gale-Church of our own that knows lengths alone.

Strict: a bead counts where its very sentences are those of the gold; lax: where it shares one on each side. Beads
with one empty side are not counted. The texts:

- news, and the same news perturbed: with a chance of 10, 20 or 35 % a bead loses its source or its target (a quarter of
  the chance each), or is merged with the next on one side (a quarter each). "replaced": in a tenth of the 1-1 beads
  the English is a sentence of another story.
- text+berg: German and French mountain prose, without a dictionary.
- verses: Bible and handbook cut into sentences, where the gold says only which verse or paragraph answers which; beads
  within one verse are joined before they are counted.
- made-up novels: pairs of a memory, one after another in a fixed random order, put together to beads of the shapes in
  ``_SHAPES`` (60 % are 1-1); sentences that are joined lose the full stop between them, beads of m against n cut the
  same m + n - 1 pairs at different places; then a share of the English words is dropped or replaced and a stretch
  of the Chinese is dropped, as translators do.
"""

import gzip
import json
import math
import random
import time
from ast import literal_eval
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from desktop_app.desk.lexicons import lexicon_for
from desktop_app.domain.story import Languages
from desktop_app.language.alignment import aligner
from desktop_app.language.sentences import segmenter

_SHARED = Path(__file__).parents[3] / "shared" / "data"
_SHAPES = {
    (1, 1): 0.60, (1, 2): 0.12, (2, 1): 0.08, (1, 3): 0.035, (3, 1): 0.02, (2, 2): 0.045, (1, 0): 0.02, (0, 1): 0.025,
    (1, 4): 0.012, (2, 3): 0.015, (3, 2): 0.008, (4, 1): 0.004, (1, 5): 0.005, (3, 3): 0.004,
}  # fmt: skip
_BEADS = 400

Gold = list[tuple[tuple[int, ...], tuple[int, ...]]]
Case = tuple[list[str], list[str], Gold]
Pairing = Callable[[Sequence[str], Sequence[str], Languages], Gold]
Pairs = list[tuple[str, str]]
CHINESE = Languages("zh-Hans", "en")


def _ours(source: Sequence[str], target: Sequence[str], languages: Languages) -> Gold:
    beads = aligner(languages.source, languages.target, lexicon_for(languages)).align(source, target)
    return [(bead.source, bead.target) for bead in beads]


# ---- the peer: W. A. Gale and K. W. Church, Computational Linguistics 19 (1993), with their priors and variance

_PRIORS = {(1, 1): 0.89, (1, 0): 0.0099, (0, 1): 0.0099, (2, 1): 0.0445, (1, 2): 0.0445, (2, 2): 0.011}
_VARIANCE = 6.8
_BAND = 60


def _gale_church(source: Sequence[str], target: Sequence[str], _: Languages) -> Gold:
    ours, theirs = [[max(1, len(text.strip())) for text in side] for side in (source, target)]
    ratio = sum(theirs) / sum(ours)
    rows, columns = len(ours), len(theirs)
    sum_here, sum_there = [0, *accumulate(ours)], [0, *accumulate(theirs)]
    middle = 0
    costs: list[dict[int, tuple[float, int, int]]] = [{} for _ in range(rows + 1)]
    costs[0][0] = (0.0, 0, 0)
    for i in range(rows + 1):
        while middle < columns and sum_there[middle] < sum_here[i] * ratio:
            middle += 1
        for j in range(max(0, middle - _BAND), min(columns, middle + _BAND) + 1):
            for (a, b), prior in _PRIORS.items():
                before = costs[i - a].get(j - b) if i >= a and j >= b else None
                if before is None:
                    continue
                cost = before[0] - math.log(prior) + _length_cost(sum(ours[i - a : i]), sum(theirs[j - b : j]), ratio)
                if j not in costs[i] or cost < costs[i][j][0]:
                    costs[i][j] = (cost, a, b)
    path: Gold = []
    i, j = rows, columns
    while i or j:
        _, a, b = costs[i][j]
        path.append((tuple(range(i - a, i)), tuple(range(j - b, j))))
        i, j = i - a, j - b
    return path[::-1]


def _length_cost(one: int, other: int, ratio: float) -> float:
    mean = (one * ratio + other) / 2
    delta = (other - one * ratio) / math.sqrt(_VARIANCE * mean)
    return -math.log(max(1e-12, math.erfc(abs(delta) / math.sqrt(2))))


# ---- the texts


def _data(path: str) -> Path:
    place = _SHARED / path
    if not place.exists():
        pytest.skip("shared data is not here")
    return place


def _news() -> list[Case]:
    text = _data("alignment/news-wmt22/wmt22-en-zh-news.clean.json").read_text("utf-8")
    documents: list[dict[str, Any]] = json.loads(text)
    return [(d["zh"], d["en"], [(tuple(s), tuple(t)) for s, t in d["beads"]]) for d in documents]


def _places(before: list[str], new: Sequence[str]) -> tuple[int, ...]:
    return tuple(range(len(before), len(before) + len(new)))


def _laid_out(beads: Iterator[tuple[Sequence[str], Sequence[str]]]) -> Case:
    source: list[str] = []
    target: list[str] = []
    gold: Gold = []
    for ours, theirs in beads:
        gold.append((_places(source, ours), _places(target, theirs)))
        source += ours
        target += theirs
    return source, target, gold


def _perturbed(case: Case, chance: random.Random, share: float) -> Case:
    def beads() -> Iterator[tuple[Sequence[str], Sequence[str]]]:
        pending = [([case[0][i] for i in s], [case[1][j] for j in t]) for s, t in case[2]]
        while pending:
            ours, theirs = pending.pop(0)
            draw = chance.random()
            if draw < share / 4:
                ours = []
            elif draw < share / 2:
                theirs = []
            elif draw < share and pending:
                more, others = pending.pop(0)
                ours, theirs = ours + more, theirs + others
                if draw < share * 3 / 4:
                    ours = ["".join(ours)]
                else:
                    theirs = [" ".join(theirs)]
            yield ours, theirs

    return _laid_out(beads())


def _replaced(case: Case, chance: random.Random, strangers: Sequence[str]) -> Case:
    target, gold = list(case[1]), []
    for s, t in case[2]:
        if len(s) == len(t) == 1 and chance.random() < 0.1:
            target[t[0]] = chance.choice(strangers)
            gold += [(s, ()), ((), t)]
        else:
            gold.append((s, t))
    return case[0], target, gold


def _berg() -> list[Case]:
    folder = _data("alignment/text+berg")
    cases = []
    for path in sorted((folder / "gold").iterdir()):
        lines = [line.split(":") for line in path.read_text("utf-8").split("\n") if ":" in line]
        gold = [(tuple(literal_eval(one)), tuple(literal_eval(other))) for one, other, *_ in lines]
        sides = [(folder / side / path.name).read_text("utf-8").split("\n")[:-1] for side in ("de", "fr")]
        cases.append((sides[0], sides[1], gold))
    return cases


def _memory() -> dict[str, Pairs]:
    found: dict[str, Pairs] = {}
    with gzip.open(_data("memory/pairs.tsv.gz"), "rt", encoding="utf-8") as file:
        for line in file:
            parts = line.rstrip("\n").split("\t")
            if len(parts) == 3:
                found.setdefault(parts[0], []).append((parts[1], parts[2]))
    return found


def _verses(pairs: Pairs) -> Case:
    cut = segmenter("zh-Hans").split, segmenter("en").split
    both = [[[piece.strip() for piece in split(text)] for split, text in zip(cut, pair, strict=True)] for pair in pairs]
    return _laid_out((one, other) for one, other in both if one and other)


def _novel(pairs: Pairs, chance: random.Random, looseness: float) -> Case:
    pool = [word for _, english in pairs[:2000] for word in english.split()]
    rest = iter(pairs)

    def take(count: int) -> tuple[list[str], list[str]]:
        some = [next(rest) for _ in range(count)]
        return [_shortened(one, chance, looseness) for one, _ in some], [
            _reworded(other, chance, looseness, pool) for _, other in some
        ]

    def beads() -> Iterator[tuple[Sequence[str], Sequence[str]]]:
        for a, b in chance.choices(list(_SHAPES), list(_SHAPES.values()), k=_BEADS):
            count = a + b - 1 if min(a, b) > 1 else max(a, b)
            ours, theirs = take(count)
            cuts = chance.sample(range(1, count), count - 1)
            first = sorted(cuts[: a - 1]) if a > 1 else []
            second = sorted(cuts[a - 1 :][: b - 1]) if b > 1 else []
            yield (
                ["，".join(part.rstrip("。") for part in ours[i:k]) + "。" for i, k in _cuts(first, count)]
                if a
                else [],
                [", ".join(part.rstrip(".") for part in theirs[i:k]) + "." for i, k in _cuts(second, count)]
                if b
                else [],
            )

    return _laid_out(beads())


def _cuts(places: Sequence[int], count: int) -> list[tuple[int, int]]:
    return list(zip([0, *places], [*places, count], strict=True))


def _reworded(text: str, chance: random.Random, share: float, pool: Sequence[str]) -> str:
    kept = []
    for word in text.split():
        draw = chance.random()
        if draw >= share:
            kept.append(word)
        elif draw >= share * 0.6:
            kept.append(chance.choice(pool))
    return " ".join(kept) or text


def _shortened(text: str, chance: random.Random, share: float) -> str:
    size = int(len(text) * share * chance.random())
    if len(text) < 6 or size < 1:
        return text
    start = chance.randrange(len(text) - size)
    return text[:start] + text[start + size :]


# ---- the figures


def _joined(gold: Gold, found: Gold) -> Gold:
    """Join the beads that lie within one bead of the gold."""
    owner = [{place: n for n, bead in enumerate(gold) for place in bead[side]} for side in (0, 1)]
    out: Gold = []
    last: int | None = None
    for source, target in found:
        owners = {owner[0][i] for i in source} | {owner[1][j] for j in target}
        own = owners.pop() if len(owners) == 1 else None
        if own is not None and own == last:
            out[-1] = (out[-1][0] + source, out[-1][1] + target)
        else:
            out.append((source, target))
        last = own
    return out


def _counts(gold: Gold, found: Gold) -> tuple[int, int, int, int, int]:
    """Right, in the gold, found, found that overlap, of the gold that overlap."""
    expected = {bead for bead in gold if bead[0] and bead[1]}
    answer = {bead for bead in found if bead[0] and bead[1]}

    def overlapping(beads: set[Any], others: set[Any]) -> int:
        links = {(i, j) for s, t in others for i in s for j in t}
        return sum(any((i, j) in links for i in s for j in t) for s, t in beads)

    return (
        len(expected & answer),
        len(expected),
        len(answer),
        overlapping(answer, expected),
        overlapping(expected, answer),
    )


def _figures(cases: Sequence[Case], languages: Languages, pair: Pairing, *, joined: bool) -> str:
    sums = [0] * 5
    for source, target, gold in cases:
        found = pair(source, target, languages)
        counts = _counts(gold, _joined(gold, found) if joined else found)
        sums = [one + other for one, other in zip(sums, counts, strict=True)]
    right, expected, answered, near, nearly = sums
    precision, recall = right / max(1, answered), right / max(1, expected)
    lax, lax_recall = near / max(1, answered), nearly / max(1, expected)
    strict = 2 * precision * recall / max(1e-9, precision + recall)
    loose = 2 * lax * lax_recall / max(1e-9, lax + lax_recall)
    return f"{precision:.3f} {recall:.3f} {strict:.3f} {loose:.3f}"


@pytest.mark.bench
def bench_alignment_accuracy() -> None:
    news, memory = _news(), _memory()
    strangers = [sentence for case in news[::5] for sentence in case[1]]
    plain = memory["tatoeba"] + memory["3AM-captions"][:8000]
    random.Random(11).shuffle(plain)
    rows: list[tuple[str, list[Case], Languages, bool]] = [
        ("news", news, CHINESE, False),
        *(
            (f"news perturbed {share:.0%}", [_perturbed(d, chance, share) for d in news], CHINESE, False)
            for share, chance in ((s, random.Random(7)) for s in (0.1, 0.2, 0.35))
        ),
        (
            "news, some replaced",
            [_replaced(d, chance, strangers) for chance in [random.Random(9)] for d in news],
            CHINESE,
            False,
        ),
        ("text+berg, de-fr", _berg(), Languages("de", "fr"), False),
        ("verses: Bible", [_verses(memory["bible-kjv-cuv"][21000:21400])], CHINESE, True),
        ("verses: handbook", [_verses(memory["debian-handbook"][1500:1800])], CHINESE, True),
        *(
            (f"novel, {share:.0%} reworded", [_novel(plain, random.Random(n), share)], CHINESE, False)
            for n, share in enumerate((0.1, 0.35, 0.6))
        ),
        ("novel of the Bible, 30%", [_novel(memory["bible-kjv-cuv"][12000:], random.Random(4), 0.3)], CHINESE, False),
    ]
    print(f"\n{'strict P R F1, lax F1':24} {'ours':25} Gale-Church")
    for name, cases, languages, joined in rows:
        figures = [_figures(cases, languages, pair, joined=joined) for pair in (_ours, _gale_church)]
        print(f"{name:24} {figures[0]:25} {figures[1]}")


@pytest.mark.bench
def bench_alignment_confidence() -> None:
    pairs = _memory()["tatoeba"]
    random.Random(12).shuffle(pairs)
    cases = [*_news(), *(_perturbed(d, random.Random(5), 0.35) for d in _news()), _novel(pairs, random.Random(6), 0.35)]
    tally = {low: [0, 0] for low in (0.9, 0.7, 0.5, 0.0)}
    for source, target, gold in cases:
        right = set(gold)
        for bead in aligner("zh-Hans", "en", lexicon_for(CHINESE)).align(source, target):
            if bead.source and bead.target:
                low = next(low for low in tally if bead.score >= low)
                tally[low][0] += (bead.source, bead.target) in right
                tally[low][1] += 1
    told = ", ".join(f">= {low}: {one / max(1, count):.3f} of {count}" for low, (one, count) in tally.items())
    print(f"\nright by score (news, perturbed news, novel): {told}")


@pytest.mark.bench
def bench_alignment_growth() -> None:
    source, target, gold = _verses(_memory()["bible-kjv-cuv"])
    lexicon_for(CHINESE)
    print("\nsentences  seconds  per 1,000")
    for size in (1000, 3000, 10_000, 30_000):
        end = next((t[-1] + 1 for s, t in gold if s[-1] >= size - 1), len(target))
        started = time.perf_counter()
        _ours(source[:size], target[:end], CHINESE)
        took = time.perf_counter() - started
        print(f"{min(size, len(source)):9,}  {took:7.2f}  {1000 * took / size:.2f}")
