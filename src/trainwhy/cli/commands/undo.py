"""`trainwhy undo [NAME]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from trainwhy.cli import exits, here, options, talk, words

if TYPE_CHECKING:
    from trainwhy.cli.tools import Tools

SECTION = "Learn"
ORDER = 80


def command(context: typer.Context, name: options.MaybeName = "", as_json: options.Json = False) -> None:
    """Bring back what the last reset, or a written answer, replaced."""
    tools: Tools = context.obj
    place = here.require(tools)
    exercise = here.exercise(place, name)
    restored = here.undo(place, exercise)
    if as_json:
        talk.say_json({"exercise": exercise.id, "file": exercise.file, "restored": words.shown(tools, restored)})
    else:
        talk.say(f"{exercise.file} is back as it was before it was replaced.")
        talk.aside(
            tools.screen, f"  from {words.shown(tools, restored)}; `trainwhy undo` again returns to what it was now"
        )
    raise typer.Exit(exits.SOLVED)
