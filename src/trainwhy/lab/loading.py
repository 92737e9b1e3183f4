"""Loading the trusted task of an exercise, and the learner's file beside it."""

from __future__ import annotations

import importlib.util
import inspect
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from trainwhy.lab import practice
from trainwhy.lab.task import Task
from trainwhy.results import Failure, Request

STEP = ("model", "optimizer", "x", "y")
LOOP = ("model", "optimizer", "data")


class Unusable(Exception):
    """The learner's file ran, but holds nothing that can be trained; carries the words for the learner."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


@dataclass(frozen=True)
class Entry:
    """The learner's entry function and the names of what it is called with."""

    function: Callable[..., Any]
    arguments: tuple[str, ...]


def task_of(request: Request) -> Task:
    """Build the task of the request's exercise or practice model."""
    if request.practice:
        task: Task = getattr(practice, request.practice)()
        return task
    loaded: Task = trusted(Path(request.exercise) / "task.py").TASK
    return loaded


def trusted(path: Path) -> ModuleType:
    """Run a file of the installed course as a module of its own."""
    spec = importlib.util.spec_from_file_location(f"trainwhy_course_{path.parent.name}_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # tf.function asks for the module of what it traces
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # the course's folders stay as they came
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module


def write_copy(request: Request) -> str:
    """Put the learner's text into the run's own directory, under the name they know; return its path."""
    path = os.path.join(os.getcwd(), os.path.basename(request.name) or "exercise.py")  # noqa: PTH118, PTH109, PTH119 - a plain string: frames name their file so
    Path(path).write_text(request.source, encoding="utf-8")
    return path


def run_file(path: str, source: str) -> ModuleType:
    """Execute the learner's text as a module. Whatever it raises is the learner's."""
    module = ModuleType("exercise")
    module.__file__ = path
    sys.modules["exercise"] = module
    exec(_compiled(path, source), module.__dict__)  # noqa: S102 - running it is the point
    return module


def _compiled(path: str, source: str) -> CodeType:
    try:
        return compile(source, path, "exec", dont_inherit=True)
    except (RecursionError, MemoryError):  # which of them depends on the version of Python
        raise RecursionError("an expression or a block of the file is too deeply nested to be compiled") from None


def entry_of(module: ModuleType, declared: str) -> Entry:
    """Find the entry function and check that it can be called with the names the exercise declares."""
    name, arguments = _declared(module, declared)
    function = getattr(module, name, None)
    if not callable(function):
        raise Unusable(_missing(module, name, declared or f"{name}({', '.join(arguments)})"))
    _check_signature(function, name, arguments)
    return Entry(function, arguments)


def _declared(module: ModuleType, declared: str) -> tuple[str, tuple[str, ...]]:
    if not declared:
        return ("train", LOOP) if hasattr(module, "train") else ("train_step", STEP)
    name, _, rest = declared.partition("(")
    return name.strip(), tuple(part.strip() for part in rest.rstrip(") ").split(",") if part.strip())


def _missing(module: ModuleType, name: str, declared: str) -> Failure:
    found = [
        key
        for key, value in vars(module).items()
        if inspect.isfunction(getattr(value, "python_function", value)) and not key.startswith("_")
    ]
    listing = ", ".join(f"`{key}`" for key in found) if found else "no function at all"
    return Failure(
        type="MissingFunction",
        message=f"the file defines no function `{name}`; it defines {listing}",
        hint=f"define `def {declared}:` at the left margin of the file",
    )


def _check_signature(function: Callable[..., Any], name: str, arguments: tuple[str, ...]) -> None:
    python = getattr(function, "python_function", function)
    try:
        signature = inspect.signature(python)
    except (TypeError, ValueError):
        return
    try:
        signature.bind(*arguments)
    except TypeError:
        code = getattr(python, "__code__", None)
        raise Unusable(
            Failure(
                type="WrongSignature",
                message=f"`{name}{signature}` cannot be called with ({', '.join(arguments)})",
                line=getattr(code, "co_firstlineno", None),
                hint=f"write it as `def {name}({', '.join(arguments)}):`",
            )
        ) from None
