"""`trainwhy check FILE [-- ARGS]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Optional

import typer

from trainwhy.cli import checking, options, writing

if TYPE_CHECKING:
    from trainwhy.cli.tools import Tools

SECTION = "Check"
ORDER = 10


def command(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The script that trains.")],
    arguments: Annotated[
        Optional[list[str]], typer.Argument(metavar="[-- ARGS]", help="Arguments for the script, behind `--`.")
    ] = None,
    *,
    seconds: Annotated[float, typer.Option(help="Seconds of training to observe.", min=1.0)] = 60.0,
    steps: Annotated[int, typer.Option(help="Optimizer steps to observe; 0 is no limit.", min=0)] = 0,
    epochs: Annotated[int, typer.Option(help="Epochs to observe; 0 is no limit.", min=0)] = 0,
    seeds: Annotated[int, typer.Option(help="Seeds on which a cause is proven.", min=1, max=20)] = 3,
    no_proof: Annotated[bool, typer.Option("--no-proof", help="Name the likely cause without replays.")] = False,
    function: Annotated[
        str, typer.Option("--function", help="Check one function of the file, with input made for it.", metavar="NAME")
    ] = "",
    shapes: Annotated[
        Optional[list[str]],
        typer.Option("--shape", help="Shape of one argument of it, as x=32x10; repeatable.", metavar="NAME=SHAPE"),
    ] = None,
    sandbox: Annotated[
        bool,
        typer.Option("--sandbox", help="Run it in a copy of its folder, where alone it can write, without network."),
    ] = False,
    require_sandbox: options.RequireSandbox = False,
    form: options.Format = None,
    output: options.Output = None,
    as_json: options.Json = False,
) -> None:
    """Explain why a script of one's own does or does not train."""
    tools: Tools = context.obj.sandboxed() if require_sandbox else context.obj
    asked = checking.Asked(
        file=file,
        arguments=tuple(arguments or ()),
        seconds=seconds,
        steps=steps or None,
        epochs=epochs or None,
        seeds=seeds,
        prove=not no_proof,
        function=function,
        shapes=tuple(shapes or ()),
        sandbox=sandbox or require_sandbox,
    )
    pairs = writing.wanted(form or [], output or [], as_json=as_json)
    raise typer.Exit(checking.check(tools, asked, pairs))
