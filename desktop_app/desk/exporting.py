"""Sending stories out: approved ones as they were approved, others only as marked drafts."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from desktop_app.desk.approval_sheets import SHEET, approval_pdf
from desktop_app.desk.approval_sheets import TITLE as SHEET_TITLE
from desktop_app.desk.desk import SILENT, Desk, Progress
from desktop_app.desk.leaving import Going, check_out, embargo_of, leaving, require_unchanged
from desktop_app.desk.operations import EXPORTED, NOT_WRITTEN
from desktop_app.desk.outputs import ExportedFile, Waiting, written_beside
from desktop_app.desk.review_copies import REVIEW, review_file
from desktop_app.desk.stories import StoryFile, story_file, story_row
from desktop_app.desk.story_terms import TBX, terms_file
from desktop_app.desk.went_out import COMES_HOME, keep
from desktop_app.domain.edition import Edition, SignedStep
from desktop_app.domain.people import Person
from desktop_app.domain.pictures import Picture
from desktop_app.domain.policy import StepKind
from desktop_app.domain.story import Content, Story, StoryState, VersionNumber
from desktop_app.exchange.formats import WRITERS
from desktop_app.foundation.errors import ArchiveUnavailableError, WrongUsageError
from desktop_app.foundation.i18n import load_catalog
from desktop_app.foundation.ids import stamp
from desktop_app.foundation.messages import N_, Message
from desktop_app.press.pages import LAYOUTS, PageOptions, render
from desktop_app.press.words import PageWords, page_words
from desktop_app.store import history as history_store
from desktop_app.store import pictures as picture_store
from desktop_app.store.archive import Session


@dataclass(frozen=True, slots=True)
class Format:
    """A format as people choose it: its name, what it is for, and the ending of its files."""

    title: Message
    purpose: Message
    suffix: str


PAGES = "pdf"
USUAL_LAYOUT = "side-by-side"
FORMATS: dict[str, Format] = {
    PAGES: Format(N_("Pages (PDF)"), N_("Print-ready pages in both languages, or in one."), ".pdf"),
    **{writer.id: Format(writer.title, writer.purpose, writer.suffix) for writer in WRITERS.values()},
    TBX.id: Format(TBX.title, N_("The terms that it mentions, for termbases."), TBX.suffixes[0]),
}
STORY_LAYOUTS: dict[str, Message] = {name: layout.title for name, layout in LAYOUTS.items()}
PAGE_LAYOUTS: dict[str, Message] = {**STORY_LAYOUTS, SHEET: SHEET_TITLE}
_SUFFIXES = (".xml", *(format_.suffix for format_ in FORMATS.values()))


def export(
    desk: Desk,
    stories: Sequence[str],
    to: str,
    target: Path,
    *,
    draft: bool = False,
    layout: str = USUAL_LAYOUT,
    tracked: bool = False,
    several: bool = False,
    by: Person | None = None,
    progress: Progress = SILENT,
) -> list[ExportedFile]:
    """Write each story as one file of the format ``to``: into ``target`` if it is a folder, else as ``target``.

    ``several`` says that there may be any number by nature: ``target`` is a folder unless it is named like a file.

    Every file appears whole or not at all, none appears unless all can be made, and none before the history says so.
    ``tracked`` is for review documents: what changed since the signed draft stands in them as tracked changes.

    Raises:
        WrongUsageError: no such story, format or layout, or many stories for one file.
        NotAllowedError: a story was killed, or ``draft`` is off and one is not approved or rests on a signature that
            does not hold; or it was changed while its file was made.
        ArchiveUnavailableError: the files or the archive cannot be written.
    """
    make = _maker(desk, to, layout, tracked=tracked)
    if not stories:
        raise WrongUsageError(N_("There is no story to export."), advice=N_("Name one, or use --state approved."))
    with desk.archive.read() as session:
        ids = list(dict.fromkeys(story_row(session, story).id for story in stories))
    as_folder = _as_folder(target, len(ids), several=several)
    made: list[tuple[Path, bytes]] = []
    going: list[Going] = []
    for done, story in enumerate(ids):
        progress.check()
        progress.report(done, len(ids))
        edition, seen = _edition_seen(desk, story, draft=draft)
        if to in COMES_HOME and edition.story.state is not StoryState.RELEASED and keep(desk, story, by=by):
            edition, seen = _edition_seen(desk, story, draft=draft)  # it says of itself which version it is
        going.append(Going(story, seen, str(edition.story.version), edition.digest, edition.draft, edition.embargo))
        slug = outgoing_slug(edition.story.slug, story, embargoed=edition.embargo is not None)
        name = target / file_name(slug, to, layout) if as_folder else target
        made.append((name, make(edition)))
    with written_beside(made) as waiting:
        progress.check()
        if desk.archive.writable:
            _send(desk, waiting, going, to, draft=draft, by=by)
        else:
            waiting.place()
    progress.report(len(ids), len(ids))
    return list(waiting.files)


def _send(desk: Desk, waiting: Waiting, going: Sequence[Going], to: str, *, draft: bool, by: Person | None) -> None:
    """Record what goes out, then put it in place: whenever this is cut short, no file is out that nobody knows of."""
    ids = [one.story for one in going]
    sending = desk.new_id()
    said: dict[str, Any] = {
        "person": by.id if by is not None else None,
        "story": ids[0] if len(ids) == 1 else None,
        "stories": ids,
        "format": to,
        "files": [[file.path.name, file.sha256] for file in waiting.files],
        "sending": sending,
    }
    with desk.archive.write() as unit:
        for one in going:
            require_unchanged(unit, one, draft=draft)
        unit.record(EXPORTED, versions={one.story: one.version for one in going}, draft=draft, **said)
    try:
        waiting.place()
    except ArchiveUnavailableError as error:
        try:
            with desk.archive.write() as unit:
                unit.record(NOT_WRITTEN, **said)
        except ArchiveUnavailableError:
            error.advice = N_("The history says that it went out all the same: export it again to another place.")
        raise


def outgoing_slug(slug: str, story: str, *, embargoed: bool) -> str:
    """What a file is called after: the story's slug, or its id where the slug would tell what must not be known yet."""
    return f"embargoed-{story[-8:]}" if embargoed else slug


