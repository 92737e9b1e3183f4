"""Failures of trainwhy's own errand. None of them is a fault in what the learner's code does.

    TrainwhyError              70  anything below; the message stands alone, the hint says what to do
    ├── Usage                   2  the command as typed cannot be done
    │   ├── UnknownExercise     2  no exercise, or more than one, has that name
    │   ├── NotAWorkspace       2  there is no workspace here or above
    │   ├── NewerWorkspace      2  the workspace was made by a newer trainwhy
    │   └── NotWritten          2  a file cannot be written: read-only, full disk, in the way
    ├── BadFile                 1  a learner's file cannot be read as Python text
    ├── NothingToCheck          5  the paths hold no exercise
    ├── Interrupted           130  Ctrl-C
    ├── NoTensorFlow           70  TensorFlow is missing or does not import
    ├── NoSandbox              70  a sandbox was required, and there is none here
    ├── BadExercise            70  an exercise folder breaks its format
    └── Internal               70  trainwhy lost its way; the learner's file is not to blame

The number is the exit code. `str(error)` is the message alone; the data that made it stays on the exception.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class TrainwhyError(Exception):
    """A failure with words for the user, a hint and an exit code."""

    exit_code: int = 70

    def __init__(self, message: str, hint: str = "", exit_code: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if exit_code is not None:
            self.exit_code = exit_code


class Usage(TrainwhyError):
    """The command as typed cannot be done."""

    exit_code = 2


class UnknownExercise(Usage):
    """No exercise, or more than one, answers to `name`; `near` holds what may have been meant."""

    def __init__(self, name: str, near: tuple[str, ...] = (), *, ambiguous: bool = False) -> None:
        self.name = name
        self.near = near
        self.ambiguous = ambiguous
        if ambiguous:
            message = f"`{name}` names more than one exercise: {_listed(near)}"
        elif near:
            message = f"no exercise is called `{name}`; did you mean {_listed(near)}?"
        else:
            message = f"no exercise is called `{name}`"
        super().__init__(message, "`trainwhy list` shows every exercise")


class NotAWorkspace(Usage):
    """Neither `start` nor a folder above it is a workspace."""

    def __init__(self, start: Path) -> None:
        self.start = start
        super().__init__(
            f"there is no trainwhy workspace in {start} or above it",
            "`trainwhy init` makes one; or change into the one you have",
        )


class NewerWorkspace(Usage):
    """The workspace in `folder` has format `found`; this trainwhy knows formats up to `known`."""

    def __init__(self, folder: Path, found: int, known: int) -> None:
        self.folder = folder
        self.found = found
        self.known = known
        super().__init__(
            f"the workspace {folder} was made by a newer trainwhy (format {found}; this one knows up to {known})",
            "upgrade trainwhy: `python -m pip install --upgrade trainwhy`; nothing in the workspace was changed",
        )


class NotWritten(Usage):
    """`path` could not be written, because of `reason`; what was there before is still there."""

    def __init__(self, path: Path | str, reason: str, hint: str = "") -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path} was not written: {reason}", hint or "what was there before is unchanged")


class BadFile(TrainwhyError):
    """A learner's file cannot be read: what was found at `path`, and what was expected."""

    exit_code = 1

    def __init__(self, path: Path | str, found: str, expected: str, hint: str = "") -> None:
        self.path = path
        self.found = found
        self.expected = expected
        # A name with a line break in it must not break the message in two.
        shown = str(path) if str(path).isprintable() else repr(str(path))
        super().__init__(f"{shown} is {found}; expected {expected}", hint)


class NothingToCheck(TrainwhyError):
    """The given paths hold no exercise file."""

    exit_code = 5


class Interrupted(TrainwhyError):
    """The user pressed Ctrl-C."""

    exit_code = 130

    def __init__(self, message: str = "interrupted", hint: str = "") -> None:
        super().__init__(message, hint)


class NoTensorFlow(TrainwhyError):
    """TensorFlow is missing or does not import; `found` is what Python said."""

    def __init__(self, found: str, hint: str = "") -> None:
        self.found = found
        super().__init__(
            f"TensorFlow does not import here: {found}",
            hint or "install it with `python -m pip install tensorflow`; `trainwhy doctor` shows what works",
        )


class NoSandbox(TrainwhyError):
    """A sandbox was required; `found` is what this system has, or which promise it does not keep."""

    def __init__(self, found: str) -> None:
        self.found = found
        super().__init__(
            f"the sandbox that `--require-sandbox` asks for does not hold: {found}; nothing was run",
            "it takes Linux 5.13 or newer with Landlock and seccomp; `trainwhy doctor` shows what holds here",
        )


class BadExercise(TrainwhyError):
    """The course itself is wrong at `path`: `key` holds `found` where `expected` belongs."""

    def __init__(self, path: Path, key: str, found: str, expected: str) -> None:
        self.path = path
        self.key = key
        self.found = found
        self.expected = expected
        # The last three parts name chapter, exercise and file; what stands before them is this machine's.
        where = "/".join(path.parts[-3:])
        super().__init__(
            f"{where}: `{key}` is {found}; expected {expected}",
            "this is a fault in the course, not in your code; `trainwhy author check` lists every such fault",
        )


class Internal(TrainwhyError):
    """Trainwhy lost its way."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint or "this is a fault in trainwhy, not in your code; please report it")


def _listed(names: tuple[str, ...]) -> str:
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
