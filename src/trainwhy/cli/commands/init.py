"""`trainwhy init [DIR]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trainwhy.cli import exits, here, options, talk, words

if TYPE_CHECKING:
    from pathlib import Path

    from trainwhy.cli.pipelines import Pipeline
    from trainwhy.cli.tools import Tools

SECTION = "Learn"
ORDER = 10


def command(
    context: typer.Context,
    directory: Annotated[str, typer.Argument(metavar="[DIR]", help="Where.", show_default="./trainwhy-course")] = "",
    *,
    ci: Annotated[
        str, typer.Option("--ci", metavar="github|gitlab", help="Write a pipeline that checks it.", show_default=False)
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help="Replace another pipeline there; a copy of it is kept.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Make a workspace: a folder with one file per exercise.

    In an existing workspace it adds what is missing. Nothing is overwritten: only --force replaces another pipeline,
    and keeps a copy of it.
    """
    tools: Tools = context.obj
    folder = tools.folder() / (directory or here.FOLDER)
    pipeline = _planned(tools, folder, ci, force=force) if ci else None
    made = here.make(tools, folder)
    copy = _written(pipeline) if pipeline else None
    if as_json:
        about = {"folder": made.workspace.folder.as_posix(), "written": made.written, "kept": made.kept}
        talk.say_json(about | ({"pipeline": pipeline.path.as_posix()} if pipeline else {}))
    else:
        words.tell_made(tools, made)
        if pipeline:
            _tell(tools, pipeline, copy)
        talk.say("Next: " + words.change_into(tools, made.workspace.folder) + "trainwhy next")
    raise typer.Exit(exits.SOLVED)


def _planned(tools: Tools, folder: Path, name: str, *, force: bool) -> Pipeline:
    from trainwhy.cli import pipelines

    planned = pipelines.plan(name, tools.folder(), folder)
    pipelines.refuse_to_replace(planned, force=force)
    return planned


def _written(pipeline: Pipeline) -> Path | None:
    from trainwhy.cli import pipelines

    return pipelines.write(pipeline)


def _tell(tools: Tools, pipeline: Pipeline, copy: Path | None) -> None:
    talk.say(f"Wrote {words.shown(tools, pipeline.path)}; its first lines say what remains forgeable.")
    if copy:
        talk.aside(tools.screen, f"  what was there before is kept in {words.shown(tools, copy)}")
    if not pipeline.in_repository:
        talk.aside(tools.screen, "  there is no git repository here: move it to the top of the one it is for")
    if "==" in pipeline.text.partition("TRAINWHY: ")[2].partition("\n")[0]:
        talk.aside(tools.screen, "  it installs trainwhy by its name; TRAINWHY in it may name a path or a repository")
