"""`trainwhy watch [NAME]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trainwhy.cli import exits, options, starting, talk

if TYPE_CHECKING:
    from trainwhy.cli.tools import Tools

SECTION = "Learn"
ORDER = 30


def command(
    context: typer.Context,
    name: options.MaybeName = "",
    *,
    directory: Annotated[
        str,
        typer.Option("--dir", help="Where to make the workspace when there is none.", show_default="./trainwhy-course"),
    ] = "",
    poll: Annotated[
        bool, typer.Option("--poll", help="Look at the file itself; for network and shared folders.")
    ] = False,
    require_sandbox: options.RequireSandbox = False,
) -> None:
    """Check the current file on every save.

    A save during a run cancels it and starts the newest. Keys: h hint, r run again, n next, l list, q quit.
    """
    from trainwhy.cli import loop, opening

    tools: Tools = context.obj.sandboxed() if require_sandbox else context.obj
    place = starting.workspace(tools, directory)
    if place is None:
        raise typer.Exit(exits.USAGE)
    one = place.course.find(name) if name else starting.choose(place)
    if one is None:
        talk.say("Every exercise is solved.")
        raise typer.Exit(exits.SOLVED)
    with tools.worker() as worker:
        place = opening.move_to(tools, place, one)
        raise typer.Exit(loop.watch(tools, place, one, worker, poll=poll))
