"""What a result depends on beside the file that is judged: the package, the course and the libraries.

Two judges are one when all of it is equal. A result of another judge is never taken for one of this.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

import trainwhy

LIBRARIES = ("tensorflow", "keras", "numpy")


@dataclass(frozen=True, slots=True)
class Judge:
    """Who judges: hashes of the package and of the course, versions of the rest, and how it was asked to judge."""

    package: str
    course: str
    libraries: dict[str, str]
    python: str
    prove: bool = False  # causes
    sandbox: bool = False  # or nothing is run

    @property
    def key(self) -> str:
        """One short text that differs when anything in it differs."""
        return hashlib.sha256(repr(asdict(self)).encode()).hexdigest()[:32]

    def differences(self, other: Judge) -> tuple[str, ...]:
        """Name what is not the same in the other."""
        found = [part for part in ("package", "course") if getattr(self, part) != getattr(other, part)]
        names = {"package": "the trainwhy package", "course": "the course"}
        said = [names[part] for part in found]
        mine, theirs = ({**one.libraries, "python": one.python} for one in (self, other))
        said += [
            f"{name} ({theirs.get(name, '?')} in place of {mine[name]})" for name in mine if _other(mine, theirs, name)
        ]
        return tuple(said)


def _other(mine: Mapping[str, str], theirs: Mapping[str, str], name: str) -> bool:
    return theirs.get(name) != mine[name]


def here(course: Path, *, prove: bool = False, sandbox: bool = False) -> Judge:
    """Describe the judge of this installation; every file of the package and of the course is read."""
    package = Path(trainwhy.__file__).parent
    return Judge(
        _hashed(package, ("*.py", "*.json")),
        _hashed(course, ("*.py", "*.toml", "*.md")),
        {name: _version(name) for name in LIBRARIES},
        ".".join(platform.python_version_tuple()[:2]),
        prove,
        sandbox,
    )


def _hashed(folder: Path, patterns: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for name, path in sorted(_files(folder, patterns)):
        # A checkout on Windows has other line ends and is the same course.
        content = hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
        digest.update(f"{name}\0{content}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]


def _files(folder: Path, patterns: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    for pattern in patterns:
        for path in folder.rglob(pattern):
            name = path.relative_to(folder).as_posix()
            if "course_data" not in name and path.is_file():  # the course in a wheel counts as the course
                yield name, path


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
