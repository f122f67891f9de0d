"""How often sentences are cut as published cases have them, and how quickly, beside pySBD and sentencex in one run.

A case counts where all its pieces are met exactly, but for the kind and number of spaces. What we do not meet stands
in ``WHY`` by its number in the file, under the reason; the table prints how many there are of each, and what is met
besides where cleaning is left out of account (every piece's letters, digits and marks are the expected ones).
"""

import json
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sentencex

from desktop_app.language.sentences import segmenter

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
CASES = SHARED / "segmentation" / "segmentation-cases.jsonl"
RUNS = 3

REASONS = {
    "cleaned": "A cleaned text is expected (without tags, leader dots, letters over lines): never a slice.",
    "lines": "Each line is expected to be a sentence, which another case forbids (number 427).",
    "quotation": "Sentences of a longer quotation are expected as one; published news translations part them.",
    "aside": "A whole sentence in brackets is expected to stay with the quotation before it; another case parts it.",
    "list": "The numbers of a list are expected alone, or no list at all; other cases keep them with their items.",
    "mathematics": "A full stop behind a variable before “If” or “Then” is expected to be no end.",
    "tokenised": "Old or tokenised prose whose single marks have spaces on both sides, and no partner.",
    "footnote": "Footnote numbers behind a full stop are expected to hide the end; another case has the end there.",
    "odd": "A slip is expected as an end: an unclosed bracket, inches in the middle of a clause.",
    "spaced": "An abbreviation in spaced letters before an ordinary word looks like the initials of a name.",
}
WHY = {
    "cleaned": (56, 69, 70, 72, 75, 76, 88, 92, 96, 111, 119, 123, 126, 211),
    "lines": (54, 104, 117),
    "quotation": (138, 139, 140, 154, 163, 266, 269, 318, 421),
    "aside": (49, 51, 120),
    "list": (433, 445, 446, 447, 448),
    "mathematics": (179,),
    "tokenised": (422,),
    "footnote": (232,),
    "odd": (247, 417),
    "spaced": (302,),
}


def _cases() -> list[dict[str, object]]:
    if not CASES.exists():
        pytest.skip("the published cases are not here")
    return [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


def _alike(pieces: list[str]) -> list[str]:
    return [joined for piece in pieces if (joined := " ".join(piece.split()))]


def _bare(pieces: list[str]) -> list[str]:
    return [joined for piece in pieces if (joined := "".join(piece.split()))]


def _tools(language: str) -> dict[str, Callable[[str], list[str]]]:
    pysbd = pytest.importorskip("pysbd")
    return {
        "ours": segmenter(language).split,
        "pySBD": pysbd.Segmenter(language=language, clean=False).segment,
        "sentencex": lambda text: list(sentencex.segment(language, text)),
    }


@pytest.mark.bench
def bench_exact_matches() -> None:
    tools = {language: _tools(language) for language in ("zh", "en")}
    total, met, bare = Counter[str](), Counter[tuple[str, str]](), Counter[str]()
    missed: dict[int, str] = {}
    for number, case in enumerate(_cases()):
        language = "zh" if case["lang"] == "zh" else "en"
        group = f"{language}  {str(case['set']).removeprefix('pysbd-test_')} {case['group']}"
        text, wanted = str(case["text"]), list(map(str, case["sentences"]))  # type: ignore[call-overload]
        total[group] += 1
        for name, split in tools[language].items():
            pieces = split(text)
            is_met = _alike(pieces) == _alike(wanted)
            met[group, name] += is_met
            if name == "ours" and not is_met:
                missed[number] = group
                bare[group] += _bare(pieces) == _bare(wanted)
    print(f"\n{'exact matches':<52}{'cases':>6}{'ours':>6}{'pySBD':>7}{'sentencex':>11}{'+ spaces':>10}")
    for group, count in total.items():
        figures = [met[group, name] for name in ("ours", "pySBD", "sentencex")]
        print(f"{group:<52}{count:>6}{figures[0]:>6}{figures[1]:>7}{figures[2]:>11}{bare[group]:>10}")
    sums = [sum(n for (_, tool), n in met.items() if tool == name) for name in ("ours", "pySBD", "sentencex")]
    print(f"{'all':<52}{sum(total.values()):>6}{sums[0]:>6}{sums[1]:>7}{sums[2]:>11}{sum(bare.values()):>10}")
    _explain(missed)


def _explain(missed: dict[int, str]) -> None:
    reasons = {number: reason for reason, numbers in WHY.items() for number in numbers}
    for reason, told in REASONS.items():
        numbers = [number for number in missed if reasons.get(number) == reason]
        if numbers:
            print(f"{len(numbers):>4}  {told} ({', '.join(map(str, numbers))})")
    print("not explained:", [number for number in missed if number not in reasons] or "none")


def _news() -> Iterator[tuple[str, list[str]]]:
    """Every language's published news, sentence by sentence."""
    path = SHARED / "alignment" / "news-wmt22" / "wmt22-en-zh-news.clean.json"
    if not path.exists():
        pytest.skip("the published news are not here")
    for document in json.loads(path.read_text("utf-8")):
        for language in ("zh", "en"):
            yield language, [sentence.strip() for sentence in document[language] if sentence.strip()]


def _ends(pieces: list[str]) -> set[int]:
    place, found = 0, set()
    for piece in pieces:
        place += len("".join(piece.split()))
        found.add(place)
    return found


@pytest.mark.bench
def bench_boundaries_in_published_news() -> None:
    """WMT 2022 news, put together again: ends set wrongly, and ends missed (most stand behind headlines)."""
    tools = {language: _tools(language) for language in ("zh", "en")}
    wrong, missed, right = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for language, sentences in _news():
        wanted = _ends(sentences)
        for name, split in tools[language].items():
            found = _ends(split(("" if language == "zh" else " ").join(sentences)))
            right[language, name] += len(found & wanted)
            wrong[language, name] += len(found - wanted)
            missed[language, name] += len(wanted - found)
    print(f"\n{'ends in published news':<24}{'right':>8}{'wrong':>8}{'missed':>8}")
    for key, count in right.items():
        print(f"{key[0]} {key[1]:<21}{count:>8}{wrong[key]:>8}{missed[key]:>8}")


@pytest.mark.bench
def bench_speed() -> None:
    print(f"\n{'megabytes a second':<24}{'ours':>9}{'pySBD':>9}{'sentencex':>11}")
    texts: dict[str, list[str]] = {"zh": [], "en": []}
    for language, sentences in _news():
        texts[language].append(("" if language == "zh" else " ").join(sentences))
    for language, stories in texts.items():
        tools = _tools(language)
        speeds = [_speed(tools[name], stories[: 4 if name == "pySBD" else None]) for name in tools]
        print(f"{language + ', stories':<24}{speeds[0]:>9.2f}{speeds[1]:>9.2f}{speeds[2]:>11.2f}")
        million = ("".join(stories) * 100).encode()[:1_000_000].decode("utf-8", "ignore")
        print(f"{language + ', 1 MB in one line':<24}{_speed(tools['ours'], [million]):>9.2f}")


def _speed(split: Callable[[str], list[str]], texts: list[str]) -> float:
    size = sum(len(text.encode()) for text in texts) / 1e6
    return size / statistics.median(_seconds(split, texts) for _ in range(RUNS))


def _seconds(split: Callable[[str], list[str]], texts: list[str]) -> float:
    begun = time.perf_counter()
    for text in texts:
        split(text)
    return time.perf_counter() - begun
