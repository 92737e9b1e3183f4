"""`trainwhy next [NAME]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trainwhy.cli import exits, opening, options, sitting, starting, talk

if TYPE_CHECKING:
    from trainwhy.cli.tools import Tools

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
    require_sandbox: options.RequireSandbox = False,
    as_json: options.Json = False,
) -> None:
    """Check the current file; when it is solved already, open the next lesson.

    Nothing moves on by itself: a solved exercise stays open until `next` is typed again.
    """
    tools: Tools = context.obj.sandboxed() if require_sandbox else context.obj
    place = starting.workspace(tools, directory, as_json=as_json)
    if place is None:
        raise typer.Exit(exits.USAGE)
    one = place.course.find(name) if name else starting.choose(place)
    if one is None:
        talk.say("Every exercise is solved. `trainwhy list` shows them, `trainwhy run NAME` runs one again.")
        raise typer.Exit(exits.SOLVED)
    # The worker starts first: TensorFlow loads while the lesson is read.
    with tools.worker() as worker:
        place = opening.move_to(tools, place, one)
        raise typer.Exit(sitting.sit(tools, place, one, worker, as_json=as_json))
