"""A work package comes in whole and as it was written, or not at all, and the refusal says where it is wrong."""

import hashlib
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterable

import pytest

from desktop_app.domain.digest import canonical
from desktop_app.exchange.packages import container
from desktop_app.exchange.packages.container import MANIFEST, OpenContainer, write_container
from desktop_app.foundation.errors import CancelledError, InputRefusedError
from desktop_app.foundation.messages import N_

FACTS = {"for": "p1", "made": "2024-01-29T08:00:00Z"}
PARTS = [
    ("stories/0190-a.json", b'{"id":"a"}' * 40),
    ("pictures/ab12.jpg", bytes(range(256)) * 3),
    ("people.json", b"[]"),
]


def packed(facts: dict[str, object] = FACTS, parts: Iterable[tuple[str, bytes]] = PARTS) -> bytes:
    file = io.BytesIO()
    write_container(file, facts, parts)
    return file.getvalue()


def opened(data: bytes) -> tuple[object, dict[str, bytes]]:
    with OpenContainer(io.BytesIO(data), "out.diptych") as package:
        return package.facts, {name: package.read(name) for name in package.parts}


def refusal(data: bytes) -> InputRefusedError:
    with pytest.raises(InputRefusedError) as refused:
        opened(data)
    assert refused.value.subject == "out.diptych"
    assert refused.value.advice is not None
    return refused.value


def remade(change: Callable[[dict[str, bytes]], None], *, sealed: bool = True, **kinds: int) -> bytes:
    """The package with other entries; ``sealed`` makes the seal of the manifest right again."""
    with zipfile.ZipFile(io.BytesIO(packed())) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    if sealed and MANIFEST in entries:
        manifest = json.loads(entries[MANIFEST])
        manifest.pop("seal")
        entries[MANIFEST] = canonical({**manifest, "seal": hashlib.sha256(canonical(manifest)).hexdigest()})
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data, compress_type=kinds.get("compress", zipfile.ZIP_STORED))
    return file.getvalue()


def in_manifest(change: Callable[[dict[str, object]], None]) -> Callable[[dict[str, bytes]], None]:
    def changed(entries: dict[str, bytes]) -> None:
        manifest = json.loads(entries[MANIFEST])
        change(manifest)
        entries[MANIFEST] = canonical(manifest)

    return changed


def test_what_is_written_is_read() -> None:
    assert opened(packed()) == (FACTS, dict(PARTS))


def test_the_same_input_makes_the_same_bytes() -> None:
    assert packed() == packed()


def test_any_changed_byte_is_refused_or_changes_nothing() -> None:
    whole = packed()
    wanted = opened(whole)
    refused = 0
    for at in range(len(whole)):
        for bit in (0, 3, 7):
            data = bytearray(whole)
            data[at] ^= 1 << bit
            try:
                assert opened(bytes(data)) == wanted, f"byte {at}, bit {bit}: other content was taken in"
            except InputRefusedError:
                refused += 1
    assert refused > len(whole)


def test_a_truncated_package_is_refused_wherever_it_ends() -> None:
    whole = packed()
    for end in range(len(whole)):
        refusal(whole[:end])


def test_noise_is_refused() -> None:
    chance = random.Random(4)
    for size in (0, 1, 30, 3000):
        refusal(chance.randbytes(size))
        refusal(b"PK\x03\x04" + chance.randbytes(size))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda entries: entries.update({"people.json": b"[1]"}), "people.json"),
        (lambda entries: entries.update({"people.json": b"["}), "people.json"),
        (lambda entries: entries.pop("people.json"), "people.json"),
        (lambda entries: entries.update({"more.json": b"[]"}), "more.json"),
        (lambda entries: entries.update({"../../etc/passwd": b"x"}), "../../etc/passwd"),
        (lambda entries: entries.update({"/etc/passwd": b"x"}), "/etc/passwd"),
        (lambda entries: entries.update({"a\\b": b"x"}), "a"),
        (lambda entries: entries.update({"stories/../x.json": b"x"}), "stories/../x.json"),
        (lambda entries: entries.pop(MANIFEST), ""),
        (in_manifest(lambda manifest: manifest.update(format="other")), MANIFEST),
        (in_manifest(lambda manifest: manifest.update(version=2)), MANIFEST),
        (in_manifest(lambda manifest: manifest.update(facts=[])), MANIFEST),
        (in_manifest(lambda manifest: manifest.update(parts={"people.json": 3})), MANIFEST),
    ],
)
def test_a_package_that_somebody_remade_is_refused_and_the_place_is_named(
    change: Callable[[dict[str, bytes]], None], place: str
) -> None:
    assert str(refusal(remade(change)).place).startswith(place)


@pytest.mark.parametrize(
    "manifest", [b"", b"{", b"[]", b"[" * 100_000, b"\xff", b'{"seal": NaN}', b'{"seal": 1}', b"null"]
)
def test_a_manifest_that_is_none_is_refused(manifest: bytes) -> None:
    refusal(remade(lambda entries: entries.update({MANIFEST: manifest}), sealed=False))


def test_changed_facts_without_a_new_seal_are_refused() -> None:
    change = in_manifest(lambda manifest: manifest.update(facts={"for": "p2"}))
    assert refusal(remade(change, sealed=False)).place == MANIFEST


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    bomb = bytes(30_000_000)

    def with_bomb(entries: dict[str, bytes]) -> None:
        entries["bomb.json"] = bomb
        in_manifest(
            lambda manifest: manifest["parts"].update(  # type: ignore[attr-defined]
                {"bomb.json": {"size": len(bomb), "sha256": hashlib.sha256(bomb).hexdigest()}}
            )
        )(entries)

    data = remade(with_bomb, compress=zipfile.ZIP_DEFLATED)
    assert len(data) < 100_000
    assert refusal(data).place == "bomb.json"


def test_two_parts_of_one_name_are_refused() -> None:
    file = io.BytesIO(packed())
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("people.json", b"[]")
    assert refusal(file.getvalue()).place == "people.json"


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed()
    monkeypatch.setattr(container, "MAX_PARTS", 2)
    assert "2" in str(refusal(data).reason)


@pytest.mark.parametrize("name", ["", MANIFEST, "../x", "/x", "A.json", "a//b", "a/", ".hidden", "x" * 200, "中.json"])
def test_a_part_of_a_name_that_no_package_gives_is_not_written(name: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        packed(parts=[(name, b"")])


def test_opening_can_be_stopped() -> None:
    def stop() -> None:
        raise CancelledError(N_("The person stopped it."))

    with pytest.raises(CancelledError):
        OpenContainer(io.BytesIO(packed()), "out.diptych", check=stop)
