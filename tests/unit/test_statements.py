"""What a signature covers: every field of the statement, and nothing that can be exchanged unnoticed."""

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.signoff import SignOff
from desktop_app.domain.statements import (
    PersonKey,
    Statement,
    check_signature,
    fault_of,
    fingerprint_of,
    grouped,
    signed_signoff,
    signed_too_late,
    statement_of,
)
from desktop_app.domain.story import VersionNumber
from desktop_app.foundation import ed25519

PRIVATE = bytes(range(32))
PUBLIC = ed25519.public_of(PRIVATE)
KEY = PersonKey(fingerprint_of(PUBLIC), "wang", PUBLIC.hex(), "2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z")
SIGNOFF = SignOff(
    "g1", "revision", "wang", "2024-01-29T08:00:00Z", "d" * 64, "e" * 64, VersionNumber(1, 2), "read twice",
    policy="draft-revision", policy_version=3,
)  # fmt: skip
STATEMENT = statement_of("s1", SIGNOFF)
SIGNATURE = ed25519.sign(PRIVATE, STATEMENT.message()).hex()
SIGNED = replace(SIGNOFF, key=KEY.fingerprint, signature=SIGNATURE)
KEYS = {KEY.fingerprint: KEY}

written = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
statements = st.builds(
    Statement,
    **{field.name: written for field in fields(Statement) if field.name != "policy_version"},
    policy_version=st.integers(1, 1_000_000),
)


@given(statements)
def test_a_statement_is_signed_in_one_form_alone_and_holds(statement: Statement) -> None:
    message = statement.message()
    assert json.loads(message) == statement.plain()
    assert b"\n" not in message.replace(b"\\n", b"")
    assert check_signature(statement, ed25519.sign(PRIVATE, message).hex(), PUBLIC.hex(), ed25519.holds)


@given(statements, st.sampled_from([field.name for field in fields(Statement)]), st.data())
def test_any_altered_field_breaks_the_signature(statement: Statement, name: str, data: st.DataObject) -> None:
    before = getattr(statement, name)
    values = st.integers(1, 1_000_000) if isinstance(before, int) else written
    altered = replace(statement, **{name: data.draw(values.filter(lambda value: value != before))})
    signature = ed25519.sign(PRIVATE, statement.message()).hex()
    assert not check_signature(altered, signature, PUBLIC.hex(), ed25519.holds)


@given(st.integers(0, 511))
def test_any_flipped_bit_of_the_signature_breaks_it(bit: int) -> None:
    signature = bytearray.fromhex(SIGNATURE)
    signature[bit // 8] ^= 1 << (bit % 8)
    assert not check_signature(STATEMENT, signature.hex(), PUBLIC.hex(), ed25519.holds)


@given(st.text(max_size=140), st.text(max_size=70))
def test_what_is_no_signature_holds_for_nothing(signature: str, public: str) -> None:
    assert not check_signature(STATEMENT, signature, public, ed25519.holds)


def test_a_statement_keeps_the_version_that_its_signer_was_shown() -> None:
    came_home = replace(SIGNED, version=VersionNumber(1, 5), stated_version="1.2")
    assert fault_of(signed_signoff("s1", came_home), KEYS, ed25519.holds) is None
    assert fault_of(signed_signoff("s1", replace(came_home, stated_version=None)), KEYS, ed25519.holds) is not None


@pytest.mark.parametrize(
    "altered",
    [
        {"id": "g2"}, {"step": "approval"}, {"at": "2024-01-29T08:00:01Z"}, {"digest": "f" * 64}, {"handed": "f" * 64},
        {"version": VersionNumber(1, 3)}, {"note": "read thrice"}, {"policy": "three-reviews"}, {"policy_version": 4},
        {"key": None}, {"signature": None}, {"key": "0" * 64}, {"signature": "00" * 64}, {"person": "li"},
    ],
    ids=lambda altered: next(iter(altered)),
)  # fmt: skip
def test_a_sign_off_whose_row_was_altered_does_not_hold(altered: dict[str, object]) -> None:
    assert fault_of(signed_signoff("s1", SIGNED), KEYS, ed25519.holds) is None
    assert fault_of(signed_signoff("s1", replace(SIGNED, **altered)), KEYS, ed25519.holds) is not None  # type: ignore[arg-type]
    assert fault_of(signed_signoff("s2", SIGNED), KEYS, ed25519.holds) is not None


def test_a_sign_off_without_a_signature_is_at_fault_in_nothing() -> None:
    assert fault_of(signed_signoff("s1", SIGNOFF), {}, ed25519.holds) is None


@pytest.mark.parametrize(
    ("altered", "told"),
    [
        ({"person": "li"}, "another person"),
        ({"public": ed25519.public_of(b"\x07" * 32).hex()}, "was altered"),
        ({"public": "no digits"}, "was altered"),
        ({"enrolled_at": None}, "nobody confirmed"),
    ],
    ids=["person", "public", "garbage", "waiting"],
)
def test_a_key_vouches_for_its_person_alone(altered: dict[str, object], told: str) -> None:
    keys = {KEY.fingerprint: replace(KEY, **altered)}  # type: ignore[arg-type]
    assert told in str(fault_of(signed_signoff("s1", SIGNED), keys, ed25519.holds))


def test_a_retired_key_proves_what_the_chain_has_before_its_end_whatever_time_a_statement_names() -> None:
    lost = replace(KEY, retired_at="2024-02-01T00:00:00Z", reason="lost")
    backdated = "2024-01-15T00:00:00Z"
    assert signed_too_late(KEY, backdated, place=9, retired_place=None) is None
    assert signed_too_late(lost, backdated, place=4, retired_place=7) is None
    assert signed_too_late(lost, "2024-03-01T00:00:00Z", place=4, retired_place=7) is None
    assert "retired before" in str(signed_too_late(lost, backdated, place=9, retired_place=7))


def test_a_key_that_came_here_retired_has_its_time_alone_to_go_by() -> None:
    lost = replace(KEY, retired_at="2024-02-01T00:00:00Z", reason="lost")
    assert signed_too_late(lost, "2024-01-15T00:00:00Z", place=3, retired_place=None) is None
    assert signed_too_late(lost, "2024-02-01T00:00:00Z", place=3, retired_place=None) is not None


@pytest.mark.parametrize(
    "digits",
    ["00" * 32, "01" + "00" * 31, "ec" + "ff" * 30 + "7f", "01" + "00" * 30 + "80", "00" * 31, "00" * 33],
    ids=["zero", "one", "minus one", "one with a sign", "short", "long"],
)
def test_a_point_that_vouches_for_anything_is_no_key(digits: str) -> None:
    assert not ed25519.is_sound(bytes.fromhex(digits))
    forged = b"\x01" + b"\x00" * 63  # R the neutral element, S zero: it would hold for words nobody signed
    assert not ed25519.holds(bytes.fromhex(digits), forged, STATEMENT.message())


def test_a_fingerprint_is_read_in_groups_of_four() -> None:
    assert grouped("9f3a22c1") == "9F3A 22C1"
