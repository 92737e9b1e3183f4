"""`trainwhy run NAME`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from trainwhy.cli import here, options, sitting

if TYPE_CHECKING:
    from trainwhy.cli.tools import Tools

SECTION = "Learn"
ORDER = 40


def command(
    context: typer.Context,
    name: options.Name,
    require_sandbox: options.RequireSandbox = False,
    as_json: options.Json = False,
) -> None:
    """Check any exercise; the current one stays where it is."""
    tools: Tools = context.obj.sandboxed() if require_sandbox else context.obj
    place = here.require(tools)
    one = place.course.find(name)
    with tools.worker() as worker:
        raise typer.Exit(sitting.sit(tools, place, one, worker, as_json=as_json))
