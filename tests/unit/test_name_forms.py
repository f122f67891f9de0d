"""Whom a name in a file means: however a program writes it, and nobody rather than the wrong person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.name_forms import person_called
from desktop_app.domain.people import Person

PEOPLE = (
    Person("li", "LI Wei", "李蔚"),
    Person("xm", "WANG Xiaoming", "王小明"),
    Person("min", "WANG Min", "王敏"),
    Person("min2", "WANG Min (2)", ""),
    Person("zh", "赵敏", ""),
    Person("three", "OUYANG Ming Yue", "欧阳明月"),
)
NAMES = st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=6), min_size=2, max_size=3)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("LI Wei", "li"),
        ("Wei Li", "li"),
        ("li, wei", "li"),
        ("Lǐ Wèi", "li"),
        ("李蔚", "li"),
        ("李 蔚", "li"),
        ("LI Wei 李蔚", "li"),
        ("李蔚（Wei LI）", "li"),
        ("Xiao-Ming Wang", "xm"),
        ("Wang Xiao Ming", "xm"),
        ("赵敏", "zh"),
        ("Ming Yue Ouyang", "three"),
        ("", None),
        ("Author", None),
        ("Li", None),
        ("LI", None),
        ("李蔚 WANG Xiaoming", None),
        ("李伟 LI Wei", None),
        ("wei.li@example.org", None),
    ],
)
def test_a_name_is_told(name: str, known: str | None) -> None:
    found = person_called(name, PEOPLE)
    assert (found.id if found is not None else None) == known


def test_two_people_of_one_name_are_nobody() -> None:
    twins = (Person("1", "LI Wei", "李蔚"), Person("2", "LI Wei", "李伟"))
    assert person_called("LI Wei", twins) is None
    assert person_called("李伟", twins) == twins[1]


@given(words=NAMES)
def test_a_name_is_known_with_the_family_first_or_last_in_any_case(words: list[str]) -> None:
    person = Person("1", " ".join([words[0].upper(), *words[1:]]))
    turned = " ".join([*words[1:], words[0]])
    assert person_called(turned.title(), [person]) == person_called(person.name, [person]) == person


@given(text=st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    assert person_called(text, PEOPLE) in {*PEOPLE, None}
