"""`trainwhy update`: a newer course comes into the workspace; nothing that the learner wrote is lost or overwritten.

First everything is planned, then it is done as one action of the journal.
"""

from __future__ import annotations

import stat
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trainwhy import atomic
from trainwhy.errors import Usage
from trainwhy.lock import locked
from trainwhy.workspace import journal
from trainwhy.workspace.folder import manifest
from trainwhy.workspace.handed_out import Manifest, encoded
from trainwhy.workspace.merging import Side
from trainwhy.workspace.pages import plan_pages
from trainwhy.workspace.planning import Plan, Step, plan_exercises

if TYPE_CHECKING:
    from pathlib import Path

    from trainwhy.course import Course, Exercise
    from trainwhy.workspace.folder import Workspace

_PATIENCE = 30.0  # seconds to wait for another update, which writes dozens of files through to the disk
OPEN = ("conflict", "left")  # what waits for a decision


@dataclass(frozen=True, slots=True)
class Update:
    """What an update did or would do, and where what it replaced is kept; `finished` an interrupted one first."""

    steps: tuple[Step, ...] = ()
    kept: Path | None = None
    finished: bool = False


def update(
    workspace: Workspace,
    course: Course,
    *,
    choice: Side | None = None,
    only: Collection[str] = (),
    dry_run: bool = False,
) -> Update:
    """Bring a course into the workspace; `only` these exercises (by id) and pages (by place), when any are named.

    Raises NotWritten, and changes nothing, when something cannot be written.
    """
    with locked(workspace.lock, _PATIENCE):
        finished = not dry_run and journal.finish(workspace)
        before = manifest(workspace)
        plan = Plan(workspace, dict(before.exercises), dict(before.pages))
        plan_exercises(plan, course, choice, only)
        plan_pages(plan, course, choice, only)
        after = replace(before, exercises=plan.exercises, pages=plan.pages)
        kept = None if dry_run else _write(workspace, _changes(plan), before, after)
        return Update(tuple(plan.steps), kept, finished)


def undo_update(workspace: Workspace) -> journal.Undone | None:
    """Take the newest update back, or bring it back when it was taken back; None when there is none."""
    with locked(workspace.lock, _PATIENCE):
        return journal.undo(workspace)


def is_newest(workspace: Workspace, exercise: Exercise | None = None) -> bool:
    """Tell whether the newest action of all, or of one exercise, is an update."""
    try:
        action = journal.newest(workspace)
    except Usage:  # a journal that is damaged must not keep a single file from its own undo
        return False
    if action is None or not action.changes:
        return False
    now = journal.newest_backups(workspace)
    if exercise is None:
        return now == action.backups
    touched = any(change.file == exercise.file for change in action.changes)
    return touched and now.get(exercise.id, 0) == action.backups.get(exercise.id, 0)


# ------------------------------------------------------------------------------------------- from plan to changes


def _write(workspace: Workspace, changes: list[journal.Change], before: Manifest, after: Manifest) -> Path | None:
    """Do what was planned; the folder that keeps what was replaced."""
    if not changes:
        # Only what counts as handed out is new: no action of its own, or `undo` would no longer reach the last one.
        if after != before:
            atomic.write(workspace.folder / journal.MARK, encoded(after))
        return None
    # The mark comes last of what is written: what it says to be handed out is there.
    mark = journal.Change(journal.MARK, journal.current(workspace, journal.MARK), encoded(after))
    return journal.apply(workspace, [*changes, mark])


def _changes(plan: Plan) -> list[journal.Change]:
    after: dict[str, bytes | None] = {**dict.fromkeys(plan.gone), **plan.puts}
    return [
        journal.Change(file, now, data, plan.modes.get(file, _mode(plan.workspace.folder / file)))
        for file, data in after.items()
        if (now := journal.current(plan.workspace, file)) != data
    ]


def _mode(path: Path) -> int | None:
    return stat.S_IMODE(path.stat().st_mode) if path.exists() else None
