"""What `update`, and the undo of one, say: one line a file, the places where both sides changed, the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import trainwhy
from trainwhy import workspace as workspaces
from trainwhy.cli import talk, words
from trainwhy.errors import UnknownExercise, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trainwhy.cli.here import Here
    from trainwhy.cli.tools import Tools
    from trainwhy.course import Course, Exercise
    from trainwhy.workspace import Conflict, Side, Step, Undone, Update

_MEANS = {
    "new": "new in the course",
    "replaced": "it was not touched; now it is the new starter",
    "merged": "it holds both changes",
    "moved": "its exercise was moved",
}
_CHANGES = ("new", "replaced", "merged", "moved", "aside")


def run(
    tools: Tools, place: Here, names: list[str], *, choice: Side | None, dry_run: bool, as_json: bool
) -> list[Step]:
    """Update, or look what an update would do, and say it; the steps that wait for a decision."""
    only = {_named(place.course, name) for name in names}
    done = workspaces.update(place.workspace, place.course, choice=choice, only=only, dry_run=dry_run)
    if as_json:
        talk.say_json(_document(tools, done, dry_run=dry_run))
    else:
        _say(tools, done, dry_run=dry_run)
    return _waiting(done)


def came_last(place: Here, exercise: Exercise | None) -> bool:
    """Tell whether an update is the last thing that changed the workspace, or the file of one exercise."""
    return workspaces.is_newest(place.workspace, exercise)


def undo(tools: Tools, place: Here, *, as_json: bool) -> None:
    """Undo the last update, or the last undo of one, and say so."""
    undone = workspaces.undo_update(place.workspace)
    if undone is None:
        raise Usage("there is no update to undo", "`trainwhy undo NAME` brings back what a reset replaced")
    if as_json:
        kept = words.shown(tools, undone.kept)
        talk.say_json({"update": True, "again": undone.again, "files": undone.files, "kept": kept})
        return
    _say_undone(tools, undone)


def _say_undone(tools: Tools, undone: Undone) -> None:
    count = _files(len(undone.files))
    what = "The update is there again" if undone.again else "The last update is undone"
    is_ = "is" if len(undone.files) == 1 else "are"
    talk.say(f"{what}: {count} {is_} as {'after' if undone.again else 'before'} it.")
    kept = f"what was there until now is kept in {words.shown(tools, undone.kept)}; `trainwhy undo` again returns to it"
    talk.aside(tools.screen, talk.wrap(tools.screen, kept, first="  "))


def _named(course: Course, name: str) -> str:
    """Find what a name means: the id of an exercise, or the place of a chapter's page."""
    try:
        return course.find(name).id
    except UnknownExercise:
        pages = [f"{chapter.name}/README.md" for chapter in course.chapters]
        place = "/".join(name.replace("\\", "/").rstrip("/").split("/")[-2:])
        if place in pages:
            return place
        raise


def _waiting(done: Update) -> list[Step]:
    return [step for step in done.steps if step.status in workspaces.OPEN]


# ------------------------------------------------------------------------------------------- words


def _say(tools: Tools, done: Update, *, dry_run: bool) -> None:
    if done.finished:
        talk.aside(tools.screen, "note: an update that had been interrupted was finished first")
    if not done.steps:
        talk.say(f"The workspace is up to date with the course of trainwhy {trainwhy.__version__}.")
        return
    talk.say(talk.wrap(tools.screen, _headline(done, dry_run=dry_run)))
    for step in done.steps:
        talk.say("\n".join(_lines(tools, step)))
    for step in done.steps:
        for conflict in step.conflicts if step.status == "conflict" or dry_run else ():
            talk.say("\n" + "\n".join(_view(step, conflict)))
        if dry_run and (difference := _difference(step)):
            talk.say("\n" + _printable(difference))
    _say_what_next(tools, done, dry_run=dry_run)


