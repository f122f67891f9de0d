"""What a segment said over time, by command."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_app.desk.desk import opened
from desktop_app.desk.editing import edit_story
from desktop_app.desk.people import list_people
from desktop_app.desk.stories import open_story
from desktop_app.domain.edits import set_status, set_target
from desktop_app.domain.story import SegmentStatus

Diptych = Callable[..., Any]


def test_the_history_of_a_segment_is_told_by_its_number_and_its_id(
    diptych: Diptych, archive: Path, tmp_path: Path
) -> None:
    (tmp_path / "zh.txt").write_text("学校举行运动会\n\n三百名学生参加了比赛。\n", encoding="utf-8")
    (tmp_path / "en.txt").write_text("Sports Meeting\n\nThree hundred students competed.\n", encoding="utf-8")
    pair = ("--source", tmp_path / "zh.txt", "--target", tmp_path / "en.txt")
    slug = diptych("-a", archive, "import", *pair, "--as", "LI Wen", "--json").json["stories"][0]["slug"]
    with opened(archive) as desk:
        by = {person.name: person for person in list_people(desk)}
        segment = list(open_story(desk, slug).story.content.segments())[1]
        edit_story(desk, slug, [set_target(segment, "300 students took part.")], by=by["LI Wen"])
        now = list(open_story(desk, slug).story.content.segments())[1]
        edit_story(desk, slug, [set_status(now, SegmentStatus.CONFIRMED)], by=by["LI Wen"])

    answer = diptych("history", slug, "--segment", "2", "--json")
    assert answer.code == 0, answer.err
    assert [(one["text"], one["status"], one["person"]) for one in answer.json["wordings"]] == [
        ("Three hundred students competed.", "draft", "LI Wen"),
        ("300 students took part.", "confirmed", "LI Wen"),
    ]
    assert diptych("history", slug, "--segment", segment.id, "--json").json == answer.json
    out = diptych("history", slug, "--segment", "2").out
    assert "Confirmed" in out
    assert "300 students took part." in out
    assert answer.json["stands"] == []
    untouched = diptych("history", slug, "--segment", "1", "--json").json
    assert untouched["wordings"] == []
    (stands,) = untouched["stands"]
    assert (stands["text"], stands["version"], stands["person"]) == ("Sports Meeting", "1.0", "LI Wen")
    told = diptych("history", slug, "--segment", "1").out
    assert told.startswith("Since version 1.0 (")
    assert told.endswith("and nobody has changed it: Sports Meeting\n")
    refused = diptych("history", slug, "--segment", "77")
    assert refused.code == 2
    assert "no segment “77”" in refused.err
