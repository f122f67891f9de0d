"""What the window looks like when something is missing, closed, stale or broken: data for ``make_screenshots``."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from screens import Stage

from desktop_app.desk.desk import create_desk, opened
from desktop_app.desk.editing import edit_story
from desktop_app.desk.importing import import_pages
from desktop_app.desk.people import current_person
from desktop_app.desk.stories import open_story
from desktop_app.domain.edits import SetPlacement
from desktop_app.domain.story import Bilingual

_LONG = "President LIN Yanqiu and guests from twelve countries and regions stood together after the opening ceremony. "
_NAME = "IMG_20250328_101512_final_final_for-the-web-page_edited-by-GU-An_v3 (1) copy.jpg"


@dataclass(frozen=True)
class Prepared:
    """The archive that the window opens, None for none, and whether it can be opened."""

    archive: Path | None
    opens: bool = True


@dataclass(frozen=True)
class State:
    """How to come there: what is done to a copy of the sample before, and in the window."""

    prepare: Callable[[Path], Prepared]
    act: Callable[[Stage], object]


def _nothing(_stage: Stage) -> None:
    """The window as it opens."""


def _no_archive(_sample: Path) -> Prepared:
    return Prepared(None, opens=False)


def _empty_archive(sample: Path) -> Prepared:
    create_desk(sample.with_name("Empty")).close()
    return Prepared(sample.with_name("Empty"))


def _damaged(sample: Path) -> Prepared:
    (sample / "archive.sqlite").write_bytes(b"This was a database once." * 400)
    return Prepared(sample, opens=False)


def _headline_alone(sample: Path) -> Prepared:
    """A story of which only the headline came."""
    page = sample.with_name("headline-only.txt")
    page.write_text("我校举行新年音乐会\n", "utf-8")
    with opened(sample) as desk:
        import_pages(desk, [page], by=current_person(desk))
    return Prepared(sample)


def _long_caption(sample: Path) -> Prepared:
    with opened(sample) as desk:
        story = open_story(desk, "new-materials-conference").story
        block = next(b for b in story.content.blocks if b.placement is not None)
        assert block.placement is not None, "chosen so"
        caption = Bilingual("校长林砚秋与来自十二个国家和地区的嘉宾在开幕式后合影。" * 6, _LONG * 5)
        placed = replace(block.placement, caption=caption, file=_NAME, picture=None, payload=None)
        edit_story(desk, story.id, [SetPlacement(block.id, placed)], by=current_person(desk))
    return Prepared(sample)


def _missing_picture(sample: Path) -> Prepared:
    shutil.rmtree(sample / "originals")
    (sample / "originals").mkdir()
    return Prepared(sample)


def _find_nothing(stage: Stage) -> None:
    place = stage.window.workplace
    assert place is not None, "the archive is open"
    place.stories.library.bar.search.setText("xyzzy")


def _at_the_picture(stage: Stage) -> None:
    page = stage.story("new-materials")
    assert page.file is not None, "the story is open"
    page.editor.go_to(next(block.id for block in page.file.story.content.blocks if block.placement is not None))


def _lost_words(stage: Stage) -> None:
    page = stage.story("new-materials")
    page.editor._arrivals.lost.emit("The delegation also visited the history museum.")


def _read_only(sample: Path) -> Prepared:
    (sample / "archive.sqlite").chmod(0o444)
    return Prepared(sample)


STATES: dict[str, State] = {
    "state-no-archive": State(_no_archive, _nothing),
    "state-empty-archive": State(_empty_archive, _nothing),
    "state-damaged": State(_damaged, _nothing),
    "state-nothing-found": State(Prepared, _find_nothing),
    "state-headline-alone": State(_headline_alone, lambda stage: stage.story("headline-only")),
    "state-untranslated": State(Prepared, lambda stage: stage.story("spring")),
    "state-long-caption": State(_long_caption, _at_the_picture),
    "state-missing-picture": State(_missing_picture, _at_the_picture),
    "state-stale": State(Prepared, lambda stage: stage.story("library")),
    "state-signed": State(Prepared, lambda stage: stage.story("battery")),
    "state-with-somebody": State(Prepared, lambda stage: stage.story("qingling")),
    "state-read-only": State(_read_only, lambda stage: stage.story("new-materials")),
    "state-words-without-place": State(Prepared, _lost_words),
}
