"""Settings: remembered between runs, written whole, never in the way of a start."""

import json
import logging
from pathlib import Path

import pytest

from desktop_app.foundation.settings import CONFIG_DIR, Settings, SettingsFile, config_dir


def test_a_change_is_there_in_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    SettingsFile(path).change(theme="dark", scale=1.25, language="zh_Hans", widths={"side": 300})

    again = SettingsFile(path).settings

    assert (again.theme, again.scale, again.language, again.widths) == ("dark", 1.25, "zh_Hans", {"side": 300})
    assert [p.name for p in path.parent.iterdir()] == ["settings.json"]


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CONFIG_DIR, str(tmp_path))

    assert config_dir() == tmp_path
    assert SettingsFile().path == tmp_path / "settings.json"


@pytest.mark.logs
@pytest.mark.logs
@pytest.mark.parametrize("damage", [b'{"theme": "da', b"\xff\xfe\x00", b"[1, 2]", b""])
def test_a_damaged_file_is_kept_aside_and_said(tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(damage)

    with caplog.at_level(logging.WARNING):
        found = SettingsFile(path)

    assert found.settings == Settings()
    assert "damaged" in caplog.text
    assert (tmp_path / "settings.damaged.json").read_bytes() == damage
    found.change(theme="light")
    assert SettingsFile(path).settings.theme == "light"


@pytest.mark.logs
@pytest.mark.logs
@pytest.mark.parametrize(
    ("name", "value"),
    [("theme", "pink"), ("scale", "big"), ("recent", "x"), ("archive", 3), ("scale", True), ("recent", [1])],
)
def test_one_field_without_sense_costs_only_itself(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, value: object
) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"language": "zh_Hans", name: value}), "utf-8")

    settings = SettingsFile(path).settings

    assert settings.language == "zh_Hans"
    assert getattr(settings, name) == getattr(Settings(), name)
    assert name in caplog.text


def test_a_scale_outside_its_range_is_held(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"scale": 9}', "utf-8")

    assert SettingsFile(path).settings.scale == 2.0


def test_the_archive_opened_last_is_the_first_of_the_recent_ones() -> None:
    settings = Settings()
    for number in (1, 2, 3, 1):
        settings = settings.with_archive(Path(f"/a/{number}"))

    assert settings.archive == str(Path("/a/1"))
    assert settings.recent == tuple(str(Path(f"/a/{number}")) for number in (1, 3, 2))


def test_each_archive_has_its_own_person() -> None:
    settings = Settings().with_person(Path("/a"), "li").with_person(Path("/b"), "wang").with_person(Path("/a"), "zhao")

    assert settings.people == {str(Path("/a")): "zhao", str(Path("/b")): "wang"}


@pytest.mark.logs
@pytest.mark.logs
def test_a_place_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    found = SettingsFile(tmp_path / "file" / "settings.json")

    found.change(theme="dark")

    assert found.settings.theme == "dark"
    assert "cannot be written" in caplog.text


def test_an_archive_named_by_a_short_path_is_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    settings = Settings().with_archive(Path("archive")).with_person(Path("./archive"), "li")

    assert settings.archive == str(tmp_path / "archive")
    assert settings.recent == (settings.archive,)
    assert settings.people == {settings.archive: "li"}
