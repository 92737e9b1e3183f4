"""`trainwhy verify [PATH...]`."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainwhy.cli import exits, options, showing, talk, targets
from trainwhy.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainwhy.cli.targets import Target
    from trainwhy.cli.tools import Tools
    from trainwhy.results import Report

SECTION = "Check"
ORDER = 10


def command(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="Workspaces, chapters or files; the workspace here when left out."),
    ] = None,
    *,
    form: Annotated[str, typer.Option("--format", metavar="text|json", help="How the result is written.")] = "text",
    output: Annotated[str, typer.Option(metavar="FILE", help="Write the result to a file.", show_default=False)] = "",
    jobs: Annotated[
        int,
        typer.Option(min=0, help="Files at a time; 0: as many as there are processors."),
    ] = 0,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first file that is not solved.")] = False,
    require_sandbox: options.RequireSandbox = False,
    as_json: options.Json = False,
) -> None:
    """Check every exercise file, for CI.

    Everything is run again; stored progress is not looked at. Exit code 0: all solved; 1: not; 5: nothing to check.
    """
    from trainwhy.cli import verifying  # noqa: PLC0415 - brings the results along, which `--help` does without

    tools: Tools = context.obj.sandboxed() if require_sandbox else context.obj
    form = "json" if as_json else form
    if form not in ("text", "json"):
        raise Usage(f"`--format {form}` is unknown", "use text or json")
    chosen = targets.collect(tools.course(), tools.folder(), paths or [])
    began = time.monotonic()
    waiting = showing.Waiting(tools.screen)

    def told(report: Report) -> None:
        waiting.clear()
        talk.aside(tools.screen, f"  {report.path}: {_word(report)}")

    try:
        waiting.say("checking")
        count = jobs or verifying.processors()
        reports = verifying.verify(chosen, tools, jobs=count, fail_fast=fail_fast, told=told)
    finally:
        waiting.clear()
    _write(tools, _document(form, reports, time.monotonic() - began), output)
    _mention_skipped(tools, chosen, reports)
    raise typer.Exit(exits.of_all(reports))


def _word(report: Report) -> str:
    words = (report.verdict or report.outcome).replace("_", " ")
    return words if report.outcome in ("finished", "bad_file") else f"{words} ({report.outcome.replace('_', ' ')})"


def _document(form: str, reports: Sequence[Report], seconds: float) -> str:
    from trainwhy.faces import concise  # noqa: PLC0415 - the result is there only now
    from trainwhy.faces import json as json_face  # noqa: PLC0415

    return json_face.document(reports) if form == "json" else concise.verify(reports, seconds)


def _write(tools: Tools, text: str, output: str) -> None:
    if not output:
        talk.say(text, end="")
        return
    from trainwhy import atomic  # noqa: PLC0415 - only here

    atomic.write(Path(tools.folder()) / output, text.encode())
    talk.aside(tools.screen, f"The result is in {output}")


def _mention_skipped(tools: Tools, chosen: Sequence[Target], reports: Sequence[Report]) -> None:
    left = len(chosen) - len(reports)
    if left:
        talk.aside(tools.screen, f"{left} {'file was' if left == 1 else 'files were'} not checked (--fail-fast)")
    if tools.screen.plain:
        counts = Counter(report.verdict for report in reports)
        talk.aside(tools.screen, f"{counts['solved']} of {len(reports)} files are solved.")
