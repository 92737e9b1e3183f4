"""Planning an update: what every exercise's file will hold and where it will lie. Nothing is written.

An exercise is known by its id, so its file follows when the course renames or moves it. What stands in the way is set
aside under a name of its own; what must not be touched (a link, a read-only file) stays, and whatever needs its place.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from trainwhy.course import plain
from trainwhy.errors import BadFile
from trainwhy.workspace import journal
from trainwhy.workspace.handed_out import Given
from trainwhy.workspace.merging import Conflict, Side
from trainwhy.workspace.settling import Settled, settle

if TYPE_CHECKING:
    from trainwhy.course import Course, Exercise
    from trainwhy.workspace.folder import Workspace

Status = Literal["new", "replaced", "merged", "moved", "kept", "removed", "aside", "conflict", "left"]


@dataclass(frozen=True, slots=True)
class Step:
    """What an update does with one file, or would do."""

    status: Status
    file: str  # where it is afterwards, with forward slashes
    was: str = ""  # where it was before, when that is another place
    exercise: str = ""  # id; "" for a page
    reason: str = ""
    before: bytes | None = None
    after: bytes | None = None
    conflicts: tuple[Conflict, ...] = ()


@dataclass
class Plan:
    """The workspace as it will be: what every touched place holds, and what counts as handed out."""

    workspace: Workspace
    exercises: dict[str, Given]
    pages: dict[str, str]
    steps: list[Step] = field(default_factory=list)
    puts: dict[str, bytes] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    modes: dict[str, int] = field(default_factory=dict)


def plan_exercises(plan: Plan, course: Course, choice: Side | None, only: Collection[str]) -> None:
    """Plan the exercises of the course, or `only` these ids, and note those that it no longer has."""
    wanted = [one for one in course.exercises if not only or one.id in only]
    sources = {one.id: _source(plan, one) for one in wanted}
    others = {one.id for one in course.exercises} - set(sources)
    stuck = _stuck(plan, wanted, sources, {plan.exercises[name].file for name in others & set(plan.exercises)})
    free = {sources[one.id] for one in wanted if one.id not in stuck} - {""}
    for one in wanted:
        if one.id in stuck:
            plan.steps.append(Step("left", sources[one.id] or one.file, exercise=one.id, reason=stuck[one.id]))
        else:
            _plan_exercise(plan, one, sources[one.id], free, choice)
    if not only:
        _plan_removed(plan, course)


def _source(plan: Plan, one: Exercise) -> str:
    """Say where the learner's file of an exercise lies now; "" when there is none."""
    given = plan.exercises.get(one.id)
    if given is not None and given.file and there(plan, given.file):
        return given.file
    owned = any(other.file == one.file for name, other in plan.exercises.items() if name != one.id)
    return one.file if there(plan, one.file) and not owned else ""


def _stuck(plan: Plan, wanted: list[Exercise], sources: dict[str, str], others: set[str]) -> dict[str, str]:
    """Say which files must not be touched though they should be, and why; and which have no place because of that."""
    stuck: dict[str, str] = {}
    for one in wanted:
        source = sources[one.id]
        reason = untouchable(plan, source) if source and not _fine(plan, one, source) else ""
        if reason:
            stuck[one.id] = reason
    while True:
        fixed = others | {sources[name] for name in stuck}
        more = {one.id: _in_the_way(plan, one, sources[one.id], fixed) for one in wanted if one.id not in stuck}
        more = {name: reason for name, reason in more.items() if reason}
        if not more:
            return stuck
        stuck |= more


def _fine(plan: Plan, one: Exercise, source: str) -> bool:
    """Tell whether the course changed nothing for a file."""
    given = plan.exercises.get(one.id)
    return source == one.file and given is not None and plain(given.starter) == plain(one.starter())


def _in_the_way(plan: Plan, one: Exercise, source: str, fixed: Collection[str]) -> str:
    """Say what stands where the file has to go, when it cannot be set aside."""
    if one.file == source or not there(plan, one.file):
        return ""
    blocked = one.file in fixed or untouchable(plan, one.file)
    return f"{one.file} is in its place and cannot be moved" if blocked else ""


def _plan_exercise(plan: Plan, one: Exercise, source: str, free: Collection[str], choice: Side | None) -> None:
    given, theirs = plan.exercises.get(one.id), one.starter()
    if one.file not in ("", source) and one.file not in free and there(plan, one.file):
        _set_aside(plan, one.file, source)
    if not source:
        plan.puts[one.file] = theirs.encode()
        plan.exercises[one.id] = Given(one.file, theirs)
        plan.steps.append(Step("new", one.file, exercise=one.id, after=theirs.encode()))
        return
    if _fine(plan, one, source):
        return
    mine = journal.current(plan.workspace, source) or b""
    settled = settle(mine, given.starter if given else None, theirs, choice)
    base = theirs if settled.settles or given is None else given.starter
    if settled.settles or given is not None:
        plan.exercises[one.id] = Given(one.file, base)
    plan.puts[one.file] = settled.data
    if source != one.file:
        plan.gone.add(source)
        plan.modes[one.file] = stat.S_IMODE((plan.workspace.folder / source).stat().st_mode)
    step = _step(one, source, mine, settled)
    if step is not None:
        plan.steps.append(step)


def _step(one: Exercise, source: str, mine: bytes, settled: Settled) -> Step | None:
    was = source if source != one.file else ""
    status = settled.status
    if status == "current" or (status == "kept" and not settled.reason):
        return Step("moved", one.file, was, one.id, "", mine, mine) if was else None
    return Step(status, one.file, was, one.id, settled.reason, mine, settled.data, settled.conflicts)


def _set_aside(plan: Plan, file: str, source: str) -> None:
    """Move what stands in an exercise's place to a name of its own, unless it is the same file already."""
    data = journal.current(plan.workspace, file) or b""
    if source and data == journal.current(plan.workspace, source):
        return
    stem, number = file.removesuffix(".py"), 1
    while there(plan, f"{stem}_kept_{number}.py"):
        number += 1
    aside = f"{stem}_kept_{number}.py"
    plan.puts[aside] = data
    plan.modes[aside] = stat.S_IMODE((plan.workspace.folder / file).stat().st_mode)
    for name, given in plan.exercises.items():
        if given.file == file:
            plan.exercises[name] = replace(given, file=aside)
    plan.steps.append(Step("aside", aside, file, "", "its place is needed for an exercise", data, data))


def _plan_removed(plan: Plan, course: Course) -> None:
    ids = {one.id for one in course.exercises}
    for name, given in list(plan.exercises.items()):
        if name in ids or given.removed:
            continue
        plan.exercises[name] = replace(given, removed=True)
        if given.file and there(plan, given.file):
            plan.steps.append(Step("removed", given.file, "", name, "the course no longer has it; the file stays"))


def untouchable(plan: Plan, file: str) -> str:
    """Say why a file must not or cannot be replaced; "" when it can."""
    path = plan.workspace.folder / file
    if path.is_symlink():
        return "it is a symbolic link"
    try:
        journal.current(plan.workspace, file)
        mode = path.stat().st_mode
    except BadFile as error:
        return f"it is {error.found}"
    except OSError as error:
        return f"unreadable: {error.strerror}"
    return "" if mode & stat.S_IWUSR else "it is read-only"


def there(plan: Plan, file: str) -> bool:
    """Tell whether anything stands at a place."""
    return os.path.lexists(plan.workspace.folder / file)
