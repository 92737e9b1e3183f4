"""`trainwhy edit [NAME]`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import typer

from trainwhy.cli import exits, here, options, talk, words
from trainwhy.errors import Usage

if TYPE_CHECKING:
    from pathlib import Path

    from trainwhy.cli.tools import Tools

SECTION = "Look"
ORDER = 30

# How editors are told a line, by the name of their program; the others get the path alone.
_PLUS_LINE = ("vi", "vim", "nvim", "nano", "emacs", "emacsclient", "micro", "kak", "joe", "mg", "ne", "gedit", "kate")
_GOTO = ("code", "codium", "code-insiders", "cursor", "windsurf")
_COLON = ("subl", "hx", "helix", "zed", "zeditor", "mate")


def command(context: typer.Context, name: options.MaybeName = "") -> None:
    """Open an exercise in $VISUAL or $EDITOR."""
    tools: Tools = context.obj
    place = here.require(tools)
    exercise = here.exercise(place, name)
    path, line = place.workspace.path(exercise), words.line_to_edit(place, exercise)
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        talk.say(words.place_to_edit(tools, place, exercise))
        talk.aside(tools.screen, "Set VISUAL or EDITOR to the editor that this command should open.")
        raise typer.Exit(exits.SOLVED)
    raise typer.Exit(_open(editor, path, line))


def _open(editor: str, path: Path, line: int | None) -> int:
    import shlex
    import subprocess

    try:
        words = shlex.split(editor, posix=os.name != "nt")
    except ValueError as error:
        raise Usage(f"`{editor}` cannot be read as a command: {error}", "set VISUAL or EDITOR") from error
    try:
        done = subprocess.run([*words, *arguments(words[0], path, line)], check=False)
    except OSError as error:
        raise Usage(
            f"`{editor}` did not start: {error.strerror}", "set VISUAL or EDITOR to a program you have"
        ) from error
    if done.returncode:
        talk.warn(f"`{editor}` ended with code {done.returncode}")
    return exits.SOLVED if done.returncode == 0 else exits.UNSOLVED


def arguments(program: str, path: Path, line: int | None) -> list[str]:
    """Arguments that open `path` at `line` in the named editor."""
    name = os.path.basename(program).removesuffix(".exe")  # noqa: PTH119 - a command, which need not be a path
    if line is None:
        return [str(path)]
    if name in _PLUS_LINE:
        return [f"+{line}", str(path)]
    if name in _GOTO:
        return ["--goto", f"{path}:{line}"]
    if name in _COLON:
        return [f"{path}:{line}"]
    return [str(path)]
