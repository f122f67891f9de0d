"""What is remembered of an open story, and how it comes back: view, panel, segment, cursor, place in the view."""

from desktop_app.foundation.bookmarks import TabMark
from desktop_app.gui.editor.resting import Resting
from desktop_app.gui.shell.story_frame import VIEWS
from desktop_app.gui.shell.story_page import StoryPage

_LONGEST_TITLE = 200  # characters


def mark_of(page: StoryPage) -> TabMark:
    """Say how a story stands on the screen."""
    at = page.editor.resting()
    return TabMark(
        page.story_id, page.title[:_LONGEST_TITLE], page.view, page.side.panel,
        at.key, at.field, at.cursor, at.row, at.at,
    )  # fmt: skip


def return_to(page: StoryPage, mark: TabMark) -> None:
    """Let a story that is being read stand as it did."""
    if mark.panel in page.side.panels:
        page.side.show_panel(mark.panel)
    if mark.view in dict(VIEWS):
        page.show_view(mark.view)
    if mark.segment or mark.row:
        page.come_back(Resting(mark.segment, mark.side, mark.cursor, mark.row, mark.at))
