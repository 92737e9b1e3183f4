"""`trainwhy solution [NAME]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trainwhy.cli import exits, here, options, talk
from trainwhy.errors import Usage

if TYPE_CHECKING:
    from trainwhy.cli.tools import Tools
    from trainwhy.course import Exercise

SECTION = "Learn"
ORDER = 60


def command(
    context: typer.Context,
    name: options.MaybeName = "",
    *,
    give_up: Annotated[bool, typer.Option("--give-up", help="Show it although it is not solved.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Show every right way that is known.")] = False,
    as_json: options.Json = False,
) -> None:
    """Show the solution of a solved exercise, or of one that is given up."""
    tools: Tools = context.obj
    place = here.require(tools)
    exercise = here.exercise(place, name)
    if not (give_up or here.unlocked(place, exercise)):
        raise Usage(
            f"the solution of {exercise.number} `{exercise.id}` is shown once it is solved",
            "`trainwhy hint` helps one step at a time; `trainwhy solution --give-up` shows it now",
        )
    if give_up:
        here.give_up(tools, place, exercise)
    ways = [("solution", exercise.solution())]
    others = [(path.stem.replace("_", " "), path.read_text(encoding="utf-8")) for path in exercise.alternatives()]
    if as_json:
        talk.say_json(
            {"exercise": exercise.id, "ways": [{"name": title, "source": text} for title, text in ways + others]}
        )
        raise typer.Exit(exits.SOLVED)
    _show(tools, exercise, ways + others if every else ways)
    if others and not every:
        _mention_others(tools, name, len(others))
    raise typer.Exit(exits.SOLVED)


def _show(tools: Tools, exercise: Exercise, ways: list[tuple[str, str]]) -> None:
    for title, text in ways:
        if len(ways) > 1:
            talk.say(talk.paint(tools.screen, "strong", f"# {'-' * 3} {title}"))
        talk.say(text.rstrip() + "\n")
    if exercise.takeaway:
        talk.aside(tools.screen, talk.wrap(tools.screen, f"Remember: {exercise.takeaway}."))


def _mention_others(tools: Tools, name: str, count: int) -> None:
    ways = "one other right way" if count == 1 else f"{count} other right ways"
    command_line = " ".join(part for part in ("trainwhy solution", name, "--all") if part)
    talk.aside(tools.screen, f"There {'is' if count == 1 else 'are'} {ways}: {command_line}")
