"""`trainwhy update [NAME]...`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from trainwhy.cli import exits, here, options, updating
from trainwhy.errors import Usage

if TYPE_CHECKING:
    from trainwhy.cli.tools import Tools

SECTION = "Learn"
ORDER = 90


def command(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help="Only these exercises, or the README.md of a chapter.",
            show_default=False,
            autocompletion=options.exercise_names,
        ),
    ] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show everything, change nothing.")] = False,
    mine: Annotated[bool, typer.Option("--mine", help="Where both changed the same lines, keep the file's.")] = False,
    theirs: Annotated[bool, typer.Option("--theirs", help="Where both changed the same lines, take the course's.")] = (
        False
    ),
    markers: Annotated[bool, typer.Option("--markers", help="Write both into the file, between markers.")] = False,
    as_json: options.Json = False,
) -> None:
    """Bring a newer course into the workspace; what was written stays.

    A file that was not touched becomes the new starter; one that was gets the course's changes merged in. Where both
    changed the same lines the file stays as it is, and --mine, --theirs or --markers decides. Files follow exercises
    that were renamed or moved. What is replaced is kept, and `trainwhy undo` undoes the update as a whole.
    """
    tools: Tools = context.obj
    chosen: list[Literal["mine", "theirs", "markers"]] = []
    chosen += ["mine"] if mine else []
    chosen += ["theirs"] if theirs else []
    chosen += ["markers"] if markers else []
    if len(chosen) > 1:
        given = " and ".join(f"`--{one}`" for one in chosen)
        raise Usage(f"{given} contradict each other", "name files to decide about each: `trainwhy update NAME --mine`")
    place = here.require(tools)
    waiting = updating.run(
        tools, place, names or [], choice=chosen[0] if chosen else None, dry_run=dry_run, as_json=as_json
    )
    raise typer.Exit(exits.UNSOLVED if waiting else exits.SOLVED)
