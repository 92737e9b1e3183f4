"""One script of the user's own: read, watched while its own prints pass through, and reported."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from trainwhy.cli import exits, showing, talk, writing
from trainwhy.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from trainwhy.cli.screen import Screen
    from trainwhy.cli.tools import Tools
    from trainwhy.cli.writing import Wanted
    from trainwhy.results import Progress, Report


UNCALLABLE = ("MissingFunction", "WrongShape", "WrongSignature")  # what `--function` asked for cannot be done


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asked for."""

    file: str
    arguments: tuple[str, ...]
    seconds: float
    steps: int | None
    epochs: int | None
    seeds: int
    prove: bool
    function: str
    shapes: tuple[str, ...]
    sandbox: bool


def check(tools: Tools, asked: Asked, pairs: Sequence[Wanted]) -> int:
    """Check one script, write the result in each wanted format, and give the exit code."""
    from trainwhy import scripts
    from trainwhy.cli import engine
    from trainwhy.results import Script

    began = time.monotonic()
    path = _found(asked.file)
    writing.refuse_bad_files(tools.folder(), pairs, [path])
    source = _text(path)
    script = Script(
        path=str(path.resolve()),
        folder=str(path.resolve().parent),
        arguments=asked.arguments,
        environment=dict(os.environ),
        function=asked.function,
        shapes=asked.shapes,
        confined=asked.sandbox,
    )
    limits = scripts.Limits(
        steps=asked.steps, epochs=asked.epochs, seconds=asked.seconds, seeds=asked.seeds, prove=asked.prove
    )
    waiting = showing.Waiting(tools.screen)
    with tools.script() as worker, engine.stopping(worker) as stoppable:
        waiting.say("starting TensorFlow")
        report = scripts.check(
            script,
            source,
            stoppable,
            path=asked.file,
            limits=limits,
            listen=_listener(tools.screen, waiting, aside=_is_document(pairs)),
        )
        waiting.clear()
    if report.error is not None and report.error.type in UNCALLABLE:
        raise Usage(report.error.message, report.error.hint)
    code = exits.of(report)
    whole = writing.checked(tools.folder(), [report], time.monotonic() - began, code)
    writing.write(tools, pairs, whole, lambda one: _words(tools, report, one))
    return code


def _is_document(pairs: Sequence[Wanted]) -> bool:
    """Tell whether stdout belongs to a document: the script's own prints then go to stderr."""
    return any(one.output == writing.STDOUT and one.format != "text" for one in pairs)


def _found(name: str) -> Path:
    path = Path(name)
    if path.is_dir():
        raise Usage(f"`{name}` is a directory", "name the Python file that trains: `trainwhy check train.py`")
    if not path.exists():
        raise Usage(f"there is no file `{name}`", "name the Python file that trains: `trainwhy check train.py`")
    if not path.is_file():
        raise Usage(f"`{name}` is not a regular file", "name the Python file that trains: `trainwhy check train.py`")
    return path


def _text(path: Path) -> str:
    import tokenize

    try:
        with tokenize.open(path) as stream:
            text = stream.read()
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        raise Usage(f"`{path}` is not Python text: {error}", "name the Python file that trains") from error
    except OSError as error:
        raise Usage(f"`{path}` cannot be read: {error.strerror}", "check that the file may be read") from error
    if "\0" in text:
        raise Usage(f"`{path}` is not Python text: it holds null bytes", "name the Python file that trains")
    return text


def _listener(screen: Screen, waiting: showing.Waiting, *, aside: bool) -> Callable[[Progress], None]:
    stream = sys.stderr if aside else sys.stdout

    def listen(event: Progress) -> None:
        from trainwhy import results

        if isinstance(event, results.Started):
            waiting.say("watching the script")
        elif isinstance(event, results.Output):
            with waiting.away():
                talk.pass_on(stream, event.text)
        elif isinstance(event, results.Phase) and event.name == "clear":
            with waiting.away():
                talk.aside(screen, f"after the first steps: {event.of} {event.words}; the script is watched on")
        elif isinstance(event, results.Phase):
            waiting.say("proving the cause")

    return listen


def _words(tools: Tools, report: Report, one: Wanted) -> str:
    """Say the report in words: as this screen shows it, or without colour in a file."""
    from dataclasses import replace

    shown = replace(report, output="", output_dropped=0)
    if one.output != writing.STDOUT:
        screen = replace(tools.screen, color=False, links=False, unicode=True, quiet=False, width=100)
        return showing.after(screen, shown, table=True, help_shown=True)
    apart = "" if report.output.endswith("\n") or not report.output else "\n"
    return apart + showing.after(tools.screen, shown, table=True, help_shown=True)