def _headline(done: Update, *, dry_run: bool) -> str:
    waiting = len(_waiting(done))
    changed = sum(step.status in _CHANGES or bool(step.was) for step in done.steps)
    verb = "would change or move" if dry_run else "changed or moved"
    parts = [f"{_files(changed) if changed else 'No file'} {verb}"]
    parts += [f"{_files(waiting)} {'waits' if waiting == 1 else 'wait'} for a decision"] if waiting else []
    return f"{', '.join(parts)}:"


def _lines(tools: Tools, step: Step) -> Iterator[str]:
    narrow = 12 + len(step.file) > tools.screen.width
    indent = " " * (4 if narrow else 12)
    status = f"  {talk.paint(tools.screen, 'strong', step.status)}"
    yield f"{status}\n{indent}{step.file}" if narrow else f"{status}{' ' * (10 - len(step.status))}{step.file}"
    about = f"was {step.was}" if step.was else ""
    if step.conflicts and step.status == "conflict":
        about = _and(about, f"{_places(len(step.conflicts))} changed here and in the course; it stays as it is")
    elif step.status == "left":
        about = _and(about, f"stays as it is: {step.reason}")
    else:
        about = _and(about, step.reason or _MEANS.get(step.status, ""))
    if about:
        yield talk.wrap(tools.screen, about, first=indent)


def _printable(text: str) -> str:
    from trainwhy.faces.clean import printable

    return printable(text)


def _view(step: Step, conflict: Conflict) -> Iterator[str]:
    yield f"{step.file}:{conflict.line}: changed here and in the course"
    sides = (("the file", conflict.mine), ("the old starter", conflict.base), ("the new starter", conflict.theirs))
    for name, lines in sides:
        yield f"  {name}:" + ("" if lines else " nothing")
        yield from (f"    | {_printable(line)}".rstrip() for line in lines)


def _difference(step: Step) -> str:
    import difflib

    before, after = _text(step.before).splitlines(), _text(step.after).splitlines()
    if before == after or step.before is None:
        return ""
    lines = difflib.unified_diff(before, after, step.was or step.file, step.file, lineterm="")
    return "\n".join(lines)


def _say_what_next(tools: Tools, done: Update, *, dry_run: bool) -> None:
    if done.kept is not None:
        kept = f"what was replaced is kept in {words.shown(tools, done.kept)}; `trainwhy undo` undoes the whole update"
        talk.aside(tools.screen, talk.wrap(tools.screen, kept, first="  "))
    conflicts = [step for step in done.steps if step.status == "conflict"]
    if conflicts:
        name = conflicts[0].exercise
        how = (
            f"`trainwhy update {name} --mine` keeps the file's lines, `--theirs` takes the course's, `--markers` "
            "writes both into the file; without a name it holds for all files"
        )
        talk.aside(tools.screen, talk.wrap(tools.screen, how, first="  "))
    if dry_run:
        talk.aside(tools.screen, "  nothing was changed; `trainwhy update` does it")


def _files(count: int) -> str:
    return f"{count} {'file' if count == 1 else 'files'}"


def _places(count: int) -> str:
    return f"{count} {'place' if count == 1 else 'places'}"


def _and(first: str, second: str) -> str:
    return "; ".join(part for part in (first, second) if part)


# ------------------------------------------------------------------------------------------- JSON


def _document(tools: Tools, done: Update, *, dry_run: bool) -> dict[str, Any]:
    return {
        "trainwhy": trainwhy.__version__,
        "dry_run": dry_run,
        "finished_interrupted": done.finished,
        "files": [_entry(step) for step in done.steps],
        "waiting": [step.file for step in _waiting(done)],
        "kept": words.shown(tools, done.kept) if done.kept else None,
    }


def _entry(step: Step) -> dict[str, Any]:
    return {
        "file": step.file,
        "was": step.was or None,
        "exercise": step.exercise or None,
        "status": step.status,
        "reason": step.reason or None,
        "conflicts": [
            {"line": one.line, "mine": one.mine, "base": one.base, "theirs": one.theirs} for one in step.conflicts
        ],
        "diff": _difference(step) or None,
    }


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", "replace")
