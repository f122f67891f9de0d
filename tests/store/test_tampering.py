"""Tampering: whatever byte is altered in an archive or a package is reported, refused, or changes nothing to be read.

Bytes are flipped one at a time: in the database, in the originals, in a work package. A flip that ``verify`` does not
report must leave every row of every table, every index and every answer of the search as they were. Outside of what is
guarded is ``visits``, what somebody has seen already: it is nobody's record.
"""

import io
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from tampering import Answer, Trial, used_places

from desktop_app.desk.desk import opened
from desktop_app.desk.verification import verify
from desktop_app.exchange.packages.container import OpenContainer
from desktop_app.exchange.packages.work_package import read_package
from desktop_app.foundation.errors import InputRefusedError

STEP = 8  # of the used bytes of the database the proof flips every eighth: some ten minutes
GAP_STEP = 97  # and of those that hold nothing every 97th


@pytest.fixture
def trial(folder: Path) -> Iterator[Trial]:
    made = Trial(folder)
    yield made
    made.close()


def told(what: str, answers: Counter[Answer]) -> None:
    tried = sum(answers.values())
    figures = ", ".join(f"{answer.value} {answers[answer]}" for answer in Answer)
    sys.stdout.write(f"\n{what}: {tried} bytes flipped; {figures}\n")


def test_bytes_of_the_database_flipped_at_random_are_found(trial: Trial) -> None:
    places = sorted(used_places(trial.source))
    for place in random.sample(places, 90):
        trial.flip(place, 1 << random.randrange(8))
    for place in random.sample(range(len(trial.source)), 10):
        trial.flip(place, random.randrange(1, 256), quickly=False)
    assert trial.missed == []
    assert trial.answers[Answer.REPORTED] > 20


@pytest.mark.proof
def test_bytes_of_the_database_flipped_densely_are_found(trial: Trial) -> None:
    used = used_places(trial.source)
    first = random.randrange(STEP)
    for place in sorted(used)[first::STEP]:
        trial.flip(place, 1 << random.randrange(8))
    for place in sorted(set(range(len(trial.source))) - used)[::GAP_STEP]:
        trial.flip(place, random.randrange(1, 256))
    told(f"database ({len(used)} of {len(trial.source)} bytes in use)", trial.answers)
    assert trial.missed == []


def flipped_masters(folder: Path, choose: Callable[[range], Sequence[int]]) -> Counter[Answer]:
    """Flip bytes of every original; ``verify`` as a whole is asked for the first, the check of originals for all."""
    answers: Counter[Answer] = Counter()
    with opened(folder) as desk:
        for master in [path for path in desk.archive.originals.rglob("*") if path.is_file()]:
            data = master.read_bytes()
            master.chmod(0o644)
            for number, place in enumerate(choose(range(len(data)))):
                altered = bytearray(data)
                altered[place] ^= 1 << random.randrange(8)
                master.write_bytes(altered)
                if number < 3:
                    found = [problem.kind for problem in verify(desk).problems] == ["original"]
                else:
                    found = desk.originals.verify(master.stem) is not None
                answers[Answer.REPORTED if found else Answer.MISSED] += 1
            master.write_bytes(data)
        assert verify(desk).problems == ()
    return answers


def test_every_byte_of_an_original_flipped_is_found(folder: Path) -> None:
    answers = flipped_masters(folder, list)
    told("originals", answers)
    assert answers[Answer.MISSED] == 0
    assert answers[Answer.REPORTED] > 500


def flipped_package(data: bytes, places: Sequence[int]) -> Counter[Answer]:
    answers: Counter[Answer] = Counter()
    for place in places:
        altered = bytearray(data)
        altered[place] ^= random.randrange(1, 256)
        try:
            with OpenContainer(io.BytesIO(altered), "out.diptych") as container:
                read_package(container)
            answers[Answer.MISSED] += 1
        except InputRefusedError:
            answers[Answer.REFUSED] += 1
    return answers


def test_bytes_of_a_package_flipped_at_random_are_refused(furnished: Path) -> None:
    data = (furnished.parent / "out.diptych").read_bytes()
    assert flipped_package(data, []) == {}
    with OpenContainer(io.BytesIO(data), "out.diptych") as container:
        assert len(read_package(container).stories) == 2
    directory = range(data.rindex(b"manifest.json") - 1000, len(data))  # where a reader of zips is least strict
    answers = flipped_package(data, [*random.sample(range(len(data)), 150), *random.sample(directory, 100)])
    assert answers == {Answer.REFUSED: 250}


@pytest.mark.proof
def test_every_byte_of_a_package_flipped_is_refused(furnished: Path) -> None:
    data = (furnished.parent / "out.diptych").read_bytes()
    answers = flipped_package(data, range(len(data)))
    told("package", answers)
    assert answers == {Answer.REFUSED: len(data)}


@pytest.mark.parametrize(
    "change", [lambda d: d[:-1], lambda d: d[: len(d) // 2], lambda d: d + b"\0", lambda d: b"\0" + d]
)
def test_a_package_cut_short_or_added_to_is_refused(furnished: Path, change: Callable[[bytes], bytes]) -> None:
    data = change((furnished.parent / "out.diptych").read_bytes())
    with pytest.raises(InputRefusedError), OpenContainer(io.BytesIO(data), "out.diptych"):
        pass
