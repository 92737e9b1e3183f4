"""`trainwhy doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trainwhy.cli import background, exits, facts, options, promised, showing, talk

if TYPE_CHECKING:
    from trainwhy.cli.tools import Tools

SECTION = "Check"
ORDER = 30


def command(
    context: typer.Context,
    *,
    quick: Annotated[bool, typer.Option("--quick", help="Do not start a worker, and try no promise.")] = False,
    stop: Annotated[bool, typer.Option("--stop", help="End the background process, and do nothing else.")] = False,
    as_json: options.Json = False,
) -> None:
    """Show what works here: versions, terminal, worker, sandbox, cache.

    Every promise of the sandbox is tried on the spot: held, NOT HELD, or not promised here.
    """
    tools: Tools = context.obj
    if stop:
        raise typer.Exit(background.stop(as_json=as_json))
    found = facts.quiet_facts(tools)
    if not as_json:
        talk.say(facts.lines(tools.screen, found), end="")
    works = True
    if not quick:
        waiting = showing.Waiting(tools.screen)
        try:
            waiting.say("trying the sandbox")
            tried = promised.tried()
            waiting.say("starting a worker")
            worker, works = facts.worker_facts(tools)
        finally:
            waiting.clear()
        tried.append(promised.canary(worker["worker"]))
        works = works and promised.kept(tried)
        found = {**found, **worker, "promises": promised.document(tried)}
        if not as_json:
            talk.say(facts.lines(tools.screen, worker) + promised.lines(tools.screen, tried), end="")
    if as_json:
        talk.say_json({"works": works, **found})
    raise typer.Exit(exits.SOLVED if works else exits.OURS)
