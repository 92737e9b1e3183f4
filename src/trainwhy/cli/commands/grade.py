"""`trainwhy grade SUBMISSIONS --output FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainwhy.cli import exits, options, talk
from trainwhy.errors import Interrupted, Usage

if TYPE_CHECKING:
    from trainwhy.cli.tools import Tools
    from trainwhy.grades import ClassReport

SECTION = "Check"
ORDER = 15
FORMATS = (".csv", ".json", ".parquet")


def command(
    context: typer.Context,
    submissions: Annotated[str, typer.Argument(metavar="SUBMISSIONS", help="One folder or archive for each person.")],
    *,
    output: Annotated[
        list[str],
        typer.Option(
            metavar="FILE", help="Where the results go: .csv, .json or .parquet; may be given more than once."
        ),
    ],
    work: Annotated[
        str,
        typer.Option(
            metavar="FILE",
            help="Where results are kept while it runs; FILE.sqlite beside the output.",
            show_default=False,
        ),
    ] = "",
    jobs: Annotated[int, typer.Option(min=0, help="Files at a time; 0: as many as there are processors.")] = 0,
    dask: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Judge on the Dask cluster with this scheduler.", show_default=False)
    ] = "",
    prove: Annotated[bool, typer.Option("--prove", help="Prove each cause by replays: several times slower.")] = False,
    similar: Annotated[bool, typer.Option("--similar", help="Give hints about files that are alike.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Judge everything again, whatever is known.")] = False,
    require_sandbox: options.RequireSandbox = False,
    as_json: options.Json = False,
) -> None:
    """Judge a class: every exercise of everybody who handed in.

    It may be stopped at any time and goes on where it was. Exit code 0: everything is judged, solved or not; 5: nobody
    handed in anything.
    """
    from trainwhy import processors
    from trainwhy.cli import grading, words

    tools: Tools = context.obj.sandboxed() if require_sandbox and not dask else context.obj
    outputs = [_output(tools, name) for name in dict.fromkeys(output)]
    kept = tools.folder() / work if work else outputs[0].with_name(f"{outputs[0].name}.sqlite")
    settings = grading.Settings(
        jobs or processors.available(), _dask(dask), prove=prove, sandbox=require_sandbox, fresh=fresh, similar=similar
    )
    try:
        report = grading.grade(tools, tools.folder() / submissions, kept, settings)
    except Interrupted:
        talk.warn(
            f"Stopped. What is judged is kept in {words.shown(tools, kept)}; the same command goes on from there."
        )
        raise
    for path in outputs:
        _write(tools, path, report)
    _show(tools, report, as_json=as_json)
    raise typer.Exit(_exit_code(report))


def _exit_code(report: ClassReport) -> int:
    return exits.OURS if report.counts["not_judged"] else exits.SOLVED


def _output(tools: Tools, name: str) -> Path:
    path = tools.folder() / name
    if path.suffix not in FORMATS:
        raise Usage(f"`--output {name}` has no known ending", f"use {', '.join(FORMATS[:-1])} or {FORMATS[-1]}")
    if path.suffix == ".parquet":
        _need("pyarrow", "parquet", f"`--output {name}`")
    return path


def _dask(address: str) -> str:
    if address:
        _need("distributed", "dask", "`--dask`")
    return address


def _need(module: str, extra: str, what: str) -> None:
    """Say before hours of work that a package is missing."""
    from importlib import util

    if util.find_spec(module) is None:
        raise Usage(f"{what} needs {module}, which is not installed", f'`python -m pip install "trainwhy[{extra}]"`')


def _write(tools: Tools, path: Path, report: ClassReport) -> None:
    from trainwhy import atomic
    from trainwhy.cli import words
    from trainwhy.faces import class_csv, class_json, class_parquet

    if path.suffix == ".parquet":
        data = class_parquet.table(report)
    else:
        data = (class_csv.table(report) if path.suffix == ".csv" else class_json.document(report)).encode()
    before = path.read_bytes() if path.is_file() else data
    if before != data:  # somebody may have written remarks into it
        atomic.write(path.with_name(f"{path.name}.before"), before)
        talk.aside(tools.screen, f"What was in {words.shown(tools, path)} is now in {path.name}.before")
    atomic.write(path, data)
    talk.aside(tools.screen, f"The results are in {words.shown(tools, path)}")


def _show(tools: Tools, report: ClassReport, *, as_json: bool) -> None:
    from trainwhy.cli import grade_progress, showing
    from trainwhy.faces import class_json, class_report

    if as_json:
        talk.say(class_json.document(report), end="")
        return
    face, style = showing.face(tools.screen), showing.style(tools.screen)
    took = grade_progress.duration(report.seconds)
    blocks = [face.prompt(style, line) for line in class_report.summary(report, took).splitlines()]
    blocks = ["".join(blocks)]
    if not tools.screen.quiet:
        blocks += [face.table(style, one) for one in class_report.tables(report)]
        blocks += [face.prompt(style, class_report.HINT)] if report.alike else []
    talk.say(showing.blocks(blocks), end="")
    if failed := report.counts["not_judged"]:
        talk.warn(f"{_files(failed)} not be judged: a fault of trainwhy's own. The same command tries again.")


def _files(count: int) -> str:
    return "1 file could" if count == 1 else f"{count} files could"
