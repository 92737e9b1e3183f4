"""`trainwhy show [NAME]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trainwhy.cli import exits, here, opening, options, showing, talk

if TYPE_CHECKING:
    from trainwhy.cli.tools import Tools
    from trainwhy.course import Exercise
    from trainwhy.results import Ended, Measured

SECTION = "Look"
ORDER = 20


def command(
    context: typer.Context,
    name: options.MaybeName = "",
    *,
    lesson: Annotated[bool, typer.Option("--lesson", help="Only the lesson, without TensorFlow.")] = False,
    as_json: options.Json = False,
) -> None:
    """Show the lesson of an exercise, its model and its data."""
    tools: Tools = context.obj
    place = here.require(tools)
    one = here.exercise(place, name)
    if lesson:
        talk.say(opening.lesson(tools, place, one), end="")
        raise typer.Exit(exits.SOLVED)
    with tools.worker() as worker:
        if not as_json:
            talk.say(opening.lesson(tools, place, one), end="")
        waiting = showing.Waiting(tools.screen)
        waiting.say("loading TensorFlow")
        try:
            measured, ended = _describe(one, worker)
        finally:
            waiting.clear()
    if ended is not None and measured is None:
        talk.warn(
            f"trainwhy: the model could not be shown: {ended.failure.message if ended.failure else ended.outcome}"
        )
        raise typer.Exit(exits.OURS)
    if measured is not None:
        talk.say(_document(one, measured) if as_json else _text(tools, measured), end="")
    raise typer.Exit(exits.SOLVED)


def _describe(one: Exercise, worker: object) -> tuple[Measured | None, Ended | None]:
    from trainwhy.results import Ended, Measured, Request

    measured: Measured | None = None
    ended: Ended | None = None
    for event in worker.run(Request("describe", str(one.folder), deadline=one.deadline)):  # type: ignore[attr-defined]
        if isinstance(event, Measured):
            measured = event
        elif isinstance(event, Ended):
            ended = event
    return measured, ended


def _text(tools: Tools, measured: Measured) -> str:
    speaker, look = showing.face(tools.screen), showing.style(tools.screen)
    tables = [speaker.table(look, table) for table in measured.tables]
    text = measured.text.rstrip()
    return "\n" + showing.blocks([*tables, f"{text}\n" if text else ""])


def _document(one: Exercise, measured: Measured) -> str:
    import json

    tables = [
        {"title": table.title, "columns": table.columns, "rows": [row.cells for row in table.rows]}
        for table in measured.tables
    ]
    document = {
        "schema": talk.SCHEMA,
        "exercise": one.id,
        "title": one.title,
        "lesson": one.lesson(),
        "tables": tables,
        "facts": measured.facts,
        "text": measured.text,
    }
    return json.dumps(document, indent=2) + "\n"
