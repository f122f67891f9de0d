"""Work that goes out and comes home, for tests: small archives on other machines, with clocks and ids of their own."""

import itertools
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from office import Office, counting, ticking

from desktop_app.desk.bringing_home import BroughtHome, bring_home
from desktop_app.desk.desk import Desk, account_name
from desktop_app.desk.home_plan import Decisions, HomePlan
from desktop_app.desk.homecoming import open_home, plan_home
from desktop_app.desk.packing import pack
from desktop_app.desk.small_archives import unpack
from desktop_app.domain.merging.changes import Side
from desktop_app.domain.story import Story
from desktop_app.store.archive import Archive

_machines = itertools.count(1)


def send(office: Office, stories: Sequence[Story], path: Path, *, to: str | None = "li", by: str = "sun") -> Path:
    """Pack stories for somebody."""
    pack(office.desk, [story.id for story in stories], path, by=office[by], made_for=office[to] if to else None)
    return path


def away(office: Office, package: Path, folder: Path) -> Office:
    """Open a package on another machine, a day later."""
    number = next(_machines)
    now, ids = ticking(), counting(number * 10_000_000 + 5_000_000)
    later = lambda: now() + timedelta(days=number)  # noqa: E731 - a clock
    unpack(package, folder, now=later, ids=ids)
    return Office(Desk(Archive(folder, now=later, new_id=ids, account=account_name()), later, ids), office.people)


def back(there: Office, path: Path, *, by: str = "li") -> Path:
    """Pack all that a small archive has, to be sent home."""
    pack(there.desk, [], path, by=there[by])
    return path


def planned(office: Office, path: Path, *, by: str = "sun") -> HomePlan:
    """What a file would change."""
    file = open_home(office.desk, path)
    try:
        return plan_home(office.desk, file, by=office[by])
    finally:
        file.close()


def home(
    office: Office, path: Path, *, by: str = "sun", decisions: Decisions | None = None, others: Side | None = None
) -> BroughtHome:
    """Bring a file home."""
    file = open_home(office.desk, path)
    try:
        plan = plan_home(office.desk, file, by=office[by])
        return bring_home(office.desk, plan, by=office[by], decisions=decisions or {}, others=others)
    finally:
        file.close()


class Roads:
    """Paths for packages and folders for other machines, each new."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._count = folder, 0

    def file(self) -> Path:
        self._count += 1
        return self._folder / f"package-{self._count}.diptych"

    def folder(self) -> Path:
        self._count += 1
        return self._folder / f"machine-{self._count}"

    def out(self, office: Office, stories: Sequence[Story], *, to: str | None = "li") -> Office:
        """Send stories to somebody who opens them elsewhere."""
        return away(office, send(office, stories, self.file(), to=to), self.folder())

    def back(self, there: Office, *, by: str = "li") -> Path:
        """Pack what somebody did elsewhere; the machine there is put away."""
        path = back(there, self.file(), by=by)
        there.desk.close()
        return path


def text(office: Office, story: Story, at: int = 1) -> str:
    """What a segment says."""
    return office.segments(story)[at].target
