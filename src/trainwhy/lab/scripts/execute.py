"""Running the user's script as Python would: as `__main__`, in its own folder, with its arguments and environment."""

from __future__ import annotations

import contextlib
import linecache
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from trainwhy.lab.scripts import calling, trail
from trainwhy.lab.scripts.trail import Trail
from trainwhy.results import Script

TEMPORARY = ("TMPDIR", "TEMP", "TMP")


def own_place(script: Script) -> Script:
    """Where this run happens: in the script's folder, or in a copy of it that is this process' own."""
    if not script.pristine:
        return script
    folder = Path.cwd() / Path(script.pristine).name
    if not folder.is_dir():  # else whoever started this process has made it
        shutil.copytree(script.pristine, folder, symlinks=True)
    return replace(script, folder=str(folder), path=str(folder / Path(script.path).name))


def prepare(script: Script, source: str) -> None:
    """Put this process where the script expects to be."""
    own = TEMPORARY if script.confined else ()  # where else it could not write
    os.environ.update({name: value for name, value in script.environment.items() if name not in own})
    os.chdir(script.folder)
    sys.argv = [script.path, *script.arguments]
    sys.path.insert(0, script.folder)
    sys.path += [part for part in script.environment.get("PYTHONPATH", "").split(os.pathsep) if part]
    # The text that runs is the text that is shown, even when the script deletes or changes its own file.
    linecache.cache[script.path] = (len(source), None, source.splitlines(keepends=True), script.path)


def run(script: Script, source: str, told: Trail | None = None) -> None:
    """Execute the script's text; whatever it raises is the user's. With a trail it tells what becomes of its arrays."""
    name = Path(script.path).stem if script.function else "__main__"  # with a function to call, `main` stays asleep
    module = ModuleType(name)
    module.__file__ = script.path
    sys.modules[name] = module
    code: Any = source
    if told is not None:
        with contextlib.suppress(SyntaxError, RecursionError):
            code = trail.tree(source, script.path)
            module.__dict__.update(trail.names(told))
    exec(compile(code, script.path, "exec", dont_inherit=True), module.__dict__)  # noqa: S102 - running it is the point
    if script.function:
        calling.call(module, script)
