"""Chinese names: surnames and their readings, spellings, and names in a translated text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.language.checks import Pair
from desktop_app.language.names import HanName, name_of, names_at, suggest_person
from desktop_app.language.names.in_text import Order, names_in
from desktop_app.language.names.pinyin import key_of, readings, syllables_of


@pytest.mark.parametrize(
    ("han", "written"),
    [
        ("杨琳迪", "YANG Lindi"),
        ("单田芳", "SHAN Tianfang"),
        ("解晓东", "XIE Xiaodong"),
        ("仇英", "QIU Ying"),
        ("曾国藩", "ZENG Guofan"),
        ("查良镛", "ZHA Liangyong"),
        ("区志航", "OU Zhihang"),
        ("盖叫天", "GE Jiaotian"),
        ("朴树", "PIAO Shu"),
        ("任正非", "REN Zhengfei"),
        ("华罗庚", "HUA Luogeng"),
        ("尉迟恭", "YUCHI Gong"),
        ("万俟雅言", "MOQI Yayan"),
        ("欧阳修", "OUYANG Xiu"),
        ("吕晨光", "LYU Chenguang"),
        ("李西安", "LI Xi'an"),
        ("陳水扁", "CHEN Shuibian"),
    ],
)
def test_a_name_is_spelled_surname_first_as_its_bearer_says_it(han: str, written: str) -> None:
    assert suggest_person(han) == written
    surname, given = written.split()
    assert suggest_person(han, capitals=False) == f"{surname.capitalize()} {given}"


@pytest.mark.parametrize("han", ["", "李", "的话", "Li Ming", "卡扎菲·伊斯兰", "李明李明李"])
def test_what_is_no_name_is_not_spelled(han: str) -> None:
    assert suggest_person(han) == ""


def test_a_name_may_be_cut_in_two_ways() -> None:
    assert name_of("欧阳修") == HanName("欧阳", "修")
    assert {str(name) for name in names_at("欧阳修说", 0)} == {"欧阳修说", "欧阳修", "欧阳"}


@pytest.mark.parametrize(
    ("written", "key"), [("Xi’an", "xian"), ("Lǚ", "lv"), ("Lü", "lv"), ("Lyu", "lv"), ("Xiao-Ming", "xiaoming"),
                         ("Xinyu", "xinyu"), ("Nyu", "nv"), ("Zhāng", "zhang")]
)  # fmt: skip
def test_spellings_are_compared_by_their_key(written: str, key: str) -> None:
    assert key_of(written) == key


def test_syllables() -> None:
    assert syllables_of("xiaoming") == ("xiao", "ming")
    assert syllables_of("smith") == ()
    assert syllables_of("") == ()


@settings(deadline=None)  # the first name that is read loads the readings
@given(st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), min_size=1, max_size=3))
def test_any_character_has_readings_that_are_syllables_or_none(han: str) -> None:
    assert len(readings(han)) == len(han)
    assert all(syllables_of(one) == (one,) for options in readings(han) for one in options)


def used(source: str, target: str) -> list[tuple[str, str, str, str]]:
    return [(str(u.name), u.written, u.order.value, u.right) for u in names_in([Pair("1", source, target)])]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("李明教授说", "Professor Li Ming said", ("李明", "Li Ming", "right", "Li Ming")),
        ("李明说", "Ming Li's words", ("李明", "Ming Li", "reversed", "Li Ming")),
        ("李小明来了", "Li Xiao Ming came", ("李小明", "Li Xiao Ming", "split", "Li Xiaoming")),
        ("李小明来了", "Li Xiao-ming came", ("李小明", "Li Xiao-ming", "split", "Li Xiaoming")),
        ("李小明来了", "Xiao-Ming Li came", ("李小明", "Xiao-Ming Li", "reversed", "Li Xiaoming")),
        ("李小明来了", "Xiao Ming Li came", ("李小明", "Xiao Ming Li", "reversed", "Li Xiaoming")),
        ("单田芳", "Dan Tianfang", ("单田芳", "Dan Tianfang", "misread", "Shan Tianfang")),
        ("尉迟恭", "Weichi Gong", ("尉迟恭", "Weichi Gong", "misread", "Yuchi Gong")),
        ("院士毛新宇", "Academician Mao Xingyu", ("毛新宇", "Mao Xingyu", "misspelt", "Mao Xinyu")),
        ("张伟教授", "Professor Zhang Wai", ("张伟", "Zhang Wai", "misspelt", "Zhang Wei")),
        ("吕晨光一行", "LYU Chenguang", ("吕晨光", "LYU Chenguang", "right", "LYU Chenguang")),
        ("吕晨光一行", "Lv Chenguang", ("吕晨光", "Lv Chenguang", "right", "Lyu Chenguang")),
        ("翟天临", "Di Tianlin", ("翟天临", "Di Tianlin", "right", "Di Tianlin")),
    ],
)
def test_a_name_is_known_however_it_is_written(source: str, target: str, expected: tuple[str, str, str, str]) -> None:
    assert used(source, target) == [expected]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("李显龙", "Lee Hsien Loong"),
        ("黄山风景", "Huangshan scenery"),
        ("马云", "Jack Ma"),
        ("他说", "Li Ming said"),
        ("高通公司", "Qualcomm"),
        ("王伟和李娜", "Wang Xiaoyan"),
        ("学校", "li ming"),
    ],
)
def test_what_is_no_pinyin_of_the_source_is_no_name(source: str, target: str) -> None:
    assert used(source, target) == []


def test_longer_names_explain_the_words_before_shorter_ones() -> None:
    assert used("李明德和李明", "Li Mingde and Li Ming") == [
        ("李明德", "Li Mingde", "right", "Li Mingde"),
        ("李明", "Li Ming", "right", "Li Ming"),
    ]


@settings(deadline=None)  # the first name that is read loads the readings
@given(
    st.lists(st.sampled_from(["李明", "王小明", "欧阳修", "的", "说"]), max_size=6).map("".join),
    st.lists(
        st.sampled_from(["Li", "Ming", "Xiao-ming", "Wang", "Xiaoming", "OUYANG", "Xiu", "the", ","]), max_size=10
    ),
)
def test_uses_are_in_order_and_apart_and_say_what_stands_there(source: str, words: list[str]) -> None:
    target = " ".join(words)
    end = 0
    for use in names_in([Pair("1", source, target)]):
        assert use.target_span[0] >= end
        end = use.target_span[1]
        assert target[slice(*use.target_span)].split() == use.written.split()
        assert source[slice(*use.source_span)] == str(use.name)
        assert use.order is not Order.RIGHT or key_of(use.written) == key_of(use.right)
