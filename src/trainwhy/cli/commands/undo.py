"""`trainwhy undo [NAME]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trainwhy.cli import exits, here, options, talk, updating, words

if TYPE_CHECKING:
    from trainwhy.cli.tools import Tools

SECTION = "Learn"
ORDER = 80


def command(
    context: typer.Context,
    name: options.MaybeName = "",
    *,
    update: Annotated[bool, typer.Option("--update", help="Undo the last update, whatever came after it.")] = False,
    as_json: options.Json = False,
) -> None:
    """Bring back what the last reset, update or written answer replaced.

    An update is undone as a whole: every file it changed, moved or added.
    """
    tools: Tools = context.obj
    place = here.require(tools)
    exercise = here.exercise(place, name) if name or not update else None
    if update or updating.came_last(place, exercise if name else None):
        updating.undo(tools, place, as_json=as_json)
        raise typer.Exit(exits.SOLVED)
    exercise = exercise or here.exercise(place, name)
    restored = here.undo(place, exercise)
    if as_json:
        talk.say_json({"exercise": exercise.id, "file": exercise.file, "restored": words.shown(tools, restored)})
    else:
        talk.say(f"{exercise.file} is back as it was before it was replaced.")
        talk.aside(
            tools.screen, f"  from {words.shown(tools, restored)}; `trainwhy undo` again returns to what it was now"
        )
    raise typer.Exit(exits.SOLVED)
