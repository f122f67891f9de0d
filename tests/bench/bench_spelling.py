"""Spelling: what is flagged in published news, and what is suggested for common slips, beside Hunspell by itself."""

import json
import statistics
import time
from collections.abc import Callable, Sequence

import pytest
from hunspell import Hunspell

from desktop_app.desk.checking import default_context
from desktop_app.desk.spelling import speller
from desktop_app.foundation.resources import resource
from desktop_app.language.checks import Pair, run_checks
from desktop_app.language.spelling import words
from tests.conftest import SHARED

_NEWS = SHARED / "data" / "alignment" / "news-wmt22" / "wmt22-en-zh-news.clean.json"
# As people type them; the word that was meant stands behind.
_SLIPS = """
recieve receive, seperate separate, govenment government, untill until, teh the, accomodate accommodate, enviroment
environment, univeristy university, langauge language, studnets students, definately definitely, occured occurred,
neccessary necessary, publically publicly, begining beginning, goverment government, occurance occurrence, acheive
achieve, beleive believe, commitee committee, concious conscious, dilemna dilemma, embarass embarrass, existance
existence, foriegn foreign, harrass harass, independant independent, knowlege knowledge, liason liaison, maintainance
maintenance, millenium millennium, noticable noticeable, occassion occasion, persistant persistent, posession
possession, prefered preferred, privelege privilege, pronounciation pronunciation, reccomend recommend, relevent
relevant,
responsability responsibility, succesful successful, suprise surprise, tommorow tomorrow, truely truly, wierd weird,
writting writing, taht that, thier their, becuase because, wich which, technlogy technology, reserach research,
cooperatoin cooperation, developement development, internatoinal international, agreemnt agreement, particpants
participants, scientfic scientific, laborotory laboratory, profesor professor, acadmic academic, colaboration
collaboration, innovaton innovation, strenghten strengthen, oppurtunity opportunity, experiance experience, exhibiton
exhibition, ceremoney ceremony, awarness awareness, buisness business, comparision comparison, consistant consistent,
excellant excellent, guarentee guarantee, immediatly immediately, interupt interrupt, manufactoring manufacturing,
perfomance performance, questionaire questionnaire, recomendation recommendation, sucess success, transfered transferred
"""
_PAIRS = [tuple(pair.split()) for pair in _SLIPS.replace("\n", " ").split(",")]


def _row(name: str, suggest: Callable[[str], Sequence[str]]) -> str:
    first = among = 0
    times: list[float] = []
    for slip, meant in _PAIRS:
        begun = time.perf_counter()
        found = list(suggest(slip))[:3]
        times.append(time.perf_counter() - begun)
        first += found[:1] == [meant]
        among += meant in found
    median, slowest = statistics.median(times) * 1000, max(times) * 1000
    return f"{name:<12}{first:>6}{among:>7} of {len(_PAIRS)}{median:>9.1f}{slowest:>9.1f}"


@pytest.mark.bench
def bench_suggestions_for_common_slips() -> None:
    plain = Hunspell("en_US", str(resource("dictionaries")), system_encoding="UTF-8")
    ours = speller("en-US")
    ours.known("the")
    print("\nsuggestions    first  first 3      ms, median, slowest")
    print(_row("ours", ours.suggestions))
    print(_row("Hunspell", plain.suggest))


@pytest.mark.bench
def bench_what_spelling_flags_in_news() -> None:
    if not _NEWS.exists():
        pytest.skip("shared data is not here")
    plain = Hunspell("en_US", str(resource("dictionaries")), system_encoding="UTF-8")
    count = ours = theirs = 0
    for document in json.loads(_NEWS.read_text("utf-8")):
        beads = [(zh[0], en[0]) for zh, en in document["beads"] if len(zh) == len(en) == 1]
        pairs = [Pair(str(n), document["zh"][zh], document["en"][en]) for n, (zh, en) in enumerate(beads)]
        count += len(pairs)
        ours += len({finding.segment for finding in run_checks(pairs, only=["spelling"], context=default_context())})
        theirs += sum(any(not plain.spell(m.group().replace("’", "'")) for m in words(pair.target)) for pair in pairs)
    print(f"\nsegments of right news flagged, of {count}: ours {ours / count:.1%}, Hunspell alone {theirs / count:.1%}")
