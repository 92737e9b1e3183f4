"""`trainwhy verify [PATH...]`."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from trainwhy.cli import choosing, exits, options, showing, talk, targets, writing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainwhy.cli.targets import Target
    from trainwhy.cli.tools import Tools
    from trainwhy.cli.verifying import Limits
    from trainwhy.results import Report

SECTION = "Check"
ORDER = 10
ALONE = {"--changed": "HEAD"}


def command(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="Workspaces, chapters or files; the workspace here when left out."),
    ] = None,
    *,
    form: options.Format = None,
    output: options.Output = None,
    jobs: Annotated[
        int,
        typer.Option(min=0, help="Files at a time; 0: as many as there are processors."),
    ] = 0,
    shard: Annotated[
        str,
        typer.Option(
            metavar="I/N", help="Check the I-th of N parts; an exercise is always in the same one.", show_default=False
        ),
    ] = "",
    changed: Annotated[
        str | None,
        typer.Option(
            metavar="[REF]",
            help="Check only files that differ from a git commit, HEAD when left out.",
            show_default=False,
        ),
    ] = None,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first file that is not solved.")] = False,
    timeout: Annotated[
        float,
        typer.Option(
            metavar="SECONDS",
            min=0.0,
            help="For the whole command; what is not done by then is not finished.",
            show_default="no limit",
        ),
    ] = 0.0,
    require_sandbox: options.RequireSandbox = False,
    as_json: options.Json = False,
) -> None:
    """Check every exercise file, for CI.

    Everything is run again; stored progress is not looked at. Exit code 0: all solved; 1: not; 5: nothing to check.
    """
    from trainwhy import processors
    from trainwhy.cli import verifying

    tools: Tools = context.obj.sandboxed() if require_sandbox else context.obj
    began = time.monotonic()
    pairs = writing.wanted(form or [], output or [], as_json=as_json)
    chosen = _chosen(tools, paths or [], pairs, shard, changed)
    limits = verifying.Limits(
        jobs or processors.available(), fail_fast=fail_fast, until=began + timeout if timeout else None
    )
    reports = _checked(tools, chosen, limits)
    code = exits.of_all(reports)
    writing.write(tools, pairs, writing.checked(tools.folder(), reports, time.monotonic() - began, code))
    _mention(tools, chosen, reports, f"shard {shard}" if shard else "`--changed`" if changed is not None else "")
    raise typer.Exit(code)


def _chosen(
    tools: Tools, paths: Sequence[str], pairs: Sequence[writing.Wanted], shard: str, changed: str | None
) -> list[Target]:
    """Find the files that are asked for, and refuse to write over one of them."""
    part = choosing.shard(shard) if shard else None
    chosen = targets.collect(tools.course(), tools.folder(), paths)
    writing.refuse_bad_files(tools.folder(), pairs, (target.path for target in chosen))
    if changed is not None:
        chosen = choosing.of_changed(chosen, changed)
    return choosing.of_shard(chosen, *part) if part else chosen


def _checked(tools: Tools, chosen: Sequence[Target], limits: Limits) -> list[Report]:
    from trainwhy.cli import verifying
    from trainwhy.faces.clean import one_line

    waiting = showing.Waiting(tools.screen)
    noted: set[str] = set()

    def told(report: Report) -> None:
        waiting.clear()
        for note in dict.fromkeys(report.notes):
            if note not in noted:
                talk.aside(tools.screen, f"  note: {one_line(note)}")
        noted.update(report.notes)
        talk.aside(tools.screen, f"  {one_line(report.path)}: {_word(report)}")

    try:
        waiting.say("checking")
        return verifying.verify(chosen, tools, limits, told)
    finally:
        waiting.clear()


def _word(report: Report) -> str:
    words = (report.verdict or "not finished").replace("_", " ")
    return words if report.outcome in ("finished", "bad_file") else f"{words} ({report.outcome.replace('_', ' ')})"


def _mention(tools: Tools, chosen: Sequence[Target], reports: Sequence[Report], choice: str) -> None:
    """Say what the result does not: files that were left out, and why there may be none."""
    left = len(chosen) - len(reports)
    if left:
        talk.aside(tools.screen, f"{left} {'file was' if left == 1 else 'files were'} not checked (--fail-fast)")
    if not chosen and choice:
        talk.aside(tools.screen, f"nothing to check: {choice} holds no exercise file")
    if tools.screen.plain:
        counts = Counter(report.verdict for report in reports)
        talk.aside(tools.screen, f"{counts['solved']} of {len(reports)} files are solved.")
