"""The git repository around files: where they lie in it, and which of them differ from one of its commits."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from trainwhy.errors import Usage
from trainwhy.regular import SOURCE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PATIENCE = 60.0  # seconds for one git command
_HINT = "leave `--changed` out to check every file"


# ------------------------------------------------------------------------------------------- where a file lies


def root(folder: Path) -> Path | None:
    """Find the top of the repository that holds a folder; nothing is run."""
    here = Path(os.path.realpath(folder))
    return next((one for one in (here, *here.parents) if os.path.lexists(one / ".git")), None)


def places(folder: Path, paths: Iterable[str]) -> dict[str, str]:
    """Give the path of each file from the top of its repository, with forward slashes; outside of one, as it was."""
    found: dict[str, str] = {}
    tops: dict[str, Path | None] = {}
    for path in paths:
        parent, name = os.path.split(folder / path)
        top = tops[parent] if parent in tops else tops.setdefault(parent, root(Path(parent)))
        inner = os.path.relpath(os.path.join(os.path.realpath(parent), name), top) if top else path  # noqa: PTH118
        found[path] = inner.replace(os.sep, "/")
    return found


# ------------------------------------------------------------------------------------------- what has changed


def changed(paths: Sequence[Path], reference: str) -> list[bool]:
    """Tell of each file whether it differs from what the commit `reference` holds; a file it lacks has changed.

    Contents are compared, not the index, so that no flag in it hides a change. Raises Usage where there is no git, no
    repository or no such commit.
    """
    tops = [root(path.parent) for path in paths]
    if None in tops:
        where = paths[tops.index(None)]
        raise Usage(f"`{where}` is in no git repository", _HINT)
    verdicts: dict[Path, bool] = {}
    for top in {one for one in tops if one is not None}:
        inside = [path for path, one in zip(paths, tops, strict=True) if one == top]
        verdicts |= _changed_in(top, inside, reference)
    return [verdicts[path] for path in paths]


def _changed_in(top: Path, paths: Sequence[Path], reference: str) -> dict[Path, bool]:
    committed = _blobs(top, _tree(top, reference))
    names = {
        path: Path(os.path.realpath(path.parent)).joinpath(path.name).relative_to(top).as_posix() for path in paths
    }
    # What the commit does not hold, or holds as something else, needs no reading.
    same_kind = [path for path in paths if names[path] in committed and _is_plain(path)]
    now = _hashes(top, [names[path] for path in same_kind])
    unchanged = {path for path, made in zip(same_kind, now, strict=True) if made == committed[names[path]]}
    return {path: path not in unchanged for path in paths}


def _is_plain(path: Path) -> bool:
    """Tell whether git may read a file: no pipe, device or link, and no size that takes long."""
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size <= SOURCE_LIMIT


def _tree(top: Path, reference: str) -> str:
    if not reference:
        raise Usage("`--changed` was given an empty commit", "name one, or leave the `=` out for HEAD")
    asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{tree}}"]
    done = _git(top, asked)
    if done.returncode:
        why = _first_line(done.stderr)
        said = f"git knows no commit `{reference}`" + (f" ({why})" if why else "")
        raise Usage(said, "name a branch, a tag or a commit that was fetched: `--changed origin/main`")
    return done.stdout.decode().strip()


def _blobs(top: Path, tree: str) -> dict[str, str]:
    """Give the hash of every plain file of a tree."""
    done = _git(top, ["ls-tree", "-r", "-z", "--full-tree", tree])
    if done.returncode:
        raise Usage(f"git cannot read `{top}`: {_first_line(done.stderr)}", _HINT)
    found = {}
    for entry in done.stdout.split(b"\0"):
        about, _, name = entry.partition(b"\t")
        mode, _, rest = about.partition(b" ")
        if mode.startswith(b"100"):  # not a link, not a submodule
            found[os.fsdecode(name)] = rest.split(b" ")[-1].decode()
    return found


def _hashes(top: Path, names: Sequence[str]) -> list[str]:
    """Hash files as `git add` would, line ends and all."""
    if not names:
        return []
    done = _git(top, ["hash-object", "--", *names])
    if done.returncode:
        raise Usage(f"git cannot read the files: {_first_line(done.stderr)}", _HINT)
    return done.stdout.decode().split()


def _git(top: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    # A repository's own configuration can name programs to run; none of them is needed here.
    safe = ["-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}"]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        return subprocess.run(
            ["git", *safe, *arguments],
            cwd=top,
            env=environment | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except FileNotFoundError as error:
        raise Usage("`--changed` asks git, and there is no `git` here", f"install git, or {_HINT}") from error
    except subprocess.TimeoutExpired as error:
        raise Usage(f"git did not answer within {PATIENCE:.0f} s", _HINT) from error


def _first_line(text: bytes) -> str:
    lines = text.decode("utf-8", "replace").strip().splitlines()
    return lines[0] if lines else ""
