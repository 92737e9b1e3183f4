"""Exercise files as test items: judged by the worker as `verify` does it; the file is never imported here."""

from __future__ import annotations

import os
import re
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from trainwhy import course as courses
from trainwhy.cli import tools, verifying
from trainwhy.cli.targets import Target
from trainwhy.errors import BadFile, TrainwhyError
from trainwhy.faces import concise, terminal, wording
from trainwhy.faces.checked import standing
from trainwhy.faces.style import Style
from trainwhy.regular import read_python

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from trainwhy.course import Course, Exercise
    from trainwhy.results import Report
    from trainwhy.worker import Worker

WIDTH = 100


class NotSolved(Exception):
    """An exercise is not solved."""


class OurFault(Exception):
    """The file could not be judged, for a reason that is not in it."""


def register(config: pytest.Config) -> None:
    """Let this session collect exercises."""
    config.pluginmanager.register(Plugin(config), "trainwhy-items")


class Plugin:
    """What one pytest process shares: the course, and one worker that starts with the first file that needs it."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.course: Course = courses.load()
        self._open = ExitStack()
        self._worker: Worker | None = None

    def worker(self) -> Worker:
        """Give the worker, started when it is first asked for."""
        if self._worker is None:
            self._worker = self._open.enter_context(tools.in_bulk())
        return self._worker

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
        """Collect an exercise file as ours alone: as a test module, pytest would import it."""
        others = yield
        exercise = exercise_of(self.course, file_path)
        if exercise is None:
            return others
        return [ExerciseFile.from_parent(parent, path=file_path, plugin=self, exercise=exercise)]

    def pytest_report_header(self) -> str:
        """Say what this session collects."""
        return "trainwhy: exercise files are collected, and judged as `trainwhy verify` does it"

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Name the sandbox that files ran in, or say what follows from there being none."""
        seen = [one for reports in terminalreporter.stats.values() for one in reports]
        found = [value for one in seen for name, value in getattr(one, "user_properties", ()) if name == "sandbox"]
        if found:
            terminalreporter.write_line(f"trainwhy: sandbox: {wording.sandbox_named(wording.weakest(found))}")

    def pytest_unconfigure(self) -> None:
        """End the worker."""
        self._worker = None
        self._open.close()


def exercise_of(course: Course, path: Path) -> Exercise | None:
    """Find the exercise that a file answers, by its name in its chapter's folder; None for every other file."""
    inner = "/".join(path.parts[-2:])
    return next((one for one in course.exercises if one.file == inner), None)


class ExerciseFile(pytest.File):
    """A learner's file: one item."""

    def __init__(self, *, plugin: Plugin, exercise: Exercise, **rest: Any) -> None:
        super().__init__(**rest)
        self.plugin = plugin
        self.exercise = exercise

    def collect(self) -> Iterator[pytest.Item]:
        """Give the one item, named by the exercise's id; a starter that nobody changed is to be skipped."""
        item = ExerciseItem.from_parent(self, name=self.exercise.id)
        untouched = verifying.not_run(item.target())
        if untouched and untouched.verdict == "not_started" and not self.config.getoption("--trainwhy-strict"):
            item.add_marker(pytest.mark.skip(reason="not started"))
        yield item


class ExerciseItem(pytest.Item):
    """One exercise to be checked."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(**rest)
        parent = self.parent
        if not isinstance(parent, ExerciseFile):
            raise TypeError("an exercise belongs to its file")
        self.plugin = parent.plugin
        self.exercise = parent.exercise
        self.report: Report | None = None
        # For `-k`: what kind of exercise it is, and where it stands.
        self.extra_keyword_matches.update({self.exercise.kind, self.exercise.level, self.exercise.chapter})
        self.user_properties.append(("exercise", self.exercise.id))

    def setup(self) -> None:
        """Judge the file. What fails here is reported as an error: a fault that is not the learner's."""
        try:
            settled = verifying.not_run(self.target())
            self.report = settled or verifying.one(self.target(), self.plugin.worker(), tools.real_check)
        except TrainwhyError as error:
            raise OurFault(error.message + (f"\n{error.hint}" if error.hint else "")) from error
        if self.report.outcome == "internal":
            raise OurFault(text(self.report))
        self.user_properties.append(("verdict", self.report.verdict or "not_finished"))
        if self.report.versions.tensorflow:
            self.user_properties.append(("sandbox", self.report.sandbox))

    def runtest(self) -> None:
        """Pass, skip or fail by the verdict."""
        report = self.report
        if report is None:
            raise OurFault("the file was not judged")
        if report.verdict == "flaky":
            pytest.skip(wording.FLAKY)
        if standing(report) != "passed":
            raise NotSolved(text(report))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show what `trainwhy verify` would say, and nothing of how it was found out."""
        if isinstance(excinfo.value, (NotSolved, OurFault)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Point an editor's test panel at the learner's function: path, 0-based line, name."""
        return self.path, self._line(), f"{self.exercise.number} {self.exercise.title}"

    def _line(self) -> int:
        function = self.exercise.entry.partition("(")[0]
        try:
            rows = read_python(self.path).split("\n")
        except BadFile:
            return 0
        starts = re.compile(rf"\s*(async\s+)?def\s+{re.escape(function)}\b") if function else None
        return next((at for at, row in enumerate(rows) if starts and starts.match(row)), 0)

    def target(self) -> Target:
        """Give what is to be checked, called as it lies from where pytest was started."""
        shown = os.path.relpath(self.path, self.config.invocation_params.dir).replace(os.sep, "/")
        return Target(self.exercise, self.path, shown)


def text(report: Report) -> str:
    """Give the lines of `verify`, then the whole report."""
    if report.verdict == "not_started":
        return f"{report.path}: not started"
    first = "\n".join(concise.lines(report))
    whole = terminal.report(Style(width=WIDTH), report, help=True)
    return f"{first or wording.ending(report.outcome)}\n\n{whole}".rstrip("\n")
