"""`trainwhy reset [NAME]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from trainwhy.cli import exits, here, options, talk, words

if TYPE_CHECKING:
    from trainwhy.cli.tools import Tools

SECTION = "Learn"
ORDER = 70


def command(context: typer.Context, name: options.MaybeName = "", as_json: options.Json = False) -> None:
    """Put the starter of an exercise back; what it replaces is kept."""
    tools: Tools = context.obj
    place = here.require(tools)
    exercise = here.exercise(place, name)
    was_there = place.workspace.path(exercise).exists()
    backup = here.reset(place, exercise)
    kept = words.shown(tools, backup) if backup else None
    if as_json:
        talk.say_json({"exercise": exercise.id, "file": exercise.file, "backup": kept})
    elif not was_there:
        talk.say(f"{exercise.file} was missing; the starter is there again.")
    elif kept is None:
        talk.say(f"{exercise.file} is the starter already; nothing was changed.")
    else:
        talk.say(f"{exercise.file} is the starter again.")
        undo = f"trainwhy undo {name}".rstrip()
        talk.aside(tools.screen, f"  what it held is kept in {kept}; `{undo}` brings it back")
    raise typer.Exit(exits.SOLVED)