def file_name(slug: str, to: str, layout: str) -> str:
    """What a story's file is called: its slug, and for a sheet what it is, so that it lies beside the story's pages."""
    return f"{slug}-{SHEET}{FORMATS[to].suffix}" if to == PAGES and layout == SHEET else f"{slug}{FORMATS[to].suffix}"


def _as_folder(target: Path, count: int, *, several: bool) -> bool:
    """Whether the files go into ``target``, which need not be there yet; a name that cannot be looked up is no folder.

    Raises:
        WrongUsageError: several stories, and ``target`` is a file or named like one.
    """
    if os.path.isdir(target):  # unlike Path.is_dir it never raises
        return True
    as_file = os.path.exists(target) or target.name.lower().endswith(_SUFFIXES)
    if count > 1 and as_file:
        raise WrongUsageError(
            N_("Several stories need a folder, not one file."), subject=str(target), advice=N_("Name a folder.")
        )
    return count > 1 or (several and not as_file)


def _maker(desk: Desk, to: str, layout: str, *, tracked: bool = False) -> Callable[[Edition], bytes]:
    if to == REVIEW:
        return partial(review_file, desk, changes=tracked)
    if to == TBX.id:
        return partial(terms_file, desk)
    if to == PAGES:
        if layout == SHEET:
            return lambda edition: approval_pdf(desk, edition.story.id)
        if layout not in LAYOUTS:
            raise WrongUsageError(
                N_("There is no page layout “{layout}”.", layout=layout),
                advice=N_("Choose one of: {layouts}.", layouts=", ".join(PAGE_LAYOUTS)),
            )
        words = both_languages()
        return lambda edition: render(edition, PageOptions(layout), words)
    writer = WRITERS.get(to)
    if writer is None:
        raise WrongUsageError(
            N_("Stories cannot be exported to “{format}”.", format=to),
            advice=N_("Choose one of: {formats}.", formats=", ".join(FORMATS)),
        )
    return writer.write


