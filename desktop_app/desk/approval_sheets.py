"""Approval sheets (审批单): what is approved, by whom, on paper, and a code that leads back from the paper."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from desktop_app.desk.blocking import shaken
from desktop_app.desk.desk import Desk
from desktop_app.desk.stories import StoryFile, story_file, story_row
from desktop_app.desk.thumbnails import thumbnail
from desktop_app.domain.approval_sheet import ApprovalSheet, SheetLine, afterwards, sheet_lines
from desktop_app.domain.people import called
from desktop_app.domain.pictures import Picture
from desktop_app.domain.sheet_codes import MOST_SIGNOFFS, SheetCode, seal, short_hash, tail
from desktop_app.domain.story import VersionNumber
from desktop_app.foundation.errors import ArchiveUnavailableError, KnownError
from desktop_app.foundation.i18n import load_catalog
from desktop_app.foundation.messages import N_, Message
from desktop_app.foundation.zones import clocks_of, told
from desktop_app.press.approval import render_approval
from desktop_app.press.approval_words import SheetWords
from desktop_app.store import history as history_store
from desktop_app.store import pictures as picture_store
from desktop_app.store import sheets as store
from desktop_app.store.archive import Session

logger = logging.getLogger(__name__)

SHEET = "approval-sheet"
TITLE = N_("Approval sheet")
_EDGE = 480  # pixels of a small picture: 25 mm wide at 480 dots an inch


def approval_pdf(desk: Desk, story: str) -> bytes:
    """Print the sheet of a story as it stands; one that is not approved is marked as a draft.

    Raises:
        WrongUsageError: there is no such story.
        ArchiveUnavailableError: the archive or the temporary files are out of reach.
    """
    words = SheetWords(load_catalog("zh_Hans").text, load_catalog("en").text)
    return render_approval(approval_sheet(desk, story), words)


def approval_sheet(desk: Desk, story: str) -> ApprovalSheet:
    """Put together what the sheet of a story says.

    Raises:
        WrongUsageError: there is no such story.
        ArchiveUnavailableError: the archive is out of reach, or lost its events.
    """
    house = desk.house().name
    with desk.archive.read() as session:
        file = story_file(session, story_row(session, story))
        sheet = _sheet(session, file, house)
        pictures = {picture.id: picture for picture in picture_store.of_story(session, file.story.id)}
    return replace(sheet, pictures=pictures, thumbnails=_thumbnails(desk, pictures))


def _sheet(session: Session, file: StoryFile, house: str) -> ApprovalSheet:
    story, valid = file.story, file.situation.standing.valid
    unsound = shaken(session, file)
    draft = not file.approved or unsound is not None
    after = store.last_said(session, story.id)
    if after is None:
        raise ArchiveUnavailableError(
            N_("the archive has no event of this story"),
            subject=story.slug,
            advice=N_("“diptych verify” says what was altered; go back to a backup."),
        )
    version = _frozen_as(session, file)
    lines, history = sheet_lines(
        file.policy, file.signoffs, valid, file.people, file.signed_step, settled=_settled(file)
    )
    standing = [line.signoff for line in lines if line.signoff is not None][:MOST_SIGNOFFS]
    code = SheetCode(
        story.id,
        version,
        file.digest,
        draft,
        after.number,
        short_hash(after.hash),
        tuple(tail(signoff.id) for signoff in standing),
        seal(standing),
    )
    return ApprovalSheet(
        story=story,
        digest=file.digest,
        version=version,
        draft=draft,
        policy=file.policy,
        lines=_with_signatures([*lines, *_afterwards(file)], file.unproven),
        history=_with_signatures(history, file.unproven),
        code=code,
        made_at=after.at,
        house=house,
        notices=(*standing_notices(file), *([] if unsound is None else [unsound])),
        credits=file.credits,
        credits_zh=file.credits_zh,
    )


def _settled(file: StoryFile) -> bool:
    """Whether these very words went out in an emergency and were approved afterwards."""
    early = file.publication.emergency
    return early is not None and early.approved_by is not None and early.digest == file.digest


def _afterwards(file: StoryFile) -> Iterator[SheetLine]:
    early = file.publication.emergency
    line = afterwards(early, file.people) if early is not None and _settled(file) else None
    if line is not None:
        yield line


def _with_signatures(lines: Sequence[SheetLine], bad: Mapping[str, Message]) -> list[SheetLine]:
    return [
        replace(line, holds=line.signoff.id not in bad)
        if line.signoff is not None and (line.signoff.key is not None or line.signoff.id in bad)
        else line
        for line in lines
    ]


def _frozen_as(session: Session, file: StoryFile) -> VersionNumber | None:
    """The version that has this very text: the story's own, else the newest that has it."""
    same = [v.number for v in history_store.versions(session, file.story.id) if v.digest == file.digest]
    return file.story.version if file.story.version in same else (same[-1] if same else None)


def standing_notices(file: StoryFile) -> Iterator[Message]:
    """What has to be said of a text beside its sign-offs: an embargo, a release in an emergency, what is still open."""
    about = file.publication
    embargo, early = about.embargo, about.emergency
    if about.kill_asked_by is not None:
        yield N_("{name} asked to kill this story. A second person must confirm it.",
                 name=called(file.people, about.kill_asked_by))  # fmt: skip
    if about.changes:
        yield N_("The Chinese source changed since, and nobody has judged yet what that means.")
    if embargo is not None and embargo.until is not None:
        yield N_("Embargoed until {at}: {reason}", at=_in_zones(embargo.until, embargo.zone), reason=embargo.reason)
    if early is None:
        return
    reason = early.reason.strip().rstrip(".。")
    said = {"at": _clock(early.at), "name": called(file.people, early.person), "reason": reason}
    if early.approved_by is None or early.approved_at is None:
        yield N_("Released in an emergency {at} by {name}: {reason}. Its approval is still to come.", **said)
    else:
        by, later = called(file.people, early.approved_by), _clock(early.approved_at)
        yield N_(
            "Released in an emergency {at} by {name}: {reason}. Approved afterwards, {later}, by {by}.",
            **said, later=later, by=by,
        )  # fmt: skip


def _clock(at: str) -> Message:
    """A moment of the archive as the sheet gives times: by the clocks of the house, and in UTC."""
    there, utc = (f"{clocks_of(at, zone):%Y-%m-%d %H:%M}" for zone in ("Asia/Shanghai", "UTC"))
    return N_("{there} Beijing time ({utc} UTC)", there=there, utc=utc)


def _in_zones(at: str, zone: str) -> str:
    """A moment in the zone that it was thought in, and in UTC where that is another."""
    there, utc = told(at, zone), told(at, "UTC")
    return there if there == utc else f"{there} ({utc})"


def _thumbnails(desk: Desk, pictures: Mapping[str, Picture]) -> dict[str, bytes]:
    """Small pictures; one whose master is gone or cannot be decoded is left out, and the page says so."""
    made: dict[str, bytes] = {}
    for picture in pictures.values():
        try:
            made[picture.id] = thumbnail(desk, picture.sha256, _EDGE)
        except KnownError as problem:
            logger.info("a picture is left out of the sheet: %s", problem.reason.key)
    return made
