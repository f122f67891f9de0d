"""The screens of the window on the sample archive, and the ways to them: data for ``make_screenshots``."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from travelled import send_home

from desktop_app.desk.bringing_home import bring_home
from desktop_app.desk.comments import comment
from desktop_app.desk.homecoming import open_home, plan_home
from desktop_app.domain.merging.changes import Side
from desktop_app.gui.alignment.dialog import AlignDialog
from desktop_app.gui.editor.find_bar import FindBar
from desktop_app.gui.homecoming.dialog import HomecomingDialog
from desktop_app.gui.palette.palette import Palette
from desktop_app.gui.shell.story_page import StoryPage
from desktop_app.gui.shell.window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
_PATIENCE = 20_000  # milliseconds


def wait_until(true: Callable[[], bool]) -> None:
    """Turn the event loop until something is true.

    Raises:
        TimeoutError: it never became so.
    """
    loop = QEventLoop()
    looker, limit = QTimer(), QTimer()
    looker.setInterval(15)
    looker.timeout.connect(lambda: loop.quit() if true() else None)
    limit.setSingleShot(True)
    limit.timeout.connect(loop.quit)
    looker.start()
    limit.start(_PATIENCE)
    loop.exec()
    if not true():
        raise TimeoutError("the window did not come to rest")


@dataclass
class Stage:
    """A window on the sample archive, and the ways to its screens."""

    app: QApplication
    window: MainWindow

    def rest(self) -> None:
        """Wait until no job runs and all is painted."""
        done: list[bool] = []
        wait_until(lambda: not self.window.tasks.running())
        QTimer.singleShot(250, self.window, lambda: done.append(True))
        wait_until(lambda: bool(done) and not self.window.tasks.running())

    def story(self, part: str) -> StoryPage:
        """Open the story whose slug has ``part`` in it."""
        place = self.window.workplace
        if place is None:
            raise LookupError("no archive is open")
        listed = next(one for one in place.stories.library.listed_stories() if part in one.summary.slug)
        page = place.stories.open_story(listed.summary.id)
        if page is None:
            raise LookupError(part)
        wait_until(lambda: page.file is not None)
        self.rest()
        return page

    def dialog(self) -> QWidget:
        """The dialog that has just opened."""
        found: list[QWidget] = []

        def look() -> bool:
            found[:] = [w for w in self.app.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
            return bool(found)

        wait_until(look)
        self.rest()
        return found[-1]


def _library(stage: Stage) -> None:
    stage.window.show_place("stories")


def _editor(stage: Stage) -> None:
    stage.story("new-materials")


def _in_the_middle(stage: Stage, part: str, panel: str, number: int = 3) -> None:
    page = stage.story(part)
    page.show_panel(panel)
    assert page.file is not None
    page.editor.go_to([segment.id for segment in page.file.story.content.segments()][number])
    stage.rest()


def _matches(stage: Stage) -> None:
    _in_the_middle(stage, "new-materials", "matches", 2)


def _terms_beside(stage: Stage) -> None:
    _in_the_middle(stage, "qingling", "terms")


def _terms(stage: Stage) -> None:
    stage.window.show_place("terms")


def _memory(stage: Stage) -> None:
    stage.window.show_place("memory")
    place = stage.window.workplace
    if place is not None:
        place.rooms.language.memory_page.concordance.ask_for("材料")


def _align(stage: Stage) -> None:
    place = stage.window.workplace
    sample = ROOT / "resources" / "sample" / "students-design-contest"
    if place is not None:
        place.rooms.align_files()
    dialog = stage.dialog()
    if isinstance(dialog, AlignDialog):
        dialog.add_files([sample / "zh.txt", sample / "en.txt"])
        wait_until(lambda: bool(dialog.pairing.rows))


def _style(stage: Stage) -> None:
    stage.window.registry.action("house-style").trigger()
    stage.dialog()


def _policies(stage: Stage) -> None:
    stage.window.registry.action("policies").trigger()
    stage.dialog()


def _comments(stage: Stage) -> None:
    _in_the_middle(stage, "qingling", "comments")
    place, page = stage.window.workplace, stage.story("qingling")
    if place is None or place.desk is None or place.people.person is None:
        raise LookupError("nobody is at the desk")
    if not page.comments.discussion.comments:
        text = "1.2亿 is 120 million. Please check the other sums against the minutes."
        made = comment(place.desk, page.story_id, page.editor.active_key(), text, by=place.people.person, quote="1.2亿")
        stage.window.bus.publish(made.changes)


def _history(stage: Stage) -> None:
    stage.story("library").show_panel("history")


def _details(stage: Stage) -> None:
    stage.story("velmara").show_panel("details")


def _filter(stage: Stage) -> None:
    """The filter of the story: what others changed since, with a gap folded and rows beside it dim."""
    page = stage.story("new-materials")
    segments = list(page.file.story.content.segments()) if page.file is not None else []
    page.editor.filtering.show_changed({segments[8].id: "CHEN Xihe", segments[2].id: "CHEN Xihe"})
    page.editor.filtering.open()
    page.editor.filter_bar.line.setText("展")
    stage.rest()
    page.editor.filter_bar.entered.emit()


def _counts(stage: Stage) -> None:
    _in_the_middle(stage, "new-materials", "matches", 2)
    stage.window.registry.action("counts").trigger()
    stage.dialog()


def _progress(stage: Stage) -> None:
    _in_the_middle(stage, "new-materials", "matches", 2)
    stage.window.registry.action("progress").trigger()
    stage.dialog()


def _changes(stage: Stage) -> None:
    page = stage.story("velmara")
    page.show_view("changes")
    page.changes.show_versions("1.0", "1.2")


def _proof(stage: Stage) -> None:
    page = stage.story("new-materials")
    page.show_view("proof")
    assert page.file is not None
    page.editor.go_to([segment.id for segment in page.file.story.content.segments()][3])
    wait_until(page.proof.is_fresh)


def _approved(stage: Stage) -> None:
    stage.story("battery")


def _pictures(stage: Stage) -> None:
    stage.window.show_place("pictures")


def _people(stage: Stage) -> None:
    stage.window.show_place("people")


def _key(stage: Stage) -> None:
    stage.window.show_place("people")
    place = stage.window.workplace
    if place is not None:
        place.rooms.keys.open_key(place.people.people[2])
    stage.dialog()


def _settings(stage: Stage) -> None:
    stage.window.show_place("settings")


def _keys(stage: Stage) -> None:
    stage.window.registry.action("shortcuts").trigger()
    stage.dialog()


def _palette_typed(stage: Stage) -> None:
    stage.window.open_palette()
    stage.rest()
    stage.window.findChildren(Palette)[-1].query.setText("tsg")


def _palette(stage: Stage) -> None:
    stage.story("new-materials")
    stage.window.open_palette()


def _import(stage: Stage) -> None:
    place = stage.window.workplace
    sample = ROOT / "resources" / "sample" / "students-design-contest"
    if place is not None:
        place.rooms.transfer.import_files([sample / "zh.txt", sample / "en.txt"])
    stage.dialog()


def _export(stage: Stage) -> None:
    stage.story("battery")
    place = stage.window.workplace
    if place is not None:
        place.rooms.transfer.export_stories()
    stage.dialog()


def _homecoming(stage: Stage) -> None:
    """The plan of a package that comes home, one of its conflicts decided and looked at again."""
    place = stage.window.workplace
    if place is None or place.desk is None:
        raise LookupError("no archive is open")
    stage.story("new-materials")
    place.rooms.coming_home.bring([send_home(place.desk)])
    dialog = stage.dialog()
    if isinstance(dialog, HomecomingDialog):
        dialog.conflicts.take(Side.THEIRS)
        stage.rest()
        dialog.conflicts.go(-1)


def _open_conflicts(stage: Stage) -> None:
    """What was left open when a package came home, over the story with its line."""
    place = stage.window.workplace
    if place is None or place.desk is None:
        raise LookupError("no archive is open")
    page = stage.story("new-materials")
    file = open_home(place.desk, send_home(place.desk))
    plan = plan_home(place.desk, file, by=place.people.person)
    done = bring_home(place.desk, plan, by=place.people.person)
    file.close()
    stage.window.bus.publish(done.changes)
    wait_until(page.conflicts.message.isVisible)
    place.rooms.coming_home.show_open()
    stage.dialog()


def _find_line(stage: Stage, text: str, by: str) -> FindBar:
    """The find line of a story, opened further."""
    page = stage.story("new-materials")
    stage.window.registry.action("replace").trigger()
    bar = next(iter(page.editor.findChildren(FindBar)))
    bar.query.setText(text)
    bar.with_line.setText(by)
    bar.keep_case.click()
    stage.rest()
    return bar


def _find(stage: Stage) -> None:
    _find_line(stage, "material", "substance")


def _replacing(stage: Stage) -> None:
    bar = _find_line(stage, "conference", "congress")
    bar.replace_all.click()
    stage.dialog()


def _replacing_everywhere(stage: Stage) -> None:
    stage.window.registry.action("find-in-archive").trigger()
    place = stage.window.workplace
    window = place.rooms.finding.window if place is not None else None
    if window is not None:
        window.query.setText("university")
        window.replacing.click()
        window.with_line.setText("college")
        window.keep_case.click()
        window.search()
    stage.dialog()


SCREENS: dict[str, Callable[[Stage], None]] = {
    "library": _library,
    "editor": _editor,
    "matches": _matches,
    "terms-panel": _terms_beside,
    "terms": _terms,
    "memory": _memory,
    "align": _align,
    "house-style": _style,
    "policies": _policies,
    "comments": _comments,
    "find": _find,
    "replacing": _replacing,
    "replacing-everywhere": _replacing_everywhere,
    "history": _history,
    "details": _details,
    "filter": _filter,
    "counts": _counts,
    "progress": _progress,
    "changes": _changes,
    "proof": _proof,
    "approved": _approved,
    "pictures": _pictures,
    "people": _people,
    "key": _key,
    "settings": _settings,
    "keys": _keys,
    "palette": _palette,
    "palette-typed": _palette_typed,
    "import": _import,
    "export": _export,
    "homecoming": _homecoming,
    "open-conflicts": _open_conflicts,
}
