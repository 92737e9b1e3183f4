"""Where the learner is: course, workspace, progress and the current exercise. The CLI's only door to the three."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trainwhy import progress as memory
from trainwhy import workspace as workspaces
from trainwhy.cli import hints, talk
from trainwhy.errors import BadFile, NotAWorkspace, Usage
from trainwhy.regular import read_python

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from trainwhy.cli.tools import Tools
    from trainwhy.course import Course, Exercise
    from trainwhy.progress import Progress
    from trainwhy.workspace import Creation, Workspace

FOLDER = "trainwhy-course"


@dataclass(frozen=True, slots=True)
class Here:
    """One workspace as it was when the command began (or after the last change it made)."""

    course: Course
    workspace: Workspace
    progress: Progress
    notes: tuple[str, ...] = ()


# ------------------------------------------------------------------------------------------- finding the place


def find(tools: Tools) -> Here | None:
    """Find the workspace around the current folder, or the one in `./trainwhy-course`; nothing when there is none."""
    folder = tools.folder()
    found = workspaces.find(folder)
    if found is None and workspaces.find(folder / FOLDER) is not None:
        folder = folder / FOLDER
    elif found is None:
        return None
    return at(tools, workspaces.open_(folder))


def find_in(tools: Tools, folder: Path) -> Here | None:
    """Find the workspace that is exactly `folder`; nothing when there is none."""
    found = workspaces.find(tools.folder() / folder)
    if found is None or found.folder != (tools.folder() / folder).absolute():
        return None
    return at(tools, workspaces.open_(found.folder))


def require(tools: Tools) -> Here:
    """Find the workspace and say what was ignored in its progress; NotAWorkspace when there is none."""
    place = find(tools)
    if place is None:
        raise NotAWorkspace(tools.folder())
    tell_notes(tools, place)
    return place


def at(tools: Tools, workspace: Workspace) -> Here:
    """Look at one workspace."""
    remembered, notes = memory.load(workspace)
    return Here(tools.course(), workspace, remembered, notes)


def again(place: Here) -> Here:
    """Look at the progress again: another terminal may have changed it."""
    remembered, _ = memory.load(place.workspace)
    return replace(place, progress=remembered)


def make(tools: Tools, folder: Path) -> Creation:
    """Make a workspace, or add what is missing."""
    return workspaces.make(folder, tools.course())


def tell_notes(tools: Tools, place: Here) -> None:
    """Say on stderr what was ignored in the progress file, or why it is not saved."""
    for note in place.notes:
        talk.aside(tools.screen, f"note: {note}")


# ------------------------------------------------------------------------------------------- the exercise in hand


def exercise(place: Here, name: str) -> Exercise:
    """Find the named exercise, or the current one when no name is given."""
    if name:
        return place.course.find(name)
    return current(place) or _last(place)


def current(place: Here) -> Exercise | None:
    """Give the exercise in hand: the one `next` works on, or the first unsolved; nothing when all are solved."""
    for one in place.course.exercises:
        if one.id == place.progress.current and not _all_solved(place):
            return one
    return first_unsolved(place)


def following(place: Here) -> Exercise | None:
    """Give the first unsolved exercise after the one in hand, or before it when none is left after it."""
    return _unsolved_after(place, place.progress.current)


def following_of(place: Here, one: Exercise) -> Exercise | None:
    """Give what `next` would open once `one` is solved: after it, or after the exercise in hand."""
    now = current(place)
    return _unsolved_after(place, one.id) if now is None or now.id == one.id else now


def _unsolved_after(place: Here, identity: str) -> Exercise | None:
    ids = [one.id for one in place.course.exercises]
    start = ids.index(identity) + 1 if identity in ids else 0
    ordered = place.course.exercises[start:] + place.course.exercises[:start]
    return next((one for one in ordered if state(place, one) != "solved"), None)


def first_unsolved(place: Here) -> Exercise | None:
    """Give the first exercise, in order, that is not solved."""
    return next((one for one in place.course.exercises if state(place, one) != "solved"), None)


def _all_solved(place: Here) -> bool:
    return first_unsolved(place) is None


def _last(place: Here) -> Exercise:
    if not place.course.exercises:
        raise Usage("the course holds no exercise", "`trainwhy doctor` shows where it is read from")
    named = [one for one in place.course.exercises if one.id == place.progress.current]
    return named[0] if named else place.course.exercises[-1]


def is_current(place: Here | None, one: Exercise) -> bool:
    """Tell whether this is the exercise in hand."""
    now = current(place) if place else None
    return now is not None and now.id == one.id


def state(place: Here | None, one: Exercise) -> str:
    """Say how far an exercise is, in one word: new, tried or solved."""
    if place is None:
        return "new"
    return {"attempted": "tried"}.get(place.progress.of(one.id).state, place.progress.of(one.id).state)


def changed_since(place: Here | None, one: Exercise) -> bool:
    """Tell whether a solved exercise's file is another one by now: a checkout, or an edit."""
    if place is None or state(place, one) != "solved":
        return False
    try:
        source = read_python(place.workspace.path(one))
    except BadFile:
        return False
    return place.progress.of(one.id).changed_since_solved(source)


def unlocked(place: Here, one: Exercise) -> bool:
    """Tell whether the solution may be shown without asking."""
    return state(place, one) == "solved"


def check_filters(course: Course, *, chapter: str, kind: str, level: str) -> None:
    """Refuse a filter that nothing can match, with what could be meant."""
    known = {
        "--chapter": (chapter, [str(one.number) for one in course.chapters]),
        "--kind": (kind, sorted({one.kind for one in course.exercises})),
        "--level": (level, ["easy", "medium", "hard"]),
    }
    for option, (given, choices) in known.items():
        if given and given not in choices:
            raise Usage(f"`{option} {given}` matches nothing", f"there are: {', '.join(choices)}")


# ------------------------------------------------------------------------------------------- changing things


def remember(tools: Tools, place: Here, update: Callable[[Progress], Progress]) -> Here:
    """Store what happened; a progress that cannot be saved is a note, never a failure."""
    after, notes = memory.save(place.workspace, update)
    for note in notes:
        if note not in place.notes:
            talk.aside(tools.screen, f"note: {note}")
    return replace(place, progress=after, notes=(*place.notes, *notes))


def next_hint(tools: Tools, place: Here, one: Exercise) -> tuple[list[tuple[str, ...]], bool]:
    """Give the rung to show now, remember it, and tell whether there are more."""
    seen = place.progress.of(one.id).hints
    rungs, now, more = hints.counted_out(one, seen)
    if now > seen:
        remember(tools, place, lambda before: memory.hint_shown(before, one.id))
    return rungs, more


def give_up(tools: Tools, place: Here, one: Exercise) -> None:
    """Remember that everything was shown, the way the last rung of the hints would."""
    rungs = len(hints.ladder(one))

    def update(before: Progress) -> Progress:
        while before.of(one.id).hints < rungs:
            before = memory.hint_shown(before, one.id)
        return before

    if not unlocked(place, one):
        remember(tools, place, update)


def read(place: Here, one: Exercise) -> str:
    """Read the learner's file."""
    return workspaces.read(place.workspace, one)


def write(place: Here, one: Exercise, text: str) -> Path | None:
    """Replace the learner's file, keeping a backup."""
    return workspaces.write(place.workspace, one, text)


def reset(place: Here, one: Exercise) -> Path | None:
    """Put the starter back, keeping a backup."""
    return workspaces.reset(place.workspace, one)


def undo(place: Here, one: Exercise) -> Path:
    """Bring the newest backup back."""
    return workspaces.undo(place.workspace, one)
