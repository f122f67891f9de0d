"""Jobs run away from the window, answer on its thread, stop when asked, and never lose an exception."""

import threading
from collections.abc import Iterator

import pytest

from desktop_app.foundation.errors import BugError, CancelledError, InputRefusedError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.tasks import Tasks, UnexpectedError

TITLE = N_("Testing")


@pytest.fixture
def tasks(qapp) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


def test_result_comes_back_on_the_gui_thread(tasks, qtbot) -> None:
    seen = []
    tasks.run(
        lambda _: threading.current_thread().name, title=TITLE, on_error=seen.append,
        on_done=lambda name: seen.append((name, threading.current_thread() is threading.main_thread())),
    )  # fmt: skip
    qtbot.waitUntil(lambda: bool(seen))
    ((name, on_gui),) = seen
    assert name.startswith("pool")
    assert on_gui


def test_writer_jobs_keep_their_order(tasks, qtbot) -> None:
    seen: list[int] = []
    for number in range(20):
        tasks.run(lambda _, n=number: n, title=TITLE, on_done=seen.append, on_error=seen.append, writer=True)
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert seen == list(range(20))


def test_closing_stops_what_reads_and_what_is_shown_but_nothing_that_saves(tasks, qtbot) -> None:
    told: list[tuple[str, str]] = []
    go_on = threading.Event()

    def job(progress) -> str:
        go_on.wait(10)
        progress.check()
        return "done"

    for writer in (False, True):
        for quiet in (False, True):
            name = f"{'writer' if writer else 'pool'}{' quiet' if quiet else ''}"
            tasks.run(
                job, title=TITLE, writer=writer, quiet=quiet, on_done=lambda done, name=name: told.append((name, done)),
                on_error=lambda error, name=name: told.append((name, type(error).__name__)),
            )  # fmt: skip
    tasks.stop()
    go_on.set()
    qtbot.waitUntil(lambda: len(told) == 4)
    assert sorted(told) == [
        ("pool", "CancelledError"), ("pool quiet", "CancelledError"),
        ("writer", "CancelledError"), ("writer quiet", "done"),
    ]  # fmt: skip


def test_a_writer_that_waits_is_told_what_for(tasks, qtbot) -> None:
    begun, end = threading.Event(), threading.Event()
    threads: list[int] = []

    def hold(_progress) -> None:
        threads.append(threading.get_ident())
        begun.set()
        end.wait(10)

    assert tasks.in_the_way(None) is None
    ended: list[object] = []
    holding = N_("Holding")
    tasks.run(hold, title=holding, on_done=ended.append, on_error=ended.append)
    assert begun.wait(10)
    assert tasks.in_the_way(threads[0]) is holding
    assert tasks.in_the_way(None) is None, "a job of the pool that does not write is in nobody's way"
    begun.clear()
    tasks.run(hold, title=TITLE, on_done=ended.append, on_error=ended.append, writer=True)
    assert begun.wait(10)
    assert tasks.in_the_way(None) is TITLE
    assert tasks.in_the_way(threads[0]) is holding
    end.set()
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert tasks.in_the_way(threads[0]) is None


def test_known_error_goes_to_on_error(tasks, qtbot) -> None:
    seen = []

    def job(_):
        raise InputRefusedError(N_("No."))

    tasks.run(job, title=TITLE, on_done=seen.append, on_error=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], InputRefusedError)


@pytest.mark.logs
def test_bug_goes_to_unexpected_and_the_caller_still_gets_an_answer(tasks, qtbot, caplog) -> None:
    seen = []
    with qtbot.waitSignal(tasks.unexpected) as blocker:
        tasks.run(lambda _: 1 / 0, title=TITLE, on_done=seen.append, on_error=seen.append)
    assert isinstance(blocker.args[0], ZeroDivisionError)
    assert isinstance(seen[0], UnexpectedError)
    assert "a job failed" in caplog.text


def test_cancelled_job_stops_at_its_next_report(tasks, qtbot) -> None:
    seen = []
    begun, go_on = threading.Event(), threading.Event()

    def job(progress):
        begun.set()
        go_on.wait(5)
        progress.report(1, 2)
        return "ran on"

    handle = tasks.run(job, title=TITLE, on_done=seen.append, on_error=seen.append)
    assert begun.wait(5)
    handle.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], CancelledError)


def test_progress_is_shown_and_quiet_jobs_are_not(tasks, qtbot) -> None:
    go_on = threading.Event()

    def job(progress):
        progress.report(3, 4)
        go_on.wait(5)

    handle = tasks.run(job, title=TITLE, on_done=lambda _: None, on_error=lambda _: None)
    tasks.run(lambda _: go_on.wait(5), title=TITLE, on_done=lambda _: None, on_error=lambda _: None, quiet=True)
    qtbot.waitUntil(lambda: (handle.done, handle.total) == (3, 4))
    assert tasks.running() == [handle]
    go_on.set()
    assert tasks.wait_idle(5)
    assert tasks.running() == []


def test_wait_idle_delivers_answers_and_what_they_start(tasks) -> None:
    seen: list[str] = []

    def again(result: str) -> None:
        seen.append(result)
        if len(seen) < 3:
            tasks.run(lambda _: result + "x", title=TITLE, on_done=again, on_error=seen.append, writer=True)

    tasks.run(lambda _: "x", title=TITLE, on_done=again, on_error=seen.append)
    assert tasks.wait_idle(5)
    assert seen == ["x", "xx", "xxx"]


def test_wait_idle_gives_up_in_time(tasks) -> None:
    go_on = threading.Event()
    tasks.run(lambda _: go_on.wait(5), title=TITLE, on_done=lambda _: None, on_error=lambda _: None)
    assert not tasks.wait_idle(0.02)
    go_on.set()


def test_closed_tasks_take_no_more_jobs(qapp) -> None:
    tasks = Tasks()
    tasks.close()
    with pytest.raises(BugError):
        tasks.run(lambda _: 1, title=TITLE, on_done=lambda _: None, on_error=lambda _: None)
