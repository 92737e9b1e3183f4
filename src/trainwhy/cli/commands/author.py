"""`trainwhy author check | new-exercise | new-diagnosis | docs`."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainwhy.cli import exits, showing, talk
from trainwhy.errors import BadExercise, NothingToCheck, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trainwhy.authoring import Problem
    from trainwhy.cli.tools import Tools
    from trainwhy.course import Exercise

SECTION = "Authors"
ORDER = 10
_HELP = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(
    name="author",
    help="Check and begin exercises and diagnoses.",
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    context_settings=_HELP,
)


@app.command("check")
def check(
    context: typer.Context,
    path: Annotated[
        str,
        typer.Argument(metavar="[PATH]", help="A course, a chapter or an exercise.", show_default="the course"),
    ] = "",
    *,
    formats: Annotated[bool, typer.Option("--formats", help="Only what can be seen without running.")] = False,
    jobs: Annotated[int, typer.Option(min=0, help="Files at a time; 0: as many as there are processors.")] = 0,
) -> None:
    """Prove the contract of exercises: starters fail as declared, solutions pass, mistakes are named."""
    from trainwhy.authoring.formats import course_problems, folder_problems

    tools: Tools = context.obj
    folder = _course_folder(tools, path)
    inner = list(_exercise_folders(folder))
    if not inner:
        raise NothingToCheck(f"no exercise in {path or folder}", "give a course, a chapter or an exercise folder")
    whole = not (folder / "exercise.toml").exists() and not (folder / "chapter.toml").exists()
    seen = course_problems(folder) if whole else [problem for one in inner for problem in folder_problems(one)]
    _tell(tools, seen)
    ran = [] if formats else _run_all(tools, inner, jobs)
    _conclude(len(inner), len(seen) + len(ran), "are well-formed" if formats else "keep their contract")
    raise typer.Exit(exits.UNSOLVED if seen or ran else exits.SOLVED)


@app.command("new-exercise")
def new_exercise(
    context: typer.Context,
    slug: Annotated[str, typer.Argument(metavar="ID", help="Its id for ever, for example missing-apply.")],
    chapter: Annotated[str, typer.Argument(metavar="CHAPTER", help="The chapter's folder, for example 02_the_step.")],
    *,
    kind: Annotated[str, typer.Option(help="fix, write, fill, choice, predict, experiment ...")] = "fix",
) -> None:
    """Write the skeleton of an exercise at the end of a chapter."""
    from trainwhy import authoring

    tools: Tools = context.obj
    folder = Path(chapter) if os.sep in chapter else tools.course().folder / chapter
    made = authoring.new_exercise(folder, slug, kind)
    talk.say(made.as_posix())
    talk.aside(tools.screen, f"Fill it in, then: trainwhy author check {made.as_posix()}")
    raise typer.Exit(exits.SOLVED)


@app.command("new-diagnosis")
def new_diagnosis(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="A free code, for example TW999.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="What is wrong, for example gradients-never-applied.")],
    *,
    directory: Annotated[
        str, typer.Option("--dir", help="The folder of diagnoses.", show_default="the package's")
    ] = "",
) -> None:
    """Write the skeleton of a diagnosis."""
    from trainwhy import authoring, diagnoses

    tools: Tools = context.obj
    folder = tools.folder() / directory if directory else Path(next(iter(diagnoses.__path__)))
    made = authoring.new_diagnosis(folder, code, name)
    talk.say(made.as_posix())
    talk.aside(tools.screen, "Write its page, its rule and its two examples; the tests find it by themselves.")
    raise typer.Exit(exits.SOLVED)


@app.command("docs")
def docs(
    context: typer.Context,
    *,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; name what is not current.")] = False,
    directory: Annotated[str, typer.Option("--dir", help="The folder of the pages.")] = "docs/diagnoses",
) -> None:
    """Write the page of every diagnosis from its module."""
    from trainwhy import authoring

    tools: Tools = context.obj
    folder = tools.folder() / directory
    if check:
        stale = authoring.stale_pages(folder)
        _tell(tools, stale)
        raise typer.Exit(exits.UNSOLVED if stale else exits.SOLVED)
    if not folder.parent.is_dir():
        raise Usage(f"there is no folder {folder.parent}", "change into the checkout, or give `--dir`")
    for path in authoring.write_pages(folder):
        talk.say(f"{directory}/{path.name}")
    raise typer.Exit(exits.SOLVED)


def _course_folder(tools: Tools, path: str) -> Path:
    if not path:
        from trainwhy import course

        return course.course_folder()
    folder = Path(os.path.abspath(tools.folder() / path))  # noqa: PTH100 - a linked course stays where it is linked
    if not folder.is_dir():
        raise Usage(f"there is no folder {path}", "give a course, a chapter or an exercise folder")
    return folder


def _exercise_folders(folder: Path) -> Iterator[Path]:
    """Give the exercise itself, or every exercise of a chapter or a course."""
    if (folder / "exercise.toml").exists():
        yield folder
        return
    depth = "*/exercise.toml" if (folder / "chapter.toml").exists() else "*/*/exercise.toml"
    yield from sorted(path.parent for path in folder.glob(depth))


def _run_all(tools: Tools, folders: Sequence[Path], jobs: int) -> list[Problem]:
    """Run every file of every exercise, and tell the problems of each as soon as they are known."""
    from trainwhy import authoring, processors
    from trainwhy.cli import engine

    found: list[Problem] = []
    waiting = showing.Waiting(tools.screen)
    with tools.bulk() as worker, engine.stopping(worker) as stoppable:
        for exercise in _readable(folders):
            waiting.say(f"{exercise.number} {exercise.id}")
            problems = authoring.check_exercise(exercise, stoppable, tools.check, jobs or processors.available())
            waiting.clear()
            talk.aside(tools.screen, f"  {exercise.number} {exercise.id}: {'kept' if not problems else 'broken'}")
            _tell(tools, problems)
            found += problems
    return found


def _readable(folders: Sequence[Path]) -> Iterator[Exercise]:
    """Pass over what cannot be read: the format check has named it."""
    from trainwhy.course import read_exercise

    for folder in folders:
        with contextlib.suppress(BadExercise):
            yield read_exercise(folder)


def _tell(tools: Tools, problems: Sequence[Problem]) -> None:
    for problem in problems:
        path = os.path.relpath(problem.path, tools.folder())
        shown = problem.path.as_posix() if path.startswith(os.path.join("..", "..")) else path  # noqa: PTH118 - a prefix
        talk.say(f"{shown}: {problem.message}")


def _conclude(exercises: int, problems: int, well: str) -> None:
    counted = f"{exercises} exercise{'' if exercises == 1 else 's'}"
    if problems:
        talk.say(f"{problems} problem{'' if problems == 1 else 's'} in {counted}.")
    else:
        talk.say(
            f"{counted} {well if exercises != 1 else well.replace('are ', 'is ').replace('keep their', 'keeps its')}."
        )
