"""What the dialog of coming home says of a whole plan: where it came from, what it would do, and what it did."""

from collections.abc import Mapping, Sequence

from desktop_app.desk.bringing_home import BroughtHome
from desktop_app.desk.home_plan import HomePlan
from desktop_app.desk.loans import ListedLoan
from desktop_app.domain.people import Person, name_list
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.homecoming.notes import kept_of, trusted_of

_KINDS = {"package": N_("Work package"), "docx": N_("Review document"), "xliff": N_("XLIFF file")}


def came_from(plan: HomePlan, people: Mapping[str, Person]) -> Message:
    """What the file is, from whom, and who comes along."""
    sender = people.get(plan.sender or "")
    name = sender.called if sender is not None else plan.sender or ""
    kind = _KINDS.get(plan.file.kind, N_("File"))
    if not plan.stories:
        return kind
    parts: dict[str, object] = {"kind": kind, "stories": NN_("{n} story", "{n} stories", len(plan.stories))}
    said = N_("{kind} from {name} with {stories}", name=name, **parts) if name else N_("{kind} with {stories}", **parts)
    if not plan.newcomers:
        return said
    return N_("{said}. New to this archive, and without any role: {names}.", said=said, names=name_list(plan.newcomers))


def promise(plan: HomePlan, *, writable: bool) -> Message:
    """What will happen when it is brought home."""
    if not writable:
        return N_("This archive is open for reading only; nothing can be brought home.")
    if not plan.changes_anything:
        return N_("Nothing changes here; it is noted that the file came home.")
    said, trusted = _will(plan), trusted_of(plan)
    return N_("{one} {other}", one=trusted, other=said) if trusted is not None else said


def _will(plan: HomePlan) -> Message:
    will, left = NN_("{n} change will be applied.", "{n} changes will be applied.", plan.applied), plan.conflicts
    if plan.confirmed:
        will = N_("Will be applied: {what}.", what=plan.written)
    if not left:
        return will
    wait = NN_("{n} stays open and can be decided later.", "{n} stay open and can be decided later.", left)
    return N_("{one} {other}", one=will, other=wait) if plan.applied else wait


def outcome(done: BroughtHome) -> Message:
    """What happened."""
    said = NN_("{n} change was applied.", "{n} changes were applied.", done.applied)
    if done.plan.confirmed:
        said = N_("Applied: {what}.", what=done.plan.written)
    waiting = len(done.waiting)
    if waiting:
        wait = NN_(
            "{n} change waits to be decided in its story.",
            "{n} changes wait to be decided in their stories.",
            waiting,
        )
        said = N_("{one} {other}", one=said, other=wait) if done.applied else wait
    for more in (trusted_of(done.plan), kept_of(done.plan)):
        said = N_("{one} {other}", one=said, other=more) if more is not None else said
    return said


def last_of_it(loans: Sequence[ListedLoan]) -> Message:
    """What a person says who ends these loans."""
    found = {one.loan.holder: one.called for one in loans}
    if len(found) == 1 and (called := next(iter(found.values()))) is not None:
        return N_("Nothing more comes from {name}", name=called)
    return N_("Nothing more comes of these stories")
