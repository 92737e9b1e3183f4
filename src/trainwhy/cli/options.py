"""Options and arguments that several commands share, with their completion."""

from __future__ import annotations

from typing import Annotated, Optional

import typer


def exercise_names(incomplete: str) -> list[tuple[str, str]]:
    """Complete the name of an exercise, with its title beside it; a damaged course completes nothing."""
    from trainwhy import course
    from trainwhy.errors import TrainwhyError

    try:
        exercises = course.load().exercises
    except TrainwhyError:
        return []
    named = [(exercise.id, exercise.title) for exercise in exercises if exercise.id.startswith(incomplete)]
    numbered = [(exercise.number, exercise.title) for exercise in exercises if exercise.number.startswith(incomplete)]
    return named or numbered


def diagnosis_names(incomplete: str) -> list[str]:
    """Complete the name of a diagnosis from its file's name; nothing is imported."""
    import pkgutil

    from trainwhy import diagnoses

    names = [module.name.replace("_", "-") for module in pkgutil.iter_modules(diagnoses.__path__)]
    return [name for name in names if name.startswith(incomplete)]


Name = Annotated[
    str,
    typer.Argument(metavar="NAME", help="An exercise: id, number (2.1) or file.", autocompletion=exercise_names),
]
MaybeName = Annotated[
    str,
    typer.Argument(
        metavar="[NAME]",
        help="An exercise: id, number (2.1) or file; the current one when left out.",
        show_default=False,
        autocompletion=exercise_names,
    ),
]
RequireSandbox = Annotated[
    bool, typer.Option("--require-sandbox", help="Run nothing unless the sandbox holds here; it is tried first.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Format = Annotated[
    Optional[list[str]],
    typer.Option(
        "--format",
        metavar="text|json|junit|sarif|github|markdown",
        help="How the result is written; repeatable.",
        show_default="text",
    ),
]
Output = Annotated[
    Optional[list[str]],
    typer.Option(
        "--output",
        metavar="FILE",
        help="A file for it; the first one is for the first --format, and so on. - is stdout.",
        show_default=False,
    ),
]
