"""Stories in and out of an archive: what a file says comes home, and what must stay in does not leave."""

from pathlib import Path

import pytest
from office import Office

from desktop_app.desk.exporting import FORMATS, edition_of, export
from desktop_app.desk.importing import import_pages, import_pair
from desktop_app.desk.stories import list_stories, open_story
from desktop_app.domain.credits import told
from desktop_app.domain.story import Credit, Story
from desktop_app.foundation.errors import (
    ArchiveUnavailableError,
    InputRefusedError,
    NotAllowedError,
    WrongUsageError,
)

APPROVED = ("li:submit", "wang:claim", "wang:edit", "wang:sign", "zhao:sign")
CHINESE = """学校召开新材料会议

会议于一月二十九日在学校举行，来自各地的专家参加了会议。

（供稿：材料学院　摄影：顾安）
"""
ENGLISH = """University Holds a Conference on New Materials

The conference was held on January 29, and many came.

Date: January 29, 2024
Topics: Research, Conferences
"""


@pytest.fixture
def pages(tmp_path: Path) -> tuple[Path, Path]:
    zh, en = tmp_path / "zh.txt", tmp_path / "en.txt"
    zh.write_text(CHINESE, encoding="utf-8")
    en.write_text(ENGLISH, encoding="utf-8")
    return zh, en


def imported(office: Office, pages: tuple[Path, Path]) -> Story:
    (story,) = import_pair(office.desk, *pages, by=office["li"]).stories
    return story


# Credits


def test_the_source_page_s_credit_stays_beside_the_translator_s(
    office: Office, pages: tuple[Path, Path], tmp_path: Path
) -> None:
    story = imported(office, pages)
    office.through(story, APPROVED)
    file = office.open(story)
    college = Credit("draft", "供稿", ("材料学院",))
    assert Credit("draft", "翻译", ("李蔚",)) in file.credits_zh
    assert college in file.credits_zh
    shown = told(file.credits, file.credits_zh)
    assert [(c.label, c.names) for c in shown if c.step == "draft"] == [("Draft", ("LI Wei",)), ("供稿", ("材料学院",))]
    assert list_stories(office.desk)[0].credits == shown
    for to in ("nitf", "xliff"):
        (written,) = export(office.desk, [story.id], to, tmp_path / f"out.{to}", by=None)
        text = written.path.read_text(encoding="utf-8")
        assert "供稿：" in text
        assert "材料学院" in text
        assert "LI Wei" in text


# Round trip


def test_xliff_of_ours_brings_its_facts_home(office: Office, pages: tuple[Path, Path], tmp_path: Path) -> None:
    story = imported(office, pages)
    office.through(story, APPROVED)
    (written,) = export(office.desk, [story.id], "xliff", tmp_path / "out.xlf")
    (home,) = import_pages(office.desk, [written.path], by=office["sun"]).stories
    before, after = open_story(office.desk, story.id), open_story(office.desk, home.id)
    assert after.credits == before.credits
    assert after.credits_zh == before.credits_zh
    assert after.story.imported_credits == (*before.credits, *before.credits_zh)
    assert after.story.date == before.story.date == "2024-01-29"
    assert after.story.content.topics == before.story.content.topics == ("Research", "Conferences")


# Two files of one language


@pytest.mark.parametrize(("both", "language"), [(0, "Chinese"), (1, "English")])
def test_two_files_of_one_language_are_no_pair(
    office: Office, pages: tuple[Path, Path], both: int, language: str
) -> None:
    with pytest.raises(InputRefusedError, match=f"Both files are in {language}") as refusal:
        import_pair(office.desk, pages[both], pages[both], by=office["li"])
    assert refusal.value.subject == str(pages[both])
    assert refusal.value.advice is not None
    assert list_stories(office.desk) == []


# What stays in


def test_a_killed_story_never_leaves(office: Office, tmp_path: Path) -> None:
    story = office.story()
    office.through(story, [*APPROVED, "zhao:release", "zhao:kill", "wang:kill"])
    for draft in (False, True):
        with pytest.raises(NotAllowedError, match="killed"):
            export(office.desk, [story.id], "nitf", tmp_path / "out.xml", draft=draft)
    assert not (tmp_path / "out.xml").exists()


@pytest.mark.parametrize(
    ("steps", "advice"),
    [
        ((*APPROVED, "zhao:release", "zhao:unpublish"), "Release it again or begin a correction"),
        (("li:drop",), "take it up again"),
        (("li:submit",), "finish its sign-offs"),
    ],
)
def test_what_is_out_of_work_leaves_as_a_draft_alone(office: Office, steps: tuple[str, ...], advice: str) -> None:
    story = office.story()
    office.through(story, steps)
    with pytest.raises(NotAllowedError) as refusal:
        edition_of(office.desk, story.id)
    assert advice in str(refusal.value.advice)
    assert edition_of(office.desk, story.id, draft=True).draft


# Places


def test_a_story_that_is_named_twice_is_written_once(office: Office, tmp_path: Path) -> None:
    story = office.story(slug="twice")
    (written,) = export(office.desk, [story.id, "twice"], "nitf", tmp_path / "out.xml", draft=True)
    assert written.path == tmp_path / "out.xml"
    assert written.path.is_file()


@pytest.mark.parametrize("ending", [".xml", *(kind.suffix for kind in FORMATS.values())])
def test_several_stories_do_not_go_into_a_folder_named_like_a_file(office: Office, tmp_path: Path, ending: str) -> None:
    stories = [office.story().id, office.story().id]
    with pytest.raises(WrongUsageError, match="need a folder"):
        export(office.desk, stories, "nitf", tmp_path / f"out{ending}", draft=True)
    assert not (tmp_path / f"out{ending}").exists()
    assert len(export(office.desk, stories, "nitf", tmp_path / "new", draft=True)) == 2
    (tmp_path / f"is{ending}").mkdir()
    assert len(export(office.desk, stories, "nitf", tmp_path / f"is{ending}", draft=True)) == 2


def test_a_place_that_cannot_be_looked_up_is_refused(office: Office, tmp_path: Path) -> None:
    stories = [office.story().id, office.story().id]
    for wanted in (stories[:1], stories):
        with pytest.raises(ArchiveUnavailableError, match="cannot be written"):
            export(office.desk, wanted, "nitf", tmp_path / ("x" * 300), draft=True)
