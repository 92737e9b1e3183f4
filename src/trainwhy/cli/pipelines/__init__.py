"""Pipelines for CI services, one file each beside this module: `NAME.yml`, whose first line says where it belongs."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING

import trainwhy
from trainwhy import atomic
from trainwhy.cli import repository
from trainwhy.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST = "# to: "
_LIMIT = 999  # copies kept beside a file


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A pipeline to be written: where, and what."""

    path: Path
    text: str
    in_repository: bool

    def is_there(self) -> bool:
        """Tell whether exactly this stands there already."""
        return _holds(self.path, self.text.encode())


def names() -> tuple[str, ...]:
    """Give the services there is a pipeline for."""
    found = (one.name for one in resources.files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".yml") for name in found if name.endswith(".yml")))


def plan(name: str, folder: Path, workspace: Path) -> Pipeline:
    """Fill in a pipeline for a workspace. It belongs to the top of the repository, or to `folder` outside of one."""
    if name not in names():
        raise Usage(f"`--ci {name}` is unknown", f"use {' or '.join(names())}")
    top = repository.root(folder)
    home = top or Path(os.path.realpath(folder))
    first, _, rest = resources.files(__name__).joinpath(f"{name}.yml").read_text(encoding="utf-8").partition("\n")
    text = rest.replace("@PACKAGE@", json.dumps(package())).replace("@WORKSPACE@", json.dumps(_inside(home, workspace)))
    return Pipeline(home / first.removeprefix(_FIRST), text, top is not None)


def package() -> str:
    """Say how pip gets this very version: by its name, or from the repository it was installed from."""
    try:
        origin = json.loads(metadata.distribution("trainwhy").read_text("direct_url.json") or "{}")
        commit = origin.get("vcs_info", {}).get("commit_id")
    except (metadata.PackageNotFoundError, ValueError, AttributeError):
        commit = None
    return f"trainwhy @ git+{origin['url']}@{commit}" if commit else f"trainwhy=={trainwhy.__version__}"


def refuse_to_replace(pipeline: Pipeline, *, force: bool) -> None:
    """Refuse, before anything is written, what would replace another file without consent."""
    path = pipeline.path
    if not os.path.lexists(path) or pipeline.is_there():
        return
    if path.is_symlink() or not path.is_file():
        raise Usage(f"`{path}` is there already and is no plain file", "move it elsewhere first")
    if not force:
        raise Usage(
            f"`{path}` is there already and says something else", "`--force` replaces it and keeps a copy of it"
        )


def write(pipeline: Pipeline) -> Path | None:
    """Write it, and give the copy of what it replaced."""
    path = pipeline.path
    copy = _keep(path) if path.is_file() and not pipeline.is_there() else None
    if not pipeline.is_there():
        atomic.write(path, pipeline.text.encode())
    return copy


def _keep(path: Path) -> Path:
    data = path.read_bytes()
    for copy in _copies(path):
        if atomic.write_new(copy, data):
            return copy
    raise Usage(f"there are {_LIMIT} copies beside `{path}`", "remove some of them")


def _copies(path: Path) -> Iterator[Path]:
    return (path.with_name(f"{path.name}.before-{number}") for number in range(1, _LIMIT + 1))


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _inside(home: Path, workspace: Path) -> str:
    inner = os.path.relpath(os.path.realpath(workspace), home).replace(os.sep, "/")
    if inner.startswith("../"):
        raise Usage(f"`{workspace}` lies outside of `{home}`", "a pipeline checks a workspace of its own repository")
    if "$" in inner or not inner.isprintable():
        raise Usage(f"the folder `{inner!r}` cannot be named in a pipeline", "choose a name without `$`")
    return f"./{inner}" if inner.startswith("-") else inner
