"""`trainwhy list`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trainwhy.cli import exits, here, listing, options, talk

if TYPE_CHECKING:
    from trainwhy.cli.tools import Tools

SECTION = "Look"
ORDER = 10


def command(
    context: typer.Context,
    *,
    chapter: Annotated[str, typer.Option(metavar="NUMBER", help="Only this chapter.", show_default=False)] = "",
    kind: Annotated[str, typer.Option(help="Only this kind: fix, fill, write, choice ...", show_default=False)] = "",
    level: Annotated[str, typer.Option(help="Only easy, medium or hard.", show_default=False)] = "",
    todo: Annotated[bool, typer.Option("--todo", help="Only what is not solved.")] = False,
    as_json: options.Json = False,
) -> None:
    """List the exercises with minutes and state."""
    tools: Tools = context.obj
    place = here.find(tools)
    course = place.course if place else tools.course()
    here.check_filters(course, chapter=chapter, kind=kind, level=level)
    if place is not None:
        here.tell_notes(tools, place)
    chosen = [
        exercise
        for exercise in course.exercises
        if chapter in ("", exercise.number.split(".")[0])
        and kind in ("", exercise.kind)
        and level in ("", exercise.level)
        and not (todo and here.state(place, exercise) == "solved")
    ]
    if as_json:
        talk.say_json({"exercises": [listing.document(place, exercise) for exercise in chosen]})
    else:
        talk.say("\n".join(listing.lines(tools, place, course.chapters, chosen)))
    raise typer.Exit(exits.SOLVED)
