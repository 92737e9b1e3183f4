"""`trainwhy init [DIR]`."""

from __future__ import annotations

from typing import Annotated

import typer

from trainwhy.cli import exits, here, options, talk, words

SECTION = "Learn"
ORDER = 10


def command(
    context: typer.Context,
    directory: Annotated[str, typer.Argument(metavar="[DIR]", help="Where.", show_default="./trainwhy-course")] = "",
    as_json: options.Json = False,
) -> None:
    """Make a workspace: a folder with one file per exercise.

    In an existing workspace it adds what is missing. No file is ever overwritten.
    """
    tools = context.obj
    made = here.make(tools, tools.folder() / (directory or here.FOLDER))
    if as_json:
        talk.say_json({"folder": made.workspace.folder.as_posix(), "written": made.written, "kept": made.kept})
    else:
        words.tell_made(tools, made)
        talk.say("Next: " + words.change_into(tools, made.workspace.folder) + "trainwhy next")
    raise typer.Exit(exits.SOLVED)
