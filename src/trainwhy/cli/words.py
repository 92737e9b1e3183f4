"""Words for a place in the course: how exercises, paths and lines are called on the screen."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from trainwhy import workspace as workspaces
from trainwhy.cli import here, talk
from trainwhy.errors import TrainwhyError

if TYPE_CHECKING:
    from pathlib import Path

    from trainwhy.cli.here import Here
    from trainwhy.cli.tools import Tools
    from trainwhy.course import Exercise
    from trainwhy.workspace import Creation


def counted(place: Here) -> str:
    """Say how many exercises are solved."""
    done = sum(here.state(place, one) == "solved" for one in place.course.exercises)
    return f"{done} of {len(place.course.exercises)} solved"


def titled(one: Exercise) -> str:
    """Name an exercise with what one wants to know before beginning it."""
    return f"{one.number} {one.title} ({one.kind}, {one.level}, {one.minutes} min)"


def shown(tools: Tools, path: Path) -> str:
    """Write a path the short way, seen from the current folder, with forward slashes."""
    try:
        relative = os.path.relpath(path, tools.folder())
    except ValueError:  # another drive
        relative = str(path)
    short = str(path) if relative.startswith(os.path.join("..", "..")) else relative  # noqa: PTH118 - a prefix, no path
    return short.replace(os.sep, "/")


def change_into(tools: Tools, folder: Path) -> str:
    """Give the `cd` that later commands need, when the workspace is not found from here."""
    found = workspaces.find(tools.folder()) or workspaces.find(tools.folder() / here.FOLDER)
    return "" if found is not None and found.folder == folder else f"cd {shown(tools, folder)} && "


def line_to_edit(place: Here, one: Exercise) -> int | None:
    """Give the line of the first TODO or blank of the learner's file."""
    try:
        source = workspaces.read(place.workspace, one)
    except TrainwhyError:
        return None
    lines = source.splitlines()
    return next((number for number, text in enumerate(lines, 1) if "TODO" in text or "____" in text), None)


def place_to_edit(tools: Tools, place: Here, one: Exercise) -> str:
    """Write `path:line`, as editors and terminals understand it."""
    line = line_to_edit(place, one)
    return shown(tools, place.workspace.path(one)) + (f":{line}" if line else "")


def tell_made(tools: Tools, made: Creation) -> None:
    """Say what making a workspace did."""
    folder = shown(tools, made.workspace.folder)
    if made.written:
        talk.say(f"Made {folder} ({len(made.written)} files). Work in it with any editor.")
    else:
        talk.say(f"{folder} has every file already; nothing was changed.")
    if made.kept:
        count = len(made.kept)
        talk.aside(
            tools.screen, f"  {count} {'file was' if count == 1 else 'files were'} there already and stayed as found"
        )
