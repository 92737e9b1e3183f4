"""`trainwhy next [NAME]`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainwhy import progress as memory
from trainwhy.cli import asking, exits, here, options, sitting, talk

if TYPE_CHECKING:
    from trainwhy.cli.here import Here
    from trainwhy.cli.tools import Tools
    from trainwhy.course import Exercise

SECTION = "Learn"
ORDER = 20


def command(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME]",
            help="Go to this exercise instead.",
            show_default=False,
            autocompletion=options.exercise_names,
        ),
    ] = "",
    *,
    directory: Annotated[
        str,
        typer.Option("--dir", help="Where to make the workspace when there is none.", show_default="./trainwhy-course"),
    ] = "",
    as_json: options.Json = False,
) -> None:
    """Check the current file; when it is solved already, open the next lesson.

    Nothing moves on by itself: a solved exercise stays open until `next` is typed again.
    """
    tools: Tools = context.obj
    place = workspace(tools, directory, as_json=as_json)
    if place is None:
        raise typer.Exit(exits.USAGE)
    one = place.course.find(name) if name else choose(place)
    if one is None:
        talk.say("Every exercise is solved. `trainwhy list` shows them, `trainwhy run NAME` runs one again.")
        raise typer.Exit(exits.SOLVED)
    # The worker starts first: TensorFlow loads while the lesson is read.
    with tools.worker() as worker:
        place = here.remember(tools, place, lambda before: memory.moved_to(before, one.id))
        raise typer.Exit(sitting.sit(tools, place, one, worker, as_json=as_json))


def workspace(tools: Tools, directory: str, *, as_json: bool = False) -> Here | None:
    """Find the workspace, or make one: on a terminal only after asking."""
    place = here.find(tools) if not directory else here.find_in(tools, Path(directory))
    if place is not None:
        here.tell_notes(tools, place)
        return place
    folder = tools.folder() / (directory or here.FOLDER)
    count = len(tools.course().exercises)
    asked = f"No workspace here. Make one in {here.shown(tools, folder)} ({count} exercises, nothing else is touched)?"
    if tools.screen.keyboard and not as_json and not asking.yes(tools, asked):
        talk.aside(tools.screen, "Nothing was made. `trainwhy init DIR` makes one where you want it.")
        return None
    made = here.make(tools, folder)
    if as_json:
        talk.aside(tools.screen, f"Made {here.shown(tools, folder)}")
    else:
        here.tell_made(tools, made)
        talk.say()
    return here.at(tools, made.workspace)


def choose(place: Here) -> Exercise | None:
    """Stay with the exercise in hand until it is solved; then the following one."""
    now = here.current(place)
    if now is not None and here.state(place, now) == "solved":
        return here.following(place)
    return now
