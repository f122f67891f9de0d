"""The code of an approval sheet: what was written is read again, slips are found, hostile text is refused at once."""

import time
from dataclasses import replace

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.sheet_codes import LONGEST, NoSheetCodeError, SheetCode, find, parse, seal, tail
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import VersionNumber

HEX = "0123456789abcdef"
CODE = SheetCode(
    "018d5000-0000-7000-8000-0000000000aa", VersionNumber(1, 2), "5e" * 32, False, 4711, "9c" * 16,
    ("0123456789ab", "ba9876543210"), "7f" * 16,
)  # fmt: skip
SIGNOFF = SignOff(
    "018d5000-0000-7000-8000-0123456789ab", "draft", "p1", "2024-01-29T08:00:00.000000Z", "5e" * 32, "5e" * 32,
    VersionNumber(1, 2),
)  # fmt: skip


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text(HEX, min_size=count, max_size=count)


CODES = st.builds(
    SheetCode,
    story=st.uuids().map(str),
    version=st.none() | st.builds(VersionNumber, st.integers(1, 999_999), st.integers(0, 999_999)),
    digest=digits(64),
    draft=st.booleans(),
    event=st.integers(0, 10**12 - 1),
    event_hash=digits(32),
    signoffs=st.lists(digits(12), max_size=64).map(tuple),
    seal=digits(32),
)


@given(CODES)
def test_what_was_written_is_read_again(code: SheetCode) -> None:
    assert parse(code.text()) == code


@given(CODES, st.data())
def test_one_wrong_sign_is_never_taken_for_another_sheet(code: SheetCode, data: st.DataObject) -> None:
    text = code.text()
    place = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.sampled_from("0123456789ABCDEF:.+-DZ "))
    with pytest.raises(NoSheetCodeError) if sign not in {text[place], " "} else _Nothing():
        assert parse(text[:place] + sign + text[place + 1 :]) == code or sign == " "


class _Nothing:
    """A wrong sign that is none, or a blank in place of one: either is read right or refused."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        return isinstance(error, NoSheetCodeError)


@pytest.mark.parametrize(
    "typed",
    [
        CODE.text().lower(),
        "  " + "\n".join(CODE.text()[at : at + 20] for at in range(0, len(CODE.text()), 20)) + "\r\n",
        CODE.text().replace(":", "："),
        CODE.text().replace("0", "O", 3).replace("DIPTYCH1:O", "DIPTYCH1:0"),
        "\ufeff" + "\u200b".join(CODE.text()),
        CODE.text().translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789ABCDEF"}),
    ],
)
def test_small_letters_blanks_and_full_width_signs_do_no_harm(typed: str) -> None:
    assert parse(typed) == CODE


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ("", "absent"),
        ("https://example.org/DIPTYCH1:", "absent"),
        ("DIPTYCH2:" + CODE.text()[9:], "newer"),
        ("DIPTYCH1:", "mistyped"),
        (CODE.text()[:-1], "mistyped"),
        (CODE.text() + "0", "mistyped"),
        (CODE.text().replace("1.2", "1.2.3"), "mistyped"),
        (CODE.text().replace("018D5", "٠18D5"), "mistyped"),
        ("DIPTYCH1:" + "A" * LONGEST, "long"),
        ("DIPTYCH1:" + "+0123456789AB" * 200, "mistyped"),
        ("DIPTYCH99999999999:x", "absent"),
        ("DIPTYCH1:\x00\ud800" + "9" * 100, "mistyped"),
    ],
)
def test_what_is_no_code_is_told_by_its_kind(given: str, kind: str) -> None:
    began = time.process_time()
    with pytest.raises(NoSheetCodeError) as refused:
        parse(given)
    assert refused.value.kind == kind
    assert time.process_time() - began < 0.5


@given(st.text(max_size=300))
def test_any_text_is_a_code_or_is_refused(text: str) -> None:
    with pytest.raises(NoSheetCodeError):
        parse(text)
    with pytest.raises(NoSheetCodeError):
        parse("DIPTYCH1:" + text)


def test_the_seal_covers_everything_that_a_sign_off_says() -> None:
    whole = seal([SIGNOFF])
    others = [
        replace(SIGNOFF, id=SIGNOFF.id[:-1] + "c"), replace(SIGNOFF, step="approval"), replace(SIGNOFF, person="p2"),
        replace(SIGNOFF, at="2024-01-29T08:00:01.000000Z"), replace(SIGNOFF, digest="00" * 32),
        replace(SIGNOFF, handed="00" * 32), replace(SIGNOFF, version=VersionNumber(1, 3)),
        replace(SIGNOFF, note="!"), replace(SIGNOFF, policy="three-reviews"), replace(SIGNOFF, policy_version=2),
        replace(SIGNOFF, key="ab" * 32), replace(SIGNOFF, signature="cd" * 64),
    ]  # fmt: skip
    assert len({whole, seal([]), seal([SIGNOFF, SIGNOFF]), *(seal([one]) for one in others)}) == len(others) + 3
    assert tail(SIGNOFF.id) == "0123456789ab"


@pytest.mark.parametrize("count", [0, 3, 8, 12])
def test_the_square_stays_small_enough_for_a_telephone(count: int) -> None:
    code = replace(CODE, event=10**7, signoffs=tuple(f"{n:012x}" for n in range(count)))
    square = segno.make(code.text(), error="m", micro=False)
    assert square.mode == "alphanumeric"
    assert 38 / (square.symbol_size(border=4)[0]) >= 0.5, "a module is half a millimetre at least on 38 mm"


@pytest.mark.parametrize(
    "text",
    [
        f"审批单\nApproval sheet\n本单编码 Code of this sheet\n{CODE.text()}\n\n签署 Sign-offs\n",
        "a\n" + "\u200b".join(CODE.text()[at : at + 16] for at in range(0, len(CODE.text()), 16)) + "\n\n签署 Signed",
        "Code: " + "\n  ".join(CODE.text().lower()[at : at + 30] for at in range(0, len(CODE.text()), 30)) + " FACE 12",
        CODE.text()[:60] + "-\r\n" + CODE.text()[60:],
        f"{CODE.text()} {CODE.text()} DIPTYCH1: DIPTYCH2:{CODE.text()[9:]}",
    ],
)
def test_the_code_is_found_in_all_the_words_of_a_sheet(text: str) -> None:
    assert find(text) == CODE


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ("", "absent"),
        ("审批单\n" * 1000, "absent"),
        (CODE.text()[:-1] + "G", "mistyped"),
        (f"{CODE.text()}\n{replace(CODE, event=4712).text()}", "several"),
        ("DIPTYCH1:" * 100_000, "mistyped"),
        ("e\u0301\u0323" * 300_000, "absent"),
        ("\u0301\u0323" * 300_000, "absent"),
    ],
)
def test_a_text_without_one_code_is_told_by_its_kind(given: str, kind: str) -> None:
    began = time.process_time()
    with pytest.raises(NoSheetCodeError) as refused:
        find(given)
    assert refused.value.kind == kind
    assert time.process_time() - began < 1
