"""From arguments to an exit code: the only place where exceptions of a command are turned into words and numbers."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import typer

from trainwhy.cli import app, crash, exits
from trainwhy.errors import Interrupted, TrainwhyError, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trainwhy.cli.tools import Tools

# Typer before 0.20 builds on click and later versions carry their own copy; the class is reached without naming either.
_TyperUsageError: type[BaseException] = typer.BadParameter.__mro__[1]


def run(arguments: list[str], tools: Tools | None = None) -> int:
    """Run the command that `arguments` name."""
    try:
        _refuse_inside()
        with _ended_by_signals():
            return app.invoke(arguments, tools)
    except (KeyboardInterrupt, Interrupted):
        _say("interrupted")
        return exits.INTERRUPTED
    except TrainwhyError as error:
        if error.exit_code == exits.OURS:
            crash.write_log(error, arguments)
        _say(error.message, error.hint)
        return error.exit_code
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever is left is our own fault, and must not look like the learner's
        return _other(error, arguments)


def _refuse_inside() -> None:
    """Refuse to run inside a file that is being checked: it would check itself without an end."""
    if os.environ.get("TRAINWHY_WORKER"):
        raise Usage("trainwhy does not run inside a file that it checks", "take the call out of the file")


def _other(error: Exception, arguments: list[str]) -> int:
    if isinstance(error, _TyperUsageError):
        error.show()  # type: ignore[attr-defined]
        return exits.USAGE
    if isinstance(error, typer.Abort):
        return exits.INTERRUPTED
    crash.report(error, arguments)
    return exits.OURS


def _say(message: str, hint: str = "") -> None:
    from trainwhy.faces.clean import printable

    text = printable(f"trainwhy: {message}\n" + (f"  {hint}\n" if hint else ""))  # a name may hold escapes
    # A path in the message may hold characters that the terminal's encoding lacks.
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stderr.flush()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """End on SIGTERM and SIGHUP the way Ctrl-C does, so that workers stop and the terminal is restored."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), _interrupt) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _interrupt(_number: int, _frame: object) -> NoReturn:
    raise Interrupted
