"""What a command works with, in one value: tests hand in other tools than the real ones.

The real ones are imported when they are first used, so that a command which needs no training stays quick.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from trainwhy.cli.screen import Screen
    from trainwhy.course import Course
    from trainwhy.results import Report
    from trainwhy.worker import Worker
    from trainwhy.worker.warm.settings import Settings


def waited_for(*, warm: bool = True) -> AbstractContextManager[Worker]:
    """Reach TensorFlow where it stays loaded between commands, or load it, and keep runs warm ahead."""
    from trainwhy.worker.process import ProcessWorker

    return ProcessWorker(ready=2, warm=_in_the_background() if warm else None)


def for_a_script(*, warm: bool = True) -> AbstractContextManager[Worker]:
    """Reach TensorFlow likewise; a script is given a process in which no operation was run."""
    from trainwhy.worker.process import ProcessWorker

    return ProcessWorker(warm=_in_the_background() if warm else None)


def alone() -> AbstractContextManager[Worker]:
    """Start the process that imports TensorFlow, whatever stays in the background."""
    from trainwhy.worker.process import ProcessWorker

    return ProcessWorker()


def _in_the_background() -> Settings | None:
    from trainwhy.worker.warm import settings

    return settings.chosen(os.environ)


def in_bulk() -> AbstractContextManager[Worker]:
    """Start the processes that import TensorFlow, for many runs on end."""
    from trainwhy.worker.process import ProcessWorker

    return ProcessWorker(bulk=True)


def real_check(*args: Any, **kwargs: Any) -> Report:
    """Check one file with a worker."""
    from trainwhy import check

    return check.check(*args, **kwargs)


def real_course() -> Course:
    """Read the course that came with the package."""
    from trainwhy import course

    return course.load()


def real_key() -> str:
    """Wait for one key."""
    from trainwhy.cli import keys

    return keys.one_key()


def _strict(start: Callable[[], AbstractContextManager[Worker]]) -> Callable[[], AbstractContextManager[Worker]]:
    """Start a worker that looks again, before each run, at what holds in its process."""

    def started() -> AbstractContextManager[Worker]:
        worker = start()
        worker.require_sandbox = True  # type: ignore[attr-defined]  # a real one has it; fakes of tests may take it
        return worker

    return started


@dataclass(frozen=True, slots=True)
class Tools:
    """The screen, and the doors to everything outside this process' own memory."""

    screen: Screen
    worker: Callable[[], AbstractContextManager[Worker]] = waited_for
    script: Callable[[], AbstractContextManager[Worker]] = for_a_script
    alone: Callable[[], AbstractContextManager[Worker]] = alone
    bulk: Callable[[], AbstractContextManager[Worker]] = in_bulk
    check: Callable[..., Report] = real_check
    course: Callable[[], Course] = real_course
    key: Callable[[], str] = real_key
    folder: Callable[[], Path] = Path.cwd
    sight: Callable[[Screen], Screen] = lambda screen: screen  # tests pretend to be a terminal here

    def sandboxed(self) -> Tools:
        """Try the sandbox now, and use workers that run nothing without it; NoSandbox where it does not hold."""
        from trainwhy.worker import trying

        trying.require()
        return replace(self, worker=_strict(self.worker), script=_strict(self.script), bulk=_strict(self.bulk))

    def on(self, screen: Screen) -> Tools:
        """Use these tools on another screen."""
        return replace(self, screen=self.sight(screen))

    def cold(self) -> Tools:
        """Use nothing that stays in the background; tools that tests handed in are theirs."""
        worker = partial(waited_for, warm=False) if self.worker is waited_for else self.worker
        script = partial(for_a_script, warm=False) if self.script is for_a_script else self.script
        return replace(self, worker=worker, script=script)
