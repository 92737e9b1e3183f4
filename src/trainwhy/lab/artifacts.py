"""Reading the arrays a run left: bytes from somebody who may want to fool or to break whoever opens them.

No TensorFlow, no pickle and no code in a header: the file is opened once and only if it is a regular one, read up to
a limit, and each array's name, size, type and shape are held against what is expected before a single value is read.
Whatever is not exactly that is `BadArtifact` with the reason in words; nothing else is raised.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from trainwhy.errors import BadFile
from trainwhy.regular import read_regular
from trainwhy.results import Shape

BIGGEST = 8 << 20  # bytes of an artifact
HEADER = 4096  # bytes that an array may have before its values
LONGEST = 64  # characters of a name that are said again
MANY = 8  # shapes that are listed


class BadArtifact(Exception):
    """The arrays cannot be used; says what was found and what was expected."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One array as it has to be: float32, of this shape; `name` is what it is called in messages."""

    name: str
    shape: Shape

    @property
    def values(self) -> int:
        """How many numbers it holds."""
        return math.prod(size or 0 for size in self.shape)


def read_weights(path: Path, expected: Sequence[Expected]) -> list[NDArray[np.float32]]:
    """Read `w0 … wn` for these weights; BadArtifact for anything that is not exactly that."""
    try:
        return _weights(_read(path), expected)
    except BadArtifact:
        raise
    except Exception as error:  # whatever else a file can do to its reader: it is the file's fault
        raise BadArtifact(f"the weights cannot be read: {type(error).__name__}") from error


def _read(path: Path) -> bytes:
    try:
        return read_regular(path, BIGGEST, follow=False, expected="a file of weights")
    except BadFile as bad:
        if bad.found == "missing":
            raise BadArtifact("the run left no weights that can be judged") from bad
        raise BadArtifact(f"the weights are {bad.found}; expected {bad.expected}") from bad


def _weights(data: bytes, expected: Sequence[Expected]) -> list[NDArray[np.float32]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        arrays = {f"w{place}.npy": one for place, one in enumerate(expected)}
        _same_count(archive, members, expected)
        for member in members:
            if member.filename not in arrays:
                raise BadArtifact(f"the weights hold `{_said(member.filename)}`; expected w0 to w{len(expected) - 1}")
        found = {member.filename: _open(archive, member, len(data)) for member in members}
    missing = [name for name in arrays if name not in found]
    if missing:
        raise BadArtifact(f"the weights lack `{missing[0].removesuffix('.npy')}`")
    headers = [_header(found[name], arrays[name]) for name in arrays]
    _same_shapes([shape for shape, _, _ in headers], expected)
    weights = []
    for (shape, kind, values), one in zip(headers, expected, strict=True):
        if kind != np.dtype("float32"):
            raise BadArtifact(f"the weights of `{one.name}` are {kind}; expected float32")
        if len(values) != 4 * one.values:
            raise BadArtifact(f"the weights of `{one.name}` are {len(values)} bytes; expected {4 * one.values}")
        weights.append(np.frombuffer(values, dtype="<f4").reshape([size or 0 for size in shape]))
    _finite(weights, expected)
    return weights


def _same_count(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], expected: Sequence[Expected]) -> None:
    """Say the shapes where they can be had: a model of another make is the learner's most likely mistake."""
    if len(members) == len(expected):
        return
    if len(members) > len(expected) + 100:  # no model of a course has so many
        raise BadArtifact(f"the run left {len(members)} arrays; expected {len(expected)}")
    size = sum(member.file_size for member in members)
    found = [
        _header(_open(archive, member, BIGGEST), Expected(_said(member.filename), ()))[0]
        for member in members
        if size <= BIGGEST
    ]
    _same_shapes(found, expected)


def _open(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes:
    """Return a member's bytes; what is compressed or claims to be larger than the file itself is not opened."""
    if member.compress_type != zipfile.ZIP_STORED:
        raise BadArtifact("the weights are compressed; expected them as `numpy.savez` leaves them")
    if member.file_size > limit or member.file_size != member.compress_size:
        raise BadArtifact(f"`{_said(member.filename)}` claims {member.file_size} bytes, more than the file has")
    return archive.read(member)


def _header(data: bytes, one: Expected) -> tuple[Shape, np.dtype[Any], bytes]:
    """Split an array into its shape, its type and the bytes of its values."""
    stream = io.BytesIO(data)
    version = npy.read_magic(stream)
    if version != (1, 0):
        raise BadArtifact(f"`{one.name}` is an array of format {version}; expected (1, 0)")
    shape, fortran, kind = npy.read_array_header_1_0(stream, max_header_size=HEADER)
    if kind.hasobject:
        raise BadArtifact(f"the weights of `{one.name}` are Python objects; expected float32")
    if fortran and len(shape) > 1:
        raise BadArtifact(f"the weights of `{one.name}` are in Fortran's order; expected C's")
    return tuple(int(size) for size in shape), kind, stream.read()


def _same_shapes(found: Sequence[Shape], expected: Sequence[Expected]) -> None:
    wanted = [one.shape for one in expected]
    if list(found) != wanted:
        raise BadArtifact(f"the model has weights of shapes {_list(found)}; expected {_list(wanted)}")


def _list(shapes: Sequence[Shape]) -> str:
    shown = ", ".join(str(shape)[:LONGEST] for shape in shapes[:MANY])
    return f"{shown} and {len(shapes) - MANY} more" if len(shapes) > MANY else shown or "none at all"


def _finite(weights: Sequence[NDArray[np.float32]], expected: Sequence[Expected]) -> None:
    for values, one in zip(weights, expected, strict=True):
        if not np.isfinite(values).all():
            what = "NaN" if np.isnan(values).any() else "infinity"
            raise BadArtifact(f"the weights of `{one.name}` hold {what}; every weight has to be a finite number")


def _said(name: str) -> str:
    return name.encode("unicode_escape").decode()[:LONGEST]
