"""The tables, as typed mappings. Every one that carries facts is audited: its rows' hashes go into the event chain.

Foreign keys are RESTRICT only: SQLite's batch migrations would run a CASCADE and silently delete children.
"""

from desktop_app.store.models.approval import (
    AssignmentRow,
    EmbargoRow,
    EmergencyRow,
    PersonKeyRow,
    PolicyRow,
    SourceChangeRow,
)
from desktop_app.store.models.base import Audited, Base
from desktop_app.store.models.language import (
    MemoryOriginRow,
    MemoryPartRow,
    MemoryPostingsRow,
    MemoryUnitRow,
    SearchTextRow,
    TermRow,
)
from desktop_app.store.models.review import (
    AcceptedChangeRow,
    CommentNoteRow,
    CommentRow,
    LoneSegmentRow,
    VisitRow,
    WaiverRow,
    WordingRow,
)
from desktop_app.store.models.stories import (
    BlockRow,
    EventRow,
    FactRow,
    PersonRow,
    PictureRow,
    PictureTextRow,
    PlacementRow,
    SegmentRow,
    SignOffRow,
    StoryRow,
    VersionRow,
    WithdrawalRow,
)
from desktop_app.store.models.travel import HomecomingRow, LoanRow, OpenConflictRow

__all__ = [
    "AcceptedChangeRow",
    "AssignmentRow",
    "Audited",
    "Base",
    "BlockRow",
    "CommentNoteRow",
    "CommentRow",
    "EmbargoRow",
    "EmergencyRow",
    "EventRow",
    "FactRow",
    "HomecomingRow",
    "LoanRow",
    "LoneSegmentRow",
    "MemoryOriginRow",
    "MemoryPartRow",
    "MemoryPostingsRow",
    "MemoryUnitRow",
    "OpenConflictRow",
    "PersonKeyRow",
    "PersonRow",
    "PictureRow",
    "PictureTextRow",
    "PlacementRow",
    "PolicyRow",
    "SearchTextRow",
    "SegmentRow",
    "SignOffRow",
    "SourceChangeRow",
    "StoryRow",
    "TermRow",
    "VersionRow",
    "VisitRow",
    "WaiverRow",
    "WithdrawalRow",
    "WordingRow",
]