def both_languages() -> PageWords:
    """The words of a page that are not the story's, from both catalogs."""
    return page_words(load_catalog("zh_Hans").text, load_catalog("en").text)


def edition_of(desk: Desk, story: str, *, draft: bool = False) -> Edition:
    """Make a story ready to leave: the version that is out, whatever is drafted beside it, unless ``draft`` is on.

    Raises:
        WrongUsageError: there is no such story.
        NotAllowedError: it was killed, or ``draft`` is off and it is not approved or rests on a signature that does
            not hold.
    """
    return _edition_seen(desk, story, draft=draft)[0]


def _edition_seen(desk: Desk, story: str, *, draft: bool) -> tuple[Edition, str]:
    """The same, and when the story had last been touched."""
    house = desk.house()
    with desk.archive.read() as session:
        row = story_row(session, story)
        file = leaving(session, row, draft=draft)
        pictures = picture_store.of_content(session, file.story.content)
        made = _edition(file, pictures, house.name, draft=not file.approved, now=stamp(desk.now()))
        previous = _draft_as_submitted(session, file)
        made = replace(
            made,
            previous=previous[1] if previous else None,
            previous_version=previous[0] if previous else None,
            files=_masters(desk, pictures),
        )
        return made, row.updated_at


def edition_on_screen(desk: Desk, story: Story) -> Edition:
    """Make a story ready as it stands on the screen, saved or not; the pictures' files are left to the caller.

    It is a draft unless these very words are approved.

    Raises:
        WrongUsageError: there is no such story.
        NotAllowedError: it was killed.
    """
    house = desk.house()
    with desk.archive.read() as session:
        row = story_row(session, story.id)
        saved = story_file(session, row)
        check_out(saved.story, draft=True)
        file = story_file(session, row, saved.story.with_content(story.content))
        approved = saved.approved and file.digest == saved.digest
        pictures, now = picture_store.of_story(session, row.id), stamp(desk.now())
        return _edition(file, pictures, house.name, draft=not approved, now=now)


def _edition(file: StoryFile, pictures: Sequence[Picture], house: str, *, draft: bool, now: str) -> Edition:
    return Edition(
        story=file.story,
        digest=file.digest,
        credits=file.credits,
        credits_zh=file.credits_zh,
        signed=_signed(file),
        draft=draft,
        pictures={picture.id: picture for picture in pictures},
        house=house,
        embargo=embargo_of(file, now),
    )


def _masters(desk: Desk, pictures: Sequence[Picture]) -> dict[str, bytes]:
    return {picture.id: desk.originals.read(picture.sha256) for picture in pictures}


def _draft_as_submitted(session: Session, file: StoryFile) -> tuple[VersionNumber, Content] | None:
    """The version that the draft step was signed for, where the text has moved on since."""
    drafts = {step.name for step in file.policy.steps if step.kind is StepKind.DRAFT}
    signed = [s for name, s in file.situation.standing.valid.items() if name in drafts and s.digest != file.digest]
    if not signed:
        return None
    content = history_store.version_content(session, file.story.id, signed[0].version)
    return (signed[0].version, content) if content is not None else None


def _signed(file: StoryFile) -> tuple[SignedStep, ...]:
    steps: list[SignedStep] = []
    for step in file.policy.steps:
        signoff = file.situation.standing.valid.get(step.name)
        if signoff is None:
            continue
        person = file.people[signoff.person]
        label = step.credit.en if step.credit else str(step.title)
        signed = (person.name, person.zh, signoff.at, signoff.digest, signoff.version)
        steps.append(SignedStep(step.name, label, *signed, titles=step.titles))
    return tuple(steps)
