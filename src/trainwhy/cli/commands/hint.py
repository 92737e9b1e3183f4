"""`trainwhy hint [NAME]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from trainwhy.cli import exits, here, hints, options, talk

if TYPE_CHECKING:
    from trainwhy.cli.tools import Tools

SECTION = "Learn"
ORDER = 50


def command(context: typer.Context, name: options.MaybeName = "", as_json: options.Json = False) -> None:
    """Help with an exercise, one step at a time.

    The first steps ask a question, the last one shows a line that works.
    """
    tools: Tools = context.obj
    place = here.require(tools)
    exercise = here.exercise(place, name)
    shown, more = here.next_hint(tools, place, exercise)
    if as_json:
        talk.say_json({"exercise": exercise.id, "hints": [list(rung) for rung in shown], "more": more})
        raise typer.Exit(exits.SOLVED)
    talk.say("\n\n".join(hints.shown(tools.screen, rung) for rung in shown))
    again = f"trainwhy hint {name}".rstrip()
    talk.aside(tools.screen, f"  more: {again}" if more else f"  the lesson again: trainwhy show {name}".rstrip())
    raise typer.Exit(exits.SOLVED)
