"""Where the keyboard and the view rest in an open story, and how both come back there."""

from dataclasses import dataclass

from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.editor.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Resting:
    """``key`` and ``field`` have the keyboard, the cursor ``cursor`` characters in; ``row`` lies ``at`` px down."""

    key: str = ""
    field: str = ""
    cursor: int = 0
    row: str = ""
    at: int = 0


def resting(sheet: Sheet, document: StoryDocument | None) -> Resting:
    """Where a sheet rests now."""
    if document is None:
        return Resting()
    row, at = sheet._held()
    held = document.rows[row].key if row < len(document.rows) else ""
    if not sheet.key:
        return Resting(row=held, at=at)
    return Resting(sheet.key, str(sheet.field), sheet.live.cursor_at(), held, at)


def come_back(sheet: Sheet, document: StoryDocument | None, place: Resting) -> bool:
    """Put keyboard and view back; False where the row that had the keyboard is gone."""
    if document is None or not document.has(place.key):
        return False
    field = {str(one): one for one in Field}.get(place.field, Field.TARGET)
    longest = len(document.text(place.key, field))
    if not sheet.activate(place.key, field, at=min(place.cursor, longest)):
        return False
    if document.has(place.row):
        sheet._return_to((document.row_of(place.row), place.at))
    return True
