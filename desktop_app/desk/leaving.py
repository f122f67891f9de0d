"""What of a story may leave the house, and whether it still may when it goes."""

from dataclasses import dataclass

from desktop_app.desk.blocking import OUT_ANEW, require_proven
from desktop_app.desk.live_versions import released_file
from desktop_app.desk.stories import StoryFile, story_file, story_row
from desktop_app.domain.story import Story, StoryState
from desktop_app.foundation.errors import NotAllowedError
from desktop_app.foundation.messages import N_, Message
from desktop_app.store.archive import Session, Unit
from desktop_app.store.models import StoryRow

_OUT = frozenset({StoryState.APPROVED, StoryState.RELEASED})
# Why a story stays in, and what can be done: by state, and for every story that is still on its way.
_KEPT_IN: dict[StoryState, tuple[Message, Message]] = {
    StoryState.DROPPED: (
        N_("The story was dropped."),
        N_("Export it with --draft to get pages that are marked, or take it up again."),
    ),
    StoryState.UNPUBLISHED: (
        N_("The story was taken down."),
        N_("Release it again or begin a correction; with --draft its pages are marked."),
    ),
    StoryState.KILLED: (N_("The story was killed."), N_("No version of it leaves the archive.")),
}
_UNFINISHED = (
    N_("The story is not approved."),
    N_("Export it with --draft to get pages that are marked, or finish its sign-offs."),
)


def leaving(session: Session, row: StoryRow, *, draft: bool) -> StoryFile:
    """What of a story may leave.

    Raises:
        NotAllowedError: nothing of it may.
    """
    file = story_file(session, row)
    if not draft and file.story.state is not StoryState.RELEASED:
        file = released_file(session, row) or file
    check_out(file.story, draft=draft)
    if not draft:
        _require_approved(file)
        require_proven(session, file, OUT_ANEW)
    return file


def check_out(story: Story, *, draft: bool) -> None:
    """See that a story may leave.

    Raises:
        NotAllowedError: it was killed, or it is not approved and ``draft`` is off.
    """
    if story.state is StoryState.KILLED or not (story.state in _OUT or draft):
        reason, advice = _KEPT_IN.get(story.state, _UNFINISHED)
        raise NotAllowedError(reason, subject=story.slug, advice=advice)


def _require_approved(file: StoryFile) -> None:
    """See that the text is the one that was approved, whatever its state says.

    Raises:
        NotAllowedError: it is another.
    """
    if not file.approved:
        raise NotAllowedError(
            N_("The text is not the one that was approved."),
            subject=file.story.slug,
            advice=N_("“diptych verify” says what was altered; with --draft its pages are marked."),
        )


def embargo_of(file: StoryFile, now: str) -> tuple[str, str] | None:
    """The moment until which a story must not be published, with its zone, while that is to come."""
    embargo = file.publication.embargo
    return (embargo.until, embargo.zone) if embargo is not None and embargo.until and embargo.holds(now) else None


@dataclass(frozen=True, slots=True)
class Going:
    """A story on its way out: what was made of it, and ``seen``, when it had last been touched then."""

    story: str
    seen: str
    version: str
    digest: str
    draft: bool
    embargo: tuple[str, str] | None


def require_unchanged(unit: Unit, going: Going, *, draft: bool) -> None:
    """See that what was made may still leave; a draft may, whatever was typed since.

    Raises:
        NotAllowedError: it may not any more, or other words have taken the place of what was made.
    """
    row = story_row(unit.session, going.story)
    if row.updated_at == going.seen:
        return
    file = leaving(unit.session, row, draft=draft)
    embargo = embargo_of(file, unit.at)
    overtaken = not going.draft and not (file.approved and file.digest == going.digest)
    if overtaken or embargo not in {None, going.embargo}:
        raise NotAllowedError(
            N_("The story was changed while it was being exported; nothing was written."),
            subject=row.slug,
            advice=N_("Export it again."),
        )
